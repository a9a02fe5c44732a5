"""Figures of warehouses of several sizes: how they are taken, kept in .bench/ and laid side by side."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

RESULTS = Path(__file__).parents[2] / ".bench"
BASE = 100_000  # articles that growth is told against
ROUNDS = 3


class Figure(NamedTuple):
    """What was measured."""

    unit: str
    clock: float  #: what the clock shows; the value itself where it is no time
    used: float  #: seconds of CPU; the same


Figures = dict[str, Figure]


def spent(work: Callable[[], object], rounds: int = ROUNDS) -> Figure:
    """Give the seconds that some work takes at best."""
    found = []
    for _ in range(rounds):
        starts = time.perf_counter(), time.process_time()
        work()
        found.append((time.perf_counter() - starts[0], time.process_time() - starts[1]))
    return Figure("s", min(clock for clock, _ in found), min(used for _, used in found))


def amount(unit: str, value: float) -> Figure:
    """Give what is no time."""
    return Figure(unit, value, value)


def keep(articles: int, figures: Figures) -> None:
    """Write what was measured beside what stands of it, and of other sizes."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"scale-{articles}.json"
    path.write_text(json.dumps({**kept().get(articles, {}), **figures}, indent=1), encoding="utf-8")


def kept() -> dict[int, Figures]:
    """Read what was measured, by size."""
    found = {}
    for path in RESULTS.glob("scale-*.json"):
        read_ = json.loads(path.read_text("utf-8"))
        found[int(path.stem.partition("-")[2])] = {name: Figure(*figure) for name, figure in read_.items()}
    return dict(sorted(found.items()))


def table(found: dict[int, Figures]) -> list[str]:
    """Lay out all sizes side by side: seconds by the clock and of CPU, and how much the largest is of the base."""
    names = list(dict.fromkeys(name for figures in found.values() for name in figures))
    head = "".join(f"{articles:>22,}" for articles in found)
    lines = [
        f"{'articles':52}{head}   growth",
        f"{'':52}{'clock     CPU':>22}" + f"{'clock     CPU':>22}" * (len(found) - 1),
    ]
    for name in names:
        cells = "".join(_cell(figures.get(name)) for figures in found.values())
        least, most = found.get(BASE, {}).get(name), found[max(found)].get(name)
        ratio = f"{most.used / least.used:8.1f}" if least and most and least.used and max(found) > BASE else ""
        lines.append(f"{name:52}{cells} {ratio}".rstrip())
    return lines


def _cell(figure: Figure | None) -> str:
    if figure is None:
        return f"{'':22}"
    if figure.unit == "s":
        return f"{figure.clock:12.3f} {figure.used:7.3f} s"
    return f"{figure.used:,.1f} {figure.unit}".rstrip().rjust(22)


def missed(articles: int, figures: Figures) -> list[str]:
    """Name what takes a second of CPU and must not."""
    lines = ("look up", "view", "an issue") if articles <= BASE else ("look up",)
    return [name for name, one in figures.items() if name.startswith(lines) and one.unit == "s" and one.used >= 1]
