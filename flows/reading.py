"""Read pages: screened first where their sources ask for that, then extracted; in children, on all cores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from tasks.child import EndedError
from tasks.crew import Crew
from tasks.extract import extract
from tasks.lexicon.sides import Sides
from tasks.lexicon.sides import sides as named
from tasks.screen import screen
from warehouse.records import Extract, Work
from warehouse.seeds import tables

#: of a page that names one country or neither: its article is kept by what its feed says of it
SCREENED = Extract("", "", "", None, "none", "", "", "", "none", "screened")

_UNREAD = Extract("", "", "", None, "none", "", "", "", "none", "")

# Seconds for a page, of which the slowest real ones take two, and bytes of address space; one of 14 MB takes 280 MB.
CREW = Crew("flows.reading:read_page", 60.0, 1 << 30)


def read_pages(batch: Sequence[Work]) -> list[Extract]:
    """Read each page as `read_page` does; one that takes too long or too much is `none`, for being `slow` or a `crash`.

    Such a page costs itself only: its child is ended, and the next page starts another.
    """
    return [
        replace(_UNREAD, reason=found.reason) if isinstance(found, EndedError) else found for found in CREW.do(batch)
    ]


def read_in_turn(batch: Sequence[Work]) -> list[Extract]:
    """Read each page as `read_pages` does, by one child: where a worker is one of several on its machine."""
    return [one for page in batch for one in read_pages([page])]


def read_page(body: bytes, url: str, content_type: str, zone: str, beside: str | None) -> Extract:
    """Extract a page as `tasks.extract.extract` does; SCREENED where neither it nor `beside` names both countries.

    `beside` is what its feed entries say; None for a page that is extracted whatever it names.
    """
    if beside is not None and not screen(body, beside, sides(), content_type):
        return SCREENED
    return extract(body, url, content_type, zone)


@cache
def sides() -> Sides:
    """Read the names of the shipped tables, once a process."""
    return named(tables())
