"""What can be searched for: the terms of every current revision, brought up to date before each publish."""

from __future__ import annotations

import pyarrow as pa

from warehouse.attach import Db
from warehouse.rows import Row, replace, rows
from warehouse.statements import query, view

RULES = "terms-1"  #: of views/91_terms.sql and queries/index_terms.sql; other rules index everything anew
AT_ONCE = 500  # articles in one transaction: about 250,000 terms


def index(db: Db, most: int = AT_ONCE) -> int:
    """Index what is new, changed or cut into terms by other rules, and forget what is gone; give how many were read.

    It reads the oldest first, and at most so many: less than that, and nothing is left to do.
    """
    _remove(db, rows(db, "indexed_in_vain"))
    pending = rows(db, "unindexed", rules=RULES, most=most)
    if not pending:
        return 0
    _remove(db, [row for row in pending if row["number"] is not None])
    (last,) = rows(db, "last_indexed")
    first = last["number"] + 1
    db.register(
        "numbered",
        pa.table(
            {
                "id": pa.array([row["article_id"] for row in pending], pa.string()),
                "number": pa.array(range(first, first + len(pending)), pa.uint32()),
            }
        ),
    )
    db.execute(view("91_terms"))
    db.execute(query("index_terms"))
    db.execute(query("index_texts"), {"rules": RULES, "first": first})
    db.unregister("numbered")
    _order(db, last["number"], last["number"] + len(pending))
    return len(pending)


def _order(db: Db, before: int, after: int) -> None:
    """Put the terms of each full batch of numbers in one order, where they came in parts.

    A word is looked for in the rows of every part: of parts as small as an hour's, that would be most of the table.
    """
    span = {"since": before // AT_ONCE * AT_ONCE + 1, "until": after // AT_ONCE * AT_ONCE}
    if not span["since"] <= before < span["until"]:
        return
    db.register("batch", db.sql(query("terms_between"), params=span).to_arrow_table())
    db.execute(query("remove_terms_between"), span)
    db.execute(query("append").format(table="search_terms"))
    db.unregister("batch")


def _remove(db: Db, gone: list[Row]) -> None:
    if not gone:
        return
    db.register("gone", pa.table({"number": pa.array([row["number"] for row in gone], pa.uint32())}))
    db.execute(query("remove_terms"))
    db.unregister("gone")
    replace(db, "search_texts", [], of=[(row["article_id"],) for row in gone])
