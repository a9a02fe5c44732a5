"""Teasers: runs of linked headings with little text under each, below an article or as the whole page."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice, takewhile

from lxml.html import HtmlElement

RUN = 4  # linked headings side by side, at least: an article links a heading or two of its own
SHORTEST = 20  # characters of a heading that names another article
LONGEST = 500  # characters of a teaser, by the median of its run: what is longer is a part of the article
LINKED = 0.8  # of a heading's characters
DEEPEST = 40  # containers around a heading that are looked at

_HEADINGS = ("h2", "h3", "h4", "h5")
_UNDER = frozenset({"p", "div", "span"})


def drop_teasers(tree: HtmlElement) -> int:
    """Take teasers of other articles out of a page, in place; give how many there were."""
    headings = [*_linked_headings(tree), *_linked_items(tree)]
    held = Counter(around for heading in headings for around in _around(heading))
    runs: dict[HtmlElement, list[HtmlElement]] = defaultdict(list)
    for heading in headings:
        item = heading
        while (up := item.getparent()) is not None and held.get(up) == 1:
            item = up
        if up is not None:
            runs[up].append(item)
    dropped = 0
    for items in runs.values():
        if len(items) >= RUN and statistics.median(_told(item, held) for item in items) <= LONGEST:
            dropped += len(items)
            for item in items:
                _drop(item, held)
    return dropped


def _told(item: HtmlElement, held: Counter[HtmlElement]) -> int:
    """Count the characters of a teaser; a heading's are those up to the next one."""
    if item.tag not in _HEADINGS:
        return _length(item)
    return _length(item) + sum(map(_length, takewhile(lambda part: not held.get(part), item.itersiblings())))


def _drop(item: HtmlElement, held: Counter[HtmlElement]) -> None:
    """Drop a teaser; one that is but a heading takes along what stands right under it."""
    under = item.getnext()
    alone = item.tag in _HEADINGS and under is not None and under.tag in _UNDER and not held.get(under)
    if alone and _length(under) <= LONGEST:
        under.drop_tree()
    if item.getparent() is not None:
        item.drop_tree()


def _linked_headings(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Give the headings that are a link, or stand in one, to another page."""
    for heading in tree.iter(*_HEADINGS):
        length = _length(heading)
        if length < SHORTEST:
            continue
        within = any(around.tag == "a" and _leads_away(around) for around in islice(_around(heading), 3))
        if within or sum(_length(link) for link in heading.iter("a") if _leads_away(link)) >= LINKED * length:
            yield heading


def _linked_items(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Give the links with which a list's items begin that say more under it, as search results do."""
    for item in tree.iter("li"):
        first = item[0] if len(item) and not (item.text or "").strip() else None
        if first is None or first.tag != "a" or not _leads_away(first) or _length(first) < SHORTEST:
            continue
        if any(part.tag in {"p", "div"} for part in item):
            yield first


def _leads_away(link: HtmlElement) -> bool:
    return (link.get("href") or "#").strip()[:1] != "#"


def _around(element: HtmlElement) -> Iterator[HtmlElement]:
    """Give an element and its containers, from within."""
    for _ in range(DEEPEST):
        if element is None:
            return
        yield element
        element = element.getparent()


def _length(element: HtmlElement) -> int:
    return len(" ".join(element.text_content().split()))
