"""The machine that the monitor runs on: `python -m tests.simulated.child DATA MAIL_PORT NAME...`.

It does a run for each order on its standard input, a line of JSON, and says what came of it in another. The site lives
and dies with it, as do its addresses' ports.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any


def main(data: Path, port: int, names: list[str]) -> None:
    """Obey until the orders end."""
    from flows.prepare import prepare_prefect

    prepare_prefect(data / "prefect")
    from flows.demo import Stage
    from flows.sample import load
    from tests.posted import settings_of
    from tests.simulated.site import BreakableSite, three_weeks

    sample = three_weeks(load())
    with BreakableSite(sample) as site:
        stage = Stage(settings_of(data, *names, port=port, languages=("en", "vi", "ja")), sample, site)
        print(json.dumps({"ready": True}), flush=True)
        for line in sys.stdin:
            print(json.dumps(obey(stage, json.loads(line))), flush=True)


def obey(stage: Any, order: dict[str, Any]) -> dict[str, Any]:
    """Do one run; give what it ended with, if it failed, and how much memory this process holds."""
    stage.site.now = datetime.fromisoformat(order["at"])
    stage.site.broken = order["broken"]
    job = stage.job(datetime.fromisoformat(order["now"]))
    body = with_prefect if order["prefect"] else plainly
    said: dict[str, Any] = {}
    with file_limit(int(order["disk"])):
        try:
            body(job, order)
        except Exception as error:  # noqa: BLE001 - whoever gives the orders knows which may happen
            said["error"] = f"{type(error).__name__}: {error}"
    return said | {"held": held()}


def plainly(job: Any, order: dict[str, Any]) -> None:
    """Run the flow's body here and now."""
    from flows.steps import inline

    run(job, order["flow"], inline)


def with_prefect(job: Any, order: dict[str, Any]) -> None:
    """Run it as a flow of an embedded server, which dies after `away` seconds where the order says so."""
    from prefect import flow

    from flows import server
    from flows.embedded import embedded
    from flows.steps import as_tasks

    home = job.settings.data / "prefect"
    with embedded(home):
        if order["away"] is not None:
            served = server.found(home)
            assert served
            threading.Timer(order["away"], os.kill, (served.pid, signal.SIGKILL)).start()
        flow(name=order["flow"])(lambda: run(job, order["flow"], as_tasks))()


def run(job: Any, name: str, do: Any) -> None:
    """Run what a flow does, without its clock and its settings."""
    from flows.demo import play
    from flows.maintain import maintain_with
    from flows.reprocess import reprocess_with

    if name == "maintain":
        reprocess_with(job, do)
        maintain_with(job)
    else:
        play(job, name, do)  # type: ignore[arg-type] # collect or digest


@contextmanager
def file_limit(most: int) -> Iterator[None]:
    """Let no file grow beyond `most` bytes, as on a disk without room; 0 for no limit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most or soft, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def held() -> int:
    """Give the bytes of memory that this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a key pressed in the test's terminal is for the test
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
