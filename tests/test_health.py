"""How the sources do: every state on a real warehouse with a simulated clock, and one definition for all who ask."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from flows.tell.sources import kinds
from tests.press import MONDAY, printing
from tests.samples import item, source
from warehouse import read, write
from warehouse.connect import Warehouse
from warehouse.records import Fetch

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
EMPTY = "<rss version='2.0'><channel><title>x</title></channel></rss>"
NAMES = ("fine", "same", "deaf", "hollow", "page", "shut", "away", "busy", "leap", "edit", "frost")


def entries(*days, first=0):
    """One entry for each day before MONDAY."""
    return [(f"n{first + at}", f"Notice number {first + at}", MONDAY - day * DAY) for at, day in enumerate(days)]


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Collect at 0, 2, 4 and 30 hours from sources that do all that sources do; give what was held after each."""
    watched = [source(source_id=one, outlet=one.title(), url=f"http://{one}.example/rss") for one in NAMES]
    idle = source(source_id="idle", url="http://idle.example/rss", enabled=False)
    with printing(tmp_path_factory.mktemp("health"), *watched, idle) as press:
        for one in NAMES:
            press.lists(*entries(*(range(30, 36) if one == "frost" else range(6))), source_id=one)
        press.lists(*entries(0, 0), source_id="edit", summary="At three o'clock.")
        press.lists(*entries(0), source_id="same", etag='"1"')
        press.says_feed("no", "deaf", status=500)
        after = {}

        def collect(at):
            press.collect(at)
            after[at] = {row["source_id"]: SimpleNamespace(**row) for row in press.ask("from source_health")}

        collect(0)
        press.lists(*entries(*range(6)), ("more", "One more notice", MONDAY), source_id="fine")
        press.says_feed("", "same", status=304)
        press.says_feed(EMPTY, "hollow")
        press.says_feed("<html><body>Welcome</body></html>", "page")
        press.says_feed("no", "shut", status=403)
        press.says_feed("gone", "away", status=410)
        press.says_feed("busy", "busy", status=500)
        press.lists(*entries(0, 0, 0, first=5), source_id="leap")
        press.lists(*entries(0, 0), source_id="edit", summary="At four o'clock.")
        collect(2)
        press.lists(*entries(0, 0, first=50), source_id="leap")
        collect(4)
        press.sources.append(source(source_id="later", url="http://later.example/rss"))
        collect(30)
        held = press.ask("from base.source_events")
        issue, [english, *_] = press.week("2025-W17", 24 * 7)
        return SimpleNamespace(after=after, events=held, issue=issue, text=english.text)


def test_every_source_is_in_the_state_that_it_is_in(told):
    assert {name: one.state for name, one in told.after[2].items()} == {
        "idle": "never",
        "deaf": "never",
        "fine": "ok",
        "same": "unchanged",
        "hollow": "empty",
        "page": "not_a_feed",
        "shut": "blocked",
        "away": "gone",
        "busy": "failing",
        "leap": "ok",
        "edit": "ok",
        "frost": "frozen",
    }
    assert (told.after[0]["same"].state, told.after[4]["leap"].state) == ("ok", "gap")
    assert (told.after[4]["deaf"].outcome, told.after[4]["idle"].outcome) == ("failed", "never")


def test_a_source_is_failing_since_its_first_failed_attempt(told):
    since = {name: one.failing_since for name, one in told.after[30].items() if one.failing_since}
    assert since == {"deaf": MONDAY, "later": MONDAY + 30 * HOUR} | dict.fromkeys(
        ("page", "shut", "away", "busy"), MONDAY + 2 * HOUR
    )
    assert told.after[30]["busy"].good_at == MONDAY
    assert "500" in told.after[30]["busy"].error


def test_a_document_without_a_known_entry_is_a_probable_gap_but_the_first_is_not(told):
    leap = {at: health["leap"] for at, health in told.after.items()}
    assert [leap[at].overlap for at in (0, 2, 4, 30)] == [None, pytest.approx(1 / 3), 0, 1]
    assert [leap[at].state for at in (0, 2, 4)] == ["ok", "ok", "gap"]
    assert leap[30].state in {"ok", "unchanged"}
    assert [leap[at].gap_at for at in (2, 4, 30)] == [None, MONDAY + 4 * HOUR, MONDAY + 4 * HOUR]


def test_entries_that_all_changed_are_known_ones_and_no_gap(told):
    assert (told.after[2]["edit"].overlap, told.after[2]["edit"].gap_at) == (1, None)


def test_when_something_new_came_last_is_what_the_first_document_says_or_when_it_was_seen(told):
    assert told.after[30]["frost"].new_item_at == MONDAY - 30 * DAY
    assert told.after[30]["leap"].new_item_at == MONDAY + 4 * HOUR
    assert told.after[0]["fine"].next_check_at > MONDAY


def test_the_issue_names_the_troubles_that_the_view_shows_and_gaps_of_the_whole_week(told):
    found = {one.source_id: one.kind for one in told.issue.coverage.troubles}
    failed = dict.fromkeys(("deaf", "page", "shut", "away", "busy", "later"), "failed")
    assert found == failed | {"hollow": "empty", "frost": "frozen", "leap": "gap"}
    assert all(name.title() in told.text for name in found if name != "later")


