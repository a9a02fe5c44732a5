"""Copy the private file: as the snapshot that everybody reads, and as the day's backup."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa

from warehouse.connect import Db, Warehouse, attach
from warehouse.errors import WarehouseError
from warehouse.seeds import tables
from warehouse.statements import columns, macros, query, views

_KEPT = 7  # daily backups
_LEXICON = ("people", "organisations", "places", "terms", "topics", "event_types", "roles", "wires")


def publish(warehouse: Warehouse) -> Path:
    """Replace the snapshot by the present state of the warehouse, at once for every reader; return its path.

    Readers that are open keep what they have; whoever opens it next sees the new one.
    """
    return _copy(warehouse, warehouse.snapshot, _dress)


def back_up(warehouse: Warehouse, today: date) -> Path:
    """Make the backup of the day, proved by opening and counting it; the oldest beyond a week go. Return its path."""
    folder = warehouse.folder / "backups"
    folder.mkdir(parents=True, exist_ok=True)
    made = _copy(warehouse, folder / f"{today.isoformat()}.duckdb", _prove)
    for old in sorted(folder.glob("????-??-??.duckdb"))[:-_KEPT]:
        old.unlink()
    return made


def _copy(warehouse: Warehouse, to: Path, then: Callable[[Db], None]) -> Path:
    """Copy the closed private file beside its goal, work on the copy, then rename it there.

    The file is copied only after this process has closed it: a copy of an open one would drop DuckDB's lock, since
    POSIX locks end when any handle of the process closes.
    """
    with warehouse.lock():
        if warehouse.private.with_name(f"{warehouse.private.name}.wal").exists():
            _work(warehouse.private, lambda _: None)  # a killed run's log belongs into the file before it is copied
        draft = to.with_name(f".{to.name}.draft")
        try:
            for left in (draft, draft.with_name(f"{draft.name}.wal")):
                left.unlink(missing_ok=True)
            shutil.copyfile(warehouse.private, draft)
            _work(draft, then)
            draft.chmod(0o444)  # a tool that opens it for writing would leave a log that breaks every other reader
            _settle(draft)
        except OSError as error:
            draft.unlink(missing_ok=True)
            raise WarehouseError(f"{to} could not be written ({error.strerror}). The last one still stands.") from error
        draft.replace(to)
        _settle(to.parent)
    return to


def _work(path: Path, then: Callable[[Db], None]) -> None:
    """Open a file, work on it, and leave all of it in the file: closing alone may leave a log beside it."""
    db = attach(path, read_only=False)
    try:
        then(db)
        db.execute("CHECKPOINT")
    finally:
        db.close()


def _dress(db: Db) -> None:
    """Give the snapshot the lexicon's tables, as they are shipped, and the public views and macros, described."""
    db.execute("BEGIN")
    db.execute("create schema if not exists lexicon")
    for name in _LEXICON:
        rows = tables()[name]
        db.register("shipped", pa.table({column: [row[column] for row in rows] for column in rows[0]}))
        db.execute(query("make_lexicon_table").format(table=name))
        db.unregister("shipped")
    for statement in (*views(), *macros()):
        db.execute(statement.replace("$zone", _zone(db)))
    for view, column in db.execute(query("undescribed_columns")).fetchall():
        if meaning := columns().get((view, column)) or columns().get(("", column)):
            db.execute(query("describe_column").format(view=view, column=column, meaning=meaning.replace("'", "''")))
    db.execute("COMMIT")


def _zone(db: Db) -> str:
    """Give the zone of weeks and local days as a literal of SQL: into a view it cannot be bound."""
    ((zone,),) = db.execute(query("zone_of_weeks")).fetchall()
    return "'" + str(zone).replace("'", "''") + "'"


def _prove(db: Db) -> None:
    """Read every table of a backup; damage raises here, not on the day it is needed."""
    for (table,) in db.execute(query("table_names")).fetchall():
        db.execute(query("read_all").format(table=table)).fetchall()


def _settle(path: Path) -> None:
    """Force a file or folder to the disk, so that a rename never shows half of it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
