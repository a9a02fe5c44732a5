"""Tell Prefect of an issue: one markdown artifact a week, made anew whenever a run moved something. No addresses."""

from __future__ import annotations

import logging
import string
from collections import Counter
from collections.abc import Sequence

import anyio
from prefect.artifacts import acreate_markdown_artifact
from prefect.context import FlowRunContext
from prefect.utilities.asyncutils import run_coro_as_sync

from flows.issues import archive_url, stem
from flows.job import Job
from warehouse import desk
from warehouse.desk import Frozen
from warehouse.records import Decision, Delivery

_PATIENCE = 20.0  # seconds that a run waits for Prefect's API before it goes on without it
_HEADLINES = 10
_PLAIN = str.maketrans({mark: f"\\{mark}" for mark in string.punctuation} | {"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_log = logging.getLogger(__name__)


def tell_issue(job: Job, week: str) -> None:
    """Leave the artifact of a frozen issue; without a flow run, or without an API, do nothing."""
    if FlowRunContext.get() is None:
        return
    with job.warehouse.writer() as db:
        held, log, ledger = desk.frozen(db, week), desk.log(db, week), desk.deliveries(db, week)
    if held is None:
        return
    url = archive_url(job.settings, week, job.settings.languages[0])
    page = job.settings.issues / f"{stem(job.settings, week, job.settings.languages[0])}.web.html"
    try:
        run_coro_as_sync(_show(f"vnjp-issue-{week.lower()}", summary(held, log, ledger, url or str(page))))
    except Exception as error:  # noqa: BLE001 - whatever Prefect's client raises, the digest goes on
        _log.warning("Prefect did not take the issue's summary (%s); the digest goes on", type(error).__name__)


async def _show(key: str, markdown: str) -> None:
    with anyio.fail_after(_PATIENCE):
        await acreate_markdown_artifact(key=key, markdown=markdown)


def summary(held: Frozen, log: Sequence[Decision], ledger: Sequence[Delivery], where: str) -> str:
    """Say in markdown what an issue tells, where it is, and how far it got; what outlets wrote stays plain text."""
    issue = held.issue
    link = f"<{where}>" if where.startswith("http") else f"`{where}`"
    state = log[-1].state if log else "released"
    due = next((one.due_at for one in reversed(log) if one.due_at), None)
    until = f" until {due:%Y-%m-%d %H:%M} UTC" if state == "waiting" and due else ""
    statuses = Counter(one.status for one in ledger)
    letters = ", ".join(f"{count} {status}" for status, count in sorted(statuses.items()))
    lines = [
        f"# Issue {issue.week}",
        f"{len(issue.entries)} stories from {issue.articles} articles in {issue.outlets} outlets.",
        f"* {issue.coverage.answered} of {issue.coverage.checked} sources answered.",
        f"* Browser edition: {link}",
        f"* State: {state}{until}",
        f"* Readers: {letters or 'none'}",
        f"* Content: sha256 `{held.sha256}`, frozen {held.frozen_at:%Y-%m-%d %H:%M} UTC",
    ]
    heads = [one.headlines[0] for one in issue.entries[:_HEADLINES]]
    lines += ["", *(f"{n}. {plain(one.text)} ({plain(one.outlet)})" for n, one in enumerate(heads, 1))]
    return "\n".join(lines) + "\n"


def plain(text: str) -> str:
    """Write text so that markdown shows it as it is."""
    return " ".join(text.split()).translate(_PLAIN)
