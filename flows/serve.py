"""`vnjp serve`: the three deployments from one process, until it is told to stop; an outage is made good once."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from prefect import Flow
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId, FlowRunFilter
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.flow_runs import wait_for_flow_run
from prefect.runner import Runner
from prefect.schedules import Cron
from prefect.settings import PREFECT_API_URL
from prefect.states import Crashed
from prefect.types.entrypoint import EntrypointType

from flows.automations import MAIL, install
from flows.collect import collect
from flows.digest import digest
from flows.due import PLANS, Plan, overdue, times
from flows.embedded import embedded
from flows.late import good_runs
from flows.maintain import maintain
from flows.notify import notify
from flows.settings import Settings, load
from flows.stop import GRACE, end_now, stoppable
from warehouse.errors import MendableError

_AT_WORK = {"state": {"type": {"any_": ["RUNNING", "PENDING", "CANCELLING"]}}}
_FLOWS: dict[str, Flow[..., Any]] = {"collect": collect, "digest": digest, "maintain": maintain}


def serve_all(say: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT; `say` gets a line for each thing that whoever started it wants to know.

    Raises MendableError where the folder is served already.
    """
    settings = load()
    home = settings.data / "prefect"
    own = not PREFECT_API_URL.value()
    with _alone(home), embedded(home, whole=True) as url:
        say(f"Prefect's pages: {url.removesuffix('/api')}")
        for plan in PLANS:
            first = next(times(plan, datetime.now(UTC), settings.time_zone))
            say(f"{plan.flow:9} next at {first:%Y-%m-%d %H:%M} ({settings.time_zone})")
        asyncio.run(_serve(settings, url, say, own=own))
        stoppable()  # the loop had the signals
    say("Stopped.")


@contextlib.contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Let one process serve a folder: two would start each run twice."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "serve.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise MendableError(
                f"Another `vnjp serve` serves {home.parent} already. Stop it first, or choose another VNJP_DATA."
            ) from None
        yield


class _Runner(Runner):
    """Prefect's runner, which on SIGTERM stops a loop from within a signal handler and leaves a coroutine behind."""

    def handle_sigterm(self, *_: Any) -> None:  # noqa: ANN401 - as the parent's
        """Do what SIGINT does."""
        signal.raise_signal(signal.SIGINT)

    async def gone(self, seconds: float) -> None:
        """Wait until no process of a run is left, for so long at most."""
        until = time.monotonic() + seconds
        while self._process_manager.flow_run_ids() and time.monotonic() < until:  # noqa: ASYNC110 - it tells nobody when
            await asyncio.sleep(0.1)


async def _serve(settings: Settings, url: str, say: Callable[[str], None], *, own: bool) -> None:
    runner = _Runner(name="vnjp", pause_on_shutdown=False)
    if settings.notified_by_mail:
        await runner.aadd_deployment(_mail())
    ids = {plan.flow: await runner.aadd_deployment(_deployment(plan, settings.time_zone)) for plan in PLANS}
    async with get_client() as client:
        for hint in await asyncio.to_thread(_install_automations, url, settings):
            say(hint)
        await _settle(client, list(ids.values()), own=own)
        at_work = asyncio.create_task(runner.start())
        catching_up = asyncio.create_task(_catch_up(client, settings, ids, say))
        asyncio.get_running_loop().add_signal_handler(
            signal.SIGINT, lambda: asyncio.ensure_future(_end(runner, client, say))
        )
        await at_work
        catching_up.cancel()
        await asyncio.gather(catching_up, return_exceptions=True)


async def _end(runner: _Runner, client: PrefectClient, say: Callable[[str], None]) -> None:
    if runner.stopping:  # who asks twice is obeyed at once
        end_now(0)
    say("Stopping: what is committed stays, and the next run goes on from there.")
    runner.stopping = True
    if not await client.read_flow_runs(flow_run_filter=_filter(_AT_WORK), limit=1):
        await runner.gone(GRACE)  # whoever is done but still there would be called cancelled
    await runner.astop()


def _deployment(plan: Plan, zone: str) -> RunnerDeployment:
    """Schedule a flow. One run of a flow at a time; one that is due while another runs is dropped.

    A flow loaded by path would put flows/ first on Python's path for good, so it is named by its module.
    """
    return RunnerDeployment.from_flow(
        _FLOWS[plan.flow],
        plan.name,
        schedule=Cron(plan.cron, timezone=zone),
        concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
        tags=["vnjp", plan.flow],
        entrypoint_type=EntrypointType.MODULE_PATH,
    )


def _install_automations(url: str, settings: Settings) -> Sequence[str]:
    """Install what ends dead runs and tells of failures; a target that is not there is no reason not to serve."""
    try:
        return install(url, settings).hints
    except MendableError as error:
        return [f"No automations: {error}"]


def _mail() -> RunnerDeployment:
    kind, _, name = MAIL.partition("/")
    return RunnerDeployment.from_flow(notify, name, tags=["vnjp", kind], entrypoint_type=EntrypointType.MODULE_PATH)


async def _settle(client: PrefectClient, deployments: list[UUID], *, own: bool) -> None:
    """Drop the runs that were missed while nobody served: `_catch_up` runs each flow once.

    On our `own` server nothing else is served, so what it holds for running was killed, and would keep its slot.
    """
    now = datetime.now(UTC)
    ours = DeploymentFilter(id=DeploymentFilterId(any_=deployments))
    missed = {"state": {"type": {"any_": ["SCHEDULED"]}}, "expected_start_time": {"before_": now}}
    for run in await client.read_flow_runs(flow_run_filter=_filter(missed), deployment_filter=ours):
        await client.delete_flow_run(run.id)
    if own:
        for run in await client.read_flow_runs(flow_run_filter=_filter(_AT_WORK), deployment_filter=ours):
            await client.set_flow_run_state(run.id, Crashed(message="Its process ended with its server."))


def _filter(what: dict[str, Any]) -> FlowRunFilter:
    return FlowRunFilter.model_validate(what)


async def _catch_up(
    client: PrefectClient, settings: Settings, ids: dict[str, UUID], say: Callable[[str], None]
) -> None:
    """Run once, one after the other, what should have run since the last good runs."""
    for plan in overdue(good_runs(settings), datetime.now(UTC), settings.time_zone):
        say(f"{plan.flow:9} is due: it runs now.")
        run = await client.create_flow_run_from_deployment(ids[plan.flow], name=f"{plan.flow} after an outage")
        await wait_for_flow_run(run.id, timeout=None, poll_interval=2, client=client)
