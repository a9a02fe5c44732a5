"""A warehouse that has collected articles: the stages of collecting after downloading, run here and now."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from flows.settings import load
from tasks.language import language
from tasks.text import clean, digest
from tests.samples import article
from warehouse import write
from warehouse.records import Article

DAY = datetime(2025, 4, 28, 3, tzinfo=UTC)


def report(name: str, title: str, text: str, at: datetime = DAY, **given: object) -> Article:
    """Make an article as extracting leaves it, each of an outlet of its own unless one is given."""
    made = article(
        article_id=name,
        title=title,
        text=clean(text),
        revision=digest(title, text),
        published=at,
        first_seen=at,
        language=language(title, text),
        outlet=name.title(),
        family=name,
        url=f"http://{name}.example/1",
        canonical_url=f"http://{name}.example/1",
    )
    return replace(made, **given)  # type: ignore[arg-type] # the test names fields


class Collected:
    """The warehouse, and what a test asks of it."""

    def __init__(self, folder) -> None:
        with pytest.MonkeyPatch.context() as patch:  # Prefect makes its home where this says, when it is first imported
            patch.setenv("PREFECT_HOME", str(folder.parent / "prefect"))
            import flows.stages  # noqa: F401 - for what it imports
        self.settings = load(data=folder)
        self.warehouse = self.settings.warehouse
        self.now = DAY + timedelta(days=1)

    def collect(self, *articles: Article) -> None:
        """Take articles in as a run of `collect` does once it has them."""
        from flows.job import Job, running
        from flows.stages import fold_copies, tag_articles, tell_stories
        from flows.steps import inline

        self.now += timedelta(hours=1)
        job = Job(self.settings, self.now)
        with running(job, "collect"):
            with self.warehouse.writer() as db:
                write.extracted(db, [], [replace(one, revised_at=self.now) for one in articles])
            for stage in (tag_articles, fold_copies, tell_stories):
                stage(job, inline)

    def ask(self, question: str):
        """Ask the snapshot in SQL; give the rows."""
        with self.warehouse.reader() as db:
            return db.execute(question).fetchall()

    def stories(self) -> dict[str, set[str]]:
        """Give the articles of each story, the baseline's left out."""
        placed = self.ask("select story_id, article_id from story_articles where article_id not like 'baseline:%'")
        return {story: {one for its, one in placed if its == story} for story, _ in placed}

    def story(self, article_id: str) -> str | None:
        """Give the story that an article is in."""
        return next((story for story, members in self.stories().items() if article_id in members), None)

    def copies(self) -> dict[str, str]:
        """Give the root of each copy."""
        return dict(self.ask("select article_id, duplicate_of from folded"))

    def dump(self) -> dict[str, list[tuple[object, ...]]]:
        """Give every row that a correction may touch."""
        tables = ("overrides", "stories", "story_articles", "duplicates", "shared", "judgements", "tags", "story_links")
        with self.warehouse.writer() as db:
            return {table: db.execute(f"from base.{table} order by all").fetchall() for table in tables}

    def wrong(self):
        """Run the data checks."""
        from warehouse.check import wrong_rows

        with self.warehouse.writer() as db:
            return wrong_rows(db)
