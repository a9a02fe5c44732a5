"""A warehouse to try things in: a copy of the snapshot that goes when the trial is over."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from warehouse.connect import Warehouse
from warehouse.errors import WarehouseError


@contextlib.contextmanager
def scratch(warehouse: Warehouse) -> Iterator[Warehouse]:
    """Copy the snapshot of a data folder to a folder for temporary files; nothing in the data folder is touched.

    It costs as much of that disk as the snapshot is long. Raises WarehouseError where there is no snapshot, or no room.
    """
    with warehouse.reader():  # says what is wrong with it, if anything is
        pass
    with tempfile.TemporaryDirectory(prefix="vnjp-") as folder:
        trial = Warehouse(Path(folder))
        try:
            trial.private.parent.mkdir()
            shutil.copyfile(warehouse.snapshot, trial.private)
        except OSError as error:
            size = warehouse.snapshot.stat().st_size / 1e6
            raise WarehouseError(
                f"A copy of {warehouse.snapshot} ({size:,.0f} MB) does not fit into {folder} ({error.strerror}). "
                "Free some room there, or name another folder with TMPDIR."
            ) from error
        yield trial
