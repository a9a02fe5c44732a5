"""The doctor names the cause and the cure: Prefects that start no run. A real one is asked in the long tests."""

import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from pathlib import Path

import pytest

from flows.doctor import api, locks, prefect
from flows.prepare import named
from tests import doctored
from tests.doctored import NOW, settings_of, trouble

ROOT = Path(__file__).resolve().parents[1]
FLOWS = {"collect": "hourly", "digest": "weekly", "maintain": "nightly"}


def deployment(flow, **given):
    made = {"name": FLOWS[flow], "tags": ["vnjp", flow], "paused": False, "schedules": [{"active": True}]}
    return made | {"work_pool_name": "default", "status": "READY"} | given


def flow_run(**given):
    before = (NOW - timedelta(hours=5)).isoformat()
    return {"id": "0f1e", "name": "calm-heron", "expected_start_time": before, "start_time": before} | given


class Prefect:
    """What a fake API answers: a well one, of which a test changes an answer. `runs` are by state."""

    def __init__(self):
        self.answers = {
            "admin/version": version("prefect"),
            "deployments/filter": [deployment(flow) for flow in FLOWS],
            "work_pools/filter": [{"name": "default", "is_paused": False}],
            "work_pools/default/workers/filter": [{"status": "ONLINE", "last_heartbeat_time": NOW.isoformat()}],
        }
        self.runs = {"Late": [], "RUNNING": []}
        self.headers = {}
        self.status = 200

    def answer(self, path, question):
        if path == "flow_runs/filter":
            [state] = question["flow_runs"]["state"].values()
            return self.runs[state["any_"][0]]
        return self.answers[path]


