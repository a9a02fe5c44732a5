"""Entries of a feed to items: whose article each is, and whether it is news or backlog."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from tasks.text import digest
from tasks.urls import canonical
from warehouse.records import Entry, Item, Source

_CROWD = 3  # entries from which on one address for most of them is none for any
BACKLOG = timedelta(days=7)  # older than this at its source's first good fetch: stored, not news


def sift(source: Source, entries: Sequence[Entry], first_good_at: datetime, now: datetime) -> tuple[Item, ...]:
    """Make an item of each entry, as seen at `now` in a source that answered first at `first_good_at`.

    Two entries of one document that come out as the same sighting give one item, the first.
    """
    addresses = [canonical(entry.url) for entry in entries]
    crowd = _crowd(addresses)
    made = [
        _item(source, entry, address, first_good_at, now, is_own=bool(entry.url) and address != crowd)
        for entry, address in zip(entries, addresses, strict=True)
    ]
    items = {item.item_id: item for item in reversed(made)}
    return tuple(reversed(items.values()))


def _crowd(addresses: Sequence[str]) -> str:
    """Give the address that most entries of a document share, or "": it is a front page's or list's, no article's."""
    for address, times in Counter(addresses).most_common(1):
        if times >= _CROWD and times * 2 > len(addresses):
            return address
    return ""


def _item(source: Source, entry: Entry, address: str, first_good_at: datetime, now: datetime, *, is_own: bool) -> Item:
    """Make an item; `is_own` says that the address is the entry's own, and so may name its article."""
    entry_hash = digest(entry.title, entry.summary, entry.content)
    return Item(
        item_id=digest(source.source_id, entry.identity, entry_hash),
        source_id=source.source_id,
        identity=entry.identity,
        entry_hash=entry_hash,
        article_id=digest(address) if is_own else digest(source.source_id, entry.identity),
        url=entry.url if is_own else "",
        canonical_url=address,
        title=entry.title,
        summary=entry.summary,
        content=entry.content,
        published=entry.published,
        published_quality=entry.published_quality,
        published_raw=entry.published_raw,
        language=entry.language,
        first_seen=now,
        backlog=entry.published is not None and entry.published < first_good_at - BACKLOG,
    )
