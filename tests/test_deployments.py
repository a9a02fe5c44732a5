"""The third way to run: a Prefect server, `prefect deploy --all`, a worker; and what becomes of it when things die."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from tests.orchestrated import Orchestra, until
from warehouse.connect import Warehouse

pytestmark = [pytest.mark.long, pytest.mark.prefect]
NAMES = ("collect/hourly", "digest/weekly", "maintain/nightly")


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Give a server with all deployments, for the tests that do not end it."""
    orchestra = Orchestra(tmp_path_factory.mktemp("served"))
    with orchestra.server():
        orchestra.deploy()
        yield orchestra


def asked(source):
    """Say whether the source keeps a run waiting."""
    return any(path.endswith(f"/{source.port}") for path in source.paths())


def alive(orchestra, run):
    """Give the signs of life of a run that its server knows."""
    wanted = {"event": {"name": ["prefect.flow-run.heartbeat"]}, "resource": {"id": [f"prefect.flow-run.{run}"]}}
    return orchestra.api("events/filter", {"filter": wanted, "limit": 1})["events"]


def runs(orchestra):
    with Warehouse(orchestra.data).reader() as db:
        return db.execute("select flow, state from base.runs order by started_at").fetchall()


def test_each_deployment_runs_when_it_is_triggered(served):
    with served.worker():
        for name in NAMES:
            assert served.becomes(served.start(name), "COMPLETED") == "COMPLETED", name
    assert (served.data / "vnjp.duckdb").is_file()
    assert list((served.data / "backups").glob("*.duckdb"))


def test_a_schedule_starts_a_run(served):
    deployment = served.deployment("maintain/nightly")
    schedule = {"schedule": {"interval": 10}, "active": True}
    [made] = served.api(f"deployments/{deployment}/schedules", [schedule])
    wanted = {"deployments": {"id": {"any_": [deployment]}}, "flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}}}
    with served.worker():
        assert until(lambda: [run for run in served.api("flow_runs/filter", wanted) if run["auto_scheduled"]])
        served.api(f"deployments/{deployment}/schedules/{made['id']}", method="DELETE")


def test_a_run_that_is_due_while_another_runs_is_cancelled(served):
    with served.slow_source() as source, served.worker():
        first = served.start("collect/hourly")
        assert until(lambda: asked(source))
        assert served.becomes(served.start("collect/hourly"), "CANCELLED") == "CANCELLED"
        source.ending.set()
        assert served.becomes(first, "COMPLETED") == "COMPLETED"


def test_a_killed_flow_is_crashed_its_slot_is_free_and_the_next_run_completes_the_work(served):
    with served.slow_source() as source, served.worker():
        killed = served.start("collect/hourly")
        assert until(lambda: asked(source))
        served.kill_run(killed)
        assert served.becomes(killed, "CRASHED") == "CRASHED"
        source.ending.set()
        assert served.becomes(served.start("collect/hourly"), "COMPLETED") == "COMPLETED"
    assert runs(served)[-2:] == [("collect", "running"), ("collect", "completed")]


def test_when_worker_and_flow_are_killed_the_automation_frees_the_slot(served):
    assert "no sign of life" in served.vnjp("automations", "install")
    with served.slow_source() as source:
        with served.worker() as worker:
            killed = served.start("collect/hourly")
            assert until(lambda: asked(source))
            assert until(lambda: alive(served, killed)), "a sign of life has come: the first leaves at once"
            os.killpg(worker.pid, signal.SIGKILL)
            served.kill_run(killed)
        assert served.state(killed) == "RUNNING"
        begun = time.monotonic()
        assert served.becomes(killed, "CRASHED", 240) == "CRASHED"
        print(f"crashed {time.monotonic() - begun:.0f} s after the kill")
        source.ending.set()
        with served.worker():
            assert served.becomes(served.start("collect/hourly"), "COMPLETED") == "COMPLETED"


def test_a_server_that_is_restarted_under_a_run_learns_how_it_ended(tmp_path):
    orchestra = Orchestra(tmp_path)
    with orchestra.slow_source() as source, contextlib.ExitStack() as stack:
        with orchestra.server():
            orchestra.deploy()
            stack.enter_context(orchestra.worker())
            run = orchestra.start("collect/hourly")
            assert until(lambda: asked(source))
        assert not orchestra.healthy()
        with orchestra.server():
            source.ending.set()
            assert orchestra.becomes(run, "COMPLETED") == "COMPLETED"
            assert orchestra.becomes(orchestra.start("collect/hourly"), "COMPLETED") == "COMPLETED"
            stack.close()
    assert [state for _, state in runs(orchestra)] == ["completed"] * 2


def test_the_servers_database_may_be_postgresql(tmp_path):
    with postgresql() as url:
        orchestra = Orchestra(tmp_path, PREFECT_API_DATABASE_CONNECTION_URL=url)
        with orchestra.server():
            orchestra.deploy()
            with orchestra.worker():
                for name in NAMES:
                    assert orchestra.becomes(orchestra.start(name), "COMPLETED") == "COMPLETED", name
        assert not list(tmp_path.rglob("prefect.db"))


@contextlib.contextmanager
def postgresql():
    """Run a PostgreSQL of our own on loopback; give its address. It refuses to run as root, so it runs as nobody."""
    found = [*sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")), shutil.which("initdb")]
    if not (initdb := next((one for one in reversed(found) if one), None)):
        pytest.skip("PostgreSQL is not installed: initdb is neither on PATH nor in /usr/lib/postgresql")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    other = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "cluster"
        place.mkdir()
        if other:
            Path(folder).chmod(0o755)
            shutil.chown(place, "nobody", "nogroup")
        subprocess.run(
            [initdb, "-D", place, "-U", "prefect", "-A", "trust", "-E", "UTF8", "--no-sync"],
            check=True, stdout=subprocess.DEVNULL, cwd="/", **other,
        )  # fmt: skip
        options = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={place}", "-c", "fsync=off"]
        server = subprocess.Popen(
            [Path(initdb).with_name("postgres"), "-D", place, "-p", str(port), *options],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", **other,
        )  # fmt: skip
        try:
            assert until(lambda: open_at(port)), "PostgreSQL does not answer"
            yield f"postgresql+asyncpg://prefect@127.0.0.1:{port}/postgres"
        finally:
            server.send_signal(signal.SIGINT)  # a fast shutdown
            server.wait(timeout=60)


def open_at(port):
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=2):
        return True
    return False
