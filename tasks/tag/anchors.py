"""What of a text survives translation, and where: names, figures and days, each at its first mention."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from tasks.figures import days_at, figures_at
from tasks.lexicon import level
from tasks.tag.reading import Reading
from warehouse.records import Anchor

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_WHOLE = 1000  # the length of a text, whatever its language: an anchor stands at so many thousandths
_KEPT = 60  # anchors of a text: what follows is background


def anchors(reading: Reading) -> tuple[Anchor, ...]:
    """Give the anchors of a text, in its order. The title, which each house makes anew, has none.

    Places are thousandths of the text's bytes (UTF-8): a text and its translation have about as many of them, since
    scripts that need fewer characters need more bytes for each.
    """
    first: dict[str, tuple[int, int]] = {}
    for start, end, key in sorted(_found(reading)):
        first.setdefault(key, (start, end))
    if not first:
        return ()
    at, size, past, found = 0, len(reading.text.encode("utf-8", "surrogatepass")), 0, []
    for key, (start, end) in list(first.items())[:_KEPT]:
        at += len(reading.text[past:start].encode("utf-8", "surrogatepass"))
        past = start
        found.append(Anchor(key, at * _WHOLE // size, start, end))
    return tuple(found)


def _found(reading: Reading) -> Iterator[tuple[int, int, str]]:
    for spot in reading.of("person", "organisation", "place", "third"):
        if not spot.in_title:
            kind = "place" if spot.concept.kind == "third" else spot.concept.kind
            yield spot.start, spot.end, f"{kind}:{spot.concept.id}"
    folded = level(reading.text)
    dated: set[int] = set()
    for (start, end), named in groupby(days_at(folded), key=itemgetter(1)):
        first, *rest = sorted(day for day, _ in named)
        dated.update(range(start, end))
        yield from ((start, end, f"day:{month:02}-{day:02}") for month, day in (first, *rest[-1:]))
    for figure, (start, end) in figures_at(folded):
        if start not in dated:
            yield start, end, f"figure:{figure}"
    for year in _YEAR.finditer(folded):
        if year.start() not in dated:
            yield *year.span(), f"figure:{year.group()}"
