"""What older rules made is made again from the archive: no download, nothing twice, nothing lost, wherever killed."""

import shutil
import signal
import subprocess
import sys
from datetime import timedelta

import pytest

from flows.collect import collect_with
from flows.job import Job
from flows.settings import load
from flows.steps import inline
from tests.command import ROOT, vnjp
from tests.press import GARDEN, LOAN, MONDAY, TALKS, printing
from tests.remade import RAISED, counting, raise_rules, remake
from tests.samples import source
from tests.test_kills import contents
from warehouse.check import wrong_rows
from warehouse.connect import Warehouse

DAY = timedelta(days=1)
LOAN_TITLE = "Japan lends Vietnam money for a bridge"
TALKS_TITLE = "Vietnam's prime minister receives Japan's foreign minister"


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Collect two weeks of two outlets, one of which copies the other; give the data folder."""
    folder = tmp_path_factory.mktemp("kept")
    second = source(source_id="second", outlet="Second", family="second", url="http://second.example/rss")
    with printing(folder, source(), second) as press:
        press.says("loan", LOAN_TITLE, *LOAN)
        press.says("talks", TALKS_TITLE, *TALKS)
        press.says("garden", "The city of Hue opens its garden show", *GARDEN)
        press.says("copy", LOAN_TITLE, *LOAN, source_id="second")
        feed = [("loan", LOAN_TITLE, MONDAY), ("garden", "The city of Hue opens its garden show", MONDAY)]
        press.lists(*feed)
        press.lists(("copy", LOAN_TITLE, MONDAY), ("torn", "A page that is not there", MONDAY), source_id="second")
        press.collect(0)
        press.lists(("talks", TALKS_TITLE, MONDAY + 7 * DAY), *feed)
        press.says("loan", LOAN_TITLE, LOAN[0].replace("12 billion", "21 billion"), *LOAN[1:])
        press.collect(24 * 7 + 2)
        press.digest(24 * 7 + 3)
        return press.settings.data


@pytest.fixture
def data(kept, tmp_path):
    """Give a copy of that folder for a test to change."""
    return shutil.copytree(kept, tmp_path / "data")


@pytest.fixture
def raised(monkeypatch):
    raise_rules(monkeypatch.setattr)


def ask(data, sql):
    with Warehouse(data).writer() as db:
        return db.execute(sql).fetchall()


def versions(data):
    """Give the versions of the rules that made what is held, by table."""
    found = ask(
        data,
        """
        with current as (select * from base.articles where is_current and source_id <> 'baseline')
        select 'judged', rule_version from base.judgements join current using (article_id, revision)
        union select 'printed', rule_version from base.fingerprints join current using (article_id, revision)
        union select 'folded', folded_by from base.fingerprints join current using (article_id, revision)
        union select 'copies', rule_version from base.duplicates
        union select 'placed', rule_version from base.story_articles join current using (article_id)
        """,
    )
    return {name: {version for of, version in found if of == name} for name, _ in found}


def test_where_nothing_is_older_nothing_is_done(data):
    before = contents(data)
    assert remake(data).counts == {"older": 0}
    assert contents(data) == before
    assert ask(data, "select count(*) from base.runs where flow = 'reprocess'") == [(0,)]


@pytest.mark.usefixtures("raised")
def test_all_that_older_rules_made_is_made_again_once(data):
    remade = remake(data)
    assert remade.lost == ()
    assert remade.counts["older"] > 0
    assert versions(data) == {
        "judged": {RAISED["TAG"]},
        "printed": {RAISED["DEDUPE"]},
        "folded": {RAISED["FOLDING"]},
        "copies": {RAISED["DEDUPE"]},
        "placed": {RAISED["STORIES"]},
    }
    with Warehouse(data).writer() as db:
        assert wrong_rows(db) == {}
    once = contents(data)
    assert remake(data).counts == {"older": 0}
    assert contents(data) == once


@pytest.mark.usefixtures("raised")
def test_a_text_that_comes_out_otherwise_is_a_revision_and_no_correction_and_the_old_ones_stay(data):
    before = ask(data, "select article_id, revision, first_seen, correction from base.articles order by all")
    remake(data)
    after = ask(data, "select article_id, revision, first_seen, correction from base.articles order by all")
    assert set(before) < set(after)
    history = ask(
        data,
        "select revision_no, correction, is_current, contains(text, 'crossing') from base.articles "
        "where url = 'http://courier.example/loan' order by 1",
    )
    assert history == [(1, "", False, False), (2, "number", False, False), (3, "", True, True)]
    seen = dict(ask(data, "select article_id, first_seen from base.articles where is_current"))
    assert all(seen[row[0]] == row[2] for row in before)


@pytest.mark.usefixtures("raised")
def test_copies_and_stories_keep_their_ids_and_are_held_once(data):
    def stories():
        return ask(data, "select article_id, story_id from base.story_articles order by all")

    def folds():
        return ask(data, "select article_id, duplicate_of, kind from base.duplicates order by all")

    before = stories(), folds()
    assert len(before[1]) == 1
    remake(data)
    assert (stories(), folds()) == before


@pytest.mark.usefixtures("raised")
def test_nothing_before_the_week_is_extracted_or_judged_again(data):
    remake(data, "2025-W18")
    read_again = ask(
        data,
        "select distinct title from base.articles join base.extractions as made using (article_id) "
        "where made.rule_version = 'extract-raised'",
    )
    assert read_again == [(TALKS_TITLE,)]
    assert versions(data)["printed"] == {RAISED["DEDUPE"]}, "prints of two kinds cannot be compared"
    assert remake(data, "2025-W18").counts == {"older": 0}
    assert remake(data).counts["older"] > 0


@pytest.mark.usefixtures("raised")
def test_a_record_that_is_missing_or_torn_is_named_and_passed_over(data):
    [file] = [path for path in (data / "archive").iterdir() if "W17" in path.name]
    [(offset,)] = ask(
        data, "select warc_offset from base.pages where url like '%/garden' and fetched_at < '2025-04-22'"
    )
    content = bytearray(file.read_bytes())
    content[offset + 40 : offset + 60] = bytes(20)
    file.write_bytes(content)
    next(path for path in (data / "archive").iterdir() if "W18" in path.name).unlink()
    remade = remake(data)
    assert any("W17.warc.gz" in one and f"offset {offset}" in one for one in remade.lost)
    assert any("W18.warc.gz is missing" in one for one in remade.lost)
    assert ask(data, "select count(*) from base.articles where is_current and contains(text, 'orchids')") == [(1,)]
    assert remake(data).lost == remade.lost, "until it is there again, it is named again"


def test_a_collect_takes_a_page_whose_record_is_gone_as_one_that_could_not_be_had(data):
    with Warehouse(data).writer() as db:
        db.execute("delete from base.extractions")
    for path in (data / "archive").iterdir():
        path.unlink()
    before = ask(data, "select article_id, revision from base.articles order by all")
    counts = collect_with(Job(load(data, data=data), MONDAY + 9 * DAY), inline)
    reasons = ask(data, "select distinct reason from base.extractions where reason like '%warc.gz is missing%'")
    assert counts["records_lost"] == 4
    assert len(reasons) == 4
    assert ask(data, "select article_id, revision from base.articles order by all") == before, "what is held stays"


@pytest.mark.usefixtures("raised")
def test_progress_is_told_and_never_beyond_its_end(data):
    told = []
    remake(data, tell=lambda *one: told.append(one), at_once=2)
    assert {name for name, _, _ in told} >= {"pages", "judgements"}
    assert all(done <= total for _, done, total in told)


def killed(data, transaction):
    """Reprocess in a process of its own, and kill that in a transaction."""
    command = [sys.executable, "-m", "tests.remade", str(data), str(transaction)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr


@pytest.fixture(scope="module")
def undisturbed(kept, tmp_path_factory):
    """Remake without a kill; give what it leaves, and in how many transactions."""
    out = shutil.copytree(kept, tmp_path_factory.mktemp("undisturbed") / "data")
    with pytest.MonkeyPatch.context() as patch, counting() as begun:
        raise_rules(patch.setattr)
        remake(out, at_once=2)
    return contents(out), len(begun)


@pytest.mark.usefixtures("raised")
def test_killed_half_way_and_run_again_it_leaves_the_same_rows(data, undisturbed):
    wanted, transactions = undisturbed
    killed(data, transactions // 2)
    assert remake(data, at_once=2).counts["older"] > 0
    found = contents(data)
    assert {name for name in wanted if found.get(name) != wanted[name]} == set()


@pytest.mark.long
@pytest.mark.usefixtures("raised")
def test_killed_at_any_transaction_and_run_again_it_leaves_the_same_rows(kept, tmp_path, undisturbed):
    wanted, transactions = undisturbed
    for end in range(2, transactions, 3):
        out = shutil.copytree(kept, tmp_path / str(end))
        killed(out, end)
        remake(out, at_once=2)
        found = contents(out)
        assert {name for name in wanted if found.get(name) != wanted[name]} == set(), end


def test_a_week_that_is_none_and_a_warehouse_that_is_not_there_are_sentences(tmp_path):
    wrong = vnjp("reprocess", "--since", "April", VNJP_DATA=tmp_path / "data", HOME=tmp_path)
    assert wrong.returncode == 2
    assert "2025-W18" in wrong.stderr
    nowhere = vnjp("reprocess", VNJP_DATA=tmp_path / "data", HOME=tmp_path)
    assert nowhere.returncode == 1
    assert "vnjp collect" in nowhere.stderr
