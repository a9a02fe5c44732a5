"""Work that may take too long or too much memory, done in a child of our own, which is ended when it does.

A thread cannot be stopped, and there are documents that take a library minutes or gigabytes. A child does one thing at
a time for its process; it knows no secret of ours and ends with us.
"""

from __future__ import annotations

import atexit
import importlib
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from threading import Lock
from typing import Any

_PROGRAM = "import sys; from tasks.child import serve; serve(*sys.argv[1:])"


class EndedError(Exception):
    """The child was ended over its work."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason  #: `slow`, or `crash`: by its memory, or by a fault of a library


class Child:
    """A process that does one verb, started when first needed and again after it was ended."""

    def __init__(self, verb: str, seconds: float, memory: int) -> None:
        """Take a verb as `package.module:name`; `seconds` for one piece of work, `memory` in bytes of address space."""
        self._verb, self._seconds, self._memory = verb, seconds, memory
        self._lock = Lock()
        self.process: subprocess.Popen[bytes] | None = None  #: the one at work
        self.done = 0  #: pieces of work since it was started
        self._line: Connection | None = None
        atexit.register(self.close)

    def do(self, *arguments: Any) -> Any:  # noqa: ANN401 - whatever the verb takes and gives
        """Give what the verb makes of the arguments, and raise what it raises; EndedError when it was ended.

        Everything must be picklable. The time counts from when the child is free: it may be at other work.
        """
        with self._lock:
            line = self._line or self._start()
            self.done += 1
            try:
                line.send(arguments)
                answer = line.recv() if line.poll(self._seconds) else EndedError("slow")
            except (EOFError, OSError):
                answer = EndedError("crash")
            if isinstance(answer, EndedError):
                self.close()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def close(self) -> None:
        """End the child; the next work starts another."""
        if self.process and self._line:
            self._line.close()
            self.process.kill()
            self.process.wait()
        self.process = self._line = None
        self.done = 0

    def _start(self) -> Connection:
        self._line, theirs = Pipe()
        told = [self._verb, str(theirs.fileno()), str(self._seconds), str(self._memory)]
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and program
                [sys.executable, "-P", "-c", _PROGRAM, *told],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env={"PYTHONPATH": os.pathsep.join(sys.path)},  # and nothing of ours
            )
        return self._line


def serve(verb: str, handle: str, seconds: str, memory: str) -> None:
    """Do what comes over the connection of this file number until it is closed: the child's life."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the line's end is what ends us
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    ours = int(memory) if most == resource.RLIM_INFINITY else min(int(memory), most)
    with suppress(ValueError):  # macOS grants no limit of the address space
        resource.setrlimit(resource.RLIMIT_AS, (ours, most))
    module, _, name = verb.partition(":")
    do = getattr(importlib.import_module(module), name)
    line = Connection(int(handle))
    with suppress(EOFError, OSError):
        while True:
            arguments = line.recv()
            signal.setitimer(signal.ITIMER_REAL, float(seconds) + 1)  # should the parent die meanwhile, this ends us
            line.send(_answer(do, arguments))
            signal.setitimer(signal.ITIMER_REAL, 0)


def _answer(do: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:  # noqa: ANN401 - whatever the verb gives
    try:
        return do(*arguments)
    except MemoryError:
        return EndedError("crash")
    except Exception as error:  # noqa: BLE001 - the parent raises it
        return error
