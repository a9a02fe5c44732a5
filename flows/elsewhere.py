"""Where pages are read: by children of this process, on a Dask cluster, or by the workers of a Prefect work pool."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from contextvars import copy_context
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from flows.reading import read_in_turn
from flows.settings import Settings
from flows.steps import Do, Step, as_tasks, batches, in_order
from warehouse.errors import MendableError
from warehouse.records import Extract
from warehouse.spool import Spool

if TYPE_CHECKING:
    from prefect.client.schemas.objects import FlowRun
    from prefect_dask import DaskTaskRunner

WORKERS = "workers"  #: the setting that has pages read by runs of the deployment below
_DEPLOYMENT = "extract/extract"
_RUNS, _PAGES = 8, 200  # of it at once, and pages of each: a run takes seconds to start
_PATIENCE = "20s"  # for a scheduler to answer
_AHEAD = 2  # batches for each of the cluster's threads: one at work, one on its way

Far = Callable[[Step, Iterable[Any]], Iterator[Any]]


@contextmanager
def extracting(settings: Settings) -> Iterator[Do]:
    """Give the way in which a run's steps are Prefect task runs, but for reading pages where the settings name others.

    Only what children would do goes there (`Step.elsewhere`), and nothing is asked of them before the first page. They
    need this project in the same version. Raises MendableError where they are not there.
    """
    if not settings.extract_on:
        yield as_tasks
        return
    with ExitStack() as stack:
        far = _by_workers(settings, stack) if settings.extract_on == WORKERS else _on_dask(settings.extract_on, stack)

        def do(step: Step, things: Iterable[Any], *shared: Any) -> Iterator[Any]:  # noqa: ANN401 - as Do
            return far(step, things) if step.elsewhere else as_tasks(step, things, *shared)

        yield do


def _on_dask(address: str, stack: ExitStack) -> Far:
    """Have tasks run by a cluster's workers, which reach Prefect's API."""
    cluster = cache(lambda: stack.enter_context(_cluster(address)))

    def far(step: Step, things: Iterable[Any]) -> Iterator[Any]:
        runner, most = cluster()
        # there a task cannot be interrupted, but each page has its time
        return as_tasks(replace(step, verb=read_in_turn, timeout=None), things, runner=runner, most=most)

    return far


@contextmanager
def _cluster(address: str) -> Iterator[tuple[DaskTaskRunner, int]]:
    """Give what runs tasks on a cluster, and how many batches are worth being on their way at once."""
    try:
        import dask
        from prefect_dask import DaskTaskRunner
    except ImportError:
        raise MendableError(
            f"VNJP_EXTRACT_ON names the Dask scheduler {address}, and Dask is not installed here. "
            "Install it with: pip install prefect-dask"
        ) from None
    # a batch of pages is what it is; the warning is meant for what somebody closed over by mistake
    quiet = partial(dask.config.set, {"distributed.admin.large-graph-warning-threshold": "1GB"})
    with quiet(), DaskTaskRunner(address=address, client_kwargs={"timeout": _PATIENCE}) as runner:
        try:
            runner.client.wait_for_workers(1, timeout=_PATIENCE)
        except OSError as error:
            raise MendableError(
                f"No Dask scheduler with a worker answers at {address} (VNJP_EXTRACT_ON). "
                "Start `dask scheduler` and `dask worker` there, or leave the setting empty."
            ) from error
        yield runner, _AHEAD * sum(runner.client.nthreads().values())


def _by_workers(settings: Settings, stack: ExitStack) -> Far:
    """Have runs of a deployment read pages that lie in the data folder, which its workers share."""
    waiters = cache(lambda: stack.enter_context(ThreadPoolExecutor(_RUNS)))
    spool = Spool(settings.spool)

    def submit(batch: Sequence[Any]) -> Future[list[Extract]]:
        return waiters().submit(copy_context().run, _run, spool, batch)

    return lambda step, things: in_order(submit, batches(replace(step, batch=_PAGES), things), _RUNS)


def _run(spool: Spool, batch: Sequence[Any]) -> list[Extract]:
    from prefect.deployments import run_deployment
    from prefect.exceptions import ObjectNotFound

    name = spool.put(batch)
    try:
        ended: FlowRun = run_deployment(  # type: ignore[assignment] # no coroutine outside a loop
            _DEPLOYMENT, parameters={"batch": name}, poll_interval=1, as_subflow=False
        )
    except ObjectNotFound as error:
        raise MendableError(
            f"VNJP_EXTRACT_ON is {WORKERS}, and this Prefect server has no deployment {_DEPLOYMENT}. Make it with: "
            "prefect --no-prompt deploy flows/extract.py:extract --name extract --pool POOL"
        ) from error
    if not (ended.state and ended.state.is_completed()):
        raise MendableError(
            f"The run {ended.name} of {_DEPLOYMENT} ended as {ended.state and ended.state.name}: Prefect's page of it "
            "says why. The next collect reads its pages again."
        )
    return spool.take(name)
