"""A real Prefect server for tests, with our deployments on it, workers, and a source that lets a run wait."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from http import HTTPStatus
from pathlib import Path

from tests.command import ROOT, bare
from tests.loopback import serve as site
from tests.samples import list_one

PREFECT = str(Path(sys.executable).with_name("prefect"))
PATIENCE = 240  # seconds; CI is slow


def until(there, seconds=PATIENCE):
    """Wait for something to come true; give it, or what it was in the end."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := there():
            return found
        time.sleep(0.2)
    return there()


class Orchestra:
    """A folder, a server's address, and how to speak to it."""

    def __init__(self, folder: Path, **more: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url, self.data = f"http://127.0.0.1:{self.port}/api", folder / "data"
        self.sources = folder / "sources.csv"
        self.watch("http://nobody.invalid/rss")
        self.environment = bare() | {
            "HOME": str(folder),
            "PREFECT_HOME": str(folder / "prefect"),
            "PREFECT_API_URL": self.url,
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
            "VNJP_DATA": str(self.data),
            "VNJP_SOURCES": str(self.sources),
        } | more  # fmt: skip

    def watch(self, url: str, name: str = "nobody") -> None:
        """Watch one source."""
        list_one(self.sources, url, name)

    @contextlib.contextmanager
    def running(self, *arguments: str):
        """Keep a Prefect command running, and end it with all that it started."""
        process = subprocess.Popen([PREFECT, *arguments], cwd=ROOT, env=self.environment, start_new_session=True)
        try:
            yield process
        finally:
            for number in (signal.SIGINT, signal.SIGKILL):
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, number)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=20)
                    break

    @contextlib.contextmanager
    def server(self):
        """Run the server until the block ends; it answers."""
        with self.running("server", "start", "--host", "127.0.0.1", "--port", str(self.port), "--no-ui") as process:
            assert until(self.healthy), "the server does not answer"
            yield process

    @contextlib.contextmanager
    def worker(self):
        """Run a worker until the block ends."""
        with self.running("worker", "start", "--pool", "default") as process:
            yield process

    def healthy(self):
        with contextlib.suppress(OSError):
            return urllib.request.urlopen(f"{self.url}/health", timeout=5).status == 200  # noqa: S310 - loopback
        return False

    def command(self, *arguments: str) -> str:
        """Run a command to its end; give what it printed."""
        result = subprocess.run(
            arguments, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False, timeout=240
        )
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout

    def prefect(self, *arguments: str) -> str:
        return self.command(PREFECT, *arguments)

    def vnjp(self, *arguments: str) -> str:
        return self.command(sys.executable, "-m", "flows", *arguments)

    def deploy(self) -> None:
        """Make the pool and all deployments, without their schedules: the clock shall start nothing in a test."""
        self.prefect("work-pool", "create", "default", "--type", "process", "--overwrite")
        self.prefect("--no-prompt", "deploy", "--all")
        for one in self.api("deployments/filter", {}):
            for schedule in one["schedules"]:
                self.api(f"deployments/{one['id']}/schedules/{schedule['id']}", method="DELETE")

    def api(self, path: str, body: object = None, method: str = "POST"):
        """Ask the API; give what it says."""
        given = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(  # noqa: S310 - our own loopback address
            f"{self.url}/{path}", given, {"Content-Type": "application/json"}, method=method
        )
        end = time.monotonic() + PATIENCE
        while True:
            try:
                with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - loopback
                    said = answer.read()
            except urllib.error.HTTPError as error:
                error.close()
                if error.code != HTTPStatus.SERVICE_UNAVAILABLE or time.monotonic() > end:  # its database is busy
                    raise
                time.sleep(0.5)
            else:
                return json.loads(said) if said else None

    def deployment(self, name: str) -> str:
        return str(self.api(f"deployments/name/{name}", method="GET")["id"])

    def start(self, name: str) -> str:
        """Start a deployment; give its run's id."""
        return str(self.api(f"deployments/{self.deployment(name)}/create_flow_run", {})["id"])

    def state(self, run: str) -> str:
        return str(self.api(f"flow_runs/{run}", method="GET")["state_type"])

    def becomes(self, run: str, state: str, seconds: float = PATIENCE) -> str:
        """Wait until a run is in a state; give the state that it is in."""
        until(lambda: self.state(run) == state, seconds)
        return self.state(run)

    def kill_run(self, run: str) -> None:
        """Kill the process of a flow run, and what it started."""
        for path in Path("/proc").glob("[0-9]*/environ"):
            with contextlib.suppress(OSError):
                if f"PREFECT__FLOW_RUN_ID={run}".encode() in path.read_bytes():
                    os.kill(int(path.parent.name), signal.SIGKILL)

    @contextlib.contextmanager
    def slow_source(self):
        """Watch a new source on loopback that answers when the block ends, or `made.ending` is set.

        All of it goes through the proxy on loopback, whatever the address.
        """
        with site() as made:
            url = f"http://93.184.215.14/{made.port}"  # a source of its own: one that has just failed is not due
            made.routes[url] = lambda handler: made.ending.wait(PATIENCE) and handler.send_error(404)
            self.watch(url, f"s{made.port}")
            self.environment["VNJP_PROXY"] = f"http://127.0.0.1:{made.port}"
            try:
                yield made
            finally:
                del self.environment["VNJP_PROXY"]
                self.watch("http://nobody.invalid/rss")
