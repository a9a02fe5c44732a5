"""`make bench`: what our steps cost, as ratios of CPU time to a floor measured side by side in the same run.

Absolute times are noise on a shared machine: ratios are printed, each pair run alternately and the median kept. The two
tables of judging print milliseconds beside a unit, or at two sizes of the same warehouse, to be read as ratios; the
last one holds seconds against the lines that are drawn for them.
"""

import io
import statistics
import tempfile
import time
from collections.abc import Callable
from itertools import chain
from pathlib import Path

from tests.bench import cost, growth, orchestration, scale, start, unchanged
from tests.conftest import SHARED

Work = Callable[[], object]
ROUNDS = 5


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


def main() -> None:
    """Print the table."""
    for measure in (feeds, extraction, judging):
        print(f"{measure():6.2f}  {measure.__doc__}", flush=True)
    for line in chain(start.lines(), orchestration.lines(SHARED / "data"), unchanged.lines()):
        print(line, flush=True)
    print("What judging costs, in CPU ms per 3,000 bytes of text:")
    cost.main([path for path in (SHARED / "data", SHARED / "baseline") if path.is_dir()])
    print("What judging costs when the warehouse grows:")
    growth.main(100_000)
    print(
        "What a warehouse costs by its size; `python -m tests.bench.scale 1000000` measures ten times as many articles:"
    )
    scale.main(100_000)


if __name__ == "__main__":
    from flows.prepare import prepare_prefect

    prepare_prefect(Path(tempfile.gettempdir()) / "vnjp-bench-prefect")
    main()
