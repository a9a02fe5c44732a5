"""All issues on one page, the newest first, with how much was told week by week: a drawing, and a table of the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from tasks.render import fill
from tasks.render.neighbours import Beside
from tasks.render.shelf import Shelved
from tasks.render.words import Language, words

WEEKS = 26  # in the drawing; the list below it has all
TALLEST = 64  # px
_LABELS = 6  # week numbers under the drawing, so that they fit the narrowest screen
_NUMBERS = 9  # up to so many weeks, each bar says its number
_ALL = 100


@dataclass(frozen=True, slots=True)
class Bar:
    """One week in the drawing and in its table."""

    week: str
    number: str  #: of the week, where it is written under the bar
    issue: Shelved | None  #: None: no issue, since no source answered
    left: float  #: percent, the middle
    width: float  #: percent
    height: int  #: px
    count: str  #: above the bar, where there is room


def index(issues: Sequence[Shelved], language: Language, beside: Beside) -> str:
    """Fill the page that lists issues; the same issues give the same bytes."""
    shelf = sorted(issues, key=lambda one: one.week, reverse=True)
    return fill.index(issues=shelf, bars=bars(shelf), beside=beside, w=words(language), tallest=TALLEST)


def bars(issues: Sequence[Shelved]) -> tuple[Bar, ...]:
    """Draw the last weeks of one issue or more, oldest first; a week without an issue keeps its place, empty."""
    known = {one.first_day: one for one in issues}
    span = (max(known) - min(known)).days // 7 + 1
    count = min(span, WEEKS)
    mondays = [max(known) - timedelta(weeks=back) for back in reversed(range(count))]
    most = max((known[day].articles for day in mondays if day in known), default=0) or 1
    every = -(-count // _LABELS)
    made = []
    for at, day in enumerate(mondays):
        year, number, _ = day.isocalendar()
        one = known.get(day)
        made.append(
            Bar(
                week=f"{year}-W{number:02}",
                number=f"W{number:02}" if (count - 1 - at) % every == 0 else "",
                issue=one,
                left=round(_ALL * (at + 0.5) / count, 2),
                width=round(min(_ALL * 0.6 / count, 12), 2),
                height=round(TALLEST * one.articles / most) if one else 0,
                count=str(one.articles) if one and count <= _NUMBERS else "",
            )
        )
    return tuple(made)
