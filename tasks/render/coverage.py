"""What was looked at and what could not be, as one rendering says it: counts, the statement, the faults."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tasks.render.words import Words
from warehouse.issue import Count, Issue, Trouble

_KINDS = ("failed", "frozen", "empty", "gap")
_FULL_BAR = 100


@dataclass(frozen=True, slots=True)
class Bar:
    """A count beside its usual level; lengths in percent of the longest."""

    label: str
    articles: str
    usual: str  #: "" with nothing to compare with
    length: int
    usual_length: int


@dataclass(frozen=True, slots=True)
class Fault:
    """An outlet of which something could not be had, and why."""

    outlet: str
    outlet_language: str
    detail: str  #: in brackets after the name, "" when there is nothing to add
    error: str  #: as recorded, for the browser edition


def bars(counts: Sequence[Count], words: Words, table: str) -> tuple[Bar, ...]:
    """Set the counts of languages or topics (`table`) beside their usual levels."""
    longest = max((max(one.articles, one.average or 0) for one in counts), default=0) or 1
    return tuple(
        Bar(
            label=words.tongue(one.key) if table == "language" else words.capital(words.label(table, one.key)),
            articles=words.number(one.articles),
            usual="" if one.average is None else words.number(one.average),
            length=round(_FULL_BAR * one.articles / longest),
            usual_length=round(_FULL_BAR * (one.average or 0) / longest),
        )
        for one in counts
    )


def statement(issue: Issue, words: Words) -> str:
    """State in one line what was checked, what answered, and what came without a date or a text."""
    coverage = issue.coverage
    parts = [("checked", coverage.checked), ("answered", coverage.answered)]
    parts += [(key, n) for key, n in (("undated", coverage.undated), ("summary_only", coverage.summary_only)) if n]
    return words.separator.join(words.say(key, n) for key, n in parts) + words.stop


def warnings(issue: Issue, words: Words) -> tuple[Fault, ...]:
    """Name the major outlets that could not be looked at, for the top of the issue."""
    return _faults((one for one in issue.coverage.troubles if one.major and one.kind == "failed"), issue, words)


def grouped(issue: Issue, words: Words) -> tuple[tuple[str, tuple[Fault, ...]], ...]:
    """Name all outlets of which something could not be had, by the kind of trouble."""
    groups = (
        (kind, _faults((one for one in issue.coverage.troubles if one.kind == kind), issue, words)) for kind in _KINDS
    )
    return tuple((words.label("trouble", kind), faults) for kind, faults in groups if faults)


def _faults(troubles: Iterable[Trouble], issue: Issue, words: Words) -> tuple[Fault, ...]:
    """Name each outlet once a reason, however many of its sources have it."""
    groups: dict[tuple[str, str], list[Trouble]] = {}
    for one in troubles:
        groups.setdefault((one.outlet, one.state), []).append(one)
    return tuple(_fault(group, issue.first_day.year, words) for group in groups.values())


def _fault(group: Sequence[Trouble], year: int, words: Words) -> Fault:
    first = group[0]
    days: list[date] = [one.since for one in group if one.since]
    parts = [
        words.label("outcome", first.state) if first.kind == "failed" else "",
        words.say("since", day=words.day(min(days), year, "short")) if days else "",
        words.say("sources", len(group)) if len(group) > 1 else "",
    ]
    text = words.separator.join(part for part in parts if part)
    return Fault(first.outlet, first.outlet_language, words.say("bracket", text=text) if text else "", first.error)
