"""Collect once."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from flows.collect import collect
from flows.run.once import once
from flows.settings import load
from flows.watch import sources_of


def collect_once(now: datetime | None, sources: Path | None) -> dict[str, int]:
    """Collect; give the counts of the run."""
    given = {"sources": sources} if sources else {}
    sources_of(load(**given))  # what is wrong in a list of sources is said before Prefect starts
    return once("collect", lambda: collect(now, sources))
