"""The nouns of the weekly issue: what composing takes in. What it gives out stands below them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Literal

from pydantic import TypeAdapter

from warehouse.records import Article, Duplicate, Judgement, Membership, Side, Source, Story

Level = Literal["full", "short", "line", "omitted"]
Status = Literal["new", "follow-up", "grew", "corrected", "late"]
Section = Literal["politics", "security", "economy", "people", "localities", "society", "other"]


@dataclass(frozen=True, slots=True)
class Week:
    """An ISO week in the configured zone, half-open: ``start <= instant < end``, both UTC."""

    label: str  #: "2025-W18"
    start: datetime
    end: datetime
    monday: date
    zone: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier story that this one follows up, as one line."""

    story_id: str
    event_date: date | None
    event_type: str
    headline: str
    headline_language: str
    outlet: str
    url: str
    why: str
    baseline: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A story with everything known of it at the end of the week."""

    story: Story
    articles: tuple[Article, ...]  #: current revisions of all members, copies included, by first_seen
    judgements: Mapping[str, Judgement]  #: by article_id
    memberships: Mapping[str, Membership]  #: by article_id
    copies: Mapping[str, Duplicate]  #: by article_id of the copy
    old: frozenset[str]  #: article_ids first seen before this week: with new ones beside them, the story grew
    earlier: tuple[Earlier, ...]  #: nearest first
    corrected: tuple[Article, ...]  #: members whose revision of this week corrects what an earlier one said


@dataclass(frozen=True, slots=True)
class SourceWeek:
    """How one source did in the week."""

    source: Source
    checks: int
    good: int
    new_items: int
    undated: int  #: new items without a date
    summary_only: int  #: new articles of which only a summary or a title could be had
    last_state: str  #: outcome of the last check: ok, unchanged, empty, not_a_feed, blocked, failed, ...; "never"
    last_error: str
    failing_since: datetime | None
    frozen: bool  #: answers, but with nothing new against its own rhythm
    gap: bool  #: a poll without a single known entry: entries were probably missed


@dataclass(frozen=True, slots=True)
class WeekCount:
    """Articles of one week by language and by topic, for the four-week average."""

    week: str
    languages: Mapping[str, int]
    topics: Mapping[str, int]


# --- what composing gives out: the frozen issue -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Quote:
    """Characters of an article, as printed, with where they stand and whose they are."""

    text: str
    language: str  #: BCP 47 primary tag of the article
    outlet: str
    outlet_language: str  #: of the outlet's name
    side: Side
    url: str
    day: date | None  #: published, in the week's zone
    machine: bool  #: machine translation: shown beside others, never in their place
    article_id: str
    field: Literal["title", "text"]
    start: int  #: half-open code point offsets into the field as stored
    end: int


@dataclass(frozen=True, slots=True)
class Name:
    """A person, organisation or place, by its canonical label and by what readers of a language call it."""

    entity_id: str
    label: str
    side: Side
    labels: tuple[tuple[str, str], ...]  #: (language, name), where it differs from the label


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named in the week, with the role as reported; at most one role a language."""

    name: Name
    roles: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One article of a story, copies included."""

    article_id: str
    title: Quote
    fresh: bool  #: first seen in this week
    copy: Literal["", "exact", "near", "translation"]
    copied: str  #: outlet of the article that it repeats, "" for no copy or when that article is not of the story
    reason: str  #: why it is held for a copy, or why it belongs to the story; one line in English, made by rules


@dataclass(frozen=True, slots=True)
class Matched:
    """The words that caused a tag, as they stand in one article."""

    tag: str
    label: str  #: canonical name, where the tag is a person, organisation or place
    words: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """What a member of the story took back in this week."""

    title: Quote
    changed: tuple[str, ...]  #: number, name, quotation, said so


@dataclass(frozen=True, slots=True)
class Entry:
    """One story as the issue tells it. All languages are kept: every rendering picks its own."""

    story_id: str
    position: int  #: by rank, from 1
    section: Section
    level: Level
    status: Status
    score: float
    parts: tuple[tuple[str, float], ...]  #: named parts that the score is the sum of
    event_type: str
    event_date: date | None
    place: Name | None
    topics: tuple[str, ...]  #: codes, strongest first
    outlets: int  #: distinct, machine translations left out
    texts: int  #: separate texts: non-copies, once per wire origin and publisher family
    articles: int  #: of this week, copies included
    folded: int  #: copies among them
    one_sided: Literal["", "vietnam", "japan"]  #: only outlets of this side tell it
    others_working: int  #: working sources of the other side, where one-sided
    actor: Name | None
    counterpart: Name | None  #: of another side than the actor
    headlines: tuple[Quote, ...]  #: best of each language, best first, machine translations last
    sentences: tuple[Quote, ...]  #: the key sentence, one a language, best first
    people: tuple[Person, ...]
    earlier: tuple[Earlier, ...]
    corrections: tuple[Correction, ...]
    reports: tuple[Report, ...]
    matched: tuple[Matched, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A sum or count reported in the week; one report a language."""

    story_id: str
    value: float
    unit: str
    reports: tuple[tuple[Quote, str], ...]  #: the characters of the figure, and what it counts in the same article


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
