"""What the last weeks came to, and how the last run of each flow went: read from the snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flows.ask.query import Result
from flows.ask.query import as_table as lay
from flows.disk import as_table, forecast
from flows.settings import Settings
from warehouse.connect import Warehouse
from warehouse.errors import WarehouseError
from warehouse.rows import Row, rows

_WEEK = ("week", "items", "articles", "relevant", "folded", "stories", "sources", "issue", "readers", "runs", "seconds")
_RUN = ("flow", "last run", "state", "seconds", "last good", "error")


def stats(settings: Settings, weeks: int) -> dict[str, Any]:
    """Give the newest `weeks`, newest first, and the last run of each flow; WarehouseError without a snapshot."""
    with settings.warehouse.reader() as db:
        of_weeks = rows(db, "stats_weeks", zone=settings.time_zone, most=weeks)
        runs = rows(db, "last_runs")
    for row in of_weeks:
        row["deliveries"] = {one["key"]: one["value"] for one in row["deliveries"] or ()}
    for run in runs:
        run["counts"] = {one["key"]: one["value"] for one in run["counts"]}
        if run["state"] == "running" and not _at_work(settings.warehouse, run["flow"]):
            run["state"] = "killed"
    if not any(run["state"] == "running" for run in runs):
        for row in of_weeks:
            row["runs_killed"] += row["runs_unfinished"]
            row["runs_unfinished"] = 0
    return {"weeks": of_weeks, "runs": runs}


def _at_work(warehouse: Warehouse, flow: str) -> bool:
    """Say whether a run of a flow is at work now: it then has the lock of its flow."""
    try:
        with warehouse.lock(flow, patience=0):
            return False
    except WarehouseError:
        return True


def as_text(found: dict[str, Any], settings: Settings, now: datetime) -> str:
    """Lay them out for a terminal, and the forecast of the disk below."""
    kinds = ("VARCHAR", *["BIGINT"] * 5, *["VARCHAR"] * 4, "DOUBLE")
    told = [_table(_WEEK, kinds, [_week(row) for row in found["weeks"]])]
    zone = ZoneInfo(settings.time_zone)
    kinds = ("VARCHAR", "VARCHAR", "VARCHAR", "DOUBLE", "VARCHAR", "VARCHAR")
    told.append(_table(_RUN, kinds, [_run(row, zone) for row in found["runs"]]))
    told.append(as_table(forecast(settings, now)))
    return "\n\n".join(told)


def _table(columns: Sequence[str], kinds: Sequence[str], lines: Sequence[tuple[object, ...]]) -> str:
    return lay(Result(tuple(columns), tuple(kinds), tuple(lines), truncated=False), 60)


def _week(row: Row) -> tuple[object, ...]:
    runs = {kind: row[f"runs_{kind}"] for kind in ("good", "failed", "killed", "unfinished")}
    return (
        *(row[name] for name in _WEEK[:6]),
        f"{row['sources_worked']} of {row['sources_worked'] + row['sources_failed']}",
        row["issue"],
        _said(row["deliveries"]),
        _said(runs),
        row["seconds"],
    )


def _run(row: Row, zone: ZoneInfo) -> tuple[object, ...]:
    return (
        row["flow"],
        _local(row["started_at"], zone),
        row["state"],
        "" if row["seconds"] is None else row["seconds"],
        _local(row["good_at"], zone),
        row["error"],
    )


def _said(counts: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {kind}" for kind, count in counts.items() if count)


def _local(instant: datetime | None, zone: ZoneInfo) -> str:
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M}" if instant else "never"
