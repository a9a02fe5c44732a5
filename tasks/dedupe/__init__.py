"""Find the articles that repeat another: articles with their prints in, who repeats whom and why out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from tasks.dedupe.bounds import BOUNDS, Bounds, Demands
from tasks.dedupe.group import form, reach
from tasks.dedupe.passages import passages
from tasks.dedupe.prints import DENSE, RULES, SAMPLE, Printed, fingerprint, shingles
from tasks.dedupe.translations import TONGUES
from warehouse.records import Duplicate

__all__ = [
    "BOUNDS",
    "DENSE",
    "RULES",
    "SAMPLE",
    "TONGUES",
    "Bounds",
    "Demands",
    "Printed",
    "dedupe",
    "fingerprint",
    "shingles",
]


def dedupe(
    new: Sequence[Printed],
    held: Sequence[Printed],
    decided: Sequence[Duplicate],
    unfolded: Collection[str] = frozenset(),
    bounds: Bounds = BOUNDS,
) -> tuple[Duplicate, ...]:
    """Say which articles repeat which: rows by article_id that stand for all of ``decided`` and ``new`` from now on.

    ``new`` are articles not judged yet, or in a new revision; ``held`` those that may be their copies (a sampled hash,
    a text hash or a twin address in common) and the rest of those articles' groups; ``decided`` the groups' rows;
    ``unfolded`` the articles that a user took out of their group; ``bounds`` say from where two are copies. What is in
    reach of a new article is grouped again from nothing, so that neither the order of arrival nor the batches change a
    row.
    """
    known = {one.article.article_id: one for one in (*held, *new)}
    members = {name for row in decided for name in (row.article_id, row.duplicate_of)}
    links = reach({one.article.article_id for one in new} | (members & known.keys()), known, bounds)
    formed = {row.article_id: row for row in form(links, known, unfolded, bounds)}
    rows = [replace(row, shared=passages(known[one], known[row.against], bounds)) for one, row in formed.items()]
    for row in decided:
        if row.article_id not in known:
            root = formed.get(row.duplicate_of)
            rows.append(replace(row, duplicate_of=root.duplicate_of) if root else row)
    return tuple(sorted(rows, key=lambda row: row.article_id))
