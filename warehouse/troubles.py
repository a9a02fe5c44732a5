"""DuckDB's and the system's errors about our files, said as sentences that name the file and the next thing to do."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path

import duckdb

from warehouse.errors import WarehouseError

RESTORE = "`vnjp restore --list` shows what it can be restored from."


@contextlib.contextmanager
def said(path: Path) -> Iterator[None]:
    """Raise WarehouseError in place of errors that concern the file; what is a bug of ours passes as it is."""
    try:
        yield
    except (duckdb.Error, OSError) as error:
        sentence = _sentence(path, error)
        if sentence:
            raise WarehouseError(sentence) from error
        raise


def _sentence(path: Path, error: Exception) -> str:
    text = str(error)
    if "No space left" in text or getattr(error, "errno", 0) == errno.ENOSPC:
        return f"No space is left on the disk of {path}. Nothing stored was lost: free some, and run it again."
    if "checkpoint iteration" in text:
        return (
            f"{path} was opened for writing by another program, and what it wrote lies beside it. Close it there; "
            "the next run keeps that under another name and publishes anew."
        )
    if "set lock on file" in text:
        return f"{path} is open in another program that can write. Close it there; SQL tools open vnjp.duckdb instead."
    if "Read-only file system" in text or getattr(error, "errno", 0) == errno.EROFS:
        return f"The disk of {path} can only be read. Nothing was changed: mount it for writing, or set VNJP_DATA."
    if "File too large" in text or "Disk quota" in text or getattr(error, "errno", 0) in {errno.EFBIG, errno.EDQUOT}:
        return (
            f"{path} may not grow further (a limit of this user). Nothing stored was lost: raise it, and run it again."
        )
    if "Permission denied" in text:
        return f"{path} may not be opened by this user (permission denied). Choose another folder with VNJP_DATA."
    if "replaying WAL" in text:
        return f"{path} has lost rows: the log beside it is damaged. Nothing was changed. {RESTORE}"
    if isinstance(error, duckdb.IOException | duckdb.InternalException | duckdb.FatalException) or "orrupt" in text:
        first = text.splitlines()[0]
        return f"{path} cannot be read as a warehouse ({first}). {RESTORE}"
    return ""
