"""Rows to records and back: the only place that knows how both are spelled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, TypeVar

import pyarrow as pa

from warehouse.connect import Db
from warehouse.statements import query

Row = dict[str, Any]
R = TypeVar("R")

# What a row of each table is known by. The names are put into statements, so they come from here and nowhere else.
KEYS: Mapping[str, tuple[str, ...]] = {
    "runs": ("run_id",),
    "outlets": ("outlet_id",),
    "sources": ("source_id",),
    "source_state": ("source_id",),
    "source_health": ("source_id",),
    "source_events": ("source_id", "kind", "day"),
    "source_weeks": ("week", "source_id"),
    "fetches": ("fetch_id",),
    "feed_places": ("warc_file", "warc_offset"),
    "items": ("item_id",),
    "pages": ("page_id",),
    "archives": ("file",),
    "extractions": ("page_id", "rule_version"),
    "articles": ("article_id", "revision"),
    "fingerprints": ("article_id", "revision"),
    "shingles": ("article_id",),
    "duplicates": ("article_id",),
    "judgements": ("article_id", "revision"),
    "tags": ("article_id", "revision"),
    "entities": ("article_id", "revision"),
    "amounts": ("article_id", "revision"),
    "anchors": ("article_id", "revision"),
    "dates_ahead": ("article_id", "revision"),
    "evidence": ("article_id", "revision"),
    "encounters": ("article_id", "revision"),
    "stories": ("story_id",),
    "story_articles": ("article_id",),
    "story_moves": ("article_id", "story_id", "moved_at"),
    "story_links": ("story_id",),
    "shared": ("link", "article_id"),
    "overrides": ("override_id",),
    "issues": ("week",),
    "issue_entries": ("week",),
    "renderings": ("week", "language"),
    "deliveries": ("week", "recipient"),
    "tombstones": ("name_hash",),
    "search_texts": ("article_id",),
    "search_terms": ("number",),
    "issue_log": ("week", "number"),
    "issue_versions": ("week", "number"),
}


def rows(db: Db, name: str, **parameters: object) -> list[Row]:
    """Run queries/NAME.sql and return its rows as dicts; instants are aware UTC."""
    table = db.sql(query(name), params=parameters or None).to_arrow_table()
    return [{key: _plain(value) for key, value in row.items()} for row in table.to_pylist()]


def records(db: Db, kind: type[R], name: str, **parameters: object) -> list[R]:
    """Run queries/NAME.sql and make a record of each row; columns that the record lacks are left out."""
    wanted = [field.name for field in fields(kind)]  # type: ignore[arg-type] # every R here is a dataclass
    return [kind(**{key: row[key] for key in wanted if key in row}) for row in rows(db, name, **parameters)]


def row_of(record: object, **more: object) -> Row:
    """Make a row of a record's own fields and `more`."""
    return {field.name: getattr(record, field.name) for field in fields(record)} | more  # type: ignore[arg-type] # a dataclass


def offer(db: Db, name: str, ids: Iterable[str]) -> None:
    """Give a list of ids to the next queries as the one-column table NAME(id)."""
    db.register(name, pa.table({"id": pa.array(list(ids), pa.string())}))


def save(db: Db, table: str, batch: Sequence[Row]) -> None:
    """Write rows by their key: a row that exists is overwritten."""
    _write(db, "save", table, batch)


def add(db: Db, table: str, batch: Sequence[Row]) -> int:
    """Write the rows whose key is not there yet; return how many those were."""
    return _write(db, "add", table, batch)


def replace(db: Db, table: str, batch: Sequence[Row], of: Iterable[tuple[str, ...]]) -> None:
    """Take out all rows of the keys `of` and write the batch instead (child tables, where a key has many rows)."""
    columns = list(zip(*of, strict=True))
    if columns:
        gone = {key: pa.array(column, pa.string()) for key, column in zip(KEYS[table], columns, strict=True)}
        db.register("gone", pa.table(gone))
        db.execute(_statement("remove", table))
        db.unregister("gone")
    _write(db, "append", table, batch)


def _statement(name: str, table: str) -> str:
    return query(name).format(table=table, keys=", ".join(KEYS[table]))


def _write(db: Db, name: str, table: str, batch: Sequence[Row]) -> int:
    if not batch:
        return 0
    schema = db.sql(f"FROM base.{table} LIMIT 0").to_arrow_table().schema
    db.register("batch", pa.Table.from_pylist(list(batch), schema=schema))
    try:
        counted = db.execute(_statement(name, table)).fetchall()
    finally:
        db.unregister("batch")
    return int(counted[0][0]) if counted else 0


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    if isinstance(value, list):
        return tuple(_plain(one) for one in value)
    return value
