"""Keep what was measured: as JSON in .bench/, and as docs/bench.md with its plot, docs/bench.svg."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from html import escape
from itertools import groupby
from math import log10

from tests.bench.line import Line
from tests.command import ROOT

_WIDE, _ROW, _TEXT = 720, 22, 420  # pixels: the picture, a line of it, and the words before its bar
_LEAST, _MOST = 0.05, 20.0  # ratios that the scale of the plot reaches from and to
_INK, _GOOD, _BAD = "#57606a", "#2a6f97", "#c0504d"
_HEAD = """# What it costs

Written by `make bench` on {day} ({cores} cores, Python {python}). Times of a shared machine are noise: each x is a
ratio of CPU times that were measured side by side in that run, the smaller the better unless its goal says otherwise.

![The ratios as bars](bench.svg)
"""


def keep(lines: Sequence[Line], day: date) -> None:
    """Write all three files."""
    held = ROOT / ".bench"
    held.mkdir(exist_ok=True)
    told = {"date": day.isoformat(), "cores": os.cpu_count(), "python": platform.python_version()}
    rows = [asdict(line) | {"goal": line.goal} for line in lines]
    (held / "bench.json").write_text(json.dumps(told | {"lines": rows}, indent=1), encoding="utf-8")
    (ROOT / "docs" / "bench.md").write_text(page(lines, day), encoding="utf-8")
    (ROOT / "docs" / "bench.svg").write_text(plot(lines), encoding="utf-8")


def page(lines: Sequence[Line], day: date) -> str:
    """Write the page: a table for each part."""
    parts = [_HEAD.format(day=day.isoformat(), cores=os.cpu_count(), python=platform.python_version())]
    for part, some in groupby(lines, lambda line: line.part):
        parts.append(f"## {part[0].upper()}{part[1:]}\n\n| figure | what | goal | beside |\n| ---: | --- | --- | --- |")
        parts[-1] += "".join(
            f"\n| {line.value:,.2f} {line.unit} | {line.what} | {line.goal} | {line.note} |" for line in some
        )
    return "\n\n".join(part.strip() for part in parts) + "\n"


def plot(lines: Sequence[Line]) -> str:
    """Draw the ratios as bars from 1 on a scale of powers; those that miss their goal in another colour."""
    drawn = [line for line in lines if line.unit == "x"]
    high = _ROW * (len(drawn) + 1)
    rows = "".join(_bar(line, _ROW * number) for number, line in enumerate(drawn))
    one = _at(1.0)
    axis = f'<path d="M{one:.1f} 0V{high}" stroke="{_INK}"/><text x="{one + 4:.1f}" y="{high - 6}">1</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDE}" height="{high}" viewBox="0 0 {_WIDE} {high}" '
        f'font-family="sans-serif" font-size="11" fill="{_INK}"><rect width="100%" height="100%" fill="#fff"/>'
        f"<title>Ratios of CPU times, on a scale of powers</title>{rows}{axis}</svg>\n"
    )


def _bar(line: Line, top: int) -> str:
    ends = sorted((_at(1.0), _at(line.value)))
    width = max(1.0, ends[1] - ends[0])
    colour = _GOOD if line.holds else _BAD
    told = f"{line.what[:68]}{'…' * (len(line.what) > 68)}"
    return (
        f'<text x="{_TEXT - 8}" y="{top + 15}" text-anchor="end">{escape(told)}: {line.value:.2f}</text>'
        f'<rect x="{ends[0]:.1f}" y="{top + 4}" width="{width:.1f}" height="14" fill="{colour}"/>'
    )


def _at(ratio: float) -> float:
    share = log10(min(_MOST, max(_LEAST, ratio)) / _LEAST) / log10(_MOST / _LEAST)
    return _TEXT + share * (_WIDE - _TEXT - 8)
