"""Write the public views to files that anything reads: Parquet and CSV, by ISO week where a view has weeks."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.attach import Db
from warehouse.errors import WarehouseError
from warehouse.rows import rows
from warehouse.statements import query

# What a row belongs to, and so its week where it has none of its own.
_KEYS = ("article_id", "story_id")
_FORMATS = {
    "parquet": "format parquet, compression zstd",
    "csv": "format csv, header, timestampformat '%Y-%m-%dT%H:%M:%S.%fZ'",
}
_INSTANT = "TIMESTAMP WITH TIME ZONE"


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is exported."""

    name: str
    type: str  #: DuckDB's name of it, in Parquet; in CSV all is text
    about: str
    sql: str  #: what gives it in Parquet
    csv: str  #: what gives it in CSV

    @property
    def quoted(self) -> str:
        """Its name as SQL writes it."""
        return _quote(self.name)


@dataclass(frozen=True, slots=True)
class Table:
    """A view as it is exported."""

    name: str
    about: str
    columns: tuple[Column, ...]
    key: str  #: the column that says to what a row belongs; "" where to nothing: the table is one file then

    @property
    def weekly(self) -> bool:
        """Whether its files stand in folders week=2025-W18."""
        return bool(self.key)

    @property
    def own_week(self) -> bool:
        """Whether rows say their week themselves."""
        return any(column.name == "week" for column in self.columns)


@contextlib.contextmanager
def written(folder: Path) -> Iterator[None]:
    """Raise WarehouseError in place of errors that concern what is written there."""
    try:
        yield
    except (duckdb.IOException, OSError) as error:
        first = getattr(error, "strerror", None) or str(error).splitlines()[0]
        raise WarehouseError(
            f"{folder} could not be written ({first}). What was there before still is. Free some space, or export "
            "elsewhere."
        ) from error


def tables(db: Db, zone: str, without: Iterable[tuple[str, str]] = ()) -> list[Table]:
    """Give the public views with their columns, `without` those (view, column); instants get their local day beside."""
    found: dict[str, list[Column]] = {}
    about: dict[str, str] = {}
    left_out = set(without)
    public = rows(db, "all_public_columns")
    names = {(row["table"], row["column"]) for row in public}
    for row in public:
        about[row["table"]] = row["about_table"]
        own, *day = _columns(row["column"], row["type"], row["about"], zone)
        kept = [] if (row["table"], own.name) in left_out else [own, *day]
        found.setdefault(row["table"], []).extend(
            column for column in kept if column is own or (row["table"], column.name) not in names
        )
    return [Table(name, about[name], tuple(columns), _key(columns)) for name, columns in found.items()]


def weeks(db: Db, zone: str) -> None:
    """Find the week of every article and story, by the days of the zone, for the tables to come."""
    db.execute(query("export_weeks"), {"zone": zone})


def write(db: Db, table: Table, folder: Path) -> int:
    """Write a table under folder/parquet and folder/csv, after `weeks`; give how many rows it has."""
    ((held,),) = db.execute(query("export_count").format(table=table.name)).fetchall()
    for ending, form in _FORMATS.items():
        to = folder / ending / table.name
        to.mkdir(parents=True)
        weekly = table.weekly and held > 0  # a table without rows would leave no file, and say nothing of its columns
        given = [
            f"{column.csv if ending == 'csv' else column.sql} as {column.quoted}"
            for column in table.columns
            if not (weekly and column.name == "week")  # it stands in the names of the folders
        ]
        if table.weekly and not weekly and not table.own_week:
            given.append("'' as week")
        statement = query("export_weekly" if weekly else "export_whole").format(
            columns=", ".join(given),
            table=table.name,
            key=table.key,
            week="held.week" if table.own_week else "placed.week",
            folder=str(to).replace("'", "''"),
            format=form,
            ending=ending,
        )
        db.execute(statement)
    return int(held)


def _key(columns: Iterable[Column]) -> str:
    names = {column.name for column in columns}
    return next((key for key in _KEYS if key in names), "")


def _columns(name: str, kind: str, about: str, zone: str) -> list[Column]:
    own = f"held.{_quote(name)}"
    if kind == "HUGEINT":  # Parquet has none, and would get a DOUBLE
        kind, own = "BIGINT", f"cast({own} as BIGINT)"
    nested = kind.endswith("]") or kind.startswith(("STRUCT", "MAP"))
    columns = [Column(name, kind, about, own, f"cast(to_json({own}) as VARCHAR)" if nested else own)]
    if kind == _INSTANT:
        day = f"cast({own} at time zone '{zone}' as DATE)"
        columns.append(Column(f"{name}_day", "DATE", f"the day of {name} in {zone}", day, day))
    return columns


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
