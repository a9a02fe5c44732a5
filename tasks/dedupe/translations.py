"""Whether one article is the translation of another: the same anchors, at the same places.

Two outlets that report one event name the same people and figures; but each in its own order, at its own length, and
beside others. A translation keeps all of it: so both must hold nearly all anchors of the other, one after the other
and as far from the beginning. The place in the text weighs more than the strict order, for inside a sentence
languages turn it round.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tasks.dedupe.bounds import BOUNDS, Bounds, Demands
from tasks.dedupe.prints import Printed
from warehouse.records import Anchor, Side

#: what is translated for abroad is written in the country's own tongue
TONGUES: Mapping[Side, str] = {"vietnam": "vi", "japan": "ja"}
_NUMBERS = ("figure:", "day:")


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the anchors of two articles agree."""

    keys: tuple[str, ...]  #: common ones, in the order of the first article
    containments: tuple[float, float]  #: of the first article's anchors, of the other's
    numbers: float  #: the lower of both containments of figures and days; 1 where neither has any
    order: float
    shift: float
    span: int

    @property
    def score(self) -> float:
        """Give the likeness, 0 to 1: the mean containment, less what is out of place."""
        return sum(self.containments) / 2 * (1 - self.shift / 1000)


def agreement(one: Sequence[Anchor], other: Sequence[Anchor]) -> Agreement | None:
    """Lay the anchors of two texts side by side; None where they have none in common."""
    there = {anchor.key: (place, anchor.at) for place, anchor in enumerate(other)}
    common = [(anchor, *there[anchor.key]) for anchor in one if anchor.key in there]
    if not common:
        return None
    keys = tuple(anchor.key for anchor, *_ in common)
    numbers = [sum(anchor.key.startswith(_NUMBERS) for anchor in side) for side in (one, other)]
    shared = sum(key.startswith(_NUMBERS) for key in keys)
    return Agreement(
        keys=keys,
        containments=(len(common) / len(one), len(common) / len(other)),
        numbers=shared / max(numbers) if max(numbers) else 1.0,
        order=_rising([place for _, place, _ in common]) / len(common),
        shift=sum(abs(anchor.at - at) for anchor, _, at in common) / len(common),
        span=min(_span([anchor.at for anchor, *_ in common]), _span([at for *_, at in common])),
    )


def translated(one: Printed, other: Printed, bounds: Bounds = BOUNDS) -> Agreement | None:
    """Say how far two articles agree if one is the translation of the other, whichever comes first; else None."""
    demands = bounds.kin if _kin(one, other) or _kin(other, one) else bounds.strangers
    if one.article.language == other.article.language or not _near(one, other, demands):
        return None
    found = agreement(one.anchors, other.anchors)
    if found is None or len(found.keys) < demands.shared:
        return None
    fits = (
        min(found.containments) >= demands.both
        and found.numbers >= demands.numbers
        and found.order >= demands.order
        and found.shift <= demands.shift + demands.grace * (len(found.keys) - demands.shared)
        and found.span >= demands.span
    )
    return found if fits else None


def _kin(one: Printed, other: Printed) -> bool:
    """Say whether both are of one publisher, or the first is labelled as translated from the other's language."""
    first, second = one.article, other.article
    if first.family and first.family == second.family:
        return True
    return first.source_kind == "translation" and second.language == TONGUES.get(first.side)


def _near(one: Printed, other: Printed, demands: Demands) -> bool:
    """Say whether two articles are near enough in time and in length; the baseline's texts are not held."""
    first, second = one.article, other.article
    days = abs((first.published or first.first_seen) - (second.published or second.first_seen))
    sizes = sorted(len(side.text.encode("utf-8", "surrogatepass")) for side in (first, second))
    return days <= demands.within and (not sizes[0] or sizes[0] >= demands.length * sizes[1])


def _span(places: Sequence[int]) -> int:
    return max(places) - min(places)


def _rising(places: Sequence[int]) -> int:
    """Give the length of the longest rising run of places, gaps allowed (Fredman 1975): what keeps the order."""
    tails: list[int] = []
    for place in places:
        at = bisect_left(tails, place)
        tails[at : at + 1] = [place]
    return len(tails)
