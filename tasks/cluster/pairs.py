"""How likely two articles tell the same event: features of the pair, weighed by numbers that were learned."""

from __future__ import annotations

import json
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, lru_cache
from importlib.resources import files
from math import exp, fsum, log, log1p, sqrt
from typing import Any

from tasks.cluster.signature import STANDS_OUT, Signature

_UNSEEN = 0.5  # events in which a key occurs that the learning set does not have
_ACROSS = ("person", "organisation", "place", "matter", "figure", "day")  #: kinds compared whatever the languages
_WITHIN = ("title", "lead")  #: kinds compared within a language
_TELLING = ("person", "organisation", "place", "matter", "figure", "name")  #: kinds whose rare keys tell events apart
_STAY = timedelta(days=2.5)  # most visits are short: what names the visitor later looks back
_USUAL = 2.0  # days within which an event is told by most
_LONG, _LONGEST = 6, 10.0  # days between what is told, and between articles: what lies farther apart is the same


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """What was learned, by tests/bench/learn_story_weights.py: warehouse/seeds/story_weights.json."""

    bias: float
    features: Mapping[str, float]
    threshold: float  #: mean likelihood from which two groups are one story
    events: int  #: of the learning set
    common: Mapping[str, Mapping[str, int]]  #: by kind: in how many of the events a key occurs, where in more than one

    def rarity(self, kind: str, key: str) -> float:
        """Give the inverse document frequency of a key, counted in events, not in articles."""
        return log((self.events + 1) / (self.common.get(kind, {}).get(key, 0) + _UNSEEN))


@dataclass(frozen=True, slots=True)
class Weighed:
    """A signature with its keys weighed by their rarity: what comparing needs, computed once."""

    signature: Signature
    vectors: Mapping[str, Mapping[str, float]]  #: unit length
    rare: Mapping[tuple[str, str], tuple[float, float]]  #: (kind, key) -> rarity, how far it stands out


@cache
def weights() -> Weights:
    """Read the learned numbers."""
    found: dict[str, Any] = json.loads((files("warehouse.seeds") / "story_weights.json").read_text(encoding="utf-8"))
    return Weights(**{name: found[name] for name in Weights.__slots__})


def weigh(signature: Signature, by: Weights) -> Weighed:
    """Weigh an article's keys."""
    vectors, rare = {}, {}
    for kind in (*_ACROSS, *_WITHIN):
        known, unseen = _rarities(by, kind)
        weighed = {key: value * known.get(key, unseen) for key, value in signature.keys[kind].items()}
        norm = sqrt(sum(value * value for value in weighed.values()))
        vectors[kind] = {key: value / norm for key, value in weighed.items()} if norm else {}
    for kind in _TELLING:
        known, unseen = _rarities(by, kind)
        for key, value in signature.keys[kind].items():
            rare[kind, key] = (known.get(key, unseen), value)
    return Weighed(signature, vectors, rare)


@lru_cache(maxsize=64)
def _rarities(by: Weights, kind: str) -> tuple[dict[str, float], float]:
    """Give the rarity of each key of a kind that the learning set has, and that of all others."""
    return {key: by.rarity(kind, key) for key in by.common.get(kind, {})}, by.rarity(kind, "")


def likelihood(one: Weighed, other: Weighed, by: Weights, leaving: Container[str] = ()) -> float:
    """Say how likely two articles tell the same event, 0 to 1, with some features left out; either may come first."""
    found = features(one, other)
    total = by.bias + sum(by.features.get(name, 0.0) * value for name, value in found.items() if name not in leaving)
    return 1 / (1 + exp(-total))


def features(one: Weighed, other: Weighed) -> dict[str, float]:
    """Measure a pair. Cosines of keys, shared rarity, people, visits and days; what is absent counts as zero."""
    found = {kind: _cosine(one, other, kind) for kind in _ACROSS}
    a, b = one.signature, other.signature
    if a.language == b.language and one.vectors["lead"] and other.vectors["lead"]:
        within = {kind: _cosine(one, other, kind) for kind in _WITHIN}
        found |= within | {"same_language": 1.0, "title_or_lead": max(within.values())}
    return found | _rare(one, other) | _people(a, b) | _visits(a, b) | _times(a, b) | _kinds(a, b) | _places(a, b)


