"""One run over 129 sources with nothing new: what it asks, what comes, and what it costs.

`python -m tests.bench.unchanged`. The sites live in a process of their own on loopback. Measured beside our whole
collect: feedparser alone on the same bodies, and an update by the `reader` library, where `make bench` installed it.
"""

from __future__ import annotations

import io
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Literal

from tests.bench.line import Line
from tests.samples import NOW, source

SOURCES = 129
ENTRIES = 40
ROUNDS = 3
Kind = Literal["validators", "none", "touched"]
KINDS: dict[Kind, str] = {
    "validators": "servers that know ETag and Last-Modified",
    "none": "servers that send the same bytes each time",
    "touched": "servers that write a new date into the same feed each time",
}


@dataclass(frozen=True)
class Spent:
    """What one run came to."""

    requests: int
    sent: int  #: bytes of bodies
    cpu: float  #: seconds of our process


def body(number: int, moment: str = "") -> bytes:
    """Write the feed of a source: forty entries of 600 characters."""
    entries = "".join(
        f"<item><title>Entry {n} of source {number}</title><link>http://s{number}.example/{n}</link><guid>{number}-{n}</guid>"
        f"<pubDate>{format_datetime(NOW - timedelta(hours=n), usegmt=True)}</pubDate>"
        f"<description>{f'Words of entry {n}, and more of them. ' * 16}</description></item>"
        for n in range(ENTRIES)
    )
    built = f"<lastBuildDate>{moment}</lastBuildDate>" if moment else ""
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>T</title>{built}{entries}</channel></rss>".encode()


def proxied(number: int, kind: Kind) -> str:
    """Give the address of a source for whoever asks the sites as a proxy: each source is a host of its own."""
    return f"http://93.184.{number // 200}.{number % 200 + 1}/{kind}/{number}"


def sites() -> None:
    """Be the server: say the port, then answer each line read from stdin with what was asked since the last."""
    from tests.loopback import Speak, serve, speak

    sent = [0]

    def answer(number: int, kind: Kind) -> Speak:
        held = body(number)

        def say(handler):
            asked = handler.headers.get("If-None-Match")
            if kind == "validators" and asked:
                return speak(status=304, ETag='"1"')(handler)
            said = body(number, str(time.time_ns())) if kind == "touched" else held
            sent[0] += len(said)
            headers = {"ETag": '"1"', "Last_Modified": "Sun, 27 Apr 2025 10:00:00 GMT"} if kind == "validators" else {}
            return speak(said, Content_Type="application/rss+xml", **headers)(handler)

        return say

    with serve() as site:
        for kind in KINDS:
            for number in range(SOURCES):
                site.routes[f"/{kind}/{number}"] = site.routes[proxied(number, kind)] = answer(number, kind)
        print(site.port, flush=True)
        for _ in sys.stdin:
            print(json.dumps([len(site.visits), sent[0]]), flush=True)
            site.visits.clear()
            sent[0] = 0


class Sites:
    """The other process, as seen from here."""

    def __init__(self, child: subprocess.Popen[str]) -> None:
        assert child.stdin
        assert child.stdout
        self._in, self._out = child.stdin, child.stdout
        self.port = int(self._out.readline())

    def asked(self) -> tuple[int, int]:
        """Give the requests since the last time, and the bytes that went out for them."""
        self._in.write("\n")
        self._in.flush()
        requests, sent = json.loads(self._out.readline())
        return requests, sent

    def spend(self, work: Callable[[], object]) -> Spent:
        """Do some work and give what it took."""
        self.asked()
        start = time.process_time()
        work()
        cpu = time.process_time() - start
        return Spent(*self.asked(), cpu)


@contextmanager
def started() -> Iterator[Sites]:
    """Run the sites in a process of their own."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bench.unchanged", "sites"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as child:  # fmt: skip
        yield Sites(child)
        assert child.stdin
        child.stdin.close()


def ours(sites: Sites, folder: Path, kind: Kind) -> Callable[[], object]:
    """Collect once, settle what is pending, and give a run that finds nothing new, a day later each time."""
    from flows.collect import collect_with
    from flows.job import Job
    from flows.settings import load
    from flows.stages import check_sources
    from flows.steps import inline
    from tasks.web import Manners

    settings = load(data=folder)
    watched = tuple(source(source_id=str(n), url=f"http://s{n}.example/{kind}/{n}") for n in range(SOURCES))
    hosts = {f"s{n}.example": ("127.0.0.1", sites.port) for n in range(SOURCES)}
    runs = iter(range(1, 1000))

    def job(hours: float) -> Job:
        return Job(settings, NOW + timedelta(hours=hours), watched, Manners("bench@example.org", pretend=hosts))

    check_sources(job(0), inline)
    settle(job(0))

    def run() -> None:
        counts = collect_with(job(13 * next(runs)), inline)
        assert (counts["asked"], counts["failed"], counts["new_entries"], counts.get("pages", 0)) == (SOURCES, 0, 0, 0)

    return run


def settle(job) -> None:
    """Keep three failed downloads of every article and what they came to: pages are another measure."""
    from tasks.extract import RULES
    from warehouse import write
    from warehouse.records import Page
    from warehouse.rows import rows

    with job.warehouse.writer() as db:
        ids = [row["article_id"] for row in rows(db, "pending_pages", now=job.now, tries=3)]
        pages = [
            Page(f"{one}-{n}", one, "", "", job.now + timedelta(minutes=n), "failed", 404, "", "", "", 0, "", -1)
            for one in ids
            for n in range(3)
        ]
        write.pages(db, pages)
        outcome = {"quality": "none", "reason": "", "revision": "", "rule_version": RULES}
        write.extracted(db, [outcome | {"page_id": page.page_id, "article_id": page.article_id} for page in pages], [])


def feedparser_alone() -> Callable[[], object]:
    """Give a parse of the same bodies with feedparser's flags off."""
    import feedparser

    bodies = [body(number) for number in range(SOURCES)]
    return lambda: [
        feedparser.parse(io.BytesIO(one), sanitize_html=False, resolve_relative_uris=False) for one in bodies
    ]


def lines() -> Iterator[Line]:
    """Measure, and give a figure for each comparison."""
    from tests.bench.whole import asked

    part = "nothing new"
    with started() as sites, tempfile.TemporaryDirectory() as folder:
        floor = feedparser_alone()
        for kind, what in KINDS.items():
            mine = ours(sites, Path(folder) / kind, kind)
            found = [(sites.spend(mine), sites.spend(floor)) for _ in range(ROUNDS)]
            our, parsed = found[-1][0], statistics.median(one.cpu for _, one in found)
            cpu = statistics.median(one.cpu for one, _ in found)
            note = f"{our.requests} requests, {our.sent:,} bytes, {cpu:.2f} s of CPU"
            yield Line(part, f"a whole collect against feedparser alone: {what}", cpu / parsed, note=note)
            if theirs := asked("reader", str(sites.port), str(SOURCES), kind).get("reader"):
                yield Line("peers", f"a whole collect against an update by reader: {what}", cpu / theirs)


if __name__ == "__main__":
    if sys.argv[1:] == ["sites"]:
        sites()
    else:
        from flows.prepare import prepare_prefect

        prepare_prefect(Path(tempfile.gettempdir()) / "vnjp-bench-prefect")
        for line in lines():
            print(line, flush=True)
