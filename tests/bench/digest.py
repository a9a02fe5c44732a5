"""What an issue costs from a full warehouse: ``python -m tests.bench.digest [ARTICLES]`` (default 100000).

The first days of the last whole week of the synthetic warehouse that tell fifty stories: read, composed, rendered in
one language as mail, text and browser edition. The floor is one bare query for all columns of the same articles and
judgements.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from flows.composing import labels
from flows.dossiers import dossiers_of, themes
from flows.settings import load
from tasks.compose import Layout, compose
from tasks.render import render
from tasks.weeks import week_of
from tests.bench import synthetic
from warehouse.connect import Db, Warehouse
from warehouse.issue import Week
from warehouse.told import background, history, source_weeks, told

STORIES = 50
ROUNDS = 5
_FLOOR = """
    select * from base.articles join base.judgements using (article_id, revision)
    where article_id in (select unnest($ids::text[]))
"""


def seconds(work: Callable[[], object]) -> float:
    """Give the median of the CPU seconds that some work takes, those of DuckDB's threads included."""
    found = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return statistics.median(found)


def read(db: Db, week: Week, folder: Path) -> tuple[Any, ...]:
    """Read what composing takes in, as the digest flow does; of the stories the first fifty."""
    stories, sources, (*before, counts) = told(db, week), source_weeks(db, week), history(db, week)
    behind = background(db, week, dossiers_of(load(data=folder)), themes())
    return week, stories[:STORIES], sources, counts, before, Layout(), labels(), behind


def main(articles: int) -> None:
    """Fill a warehouse, and print a line for reading, composing, rendering and their floors."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        house = Warehouse(folder)
        synthetic.fill(house, articles)
        with house.writer() as db:
            measure(db, folder)


def parts(db: Db, folder: Path) -> tuple[dict[str, float], float]:
    """Measure on an open warehouse: CPU seconds of each part, and of the floor."""
    db.execute("delete from base.issues")  # synthetic ones have no content, and composing reads the last
    newest = db.execute("select max(first_seen) from base.articles").fetchone()
    assert newest
    whole = week_of(newest[0] - timedelta(days=7), "Asia/Ho_Chi_Minh")
    parts_of_it = (replace(whole, end=whole.start + timedelta(hours=6 * number)) for number in range(1, 29))
    week = next(one for one in parts_of_it if len(told(db, one)) >= STORIES)
    taken = read(db, week, folder)
    issue = compose(*taken)
    assert len(issue.entries) == STORIES
    ids = [one.article_id for story in taken[1] for one in story.articles]
    spent = {
        "reading": seconds(lambda: read(db, week, folder)),
        "composing": seconds(lambda: compose(*taken)),
        "rendering": seconds(lambda: render(issue, "en")),
    }
    return spent, seconds(lambda: db.execute(_FLOOR, {"ids": ids}).fetchall())


def measure(db: Db, folder: Path) -> None:
    """Print what was measured on an open warehouse."""
    found, floor = parts(db, folder)
    spent = sum(found.values())
    each = ", ".join(f"{part} {took:.3f}" for part, took in found.items())
    what = f"an issue of {STORIES} stories against one bare query for its rows"
    print(f"{spent / floor:6.2f}  {what} ({spent:.3f} s of CPU: {each})", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
