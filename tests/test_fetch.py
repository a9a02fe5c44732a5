"""Asking the sources: who is due, how they are asked, and what is remembered of their answers."""

import gzip
import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.fetch import after, due, fetch, recall, request, settled
from tests.loopback import serve
from tests.samples import item
from warehouse.records import Answer, Entry, Item, ParsedFeed, Source, SourceState

NOW = datetime(2025, 4, 28, 0, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SOURCE = Source(
    source_id="vov",
    outlet="VOV",
    family="vov",
    kind="press",
    side="vietnam",
    country="VN",
    language="vi",
    url="http://vov.example/rss.xml",
    zone="Asia/Ho_Chi_Minh",
    rights="sentence",
    enabled=True,
)
NEW = SourceState("vov", url=SOURCE.url)
OK = Answer("vov", SOURCE.url, "ok", NOW, SOURCE.url, 200, etag='"2"', last_modified="Sun, 27 Apr 2025 10:00:00 GMT")
UNCHANGED = replace(OK, outcome="unchanged", status=304, etag="", last_modified="")
FAILED = replace(OK, outcome="failed", status=500, error="HTTP 500 Internal Server Error", etag='"error page"')
KNOWN = replace(
    NEW, etag='"1"', last_modified="Sat, 26 Apr 2025 10:00:00 GMT", checked_at=NOW - HOUR, good_at=NOW - HOUR,
    first_good_at=NOW - DAY, full_at=NOW - DAY, new_item_at=NOW - 5 * HOUR, next_check_at=NOW, state="ok",
)  # fmt: skip


def feed(state: Literal["ok", "empty", "not_a_feed"] = "ok", ttl: int = 0, entries: int = 3) -> ParsedFeed:
    found = tuple(Entry(str(number), "", f"Entry {number}") for number in range(entries))
    return ParsedFeed(state, ttl_minutes=ttl, entries=found if state == "ok" else ())


def fresh(count: int, published: datetime | None = NOW) -> list[Item]:
    """Give so many new items."""
    return [item(item_id=str(number), published=published) for number in range(count)]


def wait(state: SourceState) -> timedelta:
    """Give the time until the next check."""
    assert state.next_check_at is not None
    return state.next_check_at - NOW


# --- whom to ask ------------------------------------------------------------------------------------------------------


def test_a_source_that_was_never_asked_is_due():
    assert due(SOURCE, NEW, NOW)


def test_a_source_that_is_switched_off_is_never_due():
    assert not due(replace(SOURCE, enabled=False), NEW, NOW)


def test_a_source_is_due_from_its_next_check_on():
    assert not due(SOURCE, replace(KNOWN, next_check_at=NOW + timedelta(seconds=1)), NOW)
    assert due(SOURCE, replace(KNOWN, next_check_at=NOW), NOW)
    assert due(SOURCE, replace(KNOWN, next_check_at=NOW - DAY), NOW)


def test_a_run_that_was_killed_and_runs_again_asks_only_the_rest():
    """Both runs carry the same `now`."""
    assert not due(SOURCE, replace(KNOWN, checked_at=NOW, next_check_at=NOW), NOW)
    assert not due(SOURCE, after(KNOWN, OK, feed(), fresh(3), NOW), NOW)


@pytest.mark.parametrize("late", [timedelta(0), timedelta(minutes=4), timedelta(minutes=-4)])
def test_an_hourly_schedule_that_starts_unevenly_still_asks_every_hour(late):
    state = after(KNOWN, UNCHANGED, None, [], NOW)
    assert due(SOURCE, state, NOW + HOUR + late)


# --- how to ask -------------------------------------------------------------------------------------------------------


def test_a_known_source_is_asked_with_both_validators():
    asked = request(SOURCE, KNOWN, NOW)
    assert (asked.key, asked.url) == ("vov", SOURCE.url)
    assert (asked.etag, asked.last_modified) == (KNOWN.etag, KNOWN.last_modified)


@pytest.mark.parametrize("full_at", [None, NOW - timedelta(days=7), NOW - timedelta(days=30)])
def test_once_a_week_and_at_first_a_source_is_asked_in_full(full_at):
    """Against servers that answer 304 for ever."""
    asked = request(SOURCE, replace(KNOWN, full_at=full_at), NOW)
    assert (asked.etag, asked.last_modified) == ("", "")


def test_robots_txt_is_heeded_where_nobody_offered_us_a_feed():
    assert request(replace(SOURCE, kind="search"), NEW, NOW).robots
    assert not request(SOURCE, NEW, NOW).robots


def test_sources_are_fetched_and_confirmed_over_http():
    """First in full, then with the validators of the first answer; answers in the order of the sources."""
    with serve() as site:
        site.says("vov.example/rss.xml", b"<rss/>", ETag='"2"')
        manners = site.manners("vov.example", "nowhere.example")
        missing = replace(SOURCE, source_id="none", url="http://nowhere.example/rss.xml")
        first, failed = fetch([(SOURCE, NEW), (missing, NEW)], manners, NOW)
        assert (first.key, first.outcome, first.body) == ("vov", "ok", b"<rss/>")
        assert (failed.key, failed.outcome) == ("none", "failed")
        site.says("vov.example/rss.xml", status=304)
        (second,) = fetch([(SOURCE, after(NEW, first, feed(), fresh(1), NOW))], manners, NOW + HOUR)
        assert second.outcome == "unchanged"
        assert site.visits[-1].headers["If-None-Match"] == '"2"'


def test_a_feed_may_be_larger_than_a_page():
    with serve() as site:
        site.says("/rss.xml", bytes(9 * 1024 * 1024), Content_Encoding="identity")
        packed = replace(SOURCE, source_id="packed", url="http://vov.example/gzip.xml")

        site.says("/gzip.xml", gzip.compress(bytes(9 * 1024 * 1024)), Content_Encoding="gzip")
        plain, small = fetch([(SOURCE, NEW), (packed, NEW)], site.manners("vov.example"), NOW)
    assert plain.outcome == "too_large"
    assert (small.outcome, len(small.body)) == ("ok", 9 * 1024 * 1024)


# --- what to remember -------------------------------------------------------------------------------------------------


def test_a_good_answer_is_remembered_with_its_validators():
    assert after(NEW, OK, feed(), fresh(3), NOW) == SourceState(
        "vov", OK.etag, OK.last_modified, checked_at=NOW, good_at=NOW, first_good_at=NOW, full_at=NOW, new_item_at=NOW,
        failures=0, failing_since=None, next_check_at=NOW + timedelta(minutes=55), state="ok", error="",
        url=SOURCE.url, body_hash=hashlib.sha256(OK.body).hexdigest(),
    )  # fmt: skip


def test_validators_that_vanish_from_a_good_answer_are_forgotten():
    state = after(KNOWN, replace(OK, etag="", last_modified=""), feed(), [], NOW)
    assert (state.etag, state.last_modified) == ("", "")


def test_a_304_keeps_what_it_does_not_mention_and_takes_what_it_does():
    """An ETag may change while Last-Modified stays (miniflux/v2#2675)."""
    state = after(KNOWN, replace(UNCHANGED, etag='"1b"'), None, [], NOW)
    assert (state.etag, state.last_modified) == ('"1b"', KNOWN.last_modified)
    assert (state.state, state.good_at, state.full_at) == ("unchanged", NOW, KNOWN.full_at)


@pytest.mark.parametrize(("answer", "parsed"), [(OK, "not_a_feed"), (OK, "empty"), (FAILED, "")])
def test_an_answer_that_is_no_feed_leaves_the_validators_alone(answer, parsed):
    """Else a later 304 would confirm an error page for ever."""
    state = after(KNOWN, answer, feed(parsed), [], NOW)
    assert (state.etag, state.last_modified, state.full_at) == (KNOWN.etag, KNOWN.last_modified, KNOWN.full_at)
    assert (state.good_at, state.first_good_at) == (KNOWN.good_at, KNOWN.first_good_at)


def test_failures_are_counted_from_their_first_and_forgotten_at_the_next_good_answer():
    once = after(KNOWN, FAILED, None, [], NOW)
    twice = after(once, replace(FAILED, outcome="timeout", error="late"), None, [], NOW + HOUR)
    assert (once.failures, once.failing_since, once.state, once.error) == (1, NOW, "failed", FAILED.error)
    assert (twice.failures, twice.failing_since, twice.state, twice.error) == (2, NOW, "timeout", "late")
    good = after(twice, OK, feed(), [], NOW + 2 * HOUR)
    assert (good.failures, good.failing_since, good.error, good.good_at) == (0, None, "", NOW + 2 * HOUR)


@pytest.mark.parametrize(
    ("parsed", "error"),
    [
        ("empty", "the feed at http://vov.example/rss.xml has no entries"),
        ("not_a_feed", "no feed at http://vov.example/rss.xml: 5 bytes of text/html"),
    ],
)
def test_a_body_that_is_no_use_is_named(parsed, error):
    state = after(KNOWN, replace(OK, body=b"<html", content_type="text/html"), feed(parsed), [], NOW)
    assert (state.state, state.error, state.failures, state.failing_since) == (parsed, error, 1, NOW)


def test_an_empty_feed_is_asked_again_at_the_usual_time():
    state = replace(KNOWN, failures=4)
    assert after(state, OK, feed("empty"), [], NOW).next_check_at == NOW + timedelta(minutes=55)


def test_only_new_entries_move_the_day_of_the_last_news():
    assert after(KNOWN, OK, feed(), [], NOW).new_item_at == KNOWN.new_item_at
    assert after(KNOWN, OK, feed(), fresh(1), NOW).new_item_at == NOW


@pytest.mark.parametrize(
    ("ttl", "fresh_for", "minutes"),
    [(0, 0, 55), (20, 0, 55), (180, 0, 175), (0, 7200, 115), (10**9, 0, 1435), (-5, 0, 55)],
)
def test_a_feed_s_wish_to_be_asked_less_is_granted_up_to_a_day(ttl, fresh_for, minutes):
    state = after(KNOWN, replace(OK, fresh_for=fresh_for), feed(ttl=ttl), [], NOW)
    assert state.next_check_at == NOW + timedelta(minutes=minutes)


BLOCKED = replace(FAILED, outcome="blocked", status=403)
MISSING = replace(FAILED, status=404)
TIMEOUT = replace(FAILED, outcome="timeout", status=0)


def waits(answer: Answer, times: int) -> list[float]:
    """Give the hours waited after each of so many such answers in a row."""
    state, found = KNOWN, []
    for _ in range(times):
        state = after(state, answer, None, [], NOW)
        found.append(wait(state) / HOUR)
    return found


@pytest.mark.parametrize(
    ("answer", "weight"),
    [
        (BLOCKED, 1.0),
        (replace(BLOCKED, status=503), 1.0),
        (replace(FAILED, outcome="refused", status=0), 1.0),
        (replace(FAILED, outcome="too_large", status=200), 1.0),
        (MISSING, 0.5),
        (replace(FAILED, status=0, error="the certificate does not hold"), 0.5),
        (FAILED, 0.25),
        (TIMEOUT, 0.25),
        (replace(FAILED, outcome="blocked", status=429, retry_after=60), 0.25),
        (replace(FAILED, outcome="blocked", status=0, retry_after=500), 0.25),
    ],
)
def test_a_failure_weighs_what_it_says_against_the_source(answer, weight):
    once = after(KNOWN, answer, None, [], NOW)
    assert (once.strain, once.failures) == (weight, 1)
    assert after(once, answer, None, [], NOW).strain == 2 * weight
    assert after(once, OK, feed(), [], NOW).strain == 0


def test_what_is_no_feed_weighs_most():
    assert after(KNOWN, OK, feed("not_a_feed"), [], NOW).strain == 1


def test_a_hard_failure_doubles_the_wait_up_to_a_day():
    hours = waits(BLOCKED, 8)
    assert all(0.8 * 2**n < hours[n] < 2**n for n in range(4))
    assert hours[-1] == pytest.approx(24, abs=0.1)
    assert hours == sorted(hours)


def test_a_soft_failure_is_met_with_more_patience_and_a_passing_one_with_most():
    assert waits(MISSING, 4)[-1] < 2 < waits(BLOCKED, 4)[-1]
    assert waits(TIMEOUT, 4)[-1] < 1 < waits(MISSING, 4)[-1]
    assert waits(TIMEOUT, 8)[-1] < 2
    assert waits(TIMEOUT, 60)[-1] == pytest.approx(24, abs=0.1)


def test_a_first_failure_is_tried_again_within_the_hour():
    assert due(SOURCE, after(KNOWN, FAILED, None, [], NOW), NOW + HOUR)


def test_what_is_gone_is_asked_once_a_day_and_never_given_up():
    state = after(KNOWN, replace(FAILED, outcome="gone"), None, [], NOW)
    assert DAY - HOUR < wait(state) <= DAY


@pytest.mark.parametrize("seconds", [4000, 80_000, 86_400])
def test_a_pause_that_the_host_asked_for_is_granted(seconds):
    blocked = replace(FAILED, outcome="blocked", retry_after=seconds)
    assert wait(after(KNOWN, blocked, None, [], NOW)) >= timedelta(seconds=seconds)


def test_sources_that_failed_together_do_not_return_together():
    times = {
        after(replace(KNOWN, source_id=f"s{n}", failures=3), FAILED, None, [], NOW).next_check_at for n in range(50)
    }
    assert len(times) > 40


@given(
    failures=st.integers(0, 10_000),
    outcome=st.sampled_from(["ok", "unchanged", "blocked", "gone", "too_large", "refused", "timeout", "failed"]),
    parsed=st.sampled_from(["ok", "empty", "not_a_feed"]),
    ttl=st.integers(-10, 10**12),
    fresh_for=st.integers(0, 86_400),
    retry_after=st.integers(0, 86_400),
)
def test_whatever_happens_a_source_is_asked_again_between_a_quarter_of_an_hour_and_a_day(
    failures, outcome, parsed, ttl, fresh_for, retry_after
):
    answer = replace(OK, outcome=outcome, fresh_for=fresh_for, retry_after=retry_after)
    state = after(replace(KNOWN, failures=failures), answer, feed(parsed, ttl), [], NOW)
    assert timedelta(minutes=15) <= wait(state) <= DAY
    assert state == after(replace(KNOWN, failures=failures), answer, feed(parsed, ttl), [], NOW)


# --- what holds of a memory -------------------------------------------------------------------------------------------


def test_nothing_that_another_address_taught_holds_for_a_new_one():
    """Its ETag, sent to the new address, could bring a 304 for a feed that was never read."""
    assert recall(SOURCE, replace(KNOWN, url=SOURCE.url)) == replace(KNOWN, url=SOURCE.url)
    edited = replace(SOURCE, url="http://vov.example/other.xml")
    assert recall(edited, replace(KNOWN, url=SOURCE.url)) == SourceState("vov", url=edited.url)
    assert recall(SOURCE, None) == NEW
    assert due(edited, recall(edited, replace(KNOWN, next_check_at=NOW + DAY)), NOW)


def test_the_very_bytes_of_the_last_time_are_an_unchanged_answer():
    """A server without validators sends the whole feed each time; what says nothing new is neither read nor kept."""
    whole = replace(OK, body=b"<rss/>", etag="", last_modified="")
    state = after(NEW, whole, feed(), [], NOW)
    again = settled(state, replace(whole, etag='"3"'), NOW + HOUR)
    assert (again.outcome, again.body, again.status) == ("unchanged", b"", 200)
    assert after(state, again, None, [], NOW + HOUR).etag == '"3"'
    assert settled(state, replace(whole, body=b"<rss />"), NOW + HOUR).outcome == "ok"


def test_once_a_week_the_same_bytes_are_read_again():
    """The rules by which they are read may have become better."""
    whole = replace(OK, body=b"<rss/>")
    state = after(NEW, whole, feed(), [], NOW)
    assert settled(state, whole, NOW + 7 * DAY).outcome == "ok"


@pytest.mark.parametrize("outcome", ["blocked", "failed", "unchanged", "too_large"])
def test_only_a_good_answer_can_be_the_last_one_again(outcome):
    state = after(NEW, OK, feed(), [], NOW)
    assert settled(state, replace(OK, outcome=outcome), NOW).outcome == outcome


# --- moving -----------------------------------------------------------------------------------------------------------

TARGET = "https://new.example/rss.xml"
MOVED = replace(OK, moved_to=TARGET, final_url=TARGET)


def moved(*answers: Answer) -> SourceState:
    state = replace(KNOWN, url=SOURCE.url)
    for number, answer in enumerate(answers):
        state = after(state, answer, feed() if answer.outcome == "ok" else None, [], NOW + number * HOUR)
    return state


def test_an_address_that_moved_three_times_to_one_place_is_asked_there():
    twice, thrice = moved(MOVED, MOVED), moved(MOVED, MOVED, replace(MOVED, outcome="unchanged", status=304))
    assert (twice.moved_to, twice.moved_seen) == (TARGET, 2)
    assert request(SOURCE, twice, NOW + 2 * HOUR).url == SOURCE.url
    assert request(SOURCE, thrice, NOW + 3 * HOUR).url == TARGET


def test_a_move_is_forgotten_when_the_old_address_answers_itself_or_leads_elsewhere():
    assert moved(MOVED, MOVED, OK).moved_to == ""
    other = moved(MOVED, MOVED, replace(MOVED, moved_to="https://third.example/"))
    assert (other.moved_to, other.moved_seen) == ("https://third.example/", 1)


def test_a_move_to_what_is_no_feed_does_not_count():
    """A parked domain redirects for ever, to advertisements."""
    state = after(moved(MOVED, MOVED), MOVED, feed("not_a_feed"), [], NOW)
    assert state.moved_seen == 2
    assert after(moved(), replace(FAILED, moved_to=TARGET), None, [], NOW).moved_to == ""


def test_once_a_week_and_when_the_new_address_fails_the_old_one_is_asked():
    state = moved(MOVED, MOVED, MOVED)
    direct = replace(OK, url=TARGET, final_url=TARGET)
    kept = after(state, direct, feed(), [], NOW + 3 * HOUR)
    assert (kept.moved_to, kept.moved_seen) == (TARGET, 3)
    assert request(SOURCE, kept, NOW + 8 * DAY).url == SOURCE.url
    failed = after(kept, replace(FAILED, url=TARGET), None, [], NOW + 4 * HOUR)
    assert request(SOURCE, failed, NOW + 5 * HOUR).url == SOURCE.url


# --- lies -------------------------------------------------------------------------------------------------------------

CONFIRMED = replace(KNOWN, url=SOURCE.url, state="unchanged")


def test_a_304_that_hid_what_was_out_for_long_is_never_asked_for_again():
    state = after(CONFIRMED, OK, feed(entries=20), fresh(5, NOW - 3 * DAY), NOW)
    assert state.lied
    assert request(SOURCE, state, NOW + HOUR).etag == ""
    assert after(state, OK, feed(), fresh(1), NOW + HOUR).lied


@pytest.mark.parametrize(
    ("state", "items"),
    [
        (CONFIRMED, fresh(5)),
        (CONFIRMED, fresh(5, NOW - 2 * HOUR)),
        (CONFIRMED, fresh(2, NOW - 3 * DAY)),
        (CONFIRMED, [*fresh(4), *fresh(3, NOW - 3 * DAY)]),
        (CONFIRMED, fresh(5, None)),
        (replace(CONFIRMED, state="ok"), fresh(5, NOW - 3 * DAY)),
    ],
    ids=["new", "from a cache on the way", "an old entry came in", "mostly new", "undated", "no 304 before"],
)
def test_a_304_is_no_lie_without_proof(state, items):
    assert not after(state, OK, feed(entries=20), items, NOW).lied


# --- rhythm -----------------------------------------------------------------------------------------------------------


def polled(state: SourceState, entries: int, young: int, hours: float = 1.0) -> SourceState:
    """Give the state after a poll so many hours after the last good one."""
    at = (state.good_at or NOW) + timedelta(hours=hours)
    return after(state, OK, feed(entries=entries), fresh(young, at), at)


def interval(state: SourceState) -> float:
    assert state.next_check_at
    assert state.checked_at
    return (state.next_check_at - state.checked_at) / HOUR


def test_a_source_that_replaces_its_document_within_the_hour_is_asked_more_often():
    """A poll without a single known entry may have missed some."""
    state = polled(polled(KNOWN, 20, 20), 20, 15, 0.5)
    assert interval(state) == pytest.approx(1 / 3, abs=0.01)
    assert interval(polled(state, 20, 20, 1 / 3)) == 0.25


def test_a_source_that_calms_down_is_asked_less_again():
    state = polled(KNOWN, 20, 20)
    for _ in range(30):
        state = polled(state, 20, 1)
    assert interval(state) == pytest.approx(55 / 60)


def test_half_of_the_entries_known_suits_an_hourly_round():
    assert interval(polled(KNOWN, 20, 10)) == pytest.approx(55 / 60)


def test_edited_entries_are_no_rush():
    """They come again as new sightings with their old dates: a counter in every summary is not news."""
    state = after(KNOWN, OK, feed(entries=20), fresh(20, NOW - 2 * DAY), NOW)
    assert interval(state) == pytest.approx(55 / 60)


def test_no_wish_to_be_asked_less_costs_an_entry():
    """A feed that is replaced within four hours cannot be left alone for a day, whatever its ttl says."""
    state = polled(KNOWN, 20, 15, hours=3)
    daily = after(state, OK, feed(ttl=1440), [], NOW + 3 * HOUR)
    assert interval(daily) == pytest.approx(2)


@pytest.mark.parametrize(
    ("silent", "least", "most"), [(5, 0.9, 1), (30, 2.5, 3), (24 * 4, 8.4, 9.6), (24 * 30, 10, 12)]
)
def test_a_silence_is_let_grow_by_a_tenth_up_to_twelve_hours(silent, least, most):
    state = replace(KNOWN, new_item_at=NOW - silent * HOUR)
    assert least <= interval(after(state, UNCHANGED, None, [], NOW)) <= most


def test_the_first_news_after_a_silence_brings_back_the_hour():
    state = replace(KNOWN, new_item_at=NOW - 30 * DAY)
    assert interval(after(state, OK, feed(entries=20), fresh(1), NOW)) == pytest.approx(55 / 60)


def test_cookies_are_kept_for_the_sources_that_need_them():
    assert request(replace(SOURCE, cookies=True), NEW, NOW).cookies
    assert not request(SOURCE, NEW, NOW).cookies


def test_robots_txt_is_heeded_for_list_pages():
    assert request(replace(SOURCE, reads="page"), NEW, NOW).robots
