"""The strands of a story of several days, such as a visit: the talks, the signing, the business forum, ..."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from tasks.compose.desk import Desk, is_machine
from tasks.compose.headlines import best_of
from warehouse.issue import Quote, Strand, Told
from warehouse.records import Article

MOST = 6
LEAST = 3  # strands that make a story one of several strands where it is no visit
_NEAR = timedelta(days=10)  # of the story's day: what lies beyond is told of, not part of it


def strands(desk: Desk, told: Told, heads: Sequence[Quote]) -> tuple[Strand, ...]:
    """Give the strands of a story, at most the six that most articles tell, by day; none where it has only one.

    `heads` are the story's headlines: a strand is shown by another article where it has one.
    """
    groups: defaultdict[str, list[Article]] = defaultdict(list)
    for article in _voices(told):
        if code := _code(told, article):
            groups[code].append(article)
    if len(groups) < (2 if told.story.event_type == "visit" else LEAST):
        return ()
    largest = sorted(groups, key=lambda code: (-len(groups[code]), code))[:MOST]
    made = [_strand(desk, told, code, groups[code], {one.article_id for one in heads}) for code in largest]
    return tuple(sorted(made, key=lambda one: (one.first or date.max, one.last or date.max, -one.articles, one.code)))


def days(told: Told) -> tuple[date, date] | None:
    """Give the first and last day of a story: those on which two of its articles date what they tell, or None."""
    middle = told.story.event_date
    dates = (day for one in _voices(told) if (day := _event_date(told, one)) and middle and abs(day - middle) <= _NEAR)
    found = {day for day, times in Counter(dates).items() if times > 1}
    return (min(found), max(found)) if len(found) > 1 else None


def _common(days: Iterable[date | None]) -> list[date]:
    """Give the days that two articles or more have, else all: one alone may tell of another day."""
    found = Counter(day for day in days if day)
    return [day for day, times in found.items() if times > 1] or list(found)


def _strand(desk: Desk, told: Told, code: str, articles: Sequence[Article], headed: set[str]) -> Strand:
    dated = _common(_event_date(told, one) or desk.day(one) for one in articles)
    if span := days(told):  # what was told before the first day or after the last is not on another day
        dated = [min(max(day, span[0]), span[1]) for day in dated]
    return Strand(
        code=code,
        first=min(dated, default=None),
        last=max(dated, default=None),
        articles=len(articles),
        headlines=best_of(desk, told, articles, headed),
    )


def _voices(told: Told) -> tuple[Article, ...]:
    """Give the story's own texts, of this week and before: no copies, no machine translations."""
    return tuple(one for one in told.articles if one.article_id not in told.copies and not is_machine(told, one))


def _code(told: Told, article: Article) -> str:
    member = told.memberships.get(article.article_id)
    return member.strand if member else ""


def _event_date(told: Told, article: Article) -> date | None:
    judgement = told.judgements.get(article.article_id)
    return judgement.event_date if judgement else None
