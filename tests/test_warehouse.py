"""The warehouse: one writer on a private file, typed records in and out, and nothing stored is ever lost."""

import contextlib
import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from tests.samples import NOW, article, item, source
from warehouse import read, write
from warehouse.check import wrong_rows
from warehouse.connect import Warehouse, attach
from warehouse.errors import WarehouseError
from warehouse.records import (
    Amount,
    Continuation,
    Duplicate,
    Entity,
    Evidence,
    Fetch,
    Fingerprint,
    Judgement,
    Membership,
    Page,
    SourceState,
    Story,
)
from warehouse.rows import KEYS, rows
from warehouse.statements import migrations


@pytest.fixture
def house(tmp_path):
    return Warehouse(tmp_path / "data")


def judgement(**given):
    words = Evidence("topic:aid", "text", 49, 54, "Japan")
    made = Judgement(
        article_id="a1",
        revision="r1",
        language="en",
        relevance="related",
        relevance_score=1.5,
        relevance_parts=(("both-in-lead", 1.0), ("link-words", 0.5)),
        topics=("aid", "economy"),
        entities=(Entity("jica", "JICA", "organisation", "japan", 2, in_title=False, in_lead=True),),
        event_type="loan",
        event_date=NOW.date(),
        event_place="hanoi",
        amounts=(Amount(12e9, "JPY", "12 billion yen", "loan"),),
        dates_ahead=(
            (NOW.date() + timedelta(days=30), replace(words, tag=f"date_ahead:{NOW.date() + timedelta(30)}")),
        ),
        evidence=(words,),
        rule_version="tag-1",
    )
    return replace(made, **given)


def test_what_is_written_is_read_back_as_the_same_records(house):
    states = [SourceState("courier", etag='W/"1"', checked_at=NOW, failures=2, failing_since=NOW)]
    print_ = Fingerprint("a1", "r1", "abc", 30, (16, 2**64 - 16), "dedupe-1")
    copy = Duplicate("a2", "a1", "near", 0.8, "a1", "24 of 30 shingles", "dedupe-1")
    story = Story("s1", "a1", NOW, NOW, "loan", NOW.date())
    member = Membership("s1", "a1", 1.0, "", "founder")
    with house.writer() as db:
        write.sources(db, [source()])
        write.fetched(db, [], [item()], states)
        write.extracted(db, [], [article()])
        write.fingerprints(db, [print_])
        write.judgements(db, [judgement()], NOW)
        write.duplicates(db, [copy], ["a2"])
        write.stories(db, [story], [member], [Continuation("s1", "s0", 0.5, "same loan")])
    with house.writer() as db:
        assert read.sources(db) == {"courier": source()}
        assert read.source_states(db) == {"courier": states[0]}
        assert read.items(db, ["a1"])["a1"] == [item()]
        assert read.articles(db, ["a1"]) == {"a1": article()}
        assert read.fingerprints(db, ["a1"]) == {"a1": print_}
        assert read.judgements(db, ["a1"]) == {"a1": judgement()}
        assert read.duplicates(db, ["a2"]) == [copy]
        assert read.memberships(db, ["a1"]) == [member]
        assert read.stories(db, ["s1"]) == [story]


def test_writing_the_same_again_changes_nothing(house):
    def dump():
        with house.writer() as db:
            return {table: db.execute(f"from base.{table} order by all").fetchall() for table in KEYS}

    def put():
        with house.writer() as db:
            write.fetched(db, [], [item()], [])
            write.extracted(db, [], [article()])
            write.fingerprints(db, [Fingerprint("a1", "r1", "abc", 30, (16, 32), "dedupe-1")])
            write.judgements(db, [judgement()], NOW)

    put()
    once = dump()
    put()
    assert dump() == once
    assert once["shingles"]


def test_a_new_revision_becomes_the_current_one_and_the_old_one_stays(house):
    with house.writer() as db:
        write.extracted(db, [], [article()])
    with house.writer() as db:
        write.extracted(db, [], [article(revision="r2", text="new", revision_no=2)])
        assert read.articles(db, ["a1"])["a1"].revision == "r2"
        assert db.execute("select count(*) from base.articles").fetchall() == [(2,)]
        assert not wrong_rows(db).get("two_current_revisions")


def test_a_judgement_made_again_replaces_its_parts(house):
    with house.writer() as db:
        write.judgements(db, [judgement()], NOW)
    with house.writer() as db:
        write.judgements(db, [judgement(topics=("economy",), entities=(), evidence=())], NOW)
        write.extracted(db, [], [article()])
        assert read.judgements(db, ["a1"])["a1"].topics == ("economy",)
        assert db.execute("select count(*) from base.evidence").fetchall() == [(0,)]


def test_work_that_fails_leaves_no_row(house):
    def fail():
        with house.writer() as db:
            write.sources(db, [source()])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with house.writer() as db:
        assert read.sources(db) == {}


