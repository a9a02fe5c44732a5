"""Let go what the settings do not keep: old archive files, old attempts and runs.

An archive file goes whole, and only when every record in it is older and nobody waits for one of them. Of attempts the
sums of each week stay, so that the health of sources and past weeks say what they said.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from warehouse.archive import Archive
from warehouse.attach import Db
from warehouse.rows import rows
from warehouse.statements import query

_WEEK = timedelta(days=7)
_ENDING = ".warc.gz"


def newest_attempt(db: Db) -> datetime | None:
    """Give when a source was asked last: what is kept is counted from then, so a monitor that was off loses nothing."""
    found: datetime | None = rows(db, "newest_attempt")[0]["at"]
    return found


def let_go_history(db: Db, before: datetime, day: date, zone: str) -> tuple[int, int]:
    """Let go attempts and runs before an instant, which begins a week of `zone`, and events of days before `day`.

    Gives how many attempts and how many runs. The newest run of each flow stays, and its newest that was completed.
    """
    db.execute(query("sum_up_attempts"), {"before": before, "zone": zone})
    db.execute(query("keep_feed_places"), {"before": before})
    attempts, runs = (_counted(db, name, before=before) for name in ("let_go_attempts", "let_go_runs"))
    db.execute(query("let_go_events"), {"day": day})
    return attempts, runs


def old_archives(db: Db, before: datetime) -> list[str]:
    """Name the archive files that may go: their week was over before an instant, and so was all that points at them.

    One with a page that nobody has read yet stays, and so does one whose name is not that of a week.
    """
    return [
        row["file"]
        for row in rows(db, "old_archives")
        if (end := _end_of_week(row["file"])) and end <= before
        if not row["has_unread"] and (row["newest_at"] is None or row["newest_at"] < before)
    ]


def mark_gone(db: Db, files: Sequence[str], now: datetime) -> None:
    """Say of archive files, and of every row that points at them, that they are kept no more."""
    for file in files:
        for name in ("let_go_pages", "let_go_feeds", "let_go_places"):
            db.execute(query(name), {"file": file})
        db.execute(query("let_go_archive"), {"file": file, "now": now})


def still_there(db: Db, archive: Archive) -> list[str]:
    """Name the files that are marked as gone and lie there yet: whoever marked them was killed, or is about to act."""
    there = set(archive.files())
    return [row["file"] for row in rows(db, "archives_let_go") if row["file"] in there]


def _counted(db: Db, name: str, **given: object) -> int:
    ((count,),) = db.execute(query(name), given).fetchall()
    return int(count)


def _end_of_week(file: str) -> datetime | None:
    try:
        monday = datetime.strptime(f"{file.removesuffix(_ENDING)}-1", "%G-W%V-%u").replace(tzinfo=UTC)
    except ValueError:
        return None
    return monday + _WEEK
