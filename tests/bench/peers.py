"""What others need for the same work: a program for an environment of their own, which knows nothing of ours.

`python tests/bench/peers.py extract FOLDER`, `... plain PORT SOURCES` or `... reader PORT SOURCES` prints JSON: CPU
seconds by name. `make bench` keeps that environment in .bench/peers; what does not install is left out.
"""

from __future__ import annotations

import gzip
import importlib
import json
import logging
import socket
import sqlite3
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROUNDS = 3


def pages(folder: Path) -> list[bytes]:
    """Read the recorded pages."""
    found = [path.read_bytes() for path in sorted(folder.rglob("*")) if ".html" in path.name]
    return [gzip.decompress(one) if one[:2] == b"\x1f\x8b" else one for one in found]


def _trafilatura(library: Any, body: bytes) -> object:
    return library.extract(body, favor_precision=True, include_comments=False)


def _newspaper(library: Any, body: bytes) -> object:
    article = library.Article("http://one.example/1")
    article.download(input_html=body.decode("utf-8", "replace"))
    return article.parse()


def _news_please(library: Any, body: bytes) -> object:
    return library.NewsPlease.from_html(body.decode("utf-8", "replace"), url="http://one.example/1", fetch_images=False)


PEERS: dict[str, tuple[str, Callable[[Any, bytes], object]]] = {
    "trafilatura": ("trafilatura", _trafilatura),
    "newspaper4k": ("newspaper", _newspaper),
    "news-please": ("newsplease", _news_please),
}


def extract(folder: Path) -> dict[str, float]:
    """Extract every page with every peer that is there; some would look for more on the network, which there is not."""
    socket.getaddrinfo = _refuse  # type: ignore[assignment] # it gives nothing
    held, found = pages(folder), {}
    for name, (module, work) in PEERS.items():
        try:
            library = importlib.import_module(module)
        except ImportError:
            continue
        _all(work, library, held[:3])
        start = time.process_time()
        _all(work, library, held)
        found[name] = time.process_time() - start
    return found


def _refuse(*_: object, **__: object) -> None:
    raise OSError("no network here")


def _all(work: Callable[[Any, bytes], object], library: Any, held: list[bytes]) -> None:
    for body in held:
        try:
            work(library, body)
        except Exception:  # noqa: BLE001, S112 - what a library makes of a page is its own affair
            continue


def plain(port: int, sources: int) -> dict[str, float]:
    """Do what a short script does: feedparser, requests, trafilatura and sqlite3, one after the other."""
    import feedparser
    import requests
    import trafilatura

    start = time.process_time()
    session = requests.Session()
    session.proxies = {"http": f"http://127.0.0.1:{port}"}
    db = sqlite3.connect(":memory:")
    db.execute("create table articles (url text primary key, title text, text text)")
    for number in range(sources):
        feed = feedparser.parse(session.get(f"http://s{number}.example/rss", timeout=30).content)
        for entry in feed.entries:
            page = session.get(entry.link, timeout=30)
            text = trafilatura.extract(page.content, favor_precision=True, include_comments=False)
            db.execute("insert or ignore into articles values (?, ?, ?)", (entry.link, entry.title, text))
        db.commit()
    return {"plain": time.process_time() - start}


def reader(port: int, sources: int, kind: str) -> dict[str, float]:
    """Update feeds that have nothing new by the `reader` library; {} where it is not there."""
    try:
        held = importlib.import_module("reader").make_reader(":memory:")
        for number in range(sources):
            held.add_feed(f"http://127.0.0.1:{port}/{kind}/{number}")
        held.update_feeds(scheduled=False)  # where it imports its parser
    except ImportError:
        return {}
    start = time.process_time()
    for _ in range(ROUNDS):
        held.update_feeds(scheduled=False, workers=10)
    return {"reader": (time.process_time() - start) / ROUNDS}


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    _, what, *given = sys.argv
    if what == "extract":
        said = extract(Path(given[0]))
    elif what == "plain":
        said = plain(int(given[0]), int(given[1]))
    else:
        said = reader(int(given[0]), int(given[1]), given[2])
    print(json.dumps(said))
