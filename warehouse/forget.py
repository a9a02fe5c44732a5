"""Take an article out of a file for good: every row that carries it, in whatever table, and in the end its bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from warehouse import copying, sums
from warehouse.attach import Db, attached, beside
from warehouse.connect import Warehouse
from warehouse.migrate import schema_of
from warehouse.rows import Row, offer, rows
from warehouse.settle import settle
from warehouse.statements import query
from warehouse.troubles import said

# What points at an article beside the tables with an article_id, in the order in which it has to go; then those.
_POINTERS = (
    "forget_moves",
    "forget_prints_of_copies",
    "forget_copies",
    "forget_shared",
    "forget_links",
    "forget_places",
    "forget_founder",
    "forget_overrides",
    "forget_empty_overrides",
)
# Tables of issues, and how a copy gets their rows as they were redacted.
_REDACTED = {
    "issues": "redacted_issues",
    "issue_entries": "redacted_entries",
    "renderings": "redacted_renderings",
    "issue_log": "redacted_log",
    "issue_versions": "redacted_versions",
}
#: tables that keep the id, a hash, of an article that is gone: that it was in a story, and that it may not come again
KEEP_THE_ID = ("story_moves", "tombstones")


@dataclass(frozen=True, slots=True)
class Traces:
    """What is held of an article beside its rows."""

    names: tuple[str, ...]  #: addresses and keys that it is known by
    title_keys: tuple[str, ...]
    urls: tuple[str, ...]  #: as feeds and pages gave them
    titles: tuple[str, ...]
    seen_at: tuple[datetime, ...]
    pages: tuple[tuple[str, int], ...]  #: places of its own records in the archive
    feeds: tuple[tuple[str, int], ...]  #: places of feeds that may list it
    weeks: tuple[str, ...]  #: frozen issues that name it


def traces(db: Db, article_id: str) -> Traces:
    """Look for everything that is held of an article."""
    given = {"id": article_id}
    known = rows(db, "forget_names", **given)
    places = [(row["warc_file"], row["warc_offset"]) for row in rows(db, "forget_pages", **given)]
    feeds = [(row["warc_file"], row["warc_offset"]) for row in rows(db, "forget_feeds", **given)]

    def of(kind: str) -> tuple[str, ...]:
        return tuple(row["value"] for row in known if row["kind"] == kind and row["value"])

    return Traces(
        names=of("name"),
        title_keys=of("title_key"),
        urls=of("url"),
        titles=of("title"),
        seen_at=tuple(row["seen_at"] for row in rows(db, "forget_seen", **given)),
        pages=tuple(places),
        feeds=tuple(feeds),
        weeks=tuple(row["week"] for row in rows(db, "forget_weeks", **given)),
    )


def forget_rows(db: Db, article_id: str, now: datetime) -> None:
    """Take out every row of an article. What was made with it is marked as made by older rules, to be made again."""
    given = {"id": article_id, "now": now}
    for name in (*_POINTERS, *(["forget_terms"] if sums.tables_has(db, "search_terms") else [])):
        sql = query(name)
        db.execute(sql, {key: value for key, value in given.items() if f"${key}" in sql})
    for (table,) in db.execute(query("tables_with_articles")).fetchall():
        if table not in KEEP_THE_ID:
            db.execute(query("forget_rows").format(table=table), {"id": article_id})


def feeds_cut(db: Db, places: Sequence[tuple[str, int]]) -> None:
    """Say of attempts that what they got is kept no more."""
    for file, offset in places:
        for name in ("forget_feed", "forget_feed_place"):
            db.execute(query(name), {"file": file, "offset": offset})


def compact(warehouse: Warehouse) -> None:
    """Write the private file anew, without the bytes of rows that are gone: DuckDB leaves those in free blocks."""
    with warehouse.lock(), said(warehouse.private):
        with warehouse.opened():
            pass
        anew = warehouse.private.with_name(".compact.duckdb")
        _rewrite(warehouse.private, anew)
        anew.replace(warehouse.private)
        settle(warehouse.private.parent)


def clear_backups(warehouse: Warehouse) -> int:
    """Take what was forgotten out of every backup that holds it still; give how many those were."""
    with warehouse.lock(), warehouse.opened() as db:
        ids = {row["article_id"]: row["forgotten_at"] for row in rows(db, "uncleared")}
    cleared = 0
    for backup in sorted(warehouse.backups.glob("*.duckdb")) if ids else ():
        with warehouse.lock(), said(backup):  # a collect that waits has its turn between two of them
            cleared += _cleared(warehouse, backup, ids)
    return cleared


def clear_copy(db: Db, other: Path, ids: Mapping[str, datetime]) -> None:
    """Take articles out of an open copy; where one was in it, issues come redacted from the file that lies beside."""
    here = [one for one in ids if db.execute(query("holds_article"), {"id": one}).fetchall()]
    for one in here:
        forget_rows(db, one, ids[one])
    if here:
        beside(db, other, "other", read_only=True)
        for table, name in _REDACTED.items():
            if sums.tables_has(db, table):
                db.execute(query(name))
        db.execute("DETACH other")


def still_forgotten(db: Db, other: Path) -> None:
    """Take out of a copy that is gone back to whatever its tombstones name; its files are to be cleared again."""
    ids = {row["article_id"]: row["forgotten_at"] for row in rows(db, "forgotten")}
    clear_copy(db, other, ids)
    db.execute(query("unclear_tombstones"))


def _cleared(warehouse: Warehouse, backup: Path, ids: Mapping[str, datetime]) -> int:
    with attached(backup, read_only=True) as db:
        if not any(db.execute(query("holds_article"), {"id": one}).fetchall() for one in ids):
            return 0
    draft, anew = backup.with_name(f".{backup.name}.cleared"), backup.with_name(f".{backup.name}.anew")

    def clear(db: Db) -> None:
        clear_copy(db, warehouse.private, ids)

    try:
        copying.copied(backup, draft, clear)
        found = _rewrite(draft, anew)
        anew.chmod(0o444)
        anew.replace(backup)
        sums.keep(copying.sums_of(backup), found)
        settle(backup.parent)
    finally:
        for path in (draft, anew):
            path.unlink(missing_ok=True)
    return 1


def _rewrite(source: Path, anew: Path) -> sums.Sums:
    """Copy a closed file row by row into a new one, and prove that it holds the same; give its sums."""
    anew.unlink(missing_ok=True)
    with attached(source, read_only=True) as db:
        before = sums.hashed(db, schema_of(db))
        beside(db, anew, "anew", read_only=False)
        db.execute("COPY FROM DATABASE news TO anew")
        db.execute("CHECKPOINT anew")
        db.execute("USE anew")
        found = sums.hashed(db, schema_of(db))
    if (found.rows, found.hashes) != (before.rows, before.hashes):
        raise AssertionError(f"{anew} is not what {source} is")
    settle(anew)
    return found


def tombstone_rows(found: Traces, hashes: Sequence[str], article_id: str, now: datetime, reason: str) -> list[Row]:
    """Make the rows that keep an article out for good: one for each of the hashes that it is known by."""
    told = {"article_id": article_id, "forgotten_at": now, "reason": reason, "seen_at": list(found.seen_at)}
    return [told | {"name_hash": one, "cleared_at": None} for one in hashes]


def is_forgotten(db: Db, hashes: Sequence[str]) -> set[str]:
    """Give those of some hashes that a forgotten article was known by."""
    offer(db, "wanted", hashes)
    return {row["name_hash"] for row in rows(db, "forgotten_names")}
