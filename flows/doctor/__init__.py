"""`vnjp doctor`: is everything well, and if not, what to do next. A checker is added to CHECKERS and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from flows.doctor import data, files
from flows.doctor.finding import Finding
from flows.settings import Settings

__all__ = ["CHECKERS", "Finding", "as_lines", "examine"]

Checker = Callable[[Settings, datetime], Iterable[Finding]]

CHECKERS: tuple[Checker, ...] = (
    files.private,
    files.snapshot,
    files.backups,
    files.forgotten,
    data.checks,
    data.records,
)


def examine(settings: Settings, now: datetime) -> list[Finding]:
    """Run every checker; nothing is changed."""
    return [one for check in CHECKERS for one in check(settings, now)]


def as_lines(found: Sequence[Finding]) -> str:
    """Say the findings for a person, one a line, each with the next command to try."""
    width = max(len(one.name) for one in found)
    lines = [f"{one.level:7}  {one.name:{width}}  {one.said}" + (f" -> {one.next}" * bool(one.next)) for one in found]
    return "\n".join(lines)
