"""The files of the data folder: whether they are there, whole and as recent as they should be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows.doctor.finding import Finding
from flows.doctor.look import age
from flows.settings import Settings
from warehouse import sums
from warehouse.attach import attached, logs
from warehouse.errors import WarehouseError
from warehouse.migrate import newest, schema_of
from warehouse.rows import rows
from warehouse.troubles import said

_LATE = timedelta(days=2)  # a nightly backup that is older missed a night
_BEHIND = timedelta(hours=6)  # by then some run has ended, and every run ends with a publish


def private(settings: Settings, now: datetime) -> Iterator[Finding]:  # noqa: ARG001 - as all checkers
    """Look at the file of the writer, unless a run has it: whether all is there that was committed."""
    house, name = settings.warehouse, "warehouse"
    if not house.private.exists() and not house.sums_file.exists():
        yield Finding(name, "error", f"there is no warehouse at {house.private}.", "vnjp collect")
        return
    try:
        with house.lock(patience=0.5), said(house.private), attached(house.private, read_only=True) as db:
            schema = schema_of(db)
            found = sums.count(db, schema)
            house.refuse_lost(found)
    except WarehouseError as error:
        at_work = "Another run" in str(error)
        told = str(error).partition("`vnjp")[0].strip()
        waits = Finding(name, "warning", told, "vnjp doctor again once it has ended")
        yield waits if at_work else Finding(name, "error", told, "vnjp restore --list")
        return
    if schema > newest():
        yield Finding(
            name, "error", f"a newer version wrote it (schema {schema}, not {newest()}).", "upgrade vnjp-monitor"
        )
    elif schema < newest():
        yield Finding(name, "warning", f"it is of an older version (schema {schema}, not {newest()}).", "vnjp upgrade")
    else:
        yield Finding(name, "ok", f"whole: {found.rows['articles']:,} revisions of articles, schema {schema}.")


def snapshot(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Look at the file that everybody reads: whether it is there, and nobody writes into it."""
    house, name = settings.warehouse, "snapshot"
    path = house.snapshot
    if not path.exists():
        yield Finding(name, "error", f"there is none at {path}.", "vnjp collect")
    elif logs(path):
        told = f"somebody opened {path} for writing; readers may fail until he closes it."
        yield Finding(name, "warning", told, "close it, then vnjp maintain")
    elif house.private.is_file() and _written(house.private) - _written(path) > _BEHIND:
        told = f"it is {_age(path, now)} old, and runs have written since: publishing fails, or they were killed."
        yield Finding(name, "warning", told, "vnjp maintain")
    else:
        yield Finding(name, "ok", f"published {_age(path, now)} ago.")


def backups(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Look for a recent backup."""
    found = sorted(settings.warehouse.backups.glob("????-??-??.duckdb"))
    if not found:
        yield Finding("backup", "warning", "none was made yet.", "vnjp maintain")
    elif now - _written(found[-1]) > _LATE:
        yield Finding("backup", "warning", f"the last one is {_age(found[-1], now)} old.", "vnjp maintain")
    else:
        yield Finding("backup", "ok", f"{len(found)} kept, the last made {_age(found[-1], now)} ago.")


def forgotten(settings: Settings, now: datetime) -> Iterator[Finding]:  # noqa: ARG001 - as all checkers
    """Look for articles that were forgotten and may stand in an older backup still."""
    if not settings.warehouse.snapshot.exists():
        return
    with settings.warehouse.reader() as db:
        left = rows(db, "uncleared") if sums.tables_has(db, "tombstones") else []
    if left:
        yield Finding(
            "forgotten", "warning", f"{len(left)} forgotten articles stand in backups still.", "vnjp maintain"
        )


def _written(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _age(path: Path, now: datetime) -> str:
    return age(_written(path), now)