def test_only_unknown_sightings_are_given(house):
    with house.writer() as db:
        write.fetched(db, [], [item()], [])
        assert read.unknown_items(db, [item(), item(item_id="i2")]) == [item(item_id="i2")]


def test_alike_finds_shared_shingles_equal_bodies_their_groups_and_nothing_else(house):
    prints = {
        "a1": (16, 32, 48),
        "a2": (32, 48, 64),  # shares two
        "a3": (48, 80, 96),  # shares one
        "a4": (),  # same body
        "a5": (112,),  # folded under a2
    }
    with house.writer() as db:
        for key, sample in prints.items():
            write.extracted(db, [], [article(article_id=key)])
            body = "same" if key in {"a1", "a4"} else key
            write.fingerprints(db, [Fingerprint(key, "r1", body, len(sample), sample, "1")])
        write.duplicates(db, [Duplicate("a5", "a2", "near", 0.9, "a2", "", "1")], ["a5"])
        probe = Fingerprint("new", "r", "same", 3, (16, 32, 48), "1")
        assert read.alike(db, [probe], shared=2) == ["a1", "a2", "a4", "a5"]


def page(outcome, at, **given):
    made = Page("p", "a1", "http://c.example/1", "", at, outcome, 200, "", "text/html", "sha", 10, "w", 0)
    return replace(made, page_id=f"p{at.isoformat()}", **given)


@pytest.mark.parametrize(
    ("pages", "later", "wanted"),
    [
        ([], timedelta(0), True),
        ([("ok", 0)], timedelta(hours=2), False),
        ([("ok", 0)], timedelta(hours=24), True),
        ([("ok", 0), ("ok", 24)], timedelta(hours=30), False),
        ([("ok", 0), ("ok", 24)], timedelta(days=7), True),
        ([("ok", 0), ("ok", 24), ("ok", 168)], timedelta(days=60), False),
        ([("failed", 0)], timedelta(0), False),
        ([("failed", 0)], timedelta(hours=1), True),
        ([("failed", 0), ("failed", 1), ("failed", 2)], timedelta(hours=9), False),
    ],
)
def test_pages_are_had_once_looked_at_after_a_day_and_a_week_and_given_up_after_three_failures(
    house, pages, later, wanted
):
    with house.writer() as db:
        write.fetched(db, [], [item()], [])
        write.pages(db, [page(outcome, NOW + timedelta(hours=hours)) for outcome, hours in pages])
        found = rows(db, "pending_pages", now=NOW + later, tries=3)
    assert bool(found) is wanted


def test_a_changed_entry_asks_for_its_page_again(house):
    with house.writer() as db:
        changed = item(item_id="i2", entry_hash="e2", first_seen=NOW + timedelta(hours=3))
        write.fetched(db, [], [item(), changed], [])
        write.pages(db, [page("ok", NOW)])
        assert rows(db, "pending_pages", now=NOW + timedelta(hours=3), tries=3)


def test_every_table_and_column_is_described(house):
    with house.writer() as db:
        tables = db.execute("select table_name from duckdb_tables() where schema_name='base' and comment is null")
        assert tables.fetchall() == []
        columns = db.execute(
            "select table_name, column_name from duckdb_columns() where schema_name = 'base' and comment is null"
        )
        assert columns.fetchall() == []
        described = {name for (name,) in db.execute("select table_name from duckdb_tables()").fetchall()}
        assert described >= set(KEYS)


def test_the_file_can_be_opened_by_duckdb_1_5(house):
    with house.writer() as db:
        tags = db.execute("select tags from duckdb_databases() where database_name = 'news'").fetchone()
    assert "v1.5" in str(tags)


def test_a_newer_schema_is_refused(house):
    with house.writer() as db:
        db.execute("insert into main.schema_migrations values (9999, 'later.sql', '')")
    with pytest.raises(WarehouseError, match="newer vnjp-monitor"), house.writer():
        pass


def test_a_migration_that_was_altered_is_refused(house):
    with house.writer() as db:
        db.execute("update main.schema_migrations set sha256 = 'other' where number = 1")
    with pytest.raises(WarehouseError, match=r"0001_sources\.sql is not the one"), house.writer():
        pass


def test_migrations_have_numbers_of_their_own_in_the_order_of_their_names():
    numbers = [step.number for step in migrations()]
    assert numbers == sorted(set(numbers))


def test_a_file_that_is_no_warehouse_is_named_and_kept(house):
    house.private.parent.mkdir(parents=True)
    house.private.write_bytes(b"not a database" * 1000)
    with pytest.raises(WarehouseError, match="cannot be read as a warehouse"), house.writer():
        pass
    assert house.private.read_bytes() == b"not a database" * 1000


def test_a_snapshot_that_is_not_there_says_what_to_run(house):
    with pytest.raises(WarehouseError, match="vnjp collect"), house.reader():
        pass


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(WarehouseError, match="VNJP_DATA"), Warehouse(tmp_path / "file" / "data").writer():
        pass


