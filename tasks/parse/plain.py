"""From the HTML of a feed's fields to plain text, in one pass: a feed of 60 entries has hundreds of such fields."""

from __future__ import annotations

import re
from html import unescape

from tasks.text import clean

# Possessive and without "<" inside quotes: linear on any input. An ASCII letter must follow: <独自> marks a headline.
_MARKUP = re.compile(
    r"""<(?P<close>/?)(?P<name>[a-zA-Z][\w:.-]*)(?:(?:[^<>"']++|"[^"<]*"|'[^'<]*')*+>|[^<>]*>?)
    |<!--.*?(?:-->|\Z)|<[!?][^<>]*>?""",
    re.DOTALL | re.VERBOSE,
)
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z][a-z0-9]*);", re.IGNORECASE)
_HIDDEN = re.compile(r"</?(?:a|b|br|div|em|font|i|img|p|span|strong|u)\b[^<>]*>", re.IGNORECASE)
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_BARE = re.compile(r"</?([a-zA-Z]\w*)\s*/?>")
_ELEMENTS = (
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote body",
    "br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl",
    "dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header",
    "hgroup hr html i iframe img input ins kbd label legend li link main map mark marquee math menu meta meter",
    "nav nobr noembed noframes noscript object ol optgroup option output p param picture plaintext pre",
    "progress q rb rp rt rtc ruby s samp script section select slot small source span strike strong style sub",
    "summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr",
    "xmp",
)
_HTML = frozenset(name for line in _ELEMENTS for name in line.split())
_SILENT = frozenset({"script", "style", "template", "iframe", "noscript", "svg", "rt", "rp"})
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "big", "cite", "code", "data", "del", "em", "font", "i", "img", "ins", "mark", "q", "rb"}
    | {"ruby", "s", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "wbr"}
)


def line(html: str) -> str:
    """Give a field's text on one line: no tags, entities resolved, clean as tasks.text.clean makes it."""
    return " ".join(lines(html).split())


def title(html: str) -> str:
    """Give a title on one line as `line` does, but keep in it what only looks like a tag: "<Live> Talks"."""
    return line(_BARE.sub(_shown, html) if "<" in html else html)


def _shown(tag: re.Match[str]) -> str:
    return tag[0] if tag[1].lower() in _HTML else f"&lt;{tag[0][1:-1]}&gt;"


def lines(html: str) -> str:
    """Give a field's text with its paragraphs on lines of their own, without empty lines.

    Entities and tags that are left after the first pass were escaped twice.
    """
    text = _strip(html)
    if _ENTITY.search(text) or _HIDDEN.search(text):
        text = _strip(text)
    return "\n".join(filter(None, clean(text).split("\n")))


def _strip(html: str) -> str:
    if "<" not in html:
        return unescape(html)
    html = _CDATA.sub("", html)
    pieces, at, silent = [], 0, ""
    for tag in _MARKUP.finditer(html):
        if not silent:
            pieces.append(html[at : tag.start()])
        at = tag.end()
        name = (tag["name"] or "").lower()
        if silent:
            silent = "" if tag["close"] and name == silent else silent
        elif name in _SILENT and not tag["close"] and not tag[0].endswith("/>"):
            silent = name
        elif name and name not in _INLINE:
            pieces.append("\n")
    if not silent:
        pieces.append(html[at:])
    return unescape("".join(pieces))
