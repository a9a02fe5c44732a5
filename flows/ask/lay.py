"""Lay out lines for a terminal: as wide as characters really are, Japanese broken anywhere, other scripts at spaces."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator

from wcwidth import wcswidth

_AROUND = 40  # characters shown on either side of the words
_MOST, _LEAST = 120, 40  # columns
_PIECE = re.compile(
    "[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]|[^\\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+|\\s+"
)
# half a word at the cut, where words are set apart
_HALF_BEFORE, _HALF_AFTER = re.compile(r"^[^\s\u2e80-\uffef]{1,20}\s"), re.compile(r"\s[^\s\u2e80-\uffef]{1,20}$")
_NOT_FIRST = frozenset(
    "、。，．・：；？！）」』】〕》〉ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
)  # no line begins with these


def columns() -> int:
    """Give how many columns to use: the terminal's, within reason."""
    return min(_MOST, max(_LEAST, shutil.get_terminal_size((100, 24)).columns))


def wrap(text: str, width: int, indent: int = 0, hang: int = 0) -> str:
    """Break one line of text into lines of at most `width` columns; lines after the first are set `hang` deeper.

    A word that is longer than a line stands on one of its own, unbroken: it may be an address or an id.
    """
    lines = [" " * indent]
    for piece in _pieces(" ".join(text.split())):
        gap = piece if lines[-1].strip() else piece.lstrip()
        if lines[-1].strip() and _wide(lines[-1] + piece.rstrip()) > width:
            lines.append(" " * (indent + hang))
            gap = piece.lstrip()
        lines[-1] += gap
    return "\n".join(line.rstrip() for line in lines)


def shown(source: str, start: int, end: int) -> str:
    """Show words of a field between square brackets, with what stands around them."""
    before, after = source[max(0, start - _AROUND) : start], source[end : end + _AROUND]
    if start > _AROUND:
        before = "…" + (_HALF_BEFORE.sub("", before) or before)
    if end + _AROUND < len(source):
        after = (_HALF_AFTER.sub("", after) or after) + "…"
    return " ".join(f"{before}[{source[start:end]}]{after}".split())


def common(kind: str, name: str) -> str:
    """Name what two articles share; of a figure and a day the words say it all."""
    return kind if kind in {"figure", "day"} else f"{kind} {name}".strip()


def _pieces(text: str) -> Iterator[str]:
    """Cut text where a line may break; each piece ends with its blanks, and closing marks stay with what they close."""
    waiting = ""
    for found in _PIECE.finditer(text):
        piece = found.group()
        closes = piece.isspace() or piece in _NOT_FIRST
        if waiting and not closes and (waiting[-1].isspace() or _breaks(waiting[-1]) or _breaks(piece[0])):
            yield waiting
            waiting = ""
        waiting += piece
    if waiting:
        yield waiting


def _breaks(character: str) -> bool:
    return "\u2e80" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or "\uff00" <= character <= "\uffef"


def _wide(text: str) -> int:
    return max(wcswidth(text), 0)
