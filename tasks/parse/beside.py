"""The date that a list page sets beside a link: in the link's own item, beside it, or as a heading over a few links.

A list that leaves open which date is whose gives none: a date that is wrong without a sign is worse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import islice
from typing import Final

from lxml.html import HtmlElement

from tasks.dates import read_date

LONG = 60  # characters; a longer text is no date
TEXTS = 60  # texts of one item that are looked at
MOST = 10_000  # elements that one element holds and that are looked at
ROOMY, LINKS = 1_500, 8  # characters and links of an item; what has more is no item but the page
LEVELS = 4  # how far above an item its date may stand

_ITEMS = frozenset({"li", "tr", "article"})  # elements that are one item, even of several links
_OUTER = frozenset({"body", "html", "main", "table", "tbody", "ul", "ol", "dl"})
_PARTS = re.compile(r"[|│•·—\u3000]|\s[-–/]\s|\s{3,}|\n")
Token = tuple[str, HtmlElement | None]  # an item, or a date between items
MANY: Final = "\0many"  # in place of the one article that an element's links lead to


class Dates:
    """The dates of one page; `links` gives each link of an article with that article's key."""

    def __init__(self, links: Mapping[HtmlElement, str], zone: str) -> None:
        """Note for every element around a link which article it leads to, or that there are many."""
        self.zone = zone
        self.inside: dict[HtmlElement, str] = dict(links)
        self.besides: dict[HtmlElement, dict[HtmlElement, str]] = {}
        for link, key in links.items():
            for element in link.iterancestors():
                if (held := self.inside.setdefault(element, key)) != key:
                    if held is MANY:
                        break  # so are all above
                    self.inside[element] = MANY

    def of(self, link: HtmlElement) -> str:
        """Give the date of the article that a link leads to, as written, or ""."""
        item = self._item(link)
        if raw := self._only(self._written(item)):
            return raw
        for _ in range(LEVELS):
            around = item.getparent()
            if around is None or item.tag == "body":
                return ""
            if around not in self.besides:
                self.besides[around] = self._beside(around)
            if raw := self.besides[around].get(item, ""):
                return raw
            item = around
        return ""

    def _item(self, link: HtmlElement) -> HtmlElement:
        """Give the largest element around a link that is about its article alone."""
        item = link
        for element in link.iterancestors():
            if element.tag in _OUTER or self.inside[element] is MANY:
                break
            if sum(map(len, element.itertext())) > ROOMY or len(list(islice(element.iter("a"), LINKS + 1))) > LINKS:
                break
            item = element
        return item

    def _only(self, written: Iterator[str]) -> str:
        """Give the date among some texts; "" where there is none, or where they name different days."""
        best, day, days = "", None, False
        for raw in written:
            found, quality = read_date(raw, self.zone)
            if found is None:
                continue
            if day is not None and abs(found - day) > timedelta(days=1):
                return ""
            if not best or (days and quality != "date-only"):
                best, day, days = raw, found, quality == "date-only"
        return best

    def _written(self, element: HtmlElement) -> Iterator[str]:
        """Give what may be dates in an element: for machines first, then the texts shown."""
        yield from (one.get("datetime") for one in element.iter("time") if one.get("datetime"))
        for number, one in enumerate(element.iter()):
            if number > TEXTS:
                return
            if isinstance(one.tag, str) and one.tag not in {"script", "style"}:
                for text in ("".join(one.itertext()), one.text or "", *((child.tail or "") for child in one)):
                    yield from _dates_in(text)

    def _beside(self, around: HtmlElement) -> dict[HtmlElement, str]:
        """Give the dates that stand between the items in `around`, by item.

        They belong to what follows them when a date comes first, and to what they follow when an item comes first and
        the two alternate. One date over all items is the page's, not theirs; in a row or list item it is the row's.
        """
        order = list(self._order(around))
        if not order or order[0][1] is not None:
            return _following(order)
        dated, groups, raw = {}, 0, ""
        for n, (token, item) in enumerate(order):
            if item is None:
                raw = token
            else:
                dated[item] = raw
                groups += order[n - 1][1] is None
        return dated if groups > 1 or around.tag in _ITEMS else {}

    def _order(self, around: HtmlElement) -> Iterator[Token]:
        """Give what stands in an element, in order: items as ("", item), dates as (date, None), all else left out."""
        yield from self._date_of(around.text or "")
        for child in islice(around, MOST):
            if child in self.inside:
                yield "", child
            elif isinstance(child.tag, str):
                yield from self._date_of("".join(child.itertext()))
            yield from self._date_of(child.tail or "")

    def _date_of(self, text: str) -> Iterator[Token]:
        if raw := self._only(_dates_in(text)):
            yield raw, None


def _following(order: Sequence[Token]) -> dict[HtmlElement, str]:
    """Give each item the date after it, where items and dates alternate."""
    items = [item for _, item in order[::2] if item is not None]
    dates = [raw for raw, item in order[1::2] if item is None]
    alternate = len(items) + len(dates) == len(order) and len(items) == len(dates) > 1
    return dict(zip(items, dates, strict=True)) if alternate else {}


def _dates_in(text: str) -> Iterator[str]:
    """Give a short text with a figure in it, and its parts between marks."""
    text = text.strip()
    if 0 < len(text) <= 2 * LONG and any(map(str.isdigit, text)):
        for part in dict.fromkeys((" ".join(text.split()), *_PARTS.split(text))):
            if len(part) <= LONG:
                yield part.strip()
