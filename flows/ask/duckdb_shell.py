"""How DuckDB's own command line is started on the snapshot: `vnjp shell`."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from warehouse.errors import MendableError


def command(snapshot: Path, options: Sequence[str] = ()) -> list[str]:
    """Give the words that start it, read-only and in UTC; MendableError where it or the snapshot is missing."""
    if not snapshot.is_file():
        raise MendableError(f"There is no snapshot at {snapshot}. `vnjp collect` or `vnjp demo` makes one.")
    found = shutil.which("duckdb")
    if not found:
        raise MendableError(
            "No `duckdb` is on the PATH. `pip install duckdb-cli` brings it; `vnjp sql` is a shell, too, meanwhile."
        )
    return [found, "-readonly", "-cmd", "SET TimeZone = 'UTC'", *options, str(snapshot.absolute())]
