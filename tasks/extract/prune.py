"""Take out of a page's tree what is written on it but not part of the article, before the body is looked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from tasks.extract.classes import of_class, remembered

SHARE = 0.25  # of the page's paragraphs: what holds more is no box, but a container that was never closed
CARD = 60  # characters from which a link around paragraphs is a teaser; shorter ones are menus, told by their links
LINKED = 0.6  # of a list's characters: from there it leads elsewhere

_BLOCKS = ("p", "div", "h2", "h3", "h4", "h5", "ul", "section", "article")
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_SILENT = ("script", "style", "svg", "template", "iframe", "link")
# an element without text of its own is cut out before extraction, and what follows it would go along
_EMPTY = ("b", "blockquote", "div", "em", "i", "p", "q", "section", "span", "strong")


def _class(*names: str) -> str:
    """Give a pattern for whole parts of a class attribute: `fact-box` in `story__fact-box wide`."""
    return rf"(?:^|[\s_-])(?:{'|'.join(names)})(?:$|[\s_-])"


#: by class: boxes beside the article; captions (pictures are not kept either); who wrote it; what is not shown
_BOX = remembered(
    _class(
        r"(?:fact|info)-?box\w*", r"fakta-?(?:boks|ramme)", "promo", r"ai-?(?:article-?)?summary", "cta", r"recirc\w*",
        r"(?:inline-?)?newsletter\w*", r"whatsapp\w*", "tin-?lien-?quan", "les-?ogsa", r"related\w*", r"recommend\w*",
        r"(?:lire|read|see)[_-]?(?:aussi|also|more|next)", r"most[_-]?(?:read|pop\w*|view\w*|shared)", "trending",
        r"more-?(?:from|stories|news|articles|topics?)", r"sign-?up", "subscribe",
        r"author[_-]*(?:bio\w*|box|desc\w*|card|about)", r"(?:about|bio)[_-]*(?:the[_-]*)?author\w*",
        r"bio(?:graphy|[_-]*text)",
        r"\w*captions?", r"(?:img|image|photo|picture|bild|foto)[_-]*(?:desc\w*|info|text|credits?|legend\w*)",
        r"bildunterschrift\w*", r"media[_-]?info",
    )
    # whole names only: `overflow-hidden` is shown, and `d-none d-md-block` is on wide screens
    + r"|^(?!.*\bd-\w+-(?:block|flex)).*(?:^|\s)(?:hidden|hide|visually-hidden|sr-only|screen-reader-text|d-none)"
    r"(?:$|\s)"
)  # fmt: skip


def prune(tree: HtmlElement) -> None:
    """Remove, in place: furigana (they double the word), boxes beside the article, captions, links to other pages."""
    for element in list(tree.iter("rt", "rp", *_SILENT)):
        element.drop_tree()
    limit, headline = SHARE * written(tree), next(tree.iter("h1"), None)
    _drop(of_class(tree, _BOX), limit)
    _drop(tree.iter("figcaption"), limit)
    _drop((link for link in tree.iter("a") if _is_card(link, headline)), limit)
    for listed in [one for one in tree.iter("ul", "ol") if _leads_away(one)]:
        _drop([*_heading(listed), listed], limit)
    for element in [one for one in tree.iter(*_EMPTY) if len(one) == 0 and not one.text and (one.tail or "").strip()]:
        element.drop_tree()


def _drop(elements: Iterable[HtmlElement], limit: float) -> None:
    for element in list(elements):
        if element.getparent() is not None and written(element) < limit:
            element.drop_tree()


def written(element: HtmlElement) -> int:
    """Count the characters of the paragraphs in an element."""
    return sum(len(paragraph.text_content()) for paragraph in element.iter("p"))


def _is_card(link: HtmlElement, headline: HtmlElement | None) -> bool:
    """Recognise a teaser: a link that holds paragraphs or headings, as no link inside a text does."""
    if not len(link) or not link.get("href") or next(link.iter(*_BLOCKS), None) is None:
        return False
    if len(link.text_content().strip()) < CARD:
        return False
    return headline is None or next(link.iter("h1"), None) is not headline


def _leads_away(listed: HtmlElement) -> bool:
    """Recognise a list of other pages: each item has one link, and links make most of it."""
    items = [item for item in listed if item.tag == "li"]
    links = [link for link in listed.iter("a") if link.get("href")]
    if not items or len(links) != len(items):
        return False
    return sum(_length(link) for link in links) > LINKED * _length(listed)


def _heading(listed: HtmlElement) -> Iterator[HtmlElement]:
    """Give the heading of a list, if one stands right above it."""
    above = listed.getprevious()
    if above is not None and above.tag in _HEADINGS and not (above.tail or "").strip():
        yield above


def _length(element: HtmlElement) -> int:
    return len(" ".join(element.text_content().split()))
