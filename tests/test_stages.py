"""flows/stages: in an hour without news the later stages do nothing; what a killed run left undone is no such hour."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

import pytest

from flows.demo import play, staged
from flows.stages import pending
from flows.steps import inline
from tests.played import FIVE

AT = datetime.fromisoformat("2025-04-24T18:00+07:00")
FIRST = "in (select min(article_id) from base.story_articles where article_id not like 'baseline:%')"
LEFT = {
    "a page that was never downloaded": "pages",
    "a page that nobody read": "extractions",
    "an article without a judgement": "judgements",
    "an article without a fingerprint": "fingerprints",
    "an article that is in no story": "story_articles",
}


@pytest.fixture(scope="module")
def hourly(tmp_path_factory):
    """Give a way to collect, an hour later each time; the first time, with news, is over."""
    with staged(tmp_path_factory.mktemp("stages")) as stage:
        few = tuple(source for source in stage.sample.sources() if source.source_id in FIVE)
        hours = count()

        def collected():
            stage.site.now = now = AT + timedelta(hours=next(hours))
            job = replace(stage.job(now), sources=few)
            return job, play(job, "collect", inline)

        assert collected()[1]["articles"] > 5
        yield collected


def test_an_hour_that_brings_nothing_leaves_nothing_to_do(hourly):
    job, counts = hourly()
    assert not pending(job)
    assert (counts["sources"], counts.get("judged", 0), counts.get("pages", 0)) == (5, 0, 0)


def test_what_was_left_undone_is_done_in_the_next_hour(hourly):
    job, _ = hourly()
    for what, table in LEFT.items():
        counted = f"from base.{table} select count(distinct article_id)"
        with job.warehouse.writer() as db:
            before = db.execute(counted).fetchall()
            db.execute(f"delete from base.{table} where article_id {FIRST}")  # noqa: S608 - of our own table
            assert db.execute(counted).fetchall() != before, what
        assert pending(job), what
        job, _ = hourly()
        assert not pending(job), what
        with job.warehouse.writer() as db:
            assert db.execute(counted).fetchall() == before, what
