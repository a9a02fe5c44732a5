"""A story as a whole, for comparing it with others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tasks.cluster.pairs import Weighed
from tasks.cluster.signature import STANDS_OUT

_RARE = 2.0  # rarity of a key by which stories are found
_SPECIAL = 3.0  # rarity of what hardly any other story is about
_ENCOUNTERS = frozenset({"visit", "meeting", "call"})
_SIDES = ("vietnam", "japan")

Key = tuple[str, str]  #: kind, key


@dataclass(frozen=True, slots=True)
class Profile:
    """What a story's articles have in common, or some of them."""

    articles: Sequence[Weighed]  #: in order of time
    start: datetime
    day: date  #: of the event
    kinds: frozenset[str]  #: event types
    chiefs: Mapping[str, str]  #: by side, the main person of most articles
    leaders: frozenset[str]  #: those among all people who lead a state, government, party or parliament
    institutions: Mapping[str, str]  #: organisations that stand out in half of the articles or more -> side
    encounter: bool  #: most articles tell of a visit, a meeting, a call
    prominent: frozenset[Key]  #: rare keys that stand out in an article
    about: frozenset[str]  #: matters that stand out in an article, rare or not
    special: frozenset[Key]  #: keys that hardly any other story has
    labels: Mapping[str, str]  #: entity_id -> its name
    baseline: bool

    @property
    def summit(self) -> bool:
        """Say whether leaders of both countries meet."""
        return self.encounter and all(self.chiefs.get(side) in self.leaders for side in _SIDES)


def profile(articles: Sequence[Weighed]) -> Profile:
    """Look at a story as a whole."""
    ordered = sorted(articles, key=lambda one: (one.signature.at, one.signature.article_id))
    signatures = [one.signature for one in ordered]
    days = Counter(one.event_date for one in signatures if one.event_date)
    kinds = Counter(one.event_type for one in signatures)
    mains = {side: Counter(one.main[side] for one in signatures if side in one.main) for side in _SIDES}
    keys = [(key, rarity, stands) for one in ordered for key, (rarity, stands) in one.rare.items()]
    start = signatures[0].at
    return Profile(
        articles=ordered,
        start=start,
        day=max(days, key=lambda day: (days[day], day)) if days else start.date(),
        kinds=frozenset(kinds),
        chiefs={side: max(found, key=lambda one: (found[one], one)) for side, found in mains.items() if found},
        leaders=frozenset().union(*(one.leaders for one in signatures)),
        institutions=_institutions(ordered),
        encounter=sum(kinds[kind] for kind in _ENCOUNTERS) * 2 >= len(ordered),
        prominent=frozenset(key for key, rarity, stands in keys if rarity >= _RARE and stands >= STANDS_OUT),
        about=frozenset(name for (kind, name), _, stands in keys if kind == "matter" and stands >= STANDS_OUT),
        special=frozenset(key for key, rarity, _ in keys if rarity >= _SPECIAL),
        labels={key: label for one in signatures for key, label in one.labels.items()},
        baseline=any(one.article_id.startswith("baseline:") for one in signatures),
    )


def _institutions(articles: Sequence[Weighed]) -> dict[str, str]:
    found = Counter(
        (name, one.signature.sides[name])
        for one in articles
        for name, stands in one.signature.keys["organisation"].items()
        if stands >= STANDS_OUT
    )
    return {name: side for (name, side), count in found.items() if count * 2 >= len(articles)}
