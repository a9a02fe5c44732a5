"""What a warehouse file must hold at least, kept in a small file beside it.

DuckDB opens a file whose log was cut or changed without a word, with fewer rows. So every transaction is counted in the
file (base.commits) and, once it is on disk, here: a file that counts fewer has lost some. One that counts more was
killed between the two, and has lost nothing. Rows are counted at the end of each run, and hashed for a backup.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

import duckdb

from warehouse.attach import Db
from warehouse.errors import WarehouseError
from warehouse.statements import query


@dataclass(frozen=True, slots=True)
class Sums:
    """How much a file holds."""

    schema: int
    commits: int  #: transactions ever; 0 where the schema does not count them yet
    counted: int = 0  #: of them when the rows were counted
    rows: Mapping[str, int] = field(default_factory=dict)  #: by table of base
    hashes: Mapping[str, str] = field(default_factory=dict)  #: the same whatever the order of the rows
    engine: str = duckdb.__version__  #: hashes of two versions may differ


def read(path: Path) -> Sums | None:
    """Read what was kept; None where nothing was."""
    try:
        return Sums(**json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as error:
        raise WarehouseError(
            f"{path} cannot be read ({error}), so nobody can say whether its warehouse is whole. "
            "`vnjp doctor` looks at it; once you move that file away, it is made anew."
        ) from error


def keep(path: Path, sums: Sums) -> None:
    """Write them, whole or not at all, on disk before this returns."""
    draft = path.with_name(f".{path.name}.draft")
    with draft.open("w", encoding="utf-8") as file:
        json.dump(asdict(sums), file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def commits(db: Db) -> int:
    """Give how many transactions a file counts."""
    try:
        ((count,),) = db.execute(query("commits")).fetchall()
    except duckdb.CatalogException:  # asking first whether the table is there would take longer than all else
        return 0
    return int(count)


def tables(db: Db) -> list[str]:
    """Name the tables that hold what we know."""
    return [name for (name,) in db.execute(query("table_names")).fetchall()]


def tables_has(db: Db, table: str) -> bool:
    """Say whether a file has a table: one of an older schema may not."""
    return table in tables(db)


def count(db: Db, schema: int) -> Sums:
    """Count the rows of every table: DuckDB knows them without reading."""
    found = {name: _rows(db, name) for name in tables(db)}
    total = commits(db)
    return Sums(schema, total, total, found)


def hashed(db: Db, schema: int) -> Sums:
    """Count and hash the rows of every table: that reads all of the file, so damage anywhere in it raises here."""
    found = {name: db.execute(query("hash_all").format(table=name)).fetchall()[0] for name in tables(db)}
    total = commits(db)
    rows, hashes = ({name: pair[at] for name, pair in found.items()} for at in (0, 1))
    return Sums(schema, total, total, rows, hashes)


def _rows(db: Db, table: str) -> int:
    ((found,),) = db.execute(query("count_all").format(table=table)).fetchall()
    return int(found)


def fault(found: Sums, kept: Sums) -> str:
    """Say what a file lacks of what was kept of it; "" where it lacks nothing."""
    if found.commits < kept.commits:
        return f"it holds {found.commits:,} of the {kept.commits:,} transactions that were recorded"
    if found.commits != kept.counted:
        return ""  # rows were written since they were counted
    for table, rows in kept.rows.items():
        if found.rows and found.rows.get(table) != rows:
            return f"its table {table} holds {found.rows.get(table, 0):,} rows where {rows:,} were counted"
    for table, value in kept.hashes.items() if found.engine == kept.engine else ():
        if found.hashes and found.hashes.get(table) != value:
            return f"rows of its table {table} are not those that were counted"
    return ""
