"""Going back to a backup or the snapshot: whole or not at all, knowing the letters that left since then."""

import json
import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.command import vnjp
from tests.samples import NOW, article, source
from warehouse import read, write
from warehouse.archive import Archive, Kept
from warehouse.backup import back_up
from warehouse.connect import Warehouse
from warehouse.errors import WarehouseError
from warehouse.publish import publish
from warehouse.records import Delivery
from warehouse.restore import backup_named, backups, restore

LATER = datetime(2026, 1, 1, tzinfo=UTC)
LETTER = Delivery("2025-W18", "reader", "id", "", "pending", 0, 0, "", NOW)
BODY = Kept("page", "http://courier.example/1", NOW, 200, "text/html", b"<p>raw</p>")


@pytest.fixture
def house(tmp_path):
    """Make a backup, then take in one article, one letter that left and two raw pages more."""
    made = Warehouse(tmp_path / "data")
    with made.writer() as db:
        write.sources(db, [source()])
        write.extracted(db, [], [article()])
        write.delivery(db, LETTER)
        first = Archive(made.archive).append("2025-W18", [BODY], 0)
        write.archived(db, first.file, first.length)
    back_up(made, date(2025, 4, 28))
    with made.writer() as db:
        write.extracted(db, [], [article(article_id="a2")])
        write.delivery(db, replace(LETTER, status="sent", updated_at=NOW + timedelta(hours=1)))
        more = Archive(made.archive).append("2025-W18", [BODY, BODY], first.length)
        write.archived(db, more.file, more.length)
    return made


def ids(house):
    with house.writer() as db:
        return set(read.articles(db, ["a1", "a2"]))


def spoil(path):
    path.chmod(0o644)
    content = bytearray(path.read_bytes())
    content[8192:-8192:97] = bytes(byte ^ 0xFF for byte in content[8192:-8192:97])
    path.write_bytes(content)


@pytest.mark.long
def test_what_stands_now_is_kept_aside_and_what_it_had_more_is_said(house):
    before = house.private.read_bytes()
    done = restore(house, backup_named(house, "2025-04-28"), LATER)
    assert ids(house) == {"a1"}
    assert done.lost["articles"] == 1
    assert done.aside[0].read_bytes() == before
    with house.reader() as db:
        assert db.execute("select count(*) from articles").fetchone() == (1,)


def test_a_letter_that_left_since_then_does_not_leave_again(house):
    done = restore(house, backup_named(house, "2025-04-28"), LATER)
    with house.writer() as db:
        assert db.execute("select status from base.deliveries").fetchall() == [("sent",)]
    assert done.carried == {"deliveries": 1}


@pytest.mark.long
def test_what_came_into_the_archive_since_then_is_not_cut_off_by_the_next_append(house):
    done = restore(house, backup_named(house, "2025-04-28"), LATER)
    assert done.records == 2
    path = house.archive / "2025-W18.warc.gz"
    with house.writer() as db:
        [(length,)] = db.execute("select bytes from base.archives").fetchall()
    assert length == path.stat().st_size


@pytest.mark.long
def test_half_a_record_at_the_end_of_the_archive_does_not_count(house):
    path = house.archive / "2025-W18.warc.gz"
    whole = path.stat().st_size
    with path.open("ab") as file:
        file.write(path.read_bytes()[:100])
    restore(house, backup_named(house, "2025-04-28"), LATER)
    with house.writer() as db:
        assert db.execute("select bytes from base.archives").fetchall() == [(whole,)]


@pytest.mark.long
@pytest.mark.parametrize("how", ["gone", "spoilt", "emptied"])
def test_a_file_that_cannot_be_used_is_replaced_by_the_snapshot_which_is_the_newest_copy(house, how):
    publish(house)
    if how == "gone":
        house.private.unlink()
    elif how == "spoilt":
        spoil(house.private)
    else:
        os.truncate(house.private, 0)
    done = restore(house, backup_named(house, ""), LATER)
    assert done.backup.name == "vnjp"
    assert ids(house) == {"a1", "a2"}
    with house.reader() as db:
        assert db.execute("select count(*) from articles").fetchall() == [(2,)]


def test_a_damaged_backup_is_listed_as_such_and_never_gone_back_to(house):
    spoil(house.backups / "2025-04-28.duckdb")
    [found] = backups(house)
    assert found.fault
    with pytest.raises(WarehouseError, match="cannot be gone back to"):
        backup_named(house, "2025-04-28")
    with pytest.raises(WarehouseError, match=r"No backup in .* is whole"):
        backup_named(house, "")
    assert ids(house) == {"a1", "a2"}


@pytest.mark.long
def test_a_backup_whose_rows_are_not_those_that_were_counted_is_no_backup(house):
    path = house.backups / "2025-04-28.duckdb"
    sums = path.with_suffix(".sums.json")
    told = json.loads(sums.read_text())
    told["hashes"]["articles"] = "1"
    sums.write_text(json.dumps(told))
    assert "rows of its table articles" in backups(house)[0].fault


@pytest.mark.long
def test_killed_after_the_present_file_was_moved_it_is_refused_and_can_be_gone_back_again(house, monkeypatch):
    """The moment between putting the backup in its place and taking its old sums away."""
    sums = house.sums_file.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr("warehouse.restore.publish", lambda _: None)
        restore(house, backup_named(house, "2025-04-28"), LATER)
    house.sums_file.write_bytes(sums)
    with pytest.raises(WarehouseError, match="has lost rows"), house.writer():
        pass
    restore(house, backup_named(house, "2025-04-28"), LATER + timedelta(seconds=1))
    assert ids(house) == {"a1"}


@pytest.mark.long
def test_the_command_lists_asks_and_tells(house):
    publish(house)
    listed = json.loads(vnjp("restore", "--list", "--json", VNJP_DATA=house.folder).stdout)
    assert [(one["name"], one["articles"], one["fault"]) for one in listed] == [("vnjp", 2, ""), ("2025-04-28", 1, "")]
    asked = vnjp("restore", "2025-04-28", VNJP_DATA=house.folder)
    assert asked.returncode == 1
    assert ids(house) == {"a1", "a2"}, "nobody said yes"
    done = vnjp("restore", "2025-04-28", "--yes", VNJP_DATA=house.folder)
    assert done.returncode == 0, done.stderr
    assert "It had more: articles 1" in done.stdout
    assert ids(house) == {"a1"}
    assert vnjp("restore", "nothing", "--yes", VNJP_DATA=house.folder).returncode == 1
