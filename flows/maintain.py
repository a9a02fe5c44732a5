"""The nightly flow: what older rules made is made again; then data checks, and a backup of what passed them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from prefect import flow

from flows.elsewhere import extracting
from flows.forget import finish
from flows.job import Job, job_of, running
from flows.ping import ping
from flows.reprocess import reprocess_with
from flows.retain import let_go
from flows.settings import load
from flows.tell.checks import tell_backup, tell_checks, tell_lost
from flows.tell.edge import heard
from flows.tell.lines import LOG, line
from flows.tell.names import by_day, named
from flows.tell.progress import Rounds
from warehouse.archive import Archive
from warehouse.backup import back_up
from warehouse.check import Found, found, records_not_in_place


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
        tell_checks(job, day, results)
        tell_backup(job, day, back_up(job.warehouse, day))
        let_go(job)
        job.counts["cleared"] = finish(job.warehouse, job.now)
        LOG.info(line("let go", job.counts))
    return results


@flow(
    name="maintain",
    flow_run_name=named(by_day),
    description="Make again what older rules made, look for wrong rows, back up.",
)
def maintain(now: datetime | None = None) -> Maintained:
    """Maintain as of `now` (default: the clock); a check that finds rows is an error in the log and in the counts."""
    instant = now or datetime.now(UTC)
    with heard():
        with Rounds("maintain") as rounds, extracting(settings := load()) as do:
            remade = reprocess_with(job_of(settings, instant), do, tell=rounds)
        tell_lost(remade.lost)
        job = job_of(load(), instant)
        results = maintain_with(job)
        counts = dict(job.counts) | {"reprocessed": remade.counts["older"]}
        ping(job.settings, "maintain", counts)
    return Maintained(counts, tuple(results))
