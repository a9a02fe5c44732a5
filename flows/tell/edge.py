"""The only place that talks to Prefect's artifacts and events: with patience, and going on without it."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

import anyio
from prefect.artifacts import (
    acreate_markdown_artifact,
    acreate_progress_artifact,
    acreate_table_artifact,
    aupdate_progress_artifact,
)
from prefect.context import FlowRunContext
from prefect.events import emit_event
from prefect.utilities.asyncutils import run_coro_as_sync

from flows.tell.lines import LOG

_PATIENCE = 20.0  # seconds that a run waits for Prefect's API before it goes on without it
_PAUSE = 120.0  # seconds for which it is not asked again: a run has several things to tell
_lost: dict[str, float] = {}  # when the API was found away, by the clock that only goes forward

T = TypeVar("T")


def in_a_run() -> bool:
    """Say whether a flow run is under way here: without one there is nobody to tell."""
    return FlowRunContext.get() is not None


def table(key: str, rows: Sequence[Mapping[str, str]], description: str) -> bool:
    """Leave a table of texts (JSON knows no instants); say whether Prefect took it."""
    made = [dict(row) for row in rows]
    return _asked(lambda: acreate_table_artifact(key=key, table=made, description=description), f"the table {key}")


def markdown(key: str, text: str) -> bool:
    """Leave a text; say whether Prefect took it."""
    return _asked(lambda: acreate_markdown_artifact(key=key, markdown=text), f"the text {key}")


def progress(key: str, description: str) -> UUID | None:
    """Begin a progress bar; give what to move it by, None where there is none."""
    return _given(lambda: acreate_progress_artifact(0.0, key, description), f"the progress {key}")


def move(bar: UUID, percent: float, description: str) -> None:
    """Move a progress bar, from 0 to 100."""
    _given(lambda: aupdate_progress_artifact(bar, percent, description), "the progress")


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


def _asked(make: Callable[[], Awaitable[T]], what: str) -> bool:
    return _given(make, what) is not None


def _given(make: Callable[[], Awaitable[T]], what: str) -> T | None:
    """Give what Prefect's API answers; None without a flow run, or where it does not answer in time."""
    if not in_a_run() or time.monotonic() - _lost.get("api", -_PAUSE) < _PAUSE:
        return None
    try:
        return run_coro_as_sync(_within(make))
    except Exception as error:  # noqa: BLE001 - whatever Prefect's client raises, the run goes on
        _lost["api"] = time.monotonic()
        LOG.warning("Prefect did not take %s (%s); the run goes on", what, type(error).__name__)
        return None


async def _within(make: Callable[[], Awaitable[T]]) -> T:
    with anyio.fail_after(_PATIENCE):
        return await make()
