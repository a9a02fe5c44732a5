"""Batches of pages on their way to workers that share the data folder, and what these made of them, as files."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from uuid import uuid4

import pyarrow as pa
from pyarrow import ipc

from warehouse.records import Extract, Work

_OLD = 86_400.0  # seconds after which a file is nobody's: the run that waits for it has ended
_WORK = pa.schema([("body", pa.binary()), *((name, pa.string()) for name in ("url", "content_type", "zone", "beside"))])
_MADE = pa.schema(
    [(one.name, pa.timestamp("us", "UTC") if one.name == "published" else pa.string()) for one in fields(Extract)]
)


@dataclass(frozen=True, slots=True)
class Spool:
    """A folder of batches: NAME.work, and beside it NAME.made once it is done."""

    folder: Path

    def put(self, batch: Sequence[Work]) -> str:
        """Lay down a batch; give its name. What runs that were killed left is taken away."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for path in self.folder.iterdir():
            if path.stat().st_mtime < time.time() - _OLD:
                path.unlink(missing_ok=True)
        name = uuid4().hex
        columns = [pa.array(column, one.type) for column, one in zip(zip(*batch, strict=True), _WORK, strict=True)]
        self._write(f"{name}.work", pa.table(columns, _WORK))
        return name

    def work(self, name: str) -> list[Work]:
        """Give the pages of a batch. Raises FileNotFoundError where it was taken back."""
        return [tuple(row.values()) for row in self._read(f"{name}.work").to_pylist()]

    def answer(self, name: str, made: Sequence[Extract]) -> None:
        """Lay down what the pages of a batch came to, in their order."""
        self._write(f"{name}.made", pa.Table.from_pylist([asdict(one) for one in made], _MADE))

    def take(self, name: str) -> list[Extract]:
        """Give what a batch came to, and take both files away."""
        made = [Extract(**row) for row in self._read(f"{name}.made").to_pylist()]
        for kind in ("work", "made"):
            (self.folder / f"{name}.{kind}").unlink(missing_ok=True)
        return made

    def _write(self, name: str, table: pa.Table) -> None:
        draft = self.folder / f".{name}.draft"
        with draft.open("wb") as file, ipc.new_file(file, table.schema) as writer:
            writer.write_table(table)
        draft.replace(self.folder / name)

    def _read(self, name: str) -> pa.Table:
        with (self.folder / name).open("rb") as file:
            return ipc.open_file(file).read_all()
