"""The weekly flow: freeze every week that is over and not frozen, in order; then bring the issues to their readers."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from prefect import flow

from flows.archive import beside, shelve
from flows.dossiers import dossiers_of, themes
from flows.job import Job, job_of, running
from flows.send import readers, send
from flows.settings import load
from flows.stages import labels
from flows.steps import COMPOSE, RENDER, Do, as_tasks
from tasks.compose import Layout, NoWorkingSourceError
from tasks.weeks import week_of, weeks_between
from warehouse import write
from warehouse.issue import Issue, Rendering, Week
from warehouse.records import Delivery
from warehouse.rows import records, rows
from warehouse.told import background, first_sight, history, source_weeks, told

_LAYOUT = Layout()


def digest_with(job: Job, do: Do, layout: Layout = _LAYOUT) -> dict[str, int]:
    """Freeze and deliver; run again, it finds nothing left to do.

    A week in which no source answered gets no issue and holds up no other. NoWorkingSourceError, after all else is
    done, where it is the one that has just ended: those before it were reported in their time.
    """
    with running(job, "digest"):
        silent: dict[str, NoWorkingSourceError] = {}
        for week in _open_weeks(job):
            try:
                _freeze(job, do, week, layout)
            except NoWorkingSourceError as error:
                silent[week.label] = error
        job.counts["weeks_without_sources"] += len(silent)
        for label, frozen_at in _undelivered(job):
            _lay_out(job, label)
            send(job, do, label, frozen_at)
        shelve(job)
        this = week_of(job.now, job.settings.time_zone)
        if error_of_last := silent.get(week_of(this.start - timedelta(seconds=1), this.zone).label):
            raise error_of_last
    return dict(job.counts)


@flow(name="digest", description="Freeze every week that is over, in order, and send its issue.")
def digest(now: datetime | None = None) -> dict[str, int]:
    """Freeze and send what is due at `now` (default: the clock)."""
    return digest_with(job_of(load(), now or datetime.now(UTC)), as_tasks)


def _open_weeks(job: Job) -> list[Week]:
    with job.warehouse.writer() as db:
        first = first_sight(db)
        frozen = {row["week"] for row in rows(db, "frozen_weeks")}
    over = weeks_between(first, job.now, job.settings.time_zone) if first else []
    return [week for week in over if week.label not in frozen]


def _undelivered(job: Job) -> list[tuple[str, datetime]]:
    with job.warehouse.writer() as db:
        return [(row["week"], row["frozen_at"]) for row in rows(db, "undelivered_weeks")]


def compose_week(job: Job, do: Do, week: Week, layout: Layout = _LAYOUT) -> tuple[Issue, list[Rendering]]:
    """Compose a week as the warehouse knows it now, and render it in every language; nothing is kept."""
    dossiers = dossiers_of(job.settings)
    with job.warehouse.writer() as db:
        stories, sources, (*before, counts) = told(db, week), source_weeks(db, week), history(db, week)
        behind = background(db, week, dossiers, themes())
    [[issue]] = do(COMPOSE, [(week, stories, sources, counts, before, layout, labels(), behind)])
    made = [
        (issue, language, _archive_url(job, week.label, language), beside(job, week, language))
        for language in job.settings.languages
    ]
    return issue, [one for batch in do(RENDER, made) for one in batch]


def _freeze(job: Job, do: Do, week: Week, layout: Layout) -> None:
    issue, renderings = compose_week(job, do, week, layout)
    with job.warehouse.writer() as db:
        write.issue(db, issue, week, renderings, job.now)
        for key in readers(job.settings):  # fixed now: who joins later does not get old issues
            write.delivery(db, Delivery(week.label, key, "", "", "pending", 0, 0, "", job.now))
    job.counts["issues"] += 1
    job.counts["stories_told"] += len(issue.entries)


def _lay_out(job: Job, week: str) -> None:
    """Write a frozen issue's bytes as files, where they are not there yet."""
    job.settings.issues.mkdir(parents=True, exist_ok=True)
    for path, content in _files(job, week):
        if not path.exists():
            draft = path.with_name(f".{path.name}.draft")
            draft.write_text(content, encoding="utf-8")
            draft.replace(path)


def _stem(job: Job, week: str, language: str) -> str:
    return week if language == job.settings.languages[0] else f"{week}.{language}"


def _archive_url(job: Job, week: str, language: str) -> str:
    """Give where the browser edition is hosted, "" where nothing is."""
    base = job.settings.archive_url.rstrip("/")
    return base and f"{base}/{_stem(job, week, language)}.web.html"


def _files(job: Job, week: str) -> Iterator[tuple[Path, str]]:
    with job.warehouse.writer() as db:
        found = records(db, Rendering, "renderings_of", week=week)
    for one in found:
        stem = _stem(job, week, one.language)
        for ending, content in (("html", one.html), ("txt", one.text), ("web.html", one.web)):
            yield job.settings.issues / f"{stem}.{ending}", content
