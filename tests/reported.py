"""A child process that collects as a flow on an embedded server, then ends it: `python -m tests.reported OUT`.

One source is fine, one fails, one leaps over what it had. Two runs on one day, one on the next, and one on the third
during which Prefect's API goes away.
"""

import contextlib
import json
import os
import signal
import sqlite3
import sys
import time
from pathlib import Path


def main(out):
    from flows.prepare import prepare_prefect

    home = out / "data" / "prefect"
    prepare_prefect(home)
    from prefect import flow

    from flows.embedded import embedded
    from flows.steps import as_tasks
    from tests.press import MONDAY, printing
    from tests.samples import source

    names = ("fine", "busy", "leap")
    watched = [source(source_id=one, outlet=one.title(), url=f"http://{one}.example/rss") for one in names]
    with printing(out, *watched) as press, embedded(home):

        @flow(name="collect")
        def run(at, *, cut=False):
            press.do = as_tasks
            if not cut:
                return press.collect(at)
            os.kill(json.loads((home / "server.json").read_text())["pid"], signal.SIGKILL)
            started = time.monotonic()
            press.collect(at)
            print(f"{time.monotonic() - started:.1f}", flush=True)
            return os._exit(0)  # Prefect itself would go on for minutes to send what nobody takes

        press.lists(("n1", "Notice one", MONDAY), source_id="fine")
        press.says_feed("busy", "busy", status=500)
        for at in (0, 4, 30):
            press.lists((f"n{at}", f"Notice of hour {at}", MONDAY), source_id="leap")
            run(at)
        written(home, 4)
        run(54, cut=True)


def written(home, count):
    """Wait until the server, which takes its time, has written so many events of ours."""
    end = time.monotonic() + 60
    with contextlib.closing(sqlite3.connect(f"file:{home / 'prefect.db'}?mode=ro", uri=True)) as db:
        while time.monotonic() < end:
            if db.execute("select count(*) from events where event like 'vnjp.%'").fetchone()[0] >= count:
                return
            time.sleep(0.2)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
