"""warehouse/spool: a batch comes out as it went in, and what was made of it, too; nothing stays behind."""

import os
import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from flows.extract import extract
from flows.reading import SCREENED, read_pages
from warehouse.spool import Spool

PAGE = "<html><head><title>Quay</title></head><body><article>{}</article></body></html>".format(
    "".join(f"<p>{n}. The harbour master said that the second quay would open before the rains.</p>" for n in range(9))
)
BATCH = [
    (PAGE.encode(), "http://one.example/1", "text/html", "Asia/Tokyo", None),
    (b"\x00\xff\n", "http://one.example/2", "", "UTC", "Việt Nam và Nhật Bản"),
    (b"", "http://one.example/3", "", "UTC", ""),
]


def test_pages_and_what_they_came_to_come_out_as_they_went_in_and_both_files_go(tmp_path):
    spool, made = Spool(tmp_path / "spool"), read_pages(BATCH)
    made.append(replace(SCREENED, published=datetime(2025, 4, 28, 3, 4, 5, 678, tzinfo=UTC), title="日越"))
    name = spool.put(BATCH)
    assert spool.work(name) == BATCH
    spool.answer(name, made)
    assert spool.take(name) == made
    assert [*spool.folder.iterdir()] == []


def test_the_flow_reads_a_batch_and_lays_down_what_one_machine_would_have_made(tmp_path, monkeypatch):
    monkeypatch.setenv("VNJP_DATA", str(tmp_path))
    spool = Spool(tmp_path / "spool")
    name = spool.put(BATCH)
    assert extract.fn(name) == len(BATCH)
    assert spool.take(name) == read_pages(BATCH)


def test_what_killed_runs_left_is_taken_away_after_a_day(tmp_path):
    spool = Spool(tmp_path)
    old, young = spool.put(BATCH), spool.put(BATCH)
    os.utime(tmp_path / f"{old}.work", (time.time() - 90_000,) * 2)
    spool.put(BATCH)
    assert spool.work(young) == BATCH
    with pytest.raises(FileNotFoundError):
        spool.work(old)
