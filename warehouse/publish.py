"""Publish: give everybody's SQL a new snapshot of the private file."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from warehouse import sums
from warehouse.attach import logs
from warehouse.connect import Warehouse
from warehouse.copying import copied
from warehouse.dress import dress
from warehouse.index import AT_ONCE, index
from warehouse.migrate import newest
from warehouse.troubles import said


def publish(warehouse: Warehouse) -> Path:
    """Replace the snapshot by the present state of the warehouse, at once for every reader; return its path.

    Readers that are open keep what they have; whoever opens it next sees the new one. Whatever is in it can be searched
    for. A first fill of a large warehouse is indexed batch by batch, and lets others write in between.
    """
    while not _published(warehouse):
        pass
    return warehouse.snapshot


def _published(warehouse: Warehouse) -> bool:
    """Index one batch; if nothing is left to index then, publish what is held. Say whether that was so."""
    with warehouse.lock(), said(warehouse.private):
        with warehouse.opened() as db:
            with warehouse.transaction(db):
                if index(db, AT_ONCE) == AT_ONCE:
                    return False
                dress(db)
            counted = sums.count(db, newest())
            warehouse.refuse_lost(counted)
        _set_aside(warehouse.snapshot)
        copied(warehouse.private, warehouse.snapshot)
        sums.keep(warehouse.sums_file, counted)
    return True


def _set_aside(snapshot: Path) -> None:
    """Keep what a user wrote into the snapshot under another name: beside the next one, his log would stop readers.

    He may have it open still: what he goes on to write then goes there, too.
    """
    for log in logs(snapshot):
        numbers = (f"-{number}" if number > 1 else "" for number in count(1))
        aside = next(
            path
            for each in numbers
            if not (path := snapshot.with_name(f"vnjp-written-by-a-user{each}.duckdb")).exists()
        )
        aside.hardlink_to(snapshot)
        log.rename(aside.with_name(f"{aside.name}{log.name.removeprefix(snapshot.name)}"))
