"""What was told last week and of which nothing came: quiet is said, so that it is not taken for forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tasks.compose.desk import Desk, originals
from warehouse.issue import Earlier, Entry, Heading, Quiet, Quote, Told

QUIET = 4


def quiet(desk: Desk, told: Sequence[Told]) -> tuple[Quiet, ...]:
    """Give the stories that the last issue told in full and that nothing of the week belongs to or follows up.

    Stories are matched by their articles as well as by id: one that another took over is not quiet.
    """
    before = desk.background.before
    alive = set(_alive(told))
    full = [one for one in (before.entries if before else ()) if one.level == "full"]
    silent = [one for one in full if not alive & {one.story_id, *(report.article_id for report in one.reports)}]
    return tuple(Quiet(as_earlier(one), before.week) for one in silent[:QUIET] if before)


def as_earlier(entry: Entry) -> Earlier:
    """Make a told story the one line that a later issue tells of it."""
    spoken = [one for one in entry.headlines if not one.machine] or list(entry.headlines)
    first, *others = spoken
    return Earlier(
        story_id=entry.story_id,
        event_date=entry.event_date,
        event_type=entry.event_type,
        headline=first.text,
        headline_language=first.language,
        outlet=first.outlet,
        url=first.url,
        why="",
        baseline=False,
        others=tuple(map(_heading, others)),
        actor=entry.actor,
        counterpart=entry.counterpart,
        place=entry.place,
        topics=entry.topics,
    )


def _heading(quote: Quote) -> Heading:
    return Heading(quote.text, quote.language, quote.outlet, quote.url)


def _alive(told: Sequence[Told]) -> Iterator[str]:
    """Give the ids of the stories and articles that the week's news belongs to, and of the stories it follows up."""
    for one in told:
        if originals(one):
            yield one.story.story_id
            yield from (article.article_id for article in one.articles)
            yield from (each.story_id for each in one.earlier)
