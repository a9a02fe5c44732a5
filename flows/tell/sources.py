"""Tell Prefect how the sources do: a table a run, and at most one event a day for each that fails or left entries out.

What was sent is remembered in the warehouse, so that an automation can count days.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from flows.job import Job
from flows.tell import edge
from flows.tell.words import written
from warehouse import read, write
from warehouse.records import SourceHealth

FAILING = frozenset({"failing", "blocked", "gone", "not_a_feed"})
_FINE = frozenset({"ok", "unchanged"})


def tell_sources(job: Job, found: Sequence[SourceHealth]) -> None:
    """Show the sources in Prefect, and send what events are due; without a flow run, or without an API, do nothing.

    Events follow the table: where the API did not take that, they are sent by the next run that finds it back.
    """
    names = {source.source_id: source.outlet for source in job.sources if source.enabled}
    health = [one for one in found if one.source_id in names]
    fine = sum(one.state in _FINE for one in health)
    lines = [_line(one) for one in sorted(health, key=lambda one: (one.state in _FINE, one.source_id))]
    if not edge.table("vnjp-sources", lines, f"{fine} of {len(health)} sources are well."):
        return
    zone = job.settings.time_zone
    day = job.now.astimezone(ZoneInfo(zone)).date()
    with job.warehouse.writer() as db:
        sent = read.source_events(db, day)
    due = [(one, kind) for one in health for kind in kinds(one, day, zone) if (one.source_id, kind) not in sent]
    for one, kind in due:
        name = f"source.{one.source_id}"
        edge.event(
            f"source.{kind}", name, names[one.source_id], str(day), job.now, {"day": day.isoformat(), **_line(one)}
        )
    if not due:
        return
    with job.warehouse.writer() as db:
        write.source_events(db, [(one.source_id, kind) for one, kind in due], day, job.now)


def kinds(one: SourceHealth, day: date, zone: str) -> list[str]:
    """Name the events that a source earns on a day: failing, also where it never answered; a gap found on that day."""
    failing = one.state in FAILING or (one.state == "never" and one.failing_since is not None)
    gap = one.gap_at is not None and one.gap_at.astimezone(ZoneInfo(zone)).date() == day
    return ["failing"] * failing + ["gap"] * gap


def _line(one: SourceHealth) -> dict[str, str]:
    """Give a source's row of the table, as text: JSON knows no instants."""
    return {
        "source": one.source_id,
        "state": one.state,
        "since": written(one.failing_since),
        "last new item": written(one.new_item_at),
        "next check": written(one.next_check_at),
        "overlap": "" if one.overlap is None else f"{one.overlap:.0%}",
        "usual gap": "" if one.usual_gap_days is None else f"{one.usual_gap_days} d",
        "error": one.error,
    }
