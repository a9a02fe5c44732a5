"""What went well before, and whether the work of a run was done while it waited for somebody to start it."""

from __future__ import annotations

from datetime import datetime

from prefect.context import FlowRunContext

from flows.due import superseded
from flows.settings import Settings, load
from warehouse.rows import rows


def good_runs(settings: Settings) -> dict[str, datetime]:
    """Give when the last run of each flow began that went well, as the snapshot knows it."""
    if not settings.warehouse.snapshot.exists():
        return {}
    with settings.warehouse.reader() as db:
        return {row["flow"]: row["good_started_at"] for row in rows(db, "last_runs") if row["good_started_at"]}


def made_good(flow: str) -> bool:
    """Say whether a run of the flow that began after this one was due went well; False outside of Prefect's runs."""
    context = FlowRunContext.get()
    if context is None or context.flow_run is None:
        return False
    return superseded(context.flow_run.expected_start_time, good_runs(load()).get(flow))