def test_another_writer_is_waited_for_then_named(house):
    with house.lock(), pytest.raises(WarehouseError, match=f"process {os.getpid()}"), house.lock(patience=0.1):
        pass


def test_a_user_who_holds_the_private_file_is_told_of_the_snapshot(house):
    with house.writer():
        pass
    script = "import duckdb,sys; c=duckdb.connect(sys.argv[1]); print('open',flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", script, str(house.private)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as user:
        user.stdout.readline()
        with pytest.raises(WarehouseError, match=r"open vnjp\.duckdb instead"), house.writer():
            pass
        user.communicate()


def test_a_full_disk_is_a_sentence_and_keeps_what_was_stored(house):
    with house.writer() as db:
        write.sources(db, [source()])
    with pytest.raises(WarehouseError, match="No space is left"), house.writer():
        raise duckdb.IOException("IO Error: Could not write file: No space left on device")
    with house.writer() as db:
        assert read.sources(db) == {"courier": source()}


def test_what_a_killed_writer_committed_is_there_and_nothing_else(house):
    script = (
        "import os,sys,pathlib; from warehouse.connect import Warehouse; from warehouse import write;"
        "from tests.samples import source\n"
        "house = Warehouse(pathlib.Path(sys.argv[1]))\n"
        "with house.writer() as db: write.sources(db, [source()])\n"
        "with house.writer() as db:\n"
        "    write.sources(db, [source(source_id='second')]); os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(house.folder)], check=False)
    with house.writer() as db:
        assert set(read.sources(db)) == {"courier"}


def test_checks_find_what_is_wrong(house):
    with house.writer() as db:
        write.extracted(db, [], [article()])
        wrong = Evidence("topic:aid", "text", 0, 5, "nowhere")
        write.judgements(db, [judgement(evidence=(wrong,))], NOW)
        write.stories(db, [Story("s1", "a1", NOW, NOW, "", None)], [], [])
        write.pages(db, [page("ok", NOW)])
        copies = [Duplicate("a2", "a1", "near", 1, "a1", "", "1"), Duplicate("a3", "a2", "near", 1, "a2", "", "1")]
        write.duplicates(db, copies, ["a2", "a3"])
        found = wrong_rows(db)
    assert set(found) == {
        "evidence_not_at_its_place",
        "story_without_article",
        "page_beyond_its_archive",
        "copies_of_copies",
    }


def test_a_log_left_by_a_killed_run_is_part_of_what_is_held(house):
    script = (
        "import os,sys,pathlib; from warehouse.connect import attach\n"
        "db = attach(pathlib.Path(sys.argv[1]), read_only=False)\n"
        "db.execute('create table main.t as select 7 as x'); os.kill(os.getpid(), 9)\n"
    )
    with house.writer():
        pass
    subprocess.run([sys.executable, "-c", script, str(house.private)], check=False)
    assert house.private.with_name("warehouse.duckdb.wal").exists()
    db = attach(house.private, read_only=False)
    assert db.execute("from main.t").fetchone() == (7,)
    db.close()


def test_a_fetch_is_kept_with_its_outcome(house):
    one = Fetch("f1", "run", "courier", "http://c.example", "", NOW, "blocked", 503, "503, try later", 0, 12, 0, 0)
    with house.writer() as db:
        write.fetched(db, [one], [], [])
        assert db.execute("select outcome, status, error from base.fetches").fetchall() == [
            ("blocked", 503, "503, try later")
        ]


def handles(path):
    """Give how often this process has a file open."""
    found = []
    for link in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):
            found.append(link.readlink())
    return found.count(path.resolve())


def test_the_private_file_is_closed_after_each_piece_of_work_though_the_engine_stays(tmp_path):
    house = Warehouse(tmp_path)
    for number in range(3):
        with house.writer() as db:
            write.sources(db, [source(source_id=f"s{number}")])
            assert handles(house.private)
        assert not handles(house.private)


def test_work_that_fails_is_undone_and_the_next_one_begins_anew(tmp_path):
    house = Warehouse(tmp_path)
    with house.writer() as db:
        write.sources(db, [source(source_id="s1")])

    def fail():
        with house.writer() as db:
            write.sources(db, [source(source_id="s2")])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert not handles(house.private)
    with house.writer() as db:
        assert db.execute("select source_id from base.sources").fetchall() == [("s1",)]


def test_one_warehouse_can_be_worked_on_while_another_is(tmp_path):
    one, other = Warehouse(tmp_path / "one"), Warehouse(tmp_path / "other")
    with one.writer() as db, other.writer() as beside:
        write.sources(db, [source(source_id="s1")])
        write.sources(beside, [source(source_id="s2")])
    for house, held in ((one, "s1"), (other, "s2")):
        with house.writer() as db:
            assert db.execute("select source_id from base.sources").fetchall() == [(held,)]
