"""A child that reprocesses by raised rules, killed in its Nth transaction: `python -m tests.remade DATA N`."""

import os
import signal
import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import tasks.dedupe.group
import tasks.dedupe.prints
import tasks.tag
from flows import rules
from flows.job import Job
from flows.reprocess import reprocess_with
from flows.settings import load
from flows.steps import inline
from tests.press import MONDAY
from warehouse.connect import Warehouse

RAISED = {name: f"{name.lower()}-raised" for name in ("EXTRACT", "TAG", "DEDUPE", "FOLDING", "STORIES")}


def raise_rules(patch=setattr):
    """Put other rules in force, everywhere where rows get their version from."""
    for name, version in RAISED.items():
        patch(rules, name, version)
    patch(tasks.tag, "RULES", RAISED["TAG"])
    patch(tasks.dedupe.prints, "RULES", RAISED["DEDUPE"])
    patch(tasks.dedupe.group, "RULES", RAISED["DEDUPE"])


def without_bridge(step, things, *shared):
    """Extract by other rules: what these call a bridge, the raised ones call a crossing."""
    for batch in inline(step, things, *shared):
        renamed = step.name == "extract"
        yield [replace(one, text=one.text.replace("bridge", "crossing")) for one in batch] if renamed else batch


def remake(data, since="", tell=lambda *_: None, at_once=200):
    """Reprocess a data folder, by the rules in force."""
    job = Job(load(data, data=data), MONDAY + timedelta(days=10))
    return reprocess_with(job, without_bridge, since, tell, at_once)


@contextmanager
def counting(end=0):
    """Count the transactions of a block, and be killed in the one of this number."""
    begun, writer = [], Warehouse.writer

    @contextmanager
    def counted(house):
        begun.append(house)
        with writer(house) as db:
            yield db
            if len(begun) == end:
                os.kill(os.getpid(), signal.SIGKILL)

    Warehouse.writer = counted
    try:
        yield begun
    finally:
        Warehouse.writer = writer


if __name__ == "__main__":
    raise_rules()
    with counting(int(sys.argv[2])):
        remake(Path(sys.argv[1]), at_once=2)
