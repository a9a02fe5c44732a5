"""Which passages a copy shares with what it was compared with: their characters in both texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import TypeVar

from tasks.dedupe.bounds import BOUNDS, Bounds
from tasks.dedupe.compare import twins
from tasks.dedupe.prints import Placed, Printed, placed
from tasks.dedupe.translations import Agreement, translated
from warehouse.records import Anchor, Article, Shared, Words

_MOST = 5  # passages, the longest
_NAMED = 12  # anchors that a translation is shown by
_LONG = 60  # shingles of a passage that are shown: a whole text would only repeat it
_SURELY = 500  # characters that hold so many, as a rule
_CUT = _LONG + 5  # shingles of a beginning, of which the last may end within a word that was cut
_TRIED = 4  # places of one shingle from which a passage is followed: a refrain has many

Run = tuple[int, int, int]  #: first shingle here, first shingle there, how many
R = TypeVar("R", Run, tuple[int, int])


def passages(one: Printed, other: Printed, bounds: Bounds = BOUNDS) -> tuple[Shared, ...]:
    """Give the longest passages that two texts share, in the order of the first.

    Of twins it is what their addresses share; of a translation names, figures and days.

    Words are the same but for case, width, diacritics and marks. Where the other text is not held, passages are known
    by its sample: shorter ones, without their place there. Where the first is not held, nothing is shown.
    """
    if twins(one, other):
        slug = one.fingerprint.twin.partition("/")[2]
        return (Shared("address", one.fingerprint.twin, _address(one.article, slug), _address(other.article, slug)),)
    if agreed := translated(one, other, bounds):
        return tuple(_anchors(one, other, agreed))
    if one.article.text == other.article.text:
        return tuple(_beginning(one.article, other.article))
    here = placed(one.article.text)
    if not other.article.text:
        return tuple(
            Shared("passage", "", _passage(one.article, here, start, size), None)
            for start, size in _longest(_sampled(here, frozenset(other.fingerprint.sample)))
        )
    there = placed(other.article.text)
    return tuple(
        Shared("passage", "", _passage(one.article, here, start, size), _passage(other.article, there, begin, size))
        for start, begin, size in _longest(_runs(here, there))
    )


def _beginning(one: Article, other: Article) -> Iterator[Shared]:
    """Give what is shown of one text twice: all of it is shared, and the words with which it begins say so."""
    first = _first(one.text[:_SURELY])
    if len(first) < _CUT and len(one.text) > _SURELY:
        first = _first(one.text)
    if first:
        yield Shared("passage", "", *(_passage(article, first, 0, len(first)) for article in (one, other)))


@lru_cache(maxsize=64)  # many have the text of one agency
def _first(text: str) -> list[Placed]:
    return placed(text)


def _anchors(one: Printed, other: Printed, agreed: Agreement) -> Iterator[Shared]:
    """Give the common anchors, in the order of the first text."""
    here, there = ({anchor.key: anchor for anchor in side.anchors} for side in (one, other))
    for key in agreed.keys[:_NAMED] if one.article.text else ():
        kind, _, value = key.partition(":")
        words = _words(other.article, there[key]) if other.article.text else None
        yield Shared(kind, value, _words(one.article, here[key]), words)


def _words(article: Article, anchor: Anchor) -> Words:
    return Words("text", anchor.start, anchor.end, article.text[anchor.start : anchor.end])


def _longest(runs: Iterator[R]) -> list[R]:
    """Give the longest runs in order; the last number of a run is its length."""
    return sorted(sorted(runs, key=lambda run: (-run[-1], run))[:_MOST])


def _runs(here: Sequence[Placed], there: Sequence[Placed]) -> Iterator[Run]:
    """Follow what both hold as far as it goes, from the first shingle here to the last."""
    places: defaultdict[int, list[int]] = defaultdict(list)
    for begin, one in enumerate(there):
        places[one.value].append(begin)
    start = 0
    while start < len(here):
        known = places.get(here[start].value, [])[:_TRIED]
        size, begin = max(((_common(here, there, start, begin), -begin) for begin in known), default=(0, 0))
        if size:
            yield start, -begin, size
        start += max(1, size)


def _common(here: Sequence[Placed], there: Sequence[Placed], start: int, begin: int) -> int:
    size = 0
    for one, other in zip(islice(here, start, None), islice(there, begin, None), strict=False):
        if one.value != other.value:
            break
        size += 1
    return size


def _sampled(here: Sequence[Placed], sample: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Give the runs of shingles that overlap and are in the sample of the other text."""
    start = size = 0
    for index, one in enumerate(here):
        if one.value not in sample:
            continue
        if size and one.start < here[start + size - 1].end:
            size = index - start + 1
            continue
        if size:
            yield start, size
        start, size = index, 1
    if size:
        yield start, size


def _passage(article: Article, shingles: Sequence[Placed], start: int, size: int) -> Words:
    first, last = shingles[start].start, shingles[start + min(size, _LONG) - 1].end
    return Words("text", first, last, article.text[first:last])


def _address(article: Article, slug: str) -> Words:
    start = max(0, article.url.find(slug))
    end = start + len(slug) if slug in article.url else len(article.url)
    return Words("url", start, end, article.url[start:end])
