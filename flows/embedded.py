"""A Prefect API for the runs of this process: the one that the user names, else an embedded server, shared by all.

Whoever comes first starts the server of a folder, others use it too, and the last one ends it: so a command works
while `vnjp serve` runs. Two things that Prefect's built-in ephemeral mode does not do: we wait until every task run is
written before the server ends (otherwise rows are lost while the flow says Completed), and end the server that a killed
run left.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import multiprocessing
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from prefect.events.worker import EventsWorker
from prefect.settings import PREFECT_API_URL, PREFECT_HOME, temporary_settings

from flows import server, stop
from flows.prepare import environment
from flows.server import EmbeddedServerError, Served
from warehouse.errors import MendableError

_DRAIN = 60.0
_FINAL = ["COMPLETED", "FAILED", "CRASHED", "CANCELLED"]

submitted: Counter[str] = Counter()  # task runs handed to Prefect in this process, by flow run id


@contextlib.contextmanager
def embedded(folder: Path, *, whole: bool = False) -> Iterator[str]:
    """Give the address of a Prefect API: the one of PREFECT_API_URL, else of a server of our own in `folder`.

    A `whole` server also has the scheduler and the pages for a browser; runs that we start ourselves need neither.
    Raises EmbeddedServerError where it does not start, or where a whole one is wanted and others keep one that is not.
    """
    if url := PREFECT_API_URL.value():
        yield url
        return
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with (
            _shared(folder, whole=whole) as served,
            temporary_settings({PREFECT_API_URL: served.url, PREFECT_HOME: folder}),
        ):
            try:
                yield served.url
            finally:
                _end_runs()
                _drain(served.url)
    finally:
        _end_runs()  # one may have been on its way when the first were ended


def at_hand(folder: Path) -> str:
    """Give the API that is in use now: the one of PREFECT_API_URL, else of the server that is at work in `folder`.

    Raises MendableError where there is neither.
    """
    if url := PREFECT_API_URL.value():
        return str(url)
    if served := server.found(folder.resolve()):
        return served.url
    raise MendableError("No Prefect server is at work here. Start `vnjp serve`, or set PREFECT_API_URL to one.")


@contextlib.contextmanager
def _shared(folder: Path, *, whole: bool) -> Iterator[Served]:
    """Use the folder's server for as long as this lasts."""
    with (folder / "users.lock").open("a+") as users:
        served = _enter(folder, users, whole=whole)
        end_now = lambda: _leave(folder, users)  # noqa: E731 - one that can be taken off the list again
        stop.at_once.append(end_now)
        try:
            yield served
        finally:
            stop.at_once.remove(end_now)
            _leave(folder, users)


def _enter(folder: Path, users: IO[str], *, whole: bool) -> Served:
    until = time.monotonic() + server.START
    while True:
        with _door(folder):
            alone = _taken(users, fcntl.LOCK_EX)
            if alone:
                server.end(folder)  # what a killed process left behind
            served = None if alone else server.found(folder)
            if alone or (served and (served.whole or not whole)):
                served = served or server.start(folder, environment(folder), whole=whole)
                fcntl.flock(users, fcntl.LOCK_SH)
                return served
        if time.monotonic() > until:
            raise EmbeddedServerError(
                f"Another vnjp command has kept the embedded Prefect server in {folder} for {server.START:.0f} s. "
                "Wait for it to end, or set PREFECT_API_URL to a server that both can use."
            )
        time.sleep(0.2)


def _leave(folder: Path, users: IO[str]) -> None:
    """Use the server no more; the last one ends it."""
    with _door(folder):
        fcntl.flock(users, fcntl.LOCK_UN)
        if _taken(users, fcntl.LOCK_EX):
            server.end(folder)
        fcntl.flock(users, fcntl.LOCK_UN)


@contextlib.contextmanager
def _door(folder: Path) -> Iterator[None]:
    """Let one process at a time come or go."""
    with (folder / "door.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _taken(file: IO[str], kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


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
