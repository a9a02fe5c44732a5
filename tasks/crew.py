"""Several children for one verb: a batch on all cores, in its order, and each piece of work within its own limits."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import LifoQueue
from typing import Any

from tasks.child import Child, EndedError

_WORTH = 8  # pieces of work for which another child is started: that takes a third of a second
_MUCH = 200  # pieces of work after which a child that rests is ended
_MOST = 16  # children, on whatever machine


class Crew:
    """As many children as there are cores, or `size`; each is started when there is work for it."""

    def __init__(self, verb: str, seconds: float, memory: int, size: int = 0) -> None:
        """Take what a `Child` takes; the limits hold for each piece of work."""
        self.children = [Child(verb, seconds, memory) for _ in range(size or min(_MOST, os.cpu_count() or 1))]
        self._idle: LifoQueue[Child] = LifoQueue()  # who worked last works next: the others need not be started
        for child in self.children:
            self._idle.put(child)

    def do(self, batch: Sequence[tuple[Any, ...]]) -> list[Any]:
        """Give what the verb makes of each tuple of arguments, in order; an EndedError where it was ended over one.

        May be called from several threads: the children are shared, and no work is sent before one is free. What the
        verb raises is raised.
        """
        hands = min(len(self.children), 1 + len(batch) // _WORTH)
        if hands == 1:
            return [self._one(arguments) for arguments in batch]
        with ThreadPoolExecutor(hands) as pool:
            return list(pool.map(self._one, batch))

    def rest(self) -> None:
        """End the children that did much: each holds a hundred megabytes by then, and nobody needs them for now."""
        for child in self.children:
            if child.done > _MUCH:
                child.close()

    def close(self) -> None:
        """End the children; the next batch starts others."""
        for child in self.children:
            child.close()

    def _one(self, arguments: tuple[Any, ...]) -> Any:  # noqa: ANN401 - whatever the verb gives
        child = self._idle.get()
        try:
            return child.do(*arguments)
        except EndedError as ended:
            return ended
        finally:
            self._idle.put(child)
