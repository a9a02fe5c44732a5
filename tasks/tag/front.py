"""What stands in front: title and lead, where an article says what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from tasks.lexicon import Concept
from tasks.tag.reading import Reading, Spot, in_order

SIDES: Final = ("vietnam", "japan")
_NAMES = frozenset({"country", "person", "organisation", "place", "link"})
_LOOKED_AT = (
    *sorted(_NAMES), "pair", "bilateral", "third", "region", "multilateral", "sport", "ranking", "entertainment",
    "role", "event", "topic",
)  # fmt: skip
#: kinds of organisations that speak for their state
_STATE = frozenset(
    {
        *("leader", "state", "government", "party", "parliament", "foreign ministry", "ministry", "mission"),
        *("consulate", "military"),
    }
)
#: firms of one country whose name holds the other: Honda Vietnam, FPT Japan
_FIRMS = frozenset({"firm", "bank", "airline"})
_ABROAD = {
    "japan": (
        re.compile("vi[eệ]t ?nam|ベトナム|ヴェトナム|越南|베트남", re.IGNORECASE),
        Concept("country", "vietnam", "vietnam", "vietnam"),
    ),
    "vietnam": (re.compile("japan|nhật bản|日本|일본", re.IGNORECASE), Concept("country", "japan", "japan", "japan")),
}
_STOP = re.compile(r"[.,;:!?。、，；：]")
_BESIDE = 4  # characters between a country's name and an office: "Japan's PM", "Thủ tướng Nhật Bản"


class Front:
    """The spots of title and lead, sorted once for all questions."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self.titled = bool(reading.title.strip())
        every = [spot for kind in _LOOKED_AT for spot in reading.of(kind)]
        every += [abroad for spot in reading.of("organisation") if (abroad := _abroad(spot, reading.words(spot)))]
        self.every = sorted(every, key=in_order)
        self.spots = [spot for spot in self.every if spot.zone != "body"]
        self.title = [spot for spot in self.spots if spot.in_title]
        self.lead = [spot for spot in self.spots if not spot.in_title]
        self.body = [spot for spot in self.every if spot.zone == "body"]
        self.places = [spot for spot in self.spots if spot.concept.kind == "place"]

    @staticmethod
    def first(spots: Iterable[Spot], kind: str) -> list[Spot]:
        """Give the first spot of each meaning of a kind."""
        seen: dict[str, Spot] = {}
        for spot in spots:
            if spot.concept.kind == kind:
                seen.setdefault(spot.concept.id, spot)
        return list(seen.values())

    def in_body(self, side: str) -> int:
        """Count the names of a side in the body."""
        return sum(1 for _ in names_of(self.body, side))

    def of_group(self, *groups: str) -> list[Spot]:
        """Give the organisations of some kinds that belong to one of the two countries."""
        return [spot for spot in self.spots if spot.concept.group in groups and spot.concept.side in SIDES]

    def words_of(self, topic: str) -> tuple[Spot, ...]:
        """Give the words of a topic."""
        return tuple(spot for spot in self.spots if spot.concept.kind == "topic" and spot.concept.id == topic)

    @staticmethod
    def event_in(spots: Iterable[Spot], types: frozenset[str]) -> Spot | None:
        """Give the first word for an event of one of these types."""
        return next((spot for spot in spots if spot.concept.kind == "event" and spot.concept.id in types), None)

    def state(self, side: str) -> list[Spot]:
        """Give people in office and bodies of state of a side, and offices named beside the country's name."""
        actors = [spot for spot in self.spots if spot.concept.side == side and spot.concept.group in _STATE]
        lands = [spot for spot in self.spots if _is_land(spot, side)]
        roles = [spot for spot in self.spots if spot.concept.kind == "role" and spot.concept.weight > 0]
        return actors + [role for role in roles if any(self._beside(role, land) for land in lands)]

    def _beside(self, role: Spot, land: Spot) -> bool:
        """Say whether an office and a country's name belong together."""
        start, end = min(role.end, land.end), max(role.start, land.start)
        if role.in_title != land.in_title or end - start > _BESIDE:
            return False
        return not _STOP.search(self._reading.source(role)[start:end])


def _abroad(spot: Spot, words: str) -> Spot | None:
    """Give the country that a firm of the other one has in its name."""
    if spot.concept.group not in _FIRMS or spot.concept.side not in _ABROAD:
        return None
    pattern, country = _ABROAD[spot.concept.side]
    return spot._replace(concept=country) if pattern.search(words) else None


def _is_land(spot: Spot, side: str) -> bool:
    """Say whether a word is a country's name; a word for both countries is each one's."""
    return spot.concept.id == "pair" or (spot.concept.kind == "country" and spot.concept.side == side)


def names_of(spots: Iterable[Spot], side: str) -> Iterator[Spot]:
    """Give the names of one side; a word for both countries is of either."""
    for spot in spots:
        concept = spot.concept
        if concept.kind == "pair" or (concept.side == side and concept.kind in _NAMES):
            yield spot


def both(spots: list[Spot]) -> tuple[Spot, ...]:
    """Give one name of each country, or nothing where one is missing."""
    found = [next(names_of(spots, side), None) for side in SIDES]
    return tuple(dict.fromkeys(spot for spot in found if spot)) if all(found) else ()
