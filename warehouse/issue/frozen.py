"""One week, frozen: everything that any rendering in any language reads, and the bytes that come of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Literal

from pydantic import TypeAdapter

from warehouse.issue.desk import ByHand, Cut
from warehouse.issue.entry import Entry, Person, Report
from warehouse.issue.kinds import Name, Quote, Titles
from warehouse.issue.taken import Dossier, Earlier, Fact, Near, Theme
from warehouse.records import Relevance, Side


@dataclass(frozen=True, slots=True)
class Rival:
    """Another value that an outlet gives for the same thing; one report a language."""

    value: float
    reports: tuple[tuple[Quote, str], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A sum or count reported in the week; one report a language."""

    story_id: str
    value: float
    unit: str
    reports: tuple[tuple[Quote, str], ...]  #: the characters of the figure, and what it counts in the same article
    rivals: tuple[Rival, ...] = ()  #: where outlets disagree
    as_of: tuple[Quote, ...] = ()  #: the words that date it, one a language; () for the day of the report
    year: int = 0  #: that these words name, 0 for none
    old: bool = False  #: of an earlier year than the week


@dataclass(frozen=True, slots=True)
class Ahead:
    """A day after the week that its stories name."""

    day: date
    story_id: str
    quotes: tuple[Quote, ...]  #: the sentence that names the day, or the headline where it may not be quoted


@dataclass(frozen=True, slots=True)
class Trouble:
    """A source that did not do what it does in other weeks."""

    kind: Literal["failed", "frozen", "empty", "gap"]
    source_id: str
    outlet: str
    outlet_language: str
    side: Side
    major: bool
    state: str  #: outcome of the last check
    error: str
    since: date | None


@dataclass(frozen=True, slots=True)
class Count:
    """Articles of the week under one key, and in the usual week."""

    key: str
    articles: int
    average: float | None  #: None: no earlier week to compare with


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was looked at, and what could not be."""

    checked: int  #: sources
    answered: int  #: of them at least once, and not failing at the end
    undated: int  #: items
    summary_only: int  #: articles
    troubles: tuple[Trouble, ...]
    weeks: int  #: earlier weeks in the averages
    languages: tuple[Count, ...]
    topics: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Quiet:
    """A story that the last issue told in full and of which nothing new came."""

    story: Earlier
    told_in: str  #: week of that issue


@dataclass(frozen=True, slots=True)
class DossierWeek:
    """How a dossier stands at the end of the week."""

    dossier_id: str
    titles: Titles
    moved: tuple[str, ...]  #: story_ids of this week, by rank; () for quiet
    since: date | None  #: last day that moved it: of a report, in this or an earlier issue, else of the timeline
    names: tuple[Name, ...]
    timeline: tuple[Fact, ...]  #: oldest first
    audience: tuple[str, ...] = ()  #: topic codes or groups whose readers get it; () for everybody


@dataclass(frozen=True, slots=True)
class Below:
    """An article just below the line: it names both countries and was not held to be about them."""

    title: Quote
    relevance: Relevance
    score: float
    parts: tuple[tuple[str, float], ...]  #: named parts that the score is the sum of


@dataclass(frozen=True, slots=True)
class Issue:
    """One week, frozen: everything that any rendering in any language reads."""

    week: str
    zone: str
    first_day: date
    last_day: date
    sample: bool  #: made of invented outlets
    articles: int  #: of the week, in the stories told, copies included
    outlets: int
    folded: int  #: copies among the articles
    entries: tuple[Entry, ...]  #: by rank
    repeats: tuple[Report, ...]  #: articles of the week that only copy what earlier weeks told
    ahead: tuple[Ahead, ...]  #: by day
    figures: tuple[Figure, ...]  #: most reported first
    people: tuple[Person, ...]  #: named in most stories first
    coverage: Coverage
    dossiers: tuple[DossierWeek, ...] = ()  #: those that moved first
    quiet: tuple[Quiet, ...] = ()  #: by rank in the last issue
    themes: tuple[tuple[str, Titles], ...] = ()  #: that the official texts of `entries` were searched for
    below: tuple[Below, ...] = ()  #: best first
    by_hand: ByHand = field(default_factory=ByHand)
    cut: Cut | None = None  #: None: the whole issue, as it is frozen


@dataclass(frozen=True, slots=True)
class Background:
    """What composing knows beside the week: what was told last, what is followed, and what was nearly told."""

    before: Issue | None = None  #: the last issue frozen before this week
    dossiers: tuple[Dossier, ...] = ()
    themes: tuple[Theme, ...] = ()
    below: tuple[Near, ...] = ()  #: of the week, best first


ALONE = Background()  #: a week composed by itself


@dataclass(frozen=True, slots=True)
class Rendering:
    """The bytes that readers of one language get."""

    week: str
    language: str
    subject: str
    html: str
    text: str
    web: str  #: browser edition

    @property
    def sha256(self) -> str:
        """Hash of all four parts."""
        return hashlib.sha256(f"{self.subject}\0{self.html}\0{self.text}\0{self.web}".encode()).hexdigest()


@cache
def _codec() -> TypeAdapter[Issue]:
    return TypeAdapter(Issue)


def to_json(issue: Issue) -> str:
    """Write an issue as JSON; the same issue gives the same bytes."""
    return _codec().dump_json(issue).decode()


def from_json(content: str) -> Issue:
    """Read what `to_json` wrote; raises ValueError where a field is missing or of another type."""
    return _codec().validate_json(content)
