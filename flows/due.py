"""When each flow runs, and what an outage left undone: decided from the last good runs, without Prefect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from cronsim import CronSim


@dataclass(frozen=True, slots=True)
class Plan:
    """A flow's deployment: its name, and when it runs, by the zone of the settings."""

    flow: str
    name: str
    cron: str


#: In the order in which an outage is made good: what came, then the issues, then the night's work. prefect.yaml says
#: the same times. On Monday at 07:00 the digest freezes; at its other hours it tries deferred readers again and keeps
#: the deadlines of approval.
PLANS = (
    Plan("collect", "hourly", "0 * * * *"),
    Plan("digest", "weekly", "0 7-22 * * *"),
    Plan("maintain", "nightly", "30 3 * * *"),
)


def overdue(good: Mapping[str, datetime], now: datetime, zone: str) -> list[Plan]:
    """Give the plans whose time has come since their last good run began, in order; all that never ran are due.

    However many times were missed, each is due once: a run finds all that the missed ones would have found.
    """
    return [plan for plan in PLANS if plan.flow not in good or next(times(plan, good[plan.flow], zone)) <= now]


def times(plan: Plan, after: datetime, zone: str) -> Iterator[datetime]:
    """Give the times of a plan after an instant, without end."""
    return iter(CronSim(plan.cron, after.astimezone(ZoneInfo(zone))))


def superseded(due_at: datetime | None, good: datetime | None) -> bool:
    """Say whether a run that was due at a time has been done since by one that began after it, and went well.

    After an outage Prefect starts each run that it missed; the first does the work of them all.
    """
    return due_at is not None and good is not None and due_at < good
