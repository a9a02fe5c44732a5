"""What two articles of a story have in common, each thing with its words in both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Final, Literal

from tasks.cluster.matters import terms_of
from tasks.cluster.pairs import Weighed
from tasks.cluster.reasons import common
from tasks.cluster.signature import DEPTH, Judged
from tasks.figures import Span, days_at, figures_at
from tasks.text import Folded, fold_back
from warehouse.records import Shared, Words

_NAMED = ("person", "organisation", "place")
_KINDS = (*_NAMED, "matter", "figure")
_FIELDS: Final[tuple[Literal["title", "text"], ...]] = ("title", "text")
_WORDS = re.compile(r"[^\W_]+(?:[-+'’&][^\W_]+)*")
_UNSPACED = re.compile("[\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]")
_BEGINNING = 80  # characters of a text that stand for it where there is no title


def shared(here: Judged, there: Judged, one: Weighed, other: Weighed) -> tuple[Shared, ...]:
    """Give what two articles share, weightiest first within each kind; something always where the first is held.

    People, organisations, places, matters, figures, days; where none of them is shared, names that only the texts
    have; else the titles, which resemble each other.
    """
    keys = [(kind, key) for kind in _KINDS for key in common(one, other, kind)]
    keys += [("day", day.isoformat()) for day in sorted(one.signature.set_on & other.signature.set_on)]
    found = list(_both(here, there, keys))
    found = found or list(_both(here, there, [("name", key) for key in common(one, other, "name")]))
    return tuple(found or _fronts(here, there))


def _both(here: Judged, there: Judged, keys: list[tuple[str, str]]) -> Iterator[Shared]:
    for kind, key in keys:
        if words := _words(here, kind, key):
            yield Shared(kind, key, words, _words(there, kind, key))


def _fronts(here: Judged, there: Judged) -> Iterator[Shared]:
    mine, theirs = _front(here), _front(there)
    if mine:
        yield Shared("title" if mine.field == "title" else "lead", "", mine, theirs)


def _front(one: Judged) -> Words | None:
    if one.article.title.strip():
        return _cite(one, "title", (0, len(one.article.title)))
    end = len(one.article.text[:_BEGINNING])
    return _cite(one, "text", (0, end)) if one.article.text.strip() else None


def _words(one: Judged, kind: str, key: str) -> Words | None:
    """Find where an article has a key, in the title before the text."""
    if kind in _NAMED:
        tag = f"{kind}:{key}"
        said = next((words for words in one.judgement.evidence if words.tag == tag), None)
        return Words(said.field, said.start, said.end, said.text) if said else None
    for field in _FIELDS:
        source = one.article.title if field == "title" else one.article.text[:DEPTH]
        if span := _place(source, kind, key, one.judgement.language or one.article.language):
            return _cite(one, field, span)
    return None


def _place(source: str, kind: str, key: str, language: str) -> Span | None:
    if kind == "matter":
        return _term(source, key, language)
    if kind == "name":
        return next((one.span() for one in _WORDS.finditer(source) if fold_back(one.group()).text == key), None)
    folded, figures, days = _scanned(source)
    if kind == "figure":
        span = figures.get(key)
    else:
        day = date.fromisoformat(key)
        span = days.get((day.month, day.day))
    return folded.span(*span) if span else None


@lru_cache(maxsize=256)  # the articles of the stories at hand: each is compared with several others
def _scanned(source: str) -> tuple[Folded, dict[str, Span], dict[tuple[int, int], Span]]:
    """Give a text folded, with the first place of each figure and of each day."""
    folded = fold_back(source)
    return folded, dict(reversed(list(figures_at(folded.text)))), dict(reversed(list(days_at(folded.text))))


def _term(source: str, matter: str, language: str) -> Span | None:
    """Find the first term of a matter as the table spells it, whatever the case."""
    spans = [found.span() for term in terms_of(matter, language) for found in [_pattern(term).search(source)] if found]
    return min(spans, key=lambda span: (span[0], -span[1]), default=None)


@lru_cache(maxsize=4096)
def _pattern(term: str) -> re.Pattern[str]:
    if _UNSPACED.search(term):
        return re.compile(re.escape(term), re.IGNORECASE)
    return re.compile(r"(?<![^\W_])" + r"[\W_]+".join(map(re.escape, term.split(" "))) + r"(?![^\W_])", re.IGNORECASE)


def _cite(one: Judged, field: Literal["title", "text"], span: Span) -> Words:
    source = one.article.title if field == "title" else one.article.text
    start, end = span
    end -= len(source[start:end]) - len(source[start:end].rstrip())
    return Words(field, start, end, source[start:end])
