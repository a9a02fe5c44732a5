"""Data checks: each file of checks/ asks for the rows that are wrong, and none is right."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Literal

from warehouse.archive import Archive, ArchiveError
from warehouse.attach import Db
from warehouse.rows import Row, rows
from warehouse.statements import checks

_RECORDS = 2_000  # of the archive that are read in one night
_WARNING = "-- Warning: "


@dataclass(frozen=True, slots=True)
class Found:
    """What a check found."""

    check: str
    asks: str  #: what it looks for, in one line
    level: Literal["error", "warning"]  #: a warning is nothing that we did wrong
    rows: tuple[Row, ...]  #: ids and numbers, no text of articles


def wrong_rows(db: Db) -> dict[str, list[Row]]:
    """Give the wrong rows of the checks that found any, by the check's name; warnings left out."""
    return {one.check: list(one.rows) for one in found(db) if one.rows and one.level == "error"}


def found(db: Db) -> list[Found]:
    """Run every check that a query can do."""
    return [_found(name, sql, db) for name, sql in checks()]


def records_not_in_place(db: Db, archive: Archive, day: date, most: int = _RECORDS) -> Found:
    """Read archive records, at most so many and others every day: each is at its place, and is what its row says."""
    places = rows(db, "archive_places", day=day, most=most)
    wrong = [
        {"id": place["id"], "file": place["warc_file"], "offset": place["warc_offset"], "fault": fault}
        for place in places
        if (fault := _fault(archive, place))
    ]
    asks = "Pages and feeds whose record is not at its place in the archive."
    return Found("record_not_in_place", asks, "error", tuple(wrong))


def _found(name: str, sql: str, db: Db) -> Found:
    asks = " ".join(line.removeprefix("--").strip() for line in sql.splitlines() if line.startswith("--"))
    level: Literal["error", "warning"] = "warning" if sql.startswith(_WARNING) else "error"
    return Found(name, asks.removeprefix("Warning: "), level, tuple(db.sql(sql).to_arrow_table().to_pylist()))


def _fault(archive: Archive, place: Row) -> str:
    try:
        record = archive.read(place["warc_file"], place["warc_offset"])
    except ArchiveError as error:
        return str(error)
    if record.kind != place["kind"] or (place["sha256"] and hashlib.sha256(record.body).hexdigest() != place["sha256"]):
        return f"the {record.kind} of {record.url} is there instead of the {place['kind']} of {place['url']}"
    return ""
