"""What the browser edition shows beyond the mail: its neighbours, and for each story drawings and a text to copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tasks.render.cable import Line, cable
from tasks.render.neighbours import Beside
from tasks.render.page import Page
from tasks.render.timeline import Strip, Timeline, history, strip, timeline
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
    lines: Mapping[str, Timeline | None]  #: by dossier_id


def edition(page: Page, beside: Beside) -> Edition:
    """Add to a laid-out issue what the browser edition shows of each story."""
    cards = [*([page.top] if page.top else []), *(card for _, some in page.sections for card in some)]
    asides = {card.entry.story_id: _aside(card, page) for card in cards}
    lines = {one.dossier_id: history(one, page.words) for one in page.issue.dossiers}
    return Edition(page, beside, asides, lines)


def _aside(card: Card, page: Page) -> Aside:
    words, issue = page.words, page.issue
    year = issue.first_day.year
    return Aside(timeline(card.entry, words, year), strip(card.entry, words, year), cable(card, words, issue.week))
