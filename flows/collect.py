"""The hourly flow: what is new, once, judged and told."""

from datetime import UTC, datetime
from pathlib import Path

from prefect import flow

from flows.elsewhere import extracting
from flows.health import keep_health
from flows.job import Job, job_of, running
from flows.late import made_good
from flows.ping import ping
from flows.settings import load
from flows.stages import (
    check_sources,
    download_pages,
    extract_articles,
    fold_copies,
    pending,
    tag_articles,
    tell_stories,
)
from flows.steps import Do
from flows.tell.edge import heard
from flows.tell.folded import tell_folded
from flows.tell.funnel import tell_funnel
from flows.tell.names import at_minute, named
from flows.tell.progress import under_way
from flows.tell.sources import tell_sources

_PATIENCE = 600.0  # seconds that it waits for a round of a reprocess to end

_STAGES = {
    "fetch": check_sources,
    "download": download_pages,
    "extract": extract_articles,
    "tag": tag_articles,
    "dedupe": fold_copies,
    "cluster": tell_stories,
}


def collect_with(job: Job, do: Do) -> dict[str, int]:
    """Run every stage once, those after fetching if there is anything to do; give what each took in and gave out."""
    with running(job, "collect"), job.warehouse.lock("articles", _PATIENCE):
        stages = under_way(job, "collect", do, _STAGES)
        fetch = next(stages)
        fetch()
        news = pending(job)
        for stage in stages:  # without news, too, each says its line
            if news:
                stage()
        tell_sources(job, keep_health(job))
        tell_funnel(job)
        tell_folded(job)
    return dict(job.counts)


@flow(
    name="collect",
    flow_run_name=named(at_minute),
    description="Ask every source that is due; keep, judge and join what is new.",
)
def collect(now: datetime | None = None, sources: Path | None = None) -> dict[str, int]:
    """Collect from `sources` (default: the settings'); `now` stamps every row of the run (default: the clock)."""
    given = {"sources": sources} if sources else {}
    if made_good("collect"):
        return {"superseded": 1}
    with heard():
        job = job_of(settings := load(**given), now or datetime.now(UTC))
        with extracting(settings) as do:
            counts = collect_with(job, do)
        ping(settings, "collect", counts)
    return counts
