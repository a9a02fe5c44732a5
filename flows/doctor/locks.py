"""Who holds a lock of the data folder: looked up, never taken."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

_PROC = Path("/proc")
_STATES = {"T": "stopped", "t": "stopped", "D": "waiting for a disk", "Z": "ended, but not reaped"}


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that holds a lock."""

    pid: int  #: 0 where it is not known
    command: str  #: its command line, "" where it is not known
    since: datetime  #: when it took the lock: it then writes its number into the file
    state: str = ""  #: "stopped" and such; "" for one that runs

    def __str__(self) -> str:
        """Name it for a person."""
        named = f"process {self.pid}" if self.pid else "a process that this user cannot see"
        told = f" ({self.command})" if self.command else ""
        return f"{named}{told} since {self.since:%Y-%m-%d %H:%M} UTC"


def held(path: Path) -> bool:
    """Say whether somebody holds a lock. It is asked for, shared and at once, and given back at once."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def holder(path: Path) -> Holder | None:
    """Give who holds a lock, None for nobody."""
    if not held(path):
        return None
    pid = next(filter(_alive, (_in_kernel(path), _written(path))), 0)
    return Holder(pid, command_of(pid), datetime.fromtimestamp(path.stat().st_mtime, UTC), state_of(pid))


def command_of(pid: int) -> str:
    """Give a process's command line, cut to a line; "" where it is not known."""
    with suppress(OSError):
        words = (_PROC / str(pid) / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
        return " ".join(Path(word).name if place == 0 else word for place, word in enumerate(words)).strip()[:80]
    return ""


def state_of(pid: int) -> str:
    """Say what a process is kept by; "" where it runs or sleeps as usual, or is not known."""
    with suppress(OSError, IndexError):
        return _STATES.get((_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[0], "")
    return ""


def _in_kernel(path: Path) -> int:
    """Give the process that the kernel's list of locks names for a file; 0 where it names none."""
    number = path.stat().st_ino
    with suppress(OSError, ValueError):
        for line in (_PROC / "locks").read_text().splitlines():
            words = line.split()
            if words[1] == "FLOCK" and words[5].endswith(f":{number}"):
                return int(words[4])
    return 0


def _written(path: Path) -> int:
    """Give the process that wrote its number into a lock's file; 0 where none did."""
    with suppress(OSError, ValueError):
        return int(path.read_text())
    return 0


def _alive(pid: int) -> bool:
    return pid > 0 and (not _PROC.is_dir() or (_PROC / str(pid)).is_dir())
