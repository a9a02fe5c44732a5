"""What a run of a flow works with, and the row that says how it went."""

from __future__ import annotations

import contextlib
import signal
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import uuid4

from prefect.exceptions import TerminationSignal

from flows.baseline import hold
from flows.metrics import keep_metrics
from flows.settings import Settings
from flows.watch import sources_of
from tasks.web import Manners
from warehouse import write
from warehouse.connect import Warehouse
from warehouse.publish import publish
from warehouse.records import Extract, Run, Source


@dataclass(frozen=True)
class Job:
    """One run: its warehouse, its one `now`, what it watches, how it asks, and what it counted so far."""

    settings: Settings
    now: datetime
    sources: tuple[Source, ...] = ()
    manners: Manners = field(default_factory=Manners)
    run_id: str = field(default_factory=lambda: uuid4().hex)
    counts: Counter[str] = field(default_factory=Counter)
    read: dict[str, Extract] = field(default_factory=dict)  #: while others were still being downloaded, by page_id

    @property
    def warehouse(self) -> Warehouse:
        """The warehouse of the settings' data folder."""
        return self.settings.warehouse


@contextlib.contextmanager
def running(job: Job, flow: str) -> Iterator[None]:
    """Keep the run's row from start to end, one run of a flow at a time, and publish what it did."""
    with job.warehouse.lock(flow, patience=1.0):
        run = Run(job.run_id, flow, job.now, started_at=datetime.now(UTC), zone=job.settings.time_zone)
        with job.warehouse.writer() as db:
            hold(db)
            write.run(db, run)
        try:
            yield
        except BaseException as error:
            _close(job, replace(run, state="failed", error=_said(error)[:500]))
            raise
        _close(job, replace(run, state="completed"))


def _said(error: BaseException) -> str:
    if isinstance(error, TerminationSignal):  # Prefect's, where it has the signals
        return f"Stopped: by {signal.Signals(error.signal).name}"
    return f"{type(error).__name__}: {error}"


def _close(job: Job, run: Run) -> None:
    with job.warehouse.writer() as db:
        write.run(db, replace(run, finished_at=datetime.now(UTC), counts=dict(job.counts)))
    publish(job.warehouse)
    keep_metrics(job.settings)


def job_of(settings: Settings, now: datetime) -> Job:
    """Make a job of what the settings say."""
    return Job(settings, now, sources_of(settings), manners_of(settings))


def manners_of(settings: Settings) -> Manners:
    """Give the manners that the settings ask for."""
    return Manners(
        contact=settings.contact,
        gap_seconds=settings.gap,
        hosts=settings.hosts,
        proxy=settings.proxy.get_secret_value(),
    )
