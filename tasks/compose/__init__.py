"""A week's stories to one issue: ranked, cut to a length that can be read, with what was looked at and what was not.

Nothing is written here: headlines and sentences are characters of articles, the rest are tags, names and counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from tasks.compose.coverage import coverage
from tasks.compose.desk import Desk, fresh, originals
from tasks.compose.dossiers import dossier_weeks
from tasks.compose.entry import entry, report
from tasks.compose.figures import ahead, figures
from tasks.compose.people import people_of_week
from tasks.compose.quiet import quiet
from tasks.compose.reach import is_failing, outlets
from warehouse.issue import (
    ALONE,
    Background,
    Below,
    Entry,
    Issue,
    Level,
    Section,
    SourceWeek,
    Titles,
    Told,
    Week,
    WeekCount,
)

__all__ = ["Layout", "NoWorkingSourceError", "compose", "put_in_order"]


class NoWorkingSourceError(Exception):
    """No source answered in the week: there is no issue to make, and none may pass for a quiet week."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How long an issue may be in the mail. The browser edition tells all stories in full."""

    full: int = 5
    short: int = 7
    line: int = 10
    section: int = 8  #: most entries of one section
    sample: bool = False  #: say on the masthead that the outlets are invented


def compose(
    week: Week,
    told: Sequence[Told],
    sources: Sequence[SourceWeek],
    counts: WeekCount,
    history: Sequence[WeekCount] = (),
    layout: Layout = Layout(),
    names: Mapping[str, Mapping[str, str]] | None = None,
    background: Background = ALONE,
) -> Issue:
    """Compose the issue of a week; the same input gives the same issue, in whatever order it comes.

    `told` are the stories with something new or corrected in the week, `counts` its articles by language and topic,
    `history` the weeks before, oldest first, since the first collected one. `names` gives labels of entities by
    language where they differ from the canonical one, `background` the last issue, the dossiers and themes that are
    followed, and what fell just below the line. Raises NoWorkingSourceError when no enabled source answered.
    """
    watched = sorted((one for one in sources if one.source.enabled), key=lambda one: one.source.source_id)
    if all(map(is_failing, watched)):
        raise NoWorkingSourceError(f"none of {len(watched)} sources answered in {week.label}")
    desk = Desk(week, {one.source.source_id: one.source for one in watched}, names or {}, background)
    stories = sorted(told, key=lambda one: one.story.story_id)
    entries = put_in_order([entry(desk, one, watched) for one in stories if originals(one)], layout)
    by_id = {one.story.story_id: one for one in stories}
    ranked = [by_id[one.story_id] for one in entries]
    last_day = week.monday + timedelta(days=6)
    return Issue(
        week=week.label,
        zone=week.zone,
        first_day=week.monday,
        last_day=last_day,
        sample=layout.sample,
        articles=sum(one.articles for one in entries),
        outlets=len(frozenset[str]().union(*map(outlets, ranked))),
        folded=sum(len([copy for copy in fresh(one) if copy.article_id in one.copies]) for one in stories),
        entries=entries,
        repeats=tuple(report(desk, one, each) for one in stories if not originals(one) for each in fresh(one)),
        ahead=ahead(desk, ranked, last_day),
        figures=figures(desk, ranked),
        people=people_of_week(entries),
        coverage=coverage(week, watched, counts, history),
        dossiers=dossier_weeks(desk, entries, last_day),
        quiet=quiet(desk, stories),
        themes=_themes(background, entries),
        below=tuple(Below(desk.title(one.article), one.relevance, one.score, one.parts) for one in background.below),
    )


def _themes(background: Background, entries: Sequence[Entry]) -> tuple[tuple[str, Titles], ...]:
    """Name the themes that official texts were searched for, where the issue holds any."""
    searched = any(one.officials for one in entries)
    return tuple((one.theme_id, one.titles) for one in background.themes if searched)


def put_in_order(entries: Sequence[Entry], layout: Layout) -> tuple[Entry, ...]:
    """Put entries in order and give each the highest level that has room; a section holds only so many."""
    room: dict[Level, int] = {"full": layout.full, "short": layout.short, "line": layout.line}
    held: Counter[Section] = Counter()
    ranked = []
    for position, one in enumerate(sorted(entries, key=_rank), 1):
        level = _level(one, room) if held[one.section] < layout.section else "omitted"
        if level != "omitted":
            room[level] -= 1
            held[one.section] += 1
        ranked.append(replace(one, position=position, level=level))
    return tuple(ranked)


def _rank(one: Entry) -> tuple[float, int, int, str]:
    return -one.score, -one.articles, -one.outlets, one.story_id


def _level(one: Entry, room: Mapping[Level, int]) -> Level:
    """Give the highest level that has room; a story that only machine translations tell is never more than a line."""
    levels: tuple[Level, ...] = ("full", "short", "line") if one.outlets else ("line",)
    return next((level for level in levels if room[level]), "omitted")
