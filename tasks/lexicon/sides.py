"""Which of the two countries a text names at all: fast, and never less than the rules of relevance would find.

Only names are looked for (countries, people, organisations, places, words for links and for both), in every language
at once. What those rules take away again is not taken away here: longer names around a name, excluded words, namesakes,
lines that point elsewhere. So a text that they call relevant names both here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, Implementation

from tasks.lexicon.forms import Alias, end_of, level, spaced, written_so
from tasks.lexicon.rows import concepts

NAMES = frozenset({"country", "person", "organisation", "place", "link"})  # kinds that name the side they belong to
_NOTHING: frozenset[str] = frozenset()  # where a stem ends does not matter here
_BEFORE, _AFTER = 60, 30  # characters around a bare name in which an office may say whose it is


class Finder:
    """Looks for aliases in one pass over a text, whatever its language."""

    def __init__(self, aliases: Iterable[Alias]) -> None:
        by_key: dict[str, list[Alias]] = defaultdict(list)
        for alias in aliases:
            by_key[alias.key].append(alias)
        self._aliases = tuple(by_key.values())
        self._automaton = AhoCorasick(list(by_key), implementation=Implementation.ContiguousNFA)

    def find(self, text: str, folded: str) -> Iterator[tuple[int, Alias]]:
        """Give where aliases start in a text, which is folded by `level`."""
        for number, start, _ in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            for alias in self._aliases[number]:
                if _stands(alias, text, folded, start):
                    yield start, alias


def _stands(alias: Alias, text: str, folded: str, start: int) -> bool:
    """Say whether an alias whose folded form stands at a place stands there as a word, and is written so."""
    end = start + alias.length
    if (alias.before and start and spaced(text[start - 1])) or (alias.after and end < len(text) and spaced(text[end])):
        return False
    return written_so(alias, text[start:end]) and end_of(alias, folded, start, _NOTHING) > 0


@dataclass(frozen=True, slots=True)
class Sides:
    """All names of both countries, and the offices that make a bare name somebody's."""

    names: Finder
    offices: Finder

    def both(self, text: str) -> bool:
        """Say whether a text names both countries; it is looked through only as far as that takes."""
        folded, seen = level(text), set[str]()
        for start, alias in self.names.find(text, folded):
            side = alias.concept.side
            if side in seen or (alias.bare and not self._in_office(alias, text, folded, start)):
                continue
            if alias.concept.kind == "pair" or seen:
                return True
            seen.add(side)
        return False

    def _in_office(self, alias: Alias, text: str, folded: str, start: int) -> bool:
        around = slice(max(0, start - _BEFORE), start + alias.length + _AFTER)
        return any(self.offices.find(text[around], folded[around]))


def sides(tables: Mapping[str, list[dict[str, str]]]) -> Sides:
    """Read the names of the tables of warehouse/seeds (`warehouse.seeds.tables`)."""
    names, offices = [], []
    for alias in concepts(tables):
        concept = alias.concept
        if concept.kind == "role":
            offices.append(alias)
        elif concept.kind == "pair" or (concept.kind in NAMES and concept.side in {"vietnam", "japan"}):
            names.append(alias)
    return Sides(Finder(names), Finder(offices))
