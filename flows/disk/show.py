"""A forecast as people read it: a table, a sentence, and the table of docs/operations.md."""

from __future__ import annotations

from collections.abc import Sequence

from flows.ask.query import Result
from flows.ask.query import as_table as lay
from flows.disk import measured
from flows.disk.grow import MONTH, YEAR, YEARS, Disk, Kept, Pace, Size, after

_KINDS = {
    "warehouse": "warehouse",
    "snapshot": "snapshot",
    "backups": "backups",
    "archive": "archive",
    "issues": "issues",
    "prefect": "Prefect's database",
    "logs": "logs",
    "total": "all",
}
_UNITS = ("B", "KB", "MB", "GB", "TB")
_THOUSAND, _HUNDRED = 1_000, 100
_PLANS = (
    ("all for ever", Kept(0, 0)),
    ("runs 90 days, as shipped", Kept(0, 90)),
    ("runs and archive 90 days", Kept(90, 90)),
)


def as_table(disk: Disk) -> str:
    """Lay a forecast out for a terminal."""
    rows = tuple(
        (_KINDS[one.name], *map(spelled, (one.now, one.in_a_month, one.in_a_year, one.in_five_years)))
        for one in (*disk.kinds, disk.total)
    )
    columns = ("kind", "now", "in a month", "in a year", "in five years")
    return lay(Result(columns, ("VARCHAR",) * len(columns), rows, truncated=False))


def as_sentence(disk: Disk) -> str:
    """Say in a sentence how large it is, how large it gets, and whether that fits."""
    grown = disk.total.in_a_year - disk.total.now
    said = f"{spelled(disk.total.now)} now, {spelled(max(0.0, grown))} more in a year"
    said += f" at {disk.articles:,.0f} articles a week"
    room = f"{spelled(disk.free)} are free"
    if disk.full_in is None:
        return f"{said}; {room}, which is enough for ten years."
    when = f"in {disk.full_in} weeks" if disk.full_in else "too little for the next snapshot"
    return f"{said}; {room}, {'full ' * bool(disk.full_in)}{when}."


def spelled(size: float) -> str:
    """Spell bytes with two or three digits and a unit of thousands."""
    unit = 0
    while size >= _THOUSAND - 0.5 and unit < len(_UNITS) - 1:
        size, unit = size / _THOUSAND, unit + 1
    return f"{size:.1f} {_UNITS[unit]}" if unit > 1 and size < _HUNDRED else f"{size:.0f} {_UNITS[unit]}"


def planned() -> str:
    """Give the forecast of the shipped sources in Markdown: after a month, a year and five, by what is kept."""
    pace = Pace(measured.ARTICLES_A_DAY * 7, measured.SOURCES * 24 * 7, measured.RUNS_A_WEEK)
    ages = (("a month", MONTH), ("a year", YEAR), ("five years", YEARS))
    lines = [
        [said, age, *(spelled(getattr(size, name)) for name in _KINDS)]
        for said, kept in _PLANS
        for age, weeks in ages
        for size in (after(weeks, Size(), pace, kept),)
    ]
    rule = ["---", "---", *["---:"] * len(_KINDS)]
    return "\n".join(map(_line, (["kept", "after", *_KINDS.values()], rule, *lines)))


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
