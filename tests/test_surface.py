"""The public surface: what its views say, that they say it in any zone, and under the names that are documented."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.bench.surface import EVERY_WITH_EVERY, joins, names
from tests.bench.synthetic import fill
from tests.samples import NOW, article
from tests.test_views import judgement
from warehouse import write
from warehouse.attach import attach
from warehouse.connect import Warehouse
from warehouse.document import document
from warehouse.publish import publish
from warehouse.records import Run
from warehouse.statements import macros, query, questions

DOCUMENT = Path(__file__).parents[1] / "docs" / "warehouse.md"
CHANGED = "Views or columns are not what docs/warehouse.md says: note the change in CHANGELOG.md, then run `make docs`."
SAID = (
    "The comments, or what the sample answers, are not what docs/warehouse.md says: run `make docs`, and read its diff."
)


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """Give a published synthetic warehouse of 2,000 short articles."""
    house = Warehouse(tmp_path_factory.mktemp("large"))
    fill(house, 2000, length=2)
    publish(house)
    return house


@pytest.fixture
def house(tmp_path):
    return Warehouse(tmp_path / "data")


# --- names, words, examples -------------------------------------------------------------------------------------------


def test_the_document_is_what_the_comments_and_the_sample_say(played):
    """Also runs the twelve questions on the sample and holds their answers."""
    out, _ = played
    made = document(attach(out / "vnjp.duckdb", read_only=True))
    assert made.splitlines() == DOCUMENT.read_text("utf-8").splitlines(), SAID


def test_views_and_columns_keep_their_names_and_types(large):
    with large.reader() as db:
        found = {name: db.execute(query("public_columns"), [name]).fetchall() for name in names(db)}
    sections = re.findall(
        r"^### (\w+)\n(.*?)(?=^###? )",
        DOCUMENT.read_text("utf-8").partition("\n## Views\n")[2],
        re.MULTILINE | re.DOTALL,
    )
    said = {name: re.findall(r"^\| (\w+) \| ([A-Z][A-Z \[\]]*) \|", table, re.MULTILINE) for name, table in sections}
    assert {name: [tuple(column[:2]) for column in columns] for name, columns in found.items()} == said, CHANGED


def test_every_column_and_macro_is_described(large):
    with large.reader() as db:
        bare = [
            (name, column)
            for name in names(db)
            for column, _, word in db.execute(query("public_columns"), [name]).fetchall()
            if not word
        ]
        assert bare == []
        said = db.execute(query("public_macros")).fetchall()
    assert len(said) >= len(macros())
    assert [macro for macro, meaning in said if not meaning] == []


def test_there_are_twelve_questions_and_each_has_an_answer_on_the_sample(played):
    out, _ = played
    db = attach(out / "vnjp.duckdb", read_only=True)
    assert len(questions()) == 12
    assert [question for question, sql in questions() if not db.execute(sql).fetchall()] == []


# --- cost -------------------------------------------------------------------------------------------------------------


def test_no_view_compares_everything_with_everything(large):
    with large.reader() as db:
        assert {view: found for view in names(db) if (found := joins(db, view))} == {}
        db.execute("create temp view careless as from main.stories, main.weeks")
        plan = db.execute("explain (format json) from careless").fetchall()[-1][1]
    assert EVERY_WITH_EVERY[0] in plan, "the plans are not read any more"


# --- counts -----------------------------------------------------------------------------------------------------------


def test_the_counts_of_one_week_agree_however_they_are_cut(large):
    """By language, side, source and outlet, the same articles are counted, and each text and story once."""
    with large.reader() as db:
        whole = db.execute("select week, articles from weekly_counts where dimension = 'all' order by week").fetchall()
        assert whole
        for cut in (
            "select week, articles from coverage_by_language",
            "select week, articles from weekly_counts where dimension = 'side'",
            "select week, articles from wire_share",
            "select week, relevant from coverage_by_source",
        ):
            summed = "select week, sum(articles)::bigint from ({}) as cut (week, articles) group by week order by week"
            assert db.execute(summed.format(cut)).fetchall() == whole, cut
        told = "select count(distinct text_key), count(distinct story_id) from counted_articles"
        of_stories = (
            "select sum(texts)::bigint, count(*) "
            "from (select count(distinct text_key) as texts from counted_articles group by story_id)"
        )
        assert db.execute(told).fetchall() == db.execute(of_stories).fetchall()


# --- zones ------------------------------------------------------------------------------------------------------------

SUNDAY = datetime(2025, 4, 27, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "mondays"),
    [
        ("Asia/Tokyo", [SUNDAY.replace(hour=15)]),
        ("Europe/Oslo", [SUNDAY.replace(hour=22), datetime(2024, 12, 29, 23, tzinfo=UTC)]),  # summer and winter time
    ],
)
def test_a_week_begins_on_monday_at_midnight_in_the_zone_of_the_newest_run(house, zone, mondays):
    before = timedelta(microseconds=1)
    told = [
        article(article_id=f"a{number}", first_seen=at, published=at)
        for number, at in enumerate(one for monday in mondays for one in (monday - before, monday))
    ]
    with house.writer() as db:
        write.extracted(db, [], told)
        write.judgements(db, [judgement(one.article_id) for one in told], NOW)
        write.run(db, Run("old", "collect", NOW - timedelta(days=1), NOW, zone="America/New_York"))
        write.run(db, Run("new", "collect", NOW, NOW, zone=zone))
    publish(house)
    with house.reader() as db:
        weeks = db.execute("select week from articles order by article_id").fetchall()
        counted = db.execute("select week from coverage_by_language order by week").fetchall()
        days = db.execute("select published_on from articles order by article_id").fetchall()
    assert [week for (week,) in weeks] == ["2025-W17", "2025-W18", "2024-W52", "2025-W01"][: len(weeks)]
    assert [day.isoweekday() for (day,) in days] == [7, 1, 7, 1][: len(days)]
    assert counted == sorted(weeks)


def test_what_a_view_says_does_not_depend_on_the_zone_of_who_asks(played):
    """Everything but instants, which a session prints in its own zone, is the same on both sides of the date line."""
    out, _ = played
    db = attach(out / "vnjp.duckdb", read_only=True)
    said = []
    for zone in ("Pacific/Kiritimati", "America/Los_Angeles"):
        db.execute(f"set TimeZone = '{zone}'")
        seen = {}
        for name in names(db):
            columns = db.execute(query("public_columns"), [name]).fetchall()
            kept = ", ".join(f'"{column}"' for column, kind, _ in columns if "TIME ZONE" not in kind)
            seen[name] = db.sql(f"from main.{name}").project(kept).order("all").fetchall()
        said.append(seen)
    assert said[0] == said[1]


def test_zones_need_no_extension_from_anywhere(large):
    with large.reader() as db:
        found = db.execute("select install_mode from duckdb_extensions() where loaded and extension_name = 'icu'")
        assert found.fetchall() == [("STATICALLY_LINKED",)]
