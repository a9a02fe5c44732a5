"""The snapshot: always there, always whole, never in anybody's way."""

import os
import stat
import subprocess
import sys
import time
from datetime import date

import duckdb
import pytest

from tests.samples import NOW, article, source
from warehouse import write
from warehouse.connect import Warehouse
from warehouse.errors import WarehouseError
from warehouse.publish import publish
from warehouse.records import Run
from warehouse.seeds import tables
from warehouse.statements import views


@pytest.fixture
def house(tmp_path):
    made = Warehouse(tmp_path / "data")
    with made.writer() as db:
        write.sources(db, [source()])
        write.extracted(db, [], [article()])
    return made


def test_the_snapshot_holds_what_was_committed_and_the_public_views(house):
    publish(house)
    with duckdb.connect(str(house.snapshot), read_only=True) as db:
        assert db.execute("select title from articles").fetchall() == [("A bridge opens in Hanoi",)]
        assert db.execute("select count(*) from source_health").fetchone() == (1,)


def test_every_public_view_is_described_and_opens_under_another_name(house):
    publish(house)
    with duckdb.connect() as db:
        db.execute(f"attach '{house.snapshot}' as other (read_only)")
        found = db.execute(
            "select view_name, comment from duckdb_views() where database_name = 'other' and schema_name = 'main'"
        ).fetchall()
        assert len(found) >= len(views())
        for name, comment in found:
            assert comment
            db.execute(f"from other.main.{name}").fetchall()


def test_the_snapshot_cannot_be_written_by_accident(house):
    publish(house)
    assert stat.S_IMODE(house.snapshot.stat().st_mode) == 0o444


READER = """
import pathlib, sys, duckdb
snapshot, stop, seen = sys.argv[1], pathlib.Path(sys.argv[2]), 0
while not stop.exists():
    with duckdb.connect(snapshot, read_only=True) as db:
        count = db.execute("select count(*) from articles").fetchone()[0]
    assert count >= seen, (count, seen)
    seen = count
"""


@pytest.mark.long
def test_eight_readers_for_a_minute_during_writes_meet_no_error(house, tmp_path):
    publish(house)
    command = [sys.executable, "-c", READER, str(house.snapshot), str(tmp_path / "stop")]
    readers = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(8)]
    end, number = time.monotonic() + 60, 1
    while time.monotonic() < end:
        number += 1
        with house.writer() as db:
            write.extracted(db, [], [article(article_id=f"a{number}")])
        publish(house)
    (tmp_path / "stop").touch()
    assert [reader.communicate()[1] for reader in readers] == [""] * 8
    assert number > 5


def test_a_snapshot_that_cannot_be_written_leaves_the_last_one(house, monkeypatch):
    publish(house)
    before = house.snapshot.read_bytes()

    def full(*_):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("shutil.copyfile", full)
    with pytest.raises(WarehouseError, match="The last one still stands"):
        publish(house)
    assert house.snapshot.read_bytes() == before
    assert [path.name for path in house.folder.glob(".*")] == []


def test_the_lexicon_can_be_asked_in_sql(house):
    """The snapshot holds the lexicon: who held which office when, and every spelling by language."""
    publish(house)
    office = "select since from lexicon_offices where entity_id = 'ishiba-shigeru' and role = 'prime minister'"
    spelt = "select count(*) from lexicon_spellings where id = 'to-lam' and spelling = '蘇林' and language = 'zh'"
    gone = "select count(*) from lexicon_entities where kind = 'place' and merged_into is not null"

    with house.reader() as db:
        assert db.execute(office).fetchall() == [(date(2024, 10, 1),)]
        assert db.execute(spelt).fetchall() == [(1,)]
        assert db.execute(gone).fetchone()[0] > 29
        assert db.execute("select count(*) from lexicon.people").fetchone()[0] == len(tables()["people"])


USER = """
import sys, duckdb
db = duckdb.connect(sys.argv[1])
db.execute("create table mine as select 7 as x")
print("wrote", flush=True)
sys.stdin.readline()
db.execute("insert into mine values (8)")
db.close()
"""


def test_what_a_user_writes_into_the_snapshot_is_kept_and_stops_no_reader(house):
    publish(house)
    house.snapshot.chmod(0o644)
    command = [sys.executable, "-c", USER, str(house.snapshot)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as user:
        assert user.stdout.readline() == "wrote\n"
        with pytest.raises(WarehouseError, match="open in another program that can write"), house.reader():
            pass
        publish(house)
        with house.reader() as db:
            assert db.execute("select count(*) from articles").fetchall() == [(1,)]
        user.communicate("go on\n")
    publish(house)
    with house.reader() as db:
        assert db.execute("select count(*) from articles").fetchall() == [(1,)]
    with duckdb.connect(str(house.folder / "vnjp-written-by-a-user.duckdb"), read_only=True) as db:
        assert db.execute("from mine order by 1").fetchall() == [(7,), (8,)]


def test_views_of_another_version_make_way_for_this_one_s(house):
    publish(house)
    with house.writer() as db:
        db.execute("update lexicon.made_by set sha256 = 'of an older version'")
        db.execute("create view main.gone as select 1 as x")
        db.execute("create or replace view main.articles as select 'old' as title")
    publish(house)
    with house.reader() as db:
        assert db.execute("select title from articles").fetchall() == [("A bridge opens in Hanoi",)]
        assert db.execute("select count(*) from duckdb_views() where view_name = 'gone'").fetchall() == [(0,)]


def test_views_are_made_once_and_again_for_another_zone(house):
    """A mark that is put on a view outlives a publish, which shows that it was not made again."""
    said = "select comment from duckdb_views() where view_name = 'about' and schema_name = 'main'"
    publish(house)
    with house.writer() as db:
        db.execute("comment on view main.about is 'marked'")
    publish(house)
    with house.reader() as db:
        assert db.execute(said).fetchall() == [("marked",)]
    with house.writer() as db:
        write.run(db, Run("r1", "collect", NOW, started_at=NOW, zone="Asia/Tokyo"))
    publish(house)
    with house.reader() as db:
        assert db.execute(said).fetchall() != [("marked",)]
        assert db.execute("select zone from about").fetchall() == [("Asia/Tokyo",)]
