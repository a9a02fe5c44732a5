"""Where a page's running text stands: the evidence by which it is told whether an extraction found the article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from tasks.extract.classes import remembered
from tasks.text import letters

SHORTEST = 40  # characters of a block that counts as running text
LINKED = 0.4  # of its characters in links: from there it is a menu
NEAR, FADE = 3, 0.75  # how many containers around a block count it, and what each next one counts of the one before
DENSE = 0.6  # of a container's text in such blocks: above that it may be the article's
DEEPEST = 40  # containers around a block that are looked at
PROBE, APART, PROBES = 30, 200, 400  # letters that are looked for, from one to the next, and how many at most

_SENTENCE = re.compile(r"[.!?。！？…]")
_TEXT = frozenset({"p", "div", "section", "article", "main", "td", "blockquote", "center", "pre"})
_AWAY = frozenset(
    {"aside", "nav", "footer", "header", "form", "figure", "figcaption", "button", "label", "select", "noscript",
     "head", "address"}
)  # fmt: skip
_BLOCK = _TEXT | _AWAY | {
    "ul", "ol", "li", "table", "tbody", "thead", "tr", "th", "h1", "h2", "h3", "h4", "h5", "h6", "dl", "dt", "dd",
    "body", "hr", "details", "fieldset",
}  # fmt: skip
_FRAME = frozenset({"body", "html", "main", "article"})
_AWAY_NAMED = remembered(
    r"comment|sidebar|footer|related|recommend|newsletter|disqus|cookie|consent|promo|subscribe|modal|popup|widget"
    r"|caption|author|byline|share|social|tags|breadcrumb|copyright|disclaimer|teaser|meta(?:$|[\s_-])"
)


@dataclass(frozen=True, slots=True)
class Ground:
    """The running text of a page, block by block, in its order."""

    core: tuple[str, ...] = ()  #: of the container that holds most of it closely
    whole: tuple[str, ...] = ()  #: with the sections around that one, as long as text prevails in what holds them
    named: bool = False  #: whether the page itself calls the container of the whole its main part or its article


def ground(tree: HtmlElement) -> Ground:
    """Find the container of most running text: each block counts for the ones around it, less the farther."""
    blocks = [*_blocks(tree)]
    close: dict[HtmlElement, float] = {}
    held: dict[HtmlElement, list[str]] = {}
    for element, text in blocks:
        worth: float = len(text)
        for number, around in enumerate(_around(element)):
            held.setdefault(around, []).append(text)
            if number < NEAR:
                close[around] = close.get(around, 0) + worth
                worth *= FADE
    if not close:
        return Ground()
    core = whole = max(close, key=lambda container: close[container])
    while (up := whole.getparent()) is not None and up.tag not in {"body", "html"} and up in held:
        if sum(map(len, held[up])) < DENSE * len(" ".join(up.text_content().split())):
            break
        whole = up
    return Ground(tuple(held[core]), tuple(held[whole]), whole.tag in {"main", "article"})


def covered(blocks: Sequence[str], text: str) -> float:
    """Give the share of the blocks that a text contains, by runs of letters from all over them; 1 without blocks."""
    here, there = letters(text.casefold()), letters("".join(blocks).casefold())
    if not there:
        return 1.0
    step = max(APART, len(there) // PROBES)
    probes = [there[start : start + PROBE] for start in range(0, max(1, len(there) - PROBE), step)]
    return sum(probe in here for probe in probes) / len(probes)


def _blocks(tree: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Give elements with the text that stands in them and in no block of theirs, if that is running text."""
    away = set[HtmlElement]()
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if element.getparent() in away or _is_away(element):
            away.add(element)
        elif element.tag in _TEXT:
            text, linked = _own(element)
            if len(text) >= SHORTEST and linked <= LINKED * len(text) and text[0] != "<" and _SENTENCE.search(text):
                yield element, text


def _own(element: HtmlElement) -> tuple[str, int]:
    """Give an element's text without its blocks', and how many of its characters are links."""
    parts, linked = [element.text or ""], 0
    for part in element:
        if isinstance(part.tag, str) and (part.tag not in _BLOCK or element.tag == "p"):
            text = part.text_content()
            parts.append(text)
            linked += len(text) if part.tag == "a" else sum(len(link.text_content()) for link in part.iter("a"))
        parts.append(part.tail or "")
    return " ".join("".join(parts).split()), linked


def _is_away(element: HtmlElement) -> bool:
    """Say whether an element is no place for an article's text, by its tag or its names."""
    if element.tag in _AWAY:
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if element.tag in _FRAME or len(names) == 1:
        return False
    return _AWAY_NAMED(names)


def _around(element: HtmlElement) -> Iterator[HtmlElement]:
    """Give the containers of a block, itself first unless it is a paragraph."""
    container = element.getparent() if element.tag == "p" else element
    for _ in range(DEEPEST):
        if container is None:
            return
        yield container
        container = container.getparent()
