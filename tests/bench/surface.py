"""What the public views cost: ``python -m tests.bench.surface [ARTICLES]`` (default 100000), or a data folder.

Each view is asked for all its rows and columns by EXPLAIN ANALYZE on a synthetic warehouse, published. Seconds are
those of the best of five runs; joins named are those that compare every row with every row.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.bench.synthetic import fill
from warehouse.attach import Db
from warehouse.connect import Warehouse
from warehouse.publish import publish
from warehouse.statements import query

#: operators that compare all rows of one side with all rows of the other
EVERY_WITH_EVERY = ("CROSS_PRODUCT", "NESTED_LOOP_JOIN", "BLOCKWISE_NL_JOIN")
_ROUNDS = 5
_MOST = 1.0  # seconds: of CPU, since other work on the machine does not count in them


def names(db: Db) -> list[str]:
    """List the public views."""
    return [name for name, _ in db.execute(query("public_views")).fetchall()]


def joins(db: Db, view: str) -> set[str]:
    """Name the operators of a view's plan that compare everything with everything."""
    plan = db.execute(f"explain (format json) from main.{view}").fetchall()[-1][1]
    return {one for one in EVERY_WITH_EVERY if f'"{one}' in plan}


def timed(db: Db, view: str) -> tuple[float, float, int]:
    """Give the seconds by the clock and of CPU that all rows of a view take at best, and how many rows they are."""
    clock, used = [], []
    for _ in range(_ROUNDS):
        starts = time.perf_counter(), time.process_time()
        db.execute(f"explain analyze from main.{view}").fetchall()
        clock.append(time.perf_counter() - starts[0])
        used.append(time.process_time() - starts[1])
    ((rows,),) = db.sql(f"from main.{view}").count("*").fetchall()
    return min(clock), min(used), int(rows)


def main(given: str) -> int:
    """Print a line a view, the slowest first; give 1 where one takes a second of CPU or compares all with all."""
    with tempfile.TemporaryDirectory() as folder:
        house = Warehouse(Path(folder if given.isdigit() else given))
        if given.isdigit():
            fill(house, int(given))
            publish(house)
        with house.reader() as db:
            found = [(*timed(db, view), view, joins(db, view)) for view in names(db)]
    for clock, used, rows, view, slow in sorted(found, reverse=True):
        print(f"{clock:6.2f} s  {used:6.2f} s CPU  {rows:9} rows  {view}  {' '.join(sorted(slow))}")
    return int(any(used >= _MOST or slow for _, used, _, _, slow in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "100000"))
