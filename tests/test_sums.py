"""A file that lost what was committed to it is noticed, though DuckDB opens it without a word."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.samples import article, source
from warehouse import read, sums, write
from warehouse.attach import attached, logs
from warehouse.connect import Warehouse
from warehouse.errors import WarehouseError
from warehouse.publish import publish

# Commits five transactions, each counted beside the file as the writer does, and dies with all of them in the log only.
DIES = """
import os, pathlib, sys
from tests.samples import source
from warehouse import sums, write
from warehouse.attach import attach
from warehouse.connect import Warehouse
house = Warehouse(pathlib.Path(sys.argv[1]))
with house.writer() as db:
    write.sources(db, [source()])
db = attach(house.private, read_only=False)
db.execute("set wal_autocheckpoint = '1GB'")
for number in range(5):
    db.execute("begin")
    write.sources(db, [source(source_id=f"s{number}")])
    db.execute("commit")
    house.count(db)
os.kill(os.getpid(), 9)
"""


@pytest.fixture(scope="module")
def dead(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dead") / "data"
    subprocess.run([sys.executable, "-c", DIES, str(folder)], check=False)
    return folder


@pytest.fixture
def house(dead, tmp_path):
    shutil.copytree(dead, tmp_path / "data")
    return Warehouse(tmp_path / "data")


def held(house):
    with house.writer() as db:
        return set(read.sources(db))


def test_a_whole_log_is_taken_in_and_no_log_is_left(house):
    assert logs(house.private)
    assert held(house) == {"courier", "s0", "s1", "s2", "s3", "s4"}
    assert not logs(house.private)


@pytest.mark.parametrize("how", ["cut", "flipped", "gone"])
def test_a_log_that_was_cut_changed_or_removed_is_noticed_and_nothing_is_touched(house, how):
    [log] = logs(house.private)
    whole = log.read_bytes()
    if how == "cut":
        os.truncate(log, len(whole) * 2 // 3)
    elif how == "flipped":
        log.write_bytes(
            whole[: len(whole) // 2] + bytes([whole[len(whole) // 2] ^ 0xFF]) + whole[len(whole) // 2 + 1 :]
        )
    else:
        log.unlink()
    before = {path: path.read_bytes() for path in (house.private, *logs(house.private))}
    with pytest.raises(
        WarehouseError, match=r"has lost rows: (it holds \d+ of the 6 transactions|the log).*vnjp restore"
    ):
        held(house)
    with pytest.raises(WarehouseError, match="has lost rows"):
        publish(house)
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize("share", range(2, 20, 3))
def test_a_log_cut_anywhere_is_noticed_whenever_a_row_is_missing(house, share):
    [log] = logs(house.private)
    os.truncate(log, log.stat().st_size * share // 20)
    with attached(house.private, read_only=True) as db:
        missing = len(read.sources(db)) < 6
        assert missing == bool(sums.fault(sums.Sums(6, sums.commits(db)), sums.read(house.sums_file)))


def test_a_file_that_is_gone_is_not_begun_anew(house):
    house.private.unlink()
    for log in logs(house.private):
        log.unlink()
    with pytest.raises(WarehouseError, match=r"is gone, with 6 transactions.*vnjp restore"), house.writer():
        pass
    assert not house.private.exists()


def test_an_older_copy_put_in_its_place_is_noticed(house, tmp_path):
    held(house)
    shutil.copyfile(house.private, tmp_path / "older")
    with house.writer() as db:
        write.extracted(db, [], [article()])
    shutil.copyfile(tmp_path / "older", house.private)
    with pytest.raises(WarehouseError, match="has lost rows"), house.writer():
        pass


@pytest.mark.long
def test_rows_that_went_without_a_transaction_of_ours_are_noticed_at_the_next_publishing(house):
    held(house)
    publish(house)
    with attached(house.private, read_only=False) as db:
        db.execute("delete from base.sources where source_id = 's1'")
    with pytest.raises(WarehouseError, match="its table sources holds 5 rows where 6 were counted"):
        publish(house)


def test_a_run_that_was_killed_between_the_file_and_the_sums_has_lost_nothing(house):
    kept = sums.read(house.sums_file)
    sums.keep(house.sums_file, sums.Sums(kept.schema, kept.commits - 1))
    assert len(held(house)) == 6


def test_only_what_writes_is_counted(house):
    held(house)
    before = sums.read(house.sums_file)
    held(house)
    assert sums.read(house.sums_file) == before
    with house.writer() as db:
        write.sources(db, [source(source_id="new")])
    assert sums.read(house.sums_file).commits == before.commits + 1


def test_sums_that_nobody_can_read_are_named(house):
    house.sums_file.write_text("{")
    with pytest.raises(WarehouseError, match=r"warehouse\.sums\.json cannot be read"), house.writer():
        pass


def test_hashes_are_the_same_whatever_the_order_of_the_rows(tmp_path):
    made = []
    for order in (("a", "b", "c"), ("c", "a", "b")):
        house = Warehouse(tmp_path / "".join(order))
        with house.writer() as db:
            for name in order:
                write.sources(db, [source(source_id=name)])
            made.append(sums.hashed(db, 6).hashes["sources"])
    assert made[0] == made[1] != "0"
