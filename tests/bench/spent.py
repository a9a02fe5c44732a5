"""What one run costs, wherever it is spent: CPU and memory of this process and of all that it started."""

from __future__ import annotations

import os
import resource
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

_TICK, _PAGE = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
_OFTEN = 0.5  # seconds between two looks at the memory


def cpu(without: Collection[int] = ()) -> float:
    """Give the CPU seconds of this process, of the children that it has waited for, and of those that are at work.

    `without` are living children that do not count, such as the sites that are asked.
    """
    ours, gone = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    alive = sum(seconds for pid, seconds in descendants(os.getpid()) if pid not in without)
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


@contextmanager
def watched_memory(without: Collection[int] = ()) -> Iterator[list[int]]:
    """Give a list whose last entry is, in the end, the most memory that was held at once by all these processes."""
    peak, over = [0], threading.Event()

    def watch() -> None:
        while not over.wait(_OFTEN):
            pids = {os.getpid(), *(pid for pid, _ in descendants(os.getpid()))} - {*without}
            peak.append(max(peak[-1], sum(map(_held, pids))))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peak
    finally:
        over.set()
        watcher.join()


def _held(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except OSError:
        return 0
