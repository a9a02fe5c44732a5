"""What several steps need to know of text: cleaning, folding with a way back, sentences, scripts, ids."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# C0 and C1 controls except tab and newline, soft hyphen, zero-width space, word joiner, byte-order mark, bidi marks,
# overrides and isolates, invisible tags. ZWJ and ZWNJ stay: scripts need them.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)
# More than four marks on one letter are no language's writing: they spill over the lines around them.
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_PILED = re.compile(f"({_MARK}{{4}}){_MARK}+")
_SPACES = re.compile(r"[^\S\n]+")
_FOLDS = 65_536  # characters whose folded form is kept
_MOSTLY = 0.3  # share of CJK letters from which a text counts as written without spaces
_CJK = re.compile("[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f]")
_KANA = re.compile("[\u3040-\u30ff\uff66-\uff9f]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_HANGUL = re.compile("[\uac00-\ud7af\u1100-\u11ff]")
_LETTER = re.compile(r"[^\W\d_]")
_NO_LETTER = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
#: the last character of a sentence and what parts it from the next; a set first, which is looked for fast
_SENTENCE_END = re.compile(
    r"[。！？.!?…\n](?:(?<=[。！？])(?![」』）”）])|(?<=[.!?…])[\"”’»)\]]*\s+(?=[\"“‘«(\[]?[^\Wa-z])|(?<=\n)\n*)"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|vs|etc|Gen|Lt|Col|Sen|Rep|Gov|Jr|Sr|U\.S|U\.N|Jan|Feb|Aug|Sept?|Oct|Nov|Dec|"
    r"TP|Tr|TS|GS|PGS|ThS|BS|KTS|kl|ca|nr|bl\.a|f\.eks|mill)|\b[A-Z])\.$"
)


def digest(*parts: str) -> str:
    """Hash parts into the project's id form: 16 hex digits of BLAKE2b; the parts' boundaries count."""
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def clean(text: str) -> str:
    """Bring text from outside into one form: NFC, no control, bidi or tag characters, single spaces, trimmed lines."""
    text = _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    # composed last: what was removed may have stood between a letter and its accent
    text = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8"))
    text = _PILED.sub(r"\1", text)
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n")).strip("\n")


@lru_cache(maxsize=_FOLDS)
def _fold_character(character: str) -> str:
    """Fold one character: case off, width off, diacritics off Latin letters only (NFD would unvoice kana)."""
    if character in "đĐ":
        return "d"
    if "\u3040" <= character <= "\u30ff":
        return character
    wide = unicodedata.normalize("NFKC", character)
    parts = unicodedata.normalize("NFD", wide)
    if parts[:1].isascii():
        parts = "".join(part for part in parts if not unicodedata.combining(part))
    return unicodedata.normalize("NFC", parts).casefold()


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text with the way back: ``origin[i]`` is where ``text[i]`` came from; one entry past the end."""

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Turn a half-open span of the folded text into one of the original."""
        return self.origin[start], self.origin[end - 1] + 1 if end > start else self.origin[start]


class _Folds(dict[int, str]):
    """A table for `str.translate` that fills itself, as far as texts that people write go."""

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        if len(self) < _FOLDS:
            self[code] = folded
        return folded


_FOLDED = _Folds()


def fold(text: str) -> str:
    """Fold for comparing: case, width and Latin diacritics off, đ to d. Length may change; see `fold_back`."""
    return text.translate(_FOLDED)


def fold_back(text: str) -> Folded:
    """Fold as `fold` does and keep, for each folded character, the index of its original."""
    pieces, origin = [], []
    for index, character in enumerate(text):
        piece = _fold_character(character)
        pieces.append(piece)
        origin.extend([index] * len(piece))
    return Folded("".join(pieces), (*origin, len(text)))


def compose_back(text: str) -> Folded:
    """Compose characters (NFC) and keep, for each one, the index of the original that it begins at."""
    if unicodedata.is_normalized("NFC", text):
        return Folded(text, tuple(range(len(text) + 1)))
    pieces, origin, start = [], [], 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not unicodedata.combining(text[end]):
            piece = unicodedata.normalize("NFC", text[start:end])
            pieces.append(piece)
            origin.extend([start] * len(piece))
            start = end
    return Folded("".join(pieces), (*origin, len(text)))


def sentences(text: str) -> list[tuple[int, int]]:
    """Cut text into sentences: half-open spans, without surrounding white space, in order, none empty."""
    spans: list[tuple[int, int]] = []
    start = 0
    for cut in _SENTENCE_END.finditer(text):
        parted = cut.group() if cut.group()[0] == "\n" else cut.group()[1:]
        goes_on = parted != "" and text[cut.end() : cut.end() + 1].islower()
        if "\n" not in parted and (goes_on or _ABBREVIATION.search(text[start : cut.end() - len(parted)])):
            continue
        _add_span(text, start, cut.end(), spans)
        start = cut.end()
    _add_span(text, start, len(text), spans)
    return spans


def _add_span(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = left + len(piece.strip())
    if right > left:
        spans.append((left, right))


def letters(text: str) -> str:
    """Give a text's letters and digits, without what stands between them."""
    return _NO_LETTER.sub("", text)


def is_cjk(text: str) -> bool:
    """Say whether a text is mostly written without spaces (Japanese, Chinese)."""
    cjk = len(_CJK.findall(text))
    return cjk > 0 and cjk > _MOSTLY * len(_LETTER.findall(text))  # letters are counted only where it can matter


def words(text: str) -> int:
    """Count words; in scripts without spaces two characters count as one word."""
    cjk = len(_CJK.findall(text))
    return len(_WORD.findall(_CJK.sub(" ", text))) + (cjk + 1) // 2


def script_counts(text: str) -> dict[str, int]:
    """Count letters by script: kana, han, hangul, other."""
    kana, han, hangul = len(_KANA.findall(text)), len(_HAN.findall(text)), len(_HANGUL.findall(text))
    letters = sum(character.isalpha() for character in text)
    return {"kana": kana, "han": han, "hangul": hangul, "other": max(0, letters - kana - han - hangul)}
