"""What a data folder grows by: ``python -m tests.bench.disk DEMO [--pages DIR] [--articles N]`` (default 10000).

DEMO is the folder of a demo (``vnjp demo --out DEMO``): its archive, its issues and its Prefect database are measured.
DIR holds real pages, raw or gzipped: their records are as large as the archive makes them. The warehouse is a synthetic
one, since the demo's is too small to tell. Prints the constants of flows/disk/measured.py, as they were measured.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows.tidy import tidy
from tests.bench import synthetic
from tests.samples import NOW
from warehouse import write
from warehouse.archive import Archive, Kept
from warehouse.connect import Warehouse
from warehouse.publish import publish
from warehouse.records import Fetch

_HOURS, _SOURCES = 240, 177
_HERE = Path(__file__).parent
_FAR = datetime(2999, 1, 1, tzinfo=UTC)


def warehouse(folder: Path, articles: int) -> dict[str, float]:
    """Give bytes per article, searchable and without attempts, and per attempt as collects add them."""
    house, other = Warehouse(folder / "filled"), Warehouse(folder / "asked")
    with other.writer():
        pass
    empty = other.private.stat().st_size
    for hour in range(_HOURS):
        with other.writer() as db:
            write.fetched(db, [_attempt(hour, number) for number in range(_SOURCES)], [], [])
    attempt = (other.private.stat().st_size - empty) / (_HOURS * _SOURCES)
    synthetic.fill(house, articles)
    publish(house)
    with house.writer() as db:
        ((attempts,),) = db.execute("select count(*) from base.fetches").fetchall()
    return {
        "EMPTY": empty,
        "ATTEMPT": attempt,
        "ARTICLE": (house.private.stat().st_size - empty - attempts * attempt) / articles,
        "SNAPSHOT": house.snapshot.stat().st_size / house.private.stat().st_size,
    }


def _attempt(hour: int, number: int) -> Fetch:
    at, key, url = (
        NOW + timedelta(hours=hour),
        f"{hour * _SOURCES + number:032x}",
        f"http://source-{number:03}.example/rss",
    )
    made = Fetch(key, f"{hour:032x}", url[7:17], url, url, at, "unchanged", 304, "", 0, 400 + number, 0, 0)
    return replace(made, outcome="ok", status=200, bytes=20_000, entries=20) if (hour + number) % 3 == 0 else made


def archive(demo: Path, pages: Path | None, folder: Path) -> dict[str, float]:
    """Give bytes of a page and of a feed in the archive: of the demo's, and of real pages where there are any."""
    sizes: dict[str, list[int]] = {"page": [], "feed": []}
    held = Archive(demo / "archive")
    for file in held.files():
        at, end = 0, (demo / "archive" / file).stat().st_size
        places = []
        while at < end:
            places.append((at, held.read(file, at).kind))
            at = _next(held, file, at)
        for (start, kind), (stop, _) in zip(places, [*places[1:], (end, "")], strict=True):
            sizes[kind].append(stop - start)
    found = {"FEED": _length([_feed()], folder)}
    found |= {f"demo's {kind}": sum(many) / len(many) for kind, many in sizes.items() if many}
    if pages:
        real = [path for path in sorted(pages.rglob("*")) if path.is_file() and path.stat().st_size > 2000]
        bodies = [gzip.decompress(one.read_bytes()) if one.suffix == ".gz" else one.read_bytes() for one in real]
        found["PAGE"] = _length(bodies, folder)
    return found


def _length(bodies: list[bytes], folder: Path) -> float:
    """Give what each of some bodies takes in an archive."""
    kept = [Kept("page", "http://a.example/1", NOW, 200, "text/html", body) for body in bodies]
    return Archive(folder / f"of {len(bodies)}").append("2025-W18", kept, 0).length / len(kept)


def _feed() -> bytes:
    """Make a feed of sixty entries with summaries, of the labelled articles."""
    lines = (_HERE.parent / "gold" / "articles.jsonl").read_text(encoding="utf-8").splitlines()[:60]
    told = [json.loads(line) for line in lines]
    items = (
        f"<item><title>{one['title']}</title><link>http://a.example/{one['id']}</link><guid>http://a.example/{one['id']}</guid>"
        f"<description>{one['text'][:250]}</description><pubDate>Mon, 28 Apr 2025 05:00:00 +0700</pubDate></item>"
        for one in told
    )
    return f"<rss version='2.0'><channel>{''.join(items)}</channel></rss>".encode()


def _next(held: Archive, file: str, at: int) -> int:
    from warehouse.archive import _end

    with (held.folder / file).open("rb") as stream:
        return _end(stream, at)


def issues(demo: Path) -> dict[str, float]:
    """Give bytes of the files of an issue, in one language."""
    weeks = {path.name[:8] for path in (demo / "issues").glob("????-W??.html")}
    files = [path for week in weeks for path in (demo / "issues").glob(f"{week}*")]
    return {"ISSUE": sum(path.stat().st_size for path in files) / len(weeks) / 3}


def prefect(demo: Path, folder: Path) -> dict[str, float]:
    """Give bytes of Prefect's database: empty, for a flow run of the demo with its tasks, and for its events."""
    home = folder / "home"
    home.mkdir()
    with closing(sqlite3.connect(demo / "prefect" / "prefect.db")) as db:
        ((runs, tasks),) = db.execute("select (select count(*) from flow_run), (select count(*) from task_run)")

    def size(statement: str = "") -> int:
        shutil.copyfile(demo / "prefect" / "prefect.db", home / "prefect.db")
        with closing(sqlite3.connect(home / "prefect.db", isolation_level=None)) as db:
            for one in filter(None, statement.split(";")):
                db.execute(one)
            db.execute("VACUUM")
        return (home / "prefect.db").stat().st_size

    whole, quiet = size(), size("delete from events; delete from event_resources")
    tidy(home, 14, _FAR)
    with closing(sqlite3.connect(home / "prefect.db")) as db:
        db.execute("VACUUM")
    empty = (home / "prefect.db").stat().st_size
    return {
        "PREFECT": empty,
        "FLOW_RUN": (quiet - empty) / runs,
        "EVENTS": (whole - quiet) / runs,
        "tasks of a flow run": tasks / runs,
    }


def main(demo: Path, pages: Path | None, articles: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as own:
        folder = Path(own)
        found = archive(demo, pages, folder) | issues(demo) | prefect(demo, folder) | warehouse(folder, articles)
    for name, value in found.items():
        print(f"{name:22}{value:14,.1f}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("demo", type=Path)
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--articles", type=int, default=10_000)
    given = parser.parse_args()
    main(given.demo, given.pages, given.articles)
