"""The sample's texts: what the demo's reader sees and the truth beside it agree with each other."""

import re
import tomllib
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest

from flows.sample.texts import Topic
from tasks.text import fold, is_cjk
from warehouse.records import Relevance

SAMPLE = Path(__file__).resolve().parents[1] / "flows" / "sample"
FILES = sorted((SAMPLE / "articles").glob("*.toml"))
FROZEN = "kitakami"  # its feed is old on purpose


def tables(path: Path, name: str) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = tomllib.loads(path.read_text("utf-8"))[name]
    return read


ARTICLES = {table["key"]: table for path in FILES for table in tables(path, "article")}
LIVE = [table for table in ARTICLES.values() if table["outlet"] != FROZEN]
COPIES = [table for table in LIVE if table.get("copy_of")]
REVISED = [(table, revision) for table in LIVE for revision in table.get("revision", ())]
STORIES = {table["key"]: table for table in tables(SAMPLE / "stories.toml", "story")}
OUTLETS = {table["key"]: table for table in tables(SAMPLE / "outlets.toml", "outlet")}
by_key = pytest.mark.parametrize("article", LIVE, ids=lambda article: article["key"])


def shingles(body: str) -> set[str]:
    """Give word 3-grams, or character 5-grams of Japanese."""
    units = re.findall(r"\w", fold(body)) if is_cjk(body) else re.findall(r"\w+", fold(body))
    width = 5 if is_cjk(body) else 3
    return {" ".join(units[start : start + width]) for start in range(len(units) - width + 1)}


def slug(article: dict[str, Any]) -> str:
    language, _, rest = article["path"].removeprefix("/").partition("/")
    assert language in {"no", "ja", "vi"}
    return str(rest)


def test_no_key_stands_twice():
    assert len(ARTICLES) == sum(len(tables(path, "article")) for path in FILES)


def test_the_texts_are_less_than_a_megabyte():
    assert sum(path.stat().st_size for path in (*FILES, SAMPLE / "stories.toml")) < 1_000_000


def test_every_outlet_that_answers_has_articles():
    counts = Counter(article["outlet"] for article in ARTICLES.values())
    assert set(counts) | {"cuu-long", "keihan", "danube-review"} == set(OUTLETS)
    assert min(counts.values()) >= 2


def test_the_dates_lie_in_the_two_weeks_but_for_a_small_backlog():
    days = [article["published"].date() for article in LIVE]
    assert [day for day in days if not date(2025, 4, 1) <= day <= date(2025, 5, 5)] == []
    assert len([day for day in days if day < date(2025, 4, 14)]) <= 3


@by_key
def test_relevance_topics_and_story_are_of_the_labels(article):
    assert article["relevance"] in get_args(Relevance)
    assert set(article["topics"]) <= set(get_args(Topic))
    assert (article["story"] in STORIES) is (article["relevance"] in {"bilateral", "related"})


@by_key
def test_each_text_is_written_in_the_encoding_of_its_outlet(article):
    outlet = OUTLETS[article["outlet"]]
    (article["title"] + article["summary"] + article["body"]).encode(outlet.get("charset", "UTF-8"))


@pytest.mark.parametrize("copy", COPIES, ids=lambda copy: copy["key"])
def test_a_copy_is_what_its_label_says(copy):
    """An exact copy has the same body, a near one keeps most of it, a translation has the same slug."""
    origin = ARTICLES[copy["copy_of"]]
    assert origin["published"] < copy["published"]
    assert (origin["story"], origin["relevance"]) == (copy["story"], copy["relevance"])
    match copy["copy_kind"]:
        case "exact":
            assert origin["body"] == copy["body"]
        case "near":
            mine, theirs = shingles(copy["body"]), shingles(origin["body"])
            assert 0.55 <= len(mine & theirs) / min(len(mine), len(theirs)) <= 0.9
        case kind:
            assert (kind, slug(copy), copy["outlet"]) == ("translation", slug(origin), origin["outlet"])


def test_texts_that_are_no_copies_share_little():
    """Else the labels would punish a product that folds them."""
    originals = [(article["key"], shingles(article["body"])) for article in LIVE if not article.get("copy_of")]
    shared = {
        (one, other): len(mine & theirs) / min(len(mine), len(theirs))
        for index, (one, mine) in enumerate(originals)
        for other, theirs in originals[:index]
    }
    assert {pair for pair, share in shared.items() if share > 0.25} == set()


@pytest.mark.parametrize("story", STORIES.values(), ids=lambda story: story["key"])
def test_a_story_has_articles_and_follows_earlier_ones(story):
    published = [article["published"] for article in LIVE if article["story"] == story["key"]]
    assert f"{min(published):%G-W%V}" == story["week"]
    for earlier in story["follows"]:
        assert re.fullmatch(r"baseline:00[0-4]", earlier) or STORIES[earlier]["week"] < story["week"]


def test_stories_follow_each_other_and_the_baseline():
    follows = [(story["key"], earlier) for story in STORIES.values() for earlier in story["follows"]]
    assert len({key for key, earlier in follows if earlier in STORIES}) >= 4
    assert len({key for key, earlier in follows if earlier.startswith("baseline:")}) >= 3


@pytest.mark.parametrize(("article", "revision"), REVISED, ids=lambda table: str(table.get("key", "")))
def test_a_revision_comes_later_and_changes_something(article, revision):
    assert article["published"] < revision["at"] < article["published"] + timedelta(days=7)
    assert any(revision[field] != article[field] for field in ("title", "summary", "body") if field in revision)


def test_there_is_a_correction_and_a_trivial_change():
    assert {revision["note"] for _, revision in REVISED} == {"correction", "trivial"}
