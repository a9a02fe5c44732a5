"""How large the data folder gets: what each part weighs now, what it grows by, and when the disk is full.

The pace is that of this folder as soon as it has a week behind it; before, that of the shipped sources. The pure part
is grow.py, the constants are in measured.py, and this is the edge that looks at files and at the snapshot.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from flows.disk.grow import Disk, Kept, Kind, Pace, Size, disk_of
from flows.disk.measured import ARTICLES_A_DAY, RUNS_A_WEEK, SOURCES
from flows.disk.show import as_sentence, as_table, planned
from flows.settings import Settings
from warehouse.errors import WarehouseError
from warehouse.rows import Row, rows

__all__ = ["Disk", "Kind", "as_sentence", "as_table", "forecast", "planned"]

_WEEK = timedelta(weeks=1)
_LOOK_BACK = 4  # weeks that the pace is taken from


def forecast(settings: Settings, now: datetime) -> Disk:
    """Look at the data folder and say what becomes of it; a folder that is not there yet is a fresh one."""
    house = settings.warehouse
    sizes = Size(
        warehouse=_bytes([house.private]),
        snapshot=_bytes([house.snapshot]),
        backups=_bytes(house.backups.glob("*")),
        archive=_bytes(house.archive.glob("*")),
        issues=_bytes(settings.issues.rglob("*")),
        prefect=_bytes((settings.data / "prefect").glob("prefect.db*")),
        logs=_bytes([*(settings.data / "prefect").glob("server.log*"), *(settings.data / "logs").rglob("*")]),
    )
    free = shutil.disk_usage(_there(settings.data)).free
    return disk_of(sizes, _pace(settings, now), Kept(settings.keep_archive, settings.keep_runs), free)


def _pace(settings: Settings, now: datetime) -> Pace:
    """Take the pace from the last weeks; from what was measured, where less than one has passed."""
    seen, languages = _seen(settings, now), len(settings.languages)
    age = max(0.0, (now - seen["since"]) / _WEEK) if seen.get("since") else 0.0
    if age < 1:
        sources = seen.get("sources") or SOURCES
        return Pace(ARTICLES_A_DAY * 7 * sources / SOURCES, sources * 24 * 7, RUNS_A_WEEK, languages)
    weeks = min(_LOOK_BACK, age)
    files = sorted(settings.warehouse.archive.glob("????-W??.warc.gz"))[:-1][-_LOOK_BACK:]  # the last is not full
    return Pace(
        articles=seen["articles"] / weeks,
        attempts=seen["attempts"] / weeks,
        runs=RUNS_A_WEEK,
        languages=languages,
        archive=_bytes(files) / len(files) if files else None,
        held=seen["held"],
        age=age,
    )


def _seen(settings: Settings, now: datetime) -> Row:
    try:
        with settings.warehouse.reader() as db:
            [found] = rows(db, "pace", since=now - _LOOK_BACK * _WEEK, until=now)
            return found
    except WarehouseError:
        return {}


def _bytes(paths: Iterable[Path]) -> int:
    """Add up what files take; one that goes while we look takes nothing."""
    total = 0
    for path in paths:
        try:
            total += path.stat().st_size if path.is_file() else 0
        except FileNotFoundError:
            continue
    return total


def _there(folder: Path) -> Path:
    folder = folder.resolve()
    return next(one for one in (folder, *folder.parents) if one.exists())
