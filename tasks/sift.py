"""Entries of a feed to items: whose article each is, and whether it is news or backlog."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from tasks.text import digest
from tasks.urls import article_id, canonical
from warehouse.records import Entry, Item, Source

_CROWD = 3  # entries from which on one address for most of them is none for any
BACKLOG = timedelta(days=7)  # older than this at its source's first good fetch: stored, not news


def sift(source: Source, entries: Sequence[Entry], first_good_at: datetime, now: datetime) -> tuple[Item, ...]:
    """Make an item of each entry, as seen at `now` in a source that answered first at `first_good_at`.

    Two entries of one document that come out as the same sighting give one item, the first.
    """
    crowded = _crowded(entries)
    made = [_item(source, one, crowded, first_good_at, now) for one in entries]
    items = {item.item_id: item for item in reversed(made)}
    return tuple(reversed(items.values()))


def _crowded(entries: Sequence[Entry]) -> frozenset[str]:
    """Give the address that most entries of a document share: it is a list's or a front page's, and no article's."""
    shared = Counter(canonical(entry.url) for entry in entries if entry.url)
    return frozenset(one for one, times in shared.items() if times >= _CROWD and times * 2 > len(entries))


def _item(source: Source, entry: Entry, crowded: frozenset[str], first_good_at: datetime, now: datetime) -> Item:
    entry_hash = digest(entry.title, entry.summary, entry.content)
    address = canonical(entry.url)
    url = "" if address in crowded else entry.url
    return Item(
        item_id=digest(source.source_id, entry.identity, entry_hash),
        source_id=source.source_id,
        identity=entry.identity,
        entry_hash=entry_hash,
        article_id=article_id(url) if url else digest(source.source_id, entry.identity),
        url=url,
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
