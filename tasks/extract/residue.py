"""Clean extracted text line by line: pure rules, so that each can be tested on a line of its own."""

from __future__ import annotations

import re

from tasks.dates import read_date
from tasks.extract import rules
from tasks.text import clean, fold, letters

HEAD, TAIL = 6, 4  # lines at the beginning and end where bylines, datelines and biographies stand
FURNITURE = 60  # characters; what stands above the headline is shorter
INDEX, REGISTER = 8, 16  # lines, and words of one line, from which names without a sentence are a register
REST = 0.4  # share of the text that a list of other articles may have
SIGHT = 120  # characters at the end of a caption where the picture's maker is named
CAPTION = 500  # characters; a longer line is a paragraph, though it end with a picture's credit
FOREIGN, NATIVE = 0.5, 0.25  # share of Vietnamese words in a line, in the text around it

_VIETNAMESE = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
_MARKED = re.compile(rf"[áàãâéèêíìóòôõúùýĩũ]|{_VIETNAMESE.pattern}", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


def tidy(text: str, titles: tuple[str, ...] = (), author: str = "") -> tuple[str, str]:
    """Clean an extracted text; give it with a paragraph a line, and who signed its end ("VNS", a name, or "").

    `titles` are what the page is known to be called: the line that repeats one goes, with what stands above it.
    """
    lines = [line for line in clean(text).split("\n") if line]
    lines = _without_index(lines)
    lines = _below_title(lines, {_letters(title) for title in titles if title})
    lines = _without_tail(_without_summary(lines))
    foreign = not _is_vietnamese(" ".join(lines), NATIVE)
    lines = [
        line
        for number, line in enumerate(lines)
        if not (is_noise(line) or (number < HEAD and is_dateline(line)) or (foreign and _is_vietnamese(line, FOREIGN)))
    ]
    lines = _without_byline(lines, _letters(author))
    return _signed([ended(line) for line in lines], vietnamese=not foreign)


def is_noise(line: str) -> bool:
    """Say whether a line is no part of an article wherever it stands: buttons, forms, captions, files' names."""
    if rules.NOISE.fullmatch(line) or rules.PATH.fullmatch(line):
        return True
    return len(line) <= CAPTION and bool(rules.PICTURE.search(line[-SIGHT:]) and rules.CAPTION.fullmatch(line))


def is_dateline(line: str) -> bool:
    """Say whether a line near the beginning only says when and where."""
    if rules.DATELINE.fullmatch(line) or rules.TIMESTAMP.fullmatch(line):
        return True
    return len(line) <= FURNITURE and read_date(line, "UTC")[0] is not None


def ended(line: str) -> str:
    """Take off a line what agencies and copiers put at its end."""
    for pattern, replacement in rules.ENDINGS:
        line = pattern.sub(replacement, line)
    return line


def _letters(text: str) -> str:
    """Fold what may be a title or a name to its letters; a longer line is neither."""
    return letters(fold(text)) if len(text) <= CAPTION else text


def _below_title(lines: list[str], titles: set[str]) -> list[str]:
    """Drop the headline and the short lines above it; a path through the site counts as one of them."""
    for number, line in reversed([*enumerate(lines[:HEAD])]):
        top = _letters(line) in titles or rules.PATH.fullmatch(line)
        if top and all(len(above) <= FURNITURE for above in lines[:number]):
            return lines[number + 1 :]
    return lines


def _without_index(lines: list[str]) -> list[str]:
    """Drop a register above the text: many short lines without a sentence, or one line of nothing but names."""
    run = next((number for number, line in enumerate(lines) if not rules.LABEL.fullmatch(line)), 0)
    if run >= INDEX and sum(map(len, lines[:run])) <= sum(map(len, lines[run:])):
        lines = lines[run:]
    return [line for number, line in enumerate(lines) if not (number < HEAD and _is_register(line))]


def _is_register(line: str) -> bool:
    if rules.STOP.search(line):
        return False
    names = [word for word in _WORD.findall(line) if word[:1].upper() != word[:1].lower()]
    return len(names) >= REGISTER and all(word[0].isupper() for word in names)


def _without_tail(lines: list[str]) -> list[str]:
    """Cut a list of other articles, or a form, off the end."""
    whole = sum(map(len, lines))
    for number, line in enumerate(lines):
        if rules.TAIL.fullmatch(line) and number > 0 and sum(map(len, lines[number:])) <= REST * whole:
            return lines[:number]
    return lines


def _without_summary(lines: list[str]) -> list[str]:
    """Drop a summary's heading near the beginning with the points under it."""
    for number, line in enumerate(lines[:HEAD]):
        if rules.SUMMARY.fullmatch(line):
            end = number + 1
            while end < len(lines) and lines[end].startswith("- "):
                end += 1
            return lines[:number] + lines[end:]
    return lines


def _is_vietnamese(text: str, share: float) -> bool:
    if not _VIETNAMESE.search(text):
        return False
    words = _WORD.findall(text)
    return sum(1 for word in words if _MARKED.search(word)) > share * len(words)


def _without_byline(lines: list[str], author: str) -> list[str]:
    """Drop the author's name alone on a line near the beginning, and it or his biography under the text."""
    alone = {author, f"by{author}", f"av{author}"} if author else set()
    kept = [line for line in lines[:HEAD] if _letters(line) not in alone] + lines[HEAD:]
    while len(kept) > 1 and (_letters(kept[-1]) in alone or rules.BIOGRAPHY.fullmatch(kept[-1])):
        kept.pop()
    return kept


def _signed(lines: list[str], *, vietnamese: bool) -> tuple[str, str]:
    """Take the signature off the end: an agency's mark, or in a Vietnamese text a name on a line of its own."""
    if len(lines) > 1 and vietnamese and rules.NAME.fullmatch(lines[-1]):
        return "\n".join(lines[:-1]), lines[-1]
    for number in range(len(lines) - 1, max(-1, len(lines) - 1 - TAIL), -1):
        if credit := rules.CREDIT.search(lines[number]):
            lines[number] = lines[number][: credit.start()]
            return "\n".join(lines), credit["credit"]
    return "\n".join(lines), ""
