"""Where places lie: a town in its province, a province in the one that it was merged into."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

_WIDE = frozenset({"sea", "island", "region"})
_CAPITALS = frozenset({"ha-noi", "tokyo"})  # they stand for their governments, and are where reports come from


def around(places: Iterable[str]) -> frozenset[str]:
    """Give places, and whatever they lie in."""
    table = _table()
    found: set[str] = set()
    ahead = list(places)
    while ahead:
        one = ahead.pop()
        if one and one not in found:
            found.add(one)
            ahead.append(table.get(one, ("", ""))[1])
    return frozenset(found)


def towns(places: Iterable[str]) -> frozenset[str]:
    """Keep the places in which one event can be: towns, provinces, airports; no seas or regions, and no capitals."""
    return frozenset(one for one in places if one not in _CAPITALS and _table().get(one, ("", ""))[0] not in _WIDE)


@cache
def _table() -> dict[str, tuple[str, str]]:
    """Read of each place its kind and what it lies in, "" for nothing."""
    table = (files("warehouse.seeds") / "places.csv").read_text(encoding="utf-8")
    return {row["id"]: (row["kind"], row["merged_into"]) for row in csv.DictReader(io.StringIO(table))}
