"""A frozen issue as the pages beside it show it: its week, its counts and its first headlines, without the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tasks.render.page import page
from tasks.render.view import Card, cards
from tasks.render.words import Language, Words, words
from warehouse.issue import Issue

_HEADLINES = 4


@dataclass(frozen=True, slots=True)
class Headline:
    """What one of the first stories is about, in the reader's language."""

    text: str
    from_tags: bool  #: put together from tags: no outlet said it
    outlet: str
    outlet_language: str
    reach: str
    anchor: str  #: the story's place in its page


@dataclass(frozen=True, slots=True)
class Shelved:
    """One issue in the index and the feed of a language."""

    week: str
    first_day: date
    days: str
    frozen_at: datetime
    page: str  #: file of its browser edition
    calendar: str  #: file of its dates ahead, "" where it has none
    sample: bool
    totals: str
    stories: int
    articles: int
    outlets: int
    headlines: tuple[Headline, ...]


def shelved(issue: Issue, language: Language, frozen_at: datetime, page_file: str, calendar_file: str) -> Shelved:
    """Take from a frozen issue what the index and the feed say of it."""
    chosen = words(language)
    made = cards(issue, chosen)
    return Shelved(
        week=issue.week,
        first_day=issue.first_day,
        days=chosen.week(issue.first_day, issue.last_day),
        frozen_at=frozen_at,
        page=page_file,
        calendar=calendar_file if issue.ahead else "",
        sample=issue.sample,
        totals=page(issue, made, chosen, "").totals,
        stories=len(issue.entries),
        articles=issue.articles,
        outlets=issue.outlets,
        headlines=tuple(_headline(one, chosen) for one in made[:_HEADLINES]),
    )


def _headline(card: Card, words: Words) -> Headline:
    quote = card.title
    return Headline(
        text=card.about,
        from_tags=not card.in_language,
        outlet=quote.outlet if quote else "",
        outlet_language=quote.outlet_language if quote else words.language,
        reach=card.outlets,
        anchor=f"story-{card.entry.story_id}",
    )
