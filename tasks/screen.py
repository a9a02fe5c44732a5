"""Say from a page's bytes whether its article can be about both countries: before anything is parsed.

Nine pages in ten of a general newspaper name only one of them or neither, and extracting a page costs ten times as much
as looking at it. The screen reads everything that extraction could take its title and text from, and more: so it may
let a page through for nothing, and never stops one that the full way would call relevant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape

from tasks.charset import decode, gunzip
from tasks.lexicon.sides import Sides

CAP = 20 * 1024 * 1024  # bytes of a page after unpacking, as in tasks.extract

#: what is not shown, from its beginning to its end; of scripts, only what holds text is kept
_UNSHOWN = (("<!--", "-->"), ("<style", "</style"), ("<svg", "</svg"), ("<script", "</script"))
_LOUD = (
    "<SCRIPT",
    "<Script",
    "<STYLE",
    "<Style",
    "<SVG",
    "<META",
    "<Meta",
)  # lowering a page takes as long as the rest
#: what a script holds that carries an article (tasks/extract/embedded): paragraphs in strings, or JSON-LD
_DATA = ("</p>", "<\\/p>", "u003c/p", "u003cp", "u003C/p", "u003Cp", "</P>", "articleBody", "ld+json")
_INVISIBLE = ("\xad", "\u200b", "\u2060", "\ufeff")
_ESCAPED = re.compile(r"\\+u([0-9a-fA-F]{4})")
_CONTENT = re.compile(r"""\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
_INLINE = r"/?(?:a|abbr|b|bdi|bdo|big|cite|code|em|font|i|ins|mark|nobr|q|s|small|span|strong|sub|sup|u|wbr)\b[^<>]*>"
_WITHIN = re.compile(
    rf"<(?<=[\w;]<){_INLINE}(?:<{_INLINE})*(?=[\w&])", re.IGNORECASE
)  # a word goes on behind these tags
_TAG = re.compile(r"<[^<>]*>")  # one that holds a < is taken for text: no page may take long
_LONGEST = 20_000  # characters of a tag that is read
_LINE, _ARTICLE = (
    80,
    3_000,
)  # characters of a line of running text, and of all such lines of a page that shows its article


def screen(body: bytes, beside: str, sides: Sides, content_type: str = "") -> bool:
    """Say whether a page names both countries, in itself or in what its feed entry says (`beside`).

    Bytes of any encoding, gzip as well; no bytes raise. An empty page names what is beside it.
    """
    return sides.both(beside) or sides.both(f"{beside}\n{readable(decode(gunzip(body, CAP), content_type))}")


def readable(page: str) -> str:
    """Give all of a page's text that a reader or an extractor could take for its article, roughly in order."""
    low = page
    if any(sign in page for sign in _LOUD):
        lowered = page.lower()
        low = lowered if len(lowered) == len(page) else page  # İ grows
    shown, hidden = _parts(page, low)
    said = [page[start : page.find(">", start, start + _LONGEST) + 1] for start in _all(low, "<meta")]
    told = [first or second or third for tag in said for first, second, third in _CONTENT.findall(tag)]
    text = _TAG.sub("\n", _WITHIN.sub("", shown))
    lines = dict.fromkeys(map(str.strip, text.split("\n")))  # menus are often there twice
    if sum(len(line) for line in lines if len(line) > _LINE) < _ARTICLE:
        told += [_plain(one) for one in hidden if any(sign in one for sign in _DATA)]
    return _clean("\n".join([*lines, *told]))


def _clean(text: str) -> str:
    """Bring text near the form that articles have: entities read, letters composed, one space between words."""
    text = unescape(text) if "&" in text else text
    for sign in _INVISIBLE:
        if sign in text:
            text = text.replace(sign, "")
    return " ".join(unicodedata.normalize("NFC", text).split())


def _parts(page: str, low: str) -> tuple[str, list[str]]:
    """Part what is shown from what is not, and of the latter give the scripts."""
    shown, hidden, at = [], [], 0
    nearest = {begin: low.find(begin) for begin, _ in _UNSHOWN}
    while found := [(place, begin) for begin, place in nearest.items() if place >= 0]:
        place, begin = min(found)
        end = low.find(dict(_UNSHOWN)[begin], place)
        end = len(page) if end < 0 else end
        shown.append(page[at:place])
        if begin == "<script":
            hidden.append(page[place:end])
        at = end
        nearest = {other: spot if spot >= at or spot < 0 else low.find(other, at) for other, spot in nearest.items()}
    return " ".join([*shown, page[at:]]), hidden


def _all(text: str, sign: str) -> Iterator[int]:
    at = text.find(sign)
    while at >= 0:
        yield at
        at = text.find(sign, at + 1)


def _plain(script: str) -> str:
    """Write out what JSON escapes."""
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), script).replace("\\/", "/").replace("\\n", " ")
