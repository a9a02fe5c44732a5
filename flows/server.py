"""Prefect's own server as a child process in a home of its own: started, awaited, found again, ended."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from warehouse.errors import MendableError

START = 120.0  # seconds; a fresh home migrates for 8 s on an idle machine, longer on a busy one
_END = 15.0  # seconds that it has to end by itself
_children: dict[int, subprocess.Popen[bytes]] = {}  # those that we started ourselves


class EmbeddedServerError(MendableError):
    """Prefect's embedded server could not be used."""


@dataclass(frozen=True, slots=True)
class Served:
    """A server at work: where its API is, its process, and whether it has the scheduler and the pages, too."""

    url: str
    pid: int
    whole: bool


def found(folder: Path) -> Served | None:
    """Give the server that is at work in a folder, whoever started it, and by whichever version; None for none."""
    if not (folder / "server.lock").exists():
        return None
    with (folder / "server.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            with contextlib.suppress(FileNotFoundError, ValueError, KeyError):
                said = json.loads((folder / "server.json").read_text())
                return Served(said["url"], said["pid"], bool(said.get("whole")))
    return None


def start(folder: Path, environment: Mapping[str, str], *, whole: bool) -> Served:
    """Start a server and wait until it answers; EmbeddedServerError with its last words where it does not.

    The child keeps server.lock for as long as it lives: where that is taken, the process of server.json is ours.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = folder / "server.log"
    with (folder / "server.lock").open("a+") as lock, log.open("ab") as said:
        _take(lock, folder)
        process = _spawn(port, environment, lock.fileno(), said.fileno(), whole=whole)
        _children[process.pid] = process
        served = Served(f"http://127.0.0.1:{port}/api", process.pid, whole)
        (folder / "server.json").write_text(json.dumps({"url": served.url, "pid": served.pid, "whole": whole}))
    end_at = time.monotonic() + START
    while time.monotonic() < end_at and process.poll() is None:
        if answers(served.url):
            return served
        time.sleep(0.1)
    end(folder)
    last = log.read_text(errors="replace").strip().splitlines()[-1:] or ["nothing"]
    raise EmbeddedServerError(f"Prefect's embedded server did not start; its last words in {log}: {last[0]}")


def _take(lock: IO[str], folder: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise EmbeddedServerError(
            f"An earlier Prefect server of {folder} is still there and could not be ended. "
            f"`fuser {folder / 'server.lock'}` names its process."
        ) from None


def answers(url: str) -> bool:
    """Say whether an API is well."""
    with contextlib.suppress(OSError):
        urllib.request.urlopen(f"{url}/health", timeout=5).close()  # noqa: S310 - our own loopback address
        return True
    return False


def end(folder: Path) -> None:
    """End the server of a folder, also one that a killed process left behind; where there is none, do nothing."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        if served := found(folder):
            with contextlib.suppress(ProcessLookupError):
                os.kill(served.pid, number)
            _await_end(folder, served.pid)


def _await_end(folder: Path, pid: int) -> None:
    until = time.monotonic() + _END
    while found(folder) and time.monotonic() < until:
        if child := _children.get(pid):
            child.poll()
        time.sleep(0.05)
    if (child := _children.get(pid)) and child.poll() is not None:
        del _children[pid]


def _spawn(port: int, environment: Mapping[str, str], lock: int, log: int, *, whole: bool) -> subprocess.Popen[bytes]:
    import prefect

    where = ["--host", "127.0.0.1", "--port", str(port), "--app-dir", str(prefect.__module_path__.parent)]
    server = ["-m", "uvicorn", "--factory", "prefect.server.api.server:create_app", "--lifespan", "on"]
    ours = {"PREFECT__SERVER_FINAL": "1", "PREFECT_UI_API_URL": f"http://127.0.0.1:{port}/api"}
    lean = {} if whole else {"PREFECT__SERVER_EPHEMERAL": "1", "PREFECT_UI_ENABLED": "0"}
    return subprocess.Popen(  # noqa: S603 - our own interpreter and fixed arguments
        [sys.executable, *server, *where, "--log-level", "error"],
        env={**environment, **ours, **lean},
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        pass_fds=[lock],
        start_new_session=True,  # Ctrl-C reaches us; the server ends when we are done with it
    )
