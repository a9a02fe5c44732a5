"""Read a feed within a time limit: in a child of our own, which is ended when it takes too long or too much memory.

There are documents that take feedparser minutes: one item with 100,000 categories, which it compares each with each.
"""

from __future__ import annotations

from datetime import datetime

from tasks.child import Child, EndedError
from warehouse.records import ParsedFeed

SECONDS = 20.0  # 10 MiB with 20,000 honest items take 5 to 8
MEMORY = 1 << 30  # bytes of address space; the same document takes 400 MiB


class Reader:
    """A child that reads one feed at a time."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.child = Child("tasks.parse:parse", seconds, MEMORY)

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
        try:
            return self.child.do(body, url, content_type, zone, now, pattern)  # type: ignore[no-any-return] # what `parse` gives
        except EndedError as ended:
            return ParsedFeed("not_a_feed", reason=ended.reason)


_READER = Reader()
parse_within = _READER.parse
