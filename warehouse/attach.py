"""Open one DuckDB file with the options that every file of ours has."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

import duckdb

Db = duckdb.DuckDBPyConnection

# Every close rewrites the last row group, bodies included; 8192 rows keep that small, if given at every ATTACH.
OPTIONS = "STORAGE_VERSION 'v1.5.0', ROW_GROUP_SIZE 8192"
# No extension from anywhere, and no Python variable in the place of a table that is not there.
_OFF = ("autoload_known_extensions", "autoinstall_known_extensions", "python_enable_replacements")


def attach(path: Path, *, read_only: bool) -> Db:
    """Open a file as the database `news` and use it; all times are UTC."""
    db = _engine()
    try:
        _use(db, path, read_only=read_only)
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


class Engine:
    """DuckDB, started once for many openings of the file that one process at a time may write.

    To start and end it takes as long as to open the file or a small transaction; and an hourly run is made of those.
    """

    def __init__(self) -> None:
        self._idle: Db | None = None
        self._taken = threading.Lock()

    @contextlib.contextmanager
    def opened(self, path: Path) -> Iterator[Db]:
        """Open a file for writing as `attached` does; where that or its use fails, the next one begins anew."""
        if not self._taken.acquire(blocking=False):  # with another file, by who works on two
            with attached(path, read_only=False) as db:
                yield db
            return
        try:
            with self._lent() as engine, engine.cursor() as db:
                _use(db, path, read_only=False)
                yield db
                db.execute("USE memory")
                db.execute("DETACH news")
        finally:
            self._taken.release()

    @contextlib.contextmanager
    def _lent(self) -> Iterator[Db]:
        engine, self._idle = self._idle or _engine(), None
        try:
            yield engine
        except BaseException:
            engine.close()
            raise
        self._idle = engine


def _engine() -> Db:
    return duckdb.connect(config=dict.fromkeys(_OFF, "false"))


def _use(db: Db, path: Path, *, read_only: bool) -> None:
    beside(db, path, "news", read_only=read_only)
    db.execute("USE news")
    db.execute("SET TimeZone = 'UTC'")


def beside(db: Db, path: Path, name: str, *, read_only: bool) -> None:
    """Open one more file in a connection, as the database `name`."""
    quoted = str(path).replace("'", "''")
    db.execute(f"ATTACH '{quoted}' AS {name} ({'READ_ONLY' if read_only else OPTIONS})")


def logs(path: Path) -> list[Path]:
    """Give the logs that lie beside a file: what a killed writer committed may stand only there."""
    return sorted(path.parent.glob(f"{path.name}.*wal*"))
