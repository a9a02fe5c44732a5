"""What was looked at, what could not be, and whether the week was louder than usual."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal
from zoneinfo import ZoneInfo

from tasks.compose.reach import is_failing
from tasks.text import clean
from warehouse.issue import Count, Coverage, SourceWeek, Trouble, Week, WeekCount

WEEKS = 4  # earlier weeks that make the usual one


def coverage(week: Week, sources: Sequence[SourceWeek], counts: WeekCount, history: Sequence[WeekCount]) -> Coverage:
    """State what the week's issue rests on; `history` are earlier weeks, oldest first, of which the last four count."""
    usual = history[-WEEKS:]
    troubles = [_trouble(week, one, kind) for one in sources for kind in _kinds(one)]
    return Coverage(
        checked=len(sources),
        answered=sum(not is_failing(one) for one in sources),
        undated=sum(one.undated for one in sources),
        summary_only=sum(one.summary_only for one in sources),
        troubles=tuple(sorted(troubles, key=lambda one: (not one.major, one.kind != "failed", one.source_id))),
        weeks=len(usual),
        languages=_counts(counts.languages, [one.languages for one in usual]),
        topics=_counts(counts.topics, [one.topics for one in usual]),
    )


def _kinds(one: SourceWeek) -> list[Literal["failed", "frozen", "empty", "gap"]]:
    """Name a source's troubles; one that fails is not also called silent, but may have lost entries before."""
    kinds: list[Literal["failed", "frozen", "empty", "gap"]] = []
    if is_failing(one):
        kinds.append("failed")
    elif one.last_state == "empty":
        kinds.append("empty")
    elif one.frozen:
        kinds.append("frozen")
    if one.gap:
        kinds.append("gap")
    return kinds


def _trouble(week: Week, one: SourceWeek, kind: Literal["failed", "frozen", "empty", "gap"]) -> Trouble:
    since = one.failing_since if kind == "failed" else None
    return Trouble(
        kind=kind,
        source_id=one.source.source_id,
        outlet=clean(one.source.outlet),
        outlet_language=one.source.language,
        side=one.source.side,
        major=one.source.major,
        state=one.last_state,
        error=" ".join(clean(one.last_error).split()),
        since=since.astimezone(ZoneInfo(week.zone)).date() if since else None,
    )


def _counts(now: Mapping[str, int], usual: Sequence[Mapping[str, int]]) -> tuple[Count, ...]:
    """Set the week's counts beside their average; what is usually there and is missing now stands at 0."""
    keys = {*now, *(key for one in usual for key in one)}
    averages = {key: round(sum(one.get(key, 0) for one in usual) / len(usual), 1) if usual else None for key in keys}
    shown = [key for key in keys if now.get(key, 0) or (averages[key] or 0) >= 1]
    return tuple(Count(key, now.get(key, 0), averages[key]) for key in sorted(shown, key=lambda k: (-now.get(k, 0), k)))
