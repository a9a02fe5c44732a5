"""The doctor: what is well, what is not, and the next command; it changes nothing and waits for no run."""

import json
import os
from datetime import UTC, datetime, timedelta

import pytest

from flows.doctor import CHECKERS, as_lines, examine
from flows.settings import load
from tests.command import vnjp
from tests.samples import NOW, article, source
from warehouse import write
from warehouse.backup import back_up
from warehouse.publish import publish


@pytest.fixture
def settings(tmp_path):
    made = load(tmp_path, data=tmp_path / "data")
    with made.warehouse.writer() as db:
        write.sources(db, [source()])
    back_up(made.warehouse, datetime.now(UTC).date())
    publish(made.warehouse)
    return made


def levels(settings, now=None):
    found = examine(settings, now or datetime.now(UTC))
    return {one.name: one.level for one in found if one.level != "ok"}


def test_a_healthy_folder_is_well_in_every_respect(settings):
    found = examine(settings, datetime.now(UTC))
    assert {one.level for one in found} == {"ok"}
    assert {one.name for one in found} >= {"warehouse", "snapshot", "backup", "data", "archive"}
    assert not any(one.next for one in found)
    assert len(CHECKERS) >= 6


@pytest.mark.long
def test_every_trouble_comes_with_the_next_command(settings):
    house = settings.warehouse
    os.truncate(house.private, 0)
    house.snapshot.with_name("vnjp.duckdb.wal").write_bytes(b"")
    found = [one for one in examine(settings, datetime.now(UTC) + timedelta(days=3)) if one.level != "ok"]
    assert {one.name for one in found} == {"warehouse", "snapshot", "backup"}
    assert {one.next for one in found} >= {"vnjp restore --list", "vnjp maintain"}
    assert all(" -> " in line for line in as_lines(found).splitlines())


@pytest.mark.long
def test_a_run_at_work_is_not_waited_for(settings):
    with settings.warehouse.lock():
        assert levels(settings) == {"warehouse": "warning"}


@pytest.mark.long
def test_wrong_rows_are_an_error_that_names_the_check_and_a_row(settings):
    with settings.warehouse.writer() as db:
        write.extracted(db, [], [article(published=NOW + timedelta(days=9))])
    publish(settings.warehouse)
    result = vnjp("doctor", "--json", VNJP_DATA=settings.data)
    assert result.returncode == 3, result.stderr
    wrong = {one["name"]: one for one in json.loads(result.stdout) if one["level"] == "error"}
    assert "article_id a1" in wrong["published in the future"]["said"]


@pytest.mark.long
def test_without_a_warehouse_it_says_what_to_run(tmp_path):
    result = vnjp("doctor", VNJP_DATA=tmp_path / "none")
    assert (result.returncode, result.stderr) == (1, "")
    assert "vnjp collect" in result.stdout
    assert not (tmp_path / "none" / "vnjp.duckdb").exists()
