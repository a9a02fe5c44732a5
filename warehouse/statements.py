"""The SQL files of this package, read once: queries by name, migrations and views in order."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema; append-only, never edited once released."""

    number: int
    name: str
    sha256: str
    sql: str


@cache
def query(name: str) -> str:
    """Read a statement of queries/ by its name."""
    return files("warehouse").joinpath("queries", f"{name}.sql").read_text(encoding="utf-8")


@cache
def migrations() -> tuple[Migration, ...]:
    """Read the migrations, by number."""
    return tuple(
        Migration(int(name[:4]), name, hashlib.sha256(sql.encode()).hexdigest(), sql)
        for name, sql in _folder("migrations")
    )


@cache
def views() -> tuple[str, ...]:
    """Read the statements that make the public views; $zone stands for the quoted zone of weeks and local days."""
    return tuple(sql for _, sql in _folder("views"))


@cache
def macros() -> tuple[str, ...]:
    """Read the statements that make the public table macros: views with an argument."""
    return tuple(sql for _, sql in _folder("macros"))


@cache
def columns() -> Mapping[tuple[str, str], str]:
    """Read what (view, column) means where several views share it; ("", column) is for all that say nothing else."""
    lines = files("warehouse").joinpath("views", "columns.csv").read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(lines))
    return {(view, row["column"]): row["meaning"] for row in rows for view in row["views"].split(" ")}


@cache
def questions() -> tuple[tuple[str, str], ...]:
    """Read (question, statement) of the examples: each file begins with its question as a comment."""
    told = [sql.partition("\n") for _, sql in _folder("questions")]
    return tuple((first.removeprefix("-- "), rest.strip()) for first, _, rest in told)


@cache
def view(name: str) -> str:
    """Read one file of views/ by its name."""
    return files("warehouse").joinpath("views", f"{name}.sql").read_text(encoding="utf-8")


@cache
def checks() -> tuple[tuple[str, str], ...]:
    """Read (name, statement) of the data checks: each statement returns the rows that are wrong."""
    return tuple((name.removesuffix(".sql"), sql) for name, sql in _folder("checks"))


def _folder(name: str) -> list[tuple[str, str]]:
    paths = sorted(files("warehouse").joinpath(name).iterdir(), key=lambda path: path.name)
    return [(path.name, path.read_text(encoding="utf-8")) for path in paths if path.name.endswith(".sql")]
