"""An answer in Arrow's form, written as a Parquet file."""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet


def write(stream: memoryview, to: Path) -> int:
    """Write an Arrow IPC stream to a Parquet file, whole or not at all; give how many rows it has.

    Raises OSError where the file cannot be written, ValueError for a type that Parquet lacks.
    """
    table = pa.ipc.open_stream(pa.py_buffer(stream)).read_all()
    draft = to.with_name(f".{to.name}.{os.getpid()}.draft")
    try:
        pa.parquet.write_table(table, draft, compression="zstd")
        draft.replace(to)
    except pa.ArrowNotImplementedError as error:
        raise ValueError(str(error)) from error
    finally:
        draft.unlink(missing_ok=True)
    return int(table.num_rows)
