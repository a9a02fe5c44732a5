"""Which other story an article comes nearest to, and what kept it out."""

from __future__ import annotations

from flows.solve import judged, lexicon
from tasks.cluster import decisions, nearest, pair
from warehouse import read
from warehouse.connect import Db
from warehouse.rows import Row, rows

_DAYS, _MOST = 10, 40  # how far articles may lie apart, and how many are looked at: those with most names in common


def rival(db: Db, article: str) -> Row | None:
    """Give the other story that an article is likeliest to belong to, None where none has anything in common."""
    ids = [row["id"] for row in rows(db, "why_rivals", article=article, days=_DAYS, most=_MOST)]
    if not ids:
        return None
    known = judged(db, [article, *ids])
    found = nearest(known[article], [known[one] for one in ids], lexicon())
    [member] = read.memberships(db, [found.against])
    [story] = rows(db, "one_story", story=member.story_id)
    _, apart = decisions(read.overrides(db), frozenset())
    relevance = known[article].judgement.relevance
    if relevance not in {"bilateral", "related"}:
        why_not = f"it is held for {relevance}, and only what is bilateral or related is told"
    else:
        why_not = "a user set them apart" if pair(article, found.against) in apart else found.why_not
    beside = known[found.against].article
    return {
        "story_id": member.story_id,
        "headline": story["headline"],
        "against": found.against,
        "outlet": beside.outlet,
        "title": beside.title,
        "score": found.score,
        "threshold": found.threshold,
        "why": found.why,
        "why_not": why_not,
    }
