"""The hourly flow: what is new, once, judged and told."""

from datetime import UTC, datetime
from pathlib import Path

from prefect import flow

from flows.health import keep_health, tell_health
from flows.job import Job, job_of, running
from flows.late import made_good
from flows.settings import load
from flows.stages import check_sources, download_pages, extract_articles, fold_copies, tag_articles, tell_stories
from flows.steps import Do, as_tasks

_PATIENCE = 600.0  # seconds that it waits for a round of a reprocess to end


def collect_with(job: Job, do: Do) -> dict[str, int]:
    """Run every stage once; give what each took in and gave out."""
    with running(job, "collect"), job.warehouse.lock("articles", _PATIENCE):
        check_sources(job, do)
        download_pages(job, do)
        extract_articles(job, do)
        tag_articles(job, do)
        fold_copies(job, do)
        tell_stories(job, do)
        tell_health(job, keep_health(job))
    return dict(job.counts)


@flow(name="collect", description="Ask every source that is due; keep, judge and join what is new.")
def collect(now: datetime | None = None, sources: Path | None = None) -> dict[str, int]:
    """Collect from `sources` (default: the settings'); `now` stamps every row of the run (default: the clock)."""
    given = {"sources": sources} if sources else {}
    if made_good("collect"):
        return {"superseded": 1}
    return collect_with(job_of(load(**given), now or datetime.now(UTC)), as_tasks)
