"""What Prefect costs in a run of 129 sources and a thousand articles: `python -m tests.bench.orchestration [FOLDER]`.

The same collect twice, into two fresh warehouses: its steps as plain calls, and as task runs on the embedded server.
CPU of everything counts: ours, with the loopback sites, that of the children which extract, and that of Prefect's
server. Pages are those of FOLDER (../shared/data), else the sample's.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime
from itertools import cycle, islice
from pathlib import Path

from tests.bench.line import Line
from tests.bench.spent import cpu
from tests.conftest import SHARED
from tests.loopback import serve, speak
from tests.samples import NOW, source

SOURCES, EACH = 129, 8


def bodies(folder: Path) -> list[bytes]:
    """Give the pages that are served, in turn."""
    found = [path.read_bytes() for path in sorted(folder.rglob("*")) if ".html" in path.name]
    if not found:
        from tests.bench.__main__ import pages

        return [body for body, _ in pages()]
    return [gzip.decompress(one) if one[:2] == b"\x1f\x8b" else one for one in found]


def feed(number: int) -> bytes:
    """Write the feed of a source: its entries were published in the last hours."""
    entries = "".join(
        f"<item><title>Entry {n} of source {number}</title><link>http://s{number}.example/{n}</link>"
        f"<pubDate>{format_datetime(NOW - timedelta(hours=n), usegmt=True)}</pubDate></item>"
        for n in range(EACH)
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>T</title>{entries}</channel></rss>".encode()


def run(do, port: int, folder: Path, sources: int = SOURCES) -> int:
    """Collect once from so many sources into a fresh warehouse; give how many articles that made."""
    from flows.collect import collect_with
    from flows.job import Job
    from flows.settings import load
    from tasks.web import Manners

    hosts = {f"s{number}.example": ("127.0.0.1", port) for number in range(sources)}
    watched = tuple(source(source_id=f"s{n}", family=f"f{n}", url=f"http://s{n}.example/rss") for n in range(sources))
    counts = collect_with(
        Job(load(data=folder, pages=10_000), NOW, watched, Manners("bench@example.org", pretend=hosts)), do
    )
    return counts["articles"]


def lines(folder: Path) -> Iterator[Line]:
    """Measure, and give the overhead of the orchestration as a share of the whole."""
    from prefect import flow

    from flows.embedded import embedded
    from flows.steps import as_tasks, inline

    held = bodies(folder)
    with serve() as site, tempfile.TemporaryDirectory() as name:
        for number in range(SOURCES):
            site.routes[f"s{number}.example/rss"] = speak(feed(number), Content_Type="application/rss+xml")
            for n, page in enumerate(islice(cycle(held), number * EACH, (number + 1) * EACH)):
                site.routes[f"s{number}.example/{n}"] = speak(page, Content_Type="text/html")
        out = Path(name)
        run(inline, site.port, out / "warm")  # imports and lexicon are read, children started
        spent, articles = dict[str, float](), 0
        with embedded(out / "prefect"):
            flow(name="warm")(lambda: None)()
            for what, work in (
                ("plain", lambda: run(inline, site.port, out / "plain")),
                ("tasks", flow(name="collect")(lambda: run(as_tasks, site.port, out / "tasks"))),
                ("empty", flow(name="empty")(lambda: 0)),
            ):
                before = cpu()
                articles = work() or articles
                spent[what] = cpu() - before
    over = (spent["tasks"] - spent["plain"]) / spent["plain"] * 100
    note = f"{spent['plain']:.1f} s without, {spent['tasks']:.1f} s with it, {SOURCES} sources, {articles:,} articles"
    yield Line("orchestration", "of the CPU is Prefect's, its server's included", over, "%", most=5, note=note)


if __name__ == "__main__":
    from flows.prepare import prepare_prefect

    prepare_prefect(Path(tempfile.gettempdir()) / "vnjp-bench-prefect")
    for line in lines(Path(sys.argv[1]) if sys.argv[1:] else SHARED / "data"):
        print(line, flush=True)
