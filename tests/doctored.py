"""A data folder in good health, and what the doctor says of it once a test has broken something."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from shutil import copytree
from typing import Any

from flows.doctor.finding import Finding
from flows.settings import Settings, load
from tests.samples import source
from warehouse import write
from warehouse.backup import back_up
from warehouse.connect import Db
from warehouse.publish import publish
from warehouse.records import Run, SourceHealth

NOW = datetime.now(UTC).replace(microsecond=0)
ZONE = "Asia/Ho_Chi_Minh"
SOURCES = ("courier", "herald", "tribune")


def settings_of(folder: Path, **given: Any) -> Settings:
    """Give settings that the doctor has nothing to say against."""
    return load(folder, **({"data": folder / "data", "contact": "desk@monitor.test"} | given))


def run(flow: str = "collect", hours: float = 1, **given: Any) -> Run:
    """Make a run that began so many hours ago and ended well, unless something else is given."""
    began = NOW - timedelta(hours=hours)
    made: dict[str, Any] = {"started_at": began, "finished_at": began, "state": "completed", "zone": ZONE}
    return Run(f"{flow}-{hours}", flow, began, **(made | given))


def health(name: str, **given: Any) -> SourceHealth:
    """Make what is known of a source that has just answered, unless something else is given."""
    made: dict[str, Any] = {field.name: None for field in fields(SourceHealth)}
    counts = {field.name: 0 for field in fields(SourceHealth) if field.type in {int, "int"}}
    known = {"source_id": name, "state": "ok", "outcome": "ok", "error": ""}
    seen = {"checked_at": NOW - timedelta(hours=1), "good_at": NOW - timedelta(hours=1)}
    return SourceHealth(**(made | counts | known | seen | given))


@cache
def _prepared(base: Path) -> Path:
    return make(base / "doctored").data


def copy(base: Path, folder: Path, **given: Any) -> Settings:
    """Give a folder a healthy data folder, which is made once for each `base`."""
    settings = settings_of(folder, **given)
    copytree(_prepared(base), settings.data)
    return settings


def make(folder: Path, **given: Any) -> Settings:
    """Make a folder that a collect has just filled, with its backup and its snapshot."""
    settings = settings_of(folder, **given)
    with settings.warehouse.writer() as db:
        write.sources(db, [source(source_id=name, outlet=name.title()) for name in SOURCES])
        write.source_health(db, [health(name) for name in SOURCES])
        write.run(db, run())
    back_up(settings.warehouse, NOW.date())
    publish(settings.warehouse)
    return settings


@contextmanager
def changed(settings: Settings) -> Iterator[Db]:
    """Change the rows as a run would that was killed before it published."""
    with settings.warehouse.writer() as db:
        yield db


def trouble(found: list[Finding]) -> Finding:
    """Give the one finding that is not ok; it says what to do."""
    [one] = [one for one in found if one.level != "ok"]
    assert one.next
    return one
