"""Let go, in the nightly run and after its backup, what VNJP_KEEP_ARCHIVE and VNJP_KEEP_RUNS do not keep.

First the rows say so, then everybody's snapshot, then the files go: whoever is killed in between is finished tomorrow.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from flows.job import Job
from tasks.weeks import week_of
from warehouse.archive import Archive
from warehouse.connect import Db
from warehouse.publish import publish
from warehouse.retain import let_go_history, mark_gone, newest_attempt, old_archives, still_there

_PATIENCE = 3600.0  # seconds that it waits for a collect to end: that one may point at a page it is about to let go


def let_go(job: Job) -> None:
    """Let go what is older than the settings say, counted from the last attempt; counts say what went."""
    archive = Archive(job.warehouse.archive)
    with job.warehouse.lock("articles", _PATIENCE):
        with job.warehouse.writer() as db:
            if newest := newest_attempt(db):
                _rows(job, db, min(newest, job.now))
            files = still_there(db, archive)
        if files:
            publish(job.warehouse)
            archive.drop(files)
            job.counts["let_go_files"] = len(files)


def _rows(job: Job, db: Db, until: datetime) -> None:
    settings = job.settings
    if settings.keep_runs:
        oldest = week_of(until - timedelta(days=settings.keep_runs), settings.time_zone)  # weeks are summed up whole
        attempts, runs = let_go_history(db, oldest.start, oldest.monday, settings.time_zone)
        job.counts.update({"let_go_attempts": attempts} if attempts else {}, **({"let_go_runs": runs} if runs else {}))
    if settings.keep_archive:
        mark_gone(db, old_archives(db, until - timedelta(days=settings.keep_archive)), job.now)
