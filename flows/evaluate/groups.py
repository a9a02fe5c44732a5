"""How well two sets or two groupings of the same articles agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping
from itertools import combinations

Groups = Mapping[str, str]  #: article id -> the name of its group
Pair = tuple[str, str]  #: two ids, in order


def agreement(truth: Collection[Hashable], guess: Collection[Hashable]) -> dict[str, float]:
    """Give precision, recall and F1 of a set against the true one; 0 where there is nothing."""
    truth, guess = set(truth), set(guess)
    hit = len(truth & guess)
    return {
        "p": hit / len(guess) if guess else 0.0,
        "r": hit / len(truth) if truth else 0.0,
        "f1": 2 * hit / (len(truth) + len(guess)) if truth or guess else 0.0,
    }


def together(groups: Groups) -> set[Pair]:
    """Give the pairs of articles that are in one group, ids in order."""
    members = defaultdict(list)
    for article, group in groups.items():
        members[group].append(article)
    return {pair for ids in members.values() for pair in combinations(sorted(ids), 2)}


def b_cubed(truth: Groups, guess: Groups) -> float | None:
    """Give the F1 of two means over articles: how pure the group of each is, and how much of the true one it holds.

    B-cubed (Bagga & Baldwin 1998). Both name the same articles; None where there are none.
    """
    if not truth:
        return None
    true, said = _members(truth), _members(guess)
    shared = {one: len(true[truth[one]] & said[guess[one]]) for one in truth}
    precision = sum(shared[one] / len(said[guess[one]]) for one in truth) / len(truth)
    recall = sum(shared[one] / len(true[truth[one]]) for one in truth) / len(truth)
    return 2 * precision * recall / (precision + recall)


def _members(groups: Groups) -> Mapping[str, set[str]]:
    found = defaultdict(set)
    for article, group in groups.items():
        found[group].add(article)
    return found
