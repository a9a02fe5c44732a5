"""What leaves the archive: whole files, nothing younger than the limit, and everybody knows it for gone, not lost."""

import gzip
import shutil
import signal
import subprocess
import sys
from datetime import timedelta

import pytest

from flows.forget import forget
from flows.job import Job
from flows.maintain import maintain_with
from flows.reprocess import reprocess_with
from flows.retain import let_go
from flows.settings import load
from tests.command import ROOT
from tests.press import GARDEN, LOAN, MONDAY, TALKS, printing
from tests.remade import raise_rules, without_bridge
from tests.samples import source
from warehouse.archive import Archive
from warehouse.check import records_not_in_place, wrong_rows
from warehouse.connect import Warehouse
from warehouse.restore import backup_named, restore

WEEK = timedelta(weeks=1)
LOAN_TITLE = "Japan lends Vietnam money for a bridge"
TALKS_TITLE = "Vietnam's prime minister receives Japan's foreign minister"
GARDEN_TITLE = "The city of Hue opens its garden show"
WEEKS = ("2025-W17", "2025-W18", "2025-W20", "2025-W22")
NEWEST = MONDAY + timedelta(days=36)  # 2025-W22, a Tuesday
LAST = NEWEST + timedelta(hours=2)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Collect in four weeks of six; give the data folder. The garden's page stays as it was in its first week."""
    folder = tmp_path_factory.mktemp("kept")
    second = source(source_id="second", outlet="Second", family="second", url="http://second.example/rss")
    with printing(folder, source(), second) as press:
        press.says("garden", GARDEN_TITLE, *GARDEN)
        press.lists(("garden", GARDEN_TITLE, MONDAY))
        press.lists(("torn", "A page that is not there", MONDAY), source_id="second")
        press.collect(0)
        press.says("loan", LOAN_TITLE, *LOAN)
        press.lists(("garden", GARDEN_TITLE, MONDAY), ("loan", LOAN_TITLE, MONDAY + WEEK))
        press.collect(7 * 24 + 1)
        press.digest(7 * 24 + 2)
        press.says("talks", TALKS_TITLE, *TALKS, source_id="second")
        press.lists(("talks", TALKS_TITLE, MONDAY + 3 * WEEK), source_id="second")
        press.collect(21 * 24)
        press.collect(36 * 24)
        return press.settings.data


@pytest.fixture
def data(kept, tmp_path):
    """Give a copy of that folder for a test to change."""
    return shutil.copytree(kept, tmp_path / "data")


def job_of(data, now=LAST, archive=14, runs=0):
    return Job(load(data, data=data, keep_archive=archive, keep_runs=runs), now)


def retained(data, **given):
    """Let go as the nightly run does; give the counts."""
    job = job_of(data, **given)
    let_go(job)
    return dict(job.counts)


def files(data):
    return [name.removesuffix(".warc.gz") for name in Archive(data / "archive").files()]


def rows(data):
    """Give every row and every archive file."""
    from warehouse.rows import KEYS

    with Warehouse(data).writer() as db:
        found = {table: db.execute(f"from base.{table} order by all").fetchall() for table in KEYS}
    return found | {path.name: path.read_bytes() for path in (data / "archive").iterdir()}


def wrong(data, day=LAST):
    """Give what the data checks find, of rows and of the archive."""
    house = Warehouse(data)
    with house.writer() as db:
        return wrong_rows(db), records_not_in_place(db, Archive(house.archive), day.date()).rows


def ask(data, sql):
    with Warehouse(data).writer() as db:
        return db.execute(sql).fetchall()


def test_by_default_the_archive_is_kept_for_ever(data):
    before = rows(data)
    assert retained(data, archive=0) == {}
    assert rows(data) == before
    assert files(data) == list(WEEKS)


@pytest.mark.parametrize(
    ("days", "left"),
    [
        # the newest row that points at the first is of 29 days less an hour before the last attempt: the garden's page
        # was found unchanged then; that of the second is of 15 days before
        (14, WEEKS[2:]),
        (15, WEEKS[1:]),
        (28, WEEKS[1:]),
        (29, WEEKS),
        (36_500, WEEKS),
    ],
)
def test_only_files_go_whose_week_and_whose_every_row_are_older(data, days, left):
    retained(data, archive=days)
    assert files(data) == list(left)
    limit = f"timestamptz '{NEWEST - timedelta(days=days)}'"
    assert ask(data, f"from base.pages where outcome = 'ok' and warc_offset < 0 and fetched_at >= {limit}") == []
    assert wrong(data) == ({}, ())


@pytest.mark.long
def test_a_page_that_was_found_unchanged_holds_the_file_in_which_it_lies(data):
    [(first,)] = ask(data, "select distinct warc_file from base.pages where url like '%/garden' and outcome = 'ok'")
    assert first == "2025-W17.warc.gz"
    ask(data, "update base.pages set fetched_at = fetched_at + interval 21 day where url like '%/garden'")
    retained(data)
    assert files(data) == ["2025-W17", *WEEKS[2:]]


def test_letting_go_twice_is_letting_go_once(data):
    assert retained(data)["let_go_files"] == 2
    once = rows(data)
    assert retained(data) == {}
    assert rows(data) == once


def test_a_night_lets_go_after_its_backup_and_the_next_nights_checks_find_nothing(data):
    job = job_of(data)
    maintain_with(job)
    assert (job.counts["let_go_files"], job.counts["wrong_rows"]) == (2, 0)
    night = job_of(data, LAST + timedelta(days=1))
    maintain_with(night)
    assert night.counts["wrong_rows"] == 0
    with Warehouse(data).reader() as db:
        assert records_not_in_place(db, Archive(data / "archive"), LAST.date()).rows == ()


