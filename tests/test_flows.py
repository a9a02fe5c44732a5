"""The flows on a real Prefect server: the demo's runs are real, a schedule fires, a killed run's server is ended."""

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.command import vnjp
from tests.samples import list_one
from warehouse.connect import Warehouse

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.prefect


def ask(home, question):
    with sqlite3.connect(f"file:{home / 'prefect' / 'prefect.db'}?mode=ro", uri=True) as db:
        found = db.execute(question).fetchall()
    db.close()
    return found


def test_the_demo_ends_well_without_a_warning_or_a_traceback(played):
    _, results = played
    for result in results:
        assert (result.returncode, result.stderr) == (0, "")
        assert "Traceback" not in result.stdout
        assert "arning" not in result.stdout


def test_the_demos_runs_are_real_and_all_completed(played):
    out, _ = played
    runs = ask(out, "select name, state_type from flow_run where name like '% 2025-%'")
    assert len(runs) == 22  # eleven moments, twice
    assert {state for _, state in runs} == {"COMPLETED"}
    tasks = dict(ask(out, "select state_type, count(*) from task_run group by 1"))
    assert set(tasks) == {"COMPLETED"}
    assert tasks["COMPLETED"] > 50


def test_the_second_demo_finds_nothing_new_sends_nothing_and_says_so(played):
    out, (_, second) = played
    assert "Nothing new" in second.stdout
    assert "letters" not in second.stdout
    assert len(list((out / "issues").glob("*.eml"))) == 2


def test_the_demo_leaves_what_it_promises(played):
    out, (first, _) = played
    names = {f"2025-W{week}.{ending}" for week in (17, 18) for ending in ("html", "txt", "eml")}
    assert names <= {path.name for path in (out / "issues").iterdir()}
    assert (out / "vnjp.duckdb").is_file()
    for word in ("Folded, for example", "Cửu Long Online", "京阪新報", "vnjp sql", "seconds"):
        assert word in first.stdout


def test_each_question_that_the_demo_suggests_has_an_answer(played):
    out, (first, _) = played
    questions = [line.split('"')[1] for line in first.stdout.splitlines() if "vnjp sql" in line]
    assert len(questions) == 3
    for question in questions:
        result = vnjp("sql", "--json", question, VNJP_DATA=str(out))
        assert result.returncode == 0, result.stderr
        assert json.loads(result.stdout)


def test_why_shows_the_words(played):
    out, _ = played
    found = json.loads(
        vnjp("sql", "--json", "from articles where relevance = 'bilateral' limit 1", VNJP_DATA=str(out)).stdout
    )
    row = found["rows"][0] if isinstance(found, dict) else found[0]
    key = row["article_id"] if isinstance(row, dict) else row[0]
    result = vnjp("why", key, VNJP_DATA=str(out))
    assert result.returncode == 0
    assert "bilateral" in result.stdout
    assert "[" in result.stdout


def test_the_night_makes_again_what_is_older_then_the_checks_pass_and_a_backup_is_made(played):
    out, _ = played
    with Warehouse(out).writer() as db:
        db.execute("update base.judgements set rule_version = 'tag-0' where article_id not like 'baseline:%'")
        [(current,)] = db.execute(
            "select count(*) from base.articles where is_current and source_id <> 'baseline'"
        ).fetchall()
    result = vnjp("maintain", "--json", VNJP_DATA=str(out))
    assert result.returncode == 0, result.stdout + result.stderr
    assert json.loads(result.stdout)["wrong_rows"] == 0
    assert json.loads(result.stdout)["reprocessed"] == current
    assert set(json.loads(result.stdout)["checks"]) <= {"silent_sources"}, "a frozen source is no wrong row"
    [(table,)] = ask(out, "select data from artifact where key = 'vnjp-data-checks'")
    checks = {row["check"]: row for row in json.loads(json.loads(table))}
    assert {"record_not_in_place", "evidence_not_at_its_place"} <= set(checks)
    assert list((out / "backups").glob("*.duckdb"))
    again = vnjp("reprocess", "--json", VNJP_DATA=str(out))
    assert (again.returncode, json.loads(again.stdout)) == (0, {"counts": {"older": 0}, "lost": []})
    assert (
        "Nothing since 2025-W18 was made by older rules"
        in vnjp("reprocess", "--since", "2025-W18", VNJP_DATA=out).stdout
    )


