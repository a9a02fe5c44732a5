"""Which of many articles are worth comparing: an inverted index over what their prints hold."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from math import sqrt

from tasks.dedupe.prints import SAMPLE, Printed

_LEAST = 0.3  # containment below which no pair is ever a copy
_FORMULA = 500  # articles that hold one shingle: it is a formula of the trade, and no sign of a copy


class Index:
    """Sampled hashes, text hashes and twin addresses of articles, each with the articles that hold it."""

    def __init__(self, printed: Iterable[Printed]) -> None:
        self._holders: defaultdict[object, list[str]] = defaultdict(list)
        self._sampled: dict[str, int] = {}
        for one in printed:
            sampled = _sampled(one)
            self._sampled[one.article.article_id] = len(sampled)
            for key in (*sampled, *_whole(one)):
                self._holders[key].append(one.article.article_id)

    def near(self, one: Printed) -> Iterator[str]:
        """Give the articles that may repeat this one: equal, twins, or with enough of the sample in common."""
        own = one.article.article_id
        found = {holder for key in _whole(one) for holder in self._holders[key]}
        sampled = _sampled(one)
        shared = Counter(
            holder for key in sampled if len(self._holders[key]) <= _FORMULA for holder in self._holders[key]
        )
        found.update(
            other for other, count in shared.items() if count >= _fewest(min(len(sampled), self._sampled[other]))
        )
        return iter(sorted(found - {own}))


def _sampled(one: Printed) -> list[int]:
    return [value for value in one.fingerprint.sample if value % SAMPLE == 0]


def _whole(one: Printed) -> Iterator[str]:
    if one.fingerprint.body_hash:
        yield "text " + one.fingerprint.body_hash
    if one.fingerprint.twin:
        yield "twin " + one.fingerprint.twin


def _fewest(sampled: int) -> int:
    """Give the count of shared hashes below which a copy falls one time in forty (two sigmas of the binomial)."""
    return max(1, int(sampled * _LEAST - 2 * sqrt(sampled * _LEAST * (1 - _LEAST))))
