"""The only place that talks to Prefect's artifacts and events: with patience, and going on without it."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

import anyio
from prefect.artifacts import MarkdownArtifact, ProgressArtifact, TableArtifact, aupdate_progress_artifact
from prefect.client.orchestration import PrefectClient, get_client
from prefect.context import FlowRunContext
from prefect.events import emit_event
from prefect.logging.handlers import APILogWorker
from prefect.settings import PREFECT_API_URL
from prefect.utilities.asyncutils import run_coro_as_sync

from flows.tell.lines import LOG

_PATIENCE = 20.0  # seconds that a run waits for Prefect's API before it goes on without it
_PAUSE = 120.0  # seconds for which it is not asked again: a run has several things to tell
_FLUSH = 10.0  # seconds that the end of a run waits until its last lines are with Prefect
_lost: dict[str, float] = {}  # when the API was found away, by the clock that only goes forward
_clients: dict[tuple[str, int], PrefectClient] = {}  # open ones, by API and event loop

T = TypeVar("T")


def in_a_run() -> bool:
    """Say whether a flow run is under way here: without one there is nobody to tell."""
    return FlowRunContext.get() is not None


@contextlib.contextmanager
def heard() -> Iterator[None]:
    """Wait at the end until the lines of this run are with Prefect, and hang up: its server may end with the run."""
    try:
        yield
    finally:
        if in_a_run():
            APILogWorker.drain_all(timeout=_FLUSH)
        if _clients:
            run_coro_as_sync(_hang_up())


def table(key: str, rows: Sequence[Mapping[str, str]], description: str) -> bool:
    """Leave a table of texts (JSON knows no instants); say whether Prefect took it."""
    made = [dict(row) for row in rows]
    artifact = TableArtifact(key=key, table=made, description=description)
    return _given(artifact.acreate, f"the table {key}") is not None


def markdown(key: str, text: str) -> bool:
    """Leave a text; say whether Prefect took it."""
    return _given(MarkdownArtifact(key=key, markdown=text).acreate, f"the text {key}") is not None


def progress(key: str, description: str) -> UUID | None:
    """Begin a progress bar; give what to move it by, None where there is none."""
    artifact = ProgressArtifact(key=key, progress=0.0, description=description)
    made = _given(artifact.acreate, f"the progress {key}")
    return made.id if made else None


def move(bar: UUID, percent: float, description: str) -> None:
    """Move a progress bar, from 0 to 100."""
    _given(lambda client: aupdate_progress_artifact(bar, percent, description, client), "the progress")


def event(kind: str, resource: str, name: str, fact: str, occurred: datetime, payload: Mapping[str, object]) -> None:
    """Send the event vnjp.`kind` of the resource vnjp.`resource`; without a flow run, do nothing.

    Its id is made of resource, kind and `fact`: a run that was killed, and runs again, sends the same one.
    """
    if not in_a_run():
        return
    whole = f"vnjp.{resource}"
    state = {"vnjp.state": str(payload["state"])} if "state" in payload else {}
    emit_event(
        f"vnjp.{kind}",
        resource={"prefect.resource.id": whole, "prefect.resource.name": name, **state},
        occurred=occurred,
        payload=dict(payload),
        id=uuid5(NAMESPACE_URL, f"{whole} {kind} {fact}"),
    )


def _given(ask: Callable[[PrefectClient], Awaitable[T]], what: str) -> T | None:
    """Give what Prefect's API answers; None without a flow run, or where it does not answer in time."""
    if not in_a_run() or time.monotonic() - _lost.get("api", -_PAUSE) < _PAUSE:
        return None
    try:
        return run_coro_as_sync(_within(ask))
    except Exception as error:  # noqa: BLE001 - whatever Prefect's client raises, the run goes on
        _lost["api"] = time.monotonic()
        LOG.warning("Prefect did not take %s (%s); the run goes on", what, type(error).__name__)
        return None


async def _within(ask: Callable[[PrefectClient], Awaitable[T]]) -> T:
    with anyio.fail_after(_PATIENCE):
        return await ask(await _client())


async def _client() -> PrefectClient:
    """Give the run's client, opened once: that costs several times what telling one thing does."""
    key = str(PREFECT_API_URL.value()), id(asyncio.get_running_loop())
    if key not in _clients:
        _clients[key] = await get_client().__aenter__()
    return _clients[key]


async def _hang_up() -> None:
    while _clients:
        _, client = _clients.popitem()
        await client.__aexit__(None, None, None)
