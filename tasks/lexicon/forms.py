"""When an alias counts as found: word boundaries per script, capitals, diacritics, language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Literal

from tasks.text import fold

#: what a text may be read in: the five languages that have a column of their own, the others, and mixtures
TONGUES = ("en", "vi", "ja", "zh", "ko", "other", "mul")
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc\u30fb]+")
_SHORT_KANA = 3  # kana up to which a term is likely to be the end or the beginning of another word
_PHRASE = 8  # characters from which some words of Vietnamese mean the same without their marks: lao dong, not ban dan
_ACRONYM = 6  # letters up to which a word in capitals must be found in capitals

_NAMES = frozenset({"person", "organisation", "place", "country", "third", "region"})

Marks = Literal["none", "ascii", "name", "phrase", "term"]
Kana = Literal["", "left", "both", "name"]


@dataclass(frozen=True, slots=True)
class Concept:
    """What a term means: one row of a table."""

    kind: str  #: person, organisation, place, country, third, region, topic, event, role, wire, pair, link, ...
    id: str
    label: str
    side: str = ""  #: vietnam, japan, third or ""
    weight: float = 1.0
    group: str = ""  #: of a role: minister, ...; of an organisation or place: its kind
    layer: str = field(init=False, compare=False)  #: terms of one layer compete for the same characters

    def __post_init__(self) -> None:
        """All names are one layer, and all roles; else those of one meaning."""
        layer = "name" if self.kind in _NAMES else "role" if self.kind == "role" else f"{self.kind}:{self.id}"
        object.__setattr__(self, "layer", layer)


@dataclass(frozen=True, slots=True, eq=False)
class Alias:
    """One written form of a concept, with what must hold where it is found."""

    concept: Concept
    text: str
    key: str  #: folded
    length: int
    bare: bool  #: a family or given name that alone proves nobody
    exact: bool  #: only as written
    stem: bool  #: a word may go on after it
    marks: Marks  #: how diacritics are compared
    capitals: tuple[int, ...]  #: offsets that must hold capital letters
    before: bool  #: a word may not run into it from the left
    after: bool  #: nor go on at its right
    kana: Kana  #: on which sides katakana may not go on; a term may follow or precede a middle dot, a name may not
    language: str  #: the column it stands in, where it counts in that language only; else ""
    plain: bool  #: it ends where its key does, and nothing around it matters but the boundaries of words
    loose: bool  #: nor does how it is written


class _Level(dict[int, str]):
    """A table for `str.translate` that fills itself: each character folded, cut to one."""

    def __missing__(self, code: int) -> str:
        self[code] = "\ufffd" if 0xD800 <= code < 0xE000 else fold(chr(code))[:1] or chr(code)  # noqa: PLR2004 - halves of pairs, which are no characters
        return self[code]


_LEVEL = _Level(dict.fromkeys(map(ord, "‐‑‒–—―−－"), "-"))


@lru_cache(maxsize=2)  # title and text of the article at hand
def level(text: str) -> str:
    """Fold as `tasks.text.fold` does, dashes to hyphens, one character for one, so that offsets stay."""
    return text.lower() if text.isascii() else text.translate(_LEVEL)


def form(written: str, concept: Concept, language: str, *, bare: bool = False) -> Alias:
    """Read one alias of a table: ``=`` before it means as written, ``~`` a bare name, ``*`` after it a stem."""
    name = concept.kind in {"person", "organisation", "place", "country", "wire"}
    exact = written.startswith("=")
    bare = bare or written.startswith("~")
    stem = written.endswith("*")
    text = unicodedata.normalize("NFKC", written.lstrip("=~").rstrip("*"))
    acronym = text.isascii() and len(text) <= _ACRONYM and sum(map(str.isupper, text)) > 1 and " " not in text
    lone = len(text) == 1 and concept.kind == "country"  # 日 is a country in Korean headlines, a day elsewhere
    gated = lone or (not name and not acronym and (text.isascii() or len(text) == 1))
    exact = exact or acronym
    marks, kana = _marks(text, term=not name, language=language), _kana(text, concept, bare=bare)
    capitals = _capitals(text) if name or concept.kind in {"third", "region", "exclude"} else ()
    return Alias(
        concept=concept,
        text=text,
        key=level(text),
        length=len(text),
        bare=bare,
        exact=exact,
        stem=stem,
        marks=marks,
        capitals=capitals,
        before=spaced(text[0]),
        after=spaced(text[-1]) and not stem,
        kana=kana,
        language=language if gated else "",
        plain=not (stem or kana),
        loose=not (exact or stem or capitals or kana) and marks == "none",
    )


def tongue(language: str) -> int:
    """Say in which of ``TONGUES`` a text of this language is read, by its number."""
    if language in {"mul", ""}:
        return len(TONGUES) - 1
    return TONGUES.index(language) if language in TONGUES else TONGUES.index("other")


def speaks(column: str, language: str) -> bool:
    """Say whether an alias of this column counts in one of ``TONGUES``; in mixtures English and the others do."""
    return column in {"", language} or (language == "mul" and column in {"en", "other"})


def written_so(alias: Alias, written: str) -> bool:
    """Say whether characters whose folded form is the alias's key may stand for it: compare capitals and diacritics."""
    if alias.loose or written == alias.text:
        return True
    if alias.exact and unicodedata.normalize("NFKC", written) != alias.text:
        return False
    if not all(written[offset].isupper() for offset in alias.capitals):
        return False
    return alias.marks == "none" or _same_marks(alias, written)


