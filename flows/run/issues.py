"""Issues, once: freeze and send what is due, send again, show one."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from flows.digest import compose_week, digest, released, send_issues
from flows.issues import stem
from flows.job import job_of
from flows.run.collect import collect_once
from flows.run.once import once
from flows.send import UndeliveredError
from flows.settings import load
from flows.steps import inline
from tasks.compose import NoWorkingSourceError
from tasks.deliver import MailServerError
from tasks.weeks import week as week_named
from tasks.weeks import week_of
from warehouse.errors import MendableError
from warehouse.issue import Rendering
from warehouse.rows import records, rows


def digest_once(now: datetime | None, until: str = "") -> tuple[dict[str, int], str]:
    """Freeze and deliver what is due, up to a week where one is given; as `_delivered` gives it."""
    return _delivered("digest", lambda: digest(now, until))


def send_once(week: str = "", *, again: bool = False) -> tuple[dict[str, int], str]:
    """Send what is frozen and may go out; as `_delivered` gives it."""
    if week:
        released(job_of(load(), datetime.now(UTC)), week)  # what cannot be sent is said before Prefect starts
    return _delivered("send", lambda: send_issues(week, again=again))


def _delivered(name: str, flow: Callable[[], dict[str, int]]) -> tuple[dict[str, int], str]:
    """Give the counts of a run, and the sentence that says whom it did not reach, "" for nobody."""
    try:
        return once(name, flow), ""
    except UndeliveredError as error:
        return error.counts, str(error)
    except (NoWorkingSourceError, MailServerError) as error:
        raise MendableError(str(error)) from error


def preview_once(say: Callable[[str], None], *, open_it: bool) -> int:
    """Collect once, write the unfinished week's page to data/preview.html and open it; 1 when no source answered."""
    now = datetime.now(UTC)
    counts = collect_once(now, None)
    job = job_of(load(), now)
    week = week_of(now, job.settings.time_zone)
    with job.warehouse.reader() as db:
        failures = rows(db, "failures_by_reason", checked_at=now)
    if counts["asked"] == counts["failed"]:
        say(f"No source answered: {counts['failed']} of {counts['asked']} failed.")
        for row in failures:
            say(f"  {row['sources']:>4}  {row['error']}")
        return 1
    page, _ = preview_issue(week.label, open_it=open_it)
    say(f"{counts['asked'] - counts['failed']} of {counts['asked']} sources answered; the week so far is in {page}")
    return 0


def preview_issue(label: str, *, open_it: bool) -> tuple[Path, str]:
    """Open the browser edition of a week ("": the current one); give the page, and what it is.

    What has gone out is shown where it lies, beside its index and calendar; what is frozen and waits, as it is frozen,
    and another week as it stands now, in data/preview.html.
    """
    now = datetime.now(UTC)
    job = job_of(load(), now)
    zone = job.settings.time_zone
    week = week_named(label, zone) if label else week_of(now, zone)
    with job.warehouse.reader() as db:
        frozen = records(db, Rendering, "renderings_of", week=week.label)
    try:
        made = frozen or compose_week(job, inline, week)[1]
    except NoWorkingSourceError as error:
        raise MendableError(f"There is nothing to show: {error}. Run `vnjp collect` first.") from error
    first = next((one for one in made if one.language == job.settings.languages[0]), made[0])
    page = job.settings.issues / f"{stem(job.settings, week.label, first.language)}.web.html"
    if not (frozen and page.is_file()):
        page = job.settings.data / "preview.html"
        page.write_text(first.web, encoding="utf-8")
    if open_it:
        webbrowser.open(page.resolve().as_uri())
    return page, f"Issue {week.label} as it is frozen:" if frozen else f"{week.label} as it stands now:"
