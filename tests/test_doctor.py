"""The doctor: what is well, what is not, and the next command; it changes nothing and waits for no run."""

import json
import os
import time
from datetime import UTC, datetime, timedelta

import pytest

from flows import doctor
from flows.doctor import CHECKERS, Checker, as_lines, examine
from flows.doctor.finding import Finding
from tests import doctored
from tests.command import vnjp
from tests.samples import NOW, article
from warehouse import write
from warehouse.publish import publish


@pytest.fixture
def settings(tmp_path_factory, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    return doctored.copy(tmp_path_factory.getbasetemp(), tmp_path)


def levels(settings, now=None):
    found = examine(settings, now or datetime.now(UTC))
    return {one.name: one.level for one in found if one.level != "ok"}


def test_a_healthy_folder_is_well_in_every_respect(settings):
    found = examine(settings, datetime.now(UTC))
    assert [one for one in found if one.level != "ok"] == []
    assert {one.name for one in found} >= {"program", "disk", "warehouse", "snapshot", "backup", "data", "archive"}
    assert not any(one.next for one in found if one.level == "ok")
    assert len(CHECKERS) >= 15


def test_one_that_hangs_and_one_that_breaks_keep_no_other_from_looking(settings, monkeypatch):
    def hangs(_settings, _now):
        time.sleep(30)
        return []

    def breaks(_settings, _now):
        raise ZeroDivisionError("nobody thought of it")

    def fine(_settings, _now):
        return [Finding("fine", "ok", "well.")]

    looks = (Checker(hangs, "mail server", away=True), Checker(breaks, "disk"), Checker(fine, "fine"))
    monkeypatch.setattr(doctor, "CHECKERS", looks)
    monkeypatch.setattr(doctor, "_DEADLINE", 0.2)
    hung, broken, well = examine(settings, datetime.now(UTC))
    assert (hung.level, "no answer within" in hung.said, bool(hung.next)) == ("error", True, True)
    assert (broken.level, "ZeroDivisionError: nobody thought of it" in broken.said) == ("error", True)
    assert well.level == "ok"


def test_quick_leaves_out_what_is_slow(settings, monkeypatch):
    ran = []
    looks = [
        Checker(lambda *_, name=name: ran.append(name) or [], name, slow=slow) for name, slow in (("a", 0), ("b", 1))
    ]
    monkeypatch.setattr(doctor, "CHECKERS", tuple(looks))
    examine(settings, datetime.now(UTC), quick=True)
    assert ran == ["a"]
    assert {one.name for one in CHECKERS if one.slow} == {"data", "archive", "mail server"}


def test_a_damaged_snapshot_is_a_finding_and_no_end(settings):
    settings.warehouse.snapshot.chmod(0o644)
    settings.warehouse.snapshot.write_bytes(b"not a database at all" * 1000)
    found = {one.name: one for one in examine(settings, datetime.now(UTC)) if one.level == "error"}
    assert "cannot be read as a warehouse" in found["data"].said
    assert found["data"].next == "vnjp restore --list"


@pytest.mark.long
@pytest.mark.usefixtures("settings")
def test_nothing_is_changed(tmp_path):
    def seen():
        """Look at all but what a lock's file says: the number of the process that held it last."""
        held = {path: path.stat() for path in tmp_path.rglob("*")}
        return {path: (one.st_size if path.suffix != ".lock" else 0, one.st_mode) for path, one in held.items()}

    before = seen()
    assert vnjp("doctor", cwd=tmp_path, VNJP_DATA="data", VNJP_RECIPIENTS="anna@readers.test").returncode == 0
    assert seen() == before
    (tmp_path / "empty").mkdir()
    assert vnjp("doctor", cwd=tmp_path / "empty", HOME=tmp_path / "empty").returncode == 1
    assert not list((tmp_path / "empty").iterdir())


@pytest.mark.long
def test_every_trouble_comes_with_the_next_command(settings):
    house = settings.warehouse
    os.truncate(house.private, 0)
    house.snapshot.with_name("vnjp.duckdb.wal").write_bytes(b"")
    found = [one for one in examine(settings, datetime.now(UTC) + timedelta(days=3)) if one.level != "ok"]
    assert {one.name for one in found} >= {"warehouse", "snapshot", "backup", "collect"}
    assert {one.next for one in found} >= {"vnjp restore --list", "vnjp maintain", "vnjp serve"}
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


@pytest.mark.long
def test_settings_that_do_not_hold_are_findings_and_quick_is_silent_where_all_is_well(settings, tmp_path):
    (tmp_path / ".env").write_text("VNJP_TIME_ZONE=Asia/Hanoi\nVNJP_GAP=0\n")
    broken = vnjp("doctor", "--json", cwd=tmp_path)
    assert (broken.returncode, broken.stderr) == (1, "")
    errors = [one for one in json.loads(broken.stdout) if one["level"] == "error"]
    assert [one["next"].split(",")[0] for one in errors] == ["change VNJP_TIME_ZONE in .env", "change VNJP_GAP in .env"]
    (tmp_path / ".env").write_text("VNJP_CONTACT=desk@monitor.test\n")
    with settings.warehouse.writer() as db:
        db.execute("update base.sources set enabled = false")
        write.sources(db, [])
    quick = vnjp("doctor", "--quick", cwd=tmp_path)
    assert (quick.returncode, quick.stderr) == (3, "")
    assert [line.split()[:2] for line in quick.stdout.splitlines()] == [["error", "sources"]]
