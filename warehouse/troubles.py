"""DuckDB's and the system's errors about our files, said as sentences that name the file and the next thing to do."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path

import duckdb

from warehouse.errors import WarehouseError

RESTORE = "`vnjp restore --list` shows what it can be restored from."

# Words of DuckDB or the system, the system's numbers for the same, and our sentence: the first that fits is said.
_SAID: tuple[tuple[str, frozenset[int], str], ...] = (
    (
        "No space left",
        frozenset({errno.ENOSPC}),
        "No space is left on the disk of {path}. Nothing stored was lost: free some, and run it again.",
    ),
    (
        "File too large",
        frozenset({errno.EFBIG, errno.EDQUOT}),
        "{path} may not grow further: a limit of this user. Nothing stored was lost: raise it, and run it again.",
    ),
    (
        "Read-only file system",
        frozenset({errno.EROFS}),
        "The disk of {path} can only be read. Nothing was changed: mount it for writing, or set VNJP_DATA.",
    ),
    (
        "checkpoint iteration",
        frozenset(),
        "{path} was opened for writing elsewhere. Close it there; the next run keeps what was written, and publishes.",
    ),
    (
        "set lock on file",
        frozenset(),
        "{path} is open in another program that can write. Close it there; SQL tools open vnjp.duckdb instead.",
    ),
    (
        "Permission denied",
        frozenset({errno.EACCES}),
        "{path} may not be opened by this user (permission denied). Choose another folder with VNJP_DATA.",
    ),
    (
        "replaying WAL",
        frozenset(),
        f"{{path}} has lost rows: the log beside it is damaged. Nothing was changed. {RESTORE}",
    ),
)


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
    text, number = str(error), getattr(error, "errno", 0)
    for words, numbers, sentence in _SAID:
        if words in text or number in numbers:
            return sentence.format(path=path)
    if isinstance(error, duckdb.IOException | duckdb.InternalException | duckdb.FatalException) or "orrupt" in text:
        return f"{path} cannot be read as a warehouse ({text.splitlines()[0]}). {RESTORE}"
    return ""
