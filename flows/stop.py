"""Stop cleanly on SIGTERM and SIGINT: what is in hand is closed as stopped, and nothing of ours goes on.

Everything is safe against a kill, so a stop need not wait for ever: who asks twice is obeyed at once.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType

GRACE = 20.0  # seconds from the wish to the end: batches in hand wait for slow sites
_NAMES = {signal.SIGTERM: "SIGTERM", signal.SIGINT: "SIGINT"}

at_once: list[Callable[[], None]] = []  #: what ends our other processes when there is no time to unwind
_asked = threading.Event()


class Stopped(SystemExit):
    """Somebody stopped us; the exit code is that of a process which the signal ended."""

    def __init__(self, number: int) -> None:
        super().__init__(128 + number)
        self.number = number

    def __str__(self) -> str:
        """Name the signal."""
        return f"by {_NAMES.get(signal.Signals(self.number), str(self.number))}"


def stoppable() -> None:
    """Unwind on the first signal; on the second, or when the grace is over, end at once. In the main thread only."""
    for number in _NAMES:
        if signal.getsignal(number) is not signal.SIG_IGN:  # as of a job in a script's background, or under nohup
            signal.signal(number, _stop)


def _stop(number: int, _: FrameType | None) -> None:
    if _asked.is_set():
        end_now(128 + number)
    _asked.set()
    sys.stderr.write("vnjp: stopping; what is committed stays, and the next run goes on from there.\n")
    timer = threading.Timer(GRACE, end_now, [128 + number])
    timer.daemon = True
    timer.start()
    raise Stopped(number)


def end_now(code: int) -> None:
    """End without unwinding, but with what is on the list."""
    for end in at_once:
        end()
    os._exit(code)
