"""The nightly flow: what older rules made is made again; then data checks, and a backup of what passed them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import anyio
from prefect import flow, get_run_logger
from prefect.artifacts import acreate_table_artifact
from prefect.context import FlowRunContext
from prefect.utilities.asyncutils import run_coro_as_sync

from flows.forget import finish
from flows.job import Job, job_of, running
from flows.reprocess import reprocess_with
from flows.retain import let_go
from flows.settings import load
from flows.steps import as_tasks
from warehouse.archive import Archive
from warehouse.backup import back_up
from warehouse.check import Found, found, records_not_in_place

_PATIENCE = 20.0  # seconds that it waits for Prefect's API before it ends without it
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Maintained:
    """What a night came to."""

    counts: dict[str, int]
    checks: tuple[Found, ...]  #: all that were made, also those that found nothing


def maintain_with(job: Job) -> list[Found]:
    """Check, back up, and clear what was forgotten out of older backups; give what each check found."""
    day = job.now.astimezone(ZoneInfo(job.settings.time_zone)).date()
    with running(job, "maintain"):
        with job.warehouse.writer() as db:
            results = [*found(db), records_not_in_place(db, Archive(job.warehouse.archive), day)]
        job.counts["wrong_rows"] = sum(len(one.rows) for one in results if one.level == "error")
        job.counts["warnings"] = sum(len(one.rows) for one in results if one.level == "warning")
        back_up(job.warehouse, day)
        let_go(job)
        job.counts["cleared"] = finish(job.warehouse, job.now)
    return results


@flow(name="maintain", description="Make again what older rules made, look for wrong rows, back up.")
def maintain(now: datetime | None = None) -> Maintained:
    """Maintain as of `now` (default: the clock); a check that finds rows is an error in the log and in the counts."""
    instant = now or datetime.now(UTC)
    remade = reprocess_with(job_of(load(), instant), as_tasks)
    for record in remade.lost:
        get_run_logger().error("not made again: %s", record)
    job = job_of(load(), instant)
    results = maintain_with(job)
    for one in results:
        if one.rows and one.level == "error":
            get_run_logger().error("check %s found %d wrong rows, such as %s", one.check, len(one.rows), one.rows[0])
    _tell(results)
    return Maintained(dict(job.counts) | {"reprocessed": remade.counts["older"]}, tuple(results))


def _tell(results: Sequence[Found]) -> None:
    """Show the checks in Prefect, those that found something first; without its API, go on."""
    if FlowRunContext.get() is None:
        return
    try:
        run_coro_as_sync(_show(results))
    except Exception as error:  # noqa: BLE001 - whatever Prefect's client raises, the night goes on
        _log.warning("Prefect did not take the table of checks (%s); the run goes on", type(error).__name__)


async def _show(results: Sequence[Found]) -> None:
    with anyio.fail_after(_PATIENCE):
        right = sum(not one.rows for one in results)
        await acreate_table_artifact(
            key="vnjp-data-checks",
            table=[_line(one) for one in sorted(results, key=lambda one: (not one.rows, one.level, one.check))],
            description=f"{right} of {len(results)} data checks found no row.",
        )


def _line(one: Found) -> dict[str, str]:
    """Give a check's row of the table, as text: JSON knows no instants."""
    first = ", ".join(f"{key}={value}" for key, value in one.rows[0].items()) if one.rows else ""
    return {
        "check": one.check,
        "state": one.level if one.rows else "ok",
        "rows": str(len(one.rows)),
        "first": first,
        "asks": one.asks,
    }
