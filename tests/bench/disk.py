"""What a data folder grows by: ``python -m tests.bench.disk DEMO [--pages DIR] [--articles N]`` (default 10000).

DEMO is the folder of a demo (``vnjp demo --out DEMO``): its archive, its issues and its Prefect database are measured.
DIR holds real pages, raw or gzipped: their records are as large as the archive makes them. The warehouse is a synthetic
one, since the demo's is too small to tell. Prints the constants of flows/disk/measured.py, as they were measured.
"""

from __future__ import annotations

import argparse
import gzip
import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows.tidy import tidy
from tests.bench import synthetic
from tests.samples import NOW
from warehouse.archive import Archive, Kept
from warehouse.connect import Warehouse
from warehouse.publish import publish
from warehouse.records import Fetch
from warehouse import write
from warehouse.rows import rows

_HOURS, _SOURCES = 240, 177
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
    at, url = NOW + timedelta(hours=hour), f"http://source-{number:03}.example/rss"
    key = f"{hour * _SOURCES + number:032x}"
    outcome, status = ("ok", 200) if (hour + number) % 3 == 0 else ("unchanged", 304)
    return Fetch(key, f"{hour:032x}", f"source-{number:03}", url, url, at, outcome, status, "", 20_000, 400 + number, 20, 1)


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
    found = {f"demo's {kind}": sum(many) / len(many) for kind, many in sizes.items() if many}
    if pages:
        real = [path for path in sorted(pages.rglob("*")) if path.is_file() and path.stat().st_size > 2000]
        bodies = [gzip.decompress(one.read_bytes()) if one.suffix == ".gz" else one.read_bytes() for one in real]
        kept = [Kept("page", "http://a.example/1", NOW, 200, "text/html", body) for body in bodies]
        found["PAGE"] = Archive(folder / "real").append("2025-W18", kept, 0).length / len(kept)
    return found


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
    """Give bytes of Prefect's database: empty, for a flow run of the demo with its tasks, and of a week's events of it."""
    home = folder / "home"
    home.mkdir()
    with closing(sqlite3.connect(demo / "prefect" / "prefect.db")) as db:
        (runs,), (tasks,) = (db.execute(f"select count(*) from {one}").fetchone() for one in ("flow_run", "task_run"))

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
