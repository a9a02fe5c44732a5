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
from dataclasses import dataclass, replace
from pathlib import Path

from warehouse import copying, sums
from warehouse.attach import Db, Engine, attach, attached, logs
from warehouse.errors import WarehouseError
from warehouse.migrate import migrate, newest, refuse_newer, schema_of
from warehouse.statements import query
from warehouse.troubles import RESTORE, said

__all__ = ["Db", "Warehouse", "attach"]

_ENGINE = Engine()
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
    def sums_file(self) -> Path:
        """What the private file must hold at least."""
        return self.private.with_name("warehouse.sums.json")

    @property
    def backups(self) -> Path:
        """Copies of the private file, each with its sums."""
        return self.folder / "backups"

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
        with self.lock(), said(self.private), self.opened() as db, self.transaction(db):
            yield db

    @contextlib.contextmanager
    def opened(self) -> Iterator[Db]:
        """Open the private file under a lock that the caller holds: whole, of this version's schema, its log taken in.

        Raises WarehouseError for a file that lost what was once committed to it; it is then left as it is.
        """
        kept = sums.read(self.sums_file)
        if kept and kept.commits and not self.private.exists():
            raise WarehouseError(f"{self.private} is gone, with {kept.commits:,} transactions. {RESTORE}")
        if logs(self.private):
            with attached(self.private, read_only=True) as db:  # opened for writing, a damaged log would be gone
                self._whole(db)
        with contextlib.ExitStack() as stack:
            db = stack.enter_context(_ENGINE.opened(self.private))
            if 0 < self._whole(db) < newest():
                db.execute("CHECKPOINT")
                stack.close()  # a file that this process has open must not be copied
                copying.before_schema(self.private, self.backups, newest())
                db = stack.enter_context(_ENGINE.opened(self.private))
            migrate(db, self.private)
            yield db
            db.execute("CHECKPOINT")  # closing alone may leave a log beside the file

    @contextlib.contextmanager
    def transaction(self, db: Db) -> Iterator[None]:
        """Commit what is done in the opened file, and count it; an error leaves all as it was."""
        before = self._trace()
        db.execute("BEGIN")
        yield
        db.execute("COMMIT")
        if self._trace() != before:
            self.count(db)

    def refuse_lost(self, found: sums.Sums) -> None:
        """Raise WarehouseError where less was found in the private file than it must hold."""
        kept = sums.read(self.sums_file)
        if kept and (fault := sums.fault(found, kept)):
            raise WarehouseError(f"{self.private} has lost rows: {fault}. Nothing was changed. {RESTORE}")

    def _whole(self, db: Db) -> int:
        """Refuse a file that is newer or has lost rows; give the schema of any other. Nothing is written."""
        schema = schema_of(db)
        refuse_newer(schema, self.private)
        self.refuse_lost(sums.Sums(schema, sums.commits(db)))
        return schema

    def _trace(self) -> tuple[object, ...]:
        """Give what differs after a transaction that wrote something."""
        return tuple(
            (path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in (self.private, *logs(self.private))
        )

    def count(self, db: Db) -> None:
        """Count a transaction that is on disk, in the file and then beside it."""
        db.execute(query("count_commit"))
        kept = sums.read(self.sums_file) or sums.Sums(newest(), 0)
        sums.keep(self.sums_file, replace(kept, schema=newest(), commits=sums.commits(db)))

    @contextlib.contextmanager
    def reader(self) -> Iterator[Db]:
        """Open the published snapshot read-only."""
        if not self.snapshot.exists():
            raise WarehouseError(
                f"There is no warehouse at {self.snapshot}. Run `vnjp collect` or `vnjp demo` first, or set VNJP_DATA."
            )
        with said(self.snapshot), attached(self.snapshot, read_only=True) as db:
            yield db


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
