"""One story as the issue tells it. All languages are kept: every rendering picks its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from warehouse.issue.kinds import Level, Name, Quote, Section, Status, Titles
from warehouse.issue.taken import Earlier


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
    told_in: str = ""  #: week of the last issue, where that told the story


@dataclass(frozen=True, slots=True)
class Strand:
    """A part of a story of several days: the talks, the signing, the business forum, the royal house, ..."""

    code: str
    first: date | None
    last: date | None
    articles: int  #: voices, in this week or before
    headlines: tuple[Quote, ...]  #: one a language, best first; another article's than the entry's where there is one


@dataclass(frozen=True, slots=True)
class ThemeSaid:
    """What one official text says on a theme, in its own sentences."""

    theme_id: str
    titles: Titles
    sentences: tuple[Quote, ...]  #: best first: what says this and least else


@dataclass(frozen=True, slots=True)
class OfficialText:
    """An official text on the story's event, held in full. A theme of the issue that `said` lacks is not in it."""

    title: Quote  #: its side and language are the text's
    said: tuple[ThemeSaid, ...]


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
    days: tuple[date, date] | None = None  #: first and last day of a story with strands
    strands: tuple[Strand, ...] = ()  #: at most six, by day
    officials: tuple[OfficialText, ...] = ()  #: of both sides or none; best of each side and language
    dossiers: tuple[str, ...] = ()  #: ids of the dossiers that it moves; the words stand in `matched`
