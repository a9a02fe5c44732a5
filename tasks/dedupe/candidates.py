"""Which of many articles are worth comparing: an inverted index over what their prints hold."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from math import sqrt

from tasks.dedupe.prints import SAMPLE, Printed

_COMMON = 20  # articles that hold one shingle: more share it as background, unless all are copies of one text
_PAIRS = 2  # pairs of anchors that a translation has in common at least
_FORMULA = 500  # articles that hold one shingle: it is a formula of the trade, and no sign of a copy


class Index:
    """Sampled hashes, text hashes, twin addresses and pairs of anchors, each with the articles that hold it."""

    def __init__(self, printed: Iterable[Printed], least: float) -> None:
        self._least = least
        self._holders: defaultdict[object, list[str]] = defaultdict(list)
        self._sampled: dict[str, int] = {}
        for one in printed:
            sampled = _sampled(one)
            self._sampled[one.article.article_id] = len(sampled)
            for key in (*sampled, *_whole(one), *_beside(one)):
                self._holders[key].append(one.article.article_id)

    def near(self, one: Printed) -> Iterator[str]:
        """Give the articles that may repeat this one: equal, twins, with enough of the sample or anchors in common."""
        own = one.article.article_id
        found = {holder for key in _whole(one) for holder in self._holders[key]}
        beside = [known for key in _beside(one) if len(known := self._holders[key]) <= _FORMULA]
        found |= {other for other, count in Counter(chain(*beside)).items() if count >= _PAIRS}
        sampled = _sampled(one)
        holders = [known for key in sampled if len(known := self._holders[key]) <= _FORMULA]
        special = {other for known in holders if len(known) <= _COMMON for other in known}
        for other, count in Counter(other for known in holders for other in known).items():
            fewest = _fewest(min(len(sampled), self._sampled[other]), self._least, special=other in special)
            if count >= fewest:
                found.add(other)
        return iter(sorted(found - {own}))


def _sampled(one: Printed) -> list[int]:
    return [value for value in one.fingerprint.sample if value % SAMPLE == 0]


def _whole(one: Printed) -> Iterator[str]:
    if one.fingerprint.body_hash:
        yield "text " + one.fingerprint.body_hash
    if one.fingerprint.twin:
        yield "twin " + one.fingerprint.twin


def _beside(one: Printed) -> set[tuple[str, str]]:
    """Pair each anchor with the next two, whichever comes first: what a translation keeps, and few others have."""
    keys = [anchor.key for anchor in one.anchors]
    return {(min(pair), max(pair)) for step in (1, 2) for pair in zip(keys, keys[step:], strict=False)}


def _fewest(sampled: int, least: float, *, special: bool) -> int:
    """Give the count of shared hashes below which a copy hardly ever falls: two sigmas of the binomial.

    Where all that is shared is common to many, it must be as much as a copy shares on the average.
    """
    mean = sampled * least
    return max(1, int(mean - 2 * sqrt(mean * (1 - least)) if special else mean))
