"""Open one DuckDB file with the options that every file of ours has."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import duckdb

Db = duckdb.DuckDBPyConnection

# Every close rewrites the last row group, bodies included; 8192 rows keep that small, if given at every ATTACH.
OPTIONS = "STORAGE_VERSION 'v1.5.0', ROW_GROUP_SIZE 8192"


def attach(path: Path, *, read_only: bool) -> Db:
    """Open a file as the database `news` and use it; UTC, and no extension from anywhere."""
    db = duckdb.connect(config={"autoload_known_extensions": "false", "autoinstall_known_extensions": "false"})
    try:
        beside(db, path, "news", read_only=read_only)
        db.execute("USE news")
        db.execute("SET TimeZone = 'UTC'")
    except BaseException:
        db.close()
        raise
    return db


@contextlib.contextmanager
def attached(path: Path, *, read_only: bool) -> Iterator[Db]:
    """Open a file as `attach` does, and close it after use."""
    db = attach(path, read_only=read_only)
    try:
        yield db
    finally:
        db.close()


def beside(db: Db, path: Path, name: str, *, read_only: bool) -> None:
    """Open one more file in a connection, as the database `name`."""
    quoted = str(path).replace("'", "''")
    db.execute(f"ATTACH '{quoted}' AS {name} ({'READ_ONLY' if read_only else OPTIONS})")


def logs(path: Path) -> list[Path]:
    """Give the logs that lie beside a file: what a killed writer committed may stand only there."""
    return sorted(path.parent.glob(f"{path.name}.*wal*"))
