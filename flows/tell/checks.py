"""Tell Prefect of a night: a table of the data checks, an event for each that failed, and one for the backup."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from flows.job import Job
from flows.tell import edge
from flows.tell.lines import LOG, counted
from flows.tell.words import short
from warehouse.check import Found


def tell_checks(job: Job, day: date, results: Sequence[Found]) -> None:
    """Show the checks, those that found something first; what is wrong is an error in the log, and an event."""
    for one in results:
        if one.rows and one.level == "error":
            first = short(_first(one))
            LOG.error(
                "check: %s found %s, such as %s", one.check, counted(len(one.rows), "wrong row|wrong rows"), first
            )
            told = {"day": day.isoformat(), "rows": len(one.rows), "first": first, "asks": one.asks}
            edge.event("check.failed", f"check.{one.check}", one.check.replace("_", " "), str(day), job.now, told)
    right = sum(not one.rows for one in results)
    LOG.info("check: %d of %d data checks found no row", right, len(results))
    lines = [_line(one) for one in sorted(results, key=lambda one: (not one.rows, one.level, one.check))]
    edge.table("vnjp-data-checks", lines, f"{right} of {len(results)} data checks found no row.")


def tell_backup(job: Job, day: date, made: Path) -> None:
    """Say that the day's backup was made and proved."""
    size = made.stat().st_size
    LOG.info("backup: %s, %.1f MB, read in full", made.name, size / 1e6)
    told = {"day": day.isoformat(), "file": made.name, "bytes": size}
    edge.event("backup.made", "backup", "Backup", str(day), job.now, told)


def tell_lost(records: Sequence[str]) -> None:
    """Say which records of the archive could not be read."""
    if records:
        LOG.error("reprocess: %s not read, such as %s", counted(len(records), "record|records"), short(records[0]))


def _line(one: Found) -> dict[str, str]:
    """Give a check's row of the table, as text: JSON knows no instants."""
    return {
        "check": one.check,
        "state": one.level if one.rows else "ok",
        "rows": str(len(one.rows)),
        "first": _first(one),
        "asks": one.asks,
    }


def _first(one: Found) -> str:
    return ", ".join(f"{key}={value}" for key, value in one.rows[0].items()) if one.rows else ""
