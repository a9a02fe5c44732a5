"""Go back to a backup, or to the snapshot, which is a copy as well; what stands now is kept aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from warehouse import copying, sums
from warehouse.archive import Archive
from warehouse.attach import Db, attached, beside, logs
from warehouse.connect import Warehouse
from warehouse.dress import undress
from warehouse.errors import WarehouseError
from warehouse.forget import still_forgotten
from warehouse.migrate import migrate, newest, schema_of
from warehouse.publish import publish
from warehouse.retain import mark_gone
from warehouse.settle import settle
from warehouse.statements import query

# What must survive going back, where the present file or the snapshot still tells it: letters that left, issues as they
# were sent, what users decided, what may never be taken in again.
_LEDGERS = (
    "issues",
    "issue_entries",
    "renderings",
    "issue_log",
    "issue_versions",
    "deliveries",
    "overrides",
    "source_events",
    "tombstones",
)


@dataclass(frozen=True, slots=True)
class Backup:
    """A file that can be gone back to, or why it cannot."""

    name: str
    path: Path
    made_at: datetime  #: when it was written
    schema: int
    rows: dict[str, int]  #: by table of base
    fault: str  #: "" where every row of it can be read and is as it was counted


@dataclass(frozen=True, slots=True)
class Restored:
    """What going back came to."""

    backup: Backup
    aside: tuple[Path, ...]  #: where the files that stood there are now
    lost: dict[str, int]  #: rows by table that the file before had more; empty where it could not be read
    carried: dict[str, int]  #: rows by table that were taken over from it or from the snapshot
    records: int  #: raw feeds and pages in the archive that are newer than the backup


def backups(warehouse: Warehouse) -> list[Backup]:
    """Give what can be gone back to, the newest first, each read in full."""
    files = [path for path in (warehouse.snapshot, *warehouse.backups.glob("*.duckdb")) if path.is_file()]
    return sorted((_looked_at(path) for path in files), key=lambda one: (one.made_at, one.name), reverse=True)


def backup_named(warehouse: Warehouse, name: str) -> Backup:
    """Give the backup of a name, the newest whole one for ""; WarehouseError where there is none or it is damaged."""
    found = backups(warehouse)
    names = ", ".join(one.name for one in found) or "none"
    for one in found:
        if name in {one.name, one.path.name, str(one.path)} or (not name and not one.fault):
            if one.fault:
                raise WarehouseError(f"{one.path} cannot be gone back to: {one.fault}. There are: {names}.")
            return one
    what = f"No backup is named {name!r}" if name else f"No backup in {warehouse.backups} is whole"
    raise WarehouseError(f"{what}. There are: {names}.")


def restore(warehouse: Warehouse, backup: Backup, now: datetime) -> Restored:
    """Put a backup in the place of the private file, migrated where it is older, with the ledgers; publish it."""
    with warehouse.lock("articles", 1.0), warehouse.lock():
        sources = [path for path in (warehouse.private, warehouse.snapshot) if path.is_file() and path != backup.path]
        draft = warehouse.private.with_name(".restored.duckdb")
        carried: dict[str, int] = {}
        records: list[int] = []

        def ready(db: Db) -> None:
            undress(db)
            migrate(db, draft)
            for source in sources:
                for table, count in _carry(db, source).items():
                    carried[table] = carried.get(table, 0) + count
                if carried.get("tombstones"):
                    still_forgotten(db, source)
            mark_gone(db, Archive(warehouse.archive).gone(), now)
            records.append(_reach(db, Archive(warehouse.archive)))

        copying.copied(backup.path, draft, ready)
        lost = _lost(warehouse.private, draft)
        aside = _put(warehouse, draft, now)
    publish(warehouse)
    return Restored(backup, aside, lost, carried, records[0])


def _looked_at(path: Path) -> Backup:
    made_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    try:
        with attached(path, read_only=True) as db:
            found = sums.hashed(db, schema_of(db))
            kept = sums.read(copying.sums_of(path))
    except (duckdb.Error, OSError, WarehouseError) as error:
        return Backup(path.stem, path, made_at, 0, {}, str(error).splitlines()[0])
    fault = sums.fault(found, kept) if kept else ""
    if not found.schema:
        fault = "it is no warehouse"
    elif found.schema > newest():
        fault = f"a newer vnjp-monitor wrote it (schema {found.schema}; this one knows {newest()})"
    return Backup(path.stem, path, made_at, found.schema, dict(found.rows), fault)


def _carry(db: Db, source: Path) -> dict[str, int]:
    """Take the ledgers over from another file, as far as it can be read; give how many rows of each table."""
    carried = {}
    try:
        beside(db, source, "other", read_only=True)
    except duckdb.Error:
        return {}
    try:
        there = {name for (name,) in db.execute(query("tables_beside")).fetchall()}
        for table in _LEDGERS:
            if table in there:
                ((count,),) = db.execute(query(f"carry_{table}")).fetchall()
                carried[table] = int(count)
    except duckdb.Error:
        pass  # damaged there: what was taken over before stays
    finally:
        db.execute("DETACH other")
    return {table: count for table, count in carried.items() if count}


def _reach(db: Db, archive: Archive) -> int:
    """Commit what the archive holds beyond the backup, so that the next append does not cut it off; count it."""
    newer = 0
    for file in archive.files():
        ((committed,),) = db.execute(query("archive_length"), {"file": file}).fetchall()
        length, records = archive.reach(file, committed)
        if length > committed:
            db.execute(query("reach_archive"), {"file": file, "bytes": length})
            newer += records
    return newer


def _lost(before: Path, after: Path) -> dict[str, int]:
    try:
        with attached(before, read_only=True) as db:
            had = sums.count(db, 0).rows
    except (duckdb.Error, OSError):
        return {}
    with attached(after, read_only=True) as db:
        has = sums.count(db, 0).rows
    return {table: rows - has.get(table, 0) for table, rows in had.items() if rows > has.get(table, 0)}


def _put(warehouse: Warehouse, draft: Path, now: datetime) -> tuple[Path, ...]:
    """Put a file in the place of the private one; give where that, its log and its sums are now.

    The sums go last: whoever is killed before leaves a file that is refused, never one that is short without a word.
    """
    stamp = f"warehouse.before-restore-{now:%Y%m%dT%H%M%S}"
    aside = {path: path.with_name(path.name.replace("warehouse", stamp, 1)) for path in _present(warehouse)}
    for log in logs(warehouse.private):
        log.rename(aside[log])
    if warehouse.private in aside:
        aside[warehouse.private].hardlink_to(warehouse.private)
    draft.chmod(0o644)
    draft.replace(warehouse.private)
    if warehouse.sums_file in aside:
        warehouse.sums_file.rename(aside[warehouse.sums_file])
    settle(warehouse.private.parent)
    return tuple(aside.values())


def _present(warehouse: Warehouse) -> list[Path]:
    found = [warehouse.private, *logs(warehouse.private), warehouse.sums_file]
    return [path for path in found if path.exists()]
