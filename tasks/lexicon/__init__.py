"""Find the lexicon's terms in a text: people, organisations, places, countries, topics, events, roles, relation terms.

One pass of an Aho-Corasick automaton over folded text finds every alias; what `forms` says of the alias decides whether
the place fits. Folding here keeps the length, so offsets are those of the original.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from tasks.lexicon.forms import TONGUES, Alias, Concept, end_of, level, spaced, speaks, tongue, written_so
from tasks.lexicon.rows import Person, concepts, people

__all__ = ["Alias", "Concept", "Hit", "Lexicon", "Person", "build", "level"]

_ABREAST = 6  # excluded terms that may overlap one another at one place
_ENTITIES = frozenset({"person", "organisation", "place"})
_WAYS = 64  # ways to write one key that are remembered


class Hit(NamedTuple):
    """A term in a text: half-open offsets, what it means, and whether it is a bare name that needs support."""

    start: int
    end: int
    concept: Concept
    bare: bool


class Written(dict[str, tuple[Alias, ...]]):
    """The aliases of one key, by the way in which a text writes it; found once, since texts write most alike."""

    def __init__(self, aliases: Iterable[Alias]) -> None:
        super().__init__()
        self._aliases = tuple(aliases)

    def __missing__(self, written: str) -> tuple[Alias, ...]:
        found = tuple(alias for alias in self._aliases if written_so(alias, written))
        if len(self) < _WAYS:
            self[written] = found
        return found


#: of a key: whether a word may not run into it, and its aliases in each of TONGUES: all, and stems alone
Entry = tuple[bool, tuple[Written, ...], tuple[Written, ...]]
Found = tuple[int, int, int, Alias]  #: where an alias starts, minus where it ends, how many were found before it


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All terms, ready to be found."""

    automaton: AhoCorasick  #: of all keys
    entries: Sequence[Entry] = field(repr=False)  #: of each key, in their order
    people: Mapping[str, Person] = field(repr=False)
    kinds: Mapping[str, str] = field(repr=False)  #: of organisations: firm, police, ministry, ...

    def person(self, entity_id: str) -> Person | None:
        """Give what the tables hold of a person, or None where they hold nobody of this id."""
        return self.people.get(entity_id)

    def find(self, text: str, language: str) -> list[Hit]:
        """Find terms, ordered by start. Of overlapping terms of one layer the longest stays; excluded text has none."""
        folded, spoken = level(text), tongue(language)
        letters = frozenset(filter(spaced, set(folded)))
        ends = folded + "\n"
        found: list[Found] = []
        for number, start, after in self.automaton.find_matches_as_indexes(folded, overlapping=True):
            before, every, begun = self.entries[number]
            if before and start and folded[start - 1] in letters:
                continue
            for alias in (begun if ends[after] in letters else every)[spoken][text[start:after]]:
                if end := after if alias.plain else end_of(alias, folded, start, letters):
                    found.append((start, -end, len(found), alias))
        return _longest(found)


def build(tables: Mapping[str, list[dict[str, str]]]) -> Lexicon:
    """Build the automaton of all aliases in the tables of warehouse/seeds (`warehouse.seeds.tables`)."""
    by_key: dict[str, list[Alias]] = defaultdict(list)
    for alias in concepts(tables):
        by_key[alias.key].append(alias)
    entries = [
        (
            spaced(key[0]),
            _by_tongue(sorted(aliases, key=lambda alias: alias.after)),
            _by_tongue(alias for alias in aliases if not alias.after),
        )
        for key, aliases in by_key.items()
    ]
    automaton = AhoCorasick(list(by_key), implementation=Implementation.ContiguousNFA)
    return Lexicon(automaton, entries, people(tables), {row["id"]: row["kind"] for row in tables["organisations"]})


def _by_tongue(aliases: Iterable[Alias]) -> tuple[Written, ...]:
    """Give the aliases that count in each of ``TONGUES``; where it makes no difference, one and the same for all."""
    listed = tuple(aliases)
    if not any(alias.language for alias in listed):
        return (Written(listed),) * len(TONGUES)
    return tuple(Written(alias for alias in listed if speaks(alias.language, one)) for one in TONGUES)


def _longest(found: list[Found]) -> list[Hit]:
    """Keep the longest of overlapping terms of a layer, and none that touches an excluded term, unless it holds it."""
    found.sort()
    barred = [(start, -end) for start, end, _, alias in found if alias.concept.kind == "exclude"]
    layers: dict[str, list[Hit]] = defaultdict(list)
    for start, minus_end, _, alias in found:
        concept = alias.concept
        if barred and (concept.kind == "exclude" or _is_barred(start, -minus_end, concept.kind, barred)):
            continue
        layer, hit = layers[concept.layer], Hit(start, -minus_end, concept, alias.bare)
        if not layer or start >= layer[-1].end:
            layer.append(hit)
        else:
            _lay(hit, layer, homonyms=concept.layer == "name")
    return sorted((hit for layer in layers.values() for hit in layer), key=itemgetter(0))


def _lay(hit: Hit, layer: list[Hit], *, homonyms: bool) -> None:
    """Lay a hit over those that it overlaps: it takes the place of what is shorter."""
    if hit[:2] == layer[-1][:2]:
        if homonyms and hit.concept is not layer[-1].concept:  # two of one name: the text must decide
            layer.append(hit)
    elif hit.end - hit.start > layer[-1].end - layer[-1].start:
        while layer and layer[-1].end > hit.start:
            layer.pop()
        layer.append(hit)


def _is_barred(start: int, end: int, kind: str, barred: Sequence[tuple[int, int]]) -> bool:
    """Say whether an excluded term overlaps a hit; a longer name that holds the term is a thing of its own."""
    if kind == "wire":
        return False
    after = bisect_left(barred, (end,))
    for first, last in barred[max(0, after - _ABREAST) : after]:
        holds = start <= first and last <= end and end - start > last - first
        if last > start and not (holds and kind in _ENTITIES):
            return True
    return False
