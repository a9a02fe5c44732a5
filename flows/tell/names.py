"""What runs are called: by what they do, and the moment or the week that they do it for, in the set zone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from prefect.runtime import flow_run

from flows.settings import load
from tasks.weeks import week_of
from warehouse.errors import MendableError


def at_minute(flow: str, now: datetime, zone: str, given: dict[str, Any]) -> str:
    """Name a run by its minute: "collect 2025-04-28 07:00"."""
    del given
    return f"{flow} {now.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def by_day(flow: str, now: datetime, zone: str, given: dict[str, Any]) -> str:
    """Name a run by its day: "maintain 2025-04-28"."""
    del given
    return f"{flow} {now.astimezone(ZoneInfo(zone)):%Y-%m-%d}"


def by_week(flow: str, now: datetime, zone: str, given: dict[str, Any]) -> str:
    """Name a run by the last week that it may freeze: "digest 2025-W18"."""
    over = week_of(week_of(now, zone).start - timedelta(seconds=1), zone).label
    return f"{flow} {given.get('until') or over}"


def by_argument(flow: str, now: datetime, zone: str, given: dict[str, Any]) -> str:
    """Name a run by the week that it was given, if any: "send 2025-W18", "reprocess"."""
    del now, zone
    return f"{flow} {given.get('week') or given.get('since') or ''}".strip()


def named(how: Callable[[str, datetime, str, dict[str, Any]], str]) -> Callable[[], str]:
    """Give what Prefect calls to name a run of its flow. A setting that is wrong is the run's to complain of."""

    def name() -> str:
        flow, given = str(flow_run.flow_name), flow_run.parameters or {}
        try:
            return how(flow, _instant(given.get("now")), load().time_zone, given)
        except MendableError:
            return flow

    return name


def _instant(given: object) -> datetime:
    """Read the parameter `now`: an instant, its text, or nothing, which is the clock's."""
    if isinstance(given, str):
        given = datetime.fromisoformat(given)
    return given if isinstance(given, datetime) else datetime.now(UTC)