def _cosine(one: Weighed, other: Weighed, kind: str) -> float:
    first, second = one.vectors[kind], other.vectors[kind]
    if not first or not second:
        return 0.0
    return fsum([first[key] * second[key] for key in first.keys() & second.keys()])  # exact: in whatever order


def _rare(one: Weighed, other: Weighed) -> dict[str, float]:
    shared = [(one.rare[key], other.rare[key][1]) for key in one.rare.keys() & other.rare.keys()]
    core = fsum([rarity for (rarity, here), there in shared if min(here, there) >= STANDS_OUT])
    return {"rare": log1p(fsum([rarity for (rarity, _), _ in shared])), "rare_core": log1p(core)}


def _people(one: Signature, other: Signature) -> dict[str, float]:
    found = {"nobody": float(not one.main and not other.main)}
    for side in ("vietnam", "japan"):
        first, second = one.main.get(side), other.main.get(side)
        if first and second:
            strangers = first not in other.keys["person"] and second not in one.keys["person"]
            found |= {f"main_{side}": float(first == second), f"strangers_{side}": float(strangers)}
    return found


def _visits(one: Signature, other: Signature) -> dict[str, float]:
    """Say whether both tell of one visit, or one names the visitor while the other tells of the visit."""
    if elsewhere(one, other):
        return {"other_venue": 1.0}
    if one.visit and other.visit:
        return {"same_visit": float(one.visit == other.visit)}
    if one.visit or other.visit:
        (visitor, _), home = (one.visit, other) if one.visit else (other.visit or ("", ""), one)
        named = home.keys["person"].get(visitor, 0.0) >= STANDS_OUT
        return {"half_visit": float(named and abs(one.at - other.at) <= _STAY)}
    return {}


def elsewhere(one: Signature, other: Signature) -> bool:
    """Say whether one tells of a meeting at a summit, or in a third country, of which the other knows nothing."""
    return any(
        here.venues and not here.venues & there.keys["matter"].keys() for here, there in ((one, other), (other, one))
    )


def _places(one: Signature, other: Signature) -> dict[str, float]:
    """Say whether each is about a town, or about organisations, that the other does not name."""
    towns = one.towns and other.towns and not one.towns & other.around and not other.towns & one.around
    here, there = (
        {key for key, value in each.keys["organisation"].items() if value >= STANDS_OUT} for each in (one, other)
    )
    return {"other_town": float(bool(towns)), "other_organisations": float(bool(here and there and not here & there))}


def _times(one: Signature, other: Signature) -> dict[str, float]:
    """Measure days between two articles, days between what they tell, and gaps that neither visit nor date spans."""
    days = min(_LONGEST, abs(one.at - other.at) / timedelta(days=1))
    agreed = bool(one.set_on & other.set_on)
    tied = agreed or (one.visit is not None and one.visit == other.visit)
    apart = min((abs((a - b).days) for a in one.recent for b in other.recent), default=0)
    found = {
        "days": days,
        "agreed": float(agreed),
        "apart": float(min(_LONG, apart)),
        "gap": 0.0 if tied else max(0.0, days - _USUAL),
    }
    if one.event_date and other.event_date:
        between = abs((one.event_date - other.event_date).days)
        found |= {"same_date": float(between == 0), "other_date": float(between > 1)}
    return found


def _kinds(one: Signature, other: Signature) -> dict[str, float]:
    union = one.topics | other.topics
    return {
        "event_type": float(one.event_type == other.event_type),
        "topics": len(one.topics & other.topics) / len(union) if union else 0.0,
        "other_place": float(one.event_place != other.event_place and "" not in {one.event_place, other.event_place}),
    }
