"""What of a text survives translation, and where: names, figures and days, each at its first mention."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from tasks.figures import figures_at
from tasks.lexicon import level
from tasks.tag.days import Day
from tasks.tag.reading import Reading
from warehouse.records import Anchor

_KINDS = {"person": "person", "organisation": "organisation", "place": "place", "third": "place"}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_WHOLE = 1000  # the length of a text, whatever its language: an anchor stands at so many thousandths
_KEPT = 60  # anchors of a text: what follows is background

Place = tuple[int, int, str]  #: where it starts and ends, what it is


def anchors(reading: Reading, found: Sequence[Day]) -> tuple[Anchor, ...]:
    """Give the anchors of a text, in its order. The title, which each house makes anew, has none.

    Places are thousandths of the text's bytes (UTF-8): a text and its translation have about as many of them, since
    scripts that need fewer characters need more bytes for each.
    """
    dated = [day for day in found if not day.in_title and any(map(str.isdigit, reading.text[day.start : day.end]))]
    every = sorted([*_names(reading), *_days(dated), *_figures(reading.text, dated)])
    first = {key: (start, end) for start, end, key in reversed(every)}
    at, size, past, made = 0, len(reading.text.encode("utf-8", "surrogatepass")), 0, []
    for key, (start, end) in sorted(first.items(), key=lambda one: (one[1], one[0]))[:_KEPT]:
        at += len(reading.text[past:start].encode("utf-8", "surrogatepass"))
        past = start
        made.append(Anchor(key, at * _WHOLE // size, start, end))
    return tuple(made)


def _names(reading: Reading) -> Iterator[Place]:
    for kind, name in _KINDS.items():
        seen = set()
        for spot in reading.spots.get(kind, ()):
            if spot.zone != "title" and spot.concept.id not in seen:
                seen.add(spot.concept.id)
                yield spot.start, spot.end, f"{name}:{spot.concept.id}"


def _days(dated: Iterable[Day]) -> Iterator[Place]:
    return ((day.start, day.end, f"day:{day.date:%m-%d}") for day in dated)


def _figures(text: str, dated: Iterable[Day]) -> Iterator[Place]:
    """Give figures and years that are no part of a day."""
    folded = level(text)
    inside = {place for day in dated for place in range(day.start, day.end)}
    for figure, (start, end) in figures_at(folded):
        if start not in inside:
            yield start, end, f"figure:{figure}"
    for year in _YEAR.finditer(folded):
        if year.start() not in inside:
            yield *year.span(), f"figure:{year.group()}"
