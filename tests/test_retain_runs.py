"""What goes of the history of runs and attempts: nothing that a past week, the health of a source or an issue says."""

import random
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from flows.job import Job
from flows.retain import let_go
from flows.settings import load
from tasks.weeks import week_of
from tests.samples import source
from warehouse import read, write
from warehouse.check import found
from warehouse.connect import Warehouse
from warehouse.publish import publish
from warehouse.records import Fetch, Run
from warehouse.rows import row_of, rows, save
from warehouse.told import source_weeks

ZONE = "Asia/Ho_Chi_Minh"
FIRST = datetime(2025, 1, 6, 1, tzinfo=UTC)  # a Monday, 08:00 in Hanoi
DAYS, EVERY = 140, timedelta(hours=14)
NOW = FIRST + timedelta(days=DAYS)
NAMES = ("steady", "failing", "never", "gappy", "late", "quiet", "gone")


def answers(name, at, dice):
    """Give how a source answers at an instant: outcome, entries, new and known ones; None where it is not asked."""
    day = (at - FIRST).days
    if name == "failing" and day > 20:  # long before anything that is kept
        return ("failed", 0, 0, 0)
    if name == "never":
        return (dice.choice(["blocked", "timeout"]), 0, 0, 0)
    if (name == "late" and day < 60) or (name == "gone" and day > 30):
        return None
    if name == "gappy" and day in {0, 15, 44}:
        return ("ok", 20, 20, 0)
    if name == "quiet" and day > 3:
        return ("unchanged", 0, 0, 0)
    entries = dice.randint(0, 20)
    new = dice.randint(0, entries)
    return (
        dice.choice(["ok", "ok", "unchanged", "failed"]),
        *((entries, new, entries - new) if entries else (0, 0, 0)),
    )


def attempts(dice):
    """Make the attempts of all sources over all days, by run."""
    made, at = {}, FIRST
    while at <= NOW:
        given = {name: answers(name, at, dice) for name in NAMES}
        made[at] = [
            Fetch(
                f"{name} {at}", f"run {at}", name, "", "", at, outcome, 200, f"said {outcome}", 9, 9, *counted,
                known_entries=known, warc_file="2025-W02.warc.gz" if outcome == "ok" else "",
                warc_offset=int((at - FIRST) / EVERY) if outcome == "ok" else -1,
            )
            for name, answer in given.items()
            if answer
            for outcome, *counted, known in [answer]
        ]  # fmt: skip
        at += EVERY
    return made


def filled(folder, seed):
    """Fill a warehouse with attempts as collects keep them; entries bring no new item, which is another matter."""
    house, every = Warehouse(folder), attempts(random.Random(seed))
    fetches = [replace(one, new_entries=0) for made in every.values() for one in made]
    runs = [
        Run(f"run {at}", "collect", at, at, at, "completed", counted(made), zone=ZONE) for at, made in every.items()
    ]
    nights = [FIRST + timedelta(days=day, hours=19) for day in range(DAYS)]
    runs += [
        Run(f"night {day}", "maintain", at, at, at, "completed" if day < 100 else "failed")
        for day, at in enumerate(nights)
    ]
    events = [{"source_id": "failing", "kind": "failing", "day": at.date(), "told_at": at} for at in nights]
    with house.writer() as db:
        write.sources(db, [source(source_id=name) for name in NAMES])
        write.fetched(db, fetches, [], [])
        save(db, "runs", [row_of(one, counts=list(one.counts.items())) for one in runs])
        save(db, "source_events", events)
        write.source_health(db, read.source_health(db, NOW))
    return house


def counted(made):
    failed = sum(one.outcome not in {"ok", "unchanged"} for one in made)
    return {"asked": len(made), "failed": failed, "entries": sum(one.entries for one in made)}


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    return filled(tmp_path_factory.mktemp("runs") / "data", 1)


@pytest.fixture
def house(full, tmp_path):
    """Give a copy of that warehouse for a test to change."""
    return Warehouse(shutil.copytree(full.folder, tmp_path / "data"))


def retained(house, days=30, now=NOW):
    """Let go as the nightly run does; give the counts."""
    job = Job(load(house.folder, data=house.folder, keep_runs=days, keep_archive=0), now)
    let_go(job)
    return dict(job.counts)


