"""What a text is about, in any language: the matters of warehouse/seeds/matters.csv, found by their terms."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import ahocorasick

_COLUMNS = ("en", "vi", "ja", "zh", "ko", "other")
_MOSTLY = 0.3  # share of characters
_WORD = re.compile(r"[^\W_]+(?:[-+'’&][^\W_]+)*")
_SPACELESS = re.compile("[\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_UNSPACED = re.compile("[\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]")
_RUN = re.compile("[\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff0-9A-Za-z・]+|[\uac00-\ud7af]+")
_BETWEEN = "  "  # two, so that each of two terms side by side has a space of its own


def unspaced(text: str) -> bool:
    """Say whether a text is mostly written without spaces."""
    return len(_SPACELESS.findall(text)) > _MOSTLY * len(text)


def matters(text: str, language: str) -> Iterator[str]:
    """Give what a text is about, as often as it says so, by the terms of warehouse/seeds/matters.csv.

    At each place the longest term stands: of whole words, or of any characters in a script without spaces.
    """
    by_character, by_word = _terms(_column(language))
    text = text.casefold()
    if _UNSPACED.search(text):
        runs = "\n".join(filter(_UNSPACED.search, _RUN.findall(text)))
        yield from (matter for _, matter in by_character.iter_long(runs))
        text = _SPACELESS.sub(" ", text)
    words = f" {_BETWEEN.join(_WORD.findall(text))} "
    yield from (matter for _, matter in by_word.iter_long(words))


def terms_of(matter: str, language: str) -> tuple[str, ...]:
    """Give the terms of a matter in a language, in lower case."""
    return tuple(term for term, found in _table(_column(language)).items() if found == matter)


def _column(language: str) -> str:
    return language if language in {*_COLUMNS, "mul"} else "other"


@cache
def _table(column: str) -> dict[str, str]:
    """Read the terms of one column, in lower case, each with its matter; the first row that has a term keeps it."""
    columns = _COLUMNS if column == "mul" else (column,)
    table = (files("warehouse.seeds") / "matters.csv").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for row in csv.DictReader(io.StringIO(table)):
        for term in (term.casefold() for column in columns for term in row[column].split("|") if term):
            found.setdefault(term, row["matter"])
    return found


@cache
def _terms(column: str) -> tuple[ahocorasick.Automaton, ahocorasick.Automaton]:
    """Compile the terms of one column: as characters, and as words."""
    by_character, by_word = ahocorasick.Automaton(), ahocorasick.Automaton()
    for kana in range(0x3041, 0x3097):  # a state's followers are looked through in order; no term has what follows here
        by_character.add_word(chr(kana) + "\uffff", "")
    for term, matter in _table(column).items():
        by_character.add_word(term, matter)
        by_word.add_word(f" {_BETWEEN.join(term.split(' '))} ", matter)
    by_character.make_automaton()
    by_word.make_automaton()
    return by_character, by_word
