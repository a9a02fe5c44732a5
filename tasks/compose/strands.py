"""The strands of a story of several days, such as a visit: the talks, the signing, the business forum, ..."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
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
    return tuple(sorted(made, key=lambda one: (one.first or date.max, one.last or date.max, one.code)))


def days(told: Told) -> tuple[date, date] | None:
    """Give the first and last day of a story, as its articles date its events; None where they name fewer than two."""
    middle = told.story.event_date
    found = {day for one in _voices(told) if (day := _event_date(told, one)) and middle and abs(day - middle) <= _NEAR}
    return (min(found), max(found)) if len(found) > 1 else None


def _strand(desk: Desk, told: Told, code: str, articles: Sequence[Article], headed: set[str]) -> Strand:
    dated = [day for one in articles if (day := _event_date(told, one) or desk.day(one))]
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
