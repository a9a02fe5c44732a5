"""Where the terms of a dossier or a theme stand in a text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from tasks.text import sentences

_LATIN = "0-9A-Za-z\u00c0-\u024f\u1e00-\u1eff"  # not \w: in Japanese, OSA stands directly before a particle
_ACRONYM = re.compile(r"[A-Z]{2,6}")  # as a word in small letters it may be another one: ai is Vietnamese for who
_DASH = re.compile(r"\s?[-\u2010-\u2015]\s?")  # written with and without spaces, short and long
_WRITTEN = {"*": rf"[{_LATIN}]*", "?": rf"[{_LATIN}]", " ": r"\s+", "-": _DASH.pattern}


def spans(terms: Mapping[str, Sequence[str]], language: str, text: str) -> list[tuple[int, int]]:
    """Give the half-open spans of a text at which one of its language's terms stands, first to last.

    A term is found as a word; ``*`` goes on to the word's end, ``?`` is any one letter, and of ``a + b`` both must
    stand in one sentence: the span then reaches from the first to the last.
    """
    plain, joined = _patterns(tuple(terms.get(language, ())))
    found = {one.span() for one in plain.finditer(text)} if plain else set()
    for start, end in sentences(text) if joined else ():
        for parts in joined:
            marks = [one.search(text, start, end) for one in parts]
            spanned = [one.span() for one in marks if one]
            if len(spanned) == len(parts):
                found.add((min(spanned)[0], max(last for _, last in spanned)))
    return sorted(found)


@lru_cache(maxsize=512)
def _patterns(terms: tuple[str, ...]) -> tuple[re.Pattern[str] | None, tuple[tuple[re.Pattern[str], ...], ...]]:
    plain = sorted((one for one in terms if " + " not in one), key=len, reverse=True)
    joined = tuple(tuple(re.compile(_written(part)) for part in one.split(" + ")) for one in terms if " + " in one)
    return (re.compile("|".join(map(_written, plain))) if plain else None), joined


def _written(term: str) -> str:
    """Write a term as a regular expression."""
    body = "".join(_WRITTEN.get(one, re.escape(one)) for one in _DASH.sub("-", term))
    body = body if _ACRONYM.fullmatch(term) else f"(?i:{body})"
    return rf"(?<![{_LATIN}]){body}(?![{_LATIN}])"