def scheduled(folder, python=sys.executable):
    """Serve a flow every five seconds on a server of its own; give the scheduled runs that completed."""
    watched = list_one(folder / "sources.csv")
    environment = os.environ | {"VNJP_DATA": str(folder / "data"), "VNJP_SOURCES": str(watched), "HOME": str(folder)}
    with subprocess.Popen(
        [python, "-m", "tests.served"], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL
    ) as served:
        done, end = [], time.monotonic() + 150
        while not done and time.monotonic() < end and served.poll() is None:
            time.sleep(1)
            with contextlib.suppress(sqlite3.OperationalError):  # not there, or not migrated yet
                done = ask(
                    folder / "data", "select name from flow_run where auto_scheduled and state_type = 'COMPLETED'"
                )
        served.terminate()
        try:
            served.wait(timeout=60)
        finally:
            served.kill()
    return done


def test_a_schedule_fires_on_a_real_server(tmp_path):
    assert scheduled(tmp_path), "no scheduled run completed in time"


@pytest.fixture(scope="module")
def reported(tmp_path_factory):
    """Collect on a real server until it is killed under a run; give the data folder."""
    out = tmp_path_factory.mktemp("reported")
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("VNJP_", "PREFECT_"))}
    child = subprocess.run(
        [sys.executable, "-m", "tests.reported", str(out)],
        cwd=ROOT, env=bare | {"HOME": str(out)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert child.returncode == 0, child.stderr
    assert float(child.stdout) < 60, "without an API, a collect takes seconds longer and not minutes"
    return out / "data"


def test_every_collect_shows_a_table_of_the_sources_troubles_first(reported):
    tables = [
        json.loads(json.loads(data))
        for (data,) in ask(reported, "select data from artifact where key = 'vnjp-sources' order by created")
    ]
    assert [[(row["source"], row["state"]) for row in table] for table in tables] == [
        [("busy", "never"), ("fine", "ok"), ("leap", "ok")],
        [("busy", "never"), ("leap", "gap"), ("fine", "unchanged")],
        [("busy", "never"), ("leap", "gap"), ("fine", "unchanged")],
    ]
    assert tables[0][0]["since"] == "2025-04-21 03:00 UTC"


def test_a_failing_source_is_an_event_once_a_day_and_a_probable_gap_is_one(reported):
    sent = ask(
        reported, "select event, resource_id, json_extract(payload, '$.day') from events where event like 'vnjp.%'"
    )
    assert sorted(sent) == [
        ("vnjp.source.failing", "vnjp.source.busy", "2025-04-21"),
        ("vnjp.source.failing", "vnjp.source.busy", "2025-04-22"),
        ("vnjp.source.gap", "vnjp.source.leap", "2025-04-21"),
        ("vnjp.source.gap", "vnjp.source.leap", "2025-04-22"),
    ]


def test_a_collect_goes_on_without_prefects_api_and_sends_the_days_events_later(reported):
    with Warehouse(reported).reader() as db:
        runs = db.execute("select state, counts['asked'] from base.runs order by now").fetchall()
        days = db.execute("select distinct day::varchar from base.source_events order by 1").fetchall()
        [(checked,)] = db.execute("select distinct checked_at from source_health").fetchall()
    assert runs == [("completed", 3)] * 4
    assert f"{checked:%Y-%m-%d}" == "2025-04-23"
    assert days == [("2025-04-21",), ("2025-04-22",)]
