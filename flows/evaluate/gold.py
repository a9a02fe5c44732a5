"""Labelled articles: a gold file read and checked, and the same articles with all their events in one week."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from textwrap import shorten
from typing import Any, NoReturn, get_args

from flows.plumbing import numbered
from warehouse.errors import MendableError
from warehouse.records import DuplicateKind, Relevance
from warehouse.seeds import tables

RELEVANT = frozenset({"bilateral", "related"})
MONDAY = date(2025, 4, 28)  #: of the week into which `one_week` moves everything
LABELS = ("relevance", "topics", "language", "event", "duplicate_group")
_RELEVANCE = get_args(Relevance)
_KINDS = ("", *get_args(DuplicateKind))
_TAG = re.compile("[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class Case:
    """An article and its labels; `decided` are those of LABELS that a person gave."""

    id: str
    url: str
    title: str
    text: str
    published: str  #: a day or an instant, ISO 8601; "" where nobody knows
    language: str  #: und where no label says
    relevance: str
    topics: frozenset[str]
    event: str  #: "" where no other article tells it
    duplicate_group: str
    doubt: bool  #: another labeller could differ
    covers: tuple[str, ...]  #: the delicate themes and the traps that it tests
    decided: frozenset[str]

    @property
    def relevant(self) -> bool:
        """Whether it is labelled as one about the two countries."""
        return self.relevance in RELEVANT

    @property
    def told(self) -> str:
        """The event that it tells; an article that tells one alone is an event of its own."""
        return self.event or f"alone:{self.id}"

    @property
    def day(self) -> date | None:
        """The day on which it was published, as written."""
        return datetime.fromisoformat(self.published).date() if self.published else None

    def bare(self) -> dict[str, str]:
        """Give what `judge` takes: the article without its labels."""
        fields = {name: getattr(self, name) for name in ("id", "url", "title", "text", "published")}
        return {name: value for name, value in fields.items() if value or name in {"title", "text"}}


def read(path: Path) -> list[Case]:
    """Read a gold file (JSON Lines; tests/gold/README.md tells its fields).

    Labels that are absent or null were not decided; with a list ``decided``, those outside it were not either. Raises
    MendableError naming file, line and field for what cannot be read, for an unknown label and for an id seen before.
    """
    topics = frozenset(row["topic"] for row in tables()["topics"])
    seen: dict[str, int] = {}
    cases = []
    for number, row in numbered(path):
        case = _case(row, _Line(path, number), topics)
        if case.id in seen:
            _Line(path, number).refuse("id", case.id, f"line {seen[case.id]} has it already; give each article its own")
        seen[case.id] = number
        cases.append(case)
    if not cases:
        raise MendableError(f"{path} has no articles. Each line is one, with its labels.")
    return cases


def one_week(cases: Iterable[Case]) -> list[Case]:
    """Move the first day of each event into one week, keeping the days within an event; what has no day is left out."""
    dated = [(case, day) for case in cases if (day := case.day)]
    first: dict[str, date] = {}
    for case, day in dated:
        first[case.told] = min(day, first.get(case.told, day))
    start = {event: MONDAY + timedelta(days=place * 3 % 5) for place, event in enumerate(sorted(first))}
    return [replace(case, published=(start[case.told] + (day - first[case.told])).isoformat()) for case, day in dated]


@dataclass(frozen=True, slots=True)
class _Line:
    """Where a row stands, for the sentence that refuses it."""

    path: Path
    number: int

    def refuse(self, field: str, value: object, allowed: str) -> NoReturn:
        shown = shorten(repr(value), 60, placeholder="…")
        raise MendableError(f"{self.path}, line {self.number}: {field} is {shown}; {allowed}.")

    def choose(self, field: str, value: object, allowed: Collection[str]) -> None:
        """Refuse a value that is not among those allowed, with the nearest of them."""
        if isinstance(value, str) and value in allowed:
            return
        near = difflib.get_close_matches(str(value), [one for one in allowed if one], 1)
        names = ", ".join(one or "empty" for one in allowed)
        self.refuse(field, value, f"it is one of {names}{f' (did you mean {near[0]}?)' if near else ''}")

    def text(self, row: Mapping[str, Any], field: str, *, needed: bool = False) -> str:
        """Give a text field, "" where it is absent or null."""
        value = row.get(field)
        if not isinstance(value, str) and (needed or value is not None):
            self.refuse(field, value, "it is a text" + (" that each article has" if needed else ""))
        return value or ""


def _case(row: Mapping[str, Any], line: _Line, topics: frozenset[str]) -> Case:
    relevance, language, said = row.get("relevance"), line.text(row, "language"), row.get("topics")
    if relevance is not None:
        line.choose("relevance", relevance, _RELEVANCE)
    line.choose("duplicate_kind", line.text(row, "duplicate_kind"), _KINDS)
    if language and not _TAG.fullmatch(language):
        line.refuse("language", language, "it is a primary tag of BCP 47, such as en, vi, ja, nb or mul")
    return Case(
        id=line.text(row, "id", needed=True) or line.refuse("id", "", "each article has one"),
        url=line.text(row, "url"),
        title=line.text(row, "title", needed=True),
        text=line.text(row, "text", needed=True),
        published=_published(row, line),
        language=language or "und",
        relevance=relevance or "",
        topics=frozenset(_each("topics", said, line, sorted(topics))),
        event=line.text(row, "event"),
        duplicate_group=line.text(row, "duplicate_group"),
        doubt=bool(row.get("doubt")),
        covers=tuple(name for field in ("themes", "traps") for name in _each(field, row.get(field), line, None)),
        decided=_decided(row, line),
    )


def _each(field: str, values: object, line: _Line, allowed: Sequence[str] | None) -> list[str]:
    """Give the texts of a list, each of which must be allowed where only some are."""
    if values is None:
        return []
    if not isinstance(values, list):
        line.refuse(field, values, "it is a list")
    for value in values:
        if allowed is not None:
            line.choose(field, value, allowed)
        elif not isinstance(value, str):
            line.refuse(field, value, "it is a list of texts")
    return values


def _decided(row: Mapping[str, Any], line: _Line) -> frozenset[str]:
    given = {name for name in LABELS if row.get(name) is not None and (row[name] or name != "language")}
    named = _each("decided", row.get("decided"), line, LABELS)
    return frozenset(given if row.get("decided") is None else given & set(named))


def _published(row: Mapping[str, Any], line: _Line) -> str:
    written = line.text(row, "published")
    try:
        datetime.fromisoformat(written or "2025-04-28")
    except ValueError:
        line.refuse("published", written, "it is a day or an instant of ISO 8601, such as 2025-04-28, or empty")
    return written
