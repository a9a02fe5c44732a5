"""Are the rows right? The data checks on the snapshot, so that no run is in the way of another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from flows.ask.query import Result
from flows.ask.query import as_table as lay
from flows.doctor.finding import Finding
from flows.settings import Settings
from warehouse.archive import Archive
from warehouse.check import Found, found, records_not_in_place
from warehouse.migrate import newest, schema_of

_SOON = 200  # records of the archive that are read while somebody waits; the nightly maintain reads more


def checks(settings: Settings, now: datetime) -> Iterator[Finding]:  # noqa: ARG001 - as all checkers
    """Run the data checks."""
    if not settings.warehouse.snapshot.exists():
        return
    with settings.warehouse.reader() as db:
        if schema_of(db) != newest():
            yield Finding("data", "warning", "the snapshot is of another version: not checked.", "vnjp upgrade")
            return
        results = found(db)
    yield from (_finding(one) for one in results if one.rows)
    right = sum(not one.rows for one in results)
    yield Finding("data", "ok", f"{right} of {len(results)} checks found no wrong row.")


def records(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Read some records of the archive."""
    if not settings.warehouse.snapshot.exists():
        return
    with settings.warehouse.reader() as db:
        if schema_of(db) != newest():
            return  # `checks` says so
        one = records_not_in_place(db, Archive(settings.warehouse.archive), now.date(), _SOON)
    yield _finding(one) if one.rows else Finding("archive", "ok", "every record that was read is at its place.")


def as_table(results: Sequence[Found]) -> str:
    """Lay out what each check found for a terminal, those that found something first."""
    told = [
        (one.check.replace("_", " "), one.level if one.rows else "ok", len(one.rows), one.asks)
        for one in sorted(results, key=lambda one: (not one.rows, one.level, one.check))
    ]
    columns = ("check", "state", "rows", "what it looks for")
    return lay(Result(columns, ("VARCHAR", "VARCHAR", "BIGINT", "VARCHAR"), tuple(told), truncated=False), 100)


def _finding(one: Found) -> Finding:
    count, first = len(one.rows), ", ".join(f"{key} {value}" for key, value in one.rows[0].items())
    name = one.check.replace("_", " ")
    told = f"{count} row{'s' * (count != 1)}, such as {first}."
    return Finding(name, one.level, told, "vnjp maintain --json" if one.level == "error" else "vnjp sources check")
