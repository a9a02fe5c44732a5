"""What the steps need to know: query file in, records out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

import pyarrow as pa

from warehouse.connect import Db
from warehouse.records import (
    Amount,
    Anchor,
    Article,
    Duplicate,
    Encounter,
    Entity,
    Evidence,
    Fingerprint,
    Item,
    Judgement,
    Membership,
    Override,
    Shared,
    Source,
    SourceHealth,
    SourceState,
    Story,
    Words,
)
from warehouse.rows import Row, offer, records, rows

T = TypeVar("T")
_EVER = datetime(1970, 1, 1, tzinfo=UTC)
ANCHORS, _DAYS = 4, 7  # anchors that a translation shares at least; days within which it follows
_TICK = timedelta(microseconds=1)  # spans are half-open


def sources(db: Db) -> dict[str, Source]:
    """Give every source by its id."""
    return {source.source_id: source for source in records(db, Source, "sources")}


def source_states(db: Db) -> dict[str, SourceState]:
    """Give what is remembered of every source that was ever asked."""
    return {state.source_id: state for state in records(db, SourceState, "source_states")}


def source_health(db: Db, now: datetime) -> list[SourceHealth]:
    """Give how every source does at `now`, what this run found included."""
    return records(db, SourceHealth, "source_health", since=_EVER, until=now + _TICK)


def source_events(db: Db, day: date) -> set[tuple[str, str]]:
    """Give the (source_id, kind) of the events that were sent for a day."""
    return {(row["source_id"], row["kind"]) for row in rows(db, "source_events", day=day)}


def items(db: Db, article_ids: Iterable[str]) -> dict[str, list[Item]]:
    """Give all sightings of some articles, oldest first."""
    offer(db, "wanted", article_ids)
    return grouped(records(db, Item, "items_of"), lambda item: item.article_id)


def unknown_items(db: Db, found: Sequence[Item]) -> list[Item]:
    """Give those sightings that are not held yet."""
    offer(db, "wanted", [item.item_id for item in found])
    known = {row["id"] for row in rows(db, "known_items")}
    return [item for item in found if item.item_id not in known]


def known_entries(db: Db, found: Sequence[Item], now: datetime) -> Counter[str]:
    """Count the sightings whose entry their source had before `now`, by its identity or its article; by source_id."""
    names = ("source_id", "identity", "article_id")
    columns = {name: pa.array([getattr(one, name) for one in found], pa.string()) for name in names}
    db.register("sightings", pa.table(columns))
    return Counter({row["source_id"]: row["known"] for row in rows(db, "known_entries", now=now)})


def sightings(db: Db, like: Sequence[Item]) -> list[Item]:
    """Give what is held at the addresses of some new sightings, or under their title keys."""
    columns = {
        name: pa.array([getattr(item, name) for item in like], pa.string()) for name in ("canonical_url", "title_key")
    }
    db.register("sought", pa.table(columns))
    return records(db, Item, "sightings_like")


def known_under(db: Db, names: Iterable[str]) -> dict[str, str]:
    """Give the article that each canonical address or key of an item is held under, where one is."""
    offer(db, "wanted", names)
    return {row["name"]: row["article_id"] for row in rows(db, "known_under")}


def told_under(db: Db, addresses: Iterable[str]) -> dict[str, str]:
    """Give the article whose page gave itself each canonical address, or was found there, where one did."""
    offer(db, "wanted", addresses)
    return {row["name"]: row["article_id"] for row in rows(db, "told_under")}


def articles(db: Db, article_ids: Iterable[str]) -> dict[str, Article]:
    """Give the current revisions of some articles."""
    offer(db, "wanted", article_ids)
    return {article.article_id: article for article in records(db, Article, "articles_of")}


def fingerprints(db: Db, article_ids: Iterable[str]) -> dict[str, Fingerprint]:
    """Give the fingerprints of some articles' current revisions."""
    offer(db, "wanted", article_ids)
    return {print_.article_id: print_ for print_ in records(db, Fingerprint, "fingerprints_of")}


def duplicates(db: Db, article_ids: Iterable[str]) -> list[Duplicate]:
    """Give what is decided of some articles, with what each shares."""
    offer(db, "wanted", article_ids)
    shared = grouped(rows(db, "shared_of", link="copy"), lambda row: row["article_id"])
    found = records(db, Duplicate, "duplicates_of")
    return [replace(one, shared=tuple(map(_shared, shared[one.article_id]))) for one in found]


