"""Average link: put articles together while those of two groups are, on the average, about the same event."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Pair = tuple[str, str]  #: two article_ids, the smaller one first


def pair(one: str, other: str) -> Pair:
    """Name two articles in one way."""
    return (one, other) if one < other else (other, one)


@dataclass
class _Groups:
    """Groups under way: members, and the sums of likeness between groups that have any."""

    members: dict[str, frozenset[str]]
    sums: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))

    def mean(self, one: str, other: str) -> float:
        """Give the mean over all pairs between two groups; pairs that were not compared count as nothing."""
        return self.sums[one].get(other, 0.0) / (len(self.members[one]) * len(self.members[other]))

    def join(self, one: str, other: str) -> str:
        """Make one group of two, under the smaller name; give it."""
        stays, goes = pair(one, other)
        self.members[stays] |= self.members.pop(goes)
        self.sums[stays].pop(goes, None)
        for third, total in self.sums.pop(goes, {}).items():
            if third != stays:
                self.sums[third].pop(goes)
                self.sums[stays][third] = self.sums[third][stays] = self.sums[stays].get(third, 0.0) + total
        return stays


def average_link(
    articles: Iterable[str], likeness: Mapping[Pair, float], together: Iterable[Pair], threshold: float
) -> list[frozenset[str]]:
    """Group articles: those in ``together`` first, then the two most alike groups while their mean reaches threshold.

    Unweighted average linkage (Sokal & Michener 1958) by a heap over the pairs that were compared, so the cost grows
    with those and not with all pairs. Ties fall to the smaller names: the order of arrival changes nothing.
    """
    groups = _Groups({one: frozenset({one}) for one in sorted(articles)})
    for (one, other), value in likeness.items():
        groups.sums[one][other] = groups.sums[other][one] = value
    name = {one: one for one in groups.members}
    for one, other in sorted(together):
        if name[one] != name[other]:
            stays = groups.join(name[one], name[other])
            name.update(dict.fromkeys(groups.members[stays], stays))
    heap = [(-groups.mean(a, b), *pair(a, b)) for a in groups.sums for b in groups.sums[a] if a < b]
    heapq.heapify(heap)
    while heap and -heap[0][0] >= threshold:
        value, one, other = heapq.heappop(heap)
        if one in groups.members and other in groups.members and groups.mean(one, other) == -value:
            stays = groups.join(one, other)
            for third in groups.sums[stays]:
                heapq.heappush(heap, (-groups.mean(stays, third), *pair(stays, third)))
    return sorted(groups.members.values(), key=min)
