"""The work of tasks/ as Prefect tasks, one line each: batch size, retries, time-out; and two ways to run them."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol

from prefect import Task
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture
from prefect.runtime import flow_run
from prefect.task_runners import TaskRunner
from prefect.utilities.annotations import quote
from prefect.utilities.callables import get_call_parameters

from flows.embedded import submitted
from flows.reading import read_pages
from tasks.cluster import cluster
from tasks.dedupe import dedupe, fingerprint
from tasks.download import download
from tasks.fetch import fetch
from tasks.parse.limit import parse_within
from tasks.tag import tag
from tasks.urls import host

_AT_ONCE = 4  # batches in flight: enough to overlap waiting with work


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the way: its verb, and how Prefect runs it."""

    name: str
    verb: Callable[..., Any]  #: takes a batch, then what all batches share
    batch: int = 0  #: most things in one batch; 0: everything in one
    retries: int = 0  #: only where trying again can heal: what a source does wrong is an outcome, never an exception
    timeout: float | None = 900.0  #: seconds; the verbs' own deadlines are far below
    together: Callable[[Any], str] | None = None  #: neighbours with one key share a batch: no host is asked by two
    elsewhere: bool = False  #: children do the work: this process goes on meanwhile


def each(verb: Callable[..., Any]) -> Callable[..., list[Any]]:
    """Turn a verb for one thing, given as a tuple of arguments, into one for a batch."""

    def over(batch: Sequence[tuple[Any, ...]], *shared: Any) -> list[Any]:  # noqa: ANN401 - whatever the verb takes
        return [verb(*one, *shared) for one in batch]

    return over


# A task run costs about 10 ms, an article about 30: these batches keep the orchestration at a few per cent.
# Fetching waits and computes nothing: in one batch the slowest answers wait side by side, 64 hosts at once.
# However long a host's queue is, `Manners.call_seconds` ends fetch and download before their tasks' time is over.
FETCH = Step("fetch", fetch, batch=256, retries=1, together=lambda watched: host(watched[0].url))
PARSE = Step("parse", each(parse_within), batch=15)
DOWNLOAD = Step("download", download, batch=50, retries=1, together=lambda ask: host(ask.url))
EXTRACT = Step("extract", read_pages, batch=25, elsewhere=True)
TAG = Step("tag", each(tag), batch=200)
FINGERPRINT = Step("fingerprint", each(fingerprint), batch=200)
DEDUPE = Step("dedupe", dedupe)
CLUSTER = Step("cluster", cluster)


class Do(Protocol):
    """A way to run a step over things: gives each batch's result, in order, as it is ready."""

    def __call__(self, step: Step, things: Iterable[Any], *shared: Any) -> Iterator[Any]:  # noqa: ANN401
        """Run the step; `things` are cut into its batches, and asked for no sooner than there is room for one."""
        ...


def inline(step: Step, things: Iterable[Any], *shared: Any) -> Iterator[Any]:  # noqa: ANN401 - whatever the verb takes
    """Run a step here and now, without Prefect."""
    if not step.elsewhere:
        yield from (step.verb(batch, *shared) for batch in batches(step, things))
        return
    with ThreadPoolExecutor(1) as waiter:
        yield from in_order(lambda batch: waiter.submit(step.verb, batch, *shared), batches(step, things), 2)


def as_tasks(
    step: Step,
    things: Iterable[Any],
    *shared: Any,  # noqa: ANN401 - whatever the verb takes
    runner: TaskRunner[Any] | None = None,
    most: int = _AT_ONCE,
) -> Iterator[Any]:
    """Run a step as Prefect task runs, `most` batches at a time so that results do not pile up in memory.

    They run where `runner` has them run; without one, in threads of this process.
    """
    task = Task(
        fn=step.verb,
        name=step.name,
        task_run_name=step.name,
        retries=step.retries,
        retry_delay_seconds=2,
        timeout_seconds=step.timeout,
        cache_policy=NO_CACHE,  # hashing pages to look for an earlier result costs more than the step
        persist_result=False,
    )

    def submit(batch: Sequence[Any]) -> PrefectFuture[Any]:
        submitted[flow_run.id] += 1
        if runner is None:
            return task.submit(quote(batch), *map(quote, shared))
        # Dask's takes what it is given as it is
        future: PrefectFuture[Any] = runner.submit(task, get_call_parameters(step.verb, (batch, *shared), {}))
        return future

    yield from in_order(submit, batches(step, things), most)


def in_order(
    submit: Callable[[Sequence[Any]], Future[Any] | PrefectFuture[Any]], batched: Iterable[Sequence[Any]], most: int
) -> Iterator[Any]:
    """Have at most so many batches worked on, and give the results in the order of the batches."""
    waiting: deque[Future[Any] | PrefectFuture[Any]] = deque()
    for batch in batched:
        if len(waiting) == most:
            yield waiting.popleft().result()
        waiting.append(submit(batch))
    while waiting:
        yield waiting.popleft().result()


def batches(step: Step, things: Iterable[Any]) -> Iterator[Sequence[Any]]:
    """Cut things into batches of at most `step.batch`, larger only where neighbours must stay together."""
    key, size, batch = step.together, step.batch or sys.maxsize, list[Any]()
    for thing in things:
        if key and len(batch) >= size and key(thing) != key(batch[-1]):
            yield batch
            batch = []
        batch.append(thing)
        if not key and len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
