"""What composing takes in: the week's stories with everything known of them, its sources, and what is followed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from warehouse.issue.kinds import Name, Titles
from warehouse.records import Article, Duplicate, Judgement, Membership, Relevance, Source, Story


@dataclass(frozen=True, slots=True)
class Heading:
    """A headline of an earlier story in one more language."""

    headline: str
    headline_language: str
    outlet: str
    url: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier story that this one follows up, as one line; with the fields that a line from tags is made of."""

    story_id: str
    event_date: date | None
    event_type: str
    headline: str
    headline_language: str
    outlet: str
    url: str
    why: str
    baseline: bool
    others: tuple[Heading, ...] = ()  #: its headlines in further languages, one each
    actor: Name | None = None
    counterpart: Name | None = None
    place: Name | None = None
    topics: tuple[str, ...] = ()  #: codes, strongest first


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
class Near:
    """An article that names both countries and was not held to be about them."""

    article: Article
    relevance: Relevance
    score: float
    parts: tuple[tuple[str, float], ...]  #: named parts that the score is the sum of


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


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a dossier's timeline: something that happened, and where that was read."""

    day: str  #: 2024-11-30, or 2024-11 or 2024 where no more is sure
    said: Titles
    source: str
    url: str  #: "" where the source is a document that has no address of its own
    as_of: date  #: day of the source


@dataclass(frozen=True, slots=True)
class Dossier:
    """A matter that is followed for years. Data: shipped in seeds/dossiers.toml, a user's own lie over them."""

    dossier_id: str
    titles: Titles
    terms: Mapping[str, tuple[str, ...]]  #: by language, as tasks.compose.terms reads them
    names: tuple[Name, ...]  #: its people and organisations
    timeline: tuple[Fact, ...]  #: oldest first
    audience: tuple[str, ...] = ()  #: topic codes or names of groups whose readers get it; () for everybody


@dataclass(frozen=True, slots=True)
class Theme:
    """What official texts of both sides are set side by side by (seeds/themes.csv)."""

    theme_id: str
    titles: Titles
    terms: Mapping[str, tuple[str, ...]]  #: by language, as a dossier's