def test_without_a_flow_run_nothing_is_sent_and_nothing_is_remembered_as_sent(told):
    assert told.events == []


def test_a_source_that_left_the_list_is_missed_no_longer(tmp_path):
    with printing(tmp_path, source(), source(source_id="left", url="http://left.example/rss")) as press:
        press.lists(*entries(0))
        press.collect(0)
        assert [one.source_id for one in press.week("2025-W17", 24 * 7)[0].coverage.troubles] == ["left"]
        press.sources.pop()
        press.collect(2)
        assert press.week("2025-W17", 24 * 7)[0].coverage.troubles == ()
        assert press.ask("select enabled from source_health where source_id = 'left'") == [{"enabled": False}]


# --- against its own rhythm: on rows, since what counts is time -------------------------------------------------------


@pytest.fixture
def health(tmp_path):
    """Give how a source does after polls at (hours, outcome) that saw entries at (hours published, hours seen)."""

    def ask(polls, seen, now=None):
        items = [
            item(
                item_id=f"i{at}",
                identity=str(at),
                published=None if published is None else MONDAY + published * HOUR,
                first_seen=MONDAY + first * HOUR,
            )
            for at, (published, first) in enumerate(seen)
        ]
        made = Fetch("", "", "courier", "", "", MONDAY, "ok", 200, "", 9, 1, 9, 0, known_entries=9)
        fetches = [
            replace(made, fetch_id=f"f{at}", fetched_at=MONDAY + at * HOUR, outcome=outcome) for at, outcome in polls
        ]
        house = Warehouse(tmp_path / "data")
        with house.writer() as db:
            write.sources(db, [source()])
            write.fetched(db, fetches, items, [])
            [one] = read.source_health(db, MONDAY + (now or polls[-1][0]) * HOUR)
        return one

    return ask


@pytest.mark.parametrize(
    ("days", "usual", "state"),
    [
        ((1, 2, 3, 4, 5, 6), 1, "ok"),
        ((4, 5, 6, 7, 8, 9), 1, "frozen"),
        ((4, 11, 18, 25, 32, 39), 7, "ok"),  # weekly: four days are nothing
        ((20, 27, 34, 41, 48, 55), 7, "ok"),
        ((23, 30, 37, 44, 51, 58), 7, "frozen"),
        ((8, 9, 10, 11, 12, 15, 16, 17, 18, 19, 22, 23), 3, "ok"),  # not at week-ends: a holiday is nothing yet
        ((60, 61, 62), None, "ok"),  # too little is known of its rhythm
        ((60, 60, 60, 60, 60, 60), None, "ok"),
    ],
)
def test_a_source_is_frozen_against_its_own_rhythm(health, days, usual, state):
    one = health([(0, "ok")], [(-24 * day, 0) for day in days])
    assert (one.usual_gap_days, one.state) == (usual, state)


def test_a_rhythm_is_learned_from_what_was_seen_where_nothing_is_dated(health):
    daily = [(None, 24 * day) for day in range(8)]
    assert health([(24 * day, "ok") for day in range(8)], daily).state == "ok"
    one = health([(24 * day, "ok") for day in range(12)], daily)
    assert (one.usual_gap_days, one.state) == (1, "frozen")


def test_one_long_silence_is_no_rhythm(health):
    days = [(-24 * day, 0) for day in (*range(4, 20), 120)]
    assert health([(0, "ok")], days).state == "frozen"


def test_our_own_outage_freezes_no_source_and_something_new_thaws_one_however_old_it_is(health):
    daily = [(-24 * day, 0) for day in range(12)]
    assert health([(0, "ok")], daily, now=24 * 20).state == "ok"
    assert health([(0, "ok"), (24 * 20, "failed")], daily).state == "failing"
    assert health([(0, "ok"), (24 * 20, "ok")], daily).state == "frozen"
    assert health([(0, "ok"), (24 * 20, "ok")], [*daily, (-24 * 300, 24 * 20)]).state == "ok"


def test_what_is_known_later_says_nothing_of_an_earlier_instant(health):
    one = health([(0, "ok"), (24, "failed"), (48, "ok")], [(0, 0)], now=30)
    assert (one.state, one.failing_since) == ("failing", MONDAY + 24 * HOUR)


def test_a_failing_source_earns_an_event_on_every_day_and_a_gap_only_on_its_own(health):
    failing = health([(0, "ok"), (15, "timeout")], [(0, 0)])
    assert kinds(failing, MONDAY.date() + 3 * DAY, "Asia/Ho_Chi_Minh") == ["failing"]
    gap = replace(failing, state="gap", gap_at=MONDAY + 15 * HOUR)  # Monday in UTC, 01:00 on Tuesday in Hanoi
    assert kinds(gap, MONDAY.date() + DAY, "Asia/Ho_Chi_Minh") == ["gap"]
    assert kinds(gap, MONDAY.date(), "Asia/Ho_Chi_Minh") == []
    assert kinds(replace(failing, state="never", failing_since=None), MONDAY.date(), "UTC") == []
