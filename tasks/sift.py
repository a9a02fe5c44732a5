"""Entries of a feed to items: whose article each is, and whether it is news or backlog."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from tasks.text import digest
from tasks.urls import article_id, article_key, canonical
from warehouse.records import Entry, Item, Source

BACKLOG = timedelta(days=7)  # older than this at its source's first good fetch: stored, not news


def sift(source: Source, entries: Sequence[Entry], first_good_at: datetime, now: datetime) -> tuple[Item, ...]:
    """Make an item of each entry, as seen at `now` in a source that answered first at `first_good_at`.

    Two entries of one document that come out as the same sighting give one item, the first; one that says nothing, by
    title, text or address, gives none.
    """
    telling = [entry for entry in entries if entry.title]
    items = {item.item_id: item for item in reversed([_item(source, one, first_good_at, now) for one in telling])}
    return tuple(reversed(items.values()))


def _item(source: Source, entry: Entry, first_good_at: datetime, now: datetime) -> Item:
    entry_hash = digest(entry.title, entry.summary, entry.content)
    return Item(
        item_id=digest(source.source_id, entry.identity, entry_hash),
        source_id=source.source_id,
        identity=entry.identity,
        entry_hash=entry_hash,
        article_id=article_id(entry.url) if entry.url else digest(source.source_id, entry.identity),
        url=entry.url,
        canonical_url=canonical(entry.url),
        title=entry.title,
        summary=entry.summary,
        content=entry.content,
        published=entry.published,
        published_quality=entry.published_quality,
        published_raw=entry.published_raw,
        language=entry.language,
        first_seen=now,
        backlog=entry.published is not None and entry.published < first_good_at - BACKLOG,
        article_key=article_key(entry.url) or "",
    )
