"""What pages carry round their articles, by language: menus, labels, notices, and dates as readers write them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from flows.sample.tables import SampleError, record, tables


@dataclass(frozen=True, slots=True)
class Labels:
    """Words on and beside a page's buttons and lists."""

    home: str
    menu: str
    search: str
    login: str
    share: str
    print: str
    published: str
    updated: str
    photo: str
    related: str
    read_also: str
    other: str
    popular: str
    tags: str
    comments: str
    comment_prompt: str
    send: str
    newsletter: str
    cookies: str
    accept: str
    top: str


@dataclass(frozen=True, slots=True)
class Furniture:
    """The furniture of pages in one language."""

    language: str
    notice: str  #: says that the outlet is invented
    date: str  #: pattern of {at}, {weekday} and {month}
    sections: tuple[str, ...]
    regions: tuple[str, ...]
    tags: tuple[str, ...]
    headlines: tuple[str, ...]  #: for lists of the most read
    labels: Labels
    weekdays: tuple[str, ...] = ()  #: from Monday
    months: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()  #: "word=reading", for ruby

    def dated(self, at: datetime) -> str:
        """Write a local moment as readers of this language do."""
        weekday = self.weekdays[at.weekday()] if self.weekdays else ""
        month = self.months[at.month - 1] if self.months else ""
        return self.date.format(at=at, weekday=weekday, month=month)


@cache
def furniture(language: str) -> Furniture:
    """Give the furniture of a language; raise SampleError for one that furniture.toml does not have."""
    for table, where in tables("furniture.toml", "furniture"):
        if table.get("language") == language:
            return record(Furniture, table, where)
    raise SampleError(f"furniture.toml: no [[furniture]] for the language {language!r}")
