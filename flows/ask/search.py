"""Find articles by what is written in them: `vnjp search`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flows.ask.lay import columns, wrap
from tasks.text import clean
from warehouse.connect import Db, Warehouse
from warehouse.errors import MendableError, WarehouseError
from warehouse.rows import Row, rows

_LONGEST = 1_000  # characters of a question
_POOL = 300  # candidates that are ranked in full
_FILTERED = 5_000  # the same where most may be filtered out
# Marks of no width that no stored text has: cleaning takes them out.
_OPENING, _CLOSING = "\u2061", "\u2062"
_MARKED = re.compile(f"{_OPENING}(.*?){_CLOSING}", re.DOTALL)
_BOLD = ("\x1b[1m", "\x1b[22m")
_BRACKETS = ("[", "]")


class WrongQuestionError(MendableError):
    """There is nothing to look for."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a user looks for; empty tuples and None filter nothing."""

    asked: str
    since: datetime | None = None
    relevance: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    limit: int = 10


def search(warehouse: Warehouse, wanted: Wanted) -> Row:
    """Give {asked, terms, articles (searched), found}: the best first, each with its score, excerpt and marks.

    `start` of an excerpt and `marks` (half-open spans) count code points of the title or text as stored, as evidence
    does. Raises WrongQuestionError where nothing is asked.
    """
    wanted = replace(wanted, asked=clean(wanted.asked))
    if len(wanted.asked) > _LONGEST:
        raise WrongQuestionError(
            f"the question has {len(wanted.asked):,} characters; at most {_LONGEST:,} are looked for"
        )
    with warehouse.reader() as db:
        if not rows(db, "can_search"):
            raise WarehouseError(
                f"{warehouse.snapshot} is of a version that could not search yet. `vnjp maintain` publishes it anew."
            )
        (asked,) = rows(db, "searched", asked=wanted.asked)
        if not asked["terms"]:
            raise WrongQuestionError(f'there is no word in {wanted.asked!r}; ask as in `vnjp search "ODA đường sắt"`')
        found = _found(db, wanted)
    terms = sorted(asked["terms"])
    return {"asked": wanted.asked, "terms": terms, "articles": asked["texts"], "found": [_placed(row) for row in found]}


def told(found: Row, *, bold: bool) -> str:
    """Lay out what was found, with what matched in bold or in brackets."""
    marks = _BOLD if bold else _BRACKETS
    lines = []
    for place, row in enumerate(found["found"], start=1):
        lines += [
            wrap(f"{place}. {_mark(row['title'], row['title_marks'])}", columns(), 0, 3),
            wrap(_about(row), columns(), 3),
            *([wrap(_shown(row), columns(), 3)] if row["excerpt"] else []),
            "",
        ]
    return _swap("\n".join(lines).rstrip("\n"), marks)


def nothing(found: Row) -> str:
    """Say that nothing was found, among how much, and what to try."""
    return (
        f"No article of {found['articles']:,} tells most of {found['asked']!r}. "
        "Try fewer or other words, or one that must be there; accents may be left out."
    )


def _found(db: Db, wanted: Wanted) -> list[Row]:
    narrowed = wanted.since or wanted.relevance or wanted.languages
    given: dict[str, Any] = {
        "asked": wanted.asked,
        "pool": _FILTERED if narrowed else max(_POOL, 2 * wanted.limit),
        "since": wanted.since,
        "relevance": list(wanted.relevance) or None,
        "languages": list(wanted.languages) or None,
        "most": wanted.limit,
        "opening": _OPENING,
        "closing": _CLOSING,
    }
    return rows(db, "search", **given)


def _placed(row: Row) -> Row:
    """Take the marks out of a row, and say by code points where they stood in the title and the text."""
    title, title_marks = _unmark(row.pop("marked_title"), 0)
    excerpt, _ = _unmark(row["marked_excerpt"], 0)
    text = row.pop("text")
    start = text.find(excerpt) if excerpt else 0
    _, marks = _unmark(row.pop("marked_excerpt"), start)
    return row | {
        "title": title,
        "title_marks": title_marks,
        "excerpt": excerpt,
        "start": start,
        "marks": marks,
        "cut": (start > 0, start + len(excerpt) < len(text.rstrip())),
    }


def _unmark(marked: str, start: int) -> tuple[str, list[tuple[int, int]]]:
    """Give a text without its marks, and the spans that they stood around, counted from `start`."""
    spans = []
    for before, found in enumerate(_MARKED.finditer(marked)):
        begin = start + found.start() - 2 * before
        spans.append((begin, begin + len(found[1])))
    return _MARKED.sub(r"\1", marked), spans


def _about(row: Row) -> str:
    day: datetime = row["published"] or row["first_seen"]
    parts: list[str] = [row["outlet"], f"{day:%Y-%m-%d}", row["language"], row["relevance"] or "not judged yet"]
    parts += [f"story {row['story_id']}"] if row["story_id"] else []
    parts += [f"and {row['copies']} cop{'ies' if row['copies'] > 1 else 'y'}"] if row["copies"] else []
    return " · ".join([*(part for part in parts if part), row["article_id"]])


def _shown(row: Row) -> str:
    before, after = row["cut"]
    excerpt: str = row["excerpt"]
    shifted = [(start - row["start"], end - row["start"]) for start, end in row["marks"]]
    return f"{'…' * before}{_mark(excerpt, shifted)}{'…' * after}"


def _mark(text: str, spans: Sequence[tuple[int, int]]) -> str:
    pieces, last = [], 0
    for start, end in spans:
        pieces += [text[last:start], _OPENING, text[start:end], _CLOSING]
        last = end
    return "".join([*pieces, text[last:]])


def _swap(text: str, marks: tuple[str, str]) -> str:
    return text.replace(_OPENING, marks[0]).replace(_CLOSING, marks[1])
