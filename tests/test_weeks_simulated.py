"""Three simulated weeks of hourly runs, once calm and once with all that can go wrong: the same news, told once.

Each history has its own machine (tests/simulated/child.py) and mail server, and the sample's site with a third week.
"""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes
from itertools import groupby
from statistics import median

import pytest

from flows.sample import load
from tests.mailbox import certify
from tests.simulated.history import History
from tests.simulated.plan import BEGINS, WEEKS, Plan, plan, steps
from tests.simulated.site import three_weeks
from warehouse import sums
from warehouse.check import wrong_rows
from warehouse.connect import Warehouse
from warehouse.migrate import newest
from warehouse.restore import backups

pytestmark = pytest.mark.long
SEED = 7
MOST_UNKNOWN = 3  # two kills of a digest, and one link that breaks after a letter
READERS = {"anna", "binh", "chie", "dung", "full", "gone", "lost"}


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Play both side by side; give the calm one and the rough one."""
    folder = tmp_path_factory.mktemp("weeks")
    sample, pem = three_weeks(load()), certify(folder)
    rough = plan(SEED, [one.host for one in sample.outlets], [one.published for one in sample.articles])
    histories = History(folder / "calm", Plan(), pem), History(folder / "rough", rough, pem)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda one: one.play(steps()), histories))
    return histories


@pytest.fixture
def calm(both):
    return both[0]


@pytest.fixture
def rough(both):
    return both[1]


def asked(history, question):
    with Warehouse(history.data).reader() as db:
        return db.execute(question).fetchall()


def errors(history):
    return [one for one in history.told if one.error]


def test_nothing_fails_in_calm_weeks(calm):
    assert (errors(calm), calm.kills) == ([], 0)
    assert len(calm.told) == len(steps()) > 600


def test_the_rough_weeks_had_every_kind_of_fault(rough):
    kinds = Counter(one.fault.kind for one in rough.told if one.fault.amount or one.fault.kind == "prefect")
    assert kinds == {"kill": 9, "disk": 4, "clock": 6, "prefect": 2, "away": 1}
    assert rough.kills >= 9
    assert any(one.error for one in rough.told if one.fault.kind == "disk")
    outcomes = dict(asked(rough, "select outcome, count(*) from base.fetches group by 1"))
    assert min(outcomes.get(one, 0) for one in ("blocked", "not_a_feed", "failed")) > 10


def test_only_what_was_made_to_fail_fails_and_says_so_in_a_sentence(rough):
    """A full disk, a Prefect server that went, and letters that were not taken: the next run is well again."""
    for one in errors(rough):
        kind = one.error.partition(":")[0]
        refused = one.step.flow == "digest" and kind in {"UndeliveredError", "MailServerError"}
        full = one.fault.kind == "disk" and kind == "WarehouseError"
        away = one.fault.kind == "away" and "API" in one.error
        assert refused or full or away, one


def test_both_know_the_same_articles_by_the_same_words_and_judge_them_alike(calm, rough):
    held = (
        "select article_id, revision, relevance from base.articles join base.judgements using (article_id, revision) "
        "where is_current order by article_id"
    )
    assert asked(rough, held) == asked(calm, held)
    assert len(asked(calm, held)) > 170


def test_both_tell_the_same_stories_and_fold_the_same_copies(calm, rough):
    for groups in (
        "select list(article_id order by article_id) from base.story_articles group by story_id order by 1",
        "select list(article_id order by article_id) from base.duplicates group by duplicate_of order by 1",
    ):
        assert asked(rough, groups) == asked(calm, groups)
        assert len(asked(calm, groups)) > 10


def test_each_week_has_one_issue_that_tells_the_same_stories(calm, rough):
    for history in (calm, rough):
        assert asked(history, "select week from base.issues order by week") == [(week,) for week in WEEKS]
        assert {path.name[: len(WEEKS[0])] for path in (history.data / "issues").glob("2*")} == set(WEEKS)
    told = (  # a story by the first of its articles: its id is of whichever was seen first
        "select week, list_sort(list(first)) from base.issue_entries join "
        "(select story_id, min(article_id) as first from base.story_articles group by story_id) using (story_id) "
        "group by week order by week"
    )
    assert asked(rough, told) == asked(calm, told)


def test_each_reader_has_one_mail_a_week(calm, rough):
    """Never two of one issue. None has whom the server refuses, and may have who the ledger does not know of.

    Those were on their way when a kill or a broken link came between the letter and the answer to it.
    """
    for history in (calm, rough):
        letters = Counter(
            (reader, str(message_from_bytes(one)["Message-ID"]))
            for reader in READERS
            for one in history.office.mailboxes[f"{reader}@readers.test"]
        )
        assert set(letters.values()) == {1}, history.folder.name
        states = dict(asked(history, "select status, count(*) from base.deliveries group by 1"))
        wanted = len(READERS) * len(WEEKS) - states.get("rejected", 0)
        assert wanted - states.get("unknown", 0) <= len(letters) <= wanted
        assert set(states) <= {"sent", "rejected", "unknown"}
        if history is calm:
            assert states == {"sent": wanted}
        else:
            assert states["rejected"] == len(WEEKS)
            assert states.get("unknown", 0) <= MOST_UNKNOWN


def test_the_warehouse_is_whole_and_every_backup_can_be_gone_back_to(calm, rough):
    for history in (calm, rough):
        house = Warehouse(history.data)
        with house.writer() as db:
            assert wrong_rows(db) == {}
            assert sums.fault(sums.count(db, newest()), sums.read(house.sums_file)) == ""
        found = backups(house)
        assert [one.fault for one in found if one.fault] == []
        assert 9 <= len(found) <= 13, "the snapshot, seven days and up to four weeks, and one before a schema"


def test_nothing_is_left_lying_about(calm, rough):
    for history in (calm, rough):
        left = [path.name for path in history.data.rglob("*") if path.name.startswith(".") or "wal" in path.suffix]
        assert set(left) <= {"prefect.db-wal"}, "SQLite's own, of a server that was killed"


def test_memory_is_flat(calm):
    """A week's median is nearly that of the week before: what every run leaves behind would add up."""
    of_week = {
        week: median(one.held for one in told)
        for week, told in groupby(calm.told, lambda one: (one.step.at - BEGINS).days // 7)
    }
    assert of_week[2] < 1.1 * of_week[1]


def test_files_grow_with_the_news_and_not_with_the_hours(calm):
    """The last day brings nothing: its runs take a few blocks of the file, and none of the archive."""
    last = [one.private for one in calm.told[-40:]]
    assert last[-1] - last[0] <= 1 << 20
    [(asked_then, kept_then)] = asked(
        calm,
        "select count(*), count(*) filter (where warc_offset >= 0) from base.fetches "
        "where fetched_at >= timestamptz '2025-05-12 00:00:00+07'",
    )
    assert (asked_then > 50, kept_then) == (True, 0)
