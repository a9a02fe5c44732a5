"""Asking the sources: who is due, how they are asked, and what is remembered of their answers."""

import gzip
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.fetch import after, due, fetch, request
from tests.loopback import serve
from warehouse.records import Answer, Source, SourceState

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
NEW = SourceState("vov")
OK = Answer("vov", SOURCE.url, "ok", NOW, SOURCE.url, 200, etag='"2"', last_modified="Sun, 27 Apr 2025 10:00:00 GMT")
UNCHANGED = replace(OK, outcome="unchanged", status=304, etag="", last_modified="")
FAILED = replace(OK, outcome="failed", status=500, error="HTTP 500 Internal Server Error", etag='"error page"')
KNOWN = replace(
    NEW, etag='"1"', last_modified="Sat, 26 Apr 2025 10:00:00 GMT", checked_at=NOW - HOUR, good_at=NOW - HOUR,
    first_good_at=NOW - DAY, full_at=NOW - DAY, new_item_at=NOW - DAY, next_check_at=NOW, state="ok",
)  # fmt: skip


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
    assert not due(SOURCE, after(KNOWN, OK, "ok", 0, 3, NOW), NOW)


@pytest.mark.parametrize("late", [timedelta(0), timedelta(minutes=4), timedelta(minutes=-4)])
def test_an_hourly_schedule_that_starts_unevenly_still_asks_every_hour(late):
    state = after(KNOWN, UNCHANGED, "", 0, 0, NOW)
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
        (second,) = fetch([(SOURCE, after(NEW, first, "ok", 0, 1, NOW))], manners, NOW + HOUR)
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
    assert after(NEW, OK, "ok", 0, 3, NOW) == SourceState(
        "vov", OK.etag, OK.last_modified, checked_at=NOW, good_at=NOW, first_good_at=NOW, full_at=NOW, new_item_at=NOW,
        failures=0, failing_since=None, next_check_at=NOW + timedelta(minutes=55), state="ok", error="",
    )  # fmt: skip


def test_validators_that_vanish_from_a_good_answer_are_forgotten():
    state = after(KNOWN, replace(OK, etag="", last_modified=""), "ok", 0, 0, NOW)
    assert (state.etag, state.last_modified) == ("", "")


def test_a_304_keeps_what_it_does_not_mention_and_takes_what_it_does():
    """An ETag may change while Last-Modified stays (miniflux/v2#2675)."""
    state = after(KNOWN, replace(UNCHANGED, etag='"1b"'), "", 0, 0, NOW)
    assert (state.etag, state.last_modified) == ('"1b"', KNOWN.last_modified)
    assert (state.state, state.good_at, state.full_at) == ("unchanged", NOW, KNOWN.full_at)


@pytest.mark.parametrize(("answer", "parsed"), [(OK, "not_a_feed"), (OK, "empty"), (FAILED, "")])
def test_an_answer_that_is_no_feed_leaves_the_validators_alone(answer, parsed):
    """Else a later 304 would confirm an error page for ever."""
    state = after(KNOWN, answer, parsed, 0, 0, NOW)
    assert (state.etag, state.last_modified, state.full_at) == (KNOWN.etag, KNOWN.last_modified, KNOWN.full_at)
    assert (state.good_at, state.first_good_at) == (KNOWN.good_at, KNOWN.first_good_at)


def test_failures_are_counted_from_their_first_and_forgotten_at_the_next_good_answer():
    once = after(KNOWN, FAILED, "", 0, 0, NOW)
    twice = after(once, replace(FAILED, outcome="timeout", error="late"), "", 0, 0, NOW + HOUR)
    assert (once.failures, once.failing_since, once.state, once.error) == (1, NOW, "failed", FAILED.error)
    assert (twice.failures, twice.failing_since, twice.state, twice.error) == (2, NOW, "timeout", "late")
    good = after(twice, OK, "ok", 0, 0, NOW + 2 * HOUR)
    assert (good.failures, good.failing_since, good.error, good.good_at) == (0, None, "", NOW + 2 * HOUR)


@pytest.mark.parametrize(
    ("parsed", "error"),
    [
        ("empty", "the feed at http://vov.example/rss.xml has no entries"),
        ("not_a_feed", "no feed at http://vov.example/rss.xml: 5 bytes of text/html"),
    ],
)
def test_a_body_that_is_no_use_is_named(parsed, error):
    state = after(KNOWN, replace(OK, body=b"<html", content_type="text/html"), parsed, 0, 0, NOW)
    assert (state.state, state.error, state.failures, state.failing_since) == (parsed, error, 1, NOW)


def test_an_empty_feed_is_asked_again_at_the_usual_time():
    state = replace(KNOWN, failures=4)
    assert after(state, OK, "empty", 0, 0, NOW).next_check_at == NOW + timedelta(minutes=55)


def test_only_new_entries_move_the_day_of_the_last_news():
    assert after(KNOWN, OK, "ok", 0, 0, NOW).new_item_at == KNOWN.new_item_at
    assert after(KNOWN, OK, "ok", 0, 1, NOW).new_item_at == NOW


@pytest.mark.parametrize(
    ("ttl", "fresh_for", "minutes"),
    [(0, 0, 55), (20, 0, 55), (180, 0, 175), (0, 7200, 115), (10**9, 0, 1435), (-5, 0, 55)],
)
def test_a_feed_s_wish_to_be_asked_less_is_granted_up_to_a_day(ttl, fresh_for, minutes):
    state = after(KNOWN, replace(OK, fresh_for=fresh_for), "ok", ttl, 0, NOW)
    assert state.next_check_at == NOW + timedelta(minutes=minutes)


def test_failures_double_the_wait_up_to_a_day():
    state, waits = KNOWN, []
    for _ in range(8):
        state = after(state, FAILED, "", 0, 0, NOW)
        waits.append(wait(state))
    hours = [wait / HOUR for wait in waits]
    assert all(0.8 * 2**n < hours[n] < 2**n for n in range(4))
    assert hours[-1] == pytest.approx(24, abs=3)
    assert waits == sorted(waits)


def test_a_first_failure_is_tried_again_within_the_hour():
    assert due(SOURCE, after(KNOWN, FAILED, "", 0, 0, NOW), NOW + HOUR)


def test_what_is_gone_is_asked_once_a_day_and_never_given_up():
    state = after(KNOWN, replace(FAILED, outcome="gone"), "", 0, 0, NOW)
    assert DAY - HOUR < wait(state) <= DAY


@pytest.mark.parametrize("seconds", [4000, 80_000, 86_400])
def test_a_pause_that_the_host_asked_for_is_granted(seconds):
    blocked = replace(FAILED, outcome="blocked", retry_after=seconds)
    assert wait(after(KNOWN, blocked, "", 0, 0, NOW)) >= timedelta(seconds=seconds)


def test_sources_that_failed_together_do_not_return_together():
    times = {
        after(replace(KNOWN, source_id=f"s{n}", failures=3), FAILED, "", 0, 0, NOW).next_check_at for n in range(50)
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
    state = after(replace(KNOWN, failures=failures), answer, parsed, ttl, 0, NOW)
    assert timedelta(minutes=15) <= wait(state) <= DAY
    assert state == after(replace(KNOWN, failures=failures), answer, parsed, ttl, 0, NOW)
