"""What a user decided about stories, as pairs of articles; and how decided pairs change what was solved."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from tasks.cluster.solve import Pair, pair
from tasks.cluster.stories import Group
from warehouse.records import Override


def decisions(overrides: Sequence[Override], told: frozenset[str]) -> tuple[frozenset[Pair], frozenset[Pair]]:
    """Give the pairs of articles, among those told, that a user put together, and those that he set apart.

    A merge is one pair, of the first articles of both stories that are still told and that no split set apart; so it
    holds when one of them is withdrawn. What is split off goes on as one story.
    """
    splits = [one for one in overrides if one.kind == "split"]
    apart = frozenset(pair(out, stayed) for one in splits for out in one.subjects for stayed in one.others)
    together = {pair(*both) for one in splits for both in pairwise(x for x in one.subjects if x in told)}
    for merge in (one for one in overrides if one.kind == "merge"):
        together |= set([both for both in links(merge, apart) if told.issuperset(both)][:1])
    return frozenset(together), apart


def links(merge: Override, apart: Collection[Pair]) -> Iterator[Pair]:
    """Give the pairs that may carry a merge, in the order of the articles."""
    every = (pair(one, other) for one in merge.subjects for other in merge.others if one != other)
    return (both for both in every if both not in apart)


def put_together(groups: Sequence[Group], together: Iterable[Pair], apart: Collection[Pair]) -> list[Group]:
    """Make one group of those that hold a pair that a user put together, unless he set two of their articles apart.

    Only after average link: whoever joins one of the two later need not resemble the other.
    """
    home = {one: group for group in groups for one in group}
    for one, other in sorted(together):
        if one in home and other in home and home[one] != home[other]:
            first, second = home[one], home[other]
            if not any(pair(a, b) in apart for a in first for b in second):
                home.update(dict.fromkeys(first | second, first | second))
    return sorted(set(home.values()), key=min)
