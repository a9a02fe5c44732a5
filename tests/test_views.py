"""What each public view says, told by a few articles that stand in one warehouse; each part has its own stories."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.samples import NOW, article, source
from warehouse import write
from warehouse.connect import Warehouse
from warehouse.publish import publish
from warehouse.records import Encounter, Entity, Fetch, Judgement, Membership, Story
from warehouse.rows import save

PARTS: list[Callable[..., None]] = []
HOUR = timedelta(hours=1)


def part(tell):
    """Let the one warehouse hold what a function writes."""
    PARTS.append(tell)
    return tell


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    """Give a function that asks the snapshot of the warehouse that holds all parts."""
    house = Warehouse(tmp_path_factory.mktemp("told"))
    with house.writer() as db:
        write.sources(db, [source(), source(source_id="nippo", outlet="Nippo", family="nippo", side="japan")])
        for tell in PARTS:
            tell(db)
    publish(house)
    with house.reader() as db:
        yield lambda sql: db.execute(sql).fetchall()


def judgement(key, **given):
    made = Judgement(
        key, "r1", "en", "bilateral", 2.0, (), ("politics",), (), "meeting", None, "", (), (), (), rule_version="tag-2"
    )
    return replace(made, **given)


def told(db, key, story, seen=NOW, judged=None, **given):
    """Keep an article that founds or joins a story."""
    write.extracted(db, [], [article(article_id=key, first_seen=seen, **given)])
    write.judgements(db, [judgement(key, **(judged or {}))], NOW)
    write.stories(db, [Story(story, key, seen, seen, "meeting", None)], [Membership(story, key, 1.0, "", "")], [])


def person(key, side, role=""):
    return Entity(key, key.upper(), "person", side, 1, in_title=False, in_lead=True, role=role)


@part
def checks(db):
    def check(name, outcome, hours):
        at = NOW + hours * HOUR
        return Fetch(f"{name}{hours}", "run", name, "", "", at, outcome, 200, "", 1, 1, 1, 0)

    write.fetched(db, [check("courier", "ok", 0), check("nippo", "ok", 0), check("nippo", "failed", 2)], [], [])


def test_the_denominator_is_the_sources_whose_last_check_of_the_week_was_good(ask):
    said = ask(
        "select sources_asked, sources_working, vietnam_working, japan_working from weeks where week = '2025-W18'"
    )
    assert said == [(2, 1, 1, 0)]
    assert ask("select distinct sources_working from weekly_counts where week = '2025-W18'") == [(1,)]
    assert ask("select source_id, checks, good, worked from coverage_by_source order by 1") == [
        ("courier", 1, 1, True),
        ("nippo", 2, 1, False),
    ]


@part
def a_meeting(db):
    named = (person("ann", "japan", "minister"), person("bob", "vietnam"), person("cho", "third"))
    met = Encounter("bob", "ann", "meeting", "text", 0, 19, 4, 7, 2)
    judged = {"entities": named, "encounters": (met,), "event_date": date(2025, 4, 26)}
    told(db, "meet-1", "meet", text="Ann met Bob in Hue. Cho was told of it.", judged=judged)


def test_who_met_whom_gives_the_sentence_and_what_is_weaker_is_named_together(ask):
    said = "select day, person_a, role_a, person_b, sentence, named, outlet, articles, texts from {}"
    met = [(date(2025, 4, 26), "ann", "minister", "bob", "Ann met Bob in Hue.", 2, "Courier", 1, 1)]
    assert ask(said.format("who_met_whom")) == met
    assert ask(said.format("who_met_whom('2025-04-26')")) == met
    assert ask(said.format("who_met_whom(date '2025-04-27')")) == []
    assert ask("select person_a, person_b, met from named_together order by all") == [
        ("ann", "bob", True),
        ("ann", "cho", False),
        ("bob", "cho", False),
    ]


@part
def a_chain_that_bites_its_tail(db):
    for number in range(1, 5):
        told(db, f"chain-{number}", f"chain{number}")
    for later, earlier in ((2, 1), (3, 2), (4, 3), (1, 4)):
        ends = {"story_id": f"chain{later}", "earlier_id": f"chain{earlier}"}
        save(
            db,
            "story_links",
            [ends | {"score": 0.5, "why": f"{later} after {earlier}", "article_id": "", "against": ""}],
        )


def test_follow_ups_are_found_over_several_steps_both_ways_and_no_circle_is_endless(ask):
    found = ask("select direction, depth, story_id, why from follow_ups('chain2') where depth < 3")
    assert found == [
        ("earlier", 1, "chain1", "2 after 1"),
        ("earlier", 2, "chain4", "1 after 4"),
        ("later", 1, "chain3", "3 after 2"),
        ("later", 2, "chain4", "4 after 3"),
    ]


@part
def a_line_whose_story_went_on(db):
    """Another story took it over, grew, and was corrected after the issue was frozen."""
    told(db, "sent-1", "sent1", title="As it is now")
    told(db, "sent-2", "sent2")
    issue = {"week": "2025-W17", "zone": "Asia/Tokyo", "frozen_at": NOW, "content": "", "sha256": ""}
    line = {
        "week": "2025-W17", "position": 1, "section": "politics", "level": "full", "status": "new", "story_id": "sent2",
        "headline": "As sent", "language": "en", "outlet": "Courier", "url": "", "articles": 1, "texts": 1,
    }  # fmt: skip
    save(db, "issues", [issue])
    save(db, "issue_entries", [line])
    write.stories(db, [Story("sent2", "sent-2", NOW, NOW, "meeting", None, merged_into="sent1")], [], [])
    write.stories(db, [], [Membership("sent1", "sent-2", 1.0, "", "")], [])
    write.extracted(
        db,
        [],
        [article(article_id="sent-2", revision="r2", title="Mended", correction="number", revised_at=NOW + HOUR)],
    )
    write.judgements(db, [judgement("sent-2", revision="r2")], NOW)


@pytest.mark.parametrize("view", ["issue_lines", "this_week"])
def test_a_line_as_sent_stands_beside_what_its_story_became(ask, view):
    said = (
        "select headline, articles, story_id, story_now, headline_now, articles_now, corrected_at is not null from {}"
    )
    assert ask(said.format(view)) == [("As sent", 1, "sent2", "sent1", "As it is now", 2, True)]


@part
def copies_of_an_agency(db):
    told(db, "wire-1", "wire1", outlet="Agency", judged={"wire": "vna"})
    told(db, "wire-2", "wire1", outlet="Copyist", family="copyist")
    told(db, "wire-3", "wire3", outlet="Copyist", family="copyist")
    copy = {"article_id": "wire-2", "duplicate_of": "wire-1", "kind": "near", "score": 0.9, "against": "wire-1"}
    save(db, "duplicates", [copy | {"evidence": "", "rule_version": ""}])


def test_a_copy_counts_under_the_agency_that_its_original_names(ask):
    said = "select outlet, wire, articles, copies, texts from wire_share"
    found = ask(f"{said} where outlet in ('Agency', 'Copyist') order by all")
    assert found == [("Agency", "vna", 1, 0, 1), ("Copyist", "own", 1, 0, 1), ("Copyist", "vna", 1, 1, 0)]


@part
def stories_of_one_side_and_of_two(db):
    told(db, "side-1", "side1")
    told(db, "side-2", "side1", language="vi", title="Cầu mới")
    told(db, "side-3", "side2", side="japan")
    told(db, "side-4", "side2")


def test_a_story_in_two_languages_of_one_side_is_one_sided(ask):
    found = ask("select story_id, side, languages, others_working from one_sided where story_id like 'side%'")
    assert found == [("side1", "vietnam", ["en", "vi"], 0)]


def test_headlines_of_a_story_stand_side_by_side_by_language(ask):
    found = ask("select en, vi, ja from headlines_side_by_side where story_id = 'side1'")
    assert found == [("A bridge opens in Hanoi", "Cầu mới", None)]


@part
def a_race(db):
    told(db, "race-1", "race", outlet="One")
    told(db, "race-2", "race", outlet="Two", published=NOW + HOUR)
    told(db, "race-3", "race", outlet="Three", seen=NOW + 5 * HOUR, published=None)


def test_first_seen_ranks_by_sight_and_shares_the_rank_of_one_check(ask):
    found = ask("select outlet, nth, lag, published_lag from first_seen where story_id = 'race' order by nth, outlet")
    assert found == [("One", 1, 0 * HOUR, 0 * HOUR), ("Two", 1, 0 * HOUR, HOUR), ("Three", 3, 5 * HOUR, None)]


def test_the_timeline_of_a_topic_has_its_stories_by_day_and_none_of_another(ask):
    assert ("meet",) in ask("select story_id from timeline('politics')")
    assert ask("from timeline('crime')") == []
