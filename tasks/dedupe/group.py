"""Form groups of copies out of pairs: each has one root, which every copy repeats."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from tasks.dedupe.bounds import Bounds
from tasks.dedupe.candidates import Index
from tasks.dedupe.compare import Likeness, akin, compare
from tasks.dedupe.prints import RULES, Printed
from warehouse.records import Duplicate, DuplicateKind

Links = dict[str, dict[str, Likeness]]  #: article_id -> the articles that it repeats or that repeat it
_STRENGTH: Mapping[DuplicateKind, int] = {"exact": 2, "near": 1, "translation": 0}


def reach(start: Collection[str], known: Mapping[str, Printed], bounds: Bounds) -> Links:
    """Link the articles of ``start``, and those linked to them, and so on, until none is new."""
    index = Index(known.values(), bounds.least)
    links: Links = {}
    ahead = sorted(start)
    while ahead:
        one = ahead.pop()
        if one in links:
            continue
        links[one] = {}
        for other in index.near(known[one]):
            likeness = links[other].get(one) if other in links else compare(known[one], known[other], bounds)
            if likeness:
                links[one][other] = likeness
                ahead.append(other)
    return links


def form(links: Links, known: Mapping[str, Printed], unfolded: Collection[str], bounds: Bounds) -> Iterator[Duplicate]:
    """Give a row for each article that repeats one of an earlier rank."""
    rows: dict[str, Duplicate] = {}
    for one in sorted(links, key=lambda name: _rank(known[name])):
        if one in unfolded:
            continue
        options = [
            _row(one, other, links[one][other], rows)
            for other in sorted(links[one], key=lambda name: _rank(known[name]))
            if _rank(known[other]) < _rank(known[one]) and _carries(one, other, links[one][other], rows, known, bounds)
        ]
        if options:
            rows[one] = max(options, key=lambda row: (_STRENGTH[row.kind], row.score, row.against == row.duplicate_of))
            yield rows[one]


def _rank(one: Printed) -> tuple[bool, datetime, datetime, str]:
    """Baseline first, else the earliest, else the one seen first, else the smallest id.

    Nothing is published after it was seen.
    """
    article = one.article
    at = min(article.published or article.first_seen, article.first_seen)
    return not article.article_id.startswith("baseline:"), at, article.first_seen, article.article_id


def _carries(
    one: str,
    other: str,
    likeness: Likeness,
    rows: Mapping[str, Duplicate],
    known: Mapping[str, Printed],
    bounds: Bounds,
) -> bool:
    """Say whether ``other`` leads to a root. A copy merged out of two texts must not tie what shares nothing."""
    row = rows.get(other)
    across = "translation" in {likeness.kind, row.kind if row else ""}
    return row is None or across or akin(known[one], known[row.duplicate_of], bounds)


def _row(one: str, other: str, likeness: Likeness, rows: Mapping[str, Duplicate]) -> Duplicate:
    parent = rows.get(other)
    return Duplicate(
        article_id=one,
        duplicate_of=parent.duplicate_of if parent else other,
        kind="translation" if parent and parent.kind == "translation" else likeness.kind,
        score=likeness.score,
        against=other,
        evidence=likeness.evidence,
        rule_version=RULES,
    )
