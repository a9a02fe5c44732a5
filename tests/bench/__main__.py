"""`make bench`: what our steps and the whole cost, as ratios of CPU time to a floor measured in the same run.

Absolute times are noise on a shared machine: ratios are printed, each pair run alternately and the median taken; then
all of them are kept in .bench/bench.json and docs/bench.md. `python -m tests.bench.cost`, `.growth` and `.scale` have
tables of their own: what judging costs, part by part, and what it and the whole warehouse cost when that grows.
"""

import io
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from tests.bench import orchestration, report, start, unchanged, whole
from tests.bench.line import Line
from tests.conftest import SHARED

Work = Callable[[], object]
ROUNDS = 5
PARTS = ("the whole run", "growth", "steps", "start", "orchestration", "nothing new", "arithmetic", "peers", "itself")


def ratio(ours: Work, floor: Work) -> float:
    """Run both in turn and give the median of the ratios of their CPU seconds."""
    ours(), floor()
    found = []
    for _ in range(ROUNDS):
        spent = [_cpu(work) for work in (ours, floor)]
        found.append(spent[0] / spent[1])
    return statistics.median(found)


def _cpu(work: Work) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def feeds() -> float:
    """Parse a feed of 60 entries: ours against feedparser with its flags off."""
    import feedparser

    from tasks.parse import parse

    entry = (
        "<item><title>Entry {0}</title><link>http://a.example/{0}</link><guid>g{0}</guid><description>{1}</description>"
    )
    items = "".join(
        entry.format(number, "A summary of some words. " * 12)
        + "<pubDate>Mon, 28 Apr 2025 07:00:00 +0700</pubDate></item>"
        for number in range(60)
    )
    body = f"<?xml version='1.0'?><rss version='2.0'><channel><title>T</title>{items}</channel></rss>".encode()
    return ratio(
        lambda: parse(body, "http://a.example/rss", "text/xml", "UTC"),
        lambda: feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False),
    )


def pages() -> list[tuple[bytes, str]]:
    """Give the sample's pages at the end of its weeks."""
    from flows.sample import ENDS, load
    from flows.sample.answers import answer
    from tasks.urls import host

    sample = load()
    found = []
    for article in sample.articles:
        reply = answer(sample, ENDS, host(article.url), article.url.split(".example", 1)[1], {})
        if reply.status == 200:
            found.append((reply.body, article.url))
    return found[:60]


def extraction() -> float:
    """Extract the sample's pages: ours against trafilatura alone with the same options."""
    import trafilatura

    from tasks.extract import extract

    held = pages()
    return ratio(
        lambda: [extract(body, url) for body, url in held],
        lambda: [trafilatura.extract(body, favor_precision=True, include_comments=False) for body, _ in held],
    )


def judging() -> float:
    """Judge the sample's articles: ours against extracting their pages."""
    from flows.solve import lexicon
    from tasks.extract import extract
    from tasks.tag import tag
    from tests.samples import article

    held = pages()
    articles = [article(title=one.title, text=one.text) for one in (extract(body, url) for body, url in held)]
    return ratio(
        lambda: [tag(one, lexicon()) for one in articles],
        lambda: [extract(body, url) for body, url in held],
    )


def screening(folder: Path) -> float:
    """Read real pages of which one in ten names both countries: extracting all of them against looking first."""
    from flows.reading import SCREENED, read_page

    def read(page: bytes, beside: str | None) -> bool:
        return read_page(page, "http://one.example/1", "text/html", "UTC", beside) != SCREENED

    held = orchestration.bodies(folder)
    both = [page for page in held if read(page, "")]
    others = [page for page in held if not read(page, "")][: 9 * len(both)]
    mixed = [*both, *others]
    return ratio(lambda: [read(page, None) for page in mixed], lambda: [read(page, "") for page in mixed])


def steps(folder: Path) -> Iterator[Line]:
    """Measure steps beside what they cannot do without."""
    yield Line("steps", "parsing a feed of 60 entries against feedparser", feeds())
    yield Line("steps", "extracting against trafilatura alone, the sample's pages", extraction())
    yield Line("steps", "judging against extracting, the sample's articles", judging())
    yield Line(
        "steps", "extracting all against looking first, one page in ten of both countries", screening(folder), least=5
    )


def main() -> None:
    """Print every figure as it is there, then keep all of them."""
    data = SHARED / "data"
    begun, found = time.monotonic(), []
    for line in chain(
        steps(data),
        start.lines(),
        orchestration.lines(data),
        unchanged.lines(),
        whole.lines(data),
        whole.against_peers(data),
    ):
        print(line, flush=True)
        found.append(line)
    found.append(Line("itself", "seconds that this took by the clock", time.monotonic() - begun, "s", most=600))
    print(found[-1], flush=True)
    report.keep(sorted(found, key=lambda line: PARTS.index(line.part)), datetime.now(UTC).date())


if __name__ == "__main__":
    from flows.prepare import prepare_prefect

    prepare_prefect(Path(tempfile.gettempdir()) / "vnjp-bench-prefect")
    main()
