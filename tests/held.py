"""What a played demo holds, by the keys of the sample's articles, so that it can be compared with the truth."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.sample import Sample
from tasks.urls import canonical
from warehouse.connect import Warehouse
from warehouse.issue import Entry, Issue, from_json


@dataclass(frozen=True)
class Held:
    """What is read of one data folder; the keys of the baseline's articles are their ids."""

    sample: Sample
    rows: Mapping[str, list[Mapping[str, Any]]]  #: of the view `articles`
    links: frozenset[tuple[str, str]]  #: story_id of a story and of one that it follows
    issues: Mapping[str, Issue]

    def one(self, key: str) -> Mapping[str, Any]:
        """Give the only row of an article."""
        [row] = self.rows[key]
        return row

    def key_of(self, article_id: str) -> str:
        """Give the key of an article_id."""
        return next(key for key, rows in self.rows.items() if any(row["article_id"] == article_id for row in rows))

    def name(self, story_id: str) -> str:
        """Give the story of the sample that a story held tells, by most of its articles."""
        return self._most(key for key, rows in self.rows.items() if any(row["story_id"] == story_id for row in rows))

    def told(self, entry: Entry) -> str:
        """Give the story of the sample that an entry of an issue tells, by most of its articles."""
        return self._most(self.key_of(report.article_id) for report in entry.reports)

    def story_ids(self, key: str) -> set[str]:
        """Give the stories in which the articles of a story of the sample are, or that a baseline article is in."""
        keys = [one.key for one in self.sample.articles if one.story == key] or [key]
        return {row["story_id"] for one in keys for row in self.rows[one] if row["story_id"]}

    def _most(self, keys: Iterable[str]) -> str:
        told = {one.key: one.story for one in self.sample.articles}
        stories = [told.get(key, key) for key in keys]
        return max(stories, key=stories.count, default="")


def read(folder: Path, sample: Sample) -> Held:
    """Read what is compared from the snapshot of a data folder."""
    with Warehouse(folder).reader() as db:
        articles = db.execute("from articles").to_arrow_table().to_pylist()
        links = db.execute("select story_id, earlier_id from base.story_links").fetchall()
        issues = dict(db.execute("select week, content from base.issues").fetchall())
    key_of = {canonical(one.url): one.key for one in sample.articles}
    rows: dict[str, list[Mapping[str, Any]]] = {one.key: [] for one in sample.articles}
    for row in articles:
        rows.setdefault(key_of.get(canonical(row["url"]), row["article_id"]), []).append(row)
    return Held(sample, rows, frozenset(links), {week: from_json(content) for week, content in issues.items()})
