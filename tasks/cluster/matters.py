"""What a text is about, in any language: the matters of warehouse/seeds/matters.csv, found by their terms."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

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
    table, by_character, by_word = _terms(_column(language))
    text = text.casefold()
    if _UNSPACED.search(text):
        runs = "\n".join(filter(_UNSPACED.search, _RUN.findall(text)))
        yield from (table[number] for number, _, _ in by_character.find_matches_as_indexes(runs))
        text = _SPACELESS.sub(" ", text)
    words = f" {_BETWEEN.join(_WORD.findall(text))} "
    yield from (table[number] for number, _, _ in by_word.find_matches_as_indexes(words))


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
def _terms(column: str) -> tuple[tuple[str, ...], AhoCorasick, AhoCorasick]:
    """Compile the terms of one column, as characters and as words; give the matter of each before them."""
    table = _table(column)
    as_words = [f" {_BETWEEN.join(term.split(' '))} " for term in table]
    by_character, by_word = (
        AhoCorasick(terms, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA)
        for terms in (list(table), as_words)
    )
    return tuple(table.values()), by_character, by_word
