"""Bring a file to this version's schema."""

from __future__ import annotations

from pathlib import Path

import duckdb

from warehouse.attach import Db
from warehouse.dress import undress
from warehouse.errors import WarehouseError
from warehouse.statements import migrations, query


def newest() -> int:
    """Give the number of this version's schema."""
    return migrations()[-1].number


def schema_of(db: Db) -> int:
    """Give the number of a file's schema, 0 for a file that holds nothing."""
    try:
        return max(_applied(db), default=0)
    except duckdb.CatalogException:
        return 0


def refuse_newer(schema: int, path: Path) -> None:
    """Raise WarehouseError for a file of a schema that this version does not know."""
    if schema > newest():
        raise WarehouseError(
            f"{path} was written by a newer vnjp-monitor (schema {schema}; this one knows {newest()}). Upgrade it."
        )


def migrate(db: Db, path: Path) -> None:
    """Apply what is missing, one transaction a migration; refuse a newer or an altered file.

    Public views of the version before are taken off first: they name columns that a migration may take away.
    """
    db.execute(query("make_schema_migrations"))
    applied = _applied(db)
    refuse_newer(max(applied, default=0), path)
    if applied and newest() not in applied:
        undress(db)
    for step in migrations():
        if step.number not in applied:
            db.execute("BEGIN")
            db.execute(step.sql)
            db.execute(query("record_migration"), [step.number, step.name, step.sha256])
            db.execute("COMMIT")
        elif applied[step.number] != step.sha256:
            raise WarehouseError(f"{step.name} is not the one that made {path}. Install the released files again.")


def _applied(db: Db) -> dict[int, str]:
    return dict(db.execute(query("applied_migrations")).fetchall())
