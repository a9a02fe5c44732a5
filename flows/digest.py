"""The weekly flow: freeze every week that is over and not frozen, in order; then bring the issues to their readers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from prefect import flow

from flows.approval import ask, pass_deadlines
from flows.composing import composing
from flows.dossiers import dossiers_of
from flows.issues import archive_url, lay_out
from flows.issuing import COMPOSE, RENDER
from flows.job import Job, job_of, running
from flows.ping import ping
from flows.recipients import languages
from flows.send import Sent, UndeliveredError, enter, send
from flows.settings import Language, load
from flows.shelf import beside, shelve
from flows.steps import Do, as_tasks
from flows.tell.edge import heard
from flows.tell.issue import tell_frozen, tell_issue, tell_sent, tell_unknown, unknown
from flows.tell.lines import LOG, line
from flows.tell.names import by_argument, by_week, named
from flows.tell.progress import Bar
from tasks.compose import Layout, NoWorkingSourceError
from tasks.render import Beside
from tasks.weeks import week_of, weeks_between
from warehouse import desk, write
from warehouse.errors import MendableError
from warehouse.issue import Issue, Rendering, Week
from warehouse.rows import rows
from warehouse.told import first_sight

_LAYOUT = Layout()


def digest_with(job: Job, do: Do, layout: Layout = _LAYOUT, until: str = "") -> dict[str, int]:
    """Freeze what is over, up to the week `until` where one is given, and deliver; run again, it finds nothing to do.

    A week in which no source answered gets no issue and holds up no other. After all else is done it raises
    UndeliveredError, where a reader cannot be reached, or NoWorkingSourceError, where the week without a source is the
    one that has just ended: those before it were reported in their time.
    """
    with running(job, "digest"):
        bar = Bar("digest", ("compose", "deliver"))
        fresh, silent = _freeze_closed(job, do, layout, until)
        pass_deadlines(job)
        bar.begin("deliver")
        sent = _deliver(job, do, _undelivered(job))
        for label in sorted(fresh - sent.of_week.keys()):
            tell_issue(job, label)
        bar.end()
        LOG.info(line("digest", job.counts))
        _fail_visibly(job, sent, silent)
    return dict(job.counts)


def send_with(job: Job, do: Do, week: str = "", *, again: bool = False) -> dict[str, int]:
    """Deliver what is frozen and released: everything due, or one week, also where it was only written to files.

    With `again`, also to readers who may have it. Raises UndeliveredError as digest_with does.
    """
    with running(job, "digest"):
        due = [released(job, week)] if week else _of_unknown(job) if again else _undelivered(job)
        if fault := _deliver(job, do, due, again=again).fault():
            raise UndeliveredError(fault, job.counts)
    return dict(job.counts)


@flow(
    name="digest",
    flow_run_name=named(by_week),
    description="Freeze every week that is over, in order, and send its issue.",
)
def digest(now: datetime | None = None, until: str = "") -> dict[str, int]:
    """Freeze and send what is due at `now` (default: the clock), up to the week `until` (default: every one)."""
    with heard():
        counts = digest_with(job_of(settings := load(), now or datetime.now(UTC)), as_tasks, until=until)
        ping(settings, "digest", counts)
    return counts


@flow(
    name="send",
    flow_run_name=named(by_argument),
    description="Send what is frozen and may go out; nothing is frozen.",
)
def send_issues(week: str = "", *, again: bool = False) -> dict[str, int]:
    """Send the issue of a week (default: all that are due), with `again` also to readers who may have it."""
    with heard():
        return send_with(job_of(load(), datetime.now(UTC)), as_tasks, week, again=again)


def _freeze_closed(
    job: Job, do: Do, layout: Layout, until: str
) -> tuple[frozenset[str], dict[str, NoWorkingSourceError]]:
    """Freeze every week that is over and not frozen, in order; give those, and those in which no source answered."""
    silent: dict[str, NoWorkingSourceError] = {}
    weeks = _open_weeks(job, until)
    for week in weeks:
        try:
            _freeze(job, do, week, layout)
        except NoWorkingSourceError as error:
            silent[week.label] = error
    job.counts["weeks_without_sources"] += len(silent)
    return frozenset(week.label for week in weeks) - silent.keys(), silent


def _fail_visibly(job: Job, sent: Sent, silent: Mapping[str, NoWorkingSourceError]) -> None:
    """Raise what the run must end with, after all else is done."""
    if fault := sent.fault():
        raise UndeliveredError(fault, job.counts)
    this = week_of(job.now, job.settings.time_zone)
    if error := silent.get(week_of(this.start - timedelta(seconds=1), this.zone).label):
        raise error


def _open_weeks(job: Job, until: str) -> list[Week]:
    with job.warehouse.writer() as db:
        first = first_sight(db)
        frozen = {row["week"] for row in rows(db, "frozen_weeks")}
    over = weeks_between(first, job.now, job.settings.time_zone) if first else []
    return [week for week in over if week.label not in frozen and (not until or week.label <= until)]


def _undelivered(job: Job) -> list[tuple[str, datetime]]:
    with job.warehouse.writer() as db:
        return [(row["week"], row["frozen_at"]) for row in rows(db, "undelivered_weeks")]


def _of_unknown(job: Job) -> list[tuple[str, datetime]]:
    with job.warehouse.writer() as db:
        return [(row["week"], row["frozen_at"]) for row in rows(db, "weeks_of_unknown")]


def released(job: Job, week: str) -> tuple[str, datetime]:
    """Give a week that may be sent and when it was frozen; MendableError where it is not frozen, or held."""
    with job.warehouse.writer() as db:
        held, log = desk.frozen(db, week), desk.log(db, week)
    if held is None:
        raise MendableError(f"{week} is not frozen. `vnjp digest build {week}` freezes it, once the week is over.")
    if log and log[-1].state != "released":
        raise MendableError(f"Issue {week} is {log[-1].state}. `vnjp digest approve {week}` lets it go out.")
    return week, held.frozen_at


def compose_week(
    job: Job, do: Do, week: Week, layout: Layout = _LAYOUT, tongues: Sequence[Language] = ()
) -> tuple[Issue, list[Rendering]]:
    """Compose a week as the warehouse knows it now, and render it; nothing is kept.

    `tongues` are the languages of the renderings (default: those of the settings).
    """
    dossiers, spoken = dossiers_of(job.settings), tongues or job.settings.languages
    with job.warehouse.writer() as db:
        work = composing(db, week, layout, dossiers)
        near = beside(db, job.settings, week.label, spoken) if week.end <= job.now else {}
    [[issue]] = do(COMPOSE, [work.taken])
    issue = replace(issue, by_hand=work.by_hand)
    made = [(issue, one, archive_url(job.settings, week.label, one), near.get(one, Beside())) for one in spoken]
    return issue, [one for batch in do(RENDER, made) for one in batch]


def _freeze(job: Job, do: Do, week: Week, layout: Layout) -> None:
    issue, renderings = compose_week(job, do, week, layout, languages(job.settings))
    with job.warehouse.writer() as db:
        write.issue(db, issue, week, renderings, job.now)
        desk.print_errata(db, week.label)
        enter(db, job, week.label)
        ask(db, job, week.label)
    job.counts["issues"] += 1
    job.counts["stories_told"] += len(issue.entries)
    tell_frozen(job, issue)


def _deliver(job: Job, do: Do, due: Sequence[tuple[str, datetime]], *, again: bool = False) -> Sent:
    """Lay out and send issues, and tell Prefect of each, also where the mail server refused us."""
    sent = Sent()
    for label, _ in due:
        lay_out(job.settings, label)
    shelve(job.settings)  # before the mails that lead to it
    for label, frozen_at in due:
        doubtful = unknown(job, label)
        try:
            sent.of_week[label] = send(job, do, label, frozen_at, again=again)
            tell_sent(label, sent.of_week[label])
        finally:
            tell_unknown(job, label, doubtful)
            tell_issue(job, label)
    return sent
