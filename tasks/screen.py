"""Say from a page's bytes whether its article can be about both countries: before anything is extracted.

Nine pages in ten of a general newspaper name only one of them or neither, and extracting a page costs ten times as much
as looking at it. The screen reads everything that extraction could take its title and text from, and more: so it may
let a page through for nothing, and never stops one that the full way would call relevant.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from tasks.charset import decode, gunzip
from tasks.lexicon.sides import Sides

CAP = 20 * 1024 * 1024  # bytes of a page after unpacking, as in tasks.extract

_UNSHOWN = ["script", "style", "svg"]
#: what a script holds that carries an article (tasks/extract/embedded): paragraphs in strings, or JSON-LD
_DATA = ("</p>", "<\\/p>", "u003c/p", "u003cp", "u003C/p", "u003Cp", "</P>", "articleBody", "ld+json")
_INVISIBLE = ("\xad", "\u200b", "\u2060", "\ufeff")
_ESCAPED = re.compile(r"\\+u([0-9a-fA-F]{4})")
#: a word goes on behind these tags
_INLINE = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "ins", "mark", "nobr", "q", "s", "small",
    "span", "strong", "sub", "sup", "u", "wbr",
]  # fmt: skip
_TAGS = 15_000  # that are not closed: the parser's work grows with the square of how deep they lie in one another
_LINE, _ARTICLE = 80, 3_000  # characters of a line of running text, and of all such lines of a page that shows its own


def screen(body: bytes, beside: str, sides: Sides, content_type: str = "") -> bool:
    """Say whether a page names both countries, in itself or in what its feed entry says (`beside`).

    Bytes of any encoding, gzip as well; no bytes raise. An empty page names what is beside it.
    """
    if sides.both(beside):
        return True
    page = _utf8(gunzip(body, CAP), content_type)
    return _is_tangled(page) or sides.both(f"{beside}\n{readable(page)}")


def _is_tangled(page: bytes) -> bool:
    """Say whether so many tags are left open that a look would take longer than extraction, which bounds them."""
    tags = page.count(b"<")
    return tags > _TAGS and tags - 2 * page.count(b"</") > _TAGS


def readable(page: bytes) -> str:
    """Give all of a page's text that a reader or an extractor could take for its article, roughly in order."""
    tree = LexborHTMLParser(page)
    told = [meta.attributes.get("content") or "" for meta in tree.css("meta[content]")]
    tree.strip_tags(_UNSHOWN)
    tree.unwrap_tags(_INLINE)
    tree.merge_text_nodes()
    text = tree.root.text(separator="\n") if tree.root else ""
    lines = dict.fromkeys(map(str.strip, text.split("\n")))  # menus are often there twice
    if sum(len(line) for line in lines if len(line) > _LINE) < _ARTICLE:
        scripts = [script.html or "" for script in LexborHTMLParser(page).css("script")]
        told += [_plain(one) for one in scripts if any(sign in one for sign in _DATA)]
    return _clean("\n".join([*lines, *told]))


def _utf8(body: bytes, content_type: str) -> bytes:
    """Give a page in UTF-8; most are, and need not be written anew."""
    if not body.isascii():  # what is may be UTF-16, or switch to Japanese by escapes
        with suppress(UnicodeDecodeError):
            body.decode("utf-8")
            return body
    return decode(body, content_type).encode("utf-8", "replace")


def _clean(text: str) -> str:
    """Bring text near the form that articles have: letters composed, one space between words."""
    for sign in _INVISIBLE:
        if sign in text:
            text = text.replace(sign, "")
    return " ".join(unicodedata.normalize("NFC", text).split())


def _plain(script: str) -> str:
    """Write out what JSON escapes, and the entities in it: a script's are no parser's to read."""
    return unescape(_ESCAPED.sub(lambda code: chr(int(code[1], 16)), script).replace("\\/", "/").replace("\\n", " "))
