"""The words of which an issue chooses one, and what its records have in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from warehouse.records import Side

Level = Literal["full", "short", "line", "omitted"]
Status = Literal["new", "follow-up", "grew", "corrected", "late"]
Section = Literal["politics", "security", "economy", "people", "localities", "society", "other"]
Titles = tuple[tuple[str, str], ...]  #: (language, words), one a language


@dataclass(frozen=True, slots=True)
class Week:
    """An ISO week in the configured zone, half-open: ``start <= instant < end``, both UTC."""

    label: str  #: "2025-W18"
    start: datetime
    end: datetime
    monday: date
    zone: str


@dataclass(frozen=True, slots=True)
class Name:
    """A person, organisation or place, by its canonical label and by what readers of a language call it."""

    entity_id: str
    label: str
    side: Side
    labels: tuple[tuple[str, str], ...]  #: (language, name), where it differs from the label


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
