"""Keep Prefect's own database small, before its embedded server starts: old runs go, and their room with them.

Prefect's vacuum of old flow runs is off by default, does not run in the server of a single command, and gives no room
back: SQLite keeps what is freed in its file until it is written anew.
"""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows.settings import load

_SHARE, _ROOM = 0.25, 8_000_000  # of the file, and bytes, that are free before it is written anew
_LOG = 10_000_000  # bytes of the server's log before it is begun anew; the one before it stays
_EVENTS = timedelta(days=7)  # as Prefect itself keeps them: PREFECT_SERVER_EVENTS_RETENTION_PERIOD
_PATIENCE = 10.0  # seconds
_log = logging.getLogger(__name__)


def vacuum(days: int) -> Mapping[str, str]:
    """Give Prefect's settings by which its server, when it stays on, lets go of flow runs after so many days."""
    if not days:
        return {"PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events"}
    return {
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(days * 24 * 3600),
    }


def tidy(folder: Path, days: int | None = None, now: datetime | None = None) -> int:
    """Let go of runs older than `days` (default: VNJP_KEEP_RUNS; 0 for ever) in the home of a server that is not on.

    Gives how many flow runs went. A database that cannot be tidied is left as it is, with a warning: runs go on.
    """
    database, kept = folder / "prefect.db", load().keep_runs if days is None else days
    _begin_log_anew(folder / "server.log")
    if not (kept and database.exists()):
        return 0
    before = (now or datetime.now(UTC)) - timedelta(days=kept)
    events = max(before, before + timedelta(days=kept) - _EVENTS)
    try:
        with closing(sqlite3.connect(database, timeout=_PATIENCE, isolation_level=None)) as db:
            gone = _let_go(db, before, events)
            _shrink(db, database)
    except sqlite3.Error as error:
        _log.warning("Prefect's database %s was not tidied (%s); the run goes on", database, error)
        return 0
    return gone


def _let_go(db: sqlite3.Connection, before: datetime, events: datetime) -> int:
    given = {"before": _written(before), "events": _written(events)}
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    count = 0
    db.execute("PRAGMA foreign_keys = ON")  # task runs and states go with their flow runs
    db.execute("BEGIN IMMEDIATE")
    for statement in script.split(";\n"):
        if statement.strip():
            cursor = db.execute(statement, {name: given[name] for name in given if f":{name}" in statement})
            count += max(0, cursor.rowcount) if "from flow_run " in statement and "delete" in statement else 0
    db.execute("COMMIT")
    return count


def _shrink(db: sqlite3.Connection, database: Path) -> None:
    """Write the file anew where much of it is free, and the disk has room for that."""
    page, pages, free = (int(db.execute(f"PRAGMA {one}").fetchone()[0]) for one in _SIZES)
    if free > _SHARE * pages and free * page > _ROOM and shutil.disk_usage(database.parent).free > 2 * pages * page:
        db.execute("VACUUM")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


_SIZES = ("page_size", "page_count", "freelist_count")


def _begin_log_anew(log: Path) -> None:
    if log.exists() and log.stat().st_size > _LOG:
        log.replace(log.with_suffix(".log.old"))


def _written(instant: datetime) -> str:
    """Spell an instant as Prefect's database does, so that text compares as time."""
    return f"{instant.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"
