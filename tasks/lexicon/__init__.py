"""Find the lexicon's terms in a text: people, organisations, places, countries, topics, events, roles, relation terms.

One pass of an Aho-Corasick automaton (pyahocorasick) over folded text finds every alias; what `forms` says of the
alias decides whether the place fits. Folding here keeps the length, so offsets are those of the original.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import ahocorasick

from tasks.lexicon.forms import TONGUES, Alias, Concept, fits, level, spaced, speaks, tongue
from tasks.lexicon.rows import Person, concepts, people

__all__ = ["Alias", "Concept", "Hit", "Lexicon", "Person", "build", "level"]

_ABREAST = 6  # excluded terms that may overlap one another at one place
_ENTITIES = frozenset({"person", "organisation", "place"})


class Hit(NamedTuple):
    """A term in a text: half-open offsets, what it means, and whether it is a bare name that needs support."""

    start: int
    end: int
    concept: Concept
    bare: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All terms, ready to be found."""

    automaton: ahocorasick.Automaton
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
        found: list[Hit] = []
        keep = found.append
        for last, (length, before, whole, begun) in self.automaton.iter(folded):
            start = last + 1 - length
            if before and start and folded[start - 1] in letters:
                continue
            for aliases in (begun,) if ends[last + 1] in letters else (begun, whole):
                for alias in aliases[spoken]:
                    if end := last + 1 if alias.loose else fits(alias, text, folded, start, letters):
                        keep(Hit(start, end, alias.concept, alias.bare))
        return _longest(found)


def build(tables: Mapping[str, list[dict[str, str]]]) -> Lexicon:
    """Build the automaton of all aliases in the tables of warehouse/seeds (`warehouse.seeds.tables`)."""
    by_key: dict[str, list[Alias]] = defaultdict(list)
    for alias in concepts(tables):
        by_key[alias.key].append(alias)
    automaton = ahocorasick.Automaton()
    for key, aliases in by_key.items():
        whole = _by_tongue(alias for alias in aliases if alias.after)
        begun = _by_tongue(alias for alias in aliases if not alias.after)
        automaton.add_word(key, (len(key), spaced(key[0]), whole, begun))
    automaton.make_automaton()
    return Lexicon(automaton, people(tables), {row["id"]: row["kind"] for row in tables["organisations"]})


def _by_tongue(aliases: Iterable[Alias]) -> tuple[tuple[Alias, ...], ...]:
    """Give the aliases that count in each of ``TONGUES``; where it makes no difference, one tuple for all."""
    listed = tuple(aliases)
    if not any(alias.language for alias in listed):
        return (listed,) * len(TONGUES)
    return tuple(tuple(alias for alias in listed if speaks(alias.language, one)) for one in TONGUES)


def _longest(found: list[Hit]) -> list[Hit]:
    """Keep the longest of overlapping hits of a layer, and none that touches an excluded term, unless it holds it."""
    found.sort(key=lambda hit: (hit[0] << 40) - hit[1])
    barred = [hit for hit in found if hit.concept.kind == "exclude"]
    layers: dict[str, list[Hit]] = defaultdict(list)
    for hit in found:
        if hit.concept.kind != "exclude" and not (barred and _is_barred(hit, barred)):
            layer = hit.concept.layer
            _lay(hit, layers[layer], homonyms=layer == "name")
    return sorted((hit for layer in layers.values() for hit in layer), key=lambda hit: hit.start)


def _lay(hit: Hit, layer: list[Hit], *, homonyms: bool) -> None:
    """Lay a hit over those before it: it stays where nothing is, or takes the place of what is shorter."""
    if not layer or hit.start >= layer[-1].end:
        layer.append(hit)
    elif hit[:2] == layer[-1][:2]:
        if homonyms and hit.concept is not layer[-1].concept:  # two of one name: the text must decide
            layer.append(hit)
    elif hit.end - hit.start > layer[-1].end - layer[-1].start:
        while layer and layer[-1].end > hit.start:
            layer.pop()
        layer.append(hit)


def _is_barred(hit: Hit, barred: list[Hit]) -> bool:
    """Say whether an excluded term overlaps a hit; a longer name that holds the term is a thing of its own."""
    if hit.concept.kind == "wire":
        return False
    after = bisect_left(barred, hit.end, key=lambda one: one.start)
    for one in reversed(barred[max(0, after - _ABREAST) : after]):
        holds = hit.start <= one.start and one.end <= hit.end and hit.end - hit.start > one.end - one.start
        if one.end > hit.start and not (holds and hit.concept.kind in _ENTITIES):
            return True
    return False
