"""Days on a line: where each stands, and where its label goes so that none covers another on the narrowest screen.

Places are percents and labels pixels: a drawing grows with its screen, and the words in it stay as large as the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from babel.dates import format_date

from tasks.render.plain import columns
from tasks.render.words import Words
from warehouse.issue import DossierWeek, Earlier, Entry, Quote

Kind = Literal["now", "before", "baseline"]
NARROW = 288  # px that a screen of 320 leaves for a drawing
COLUMN = 7  # px that one column of a label takes at most, at 12 px
LANE = 17  # px from one line of labels to the next
_GAP = 16  # px that a label stands off its stem, and from the next one
_AXIS = 9  # px below the axis, for the points
_EDGE = 1.6  # percent left free at the left, for the first point
_STEM = 10  # px from the axis to the lowest label
_ALL = 100
_LASTING = frozenset({"visit", "exercise", "conference", "festival"})  # event types that go on for days
_MOST_DAYS = 14
_AROUND = timedelta(days=3)  # before the first and after the last named day, in which reports are counted
_NEAR = timedelta(days=6)  # from the event's day, on both sides: a text names other days too
TALLEST = 34  # px of the longest bar


@dataclass(frozen=True, slots=True)
class Mark:
    """A day to be placed."""

    day: date
    short: str  #: the day
    event: str
    kind: Kind

    @property
    def whole(self) -> str:
        """The day and what happened."""
        return f"{self.short} · {self.event}" if self.event else self.short


@dataclass(frozen=True, slots=True)
class Point:
    """A day on the line."""

    label: str
    kind: Kind
    left: float  #: percent
    lane: int  #: of the label, from 0 at the axis


@dataclass(frozen=True, slots=True)
class Timeline:
    """A story and what it follows up."""

    points: tuple[Point, ...]  #: oldest first
    height: int  #: px

    @property
    def axis(self) -> int:
        """How far below the top the line runs, in px."""
        return self.height - _AXIS

    def base(self, point: Point) -> int:
        """Give how far below the top a label stands, in px."""
        return self.axis - _STEM - LANE * point.lane


@dataclass(frozen=True, slots=True)
class Day:
    """A day of something that lasts: the articles of that day, and the words that name it."""

    label: str
    number: str
    weekday: str
    left: float  #: percent, the middle
    articles: int
    height: int  #: px
    words: tuple[Quote, ...]  #: empty where no article says that it happened on this day


@dataclass(frozen=True, slots=True)
class Strip:
    """The days of something that lasts, without a gap."""

    days: tuple[Day, ...]
    width: float  #: percent of one bar


def timeline(entry: Entry, words: Words, year: int) -> Timeline | None:
    """Put a story and the earlier ones that it follows up on a line; None where fewer than two have a day."""
    if entry.event_date is None:
        return None
    marks = [
        Mark(one.event_date, words.day(one.event_date, year, "short"), _event(one.event_type, words), _kind(one))
        for one in entry.earlier
        if one.event_date
    ]
    if not marks:
        return None
    year = min(marks, key=lambda mark: mark.day).day.year  # beside days of another year, the own one says its year too
    return placed([*marks, Mark(entry.event_date, words.day(entry.event_date, year, "short"), "", "now")])


def history(dossier: DossierWeek, words: Words) -> Timeline | None:
    """Put the facts of a dossier on a line, and the day that moved it where that is of this week.

    A fact of which only a month or a year is known stands on its first day. None for fewer than two days.
    """
    marks = [
        Mark(date.fromisoformat(f"{one.day}-01-01"[:10]), words.partial(one.day), "", "before")
        for one in dossier.timeline
    ]
    if dossier.moved and dossier.since:
        marks.append(Mark(dossier.since, words.partial(dossier.since.isoformat()), "", "now"))
    return placed(marks) if len(marks) > 1 else None


def _event(code: str, words: Words) -> str:
    return "" if code in {"", "other"} else words.label("event", code)


def _kind(earlier: Earlier) -> Kind:
    return "baseline" if earlier.baseline else "before"


def placed(marks: Sequence[Mark]) -> Timeline:
    """Place days by the time between them; labels stand to the right of their stems, with the event where it has room.

    From the right: a label goes one lane above all whose stems it would cross, so that no stem runs through a label.
    """
    marks = sorted(marks, key=lambda mark: mark.day)
    first, last = marks[0].day, marks[-1].day
    reserved = _share(max(_width(mark.short) for mark in marks))
    scale = (100 - _EDGE - reserved) / max((last - first).days, 1)
    lefts = [_EDGE + scale * (mark.day - first).days for mark in marks]
    labels = [
        mark.whole if left + _share(_width(mark.whole)) <= _ALL else mark.short
        for mark, left in zip(marks, lefts, strict=True)
    ]
    lanes = [0] * len(marks)
    for at in reversed(range(len(marks))):
        end = lefts[at] + _share(_width(labels[at]))
        lanes[at] = max((lanes[one] + 1 for one in range(at + 1, len(marks)) if lefts[one] < end), default=0)
    points = zip(labels, (mark.kind for mark in marks), lefts, lanes, strict=True)
    return Timeline(tuple(Point(*one) for one in points), LANE * (max(lanes) + 1) + _AXIS + _STEM)


def _width(label: str) -> int:
    """Give the pixels that a label takes at most, from its stem to the next thing."""
    return COLUMN * columns(label) + _GAP


def _share(width: int) -> float:
    """Give pixels as percent of the narrowest drawing; on any wider one the same label takes less."""
    return _ALL * width / NARROW


def strip(entry: Entry, words: Words, year: int) -> Strip | None:
    """Lay out the days of an event that lasts, where its articles name two or more; None for any other."""
    named = _named(entry)
    if entry.event_type not in _LASTING or len(named) < 2:  # noqa: PLR2004 - one day is no row of days
        return None
    published = Counter([one.title.day for one in entry.reports if one.title.day])
    first, last = min(named) - _AROUND, max(named) + _AROUND
    shown = sorted(day for day in {*named, *published} if first <= day <= last)
    whole = (shown[-1] - shown[0]).days < _MOST_DAYS
    begin = shown[0] if whole else min(named)  # no named day may fall off the end
    count = min((shown[-1] - begin).days + 1, _MOST_DAYS)
    share = TALLEST / max(published.values(), default=1)
    days = [begin + timedelta(days=at) for at in range(count)]
    return Strip(
        days=tuple(
            Day(
                label=words.day(day, year),
                number=str(day.day),
                weekday=format_date(day, "EEE", locale=words.locale),
                left=round(_ALL * (at + 0.5) / count, 2),
                articles=published[day],
                height=round(share * published[day]),
                words=named.get(day, ()),
            )
            for at, day in enumerate(days)
        ),
        width=round(_ALL / 2 / count, 2),
    )


def _named(entry: Entry) -> dict[date, tuple[Quote, ...]]:
    """Give the days on which articles of the story say that it happens, with their words."""
    tagged = [one for one in entry.matched if one.tag.startswith("event_date:")]
    found = {date.fromisoformat(one.tag.partition(":")[2]): one.words for one in tagged}
    middle = entry.event_date
    return {day: words for day, words in found.items() if middle and abs(day - middle) <= _NEAR}
