"""Backups: made daily, each read in full, kept for seven days and four weeks, never fewer than one that holds."""

from datetime import date, timedelta

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.samples import article, source
from warehouse import sums, write
from warehouse.backup import back_up, kept
from warehouse.connect import Warehouse
from warehouse.copying import sums_of
from warehouse.errors import WarehouseError

DAY = date(2025, 4, 28)


@pytest.fixture
def house(tmp_path):
    made = Warehouse(tmp_path / "data")
    with made.writer() as db:
        write.sources(db, [source()])
        write.extracted(db, [], [article()])
    return made


def backups(house):
    return sorted(path.name for path in house.backups.glob("*.duckdb"))


def test_a_backup_opens_read_only_and_holds_what_was_counted_beside_it(house):
    made = back_up(house, DAY)
    held = sums.read(sums_of(made))
    assert (held.rows["articles"], held.rows["sources"], held.rows["stories"]) == (1, 1, 0)
    with duckdb.connect(str(made), read_only=True) as db:
        assert db.execute("select count(*) from base.articles").fetchone() == (1,)


def test_what_a_killed_backup_left_goes_with_the_next_one_of_whichever_day(house):
    back_up(house, DAY)
    for left in (".2025-04-29.duckdb.draft", ".2025-04-29.duckdb.draft.wal"):
        (house.backups / left).write_bytes(b"half of it")
    back_up(house, DAY + timedelta(days=2))
    assert [path.name for path in house.backups.glob(".*")] == []
    assert backups(house) == ["2025-04-28.duckdb", "2025-04-30.duckdb"]


@pytest.mark.long
def test_what_goes_takes_its_sums_with_it(house):
    for day in range(9):
        back_up(house, DAY + timedelta(days=day))
    assert backups(house) == ["2025-05-04.duckdb"] * 0 + [
        f"{(DAY + timedelta(days=day)).isoformat()}.duckdb" for day in range(2, 9)
    ]
    assert len(list(house.backups.iterdir())) == 14


@given(st.lists(st.integers(1, 12), min_size=1, max_size=150))
def test_the_last_seven_days_and_four_weeks_are_kept_whatever_days_were_missed(gaps):
    """One by one, as they are made: what was dropped on an earlier day cannot come back."""
    day, ever, held = DAY, [], set()
    for gap in gaps:
        day += timedelta(days=gap)
        ever.append(day)
        held = kept({*held, day})
        assert set(ever[-7:]) <= held
        assert len(held) <= 11
        weeks = {one.isocalendar()[:2]: one for one in ever}
        before = [one for one in weeks.values() if one not in ever[-7:]]
        assert set(before[-4:]) <= held


@pytest.mark.long
def test_a_damaged_file_is_no_backup_and_the_older_ones_stay(house):
    for day in range(7):
        back_up(house, DAY + timedelta(days=day))
    before = backups(house)
    with house.writer() as db:
        write.extracted(db, [], [article(article_id=f"a{i}", text=f"{i} word " * 3000) for i in range(300)])
    damaged = bytearray(house.private.read_bytes())
    for place in range(len(damaged) // 3, len(damaged) * 2 // 3, 997):
        damaged[place] ^= 0xFF
    house.private.write_bytes(damaged)
    with pytest.raises((WarehouseError, duckdb.Error)):
        back_up(house, DAY + timedelta(days=7))
    assert backups(house) == before


@pytest.mark.long
def test_a_clock_that_went_back_costs_no_backup_of_its_own(house):
    for day in (*range(7), -30):
        made = back_up(house, DAY + timedelta(days=day))
    assert made.exists()
    assert len(backups(house)) == 8
