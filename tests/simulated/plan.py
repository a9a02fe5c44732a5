"""When each flow runs in the three weeks, and what goes wrong then."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Literal
from zoneinfo import ZoneInfo

from flows.due import PLANS, times

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
BEGINS = datetime(2025, 4, 21, tzinfo=ZONE)  #: Monday of the sample's first week
ENDS = datetime(2025, 5, 12, 23, 30, tzinfo=ZONE)  #: on the Monday on which the third week's issue goes out
WEEKS = ("2025-W17", "2025-W18", "2025-W19")
_DIGEST = 7  # the hour at which issues are frozen
MONDAYS = tuple(BEGINS + timedelta(weeks=week, hours=_DIGEST) for week in (1, 2, 3))

Kind = Literal["kill", "disk", "clock", "prefect", "away"]
Broken = Literal["500", "503", "404", "403", "429", "page", "cut", "empty"]
BREAKS: tuple[Broken, ...] = ("500", "503", "404", "403", "429", "page", "cut", "empty")


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """A run that is due."""

    at: datetime
    flow: str

    @property
    def midweek(self) -> bool:
        """Whether a run that is lost here is made good before its week is over."""
        return 1 <= self.at.weekday() <= 4


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong in one run: seconds until the kill, bytes that a file may have, hours that the clock is off."""

    kind: Kind
    amount: float = 0.0


@dataclass(frozen=True, slots=True)
class Outage:
    """A host that does not answer as it should, since when and until when."""

    host: str
    how: Broken
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes wrong in three weeks; nothing, by default."""

    outages: tuple[Outage, ...] = ()
    faults: Mapping[Step, Fault] = field(default_factory=dict)
    mail: bool = False  #: whether the mail server and some mailboxes refuse

    def broken(self, at: datetime) -> dict[str, str]:
        """Give the hosts that are out of order at a moment, and how."""
        return {one.host: one.how for one in self.outages if one.since <= at < one.until}


def steps() -> list[Step]:
    """Give the runs of the three weeks in order, by the times at which the flows are really run.

    The digest looks for letters to send every hour of a day; that it finds none is tried once a day here, but on the
    days on which issues go out.
    """
    just_before = BEGINS - timedelta(seconds=1)
    due = (
        Step(at, plan.flow)
        for plan in PLANS
        for at in takewhile(lambda at: at <= ENDS, times(plan, just_before, ZONE.key))
    )
    return sorted(step for step in due if step.flow != "digest" or step.at.weekday() == 0 or step.at.hour == _DIGEST)


def plan(seed: int, hosts: Sequence[str], news: Sequence[datetime]) -> Plan:
    """Make a plan with every kind of fault, for sites and the moments of their news.

    None falls where it may move an article into another week's issue. Collects are struck in hours that bring news.
    """
    chance, faults = random.Random(seed), dict[Step, Fault]()
    busy = {at.astimezone(ZONE).replace(minute=0, second=0) + timedelta(hours=1) for at in news}
    free = [step for step in steps() if step.midweek and (step.flow != "collect" or step.at in busy)]

    def put(count: int, flow: str, fault: Callable[[], Fault]) -> None:
        for step in chance.sample([one for one in free if one.flow == flow and one not in faults], count):
            faults[step] = fault()

    put(6, "collect", lambda: Fault("kill", chance.uniform(0, 2.0)))
    put(1, "maintain", lambda: Fault("kill", chance.uniform(0, 2.0)))
    put(3, "collect", lambda: Fault("disk", chance.uniform(1e5, 2e7)))
    put(1, "maintain", lambda: Fault("disk", chance.uniform(1e5, 2e7)))
    put(4, "collect", lambda: Fault("clock", -chance.uniform(0.2, 5)))
    put(2, "collect", lambda: Fault("clock", chance.uniform(0.2, 5)))
    put(2, "collect", lambda: Fault("prefect"))
    put(1, "collect", lambda: Fault("away", chance.uniform(0.5, 3.0)))
    for monday, delay in zip(MONDAYS[1:], (chance.uniform(0, 0.5), chance.uniform(0.5, 1.5)), strict=True):
        faults[Step(monday, "digest")] = Fault("kill", delay)
    outages = [_outage(chance, chance.choice(hosts), week) for week in (0, 1, 2) for _ in range(14)]
    return Plan(tuple(outages), faults, mail=True)


def _outage(chance: random.Random, host: str, week: int) -> Outage:
    """Let a host fail for hours, and be back two days before its week is over: sources are asked again within one."""
    since = BEGINS + timedelta(weeks=week, hours=chance.uniform(2, 90))
    return Outage(host, chance.choice(BREAKS), since, since + timedelta(hours=chance.uniform(1, 20)))
