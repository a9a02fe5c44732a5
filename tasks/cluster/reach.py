"""Which pairs are worth measuring, which never tell one event, and how far what is new can reach."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping

from tasks.cluster.bounds import APART, Apart, Bounds
from tasks.cluster.pairs import Weighed, Weights, likelihood
from tasks.cluster.signature import Signature
from tasks.cluster.solve import Pair, pair

_RARE = 1.5  # rarity from which a key says anything
_SHARED = 2.0  # rarity of all that two articles share, from which they are worth measuring


class Index:
    """Articles by the rare keys that they hold, in order of time."""

    def __init__(self, articles: Iterable[Weighed], apart: Apart) -> None:
        self._farthest = max(apart.week, apart.dated, apart.visit)
        self._holders: defaultdict[tuple[str, str], list[tuple[float, str]]] = defaultdict(list)
        for one in articles:
            for key, (rarity, _) in one.rare.items():
                if rarity >= _RARE:
                    self._holders[key].append((one.signature.at.timestamp(), one.signature.article_id))
        for holders in self._holders.values():
            holders.sort()

    def near(self, one: Weighed) -> list[str]:
        """Give the articles near one in time that share enough with it, by name."""
        shared: defaultdict[str, float] = defaultdict(float)
        since, until = ((one.signature.at + span).timestamp() for span in (-self._farthest, self._farthest))
        for key, (rarity, _) in one.rare.items():
            if rarity >= _RARE:
                holders = self._holders[key]
                for _, name in holders[bisect_left(holders, (since, "")) : bisect_right(holders, (until, "\uffff"))]:
                    shared[name] += rarity
        own = one.signature.article_id
        return sorted(name for name, rarity in shared.items() if rarity >= _SHARED and name != own)


def never(one: Signature, other: Signature, apart: Apart = APART) -> bool:
    """Say that two articles cannot tell one event, whatever they share: too far apart in time, in days, in people."""
    return bool(parted(one, other, apart))


def parted(one: Signature, other: Signature, apart: Apart = APART) -> str:
    """Say what parts two articles whatever they share, "" for nothing."""
    same_visit = one.visit is not None and one.visit == other.visit
    agreed = bool(one.set_on & other.set_on)
    if abs(one.at - other.at) > (apart.visit if same_visit else apart.dated if agreed else apart.week):
        return "too far apart in time"
    if _other_actors(one, other):
        return "other police forces or firms"
    if same_visit or agreed:
        return ""
    if _strangers(one, other):
        return "other people on both sides"
    return "they name days too far apart" if _set_apart(one, other, apart) else ""


def _other_actors(one: Signature, other: Signature) -> bool:
    """Both name police, or firms in their titles, and none in common."""
    return any(
        one.actors[kind] and other.actors[kind] and not one.actors[kind] & other.actors[kind] for kind in one.actors
    )


def _strangers(one: Signature, other: Signature) -> bool:
    """Both have a main person on either side, and neither side's is named in the other article."""
    return all(
        side in one.main
        and side in other.main
        and one.main[side] not in other.keys["person"]
        and other.main[side] not in one.keys["person"]
        for side in ("vietnam", "japan")
    )


def _set_apart(one: Signature, other: Signature, apart: Apart) -> bool:
    return min((abs((a - b).days) for a in one.recent for b in other.recent), default=0) > apart.leads


def reach(
    start: Iterable[str],
    articles: Mapping[str, Weighed],
    tied: Mapping[str, Iterable[str]],
    by: Weights,
    bounds: Bounds,
) -> tuple[set[str], dict[Pair, float]]:
    """Measure pairs from ``start`` outwards, over likely pairs and what is tied, until nothing new is reached.

    Two groups join at a mean likelihood of ``bounds.join``, so at least one of their pairs has it: what no such pair
    leads to cannot change. Gives the articles in reach and the likelihood of each pair of them that was measured.
    """
    index = Index(articles.values(), bounds.apart)
    found: dict[Pair, float] = {}
    reached: set[str] = set()
    ahead = sorted(start)
    while ahead:
        one = ahead.pop()
        if one in reached:
            continue
        reached.add(one)
        ahead.extend(other for other in tied.get(one, ()) if other in articles)
        for other in index.near(articles[one]):
            both = pair(one, other)
            if both not in found and not never(articles[one].signature, articles[other].signature, bounds.apart):
                found[both] = likelihood(articles[one], articles[other], by)
            if found.get(both, 0.0) >= bounds.join:
                ahead.append(other)
    return reached, {both: value for both, value in found.items() if reached.issuperset(both)}
