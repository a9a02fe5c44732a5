"""One queue for each host: one request at a time, a gap between starts, and the pauses that the host asks for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from math import inf
from time import monotonic

from tasks.web.stop import Stop

LONGEST_GAP = 30.0  #: seconds of a crawl-delay that we honour; who asks for more gets this
PATIENCE = 3  #: time-outs in a row after which a host is let alone for the rest of the call


class Lane:
    """The queue of one host. Redirects and robots.txt take turns of their own: none is held while awaiting another."""

    def __init__(self, host: str, gap: float, closes: float = inf) -> None:
        """Open the queue; from the monotonic instant `closes` on it is sent home, for the call has no more time."""
        self._host = host
        self._gap = gap
        self._closes = closes
        self._turn = asyncio.Lock()
        self._started = -LONGEST_GAP
        self._timeouts = 0
        self._paused_until = 0.0
        self._pause_reason = ""

    @asynccontextmanager
    async def turn(self, places: asyncio.Semaphore) -> AsyncIterator[None]:
        """Wait for one's turn, the gap and a place among those that all hosts share; raises Stop in a pause."""
        async with self._turn:
            self._check()
            await asyncio.sleep(self._started + self._gap - monotonic())
            async with places:
                self._started = monotonic()
                yield

    def widen(self, gap: float) -> None:
        """Honour a crawl-delay, in seconds."""
        self._gap = max(self._gap, min(gap, LONGEST_GAP))

    def pause(self, seconds: int, reason: str) -> None:
        """Leave the host alone for so long; what would have been asked is answered with the reason."""
        self._paused_until = monotonic() + seconds
        self._pause_reason = reason

    def note(self, *, timed_out: bool) -> None:
        """Count time-outs in a row: a dead host must not cost its time-out once for every article."""
        self._timeouts = self._timeouts + 1 if timed_out else 0

    def _check(self) -> None:
        left = self._paused_until - monotonic()
        if left > 0:
            raise Stop("blocked", f"not asked: {self._pause_reason}", retry_after=round(left + 0.5))
        if monotonic() + self._gap > self._closes:
            reason = f"not asked: {self._host} has more to be asked than one run has time for"
            raise Stop("blocked", reason, retry_after=1)  # nothing is wrong with it: the next run goes on
        if self._timeouts >= PATIENCE:
            raise Stop("timeout", f"not asked: {self._host} let {self._timeouts} requests in a row time out")
