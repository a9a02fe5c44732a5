"""The public surface: what its views say, that they say it in any zone, and under the names that are documented."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.bench.surface import EVERY_WITH_EVERY, joins, names
from tests.bench.synthetic import fill
from tests.samples import NOW, article, source
from warehouse import write
from warehouse.attach import attach
from warehouse.connect import Warehouse
from warehouse.document import document
from warehouse.publish import publish
from warehouse.records import Continuation, Encounter, Entity, Fetch, Judgement, Membership, Run, Story
from warehouse.rows import save
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
    made = Warehouse(tmp_path / "data")
    with made.writer() as db:
        write.sources(db, [source(), source(source_id="nippo", outlet="Nippo", family="nippo", side="japan")])
    return made


def judgement(key, **given):
    made = Judgement(
        key, "r1", "en", "bilateral", 2.0, (), ("politics",), (), "meeting", None, "", (), (), (), rule_version="tag-2"
    )
    return replace(made, **given)


def tell(house, key, story, seen=NOW, judged=None, **given):
    """Keep an article that founds or joins a story."""
    with house.writer() as db:
        write.extracted(db, [], [article(article_id=key, first_seen=seen, **given)])
        write.judgements(db, [judged or judgement(key)], NOW)
        write.stories(db, [Story(story, key, seen, seen, "meeting", None)], [Membership(story, key, 1.0, "", "")], [])


def asked(house, *queries):
    """Publish, and give the rows that each query finds; of one query, them alone."""
    publish(house)
    with house.reader() as db:
        found = [db.execute(sql).fetchall() for sql in queries]
    return found if len(queries) > 1 else found[0]


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
    assert len(said) == len(macros())
    assert all(meaning for _, meaning in said)


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


def test_the_denominator_is_the_sources_whose_last_check_of_the_week_was_good(house):
    def check(name, outcome, hours):
        at = NOW + timedelta(hours=hours)
        return Fetch(f"{name}{hours}", "run", name, "", "", at, outcome, 200, "", 1, 1, 1, 0)

    tell(house, "a1", "s1")
    with house.writer() as db:
        write.fetched(db, [check("courier", "ok", 0), check("nippo", "ok", 0), check("nippo", "failed", 2)], [], [])
    weeks, coverage, one_sided = asked(
        house,
        "select sources_asked, sources_working, vietnam_working, japan_working from weeks",
        "select articles, texts, stories, sources_working from coverage_by_language",
        "select side, others_working from one_sided",
    )
    assert weeks == [(2, 1, 1, 0)]
    assert coverage == [(1, 1, 1, 1)]
    assert one_sided == [("vietnam", 0)]


# --- zones ------------------------------------------------------------------------------------------------------------

SUNDAY = datetime(2025, 4, 27, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "mondays"),
    [
        ("Asia/Ho_Chi_Minh", [SUNDAY.replace(hour=17)]),
        ("Asia/Tokyo", [SUNDAY.replace(hour=15)]),
        ("Europe/Oslo", [SUNDAY.replace(hour=22), datetime(2024, 12, 29, 23, tzinfo=UTC)]),  # summer and winter time
    ],
)
def test_a_week_begins_on_monday_at_midnight_in_the_zone_of_the_newest_run(house, zone, mondays):
    before = timedelta(microseconds=1)
    for number, at in enumerate(one for monday in mondays for one in (monday - before, monday)):
        tell(house, f"a{number}", f"s{number}", seen=at, published=at, url=f"http://courier.example/{number}")
    with house.writer() as db:
        write.run(db, Run("old", "collect", NOW - timedelta(days=1), NOW, zone="America/New_York"))
        write.run(db, Run("new", "collect", NOW, NOW, zone=zone))
    weeks, days, counted = asked(
        house,
        "select week from articles order by article_id",
        "select date_diff('day', min(published_on), max(published_on)) from articles group by published::date",
        "select week from coverage_by_language order by week",
    )
    assert [week for (week,) in weeks] == ["2025-W17", "2025-W18", "2024-W52", "2025-W01"][: len(weeks)]
    assert {apart for (apart,) in days} == {1}
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


# --- what single views say --------------------------------------------------------------------------------------------


def person(key, side, role=""):
    return Entity(key, key.upper(), "person", side, 1, in_title=False, in_lead=True, role=role)


def test_who_met_whom_gives_the_sentence_and_what_is_weaker_is_named_together(house):
    text = "Ann met Bob in Hue. Cho was told of it."
    named = (person("ann", "japan", "minister"), person("bob", "vietnam"), person("cho", "third"))
    met = Encounter("bob", "ann", "meeting", "text", 0, 19, 4, 7, 2)
    day = date(2025, 4, 26)
    tell(house, "a1", "s1", text=text, judged=judgement("a1", entities=named, encounters=(met,), event_date=day))

    said = "select day, person_a, role_a, person_b, sentence, named, outlet, articles, texts from {}"
    found, since, later, together = asked(
        house,
        said.format("who_met_whom"),
        said.format("who_met_whom('2025-04-26')"),
        said.format("who_met_whom(date '2025-04-27')"),
        "select person_a, person_b, met from named_together order by all",
    )
    assert found == since == [(day, "ann", "minister", "bob", "Ann met Bob in Hue.", 2, "Courier", 1, 1)]
    assert later == []
    assert together == [("ann", "bob", True), ("ann", "cho", False), ("bob", "cho", False)]


def test_follow_ups_are_found_over_several_steps_both_ways_and_end_where_they_turn_in_a_circle(house):
    for number in range(1, 5):
        tell(
            house, f"a{number}", f"s{number}", seen=NOW + timedelta(days=number), url=f"http://courier.example/{number}"
        )
    with house.writer() as db:
        for later, earlier in (("s2", "s1"), ("s3", "s2"), ("s4", "s3"), ("s1", "s4")):
            link = Continuation(later, earlier, 0.5, f"{later} after {earlier}")
            save(
                db,
                "story_links",
                [
                    {
                        "story_id": later,
                        "earlier_id": earlier,
                        "score": 0.5,
                        "why": link.why,
                        "article_id": "",
                        "against": "",
                    }
                ],
            )
    found = asked(house, "select direction, depth, story_id, why from follow_ups('s2') where depth < 3")
    assert found[:2] == [("earlier", 1, "s1", "s2 after s1"), ("earlier", 2, "s4", "s1 after s4")]
    assert [row[:3] for row in found[2:]] == [("later", 1, "s3"), ("later", 2, "s4")]


def test_a_line_as_sent_stands_beside_what_its_story_became(house):
    """The story went into another one, grew and was corrected after the issue was frozen."""
    tell(house, "a1", "s1", title="As it is now")
    tell(house, "a2", "s2", url="http://courier.example/2")
    line = {
        "week": "2025-W17", "position": 1, "section": "politics", "level": "full", "status": "new", "story_id": "s2",
        "headline": "As sent", "language": "en", "outlet": "Courier", "url": "", "articles": 1, "texts": 1,
    }  # fmt: skip
    issue = {"week": "2025-W17", "zone": "Asia/Tokyo", "frozen_at": NOW, "content": "", "sha256": ""}
    after = NOW + timedelta(days=1)
    later = article(article_id="a2", revision="r2", title="Mended", correction="number", revised_at=after)
    with house.writer() as db:
        save(db, "issues", [issue])
        save(db, "issue_entries", [line])
        write.stories(db, [Story("s2", "a2", NOW, NOW, "meeting", None, merged_into="s1")], [], [])
        write.extracted(db, [], [later])
        write.judgements(db, [judgement("a2", revision="r2")], NOW)
        write.stories(
            db,
            [Story("s1", "a1", NOW, NOW, "meeting", None)],
            [Membership("s1", one, 1.0, "", "") for one in ("a1", "a2")],
            [],
        )
    said = (
        "select headline, articles, story_id, story_now, headline_now, articles_now, corrected_at is not null from {}"
    )
    for found in asked(house, said.format("issue_lines"), said.format("this_week")):
        assert found == [("As sent", 1, "s2", "s1", "As it is now", 2, True)]


def test_a_copy_counts_under_the_agency_that_its_original_names(house):
    tell(house, "a1", "s1", judged=judgement("a1", wire="vna"))
    tell(house, "a2", "s1", url="http://courier.example/2", outlet="Nippo", family="nippo")
    tell(house, "a3", "s3", url="http://courier.example/3")
    with house.writer() as db:
        copy = {
            "article_id": "a2",
            "duplicate_of": "a1",
            "kind": "near",
            "score": 0.9,
            "against": "a1",
            "evidence": "",
            "rule_version": "",
        }
        save(db, "duplicates", [copy])
    found = asked(house, "select outlet, wire, articles, copies, texts from wire_share order by all")
    assert found == [("Courier", "own", 1, 0, 1), ("Courier", "vna", 1, 0, 1), ("Nippo", "vna", 1, 1, 0)]


def test_a_story_in_two_languages_of_one_side_is_one_sided(house):
    tell(house, "a1", "s1")
    tell(house, "a2", "s1", url="http://courier.example/2", language="vi", title="Cầu mới")
    tell(house, "a3", "s3", url="http://courier.example/3", side="japan")
    tell(house, "a4", "s3", url="http://courier.example/4")
    one_sided, headlines = asked(
        house,
        "select story_id, side, languages from one_sided",
        "select en, vi from headlines_side_by_side where story_id = 's1'",
    )
    assert one_sided == [("s1", "vietnam", ["en", "vi"])]
    assert headlines == [("A bridge opens in Hanoi", "Cầu mới")]


def test_first_seen_ranks_by_sight_and_shares_the_rank_of_one_check(house):
    tell(house, "a1", "s1")
    tell(house, "a2", "s1", url="http://courier.example/2", outlet="Nippo", published=NOW + timedelta(hours=1))
    tell(
        house, "a3", "s1", url="http://courier.example/3", outlet="Third", seen=NOW + timedelta(hours=5), published=None
    )
    found = asked(house, "select outlet, nth, lag, published_lag from first_seen order by outlet")
    assert found == [
        ("Courier", 1, timedelta(0), timedelta(0)),
        ("Nippo", 1, timedelta(0), timedelta(hours=1)),
        ("Third", 3, timedelta(hours=5), None),
    ]
