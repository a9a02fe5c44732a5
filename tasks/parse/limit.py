"""Read a feed within a time limit: in a child of our own, which is ended when it takes too long or too much memory.

A thread cannot be stopped, and there are documents that take feedparser minutes: one item with 100,000 categories,
which it compares each with each. One child serves a process; it knows no secret of ours and ends with us.
"""

from __future__ import annotations

import atexit
import os
import resource
import signal
import subprocess
import sys
from contextlib import suppress
from datetime import datetime
from multiprocessing.connection import Connection, Pipe
from threading import Lock

from tasks.parse import parse
from warehouse.records import ParsedFeed

SECONDS = 20.0  # 10 MiB with 20,000 honest items take 5 to 8
MEMORY = 1 << 30  # bytes of address space; the same document takes 400 MiB

_PROGRAM = "import sys; from tasks.parse.limit import serve; serve(int(sys.argv[1]), float(sys.argv[2]))"


class Reader:
    """A child that reads one feed at a time, started when first needed and again after it was ended."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._lock = Lock()
        self.child: subprocess.Popen[bytes] | None = None  #: the process at work
        self._line: Connection | None = None
        atexit.register(self.close)

    def parse(
        self,
        body: bytes,
        url: str,
        content_type: str = "",
        zone: str = "UTC",
        now: datetime | None = None,
        pattern: str = "",
    ) -> ParsedFeed:
        """Read a feed as `tasks.parse.parse` does; one that takes too long is `not_a_feed`, `slow`.

        One that ends its reader, by its memory or by a fault of a library, is `not_a_feed`, `crash`. What `parse`
        raises is raised here. The time counts from when the child is free: other feeds may be read first.
        """
        with self._lock:
            line = self._line or self._start()
            try:
                line.send((body, url, content_type, zone, now, pattern))
                answer = line.recv() if line.poll(self._seconds) else ParsedFeed("not_a_feed", reason="slow")
            except (EOFError, OSError):
                answer = ParsedFeed("not_a_feed", reason="crash")
            if isinstance(answer, ParsedFeed) and answer.reason in {"slow", "crash"}:
                self.close()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def close(self) -> None:
        """End the child; the next feed starts another."""
        if self.child and self._line:
            self._line.close()
            self.child.kill()
            self.child.wait()
        self.child = self._line = None

    def _start(self) -> Connection:
        self._line, theirs = Pipe()
        with theirs:
            self.child = subprocess.Popen(  # noqa: S603 - our own interpreter and program
                [sys.executable, "-P", "-c", _PROGRAM, str(theirs.fileno()), str(self._seconds)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env={"PYTHONPATH": os.pathsep.join(sys.path)},  # and nothing of ours
            )
        return self._line


_READER = Reader()
parse_within = _READER.parse


def serve(handle: int, seconds: float) -> None:
    """Read what comes over the connection of this file number until it is closed: the child's life."""
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    with suppress(ValueError):  # macOS grants no limit of the address space
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most), most))
    line = Connection(handle)
    with suppress(EOFError, OSError):
        while True:
            asked = line.recv()
            signal.setitimer(signal.ITIMER_REAL, seconds + 1)  # should the parent die meanwhile, this ends us
            line.send(_answer(*asked))
            signal.setitimer(signal.ITIMER_REAL, 0)


def _answer(
    body: bytes, url: str, content_type: str, zone: str, now: datetime | None, pattern: str
) -> ParsedFeed | Exception:
    try:
        return parse(body, url, content_type, zone, now, pattern)
    except MemoryError:
        return ParsedFeed("not_a_feed", reason="crash")
    except Exception as error:  # noqa: BLE001 - the parent raises it
        return error
