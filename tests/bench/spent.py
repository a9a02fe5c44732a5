"""CPU seconds of this process and of all that it started: what one run costs, wherever it is spent."""

from __future__ import annotations

import os
import resource
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


def cpu() -> float:
    """Give the CPU seconds of this process, of the children that it has waited for, and of those that are at work."""
    ours, gone = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    alive = sum(seconds for _, seconds in descendants(os.getpid()))
    return ours.ru_utime + ours.ru_stime + gone.ru_utime + gone.ru_stime + alive


def descendants(pid: int) -> list[tuple[int, float]]:
    """Give the living processes below one, each with its CPU seconds and those of the children it waited for."""
    seen: dict[int, tuple[int, float]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        seen[int(path.parent.name)] = (int(fields[1]), sum(map(int, fields[11:15])) / _TICK)
    found, level = [], {pid}
    while level := {child for child, (parent, _) in seen.items() if parent in level}:
        found += [(child, seen[child][1]) for child in level]
    return found
