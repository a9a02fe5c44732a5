"""Read one page: screened first where its sources ask for that, then extracted. What children of a pool run."""

from __future__ import annotations

from functools import cache

from tasks.extract import extract
from tasks.lexicon.sides import Sides
from tasks.lexicon.sides import sides as named
from tasks.screen import screen
from warehouse.records import Extract
from warehouse.seeds import tables

#: of a page that names one country or neither: its article is kept by what its feed says of it
SCREENED = Extract("", "", "", None, "none", "", "", "", "none", "screened")


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