def end_of(alias: Alias, folded: str, start: int, letters: AbstractSet[str]) -> int:
    """Say where an alias ends that begins at `start`, 0 where katakana goes on. A stem runs to the end of its word.

    Boundaries of words are the caller's to check; `letters` are the characters that words are made of (`spaced`).
    """
    end = start + alias.length
    if alias.kana and _runs_on(alias.kana, folded, start, end):
        return 0
    while alias.stem and end < len(folded) and folded[end] in letters:
        end += 1
    return end


@cache
def spaced(character: str) -> bool:
    """Say whether a character is a letter or digit of a script that puts spaces between words."""
    code = ord(character)
    return character.isalnum() and (code < 0x0530 or 0x1E00 <= code < 0x2000)  # noqa: PLR2004 - Latin to Cyrillic; Latin with marks


def _kana(text: str, concept: Concept, *, bare: bool) -> Kana:
    """Say where katakana hides a word: サプライチェーン holds no ライチ, but ホンダベトナム holds ベトナム."""
    if not _KATAKANA.fullmatch(text):
        return ""
    if bare or len(text) < _SHORT_KANA:
        return "name"
    if concept.kind in {"country", "exclude"}:
        return ""
    return "both" if len(text) == _SHORT_KANA and concept.kind == "topic" else "left"


def _runs_on(kana: Kana, text: str, start: int, end: int) -> bool:
    dot = "" if kana == "name" else "・"
    left = _is_katakana(text, start - 1, dot)
    return left or (kana != "left" and _is_katakana(text, end, dot))


def _is_katakana(text: str, index: int, but: str) -> bool:
    return 0 <= index < len(text) and text[index] != but and bool(_KATAKANA.match(text[index]))


def _marks(text: str, *, term: bool, language: str) -> Marks:
    """Say how a term's diacritics are compared: house styles without them drop those of names and of whole phrases."""
    if not any(spaced(character) for character in text):
        return "none"
    if text.isascii():
        return "ascii"
    if term and language == "vi" and " " in text and len(text) >= _PHRASE:
        return "phrase"
    return "term" if term else "name"


def _capitals(text: str) -> tuple[int, ...]:
    starts = [match.start() for match in re.finditer(r"[^\W\d_]+", text)]
    return tuple(start for start in starts if text[start].isupper())


def _same_marks(alias: Alias, written: str) -> bool:
    """Compare diacritics. Tone marks may sit on the other vowel (hòa, hoà); names and phrases may lose all."""
    if written.isascii():
        return alias.marks != "term"
    if alias.marks == "ascii":  # full-width letters, other dashes
        return all(unicodedata.normalize("NFKC", one).isascii() or level(one) == "-" for one in written)
    return written.casefold() == alias.text.casefold() or _letters(written) == _letters(alias.text)


def _letters(written: str) -> list[str]:
    return sorted(unicodedata.normalize("NFD", written.casefold()))
