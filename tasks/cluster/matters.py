"""What a text is about, in any language: the matters of warehouse/seeds/matters.csv, found by their terms."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

_COLUMNS = ("en", "vi", "ja", "zh", "ko", "other")
_MOSTLY = 0.3  # share of characters
_WORD = re.compile(r"[^\W_]+(?:[-+'’&][^\W_]+)*")
_SPACELESS = re.compile("[\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_UNSPACED = re.compile("[\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]")
_RUN = re.compile("[\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff0-9A-Za-z・]+|[\uac00-\ud7af]+")


def unspaced(text: str) -> bool:
    """Say whether a text is mostly written without spaces."""
    return len(_SPACELESS.findall(text)) > _MOSTLY * len(text)


def matters(text: str, language: str) -> Iterator[str]:
    """Give what a text is about, as often as it says so, by the terms of warehouse/seeds/matters.csv."""
    terms, by_character, by_word = _terms(language)
    for run in filter(_UNSPACED.search, _RUN.findall(text)):
        yield from _longest(run.casefold(), "", by_character, terms)
    yield from _longest(_WORD.findall(_SPACELESS.sub(" ", text.casefold())), " ", by_word, terms)


@cache
def terms_of(matter: str, language: str) -> tuple[str, ...]:
    """Give the terms of a matter in a language, in lower case."""
    return tuple(term for term, found in _terms(language)[0].items() if found == matter)


def _longest(units: Sequence[str], joint: str, sizes: Mapping[str, int], terms: Mapping[str, str]) -> Iterator[str]:
    """Look terms up in words or in characters: at each place the longest; ``sizes`` says how long by how it begins."""
    index = 0
    while index < len(units):
        for size in range(min(sizes.get(units[index], 0), len(units) - index), 0, -1):
            if matter := terms.get(joint.join(units[index : index + size])):
                yield matter
                index += size - 1
                break
        index += 1


@cache
def _terms(language: str) -> tuple[dict[str, str], dict[str, int], dict[str, int]]:
    """Read the terms of one language, in lower case, each with its matter; and how long terms are that begin alike.

    The first row that has a term keeps it.
    """
    columns = _COLUMNS if language == "mul" else (language if language in _COLUMNS else "other",)
    table = (files("warehouse.seeds") / "matters.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(table)))
    listed = [(term, row["matter"]) for row in rows for column in columns for term in row[column].split("|") if term]
    terms = {term.casefold(): matter for term, matter in reversed(listed)}
    by_character: dict[str, int] = {}
    by_word: dict[str, int] = {}
    for term in terms:
        first, size = term.split(" ")[0], len(term.split(" "))
        by_character[term[0]] = max(len(term), by_character.get(term[0], 0))
        by_word[first] = max(size, by_word.get(first, 0))
    return terms, by_character, by_word
