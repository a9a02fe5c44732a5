"""A frozen issue that a person may look at first: how long it waits, and what happens when nobody decides."""

from __future__ import annotations

from flows.job import Job
from warehouse import desk
from warehouse.connect import Db
from warehouse.records import Decision, IssueState


def ask(db: Db, job: Job, week: str) -> None:
    """Let an issue that is being frozen wait for approval, where the settings say so; a hold set ahead stays."""
    within = job.settings.approval_within
    held = desk.frozen(db, week)
    if within is None or held is None or desk.log(db, week):
        return
    patience, then = within
    wait = Decision(week, 0, "wait", "waiting", job.now, due_at=job.now + patience, when_due=then, sha256=held.sha256)
    desk.decide(db, wait)
    job.counts["issues_waiting"] += 1


def pass_deadlines(job: Job) -> None:
    """Do what was set for the issues whose deadline is over: they go out, or are held until somebody approves."""
    with job.warehouse.writer() as db:
        for row in desk.waiting(db):
            if row["due_at"] <= job.now:
                state: IssueState = "released" if row["when_due"] == "send" else "held"
                desk.decide(db, Decision(row["week"], 0, "deadline", state, job.now, sha256=row["sha256"]))
