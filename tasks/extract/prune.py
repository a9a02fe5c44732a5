"""Take out of a page's tree what is written on it but not part of the article, before the body is looked for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

SHARE = 0.25  # of the page's paragraphs: what holds more is no box, but a container that was never closed
CARD = 60  # characters from which a link around paragraphs is a teaser; shorter ones are menus, told by their links

_BLOCKS = ("p", "div", "h2", "h3", "h4", "h5", "ul", "section", "article")
_BOX = re.compile(
    r"(?:^|[\s_-])(?:fact-?box|fakta-?(?:boks|ramme)|promo|ai-?(?:article-?)?summary|cta|recirc\w*|inline-?newsletter"
    r"|tin-?lien-?quan|les-?ogsa|(?:lire|read)-?(?:aussi|also|more|next))(?:$|[\s_-])",
    re.IGNORECASE,
)
_SILENT = ("script", "style", "svg", "template", "iframe", "link")


def prune(tree: HtmlElement) -> None:
    """Remove, in place: furigana (they double the word), boxes beside the article, cards that lead to other ones."""
    for element in list(tree.iter("rt", "rp", *_SILENT)):
        element.drop_tree()
    limit, headline = SHARE * _written(tree), next(tree.iter("h1"), None)
    suspects = list(of_class(tree, _BOX))
    suspects += [link for link in tree.iter("a") if _is_card(link, headline)]
    for element in suspects:
        if element.getparent() is not None and _written(element) < limit:
            element.drop_tree()


def of_class(tree: HtmlElement, pattern: re.Pattern[str]) -> Iterator[HtmlElement]:
    """Give the elements whose class attribute has the pattern; four times as fast as XPath's contains()."""
    known: dict[str, bool] = {}
    for element in tree.iter():
        names = element.get("class")
        if names and (known[names] if names in known else known.setdefault(names, bool(pattern.search(names)))):
            yield element


def _written(element: HtmlElement) -> int:
    """Count the characters of the paragraphs in an element."""
    return sum(len(paragraph.text_content()) for paragraph in element.iter("p"))


def _is_card(link: HtmlElement, headline: HtmlElement | None) -> bool:
    """Recognise a teaser: a link that holds paragraphs or headings, as no link inside a text does."""
    if not len(link) or not link.get("href") or next(link.iter(*_BLOCKS), None) is None:
        return False
    if len(link.text_content().strip()) < CARD:
        return False
    return headline is None or next(link.iter("h1"), None) is not headline
