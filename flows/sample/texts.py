"""The sample's texts: articles with their revisions and the truth about them, and the stories that they tell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import Any, Literal

from flows.sample.outlets import Outlet
from flows.sample.tables import SampleError, record, tables
from tasks import text
from warehouse.records import Relevance

Topic = Literal[
    "politics", "security", "economy", "aid", "labour", "education", "technology", "green", "agriculture", "culture",
    "tourism", "community", "crime", "localities", "health", "history",
]  # fmt: skip
_SLUG = 70  # characters of a title in an address
_NORDIC = str.maketrans({"ø": "o", "æ": "ae"})  # letters of their own, which folding leaves
_UNSPACED = {"ja", "zh"}  # a line break inside a paragraph is no space


@dataclass(frozen=True, slots=True)
class Revision:
    """What an article shows from a moment on; "" where it stays as it was."""

    at: datetime
    note: Literal["correction", "trivial"]
    title: str = ""
    summary: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the sample, and the truth about it, which the product never sees."""

    key: str
    outlet: Outlet
    published: datetime
    language: str
    title: str
    summary: str
    body: str  #: paragraphs, an empty line between two
    relevance: Relevance
    topics: tuple[Topic, ...] = ()
    story: str = ""  #: key of a story; "" for mention and none
    copy_of: str = ""  #: key of the article that it copies
    copy_kind: Literal["", "exact", "near", "translation"] = ""
    path: str = ""  #: where its address is not of the outlet's pattern
    old_path: str = ""  #: where its feed links to; the site sends on from there
    undated: bool = False
    caption: str = ""
    revisions: tuple[Revision, ...] = ()

    @property
    def number(self) -> int:
        """A number of seven digits that stays the same, as publishing systems give one."""
        return 1_000_000 + int(text.digest(self.key), 16) % 9_000_000

    @property
    def target(self) -> str:
        """Its path and query, after redirects."""
        day = self.published.astimezone(self.outlet.clock)
        return self.path or self.outlet.path.format(slug=_slug(self.title), number=self.number, day=day)

    @property
    def url(self) -> str:
        """Its address, after redirects and without tracking parameters."""
        return self.outlet.site + self.target

    @property
    def link(self) -> str:
        """The address by which its feed and its outlet's lists name it."""
        return self.outlet.site + (self.old_path or self.target) + self.outlet.link_suffix

    def at(self, now: datetime) -> Shown | None:
        """Give what its outlet shows of it at a moment: nothing before it is published."""
        if now < self.published:
            return None
        seen = [revision for revision in self.revisions if revision.at <= now]

        def newest(name: str) -> str:
            forms: list[str] = [getattr(form, name) for form in (*reversed(seen), self)]
            return next(filter(None, forms), "")

        changed = seen[-1].at if seen else self.published
        return Shown(self, newest("title"), newest("summary"), newest("body"), changed)


@dataclass(frozen=True, slots=True)
class Shown:
    """An article as its outlet shows it at some moment."""

    article: Article
    title: str
    summary: str
    body: str
    changed: datetime  #: when it took this form

    @property
    def revised(self) -> bool:
        """Whether it is no longer as first published."""
        return self.changed > self.article.published

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Its body, each paragraph on one line."""
        joint = "" if self.article.language in _UNSPACED else " "
        blocks = self.body.strip().split("\n\n")
        return tuple(joint.join(block.split("\n")).strip() for block in blocks if block.strip())


@dataclass(frozen=True, slots=True)
class Story:
    """One real-world event of the sample's weeks."""

    key: str
    week: str  #: ISO week, "2025-W17"
    line: str  #: what happened, in one neutral sentence
    follows: tuple[str, ...] = ()  #: keys of earlier stories, or "baseline:003"


def _slug(title: str) -> str:
    plain = text.fold(title).translate(_NORDIC)
    return re.sub("[^a-z0-9]+", "-", plain)[:_SLUG].strip("-")


def load_articles(outlets: dict[str, Outlet]) -> tuple[Article, ...]:
    """Read every file of articles/, by name; raise SampleError on the first table that is wrong."""
    names = sorted(entry.name for entry in files(__package__).joinpath("articles").iterdir())
    return tuple(
        _article(table, outlets, where)
        for name in names
        if name.endswith(".toml")
        for table, where in tables(f"articles/{name}", "article")
    )


def load_stories() -> tuple[Story, ...]:
    """Read stories.toml; raise SampleError on the first table that is wrong."""
    return tuple(record(Story, table, where) for table, where in tables("stories.toml", "story"))


def _article(table: dict[str, Any], outlets: dict[str, Outlet], where: str) -> Article:
    outlet = outlets.get(table.get("outlet", ""))
    if outlet is None:
        raise SampleError(f"{where}: outlet is {table.get('outlet')!r}, which outlets.toml does not have")
    rest = {("revisions" if name == "revision" else name): value for name, value in table.items()}
    return record(Article, {"language": outlet.language, **rest, "outlet": outlet}, where)
