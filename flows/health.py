"""How the sources do: kept in the warehouse by every collect."""

from __future__ import annotations

from flows.job import Job
from warehouse import read, write
from warehouse.records import SourceHealth


def keep_health(job: Job) -> list[SourceHealth]:
    """Keep how every source does after this run; give it."""
    with job.warehouse.writer() as db:
        write.retired(db, job.sources)
        found = read.source_health(db, job.now)
        write.source_health(db, found)
    return found
