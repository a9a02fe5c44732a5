"""Entries of a feed to items: whose article each is, and whether it is news or backlog.

A search may hide an article's address behind a token that only its owner can read (Google News since July 2024). Such
an item is a discovery: title, outlet and time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from tasks.text import digest, fold
from tasks.urls import article_key, canonical, host, opaque, registrable, side_of
from tasks.urls.rules import site
from warehouse.records import Entry, Item, Outlet, Source

_CROWD = 3  # entries from which on one address for most of them is none for any
BACKLOG = timedelta(days=7)  # older than this at its source's first good fetch: stored, not news
LETTERS, WIDE_LETTERS = 16, 8  # of a title that tells articles apart; the second where nobody writes spaces

_WIDE = 0x3000  # from here on stand the scripts of East Asia


def sift(
    source: Source,
    entries: Sequence[Entry],
    first_good_at: datetime,
    now: datetime,
    outlets: Mapping[str, Outlet] | None = None,
) -> tuple[Item, ...]:
    """Make an item of each entry, as seen at `now` in a source that answered first at `first_good_at`.

    `outlets` are those known, by host. Two entries of one document that come out as the same sighting give one item,
    the first; one that says nothing, by title, text or address, gives none.
    """
    addresses = [canonical(entry.url) for entry in entries]
    crowd = _crowd(addresses)
    made = [
        _item(source, entry, address if address != crowd else "", first_good_at, now, outlets or {})
        for entry, address in zip(entries, addresses, strict=True)
        if entry.title
    ]
    items = {item.item_id: item for item in reversed(made)}
    return tuple(reversed(items.values()))


def _crowd(addresses: Sequence[str]) -> str:
    """Give the address that most entries of a document share, or "": it is a front page's or list's, no article's."""
    for address, times in Counter(addresses).most_common(1):
        if times >= _CROWD and times * 2 > len(addresses):
            return address
    return ""


def _item(
    source: Source,
    entry: Entry,
    address: str,
    first_good_at: datetime,
    now: datetime,
    outlets: Mapping[str, Outlet],
) -> Item:
    """Make an item; `address` is the entry's own in canonical form, which names its article, or ""."""
    hidden = opaque(entry.url)
    title = _without_publisher(entry) if hidden else entry.title
    # what a search sets below a hidden link is its own list of links, new at every turn
    summary, content = ("", "") if hidden else (entry.summary, entry.content)
    entry_hash = digest(entry.title, summary, content)
    place = host(entry.publisher_url) if hidden else host(entry.url)
    outlet = known(place, outlets)
    return Item(
        item_id=digest(source.source_id, entry.identity, entry_hash),
        source_id=source.source_id,
        identity=entry.identity,
        entry_hash=entry_hash,
        article_id=digest(address) if address else digest(source.source_id, entry.identity),
        url=entry.url if address else "",
        canonical_url=address or canonical(entry.url),
        title=title,
        summary=summary,
        content=content,
        published=entry.published,
        published_quality=entry.published_quality,
        published_raw=entry.published_raw,
        language=entry.language,
        first_seen=now,
        backlog=_is_backlog(source, entry.published, first_good_at, now),
        publisher=entry.publisher if source.kind == "search" else "",
        origin=outlet.outlet_id if outlet else registrable(place),
        title_key=title_key(place, title),
        hidden=hidden,
        article_key=article_key(entry.url) or "" if address else "",
    )


def _is_backlog(source: Source, published: datetime | None, first_good_at: datetime, now: datetime) -> bool:
    """Say whether an entry is no news: too old, or undated on a page of links that is seen for the first time."""
    if published is None:
        return source.reads == "page" and first_good_at == now
    return published < first_good_at - BACKLOG


def _without_publisher(entry: Entry) -> str:
    """Take " - Publisher" off a title, which a search of hidden links adds to each."""
    title, dash, last = entry.title.rpartition(" - ")
    if dash and (not entry.publisher or fold(last) == fold(entry.publisher)):
        return title.strip() or entry.title
    return entry.title


def title_key(place: str, title: str) -> str:
    """Give what sightings of an article at one host share by its title; "" where that is too short to tell it apart."""
    letters = "".join(filter(str.isalnum, fold(title)))
    enough = LETTERS if all(ord(letter) < _WIDE for letter in letters) else WIDE_LETTERS
    return digest(site(place).name or registrable(place), letters) if place and len(letters) >= enough else ""


# --- whose article ----------------------------------------------------------------------------------------------------


def known(place: str, outlets: Mapping[str, Outlet]) -> Outlet | None:
    """Give the outlet of a host, or of the nearest host above it."""
    while place:
        if place in outlets:
            return outlets[place]
        place = place.partition(".")[2]
    return None


def told_by(source: Source, item: Item, outlets: Mapping[str, Outlet]) -> Source:
    """Give the source of an article as its readers know it: of what a search found, the outlet that it was found at."""
    if source.kind != "search":
        return source
    outlet = next((one for one in outlets.values() if one.outlet_id == item.origin), None)
    if outlet:
        name, family, side = item.publisher or outlet.name, outlet.family, outlet.side
    else:
        name, family = item.publisher or item.origin or source.outlet, item.origin or source.family
        side = side_of(item.origin)
    return replace(source, outlet=name, family=family, side=side)


def by_host(outlets: Iterable[Outlet]) -> dict[str, Outlet]:
    """Index outlets by their hosts."""
    return {place: outlet for outlet in outlets for place in outlet.hosts}
