"""Pages that list articles, watched by the form of an article's address, for outlets and offices without a feed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import escape
from itertools import islice
from urllib.parse import unquote

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from tasks.dates import read_date
from tasks.parse.beside import Dates
from tasks.parse.draft import Document, Draft
from tasks.urls import canonical, join

MOST = 2_000  # articles of one page
LONGEST = 2_000  # characters of an address; a longer one is none
SHORT, CJK_SHORT = 10, 5  # characters from which a link's text may be a title
CARD = 160  # characters from which a link's text is a whole card, with more than the title in it
COMMON, COMMON_LENGTH = 3, 24  # a short text on links to so many articles says "more", whatever the language

_ELSEWHERE = frozenset({"nav", "footer"})
_ELSEWHERE_CLASSES = re.compile(
    r"(?:^|\s)(?:breadcrumbs?|pagination|navbar|(?:site-|page-|global-)?footer)(?:\s|$)", re.IGNORECASE
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TITLED = re.compile(r"title|headline|ttl\b|(?:^|[\s_-])tit(?:[\s_-]|$)", re.IGNORECASE)
_SILENT = frozenset({"script", "style", "template", "noscript", "svg", "time", "rt", "rp"})
_INLINE = frozenset({
    "a", "b", "em", "font", "i", "mark", "ruby", "rb", "rt", "rp", "script",
    "small", "strong", "sub", "sup", "u", "wbr",
})  # fmt: skip
Listed = tuple[HtmlElement, str, str]  # a link, its address, and what the article is known by
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def read(text: str, url: str, pattern: str, zone: str) -> Document:
    """Find the articles of a list page that came from `url`: the links whose absolute address `pattern` finds.

    In the page's order, each article once, links of menus and footers left out. The title is the link's text, the date
    what the list sets beside it, where that is clear; both may be missing, and are then the article page's to tell.
    Without articles, the document's `note` says why.
    """
    tree = _tree(text)
    if tree is None:
        return Document(note=_complaint(0, 0, pattern))
    form, itself = re.compile(pattern), canonical(url)
    articles = ((link, address) for link, one in _links(tree, url) if (address := article(one, form)))
    found = [(*pair, key) for pair in islice(articles, 4 * MOST) if (key := canonical(pair[1])) != itself]
    listed = [one for one in found if not _elsewhere(one[0])][: 2 * MOST]
    if not listed:
        return Document(note=_complaint(sum(1 for _ in _links(tree, url)), len(found), pattern))
    title = tree.findtext(".//title") or ""
    return Document(title=escape(title, quote=False), drafts=tuple(_drafts(listed, zone))[:MOST])


def _tree(text: str) -> HtmlElement | None:
    # bytes, since lxml refuses a text that declares an encoding of its own
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def _links(tree: HtmlElement, url: str) -> Iterator[tuple[HtmlElement, str]]:
    """Give every link with its absolute address, resolved as the first <base href> says."""
    base = next((join(url, one.get("href", "")) for one in tree.iter("base") if one.get("href")), "") or url
    for link in tree.iter("a", "area"):
        address = join(base, link.get("href") or "#").partition("#")[0]
        if 0 < len(address) <= LONGEST and link.get("href"):
            yield link, address


def article(address: str, form: re.Pattern[str]) -> str:
    """Give the address in the form of an article's: as it is, or without a query that the form does not know."""
    plain = address.partition("?")[0]
    return next((one for one in (address, plain) if form.search(one) or form.search(unquote(one))), "")


def _elsewhere(link: HtmlElement) -> bool:
    """Say whether a link stands in the page's navigation rather than in its list."""
    return any(
        one.tag in _ELSEWHERE or one.get("role") == "navigation" or _ELSEWHERE_CLASSES.search(one.get("class") or "")
        for one in link.iterancestors()
        if one.tag not in {"body", "html"}
    )


def _complaint(links: int, found: int, pattern: str) -> str:
    if found:
        return f"its only links of the form {pattern} stand in menus and footers ({found})"
    if links:
        return f"none of the page's {links} links has the form {pattern}"
    return "the page has no links: its list may be made by a script"


def _drafts(listed: list[Listed], zone: str) -> Iterator[Draft]:
    """Make one draft of all links to an article, in the order of their first ones."""
    same: dict[str, list[Listed]] = {}
    for one in listed:
        same.setdefault(one[2], []).append(one)
    texts = {key: [_text(link, zone) for link, _, _ in links] for key, links in same.items()}
    said = Counter(text for some in texts.values() for text in set(some))
    common = {text for text, times in said.items() if times >= COMMON and len(text) <= COMMON_LENGTH}
    dates = Dates({link: key for link, _, key in listed}, zone)
    for key, links in same.items():
        named = [(link, "" if text in common else text) for (link, *_), text in zip(links, texts[key], strict=True)]
        link, title = _best(named)
        raw = dates.of(link)
        yield Draft(links=(links[0][1],), title=escape(title, quote=False), dates=(raw,) if raw else ())


def _best(texts: list[tuple[HtmlElement, str]]) -> tuple[HtmlElement, str]:
    """Choose the link that carries the title: one in or around a heading, else the first that is long enough."""
    return max(texts, key=lambda pair: (bool(pair[1]), _long_enough(pair[1]), _is_headline(pair[0])))


def _long_enough(text: str) -> bool:
    return len(text) >= (CJK_SHORT if _WIDE.search(text) else SHORT)


def _is_headline(link: HtmlElement) -> bool:
    return next(link.iterancestors(*_HEADINGS), None) is not None or _inner_title(link) is not None


def _inner_title(link: HtmlElement) -> HtmlElement | None:
    inner = [one for one in link.iterdescendants() if isinstance(one.tag, str)]
    named = next((one for one in inner if one.tag in _HEADINGS), None)
    return named if named is not None else next((one for one in inner if _TITLED.search(one.get("class") or "")), None)


def _text(link: HtmlElement, zone: str) -> str:
    """Give what a link calls its article: its heading, else its text without dates, else a tool tip's or picture's."""
    inner = _inner_title(link)
    pieces = [] if inner is None else _pieces(inner, zone)
    pieces = pieces or _pieces(link, zone)
    text = " ".join(pieces)
    if len(text) > CARD:
        text = next(filter(_long_enough, pieces), text)
    alts = (one.get("alt") or "" for one in link.iter("img"))
    return " ".join((text or link.get("title") or next(filter(None, alts), "")).split())


def _pieces(element: HtmlElement, zone: str) -> list[str]:
    """Give the texts inside an element, those of its inline parts together, without dates."""
    pieces: list[str] = [""]
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, one in walk:
        pieces += [] if one.tag in _INLINE else [""]
        if event == "end":
            pieces[-1] += one.tail or "" if one is not element else ""
        elif one.tag in _SILENT:
            walk.skip_subtree()
        else:
            pieces[-1] += one.text or ""
    plain = (" ".join(piece.split()) for piece in pieces)
    return [piece for piece in plain if piece and not _is_date(piece, zone)]


def _is_date(text: str, zone: str) -> bool:
    return any(map(str.isdigit, text)) and read_date(text, zone)[0] is not None
