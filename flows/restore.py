"""Going back to a backup, and bringing a file to this version's schema: as a user hears of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flows.ask.query import Result, as_table
from warehouse.attach import attached
from warehouse.connect import Warehouse
from warehouse.errors import WarehouseError
from warehouse.migrate import newest, schema_of
from warehouse.publish import publish
from warehouse.restore import Backup, Restored
from warehouse.rows import Row
from warehouse.troubles import said

_SHOWN = ("articles", "stories", "issues", "deliveries")


def row_of(one: Backup) -> Row:
    """Give what is known of a backup, for JSON."""
    counts = {name: one.rows.get(name) for name in _SHOWN}
    return (
        {"name": one.name, "path": str(one.path), "made_at": one.made_at, "schema": one.schema}
        | counts
        | {"fault": one.fault}
    )


def as_list(found: Sequence[Backup]) -> str:
    """Lay backups out for a terminal."""
    if not found:
        return "There is no backup and no snapshot. `vnjp maintain` makes a backup every night."
    columns = ("name", "written (UTC)", *_SHOWN, "state")
    rows = tuple(
        (one.name, f"{one.made_at:%Y-%m-%d %H:%M}", *(one.rows.get(name) for name in _SHOWN), one.fault or "whole")
        for one in found
    )
    return as_table(
        Result(columns, ("VARCHAR", "VARCHAR", *["BIGINT"] * len(_SHOWN), "VARCHAR"), rows, truncated=False)
    )


def as_told(done: Restored) -> str:
    """Say what going back came to, and what is to be done next."""
    lines = [f"The warehouse is as of {done.backup.made_at:%Y-%m-%d %H:%M} UTC ({done.backup.path})."]
    lines += [f"What stood there before is kept as {done.aside[0]}."] if done.aside else []
    lines += [f"It had more: {_counted(done.lost)}."] if done.lost else []
    lines += [f"Taken over from it or from the snapshot: {_counted(done.carried)}."] if done.carried else []
    if done.records:
        lines.append(f"{done.records:,} newer raw feeds and pages stay in the archive; no row points at them.")
    lines.append("`vnjp collect` brings again what the feeds still list; what they list no more is lost.")
    return "\n".join(lines)


def _counted(rows: Mapping[str, int]) -> str:
    return ", ".join(f"{table.replace('_', ' ')} {count:,}" for table, count in rows.items() if table != "commits")


def upgrade(warehouse: Warehouse) -> dict[str, Any]:
    """Bring the file to this version's schema, with a backup first; give both schemas and the backup."""
    if not warehouse.private.exists():
        raise WarehouseError(
            f"There is no warehouse at {warehouse.private}. Run `vnjp collect` first, or set VNJP_DATA."
        )
    with warehouse.lock(), said(warehouse.private):
        with attached(warehouse.private, read_only=True) as db:
            before = schema_of(db)
        with warehouse.opened():
            pass
    publish(warehouse)
    backup = warehouse.backups / f"before-schema-{newest()}.duckdb"
    return {"from": before, "to": newest(), "backup": str(backup) if before < newest() else ""}
