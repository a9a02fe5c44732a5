"""Rows for the doctor: the newest that can be had without waiting for a run and without writing."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from warehouse.attach import Db, attached
from warehouse.connect import Warehouse
from warehouse.errors import WarehouseError
from warehouse.migrate import newest, schema_of
from warehouse.rows import Row, rows
from warehouse.troubles import said

_HOURS = 72  # below which an age is said in hours


def newest_rows(house: Warehouse, name: str) -> list[Row] | None:
    """Give the rows of a query: of the writer's file where no run has it, else of the snapshot.

    A run that was killed stands only in the writer's file. None where neither can be read as of this version: the
    checkers of those files say why.
    """
    ways: tuple[Callable[[Warehouse], AbstractContextManager[Db]], ...] = (_private, Warehouse.reader)
    for opened in ways:
        with contextlib.suppress(WarehouseError), opened(house) as db:
            if schema_of(db) == newest():
                return rows(db, name)
    return None


def age(since: datetime, now: datetime) -> str:
    """Write how long ago something was, for a person: 5 h, 4 days."""
    minutes = max(0, (now - since) // timedelta(minutes=1))
    if minutes < 60:  # noqa: PLR2004 - an hour
        return f"{minutes} min"
    hours = minutes // 60
    return f"{hours} h" if hours < _HOURS else f"{hours // 24} days"


@contextlib.contextmanager
def _private(house: Warehouse) -> Iterator[Db]:
    if not house.private.is_file():
        raise WarehouseError("none")
    with house.lock(patience=0.0), said(house.private), attached(house.private, read_only=True) as db:
        yield db
