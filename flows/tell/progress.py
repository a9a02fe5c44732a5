"""How far a run is: its stages in order, a line after each, and a bar in Prefect that moves with the batches."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from functools import partial
from typing import Any, Self
from uuid import UUID

from flows.job import Job
from flows.steps import Do, Step
from flows.tell import edge
from flows.tell.lines import LOG, line

_OFTEN = 5.0  # seconds between two moves of a bar: one costs some 30 ms of CPU, most of it for Prefect's client

Stage = Callable[[Job, Do], Any]


def under_way(job: Job, flow: str, do: Do, stages: Mapping[str, Stage]) -> Iterator[Callable[[], Any]]:
    """Give the stages to run, in order; after each, say what it came to. One that raises says nothing."""
    bar = Bar(flow, tuple(stages))
    for name, stage in stages.items():
        bar.begin(name)
        before = Counter(job.counts)
        yield partial(stage, job, bar.watching(do))
        LOG.info(line(name, {key: job.counts[key] - before[key] for key in [*job.counts]}))
    bar.end()


class Bar:
    """A progress bar over stages that count the same; without a flow run, or without an API, it is none."""

    def __init__(self, flow: str, stages: Sequence[str]) -> None:
        self._stages, self._at, self._moved = stages, 0, time.monotonic()
        self._id: UUID | None = edge.progress(f"vnjp-{flow}-progress", "begins")

    def begin(self, stage: str) -> None:
        """Say which stage begins."""
        self._at = self._stages.index(stage)
        self.within(0.0)

    def within(self, share: float) -> None:
        """Say how much of the stage is done, 0 to 1; said too often, it is not passed on."""
        if self._id and time.monotonic() - self._moved > _OFTEN:
            self._moved = time.monotonic()
            percent = 100 * (self._at + min(1.0, share)) / len(self._stages)
            edge.move(self._id, round(percent, 1), self._stages[self._at])

    def end(self) -> None:
        """Say that all is done."""
        if self._id:
            edge.move(self._id, 100.0, "done")

    def watching(self, do: Do) -> Do:
        """Give a way to run steps that moves the bar as batches are done."""

        def watched(step: Step, things: Iterable[Any], *shared: Any) -> Iterator[Any]:  # noqa: ANN401 - as Do
            done, total = 0, len(things) if isinstance(things, Sized) else 0
            for found in do(step, things, *shared):
                yield found
                done += len(found) if isinstance(found, Sized) else 1
                if total:
                    self.within(done / total)

        return watched


class Rounds:
    """Hears how far a reprocess is (what is made again, how many are done, of how many), and tells it on."""

    _PHASES = ("fingerprints", "pages", "judgements", "copies", "stories")

    def __init__(self, flow: str) -> None:
        self._flow, self._now = flow, ""
        self._bar: Bar | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._bar and kind is None:
            self._bar.end()

    def __call__(self, name: str, done: int, total: int) -> None:
        """Move the bar in Prefect, show it on a terminal, and say a line when all of one kind are done."""
        self._bar = self._bar or Bar(self._flow, self._PHASES)
        if name != self._now:
            self._now = name
            self._bar.begin(name)
        self._bar.within(done / total)
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{name}: {done:,} of {total:,}" + "\n" * (done == total))
            sys.stderr.flush()
        if done == total:
            LOG.info("reprocess: %s %s made again", f"{done:,}", name)
