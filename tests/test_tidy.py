"""Prefect's own database: old runs go with all that is theirs, young ones stay, and the file gives its room back."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from flows.tidy import tidy, vacuum
from tests.command import ROOT

NOW = datetime(2026, 3, 1, tzinfo=UTC)
TABLES = ("flow_run", "flow_run_state", "task_run", "task_run_state", "log", "artifact", "events", "event_resources")


def stamp(at):
    return f"{at:%Y-%m-%d %H:%M:%S.%f}"


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """Make an empty database by Prefect's own migrations."""
    home = tmp_path_factory.mktemp("home")
    script = "import asyncio; from prefect.server.database import provide_database_interface as give\n"
    script += "asyncio.run(give().create_db())"
    environment = {"PREFECT_HOME": str(home), "HOME": str(home), "PATH": "", "PREFECT_LOGGING_LEVEL": "CRITICAL"}
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return home / "prefect.db"


@pytest.fixture
def home(empty, tmp_path):
    """Give a home with a run a day of the last hundred days, each with all that is of one."""
    with closing(sqlite3.connect(empty)) as db, closing(sqlite3.connect(tmp_path / "prefect.db")) as copy:
        db.backup(copy)
        copy.execute("insert into flow (id, name) values ('flow', 'collect')")
        for age in range(100):
            add_run(copy, f"run {age}", NOW - timedelta(days=age, hours=1))
        copy.execute(
            "insert into artifact_collection (key, latest_id) values ('vnjp-sources', 'run 0'), ('old', 'run 95')"
        )
        copy.commit()
    return tmp_path


def add_run(db, name, at, state="COMPLETED", padding=0):
    at = stamp(at)
    ended = at if state == "COMPLETED" else None
    run = (name, name, "flow", state, at, ended, at)
    db.execute(
        "insert into flow_run (id, name, flow_id, state_type, expected_start_time, end_time, created)"
        " values (?, ?, ?, ?, ?, ?, ?)",
        run,
    )
    db.execute("insert into flow_run_state (id, type, name, flow_run_id) values (?, ?, ?, ?)", (name, state, "", name))
    db.execute(
        "insert into task_run (id, name, task_key, dynamic_key, flow_run_id, created) values (?, '', 'fetch', ?, ?, ?)",
        (name, name, name, at),
    )
    db.execute("insert into task_run_state (id, type, name, task_run_id) values (?, ?, '', ?)", (name, state, name))
    said = "x" * padding
    db.execute(
        "insert into log (id, name, level, flow_run_id, message, timestamp) values (?, '', 20, ?, ?, ?)",
        (name, name, said, at),
    )
    db.execute(
        "insert into artifact (id, key, flow_run_id, created) values (?, 'vnjp-sources', ?, ?)", (name, name, at)
    )
    db.execute(
        "insert into events (id, occurred, event, resource_id, resource, payload, received, recorded)"
        " values (?, ?, 'e', 'r', '{}', '{}', ?, ?)",
        (name, at, at, at),
    )
    db.execute(
        "insert into event_resources (id, occurred, resource_id, resource_role, resource, event_id)"
        " values (?, ?, 'r', '', '{}', ?)",
        (name, at, name),
    )


def ask(home, sql):
    with closing(sqlite3.connect(home / "prefect.db")) as db:
        return db.execute(sql).fetchall()


def counts(home):
    return {table: ask(home, f"select count(*) from {table}")[0][0] for table in TABLES}  # noqa: S608 - our own names


@pytest.mark.long
def test_runs_older_than_the_limit_go_with_all_that_is_theirs_and_no_younger_one_does(home):
    assert tidy(home, 30, NOW) == 70
    assert counts(home) == dict.fromkeys(TABLES, 30) | {"events": 7, "event_resources": 7}
    assert ask(home, "select min(end_time) from flow_run") == [(stamp(NOW - timedelta(days=29, hours=1)),)]
    assert ask(home, "select key from artifact_collection") == [("vnjp-sources",)]
    assert ask(home, "pragma foreign_key_check") == []


@pytest.mark.long
def test_tidied_twice_is_tidied_once(home):
    tidy(home, 30, NOW)
    once = counts(home)
    assert tidy(home, 30, NOW) == 0
    assert counts(home) == once


@pytest.mark.long
def test_kept_for_ever_nothing_goes(home):
    before = counts(home)
    assert tidy(home, 0, NOW) == 0
    assert counts(home) == before


@pytest.mark.long
def test_a_run_that_died_without_an_end_goes_in_its_turn_and_one_that_is_due_stays(home):
    with closing(sqlite3.connect(home / "prefect.db")) as db:
        add_run(db, "killed", NOW - timedelta(days=50), "RUNNING")
        add_run(db, "late", NOW - timedelta(days=40), "SCHEDULED")
        add_run(db, "due", NOW + timedelta(hours=1), "SCHEDULED")
        db.commit()
    tidy(home, 30, NOW)
    assert ask(home, "select id from flow_run where state_type <> 'COMPLETED'") == [("due",)]


@pytest.mark.long
def test_a_file_of_which_much_is_free_gives_its_room_back(home):
    with closing(sqlite3.connect(home / "prefect.db")) as db:
        for number in range(100):
            add_run(db, f"large {number}", NOW - timedelta(days=60), padding=200_000)
        db.commit()
    before = (home / "prefect.db").stat().st_size
    tidy(home, 30, NOW)
    assert (home / "prefect.db").stat().st_size < before - 15_000_000
    assert ask(home, "pragma integrity_check") == [("ok",)]


def test_where_there_is_no_database_yet_nothing_is_done(tmp_path):
    assert tidy(tmp_path, 30, NOW) == 0
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_cannot_be_tidied_is_left_as_it_is_and_the_run_goes_on(tmp_path, caplog):
    (tmp_path / "prefect.db").write_bytes(b"not a database" * 1000)
    assert tidy(tmp_path, 30, NOW) == 0
    assert "was not tidied" in caplog.text
    assert (tmp_path / "prefect.db").read_bytes() == b"not a database" * 1000


def test_a_log_that_grew_large_is_begun_anew_and_the_one_before_it_stays(tmp_path):
    (tmp_path / "server.log").write_bytes(b"x" * 10_000_001)
    tidy(tmp_path, 30, NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["server.log.old"]


@pytest.mark.parametrize(("days", "kinds"), [(90, {"events", "flow_runs", "orphans"}), (0, {"events"})])
def test_a_server_that_stays_on_is_told_to_let_go_by_itself(monkeypatch, days, kinds):
    """By Prefect's own reading of its settings."""
    from prefect.settings.models.server.services import ServerServicesDBVacuumSettings

    for name, value in vacuum(days).items():
        monkeypatch.setenv(name, value)
    read = ServerServicesDBVacuumSettings()
    assert read.enabled_vacuum_types == kinds
    assert read.retention_period == timedelta(days=days or 90)
