"""Prefect's own server as a child process with its own home: for runs on one machine without any set-up.

Two things that Prefect's built-in ephemeral mode does not do: it waits until every task run is written before the
server ends (otherwise rows are lost while the flow says Completed), and it ends the server that a killed run left.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import prefect
from prefect.events.worker import EventsWorker
from prefect.settings import PREFECT_API_URL, PREFECT_HOME, temporary_settings

from flows.tidy import tidy
from warehouse.errors import MendableError

_START = 120.0  # seconds; a fresh home migrates for 8 s on an idle machine, longer on a busy one
_DRAIN = 60.0
_FINAL = ["COMPLETED", "FAILED", "CRASHED", "CANCELLED"]

submitted: Counter[str] = Counter()  # task runs handed to Prefect in this process, by flow run id


class EmbeddedServerError(MendableError):
    """Prefect's embedded server could not be used."""


@contextlib.contextmanager
def embedded(folder: Path, *, whole: bool = False) -> Iterator[str]:
    """Give the address of a Prefect API: the one of PREFECT_API_URL, else of a server of our own in `folder`.

    A `whole` server also has the scheduler and the pages for a browser; runs that we start ourselves need neither.
    """
    if url := PREFECT_API_URL.value():
        yield url
        return
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with (
            _alone(folder),
            _server(folder, whole=whole) as url,
            temporary_settings({PREFECT_API_URL: url, PREFECT_HOME: folder}),
        ):
            try:
                yield url
            finally:
                _end_runs()
                _drain(url)
    finally:
        _end_runs()  # one may have been on its way when the first were ended


def running(folder: Path) -> str | None:
    """Give the API of the embedded server that another process runs in `folder`; None where none does."""
    if not (folder / "server.lock").exists():
        return None
    with (folder / "server.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            with contextlib.suppress(FileNotFoundError, ValueError, KeyError):
                return str(json.loads((folder / "server.json").read_text())["url"])
    return None


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one process at a time have the embedded server of a folder."""
    with (folder / "run.lock").open("w") as lock:
        end = time.monotonic() + _START
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > end:
                    raise EmbeddedServerError(
                        f"Another vnjp command has kept the embedded Prefect server in {folder} for {_START:.0f} s. "
                        "Wait for it to end, or set PREFECT_API_URL to a server that both can use."
                    ) from None
                time.sleep(0.2)
        yield


@contextlib.contextmanager
def _server(folder: Path, *, whole: bool) -> Iterator[str]:
    """Start the server, wait until it answers, end it afterwards."""
    _reap(folder)
    tidy(folder)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}/api"
    # The child keeps the lock for as long as it lives: who finds it taken knows that the process of the file is ours.
    with (folder / "server.lock").open("a+") as lock, (folder / "server.log").open("ab") as log:
        fcntl.flock(lock, fcntl.LOCK_EX)
        process = _spawn(folder, port, lock.fileno(), log.fileno(), whole=whole)
        (folder / "server.json").write_text(json.dumps({"pid": process.pid, "url": url}))
    try:
        _await(process, url, folder / "server.log")
        yield url
    finally:
        _end(process)


def _spawn(folder: Path, port: int, lock: int, log: int, *, whole: bool) -> subprocess.Popen[bytes]:
    where = ["--host", "127.0.0.1", "--port", str(port), "--app-dir", str(prefect.__module_path__.parent)]
    server = ["-m", "uvicorn", "--factory", "prefect.server.api.server:create_app", "--lifespan", "on"]
    ours = {
        "PREFECT_HOME": str(folder),
        "PREFECT__SERVER_FINAL": "1",
        "PREFECT_UI_API_URL": f"http://127.0.0.1:{port}/api",
    }
    lean = {} if whole else {"PREFECT__SERVER_EPHEMERAL": "1", "PREFECT_UI_ENABLED": "0"}
    return subprocess.Popen(  # noqa: S603 - our own interpreter and fixed arguments
        [sys.executable, *server, *where, "--log-level", "error"],
        env={**os.environ, **ours, **lean},
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        pass_fds=[lock],
        start_new_session=True,  # Ctrl-C reaches us; the server ends when we are done with it
    )


def _await(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    end = time.monotonic() + _START
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{url}/health", timeout=5).close()  # noqa: S310 - our own loopback address
            return
        time.sleep(0.1)
    last = log.read_text(errors="replace").strip().splitlines()[-1:] or ["nothing"]
    raise EmbeddedServerError(f"Prefect's embedded server did not start; its last words in {log}: {last[0]}")


def _end_runs() -> None:
    """End the runs that serving started in processes of their own: without a server they would wait for ever."""
    for run in multiprocessing.active_children():
        run.terminate()
        run.join(timeout=10)
        run.kill()


def _drain(url: str) -> None:
    """Wait until the server has written every task run that this process handed in, or a minute is over."""
    EventsWorker.drain_all(at_exit=False, timeout=_DRAIN)
    end = time.monotonic() + _DRAIN
    while any(_written(url, run) < count for run, count in submitted.items()) and time.monotonic() < end:
        time.sleep(0.1)
    submitted.clear()


def _written(url: str, flow_run: str) -> int:
    question = {"flow_runs": {"id": {"any_": [flow_run]}}, "task_runs": {"state": {"type": {"any_": _FINAL}}}}
    request = urllib.request.Request(  # noqa: S310 - our own loopback address
        f"{url}/task_runs/count", json.dumps(question).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - our own loopback address
            return int(json.load(answer))
    except urllib.error.URLError:
        return 0


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _reap(folder: Path) -> None:
    """End the server that a killed run left behind: its lock is still taken, and nobody but us may be alone here."""
    with (folder / "server.lock").open("a+") as lock:
        for number in (signal.SIGTERM, signal.SIGKILL):
            end = time.monotonic() + 10
            while time.monotonic() < end:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    with contextlib.suppress(ProcessLookupError, FileNotFoundError, ValueError):
                        os.kill(json.loads((folder / "server.json").read_text())["pid"], number)
                    time.sleep(0.2)
                else:
                    return
