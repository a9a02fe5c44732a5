"""What the browser edition shows beyond the mail: its neighbours, and for each story drawings and a text to copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tasks.render.beside import Beside
from tasks.render.cable import Line, cable
from tasks.render.page import Page
from tasks.render.timeline import Strip, Timeline, strip, timeline
from tasks.render.view import Card


@dataclass(frozen=True, slots=True)
class Aside:
    """What stands beside one story."""

    line: Timeline | None
    days: Strip | None
    cable: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """A page and what only the browser edition has."""

    page: Page
    beside: Beside
    asides: Mapping[str, Aside]  #: by story_id


def edition(page: Page, beside: Beside) -> Edition:
    """Add to a laid-out issue what the browser edition shows of each story."""
    cards = [*([page.top] if page.top else []), *(card for _, some in page.sections for card in some)]
    return Edition(page, beside, {card.entry.story_id: _aside(card, page) for card in cards})


def _aside(card: Card, page: Page) -> Aside:
    words, issue = page.words, page.issue
    days = strip(card.entry, words, issue.first_day.year)
    return Aside(timeline(card, words), days, cable(card, words, issue.week))
