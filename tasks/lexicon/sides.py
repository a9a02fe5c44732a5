"""Which of the two countries a text names at all: fast, and never less than the rules of relevance would find.

Only names are looked for (countries, people, organisations, places, words for links and for both), in every language
at once. What those rules take away again is not taken away here: longer names around a name, excluded words, namesakes,
lines that point elsewhere. So a text that they call relevant names both here.

Not one pass of an automaton, which pays 0.2 microseconds for each character of a page: most pages have no word that
any name begins with, and a set of the page's words says so at the speed of a regular expression.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from tasks.lexicon.forms import Alias, end_of, level, spaced, written_so
from tasks.lexicon.rows import concepts

NAMES = frozenset({"country", "person", "organisation", "place", "link"})  # kinds that name the side they belong to
#: words of scripts that put spaces between them, also in full width
_WORD = re.compile("[0-9A-Za-zªµºÀ-ÖØ-öø-ʯͰ-ԯ\u1e00-\u1fff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+")
_EASTERN = re.compile("[\u2e80-\U0010ffff]+")
_NOTHING: frozenset[str] = frozenset()  # where a stem ends does not matter here
_SIDES = ("vietnam", "japan")  # the one that fewer pages name first: without it the other is not looked for
_BEFORE, _AFTER = 60, 30  # characters around a bare name in which an office may say whose it is


class Looked:
    """A text as it is looked at: which words it has, and which pairs of Eastern characters."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def words(self) -> dict[str, list[str]]:
        """Give its distinct words as they are written, by their folded form."""
        found: dict[str, list[str]] = defaultdict(list)
        marked = []
        for word in set(_WORD.findall(self.text)):
            if word.isascii():
                found[word.lower()].append(word)
            else:
                marked.append(word)
        for folded, word in zip(level("\n".join(marked)).split("\n"), marked, strict=False):
            found[folded].append(word)
        return dict(found)

    @cached_property
    def sorted_words(self) -> list[str]:
        """Give the folded words in order, to look for beginnings of words."""
        return sorted(self.words)

    @cached_property
    def pairs(self) -> set[str]:
        """Give what Eastern names could begin with: each Eastern character, and each two, folded."""
        parts = level("\n".join(_EASTERN.findall(self.text)))
        return {*parts, *map("".join, pairwise(parts))}

    @cached_property
    def folded(self) -> str:
        """Give the text folded, character for character."""
        return level(self.text)


class Place(NamedTuple):
    """Where an alias stands in a text."""

    start: int
    end: int


class Finder:
    """Looks for aliases, whatever the language of a text. A name of one word is found without a look at the text."""

    def __init__(self, aliases: Iterable[Alias]) -> None:
        self._single: dict[str, list[Alias]] = defaultdict(list)
        self._phrases: dict[str, dict[tuple[str, str], list[Alias]]] = {}  #: by first word, second, what parts them
        self._stems: dict[str, list[Alias]] = defaultdict(list)  #: of one word, or whose second one may go on
        self._eastern: dict[str, list[Alias]] = defaultdict(list)  #: by the first two characters of a key, or its one
        for alias in aliases:
            words = _WORD.findall(alias.key)
            if not words or not alias.key.startswith(words[0]):
                self._eastern[alias.key[:2] if _EASTERN.fullmatch(alias.key[:2]) else alias.key[:1]].append(alias)
            elif alias.key == words[0] and not alias.stem:
                self._single[alias.key].append(alias)
            elif len(words) > 1 and not (alias.stem and len(words) == 2):  # noqa: PLR2004 - the pair that is looked up
                joint = alias.key[len(words[0]) : alias.key.find(words[1], len(words[0]))]
                self._phrases.setdefault(words[0], {}).setdefault((words[1], joint), []).append(alias)
            else:
                self._stems[words[0]].append(alias)

    def stands(self, looked: Looked) -> bool:
        """Say whether any alias stands in a text."""
        return any(self._words(looked)) or any(self._longer(looked))

    def find(self, looked: Looked) -> Iterator[Place]:
        """Give where aliases stand."""
        for word in self._words(looked):
            yield from _whole(looked.text, word)
        yield from self._longer(looked)

    def _words(self, looked: Looked) -> Iterator[str]:
        for key in self._single.keys() & looked.words.keys():
            for word in looked.words[key]:
                if any(written_so(alias, word) for alias in self._single[key]):
                    yield word

    def _longer(self, looked: Looked) -> Iterator[Place]:
        for first in self._phrases.keys() & looked.words.keys():
            for (second, joint), aliases in self._phrases[first].items():
                for word in looked.words[first] if second in looked.words else ():
                    if joint != " " or any(f"{word} {other}" in looked.text for other in looked.words[second]):
                        yield from _places(looked, word, aliases)
        for stem, aliases in self._stems.items():
            for word in _begun(looked, stem):
                yield from _places(looked, word, aliases)
        for begin in self._eastern.keys() & looked.pairs:
            for alias in self._eastern[begin]:
                yield from _places(looked, alias.key, [alias], eastern=True)


