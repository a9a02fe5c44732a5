"""Where a word is left behind: in any file of a folder, packed or not, and in any cell of its databases."""

from __future__ import annotations

import gzip
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import duckdb


def leaks(folder: Path, word: str) -> list[str]:
    """Name each file, and each table of a database, that holds the word."""
    found = []
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        for where, held in _contents(path):
            if word.encode() in held:
                found.append(f"{path.relative_to(folder)}{where}")
    return sorted(set(found))


def _contents(path: Path) -> Iterator[tuple[str, bytes]]:
    held = path.read_bytes()
    yield "", held
    with suppress(OSError, EOFError, zlib.error):
        yield " unpacked", gzip.decompress(held)
    if held.startswith(b"SQLite format 3"):
        yield from _sqlite(path)
    elif path.suffix == ".duckdb":
        yield from _duckdb(path)


def _sqlite(path: Path) -> Iterator[tuple[str, bytes]]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        for (table,) in db.execute("select name from sqlite_master where type = 'table'").fetchall():
            for row in db.execute(f'select * from "{table}"'):  # noqa: S608 - the database's own names
                yield f" table {table}", repr(row).encode()


def _duckdb(path: Path) -> Iterator[tuple[str, bytes]]:
    """Read each cell: the file itself is packed."""
    with duckdb.connect(str(path), read_only=True) as db:
        tables = db.execute("select schema_name, table_name from duckdb_tables()").fetchall()
        for schema, table in tables:
            for row in db.execute(f'from "{schema}"."{table}"').fetchall():
                yield f" table {schema}.{table}", repr(row).encode()
