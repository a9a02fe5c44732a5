"""Figures as reported, and the days ahead that stories name: each in the words of an article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tasks.compose.asof import Dated, dated
from tasks.compose.desk import Desk, voices
from tasks.compose.words import grams
from tasks.text import is_cjk, sentences
from warehouse.issue import Ahead, Figure, Quote, Rival, Told
from warehouse.records import Amount, Article, Evidence

FIGURES_A_STORY, FIGURES_A_WEEK = 2, 8
AHEAD_A_STORY, AHEAD_A_WEEK = 2, 10
# Figures below these are details of their stories: prices, fines, the four who were arrested.
_LEAST = {"people": 100, "JPY": 1e6, "USD": 1e4, "EUR": 1e4, "VND": 1e8, "KRW": 1e7, "CNY": 1e5, "NOK": 1e5}
_LONGEST, _LONGEST_CJK = 260, 130  # characters of a sentence that is quoted for the day it names

OLDEST = 5  # years before the week's: what is older is history, not a figure
_ROUNDED, _NEAR = 0.01, 1.25  # values that are one, and values of which one contradicts the other
_ALIKE = 0.4  # share of the shorter sentence's words

_Key = tuple[str, float]


@dataclass(frozen=True, slots=True)
class _Said:
    """A figure in one article."""

    quote: Quote
    subject: str
    sentence: str
    dated: Dated | None


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
    groups: defaultdict[_Key, list[_Said]] = defaultdict(list)
    for key, said in _amounts(desk, told):
        groups[key].append(said)
    order = sorted(groups, key=lambda key: (-len(_reports(groups[key])), not any(one.subject for one in groups[key])))
    chosen: list[_Key] = []
    for key in order:
        if not any(_same(key, one) or _rivals(groups, key, one) for one in chosen):
            chosen.append(key)
    return [_figure(told, key, groups) for key in chosen[:FIGURES_A_STORY]]


def _figure(told: Told, key: _Key, groups: Mapping[_Key, Sequence[_Said]]) -> Figure:
    rivals = [one for one in groups if _rivals(groups, key, one)]
    dated = [one.dated for one in groups[key] if one.dated]
    years = {one.year for one in dated}
    return Figure(
        told.story.story_id,
        key[1],
        key[0],
        _reports(groups[key]),
        tuple(Rival(value, _reports(groups[unit, value])) for unit, value in sorted(rivals)),
        as_of=tuple({one.words.language: one.words for one in reversed(dated)}.values()) if len(years) == 1 else (),
        year=min(years) if len(years) == 1 else 0,
        old=len(years) == 1 and all(one.old for one in dated),
    )


def _reports(said: Sequence[_Said]) -> tuple[tuple[Quote, str], ...]:
    """Give one report a language: the first, or the first that says what it counts."""
    best: dict[str, _Said] = {}
    for one in said:
        held = best.get(one.quote.language)
        if held is None or (one.subject and not held.subject):
            best[one.quote.language] = one
    return tuple((one.quote, one.subject) for one in best.values())


def _same(one: _Key, other: _Key) -> bool:
    """Say whether two values are one, rounded."""
    return one[0] == other[0] and abs(one[1] - other[1]) <= _ROUNDED * max(one[1], other[1])


def _rivals(groups: Mapping[_Key, Sequence[_Said]], one: _Key, other: _Key) -> bool:
    """Say whether outlets disagree: values near each other that no article has both of, said of the same and one time.

    In one language the two sentences must share words; across languages nearness has to do.
    """
    if one[0] != other[0] or _same(one, other) or max(one[1], other[1]) > _NEAR * min(one[1], other[1]):
        return False
    if {each.quote.article_id for each in groups[one]} & {each.quote.article_id for each in groups[other]}:
        return False
    years = [{each.dated.year for each in groups[key] if each.dated} for key in (one, other)]
    if all(years) and years[0].isdisjoint(years[1]):
        return False
    pairs = [(a, b) for a in groups[one] for b in groups[other] if a.quote.language == b.quote.language]
    return not pairs or any(_alike(a.sentence, b.sentence) for a, b in pairs)


def _alike(one: str, other: str) -> bool:
    first, second = grams(one), grams(other)
    return len(first & second) >= _ALIKE * min(len(first), len(second))


def _amounts(desk: Desk, told: Told) -> Iterator[tuple[_Key, _Said]]:
    for article in voices(told):
        judgement = told.judgements.get(article.article_id)
        for amount in judgement.amounts if judgement else ():
            start = article.text.find(amount.text) if amount.text and _tells(amount) else -1
            if start >= 0:
                said = _said(desk, article, amount, start)
                if not said.dated or said.dated.year >= desk.week.monday.year - OLDEST:
                    yield (amount.unit, float(f"{amount.value:.6g}")), said


def _said(desk: Desk, article: Article, amount: Amount, start: int) -> _Said:
    end = start + len(amount.text)
    around = next(((a, b) for a, b in sentences(article.text) if a <= start < b), (start, end))
    quote = desk.quote(article, "text", start, end)
    return _Said(quote, amount.subject, article.text[slice(*around)], dated(desk, article, around, (start, end)))


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