def overrides(db: Db) -> list[Override]:
    """Give everything that a user decided, oldest first."""
    return records(db, Override, "overrides")


def alike(db: Db, prints: Sequence[Fingerprint], shared: int) -> list[str]:
    """Give the ids of articles held that could be copies of these, with the groups they are in, and the baseline."""
    offer(db, "wanted", [one.article_id for one in prints])
    probes = [(one.article_id, value) for one in prints for value in one.sample]
    db.register(
        "probes",
        pa.table(
            {
                "article_id": pa.array([probe[0] for probe in probes], pa.string()),
                "hash": pa.array([probe[1] for probe in probes], pa.uint64()),
            }
        ),
    )
    whole = {name: pa.array([getattr(one, name) for one in prints], pa.string()) for name in ("body_hash", "twin")}
    db.register("whole", pa.table(whole))
    return [row["id"] for row in rows(db, "alike", shared=shared, anchors=ANCHORS, days=_DAYS)]


def memberships(db: Db, article_ids: Iterable[str]) -> list[Membership]:
    """Give the stories that some articles are in, and why."""
    offer(db, "wanted", article_ids)
    return records(db, Membership, "memberships_of")


def stories(db: Db, story_ids: Iterable[str]) -> list[Story]:
    """Give some stories."""
    offer(db, "wanted", story_ids)
    return records(db, Story, "stories_of")


def judgements(db: Db, article_ids: Iterable[str]) -> dict[str, Judgement]:
    """Give what is held of some articles' current revisions, put together from its tables."""
    offer(db, "wanted", article_ids)
    tags, entities, amounts, dates, evidence, encounters, placed = (
        grouped(rows(db, f"{name}_of"), lambda row: row["article_id"])
        for name in ("tags", "entities", "amounts", "dates_ahead", "evidence", "encounters", "anchors")
    )
    return {
        (key := row["article_id"]): Judgement(
            **{name: value for name, value in row.items() if name != "judged_at"},
            relevance_parts=tuple((t["value"], t["score"]) for t in tags[key] if t["kind"] == "relevance_part"),
            topics=tuple(t["value"] for t in tags[key] if t["kind"] == "topic"),
            entities=tuple(Entity(**_only(e, Entity)) for e in entities[key]),
            amounts=tuple(Amount(**_only(a, Amount)) for a in amounts[key]),
            dates_ahead=tuple((d["day"], _evidence(d, f"date_ahead:{d['day']}")) for d in dates[key]),
            evidence=tuple(_evidence(e, e["tag"]) for e in evidence[key]),
            anchors=tuple(map(_anchor, placed[key])),
            encounters=tuple(Encounter(**_only(e, Encounter)) for e in encounters[key]),
        )
        for row in rows(db, "judgements_of")
    }


def anchors(db: Db, article_ids: Iterable[str]) -> dict[str, tuple[Anchor, ...]]:
    """Give the anchors of some articles' current revisions, in the order of their texts."""
    offer(db, "wanted", article_ids)
    found = grouped(rows(db, "anchors_of"), lambda row: row["article_id"])
    return {key: tuple(map(_anchor, placed)) for key, placed in found.items()}


def grouped(found: Iterable[T], key: Callable[[T], str]) -> defaultdict[str, list[T]]:
    """Group rows or records by a key, keeping their order."""
    groups: defaultdict[str, list[T]] = defaultdict(list)
    for one in found:
        groups[key(one)].append(one)
    return groups


def _only(row: Row, kind: type[Any]) -> Row:
    return {name: row[name] for name in kind.__slots__ if name in row}


def _shared(row: Row) -> Shared:
    here = Words(row["field"], row["start_char"], row["end_char"], row["text"])
    there = Words(row["against_field"], row["against_start"], row["against_end"], row["against_text"])
    return Shared(row["kind"], row["key"], here, there if row["against_field"] else None)


def _anchor(row: Row) -> Anchor:
    return Anchor(row["key"], row["place"], row["start_char"], row["end_char"])


def _evidence(row: Row, tag: str) -> Evidence:
    return Evidence(tag, row["field"], row["start_char"], row["end_char"], row["text"])
