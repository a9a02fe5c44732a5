"""Why an article was judged as it was: every decision on it, each with its words."""

from __future__ import annotations

from flows.ask.find import find_article
from flows.ask.rival import rival
from warehouse.connect import Warehouse
from warehouse.rows import Row, offer, rows

_ASKED = {
    "parts": "why_scored",
    "evidence": "why_tagged",
    "named": "why_named",
    "amounts": "why_counted",
    "dates_ahead": "why_ahead",
    "copy_of": "why_folded",
    "story": "why_in_story",
    "shared": "why_shared",
}


def explain(warehouse: Warehouse, article: str) -> Row:
    """Give what is held of an article named by id, address or part of its title; MendableError when none or many."""
    with warehouse.reader() as db:
        key = find_article(db, article)
        found = rows(db, "one_article", article=key)[0]
        found |= {name: rows(db, query, article=key) for name, query in _ASKED.items()}
        found["ruled"] = next(iter(rows(db, "why_ruled", article=key)), None)
        found["copies"] = rows(db, "copies_of", root=key)
        offer(db, "wanted", [key])
        found["overrides"] = rows(db, "overrides_on")
        found["nearest_other_story"] = rival(db, key)
    return found
