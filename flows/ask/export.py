"""Export what is held for other tools: Parquet and CSV by ISO week, and a dictionary of every column."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from warehouse import export as writing
from warehouse.connect import Warehouse
from warehouse.errors import MendableError
from warehouse.export import Table, written

_MARK = "export.json"  # says that a folder is an export of ours, which the next one may replace
_TEXT = (("articles", "text"),)
_PERSONAL = (("issue_log", "made_by"),)  # who of the users decided; nobody's business but theirs
_README = """# Export of vnjp-monitor

{count} tables as Parquet and as CSV (UTF-8, with a header). `dictionary.csv` lists every column with type and meaning.

Tables whose rows belong to an article or a story stand in folders by ISO week: `parquet/articles/week=2025-W18/`.
The week is that of the day in {zone} on which the article, or the story's first one, was first seen.

    duckdb -c "from read_parquet('parquet/articles/**/*.parquet', hive_partitioning = true) select week, title"
    pyarrow.dataset.dataset("parquet/articles", partitioning="hive")

* Instants are in UTC (Parquet: adjusted to UTC; CSV: ISO 8601 with Z). NAME_day beside one is its day in {zone}.
* In CSV, lists are JSON, NULL is an empty cell, and an empty text is "".
* start_char and end_char count code points of the title or text of the article, half-open.
{text}
* No reader of the digest and no address of one is in here.

| table | rows | what it holds |
|---|---:|---|
{tables}
"""
_WITH_TEXT = (
    "* The texts of articles belong to their publishers. They are here for your own reading and research; to hand an\n"
    "  export on, make one with `vnjp export --no-text`."
)
_WITHOUT_TEXT = "* The texts of articles were left out (`--no-text`); quoted words of evidence are in."


def export(warehouse: Warehouse, folder: Path, zone: str, *, text: bool = True) -> dict[str, Any]:
    """Export the snapshot into a folder, whole or not at all; an earlier export there is replaced.

    Gives {folder, zone, text, tables: {name: {rows, weekly}}, files, bytes}. Raises MendableError for a folder that
    holds anything else, or that cannot be written.
    """
    folder = folder.absolute()
    _refuse(folder)
    without = _PERSONAL if text else _PERSONAL + _TEXT
    with written(folder), _draft(folder) as draft, warehouse.reader() as db, written(folder):
        tables = writing.tables(db, zone, without)
        writing.weeks(db, zone)
        counts = {table.name: writing.write(db, table, draft) for table in tables}
        _describe(draft, tables, counts, zone, text=text)
        files = [path for path in draft.rglob("*") if path.is_file()]
        made = {
            "folder": str(folder),
            "zone": zone,
            "text": text,
            "tables": {table.name: {"rows": counts[table.name], "weekly": table.weekly} for table in tables},
            "files": len(files),
            "bytes": sum(path.stat().st_size for path in files),
        }
        (draft / _MARK).write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    return made


def told(made: dict[str, Any]) -> str:
    """Say what an export came to."""
    lines = [f"{row['rows']:>10,}  {name}{' (by week)' * row['weekly']}" for name, row in made["tables"].items()]
    size = made["bytes"] / 1e6
    return "\n".join([*lines, "", f"{made['files']:,} files, {size:,.1f} MB: {made['folder']} (begin with README.md)"])


def _refuse(folder: Path) -> None:
    """Refuse what is no folder, or holds something that is not an export."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise MendableError(f"{folder} is not a folder. Give a new one, or an earlier export to replace.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / _MARK).is_file():
        raise MendableError(f"{folder} holds other things than an export. Give an empty or a new folder.")
    if not folder.parent.is_dir():
        raise MendableError(f"There is no folder {folder.parent}. Make it, or export to another place.")


@contextmanager
def _draft(folder: Path) -> Iterator[Path]:
    """Give a folder beside the one wanted, which takes its place once all went well and leaves nothing otherwise."""
    draft, old = (folder.with_name(f".{folder.name}.{what}") for what in ("draft", "old"))
    for left in (draft, old):  # of an export that was killed
        shutil.rmtree(left, ignore_errors=True)
    draft.mkdir()
    try:
        yield draft
        if folder.exists():
            folder.rename(old)
        draft.rename(folder)
    finally:
        if old.exists() and not folder.exists():
            old.rename(folder)
        shutil.rmtree(draft, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _describe(folder: Path, tables: Sequence[Table], counts: dict[str, int], zone: str, *, text: bool) -> None:
    """Write the README and the dictionary."""
    with (folder / "dictionary.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("table", "column", "type", "meaning"))
        for table in tables:
            writer.writerow((table.name, "", "", table.about))
            writer.writerows((table.name, column.name, column.type, column.about) for column in table.columns)
            if table.weekly and not table.own_week:
                writer.writerow(
                    (table.name, "week", "VARCHAR", f"ISO week of the row's {table.key}, by the days of {zone}")
                )
    rows = "\n".join(f"| {table.name} | {counts[table.name]:,} | {table.about.replace('|', '/')} |" for table in tables)
    notes = _WITH_TEXT if text else _WITHOUT_TEXT
    readme = _README.format(count=len(tables), zone=zone, text=notes, tables=rows)
    (folder / "README.md").write_text(readme, encoding="utf-8")
