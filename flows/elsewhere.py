"""Where pages are extracted: by children of this process, or on the workers of a Dask cluster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from flows.reading import read_in_turn
from flows.settings import Settings
from flows.steps import Do, Step, as_tasks
from warehouse.errors import MendableError

if TYPE_CHECKING:
    from prefect_dask import DaskTaskRunner

_PATIENCE = "20s"  # for a scheduler to answer
_AHEAD = 2  # batches for each of the cluster's threads: one at work, one on its way


@contextmanager
def extracting(settings: Settings) -> Iterator[Do]:
    """Give the way in which a run's steps are Prefect task runs: on a cluster where the settings name one.

    Only what children would do goes there (`Step.elsewhere`). Its workers need this project in the same version and
    reach Prefect's API. Raises MendableError where Dask is not installed or no scheduler answers.
    """
    if not settings.extract_on:
        yield as_tasks
        return
    with ExitStack() as stack:
        # for the first page, if there is one
        cluster = cache(lambda: stack.enter_context(_cluster(settings.extract_on)))

        def do(step: Step, things: Iterable[Any], *shared: Any) -> Iterator[Any]:  # noqa: ANN401 - as Do
            if step.elsewhere:
                # there a task cannot be interrupted, but each page has its time
                step = replace(step, verb=read_in_turn, timeout=None)
                runner, most = cluster()
                return as_tasks(step, things, *shared, runner=runner, most=most)
            return as_tasks(step, things, *shared)

        yield do


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
