"""Read a batch of pages for a collect that is at work elsewhere: what several workers of one pool share."""

from __future__ import annotations

from prefect import flow

from flows.reading import read_in_turn
from flows.settings import load
from warehouse.spool import Spool


@flow(name="extract", description="Read a batch of pages for a collect that waits for it.")
def extract(batch: str) -> int:
    """Read the pages of a batch in the spool of the data folder, and lay what they came to beside it; say how many."""
    spool = Spool(load().spool)
    made = read_in_turn(spool.work(batch))
    spool.answer(batch, made)
    return len(made)
