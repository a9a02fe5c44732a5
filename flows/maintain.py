"""The nightly flow: what older rules made is made again; then data checks, and a backup of what passed them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from prefect import flow, get_run_logger

from flows.job import Job, job_of, running
from flows.reprocess import reprocess_with
from flows.settings import load
from flows.steps import as_tasks
from warehouse.backup import back_up
from warehouse.check import wrong_rows


def maintain_with(job: Job) -> dict[str, list[dict[str, object]]]:
    """Check and back up; give the wrong rows by the check that found them."""
    with running(job, "maintain"):
        with job.warehouse.writer() as db:
            wrong = wrong_rows(db)
        job.counts["wrong_rows"] = sum(map(len, wrong.values()))
        back_up(job.warehouse, job.now.astimezone(ZoneInfo(job.settings.time_zone)).date())
    return wrong


@flow(name="maintain", description="Make again what older rules made, look for wrong rows, back up.")
def maintain(now: datetime | None = None) -> dict[str, int]:
    """Maintain as of `now` (default: the clock); a check that finds rows is an error in the log and in the counts."""
    instant = now or datetime.now(UTC)
    remade = reprocess_with(job_of(load(), instant), as_tasks)
    for record in remade.lost:
        get_run_logger().error("not made again: %s", record)
    job = job_of(load(), instant)
    for check, found in maintain_with(job).items():
        get_run_logger().error("check %s found %d wrong rows, such as %s", check, len(found), found[0])
    return dict(job.counts) | {"reprocessed": remade.counts["older"]}
