"""`vnjp serve` and whoever works beside it: one server for all, an outage made good once, and a clean stop."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import ROOT, bare
from tests.loopback import serve as site
from tests.orchestrated import PATIENCE, until
from tests.samples import list_one
from tests.test_kills import servers
from warehouse.connect import Warehouse

pytestmark = [pytest.mark.long, pytest.mark.prefect]
SLOW = "http://93.184.215.14/rss"


@pytest.fixture
def place(tmp_path):
    """Give a folder with a source that nobody answers, and what `vnjp` needs to know of it."""
    sources = list_one(tmp_path / "sources.csv")
    given = {"HOME": str(tmp_path), "VNJP_DATA": str(tmp_path / "data"), "VNJP_SOURCES": str(sources)}
    return tmp_path, bare() | given


@contextlib.contextmanager
def vnjp(place, *arguments):
    folder, environment = place
    with subprocess.Popen(
        [sys.executable, "-m", "flows", *arguments],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=heed_interrupts,  # noqa: PLW1509 - no other thread holds a lock that it needs
    ) as child:  # fmt: skip
        try:
            yield child
        finally:
            child.kill()
    assert until(lambda: servers(folder / "data" / "prefect") == set()), "no server is left behind"


def heed_interrupts():
    """Undo what a shell does to whatever it runs in the background, such as these tests."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def asked(place, question):
    with contextlib.suppress(sqlite3.OperationalError):  # not there, or not migrated yet
        path = place[0] / "data" / "prefect" / "prefect.db"
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
            return db.execute(question).fetchall()
    return []


def states(place):
    return dict(
        asked(place, "select name, state_type from flow_run where deployment_id is not null and not auto_scheduled")
    )


def runs(place):
    with Warehouse(place[0] / "data").reader() as db:
        return db.execute("select flow, state, error from base.runs order by started_at").fetchall()


def hurry(child, number):
    child.send_signal(number)
    said, complained = child.communicate(timeout=PATIENCE)
    assert "Traceback" not in said + complained
    assert "never awaited" not in said + complained
    return said, complained


def test_what_never_ran_runs_at_once_one_after_the_other_and_sigterm_ends_all(place):
    with vnjp(place, "serve") as child:
        finished = until(lambda: list(states(place).values()) == ["COMPLETED"] * 3)
        said, complained = hurry(child, signal.SIGTERM)
    assert (finished, child.returncode) == (True, 0)
    assert "fetch: 1 source asked" in complained, "each run says in lines what it did"
    assert [flow for flow, state, _ in runs(place) if state == "completed"] == ["collect", "digest", "maintain"]
    assert said.endswith("Stopped.\n")
    assert "collect   next at" in said


def test_another_command_works_while_it_serves_and_a_second_serve_is_refused(place):
    folder, environment = place
    with vnjp(place, "serve") as child:
        assert until(lambda: list(states(place).values()) == ["COMPLETED"] * 3)
        before = servers(folder / "data" / "prefect")
        for command, code, word in (("collect", 0, "sources"), ("serve", 1, "serves")):
            done = subprocess.run(
                [sys.executable, "-m", "flows", command],
                cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE,
            )  # fmt: skip
            assert (done.returncode, word in done.stdout + done.stderr) == (code, True), done.stdout + done.stderr
        assert servers(folder / "data" / "prefect") == before, "the same server, still there"
        hurry(child, signal.SIGINT)
    assert child.returncode == 0


def test_a_killed_serve_leaves_nothing_that_holds_up_the_next_one(place):
    with slow_source(place) as at_work, vnjp(place, "serve") as child:
        assert until(lambda: SLOW in at_work.paths()), "a collect waits for its source"
        child.kill()
        assert until(lambda: child.poll() is not None)
        kill_runs(place[0])
    with vnjp(place, "serve") as child:
        assert until(lambda: list(states(place).values()).count("COMPLETED") == 3)
        hurry(child, signal.SIGTERM)
    ran = "select state_type from flow_run where deployment_id is not null and not auto_scheduled"
    kinds = sorted(asked(place, ran), reverse=True)
    assert kinds == [("CRASHED",), *[("COMPLETED",)] * 3]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_collect_that_is_told_to_stop_closes_its_run_and_the_next_one_does_its_work(place, number):
    with slow_source(place) as at_work:
        with vnjp(place, "collect") as child:
            assert until(lambda: SLOW in at_work.paths())
            _, complained = hurry(child, number)
        assert child.returncode == 128 + number
        assert "vnjp: stopping; what is committed stays, and the next run goes on from there.\n" in complained
        at_work.routes[SLOW] = lambda handler: handler.send_error(404)
        [(flow, state, error)] = runs(place)
        assert (flow, state) == ("collect", "failed")
        assert signal.Signals(number).name in error
        with vnjp(place, "collect") as child:
            child.communicate(timeout=PATIENCE)
    assert [state for _, state, _ in runs(place)] == ["failed", "completed"]


def test_serve_that_is_told_to_stop_under_a_run_cancels_it(place):
    with slow_source(place) as at_work, vnjp(place, "serve") as child:
        assert until(lambda: SLOW in at_work.paths())
        hurry(child, signal.SIGTERM)
        assert child.returncode == 0
    assert {state for _, state, _ in runs(place)} == {"failed"}
    assert {state for name, state in states(place).items() if name.startswith("collect ")} <= {"CANCELLED", "CRASHED"}


@contextlib.contextmanager
def slow_source(place):
    """Watch a source on loopback that lets us wait for minutes."""
    with site() as made:
        made.routes[SLOW] = lambda _handler: made.ending.wait(100)
        list_one(place[0] / "sources.csv", SLOW, "slow")
        place[1]["VNJP_PROXY"] = f"http://127.0.0.1:{made.port}"  # where all of it goes, whatever the address
        yield made


def kill_runs(folder):
    """Kill what serving started in processes of their own, as a power cut does."""
    mine = [
        int(path.parent.name)
        for path in Path("/proc").glob("[0-9]*/environ")
        if readable(path) and f"VNJP_DATA={folder / 'data'}".encode() in path.read_bytes()
    ]
    for pid in mine:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def readable(path):
    with contextlib.suppress(OSError):
        path.read_bytes()
        return True
    return False
