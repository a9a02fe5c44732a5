"""A frozen issue to the bytes that readers of one language get: subject, HTML and text of the mail, browser edition."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.render.edition import edition
from tasks.render.fill import mail, text, web
from tasks.render.neighbours import Beside
from tasks.render.page import Page, page
from tasks.render.safe import safe_url
from tasks.render.view import Card, cards, demoted
from tasks.render.words import Language, Words, words
from warehouse.issue import Issue, Level, Rendering

__all__ = ["BUDGET", "Beside", "Language", "render"]

BUDGET = 90 * 1024  # bytes of HTML: Gmail clips a mail at about 102 KB, and the footer with it
LONGEST_SUBJECT = 70
_ALONE = Beside()
_LADDER: tuple[tuple[Level, Level], ...] = (("full", "short"), ("short", "line"), ("line", "omitted"))


def render(issue: Issue, language: Language, archive_url: str = "", beside: Beside = _ALONE) -> Rendering:
    """Render an issue for readers of a language; the same issue gives the same bytes.

    `archive_url` is the address of this issue's browser edition; without one nothing links to it. `beside` names what
    lies in the folder of that edition.
    """
    chosen = words(language)
    made = cards(issue, chosen)
    address = safe_url(archive_url)
    subject = _subject(issue, made, chosen)
    laid, html = _within_budget(issue, made, chosen, address, subject)
    everything = tuple(one.entry.story_id for one in made)
    whole = page(issue, demoted(made, "full", frozenset(everything)), chosen, address)
    return Rendering(issue.week, language, subject, html, text(laid), web(edition(whole, beside), subject))


def _within_budget(issue: Issue, made: Sequence[Card], chosen: Words, address: str, subject: str) -> tuple[Page, str]:
    """Fill the mail as high on the ladder as the budget allows: each step down is smaller, so the search halves it."""

    def filled(some: Sequence[Card]) -> tuple[Page, str]:
        laid = page(issue, some, chosen, address)
        return laid, mail(laid, subject, _preheader(some))

    best = filled(made)
    if len(best[1].encode()) <= BUDGET:
        return best
    steps = _ladder(made)
    above, below = 0, len(steps) - 1
    best = filled(steps[below])
    while below - above > 1:
        middle = (above + below) // 2
        tried = filled(steps[middle])
        if len(tried[1].encode()) <= BUDGET:
            below, best = middle, tried
        else:
            above = middle
    return best


def _ladder(made: Sequence[Card]) -> list[tuple[Card, ...]]:
    """Give the entries at every step down: each takes the lowest of the highest level; the top story stays."""
    steps = [tuple(made)]
    for above, below in _LADDER:
        while held := [one.entry.story_id for one in steps[-1][1:] if one.level == above]:
            steps.append(demoted(steps[-1], below, frozenset(held[-1:])))
    return steps


def _subject(issue: Issue, made: Sequence[Card], chosen: Words) -> str:
    """Name the first of the top stories that has a headline in the reader's language, and the product after it."""
    if not made:
        return f"{chosen.say('none_in_cut_subject' if issue.cut else 'quiet_subject')} · {chosen.product}"
    tail = f" · {chosen.product}"
    first = next((one for one in made[:4] if one.in_language and one.title), made[0])
    return shortened(first.about, LONGEST_SUBJECT - len(tail)) + tail


def _preheader(made: Sequence[Card]) -> str:
    """Say what an inbox shows beside the subject: the next stories that the reader can read."""
    return " · ".join(one.title.text for one in made[1:6] if one.title and one.in_language)


def shortened(content: str, room: int) -> str:
    """Cut a line to at most `room` characters, at a space where one is near, with an ellipsis."""
    if len(content) <= room:
        return content
    cut = content[: room - 1]
    at = cut.rfind(" ")
    return (cut[:at] if at > room // 2 else cut).rstrip(" ,;:–-、。") + "…"
