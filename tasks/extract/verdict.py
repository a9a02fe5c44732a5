"""Whether a page gave its article, and if not, why."""

from __future__ import annotations

import re
from typing import Literal

from tasks.extract import walls
from tasks.extract.marks import Marks
from tasks.text import script_counts, words

WORDS, CHARACTERS = 40, 60  # of a text that is not too short: words, or characters in East Asian scripts
SURELY = 1_000  # characters in any script
LITTLE = 120  # words: a page that is a wall says no more
LISTED, REMARK = 5, 15  # teasers on a page, and words beside them, that make it a list of articles
ENTRIES = 8  # lines that may have no sentence among them: a poem's, or a table's
LABEL = 40  # characters of a line that is a menu's, not a text's
NOTICE = 300  # characters of a line that tells the reader to pay; a longer one is the article's
TEASER = 60  # words: what is shown of an article that its publisher marks as not free

_SENTENCE = re.compile(r"[.!?…。！？．][\"'”’」』)）]*$")

Quality = Literal["full", "short", "none"]


def verdict(title: str, text: str, raw: str, page: str, marks: Marks, listed: int = 0) -> tuple[Quality, str]:
    """Judge a page by its title, its cleaned and raw extracted text, all that is written on it, its teasers' number.

    Gives full with "", short with `paywall` or `too short`, none with `challenge`, `not found`, `consent`, `list` (of
    other articles) or `no text`.
    """
    if words(raw) <= LITTLE and (reason := _wall(f"{title}\n{raw or page}")):
        return "none", reason
    if listed >= LISTED and words(" ".join(line for line in text.split("\n") if len(line) > LABEL)) < REMARK:
        return "none", "list"
    if not text or _is_menu(text):
        return "none", "no text"
    closed = marks.text("isAccessibleForFree").lower() == "false"
    notices = "\n".join(line for line in raw.split("\n") if len(line) <= NOTICE)
    if (
        walls.PAYWALL.search(notices)
        or (any(sign in page for sign in walls.SIGNS) and walls.CUT.search(page))
        or (closed and words(raw) <= TEASER)
    ):
        return "short", "paywall"
    return ("full", "") if enough(text) else ("short", "too short")


def _is_menu(text: str) -> bool:
    """Say whether a text is nothing but labels: what is left of a page that was cut off above its article."""
    lines = text.split("\n")
    return len(lines) >= ENTRIES and all(len(line) <= LABEL and not _SENTENCE.search(line) for line in lines)


def _wall(told: str) -> str:
    """Name what stands in the article's place, "" for nothing known; consent is spoken of in articles too."""
    kinds = (("challenge", walls.CHALLENGE, 1), ("not found", walls.MISSING, 1), ("consent", walls.CONSENT, 3))
    for reason, pattern, least in kinds:
        if len({found[0].casefold() for found in pattern.finditer(told)}) >= least:
            return reason
    return ""


def enough(text: str) -> bool:
    """Say whether a text is long enough to be an article's: by words, or by characters in East Asian scripts."""
    if len(text) >= SURELY:
        return True
    scripts = script_counts(text)
    eastern = scripts["kana"] + scripts["han"] + scripts["hangul"]
    return eastern >= CHARACTERS if eastern > scripts["other"] else words(text) >= WORDS
