"""What a replay may change: the thresholds of judging, folding, telling and composing, by name."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import timedelta
from typing import Any

from flows.solve import DAYS
from tasks import cluster, dedupe, tag
from tasks.compose import Layout
from tasks.dedupe import SAMPLE
from warehouse.read import ANCHORS

Value = float | int  #: spans are in days
_DAY = timedelta(days=1)
_MOST = 100_000  # of whatever it is


@dataclass(frozen=True, slots=True)
class Knobs:
    """The thresholds of each step; as they stand, unless told otherwise."""

    relevance: tag.Bounds = tag.BOUNDS
    copies: dedupe.Bounds = dedupe.BOUNDS
    stories: cluster.Bounds = field(default_factory=cluster.Bounds)
    issue: Layout = field(default_factory=Layout)


def values(knobs: Knobs) -> dict[str, Value]:
    """Give every threshold by its name, such as stories.join or copies.kin.both."""
    found = _walk(knobs, "")
    return {name: value / _DAY if isinstance(value, timedelta) else value for name, value in found}


def turned(given: Iterable[str]) -> Knobs:
    """Read NAME=VALUE; ValueError, with a sentence, for a name that is none or a value that cannot be one."""
    knobs = Knobs()
    for one in given:
        name, equals, written = (part.strip() for part in one.partition("="))
        now = values(knobs)
        if name not in now:
            raise ValueError(_unknown(name, now))
        if not equals:
            raise ValueError(f"{name} needs a value: {name}={now[name]:g} is what holds.")
        knobs = _put(knobs, name.split("."), _read(name, written, now[name]))
    return knobs


def changes(knobs: Knobs) -> dict[str, tuple[Value, Value]]:
    """Give what differs from the thresholds that hold: name -> (that one, the new one)."""
    now, then = values(Knobs()), values(knobs)
    return {name: (now[name], then[name]) for name in now if now[name] != then[name]}


def listed() -> str:
    """Say every threshold, a line each."""
    return "\n".join(
        f"  {name} = {value / _DAY:g} days" if isinstance(value, timedelta) else f"  {name} = {value:g}"
        for name, value in _walk(Knobs(), "")
    )


def unreachable(knobs: Knobs) -> Iterator[str]:
    """Say what a change asks for that is not looked for: pairs that are never compared cannot be found by it."""
    copies = knobs.copies
    if (lowest := min(copies.contained, copies.reworked, copies.excerpt)) < copies.least:
        yield (
            f"Texts that share less than copies.least={copies.least:g} of the shorter one are hardly ever compared, "
            f"so a containment of {lowest:g} finds few more copies. Set copies.least, too."
        )
    if (fewest := min(copies.enough, copies.some, copies.brief)) < SAMPLE:
        yield (
            f"Copies are looked for by one hash of a shingle in {SAMPLE}: of pairs that share {fewest} shingles, some "
            "have none of these in common and are not compared."
        )
    if (shared := min(copies.strangers.shared, copies.kin.shared)) < ANCHORS:
        yield f"Translations among older articles are looked for by {ANCHORS} anchors; {shared} find few of them."
    if knobs.stories.apart.visit > cluster.Bounds().apart.visit:
        yield f"Of articles more than {window(knobs)} days from the week, only those in its stories are looked at."


def window(knobs: Knobs) -> int:
    """Give how many days around the week an article may lie to be told with one of the week."""
    apart = knobs.stories.apart
    return max(DAYS, math.ceil(max(apart.week, apart.dated) / _DAY))


def _walk(record: Any, above: str) -> Iterator[tuple[str, Value | timedelta]]:  # noqa: ANN401 - any of the records
    for one in fields(record):
        value, name = getattr(record, one.name), f"{above}{one.name}"
        if is_dataclass(value):
            yield from _walk(value, f"{name}.")
        elif not isinstance(value, bool):
            yield name, value


def _put(record: Any, path: list[str], value: Value) -> Any:  # noqa: ANN401 - any of the records
    first, *rest = path
    held = getattr(record, first)
    if rest:
        return replace(record, **{first: _put(held, rest, value)})
    return replace(record, **{first: timedelta(days=value) if isinstance(held, timedelta) else value})


def _read(name: str, written: str, now: Value) -> Value:
    """Read a value of the kind that holds now: a count, days, a share of 0 to 1, or a score."""
    try:
        value = float(written)
    except ValueError:
        value = math.nan
    whole, share = isinstance(now, int), 0 < now <= 1 and not isinstance(now, int)
    if share and not 0 <= value <= 1:
        raise ValueError(f"{name}={written} is no share: it lies between 0 and 1, and is {now:g} now.")
    if whole and not (value >= 0 and value.is_integer()):
        raise ValueError(f"{name}={written} is no whole number from 0; it is {now:g} now.")
    if not 0 <= value <= _MOST:
        raise ValueError(f"{name}={written} is no number from 0 to {_MOST:,}; it is {now:g} now.")
    return int(value) if whole else value


def _unknown(name: str, now: Mapping[str, Value]) -> str:
    ends = {one.rpartition(".")[2]: one for one in now}
    near = difflib.get_close_matches(name, now, 1) or [ends[one] for one in difflib.get_close_matches(name, ends, 1)]
    meant = f" Did you mean {near[0]}?" if near else ""
    return f"{name!r} is no threshold.{meant} There are:\n{listed()}"
