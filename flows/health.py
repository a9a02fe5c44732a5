"""How the sources do: kept in the warehouse by every collect, and told to Prefect where a run has one to tell.

Prefect gets a table a run and at most one event a day for a source that fails and for a probable gap, so that an
automation can count days. That memory is in the warehouse: Prefect may be another one tomorrow, or away.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

import anyio
from prefect.artifacts import acreate_table_artifact
from prefect.context import FlowRunContext
from prefect.events import emit_event
from prefect.utilities.asyncutils import run_coro_as_sync

from flows.job import Job
from warehouse import read, write
from warehouse.records import SourceHealth

FAILING = frozenset({"failing", "blocked", "gone", "not_a_feed"})
_FINE = frozenset({"ok", "unchanged"})
_PATIENCE = 20.0  # seconds that a collect waits for Prefect's API before it ends without it
_log = logging.getLogger(__name__)


def keep_health(job: Job) -> list[SourceHealth]:
    """Keep how every source does after this run; give it."""
    with job.warehouse.writer() as db:
        write.retired(db, job.sources)
        found = read.source_health(db, job.now)
        write.source_health(db, found)
    return found


def tell_health(job: Job, found: Sequence[SourceHealth]) -> None:
    """Show the sources in Prefect, and send what events are due; without a flow run, or without an API, do nothing.

    Events follow the table: where the API did not take that, they are sent by the next run that finds it back.
    """
    if FlowRunContext.get() is None:
        return
    day = job.now.astimezone(ZoneInfo(job.settings.time_zone)).date()
    names = {source.source_id: source.outlet for source in job.sources if source.enabled}
    health = [one for one in found if one.source_id in names]
    with job.warehouse.writer() as db:
        sent = read.source_events(db, day)
    try:
        run_coro_as_sync(_show(health))
    except Exception as error:  # noqa: BLE001 - whatever Prefect's client raises, the collect goes on
        _log.warning("Prefect did not take the table of sources (%s); the collect goes on", type(error).__name__)
        return
    due = [
        (one, kind)
        for one in health
        for kind in kinds(one, day, job.settings.time_zone)
        if (one.source_id, kind) not in sent
    ]
    for one, kind in due:
        _send(one, kind, names[one.source_id], day, job.now)
    with job.warehouse.writer() as db:
        write.source_events(db, [(one.source_id, kind) for one, kind in due], day, job.now)


def kinds(one: SourceHealth, day: date, zone: str) -> list[str]:
    """Name the events that a source earns on a day: failing, also where it never answered; a gap found on that day."""
    failing = one.state in FAILING or (one.state == "never" and one.failing_since is not None)
    gap = one.gap_at is not None and one.gap_at.astimezone(ZoneInfo(zone)).date() == day
    return ["failing"] * failing + ["gap"] * gap


async def _show(health: Sequence[SourceHealth]) -> None:
    with anyio.fail_after(_PATIENCE):
        fine = sum(one.state in _FINE for one in health)
        await acreate_table_artifact(
            key="vnjp-sources",
            table=[_line(one) for one in sorted(health, key=lambda one: (one.state in _FINE, one.source_id))],
            description=f"{fine} of {len(health)} sources are well.",
        )


def _line(one: SourceHealth) -> dict[str, str]:
    """Give a source's row of the table, as text: JSON knows no instants."""
    return {
        "source": one.source_id,
        "state": one.state,
        "since": _written(one.failing_since),
        "last new item": _written(one.new_item_at),
        "next check": _written(one.next_check_at),
        "overlap": "" if one.overlap is None else f"{one.overlap:.0%}",
        "usual gap": "" if one.usual_gap_days is None else f"{one.usual_gap_days} d",
        "error": one.error,
    }


def _written(instant: datetime | None) -> str:
    return f"{instant:%Y-%m-%d %H:%M} UTC" if instant else ""


def _send(one: SourceHealth, kind: str, outlet: str, day: date, now: datetime) -> None:
    """Send an event. Its id is that of source, kind and day: a run that was killed sends the same one again."""
    resource = f"vnjp.source.{one.source_id}"
    emit_event(
        f"vnjp.source.{kind}",
        resource={"prefect.resource.id": resource, "prefect.resource.name": outlet, "vnjp.state": one.state},
        occurred=now,
        payload={"day": day.isoformat(), **_line(one)},
        id=uuid5(NAMESPACE_URL, f"{resource} {kind} {day}"),
    )
