"""What users decided, as it is held and as it is said."""

from __future__ import annotations

from collections.abc import Sequence

from flows.ask.lay import columns, wrap
from warehouse.connect import Warehouse
from warehouse.rows import Row, offer, rows

_NAMED = 3  # articles of an override that are named


def held(warehouse: Warehouse) -> list[Row]:
    """Give every override, oldest first, with the titles of the articles that it is about."""
    with warehouse.reader() as db:
        found = rows(db, "overrides")
        offer(db, "wanted", {name for row in found for name in row["subjects"]})
        titles = {row["article_id"]: f"{row['outlet']}: {row['title']}" for row in rows(db, "titles_of")}
    return [row | {"titles": [titles.get(one, one) for one in row["subjects"]]} for row in found]


def lines(found: Sequence[Row], width: int = 0) -> str:
    """Say them for a person, of at most `width` columns (default: the terminal's)."""
    width = width or columns()
    if not found:
        return "Nothing was overridden. `vnjp merge`, `split`, `unfold` and `relabel` do it."
    told = []
    for row in found:
        told.append(wrap(said(row), width, 0, 2))
        told += [wrap(title, width, 2, 2) for title in row["titles"][:_NAMED]]
        told += [f"  and {len(row['titles']) - _NAMED} more"] if len(row["titles"]) > _NAMED else []
    return "\n".join(told)


def said(row: Row) -> str:
    """Say an override in one line."""
    what = {
        "merge": lambda: f"stories {' and '.join(row['stories'])} are one",
        "split": lambda: f"{_count(row['subjects'])} taken out of story {row['stories'][0]}",
        "unfold": lambda: f"no copy of {row['others'][0]}",
        "relabel": lambda: "; ".join(_labels(row)),
    }[row["kind"]]()
    note = f" ({row['note']})" if row["note"] else ""
    return f"{row['kind']}: {what}{note}, decided {row['made_at']:%Y-%m-%d %H:%M} UTC, override {row['override_id']}"


def _labels(row: Row) -> list[str]:
    said = [str(row["relevance"])] if row["relevance"] else []
    said += [f"about {', '.join(row['topics']) or 'no topic'}"] if row["topics"] is not None else []
    return said + ([f"written in {row['language']}"] if row["language"] else [])


def _count(articles: Sequence[str]) -> str:
    return "one article" if len(articles) == 1 else f"{len(articles)} articles"
