"""What search costs: ``python -m tests.bench.search DATA [ARTICLES]`` (default 100000).

Fills DATA with a synthetic warehouse where there is none, indexes it, and prints size, time of indexing, and time of
questions of rare and common words, warm, beside a scan of all texts for the same word.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from flows.ask.search import Wanted, search
from tests.bench.synthetic import fill
from warehouse.connect import Db, Warehouse
from warehouse.index import AT_ONCE, index
from warehouse.publish import publish

ROUNDS = 5
_SCAN = "select count(*) from base.articles where is_current and contains(lower(text), ?)"
_RANK = "select count(*) from base.ranked(?)"


def indexed(house: Warehouse) -> None:
    """Index what is not yet, and say what it took."""
    wall, processor = time.monotonic(), time.process_time()
    count, done = 0, AT_ONCE
    while done == AT_ONCE:
        with house.writer() as db:
            done = index(db)
        count += done
    wall, processor = time.monotonic() - wall, time.process_time() - processor
    if count:
        print(f"{count:,} articles indexed in {wall:.0f} s ({processor / count * 1e3:.2f} ms of a processor each)")


def megabytes(db: Db, table: str) -> float:
    """Give the size of a table's blocks, 256 KiB each."""
    sql = "select count(distinct block_id) from pragma_storage_info(?) where block_id >= 0"
    ((blocks,),) = db.execute(sql, [f"base.{table}"]).fetchall()
    return float(blocks) * (256 << 10) / 1e6


def words_of(db: Db) -> dict[str, str]:
    """Choose words by how many articles have them."""
    found = {}
    for name, share in (("common", 0.5), ("usual", 0.05), ("rare", 0.001)):
        sql = (
            "select term from base.search_terms where regexp_matches(term, '^[a-z]{4,}$') group by term "
            "order by abs(count(*) - ? * (select count(*) from base.search_texts)), term limit 1"
        )
        ((found[name],),) = db.execute(sql, [share]).fetchall()
    return found


def answered(db: Db, sql: str, words: str) -> object:
    """Ask to the end."""
    return db.execute(sql, [words]).fetchall()


def timed(work: Callable[[], object]) -> float:
    """Give the median of the seconds that it takes, warm."""
    spent = []
    for _ in range(ROUNDS + 1):
        begun = time.monotonic()
        work()
        spent.append(time.monotonic() - begun)
    return statistics.median(spent[1:])


def main(folder: Path, articles: int) -> None:
    """Measure."""
    house = Warehouse(folder)
    if not house.private.exists():
        fill(house, articles)
    indexed(house)
    publish(house)
    with house.reader() as db:
        words = words_of(db)
        ((texts, terms),) = db.execute(
            "select (select count(*) from base.search_texts), (select count(*) from base.search_terms)"
        ).fetchall()
        print(
            f"{texts:,} articles ({megabytes(db, 'articles'):,.0f} MB), {terms / texts:.0f} terms in each "
            f"({megabytes(db, 'search_terms'):,.0f} MB)"
        )
        for name, word in words.items():
            print(f"scan of all texts for a {name} word: {timed(partial(answered, db, _SCAN, word)):.3f} s")
        asked = {**words, "rare and common": f"{words['rare']} {words['common']}", "three": " ".join(words.values())}
        for name, question in asked.items():
            print(f"ranked, {name}: {timed(partial(answered, db, _RANK, question)):.3f} s")
    for name, question in asked.items():
        print(f"vnjp search, {name}: {timed(partial(search, house, Wanted(question))):.3f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100_000)
