"""Lines of plain text that fit a width, for scripts with and without spaces."""

from __future__ import annotations

import re

from wcwidth import wcswidth

from tasks.render.safe import NO_BREAK, flat

WIDTH = 74  # columns; a Japanese character takes two

# Japanese line breaking (kinsoku): these never begin a line, those never end one.
_NEVER_FIRST = "、。，．・：；？！ー々ゝゞ）」』】〕》〉”’％…ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ,.:;?!)]%"
_NEVER_LAST = "（「『【〔《〈“‘(["
_WIDE = "\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
_PIECE = re.compile(rf" |[{re.escape(_NEVER_LAST)}]*(?:[{_WIDE}]|[^ {_WIDE}]+)[{re.escape(_NEVER_FIRST)}]*")


def fill(text: str, first: str = "", rest: str | None = None, width: int = WIDTH) -> str:
    """Break text into lines of at most `width` columns; `first` opens the first, `rest` (else `first`) the others.

    An address is never broken; any other word too long for a line is.
    """
    rest = first if rest is None else rest
    lines, line, bare = [], first, True  # bare: the line holds nothing but its opening yet
    for part in (part for piece in _PIECE.findall(flat(text).strip(" ")) for part in _fitting(piece, width)):
        if not bare and columns(line) + columns(part.rstrip(" ")) > width:
            lines.append(line.rstrip(" "))
            line, bare = rest, True
        if not bare or part != " ":
            line, bare = line + part, False
    return "\n".join([*lines, line.rstrip(" ")]).replace(NO_BREAK, " ")


def rule(character: str) -> str:
    """Draw a line across the page."""
    return character * WIDTH


def columns(text: str) -> int:
    """Count the columns that a text takes; a Japanese character takes two."""
    return max(wcswidth(text), 0)


def _fitting(piece: str, width: int) -> list[str]:
    """Cut a piece that no line can hold, unless it is an address."""
    room = width - 8
    if len(piece) <= room // 2 or piece.startswith(("http://", "https://")) or columns(piece) <= room:
        return [piece]
    half = room // 2
    return [piece[at : at + half] for at in range(0, len(piece), half)]