def told(house):
    """Give all that composing and doctoring hear of sources: as of now, and in every week."""
    weeks = [week_of(FIRST + timedelta(days=7 * number), ZONE) for number in range(DAYS // 7 + 1)]
    with house.writer() as db:
        said = {one.label: source_weeks(db, one) for one in weeks}
        return said | {"now": read.source_health(db, NOW), "paused": rows(db, "paused_hosts", now=NOW)}


def viewed(house):
    """Give what the public views say, but for what is of this run only."""
    publish(house)
    with house.reader() as db:
        views = ("source_weeks", "weeks", "coverage_by_source", "source_health", "about")
        return {view: db.execute(f"from main.{view} order by all").fetchall() for view in views}


def ask(house, sql):
    with house.writer() as db:
        return db.execute(sql).fetchall()


def differing(before, after):
    return {name for name in before if after[name] != before[name]}


def test_every_past_week_and_every_source_is_said_to_be_what_it_was(house):
    before, seen = told(house), viewed(house)
    assert retained(house)["let_go_attempts"] > 500
    assert differing(before, told(house)) == set()
    assert differing(seen, viewed(house)) == set()
    assert len(seen["weeks"]) == DAYS // 7 + 1
    assert {one.state for one in before["now"]} >= {"failing", "never"}
    assert {one.source_id for one in before["now"] if one.gap_at} >= {"gappy"}


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 8))
def test_let_go_in_many_nights_it_is_said_as_before(tmp_path, seed):
    house = filled(tmp_path / "data", seed)
    before = told(house)
    for days in (120, 92, 60, 59, 33, 14):
        retained(house, days)
        assert differing(before, told(house)) == set(), days
    assert ask(house, "select count(*) from base.fetches")[0][0] < 300


@pytest.mark.parametrize("days", [14, 30, 90])
def test_nothing_younger_than_the_limit_goes_and_weeks_go_whole(house, days):
    limit = NOW - timedelta(days=days)
    young = f"from base.fetches where fetched_at >= timestamptz '{limit}' order by all"
    runs = f"from base.runs where now >= timestamptz '{limit}' order by all"
    before = ask(house, young), ask(house, runs)
    retained(house, days)
    assert (ask(house, young), ask(house, runs)) == before
    [(oldest,)] = ask(house, "select min(fetched_at) from base.fetches")
    start = week_of(NOW - timedelta(days=days), ZONE).start
    assert start <= oldest < start + EVERY
    assert ask(house, "select min(day) from base.source_events") == [((start + timedelta(hours=7)).date(),)]


def test_kept_for_ever_nothing_goes(house):
    before = ask(house, "from base.fetches order by all")
    assert retained(house, 0) == {}
    assert ask(house, "from base.fetches order by all") == before


def test_letting_go_twice_is_letting_go_once(house):
    def dump():
        tables = ("fetches", "runs", "source_events", "source_weeks", "feed_places")
        return {table: ask(house, f"from base.{table} order by all") for table in tables}

    assert retained(house)
    once = dump()
    assert retained(house) == {}
    assert dump() == once


def test_the_newest_run_of_each_flow_and_its_newest_good_one_stay(house):
    retained(house, 14)
    nights = [one for (one,) in ask(house, "select run_id from base.runs where flow = 'maintain' order by now")]
    assert "night 99" in nights
    assert "night 98" not in nights
    assert nights[-1] == f"night {DAYS - 1}"


def test_where_a_feed_lies_in_the_archive_stays_known_while_it_lies_there(house):
    places = """
        select source_id, fetched_at, warc_file, warc_offset from {} where warc_offset >= 0 order by all
    """
    before = ask(house, places.format("base.fetches"))
    retained(house)
    both = "(from base.feed_places union all select source_id, fetched_at, warc_file, warc_offset from base.fetches)"
    assert ask(house, places.format(both)) == before


def test_the_data_checks_find_in_the_rest_what_they_found_in_all_of_it(house):
    def wrong():
        with house.writer() as db:
            return {one.check: one.rows for one in found(db) if one.rows}

    before = wrong()
    assert set(before) <= {"silent_sources"}
    retained(house)
    assert wrong() == before


def test_a_clock_that_ran_ahead_takes_nothing_that_the_last_attempt_is_near_to(house):
    retained(house, 30, NOW + timedelta(days=3000))
    [(oldest,)] = ask(house, "select min(fetched_at) from base.fetches")
    assert oldest <= NOW - timedelta(days=30)


def test_before_a_source_was_ever_asked_there_is_nothing_to_let_go(tmp_path):
    assert retained(Warehouse(tmp_path / "data")) == {}


@pytest.mark.long
def test_the_file_stays_as_large_as_what_is_kept_whatever_goes_through_it(tmp_path):
    """A year of attempts a month at a time, of which a quarter is kept."""
    house, sizes = Warehouse(tmp_path / "data"), []
    rows_of_a_month = """
        insert into base.fetches by name
        select sha256(n || 'f') as fetch_id, sha256('' || n // 50) as run_id, 'source-' || n % 50 as source_id,
            'http://a.example/rss' as url, 'http://a.example/rss' as final_url,
            $start + to_hours(n // 50) as fetched_at, 'unchanged' as outcome, 304 as status, '' as error,
            hash(n) % 90000 as bytes, hash(n) % 3000 as elapsed_ms, 0 as entries, 0 as new_entries, 0 as known_entries,
            '' as warc_file, -1 as warc_offset, 0 as retry_after
        from range(50 * 24 * 30) as numbers(n)
    """
    for month in range(12):
        with house.writer() as db:
            db.execute(
                rows_of_a_month.replace("sha256(n", f"sha256({month} || ' ' || n"),
                {"start": FIRST + month * timedelta(days=30)},
            )
        retained(house, 90, FIRST + (month + 1) * timedelta(days=30))
        sizes.append(house.private.stat().st_size)
    assert max(sizes[6:]) < 1.5 * max(sizes[3:6])
