"""Which sources are watched: the shipped table, or a file of the user's with the same columns."""

from __future__ import annotations

import csv
import io
from importlib.resources import files
from pathlib import Path

from flows.settings import SettingsError
from tasks.urls import canonical
from warehouse.records import Source

_FLAGS = {"yes": True, "no": False}
_ALLOWED = {
    "kind": {"press", "wire", "readout", "search", "translation"},
    "side": {"vietnam", "japan", "third"},
    "rights": {"sentence", "title"},
    "enabled": set(_FLAGS),
    "major": set(_FLAGS),
}


def watched(path: Path | None = None) -> tuple[Source, ...]:
    """Read the sources of a CSV file (default: the shipped ones); SettingsError names the file, line and column."""
    if path is None:
        name, text = "warehouse/seeds/sources.csv", files("warehouse").joinpath("seeds/sources.csv").read_text("utf-8")
    elif path.is_file():
        name, text = str(path), path.read_text("utf-8-sig")
    else:
        raise SettingsError(f"There is no file of sources at {path}. Copy warehouse/seeds/sources.csv and change it.")
    sources = tuple(_source(row, f"{name}, line {number}") for number, row in enumerate(_rows(text, name), 2))
    ids = [source.source_id for source in sources]
    if twice := next((one for one in ids if ids.count(one) > 1), None):
        raise SettingsError(f"{name} has two sources named {twice!r}. Give each its own source_id.")
    return sources


def _rows(text: str, name: str) -> list[dict[str, str]]:
    reader = csv.DictReader(io.StringIO(text))
    wanted = [field for field in Source.__dataclass_fields__ if field != "note"]
    if missing := [field for field in wanted if field not in (reader.fieldnames or ())]:
        raise SettingsError(f"{name} has no column {missing[0]!r}. It needs: {', '.join(wanted)}.")
    return list(reader)


def _source(row: dict[str, str], where: str) -> Source:
    for column, allowed in _ALLOWED.items():
        if row[column] not in allowed:
            raise SettingsError(f"{where}: {column} is {row[column]!r}; allowed are {', '.join(sorted(allowed))}.")
    if not canonical(row["url"]).startswith("http"):
        raise SettingsError(f"{where}: url is {row['url']!r}; it must begin with http:// or https://.")
    plain = {name: row[name] for name in Source.__dataclass_fields__ if name in row}
    return Source(**(plain | {flag: _FLAGS[row[flag]] for flag in ("enabled", "major")}))  # type: ignore[arg-type] # checked
