"""Publish: give everybody's SQL a new snapshot of the private file."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pyarrow as pa

from warehouse import sums
from warehouse.attach import Db, logs
from warehouse.connect import Warehouse
from warehouse.copying import copied
from warehouse.index import index
from warehouse.migrate import newest
from warehouse.seeds import tables
from warehouse.statements import columns, macros, query, views
from warehouse.troubles import said

_LEXICON = ("people", "organisations", "places", "terms", "topics", "event_types", "roles", "wires")


def publish(warehouse: Warehouse) -> Path:
    """Replace the snapshot by the present state of the warehouse, at once for every reader; return its path.

    Readers that are open keep what they have; whoever opens it next sees the new one. Whatever is in it can be searched
    for.
    """
    index(warehouse)
    with warehouse.lock(), said(warehouse.private):
        if logs(warehouse.private):
            with warehouse.opened():  # a killed run's log belongs into the file before it is copied
                pass
        counted: list[sums.Sums] = []

        def then(db: Db) -> None:
            counted.append(sums.count(db, newest()))
            warehouse.refuse_lost(counted[0])
            dress(db)

        _set_aside(warehouse.snapshot)
        copied(warehouse.private, warehouse.snapshot, then)
        sums.keep(warehouse.sums_file, counted[0])
    return warehouse.snapshot


def _set_aside(snapshot: Path) -> None:
    """Keep what a user wrote into the snapshot under another name: beside the next one, his log would stop readers.

    He may have it open still: what he goes on to write then goes there, too.
    """
    for log in logs(snapshot):
        numbers = (f"-{number}" if number > 1 else "" for number in count(1))
        aside = next(
            path
            for each in numbers
            if not (path := snapshot.with_name(f"vnjp-written-by-a-user{each}.duckdb")).exists()
        )
        aside.hardlink_to(snapshot)
        log.rename(aside.with_name(f"{aside.name}{log.name.removeprefix(snapshot.name)}"))


def dress(db: Db) -> None:
    """Give a snapshot the lexicon's tables, as they are shipped, and the public views and macros, described."""
    db.execute("BEGIN")
    db.execute("create schema if not exists lexicon")
    shipped = tables()
    for name in _LEXICON:
        rows = shipped[name]
        db.register("shipped", pa.table({column: [row[column] for row in rows] for column in rows[0]}))
        db.execute(query("make_lexicon_table").format(table=name))
        db.unregister("shipped")
    zone = _zone(db)
    for statement in (*views(), *macros()):
        db.execute(statement.replace("$zone", zone))
    for view, column in db.execute(query("undescribed_columns")).fetchall():
        if meaning := columns().get((view, column)) or columns().get(("", column)):
            db.execute(query("describe_column").format(view=view, column=column, meaning=meaning.replace("'", "''")))
    db.execute("COMMIT")


def _zone(db: Db) -> str:
    """Give the zone of weeks and local days as a literal of SQL: into a view it cannot be bound."""
    ((zone,),) = db.execute(query("zone_of_weeks")).fetchall()
    return "'" + str(zone).replace("'", "''") + "'"
