"""Tell Prefect how many of a run's items became stories, and where the others went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from flows.job import Job
from flows.tell import edge
from warehouse.rows import Row, rows


def tell_funnel(job: Job) -> None:
    """Leave the funnel of this collect; without a flow run, or without an API, do nothing."""
    if not edge.in_a_run():
        return
    with job.warehouse.writer() as db:
        lost = rows(db, "losses_of", now=job.now)
    seen, told = job.counts["entries"], job.counts["in_stories"]
    edge.table("vnjp-funnel", funnel(job.counts, lost), f"{seen:,} items seen, {told:,} articles joined to stories.")


def funnel(counts: Mapping[str, int], losses: Iterable[Row]) -> list[dict[str, str]]:
    """Give the steps in order, each with its count and where those went that did not come to the next.

    `counts` are those of the run; `losses` are rows of losses_of.sql: stage, reason, lost. Steps need not add up: a
    page is asked again on later days, and an article is told by its feed where its page could not be had.
    """
    of_stage: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in losses:
        of_stage[row["stage"]].append((row["reason"], row["lost"]))
    got = defaultdict(int, counts)
    judged = [
        ("mention one country only in passing", got["judged_mention"]),
        ("not about both countries", got["judged_none"]),
    ]
    steps: tuple[tuple[str, int, list[tuple[str, int]]], ...] = (
        ("sources asked", got["asked"], of_stage["source"]),
        ("items seen", got["entries"], [("known before", got["entries"] - got["new_entries"])]),
        ("new items", got["new_entries"], of_stage["item"]),
        ("pages asked", got["pages"], of_stage["page"]),
        ("pages read", got["pages"] - got["pages_failed"], of_stage["text"]),
        ("articles", got["articles"] + got["revisions"], [("newer revisions of held ones", got["revisions"])]),
        ("screened", got["screened"], [("of one country only, kept as their feeds tell them", got["screened"])]),
        ("judged", got["judged"], judged),
        ("relevant", got["judged_bilateral"] + got["judged_related"], []),
        ("folded", got["folded"], [("shown under what they copy", got["folded"])]),
        ("joined to stories", got["in_stories"], []),
        ("new stories", got["stories_new"], []),
    )
    return [{"step": step, "count": f"{count:,}", "of them": _said(where)} for step, count, where in steps]


def _said(where: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{count:,} {reason}" for reason, count in where if count)
