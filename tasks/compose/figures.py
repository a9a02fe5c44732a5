"""Figures as reported, and the days ahead that stories name: each in the words of an article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from tasks.compose.desk import Desk, voices
from tasks.text import is_cjk, sentences
from warehouse.issue import Ahead, Figure, Quote, Told
from warehouse.records import Amount, Article, Evidence

FIGURES_A_STORY, FIGURES_A_WEEK = 2, 8
AHEAD_A_STORY, AHEAD_A_WEEK = 2, 10
# Figures below these are details of their stories: prices, fines, the four who were arrested.
_LEAST = {"people": 100, "JPY": 1e6, "USD": 1e4, "EUR": 1e4, "VND": 1e8, "KRW": 1e7, "CNY": 1e5, "NOK": 1e5}
_LONGEST, _LONGEST_CJK = 260, 130  # characters of a sentence that is quoted for the day it names

_Key = tuple[str, float]


def figures(desk: Desk, stories: Sequence[Told]) -> tuple[Figure, ...]:
    """Give the sums and counts that most articles report, at most two a story, with what they count."""
    found = [one for told in stories for one in _of_story(desk, told)]
    found.sort(key=lambda one: -len(one.reports))  # stable: ties stay in the order of rank
    return tuple(found[:FIGURES_A_WEEK])


def ahead(desk: Desk, stories: Sequence[Told], last_day: date) -> tuple[Ahead, ...]:
    """Give the days after the week that stories name, nearest first, at most two a story."""
    found = [one for told in stories for one in _days(desk, told, last_day)[:AHEAD_A_STORY]]
    return tuple(sorted(found, key=lambda one: one.day)[:AHEAD_A_WEEK])


def _days(desk: Desk, told: Told, last_day: date) -> list[Ahead]:
    """List a story's days ahead, nearest first, each with one quote a language."""
    found: dict[date, dict[str, Quote]] = {}
    for article in voices(told):
        judgement = told.judgements.get(article.article_id)
        for day, mark in judgement.dates_ahead if judgement else ():
            if day > last_day:
                found.setdefault(day, {}).setdefault(article.language, _around(desk, article, mark))
    return [Ahead(day, told.story.story_id, tuple(found[day].values())) for day in sorted(found)]


def _of_story(desk: Desk, told: Told) -> list[Figure]:
    groups: defaultdict[_Key, dict[str, tuple[Quote, str]]] = defaultdict(dict)
    for key, article, start, end, subject in _amounts(told):
        quote = desk.quote(article, "text", start, end)
        held = groups[key].get(article.language)
        if held is None or (subject and not held[1]):
            groups[key][article.language] = (quote, subject)
    order = sorted(groups, key=lambda key: (-len(groups[key]), not any(s for _, s in groups[key].values())))
    return [
        Figure(told.story.story_id, value, unit, tuple(groups[unit, value].values()))
        for unit, value in order[:FIGURES_A_STORY]
    ]


def _amounts(told: Told) -> Iterator[tuple[_Key, Article, int, int, str]]:
    for article in voices(told):
        judgement = told.judgements.get(article.article_id)
        for amount in judgement.amounts if judgement else ():
            start = article.text.find(amount.text) if amount.text and _tells(amount) else -1
            if start >= 0:
                key = (amount.unit, float(f"{amount.value:.6g}"))
                yield key, article, start, start + len(amount.text), amount.subject


def _tells(amount: Amount) -> bool:
    """Say whether a figure tells something outside its story: no share of nobody knows what, no small change."""
    if amount.unit == "percent":
        return bool(amount.subject)
    return bool(amount.unit) and amount.value >= _LEAST.get(amount.unit, 0)


def _around(desk: Desk, article: Article, mark: Evidence) -> Quote:
    """Quote the sentence in which a date stands, or the headline where it may not or cannot be quoted."""
    if mark.field == "text" and desk.may_quote(article):
        for start, end in sentences(article.text):
            longest = _LONGEST_CJK if is_cjk(article.text[start:end]) else _LONGEST
            if start <= mark.start and mark.end <= end and end - start <= longest:
                return desk.quote(article, "text", start, end)
    return desk.title(article)