def _whole(text: str, word: str) -> Iterator[Place]:
    """Give where a word stands by itself."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not (start and spaced(text[start - 1])) and not spaced(text[end : end + 1] or "\n"):
            yield Place(start, end)
        start = text.find(word, end)


def _begun(looked: Looked, stem: str) -> Iterator[str]:
    """Give the words, as they are written, that begin with a stem."""
    at = bisect_left(looked.sorted_words, stem)
    while at < len(looked.sorted_words) and looked.sorted_words[at].startswith(stem):
        yield from looked.words[looked.sorted_words[at]]
        at += 1


def _places(looked: Looked, begin: str, aliases: list[Alias], *, eastern: bool = False) -> Iterator[Place]:
    """Give where aliases stand that begin with some characters of the text; Eastern ones, of the folded text."""
    source = looked.folded if eastern else looked.text
    start = source.find(begin)
    while start >= 0:
        for alias in aliases:
            if _stands(alias, looked.text, start):
                yield Place(start, start + alias.length)
        start = source.find(begin, start + 1)


def _stands(alias: Alias, text: str, start: int) -> bool:
    """Say whether an alias stands at a place; no more of the text is folded than that takes."""
    end = start + alias.length
    if alias.before and start and spaced(text[start - 1]):
        return False
    if level(text[start:end]) != alias.key or not written_so(alias, text[start:end]):
        return False
    if alias.after and spaced(text[end : end + 1] or "\n"):
        return False
    return not alias.kana or end_of(alias, level(text[max(0, start - 1) : end + 1]), min(start, 1), _NOTHING) > 0


@dataclass(frozen=True, slots=True)
class Sides:
    """All names of both countries, and the offices that make a bare name somebody's."""

    pairs: Finder  #: words for both
    names: Mapping[str, Finder]  #: by side
    bare: Mapping[str, Finder]
    offices: Finder

    def both(self, text: str) -> bool:
        """Say whether a text names both countries; it is read only as far as that takes."""
        looked = Looked(text)
        return self.pairs.stands(looked) or all(self._names(side, looked) for side in self.names)

    def _names(self, side: str, looked: Looked) -> bool:
        return self.names[side].stands(looked) or any(
            self.offices.stands(Looked(looked.text[max(0, start - _BEFORE) : end + _AFTER]))
            for start, end in self.bare[side].find(looked)
        )


def sides(tables: Mapping[str, list[dict[str, str]]]) -> Sides:
    """Read the names of the tables of warehouse/seeds (`warehouse.seeds.tables`)."""
    pairs, offices = [], []
    names: dict[str, list[Alias]] = {side: [] for side in _SIDES}
    bare: dict[str, list[Alias]] = {side: [] for side in _SIDES}
    for alias in concepts(tables):
        concept = alias.concept
        if concept.kind == "role":
            offices.append(alias)
        elif concept.kind == "pair":
            pairs.append(alias)
        elif concept.kind in NAMES and concept.side in _SIDES:
            (bare if alias.bare else names)[concept.side].append(alias)
    of_names, of_bare = ({side: Finder(all_of) for side, all_of in one.items()} for one in (names, bare))
    return Sides(Finder(pairs), of_names, of_bare, Finder(offices))
