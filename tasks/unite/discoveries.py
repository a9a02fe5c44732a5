"""Discoveries: what a search found behind a link whose token only its owner can read (Google News since July 2024).

Such an item is title, outlet and time. It becomes a sighting of the outlet's own article when one is seen with the same
title at nearly the same time, whichever of the two comes first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from operator import attrgetter

from tasks.text import digest
from warehouse.records import Item

APART = timedelta(hours=48)  # between two sightings of one article, by their dates


def found_out(new: Sequence[Item], held: Sequence[Item]) -> list[Item]:
    """Give new items the article that they are sightings of, where `held` or another new one tells it.

    `held` are sightings at the addresses of the new ones, or under their title keys. An item keeps the article that its
    address has; a hidden link takes that of the outlet's own item, or of another search's; an outlet's own item takes
    that of a hidden link, unless another of the outlet's items has it already, or it is known under another name.
    """
    sightings, joined = _Sightings(), {}
    for item in sorted(held, key=attrgetter("first_seen", "item_id")):
        sightings.add(item)
    for item in sorted(new, key=attrgetter("hidden", "first_seen", "item_id")):
        joined[item.item_id] = sightings.join(item)
        sightings.add(joined[item.item_id])
    return [joined[item.item_id] for item in new]


class _Sightings:
    """Sightings by what may make another one of the same article."""

    def __init__(self) -> None:
        self.at: dict[str, Item] = {}  # the first at each address
        self.titled: defaultdict[tuple[str, bool], list[Item]] = defaultdict(list)  # by title key, and whether hidden
        self.taken: set[str] = set()  # articles whose own address is known

    def add(self, item: Item) -> None:
        if item.url:
            self.at.setdefault(item.canonical_url, item)
        if item.title_key:
            self.titled[item.title_key, item.hidden].append(item)
        if not item.hidden:
            self.taken.add(item.article_id)

    def join(self, item: Item) -> Item:
        """Give the item with the article that it is of; a hidden one with that article's own address, once known."""
        if not item.url or (not item.hidden and item.article_id != digest(item.canonical_url)):
            return item  # it has no address of its own, or is known by the site's own id
        if here := self.at.get(item.canonical_url):
            return replace(item, article_id=here.article_id, url=here.url if item.hidden else item.url)
        alike = self._near(item, hidden=True)
        if item.hidden:
            best = next(iter(self._near(item, hidden=False) + alike), None)
            return replace(item, article_id=best.article_id, url=best.url) if best else item
        best = next((one for one in alike if one.article_id not in self.taken), None)
        return replace(item, article_id=best.article_id) if best else item

    def _near(self, item: Item, *, hidden: bool) -> list[Item]:
        """Give the sightings of an item's title at about its time, the nearest first."""
        alike = self.titled[item.title_key, hidden]
        return sorted((one for one in alike if _gap(item, one) <= APART), key=lambda one: _gap(item, one))


def _gap(one: Item, other: Item) -> timedelta:
    return abs((one.published or one.first_seen) - (other.published or other.first_seen))
