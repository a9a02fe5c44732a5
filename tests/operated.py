"""A child process that runs each real flow once on an embedded server, and keeps what its API then shows.

`python -m tests.operated OUT`: two sources, one of which fails; a reader whose mail server hangs up when it has the
letter; a row that a data check finds wrong; an address for the ping. OUT/found.json is what an operator would see.
"""

import json
import os
import sys
import time
import urllib.request
from datetime import timedelta
from pathlib import Path

from tests.loopback import serve
from tests.mailbox import PostOffice, hang_up, serving

KINDS = ("vnjp.source.failing", "vnjp.issue.frozen", "vnjp.delivery.unknown", "vnjp.check.failed", "vnjp.backup.made")


def main(out):
    office = PostOffice(hooks={("FILED", "lost@readers.test"): hang_up})
    with serve() as site, serving(office, None) as port:
        for flow in ("collect", "digest", "maintain"):
            site.says(f"/s3cret/{flow}")
        os.environ |= {
            "VNJP_DATA": str(out / "data"),
            "VNJP_PING_URL": f"http://127.0.0.1:{site.port}/s3cret/{{flow}}",
            "VNJP_METRICS": str(out / "vnjp.prom"),
            "VNJP_SMTP_HOST": "127.0.0.1",
            "VNJP_SMTP_PORT": str(port),
            "VNJP_SMTP_SECURITY": "none",
            "VNJP_SENDER": "digest@monitor.test",
            "VNJP_RECIPIENTS": "anna@readers.test,lost@readers.test",
        }
        found = operate(out)
        (out / "found.json").write_text(json.dumps(found | {"pinged": site.paths()}))


def operate(out):
    """Run the flows as the command line does; give what Prefect's API shows of them."""
    from flows.prepare import prepare_prefect

    home = out / "data" / "prefect"
    prepare_prefect(home)
    from flows import collect
    from flows.embedded import embedded
    from flows.run.collect import collect_once
    from flows.run.issues import digest_once
    from flows.run.nightly import maintain_once
    from tests.press import LOAN, MONDAY, printing
    from tests.samples import source

    watched = [source(), source(source_id="busy", outlet="Busy", url="http://busy.example/rss")]
    with printing(out, *watched) as press, embedded(home) as url:
        # sites on loopback are asked only where a job pretends that they are somewhere else
        collect.job_of = lambda _settings, now: press.job((now - MONDAY) / timedelta(hours=1))
        press.says("loan", "Japan lends Vietnam 12 billion yen", *LOAN)
        press.says("again", "Japan lends Vietnam 12 billion yen", *LOAN)
        press.lists(*((name, "Japan lends Vietnam 12 billion yen", MONDAY) for name in ("loan", "again")))
        press.says_feed("busy", "busy", status=503)
        collect_once(MONDAY, None)
        _, fault = digest_once(MONDAY + timedelta(days=7))
        with press.settings.warehouse.writer() as db:
            db.execute("update base.evidence set text = 'otherwise' where field = 'title'")
        wrong = maintain_once().counts["wrong_rows"]
        return {"fault": fault, "wrong": wrong, **shown(url)}


def shown(url):
    """Ask the API for runs, tasks' tags, artifacts, lines and our events, once all events are there."""
    ours = {"event": {"prefix": ["vnjp."]}, "occurred": {"since": "2025-01-01T00:00:00Z"}}
    events, end = [], time.monotonic() + 60
    while not set(KINDS) <= {one["event"] for one in events} and time.monotonic() < end:
        time.sleep(0.5)
        events = asked(f"{url}/events/filter", {"filter": ours, "limit": 50})["events"]
    return {
        "events": events,
        "runs": asked(f"{url}/flow_runs/filter", {"sort": "START_TIME_ASC"}),
        "artifacts": asked(f"{url}/artifacts/filter", {}),
        "logs": asked(f"{url}/logs/filter", {"sort": "TIMESTAMP_ASC"}),
    }


def asked(url, question):
    request = urllib.request.Request(  # noqa: S310 - our own server on loopback
        url, json.dumps(question).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - the same
        return json.load(answer)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
