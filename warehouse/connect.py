"""Open the warehouse: one writer on a private file, any number of readers on the published snapshot.

Why two files: DuckDB lets one process write or many read, so one idle SQL tool would stop every run
(https://duckdb.org/docs/stable/connect/concurrency, duckdb/duckdb#1119).
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.errors import WarehouseError
from warehouse.statements import migrations, query
from warehouse.troubles import said

Db = duckdb.DuckDBPyConnection

# Every close rewrites the last row group, bodies included; 8192 rows keep that small, if given at every ATTACH.
_OPTIONS = "STORAGE_VERSION 'v1.5.0', ROW_GROUP_SIZE 8192"
_PATIENCE = 120.0  # seconds that a writer waits for another


@dataclass(frozen=True, slots=True)
class Warehouse:
    """The files of one data folder."""

    folder: Path

    @property
    def private(self) -> Path:
        """The writer's file: nobody else opens it."""
        return self.folder / "private" / "warehouse.duckdb"

    @property
    def snapshot(self) -> Path:
        """The read-only copy for everybody's SQL."""
        return self.folder / "vnjp.duckdb"

    @property
    def archive(self) -> Path:
        """Raw pages and feeds."""
        return self.folder / "archive"

    @contextlib.contextmanager
    def lock(self, name: str = "writer", patience: float = _PATIENCE) -> Iterator[None]:
        """Hold a lock of this data folder; raise WarehouseError when another keeps it for `patience` seconds."""
        path = self.private.parent / f"{name}.lock"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise WarehouseError(
                f"The data folder {self.folder} cannot be written ({error.strerror}). Choose another with VNJP_DATA."
            ) from error
        try:
            _wait(handle, path, patience)
            os.truncate(handle, 0)
            os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
            yield
        finally:
            os.close(handle)

    @contextlib.contextmanager
    def writer(self) -> Iterator[Db]:
        """Open the private file for one short piece of work, in one transaction; migrate it first where it is older."""
        with self.lock(), said(self.private):
            db = attach(self.private, read_only=False)
            try:
                _migrate(db, self.private)
                db.execute("BEGIN")
                yield db
                db.execute("COMMIT")
            finally:
                db.close()

    @contextlib.contextmanager
    def reader(self) -> Iterator[Db]:
        """Open the published snapshot read-only."""
        if not self.snapshot.exists():
            raise WarehouseError(
                f"There is no warehouse at {self.snapshot}. Run `vnjp collect` or `vnjp demo` first, or set VNJP_DATA."
            )
        with said(self.snapshot):
            db = attach(self.snapshot, read_only=True)
            try:
                yield db
            finally:
                db.close()


def _wait(handle: int, path: Path, patience: float) -> None:
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                holder = path.read_text().strip() or "unknown"
                raise WarehouseError(
                    f"Another run (process {holder}) is at work on {path.parent.parent}. Wait for it, or end it."
                ) from None
            time.sleep(0.05)
        else:
            return


def attach(path: Path, *, read_only: bool) -> Db:
    """Open a file as the database `news` and use it; UTC, and no extension from anywhere."""
    db = duckdb.connect(config={"autoload_known_extensions": "false", "autoinstall_known_extensions": "false"})
    options = "READ_ONLY" if read_only else _OPTIONS
    quoted = str(path).replace("'", "''")
    try:
        db.execute(f"ATTACH '{quoted}' AS news ({options})")
        db.execute("USE news")
        db.execute("SET TimeZone = 'UTC'")
    except BaseException:
        db.close()
        raise
    return db


def _migrate(db: Db, path: Path) -> None:
    """Bring the file to this version's schema, one transaction a migration; refuse a newer or an altered one."""
    db.execute(query("make_schema_migrations"))
    applied: dict[int, str] = dict(db.execute(query("applied_migrations")).fetchall())
    newest = migrations()[-1].number
    if applied and max(applied) > newest:
        raise WarehouseError(
            f"{path} was written by a newer vnjp-monitor (schema {max(applied)}; this one knows {newest}). Upgrade it."
        )
    for step in migrations():
        if step.number not in applied:
            db.execute("BEGIN")
            db.execute(step.sql)
            db.execute(query("record_migration"), [step.number, step.name, step.sha256])
            db.execute("COMMIT")
        elif applied[step.number] != step.sha256:
            raise WarehouseError(f"{step.name} is not the one that made {path}. Install the released files again.")
