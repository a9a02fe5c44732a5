"""Dossiers: which of them a story moves, by whose words, and since when the others are quiet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from tasks.compose.desk import Desk, voices
from tasks.compose.terms import spans
from tasks.text import sentences
from warehouse.issue import Dossier, DossierWeek, Entry, Fact, Issue, Matched, Quote, Told
from warehouse.records import Article

TAG = "dossier:"
LEAD = 2  # sentences of a text that tell what it is about
PASSING = 2  # publishers that must name a dossier where none has it in a headline or a lead
WORDS = 5  # quoted for a dossier
WORD = 40  # characters of a text that may be shown whatever its publisher allows: two words of a sentence may lie apart


def moved(desk: Desk, told: Told) -> tuple[Matched, ...]:
    """Give the dossiers that a story moves, each with the words that say so; in their own order.

    It is moved by a headline or a lead that has a term of it, or by texts of two publishers that have one anywhere.
    """
    found = ((one, list(_marks(desk, one, told))) for one in desk.background.dossiers)
    return tuple(
        Matched(TAG + one.dossier_id, dict(one.titles).get("en", one.dossier_id), _quoted(marks))
        for one, marks in found
        if any(front for _, front, _ in marks) or len({article.family for article, _, _ in marks}) >= PASSING
    )


def dossier_weeks(desk: Desk, entries: Sequence[Entry], last_day: date) -> tuple[DossierWeek, ...]:
    """Say of every dossier what moved it in the week, or since when it is quiet; those that moved stand first."""
    weeks = [_week(desk, one, entries, last_day) for one in desk.background.dossiers]
    return tuple(sorted(weeks, key=lambda one: not one.moved))


def _week(desk: Desk, dossier: Dossier, entries: Sequence[Entry], last_day: date) -> DossierWeek:
    stories = [one for one in entries if dossier.dossier_id in one.dossiers]
    timeline = tuple(one for one in dossier.timeline if _first_day(one) <= last_day)
    days = [report.title.day for one in stories for report in one.reports if report.fresh and report.title.day]
    return DossierWeek(
        dossier_id=dossier.dossier_id,
        titles=dossier.titles,
        moved=tuple(one.story_id for one in stories),
        since=min(last_day, max(days)) if days else _since(dossier.dossier_id, desk.background.before, timeline),
        names=tuple(named for one in dossier.names if (named := desk.known(one))),
        timeline=timeline,
        audience=dossier.audience,
    )


def _since(dossier_id: str, before: Issue | None, timeline: Sequence[Fact]) -> date | None:
    """Give the last day that moved a dossier, from the last issue and its own timeline."""
    told = [one.since for one in (before.dossiers if before else ()) if one.dossier_id == dossier_id and one.since]
    return max([*told, *(_first_day(one) for one in timeline)], default=None)


def _first_day(fact: Fact) -> date:
    return date.fromisoformat(f"{fact.day}-01-01"[:10])


def _marks(desk: Desk, dossier: Dossier, told: Told) -> Iterator[tuple[Article, bool, Quote]]:
    """Find a dossier's terms in a story's voices: the article, whether they stand in front, and the words."""
    for article in voices(told):
        lead = max((end for _, end in sentences(article.text)[:LEAD]), default=0)
        for start, end in spans(dossier.terms, article.language, article.title):
            yield article, True, desk.quote(article, "title", start, end)
        for start, end in spans(dossier.terms, article.language, article.text):
            if end - start <= WORD or desk.may_quote(article):
                yield article, start < lead, desk.quote(article, "text", start, end)


def _quoted(marks: Sequence[tuple[Article, bool, Quote]]) -> tuple[Quote, ...]:
    """Choose what is shown: words in front first, each once an article."""
    chosen: dict[tuple[str, str], Quote] = {}
    for article, _, quote in sorted(marks, key=lambda one: not one[1]):
        chosen.setdefault((article.article_id, quote.text), quote)
    return tuple(chosen.values())[:WORDS]
