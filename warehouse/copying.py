"""Copy a closed file to where others rely on it: all of it or nothing, and on disk."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from warehouse import sums
from warehouse.attach import Db, attached, logs
from warehouse.errors import WarehouseError
from warehouse.migrate import schema_of
from warehouse.settle import settle


def copied(source: Path, to: Path, then: Callable[[Db], None] | None = None) -> None:
    """Copy a file beside its goal, do on the copy what there is to do, then rename it there; it can be read only.

    The caller holds the lock and has closed the source: a copy of an open one would drop DuckDB's lock, since POSIX
    locks end when any handle of the process closes. Under it nobody else has a draft here.
    """
    draft = to.with_name(f".{to.name}.draft")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        for left in to.parent.glob(".*.duckdb*.draft*"):  # of whoever was killed over it, be it for another goal
            left.unlink()
        shutil.copyfile(source, draft)
        if then:
            with attached(draft, read_only=False) as db:
                then(db)
                db.execute("CHECKPOINT")
        draft.chmod(0o444)  # a tool that opens it for writing would leave a log that breaks every other reader
        settle(draft)
        draft.replace(to)
        settle(to.parent)
    except OSError as error:
        raise WarehouseError(f"{to} could not be written ({error.strerror}). The last one still stands.") from error
    finally:
        _remove(draft)


def proved(source: Path, to: Path) -> sums.Sums:
    """Copy a file, read every row of the copy, keep its sums beside it; damage raises here, not on the day of need."""
    found: list[sums.Sums] = []
    copied(source, to, lambda db: found.append(sums.hashed(db, schema_of(db))))
    sums.keep(sums_of(to), found[0])
    return found[0]


def sums_of(backup: Path) -> Path:
    """Give where the sums of a backup stand."""
    return backup.with_suffix(".sums.json")


def before_schema(private: Path, backups: Path, schema: int) -> None:
    """Make the backup that can be gone back to when a newer version has migrated the file; the first one stays."""
    to = backups / f"before-schema-{schema}.duckdb"
    if not to.exists():
        proved(private, to)


def _remove(draft: Path) -> None:
    for left in (draft, *logs(draft)):
        left.unlink(missing_ok=True)
