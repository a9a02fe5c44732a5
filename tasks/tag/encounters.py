"""Who meets whom in one sentence, and in which sentence a sum stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Literal, cast

from tasks.tag.days import Day
from tasks.tag.reading import Reading, Spot
from warehouse.records import Amount, Encounter, Evidence

_KINDS = ("meeting", "call")  # event types whose words say that people meet; a visit alone does not
_NEAR = 12  # characters
_GATHERING = re.compile(r"conferen", re.IGNORECASE)
_PRESS_BEFORE = re.compile(r"(?:記者|记者|기자|press|news|media|presse)[\s-]*$", re.IGNORECASE)
_PRESS_AFTER = re.compile(
    r"\s*(?:báo chí|báo giới|phóng viên|(?:the )?(?:press|media)|reporters|journalists)", re.IGNORECASE
)


def encounters(reading: Reading, days: Sequence[Day] = ()) -> tuple[Encounter, ...]:
    """List the pairs of people of different sides who stand in one sentence, or in the title, with a word for it.

    Of one side they are mostly those whom somebody else met. That somebody meets the press is no encounter. `days` are
    those that the article names.
    """
    words = {spot.sentence: spot for spot in reversed(reading.of("event")) if _tells(reading, spot)}
    people: dict[int, dict[str, Spot]] = defaultdict(dict)
    for spot in reading.of("person"):
        if spot.sentence in words:
            people[spot.sentence].setdefault(spot.concept.id, spot)
    return tuple(
        replace(_encounter(reading, words[sentence], one, other, len(named)), day=_day(reading, words[sentence], days))
        for sentence, named in people.items()
        for one, other in combinations(named.values(), 2)
        if one.concept.side != other.concept.side
    )


def placed(reading: Reading, sums: Iterable[Amount], words: Iterable[Evidence]) -> tuple[Amount, ...]:
    """Give sums with their place and sentence; `words` is the evidence of each, in the same order."""
    return tuple(_placed(reading, one, word) for one, word in zip(sums, words, strict=True))


def _tells(reading: Reading, word: Spot) -> bool:
    source = reading.source(word)
    return (
        word.concept.id in _KINDS
        and not _GATHERING.match(reading.words(word))
        and not _PRESS_BEFORE.search(source[max(0, word.start - _NEAR) : word.start])
        and not _PRESS_AFTER.match(source[word.end : word.end + _NEAR])
    )


def _encounter(reading: Reading, word: Spot, one: Spot, other: Spot, named: int) -> Encounter:
    kind = cast("Literal['meeting', 'call']", word.concept.id)
    start, end = _bounds(reading, word)
    field: Literal["title", "text"] = "title" if word.in_title else "text"
    return Encounter(one.concept.id, other.concept.id, kind, field, start, end, word.start, word.end, named)


def _day(reading: Reading, word: Spot, days: Sequence[Day]) -> date | None:
    """Give the day that the sentence of a word names; None where it names none, or several."""
    start, end = _bounds(reading, word)
    named = {one.date for one in days if one.in_title == word.in_title and start <= one.start < end}
    return named.pop() if len(named) == 1 else None


def _bounds(reading: Reading, word: Spot) -> tuple[int, int]:
    return (0, len(reading.title)) if word.in_title else reading.sentences[word.sentence]


def _placed(reading: Reading, one: Amount, word: Evidence) -> Amount:
    start, end = (0, len(reading.title)) if word.field == "title" else _sentence(reading, word.start)
    return replace(
        one, field=word.field, start_char=word.start, end_char=word.end, sentence_start=start, sentence_end=end
    )


def _sentence(reading: Reading, place: int) -> tuple[int, int]:
    return reading.sentences[bisect_right(reading.sentences, (place, len(reading.text) + 1)) - 1]
