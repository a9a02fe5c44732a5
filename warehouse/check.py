"""Data checks: each file of checks/ asks for the rows that are wrong, and none is right."""

from __future__ import annotations

from warehouse.connect import Db
from warehouse.rows import Row
from warehouse.statements import checks


def wrong_rows(db: Db) -> dict[str, list[Row]]:
    """Run every check; give the wrong rows of those that found any, by the check's name."""
    found = {name: db.sql(sql).to_arrow_table().to_pylist() for name, sql in checks()}
    return {name: wrong for name, wrong in found.items() if wrong}
