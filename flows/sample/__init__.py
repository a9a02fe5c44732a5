"""Two sample weeks of invented outlets, and the loopback site that serves them: what `vnjp demo` works on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from flows.sample.check import problems
from flows.sample.outlets import Outlet, load_outlets
from flows.sample.tables import SampleError
from flows.sample.texts import Article, Shown, Story, load_articles, load_stories
from warehouse.records import Source

__all__ = ["BEGINS", "ENDS", "Article", "Outlet", "Sample", "SampleError", "Shown", "Story", "load"]

BEGINS = datetime(2025, 4, 20, 17, tzinfo=UTC)  #: Monday of 2025-W17, 00:00 in Viet Nam
ENDS = datetime(2025, 5, 4, 17, tzinfo=UTC)  #: Monday after 2025-W18, 00:00 in Viet Nam


@dataclass(frozen=True, slots=True)
class Sample:
    """The outlets, their articles and the stories that those tell."""

    outlets: tuple[Outlet, ...]
    articles: tuple[Article, ...]
    stories: tuple[Story, ...] = ()

    def sources(self) -> tuple[Source, ...]:
        """Give every outlet's feed as a source to watch, in the order of outlets.toml."""
        return tuple(outlet.source() for outlet in self.outlets)

    def article(self, key: str) -> Article:
        """Give an article by its key; raise KeyError where there is none."""
        return self.story_truth()[key]

    def story_truth(self) -> dict[str, Article]:
        """Give the truth by key: each article says its url, published, relevance, topics, story and copy_of."""
        return {article.key: article for article in self.articles}

    def shown(self, now: datetime) -> tuple[Shown, ...]:
        """Give everything published by a moment in the form of that moment, newest first."""
        newest = sorted(self.articles, key=lambda article: (article.published, article.key), reverse=True)
        return tuple(shown for article in newest if (shown := article.at(now)))


def load() -> Sample:
    """Read the sample's files; raise SampleError, naming the file or the article, where they are wrong."""
    outlets = load_outlets()
    sample = Sample(tuple(outlets.values()), load_articles(outlets), load_stories())
    if problem := next(problems(sample.articles, sample.stories), ""):
        raise SampleError(problem)
    return sample
