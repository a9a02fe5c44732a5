"""Tell Prefect of an issue: one text a week, made anew whenever a run moved something, and events. No addresses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from flows.issues import archive_url, stem
from flows.job import Job
from flows.tell import edge
from flows.tell.lines import LOG, counted
from flows.tell.words import plain
from warehouse import desk
from warehouse.desk import Frozen
from warehouse.issue import Issue
from warehouse.records import Decision, Delivery

_HEADLINES = 10


def tell_issue(job: Job, week: str) -> None:
    """Leave the summary of a frozen issue; without a flow run, or without an API, do nothing."""
    if not edge.in_a_run():
        return
    with job.warehouse.writer() as db:
        held, log, ledger = desk.frozen(db, week), desk.log(db, week), desk.deliveries(db, week)
    if held is None:
        return
    url = archive_url(job.settings, week, job.settings.languages[0])
    page = job.settings.issues / f"{stem(job.settings, week, job.settings.languages[0])}.web.html"
    edge.markdown(f"vnjp-issue-{week.lower()}", summary(held, log, ledger, url or str(page)))


def tell_frozen(job: Job, issue: Issue) -> None:
    """Say that an issue was frozen in this run."""
    told = {"week": issue.week, "stories": len(issue.entries), "articles": issue.articles, "outlets": issue.outlets}
    LOG.info("compose: %s frozen, %s", issue.week, _size(issue))
    edge.event("issue.frozen", f"issue.{issue.week}", f"Issue {issue.week}", "frozen", job.now, told)


def tell_sent(week: str, moved: Counter[str]) -> None:
    """Say how the letters of an issue fared in this run."""
    if moved:
        LOG.info("deliver: %s, %s", week, statuses(moved))


def unknown(job: Job, week: str) -> frozenset[tuple[str, int]]:
    """Give the readers that may or may not have an issue, by their keys, each with how often it was tried."""
    with job.warehouse.writer() as db:
        return frozenset((one.recipient, one.attempts) for one in desk.deliveries(db, week) if one.status == "unknown")


def tell_unknown(job: Job, week: str, before: frozenset[tuple[str, int]]) -> None:
    """Send an event where readers may or may not have an issue of whom that was not so `before`."""
    now = unknown(job, week)
    if new := sorted(now - before):
        told = {"week": week, "readers": len(now), "new": len(new)}
        edge.event("delivery.unknown", f"issue.{week}", f"Issue {week}", str(new), job.now, told)


def statuses(counted: Counter[str]) -> str:
    """Write how many letters are in which status: "3 sent, 1 unknown"."""
    return ", ".join(f"{count} {status}" for status, count in sorted(counted.items()) if count)


def _size(issue: Issue) -> str:
    stories, articles = counted(len(issue.entries), "story|stories"), counted(issue.articles, "article|articles")
    return f"{stories} from {articles} in {counted(issue.outlets, 'outlet|outlets')}"


def summary(held: Frozen, log: Sequence[Decision], ledger: Sequence[Delivery], where: str) -> str:
    """Say in markdown what an issue tells, where it is, and how far it got; what outlets wrote stays plain text."""
    issue = held.issue
    link = f"<{where}>" if where.startswith("http") else f"`{where}`"
    state = log[-1].state if log else "released"
    due = next((one.due_at for one in reversed(log) if one.due_at), None)
    until = f" until {due:%Y-%m-%d %H:%M} UTC" if state == "waiting" and due else ""
    letters = statuses(Counter(str(one.status) for one in ledger))
    lines = [
        f"# Issue {issue.week}",
        f"{_size(issue)}.",
        f"* {issue.coverage.answered} of {issue.coverage.checked} sources answered.",
        f"* Browser edition: {link}",
        f"* State: {state}{until}",
        f"* Readers: {letters or 'none'}",
        f"* Content: sha256 `{held.sha256}`, frozen {held.frozen_at:%Y-%m-%d %H:%M} UTC",
    ]
    heads = [one.headlines[0] for one in issue.entries[:_HEADLINES]]
    lines += ["", *(f"{n}. {plain(one.text)} ({plain(one.outlet)})" for n, one in enumerate(heads, 1))]
    return "\n".join(lines) + "\n"
