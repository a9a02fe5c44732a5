"""Tell Prefect what a run folded: which article under which, why, and how sure that is."""

from __future__ import annotations

from flows.job import Job
from flows.tell import edge
from flows.tell.lines import counted
from flows.tell.words import short
from warehouse.rows import Row, rows

_MOST = 200  # rows: a table is for reading; the view `folded` has all


def tell_folded(job: Job) -> None:
    """Leave a table of what this collect folded, if anything; without a flow run, or without an API, do nothing."""
    if not edge.in_a_run() or not job.counts["folded"]:
        return
    with job.warehouse.writer() as db:
        found = rows(db, "folded_of", now=job.now)
    if found:
        more = f"; the first {_MOST} of them" * (len(found) > _MOST)
        edge.table(
            "vnjp-folded",
            [line(row) for row in found[:_MOST]],
            f"{counted(len(found), 'article is a copy|articles are copies')}{more}.",
        )


def line(row: Row) -> dict[str, str]:
    """Give the line of a row of folded_of.sql, as text."""
    return {
        "article": short(row["title"]),
        "outlet": row["outlet"],
        "under": short(row["kept_title"]),
        "of": row["kept_outlet"],
        "kind": row["kind"],
        "score": f"{row['score']:.2f}",
        "why": short(row["evidence"]),
        "article_id": row["article_id"],
    }
