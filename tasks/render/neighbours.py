"""What lies beside a page of the browser edition, as links that work from a disk and from any host: bare file names."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Beside:
    """The neighbours of a page in its folder; "" where there is none.

    A frozen page names only what is known when it is frozen: the issue before it, and the index and the feed, which are
    made anew with every issue. It cannot name the issue after it, since its bytes never change; the index does.
    """

    index: str = ""
    feed: str = ""
    previous: str = ""  #: page of the issue before
    previous_week: str = ""
    calendar: str = ""  #: where the dates ahead are, for issues that have any
    languages: tuple[tuple[str, str], ...] = ()  #: (language, page) of the same for other readers