@contextmanager
def listening(answer):
    """Serve on loopback: `answer(path, question, headers)` gives the status and the body; give the API's address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            question = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or "{}")
            status, body = answer(self.path.removeprefix("/api/"), question, dict(self.headers))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST  # noqa: N815 - http.server's names

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/api"
        server.shutdown()
        thread.join()


@pytest.fixture
def alone(tmp_path, monkeypatch):
    """Give settings of an empty folder, without any Prefect."""
    monkeypatch.chdir(tmp_path)
    for name in ("PREFECT_API_URL", "PREFECT_API_KEY", "PREFECT_API_AUTH_STRING", "PREFECT_HOME"):
        monkeypatch.delenv(name, raising=False)
    return settings_of(tmp_path)


@pytest.fixture
def fake(alone, monkeypatch):  # noqa: ARG001 - without any other Prefect
    made = Prefect()

    def answer(path, question, headers):
        made.headers = headers
        return made.status, json.dumps(made.answer(path, question)).encode()

    with listening(answer) as url:
        monkeypatch.setenv("PREFECT_API_URL", url)
        yield made


def said(settings):
    return trouble(list(prefect.served(settings, NOW)))


@pytest.mark.usefixtures("fake")
def test_a_prefect_that_starts_our_flows_is_well(alone):
    found = list(prefect.served(alone, NOW))
    assert {one.name: one.level for one in found} == {"prefect": "ok", "schedules": "ok", "worker": "ok"}
    assert "collect/hourly, digest/weekly, maintain/nightly" in found[1].said


def test_nobody_serves(alone, tmp_path_factory, tmp_path):
    one = said(alone)
    assert "`vnjp serve` does not run here and PREFECT_API_URL names no server" in one.said
    assert (one.level, one.next) == ("error", "vnjp serve")
    by_cron = doctored.copy(tmp_path_factory.getbasetemp(), tmp_path)
    assert [one.level for one in prefect.served(by_cron, NOW)] == ["ok"]


def test_an_address_where_nothing_listens(alone, monkeypatch):
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/api"
        monkeypatch.setenv("PREFECT_API_URL", url)
        one = said(alone)
    assert f"{url} cannot be reached (Connection refused): no run starts." in one.said
    assert "prefect server start" in one.next


def test_a_server_that_hangs(alone, monkeypatch):
    monkeypatch.setattr(api, "_PATIENCE", 0.2)
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        monkeypatch.setenv("PREFECT_API_URL", f"http://127.0.0.1:{server.getsockname()[1]}/api")
        one = said(alone)
    assert ("does not answer within" in one.said, "/health" in one.next) == (True, True)


@pytest.mark.parametrize("body", [b"<html>a page", b'{"some": "thing"}'])
def test_an_address_that_is_no_api(alone, monkeypatch, body):
    with listening(lambda *_: (200, body)) as url:
        monkeypatch.setenv("PREFECT_API_URL", url.removesuffix("/api"))
        found = [one for one in prefect.served(alone, NOW) if one.level == "error"]
    assert "is no Prefect API" in found[-1].said
    assert "end in /api" in found[-1].next
    with listening(lambda *_: (404, b"")) as url:
        monkeypatch.setenv("PREFECT_API_URL", url)
        assert "is no Prefect API (404)" in said(alone).said


def test_a_server_that_does_not_let_us_in(fake, alone, monkeypatch):
    fake.status = 401
    one = said(alone)
    assert ("does not let us in (401)" in one.said, "PREFECT_API_AUTH_STRING" in one.next) == (True, True)
    fake.status = 200
    monkeypatch.setenv("PREFECT_API_AUTH_STRING", "desk:hush")
    assert all(one.level == "ok" for one in prefect.served(alone, NOW))
    assert fake.headers["Authorization"] == "Basic ZGVzazpodXNo"


def test_a_server_of_another_version(fake, alone):
    fake.answers["admin/version"] = "3.4.25"
    one = said(alone)
    assert f"is Prefect 3.4.25, and this is {version('prefect')}" in one.said
    assert one.next.startswith(f"on the server: pip install prefect=={version('prefect')}")


def test_no_flow_is_deployed(fake, alone):
    fake.answers["deployments/filter"] = []
    one = said(alone)
    assert ("no flow is deployed there" in one.said, one.next) == (True, "prefect deploy --all")


def test_a_deployment_that_only_waits_for_events_needs_no_schedule(fake, alone):
    fake.answers["deployments/filter"].append(deployment("collect", name="notify", tags=["vnjp"], schedules=[]))
    assert all(one.level == "ok" for one in prefect.served(alone, NOW))


def test_one_flow_is_not_deployed(fake, alone):
    fake.answers["deployments/filter"].pop(1)
    assert "not deployed, so never run: digest." in said(alone).said


def test_a_deployment_is_paused(fake, alone):
    fake.answers["deployments/filter"][0] = deployment("collect", paused=True)
    one = said(alone)
    assert ("paused, so never run: collect/hourly." in one.said, one.next) == (True, "prefect deploy --all")


def test_a_schedule_is_off(fake, alone):
    fake.answers["deployments/filter"][1] = deployment("digest", schedules=[{"active": False}])
    assert "no schedule is on for digest/weekly." in said(alone).said


def test_no_worker_is_online(fake, alone):
    seen = (NOW - timedelta(hours=4)).isoformat()
    fake.answers["work_pools/default/workers/filter"] = [{"status": "OFFLINE", "last_heartbeat_time": seen}]
    one = said(alone)
    assert "none is online for the work pool default, the last was seen 4 h ago." in one.said
    assert one.next == "prefect worker start --pool default"


def test_a_work_pool_is_paused_or_gone(fake, alone):
    fake.answers["work_pools/filter"] = [{"name": "default", "is_paused": True}]
    assert said(alone).next == "prefect work-pool resume default"
    fake.answers["work_pools/filter"] = []
    assert "prefect work-pool create default" in said(alone).next
    fake.answers["deployments/filter"] = [deployment(flow, work_pool_name=None, status="NOT_READY") for flow in FLOWS]
    one = said(alone)
    assert "who served them has ended, or their work pool is gone" in one.said
    assert one.next.startswith("vnjp serve")


def test_runs_are_late(fake, alone):
    fake.runs["Late"] = [flow_run(), flow_run()]
    one = said(alone)
    assert ("2 runs are late, the first by 5 h" in one.said, "prefect worker start" in one.next) == (True, True)


def test_a_run_that_lost_its_process(fake, alone):
    fake.runs["RUNNING"] = [flow_run()]
    one = said(alone)
    assert "calm-heron is Running for 5 h: its process is probably gone" in one.said
    assert one.next.startswith("prefect flow-run cancel 0f1e")


@pytest.mark.usefixtures("alone")
def test_the_address_is_that_which_prefect_would_take(tmp_path, monkeypatch):
    home = tmp_path / "home"
    home.mkdir()
    (home / "profiles.toml").write_text('active = "far"\n[profiles.far]\nPREFECT_API_URL = "http://far/api"\n')
    assert named("PREFECT_API_URL", home) == "http://far/api"
    (tmp_path / ".env").write_text("PREFECT_API_URL=http://filed/api\n")
    assert named("PREFECT_API_URL", home) == "http://filed/api"
    monkeypatch.setenv("PREFECT_API_URL", "http://set/api")
    assert named("PREFECT_API_URL", home) == "http://set/api"
    (home / "profiles.toml").write_text("no toml")
    assert named("PREFECT_API_KEY", home) == ""


@contextmanager
def embedded(settings, url, minutes):
    """Leave what a server of our own leaves that was started so many minutes ago and still has its lock."""
    home = settings.data / "prefect"
    home.mkdir(parents=True)
    (home / "server.json").write_text(json.dumps({"pid": 1, "url": url}))
    then = (NOW - timedelta(minutes=minutes)).timestamp()
    os.utime(home / "server.json", (then, then))
    with (home / "server.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.mark.parametrize(
    ("minutes", "level", "cause", "cure"),
    [(1, "warning", "is starting", "again in a minute"), (9, "error", "cannot be reached", "vnjp serve")],
)
def test_our_own_server_does_not_answer(alone, minutes, level, cause, cure):
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        with embedded(alone, f"http://127.0.0.1:{free.getsockname()[1]}/api", minutes):
            one = said(alone)
    assert (one.level, cause in one.said, cure in one.next) == (level, True, True)


def test_our_own_server_is_only_that_of_a_run(fake, alone, monkeypatch):
    url = os.environ["PREFECT_API_URL"]
    monkeypatch.delenv("PREFECT_API_URL")
    served = [deployment(flow, work_pool_name=None, status="NOT_READY", paused=True) for flow in FLOWS]
    for deployed in ([], served):
        fake.answers["deployments/filter"] = deployed
        with embedded(alone, url, 5):
            assert said(alone).next == "vnjp serve"
        shutil.rmtree(alone.data)


@pytest.mark.long
@pytest.mark.prefect
def test_vnjp_serve_is_seen_and_missed_when_it_was_killed(alone, tmp_path):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environment |= {"VNJP_DATA": str(alone.data), "PYTHONPATH": str(ROOT)}
    with (tmp_path / "log").open("wb") as log:
        serve = subprocess.Popen([sys.executable, "-m", "flows", "serve"], env=environment, stdout=log, stderr=log)
    try:
        found = until(alone, lambda found: "worker" in found)
        assert {one.level for one in found.values()} == {"ok"}
        assert found["worker"].said == "the flows are served."
        serve.kill()  # its server lives on and keeps its lock
        serve.wait()
        # Serving began with a collect: if that ended well, nobody is missed for six hours.
        found = until(alone, lambda found: found and "worker" not in found, timedelta(hours=7))
        assert found["prefect"].next == "vnjp serve"
    finally:
        serve.kill()
        serve.wait()
        server = json.loads((alone.data / "prefect" / "server.json").read_text())["pid"]
        os.kill(server, signal.SIGTERM)
        while locks.held(alone.data / "prefect" / "server.lock"):
            time.sleep(0.1)


def until(settings, holds, later=timedelta(0)):
    """Ask until what is found is as it should be, for two minutes and a half; give it by name, as of now or `later`."""
    end = time.monotonic() + 150
    found = {}
    while time.monotonic() < end and not holds(found):
        time.sleep(1)
        found = {one.name: one for one in prefect.served(settings, datetime.now(UTC) + later)}
    return found


@pytest.mark.long
@pytest.mark.prefect
def test_a_real_server_is_asked_what_it_understands(alone, tmp_path, monkeypatch):
    home = tmp_path / "home"
    with serving(home) as url:
        monkeypatch.setenv("PREFECT_API_URL", url)
        assert said(alone).said.startswith("no flow is deployed there")
        environment = os.environ | {"PREFECT_HOME": str(home), "VNJP_DATA": str(alone.data)}

        def command(*words):
            subprocess.run(
                [sys.executable, "-m", "prefect", "--no-prompt", *words],
                cwd=ROOT,
                env=environment,
                check=True,
                capture_output=True,
            )

        command("work-pool", "create", "default", "--type", "process")
        command("deploy", "--all")
        assert said(alone).said == "none is online for the work pool default."
        [first, *_] = api.Api(url).rows("deployments/filter")
        api.Api(url).get("health")
        late = {"name": "Scheduled", "type": "SCHEDULED", "state_details": {"scheduled_time": NOW.isoformat()}}
        post(f"{url}/deployments/{first['id']}/create_flow_run", {"state": late, "tags": ["vnjp"]})
        post(f"{url}/deployments/{first['id']}/pause_deployment", {})
        command("work-pool", "pause", "default")
        found = until(alone, lambda found: "late runs" in found)
        assert "1 runs are late" in found["late runs"].said
        assert found["worker"].next == "prefect work-pool resume default"
        assert found["schedules"].said.startswith("paused, so never run: ")
        [run] = api.Api(url).rows("flow_runs/filter", flow_runs={"state": {"name": {"any_": ["Late"]}}})
        post(f"{url}/flow_runs/{run['id']}/set_state", {"state": {"type": "RUNNING"}, "force": True})
        found = {one.name: one for one in prefect.served(alone, datetime.now(UTC) + timedelta(hours=4))}
        assert found["stuck runs"].next.startswith(f"prefect flow-run cancel {run['id']}")


def post(url, body):
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})  # noqa: S310 - loopback
    urllib.request.urlopen(request, timeout=20).close()  # noqa: S310 - loopback


@contextmanager
def serving(home):
    """Run Prefect's own server with its scheduler; give its address."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "PREFECT_HOME": str(home),
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    }
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    home.mkdir()
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            end = time.monotonic() + 120
            while time.monotonic() < end:
                try:
                    api.Api(f"http://127.0.0.1:{port}/api").get("health")
                    break
                except (OSError, ValueError):
                    time.sleep(0.3)
            yield f"http://127.0.0.1:{port}/api"
        finally:
            server.terminate()
            server.wait(timeout=60)