def test_what_left_the_archive_reprocess_keeps_as_it_is_and_the_rest_is_made_again(data, monkeypatch):
    retained(data)
    before = ask(data, "select article_id, revision, text from base.articles where contains(url, 'loan')")
    raise_rules(monkeypatch.setattr)
    remade = reprocess_with(job_of(data), without_bridge)
    assert remade.lost == ()
    assert ask(data, "select article_id, revision, text from base.articles where contains(url, 'loan')") == before
    again = "select distinct title from base.articles join base.extractions as made using (article_id) "
    found = ask(data, again + "where made.rule_version = 'extract-raised' and made.quality <> 'none'")
    assert found == [(TALKS_TITLE,)]
    assert reprocess_with(job_of(data), without_bridge).counts == {"older": 0}
    assert wrong(data) == ({}, ())


@pytest.mark.long
def test_a_page_that_comes_again_as_it_was_is_kept_anew(kept, tmp_path):
    """Its bytes are known, but they are held no more."""
    with printing(tmp_path, source()) as press:
        data = shutil.copytree(kept, press.settings.data)
        retained(data)
        press.says("garden", GARDEN_TITLE, *GARDEN)
        press.lists(("garden", f"Still open: {GARDEN_TITLE}", MONDAY))
        press.collect(37 * 24)
        found = ask(
            data, "select warc_file, warc_offset >= 0 from base.pages where url like '%/garden' order by fetched_at"
        )
        assert found[-1] == ("2025-W22.warc.gz", True)
        assert set(found[:-1]) == {("2025-W17.warc.gz", False)}
        assert wrong(data) == ({}, ())


def test_a_page_that_nobody_has_read_yet_stays(data):
    ask(data, "delete from base.extractions where page_id in (select page_id from base.pages where url like '%/loan')")
    retained(data)
    assert files(data) == list(WEEKS[1:])


def test_a_monitor_that_was_off_for_a_year_loses_nothing_in_the_night_it_is_on_again(data):
    before = files(data)
    retained(data, archive=30, now=LAST + timedelta(days=365))
    assert files(data) == before


@pytest.mark.long
def test_a_file_that_bears_no_week_in_its_name_is_not_ours_to_take_away(data):
    shutil.copy(data / "archive" / "2025-W17.warc.gz", data / "archive" / "by-hand.warc.gz")
    ask(data, "insert into base.archives by name select 'by-hand.warc.gz' as file, bytes from base.archives limit 1")
    retained(data)
    assert "by-hand" in files(data)


KILLED = """
import os, sys
from pathlib import Path
from tests.test_retain import retained
import warehouse.archive, flows.retain
def kill(*_): os.kill(os.getpid(), 9)
data, where = Path(sys.argv[1]), sys.argv[2]
if where == "rows":
    flows.retain.still_there = kill
elif where == "publish":
    flows.retain.publish = kill
elif where == "drop":
    warehouse.archive.Archive.drop = kill
elif where == "unlink":
    unlink = Path.unlink
    Path.unlink = lambda path, **given: (unlink(path), kill()) if "W17" in path.name else unlink(path, **given)
retained(data, runs=14)
"""


@pytest.mark.long
@pytest.mark.parametrize("where", ["rows", "publish", "drop", "unlink"])
def test_killed_in_the_middle_and_run_again_it_is_as_if_it_had_run_once(data, tmp_path, where):
    once = shutil.copytree(data, tmp_path / "once")
    retained(once, runs=14)
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(data), where], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert wrong(data) == ({}, ()), "also before it is run again"
    retained(data, runs=14)
    assert rows(data) == rows(once)
    assert files(data) == list(WEEKS[2:])


@pytest.mark.parametrize("lost", [pytest.param(False, marks=pytest.mark.long), True])
def test_a_backup_of_before_is_gone_back_to_with_what_was_let_go_known_for_gone(data, lost):
    """Also where nothing but the backup is left that knew of it: the archive's own folder says it."""
    maintain_with(job_of(data))
    house = Warehouse(data)
    if lost:
        house.snapshot.unlink()
        house.private.unlink()
        house.sums_file.unlink()
    restore(house, backup_named(house, f"{LAST:%Y-%m-%d}"), LAST)
    assert wrong(data) == ({}, ())
    assert len(ask(data, "from base.archives where let_go_at is not null")) == 2
    assert retained(data) == {}


@pytest.mark.long
def test_what_is_written_under_the_name_of_a_file_that_went_begins_it_anew(kept, tmp_path):
    """As by a clock that was set back."""
    with printing(tmp_path, source()) as press:
        data = shutil.copytree(kept, press.settings.data)
        retained(data)
        press.says("new", "A new page about a bridge", *LOAN)
        press.lists(("new", "A new page about a bridge", MONDAY + WEEK))
        press.collect(8 * 24)
        assert "2025-W18" in files(data)
        assert wrong(data) == ({}, ())
        assert Archive(data / "archive").gone() == ["2025-W17.warc.gz"]


@pytest.mark.long
def test_a_forgotten_article_leaves_feeds_whose_attempts_were_let_go(data):
    retained(data, archive=0, runs=14)
    with Warehouse(data).reader() as db:
        [(one,)] = db.execute("select article_id from articles where contains(url, 'garden')").fetchall()
    assert ask(data, "select count(*) from base.feed_places") != [(0,)]
    forget(job_of(data), one, "asked for")
    for path in (data / "archive").glob("*.warc.gz"):
        assert GARDEN_TITLE.encode() not in gzip.decompress(path.read_bytes())
    assert wrong(data) == ({}, ())
