"""Which sources are watched, and whose they are: the shipped tables, or a file of the user's with the same columns."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flows.settings import Settings, SettingsError
from tasks.urls import canonical
from warehouse import records
from warehouse.records import Outlet, Source

_FLAGS = {"yes": True, "no": False}
_ALLOWED: Mapping[str, tuple[str, ...]] = {
    "kind": get_args(records.SourceKind),
    "side": get_args(records.Side),
    "rights": get_args(records.Rights),
    "reads": get_args(records.Reads),
    "policy": get_args(records.Policy),
    "doubt": get_args(records.Doubt),
    **dict.fromkeys(("enabled", "major", "cookies"), tuple(_FLAGS)),
}
_NEEDED = [field.name for field in fields(Source) if field.default is MISSING]


def watched(path: Path | None = None) -> tuple[Source, ...]:
    """Read the sources of a CSV file (default: the shipped ones); SettingsError names the file, line and column.

    A column that has a default may be missing, and its cells may be empty.
    """
    if path is None:
        name, text = "warehouse/seeds/sources.csv", _shipped("sources.csv")
    elif path.is_file():
        name, text = str(path), path.read_text("utf-8-sig")
    else:
        raise SettingsError(f"There is no file of sources at {path}. Copy warehouse/seeds/sources.csv and change it.")
    sources = tuple(_source(row, f"{name}, line {line}") for line, row in _rows(text, name))
    ids = [source.source_id for source in sources]
    if twice := next((one for one in ids if ids.count(one) > 1), None):
        raise SettingsError(f"{name} has two sources named {twice!r}. Give each its own source_id.")
    return sources


def sources_of(settings: Settings) -> tuple[Source, ...]:
    """Give what these settings watch: the file that they name; else the shipped sources and the user's own list.

    A row of the own list replaces the shipped one of its id: so a user also switches one off.
    """
    if settings.sources:
        return watched(settings.sources)
    own = watched(own_list(settings)) if own_list(settings).is_file() else ()
    return tuple({source.source_id: source for source in (*watched(), *own)}.values())


def own_list(settings: Settings) -> Path:
    """Say where the user's own sources stand."""
    return settings.sources or settings.data / "sources.csv"


@cache
def outlets() -> tuple[Outlet, ...]:
    """Read the shipped outlets with their dated ownership."""
    typed: dict[str, Callable[[str], Any]] = {"hosts": lambda cell: tuple(cell.split()), "checked": date.fromisoformat}
    rows = csv.DictReader(io.StringIO(_shipped("outlets.csv")))
    return tuple(Outlet(**{key: typed.get(key, str)(cell) for key, cell in row.items()}) for row in rows)


def _shipped(name: str) -> str:
    return files("warehouse").joinpath("seeds", name).read_text("utf-8")


def _rows(text: str, name: str) -> list[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(text))
    if missing := [column for column in _NEEDED if column not in (reader.fieldnames or ())]:
        raise SettingsError(f"{name} has no column {missing[0]!r}. It needs: {', '.join(_NEEDED)}.")
    rows = []
    for row in reader:
        if None in row or None in row.values():
            raise SettingsError(
                f"{name}, line {reader.line_num}: it has not one cell for each column of the first line. "
                'Put cells that hold commas into "quotes".'
            )
        rows.append((reader.line_num, row))
    return rows


def _source(row: dict[str, str], where: str) -> Source:
    cells = {name: row[name] for name in Source.__dataclass_fields__ if row.get(name) or name in _NEEDED}
    for column, allowed in _ALLOWED.items():
        if column in cells and cells[column] not in allowed:
            raise SettingsError(f"{where}: {column} is {cells[column]!r}; allowed are {', '.join(sorted(allowed))}.")
    flags = {column: _FLAGS[cells[column]] for column in ("enabled", "major", "cookies") if column in cells}
    source = Source(**(cells | flags))  # type: ignore[arg-type] # checked above
    for trouble in _troubles(source):
        raise SettingsError(f"{where}: {trouble}")
    return source


def _troubles(source: Source) -> Iterator[str]:
    """Say what makes a source unusable."""
    if not source.source_id:
        yield "source_id is empty. Give it a short name of its own."
    if not canonical(source.url).startswith("http"):
        yield f"url is {source.url!r}; it must begin with http:// or https://."
    if not _is_zone(source.zone):
        yield f"zone is {source.zone!r}; it must be an IANA name such as Asia/Tokyo."
    if source.outlet_id and source.outlet_id not in {outlet.outlet_id for outlet in outlets()}:
        yield f"outlet_id is {source.outlet_id!r}, which warehouse/seeds/outlets.csv does not have. Leave it empty."
    if (source.reads == "page") != bool(source.pattern):
        yield f"reads is {source.reads!r} and pattern is {source.pattern!r}; a page needs a pattern, a feed has none."
    try:
        re.compile(source.pattern)
    except re.error as error:
        yield f"pattern is {source.pattern!r}, which is no regular expression: {error}."


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
