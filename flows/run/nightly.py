"""The night's work, once: maintain, or only what older rules made."""

from __future__ import annotations

from datetime import UTC, datetime

from flows.job import job_of
from flows.maintain import Maintained, maintain
from flows.reprocess import Remade, count_older, reprocess
from flows.run.once import once
from flows.settings import load
from warehouse.errors import WarehouseError


def maintain_once() -> Maintained:
    """Check and back up; give the counts of the run and what each check found."""
    return once("maintain", maintain)


def reprocess_once(since: str) -> Remade:
    """Make again what older rules made of articles first seen since a week, "" for all."""
    if not (private := load().warehouse.private).exists():
        raise WarehouseError(f"There is no warehouse at {private}. Run `vnjp collect` first, or set VNJP_DATA.")
    if not count_older(job_of(load(), datetime.now(UTC)), since):
        return Remade({"older": 0}, ())
    return once("reprocess", lambda: reprocess(since))
