"""Why an article was judged as it was: the decisions, each with its words."""

from __future__ import annotations

from warehouse.connect import Warehouse
from warehouse.errors import MendableError
from warehouse.rows import Row, rows

_AROUND = 40  # characters shown on either side of the words


def explain(warehouse: Warehouse, article: str) -> Row:
    """Give what is held of an article named by id, address or part of its title; MendableError when none or many."""
    with warehouse.reader() as db:
        found = rows(db, "find_article", wanted=article)
        if not found:
            raise MendableError(f"No article is named {article!r}. `vnjp sql 'from articles'` lists them.")
        if len(found) > 1:
            listed = "\n".join(f"  {row['article_id']}  {row['outlet']}: {row['title']}" for row in found)
            raise MendableError(f"{len(found)} articles or more are named {article!r}; choose one by its id:\n{listed}")
        key = found[0]["article_id"]
        names = ("why_tagged", "why_folded", "why_in_story")
        return rows(db, "one_article", article=key)[0] | {name: rows(db, name, article=key) for name in names}


def told(found: Row) -> str:
    """Say it in lines for a person."""
    event = " ".join(str(found[name]) for name in ("event_type", "event_date", "event_place") if found[name])
    lines = [
        found["title"] or "(no title)",
        f"{found['outlet']} ({found['side']}, {found['language']})",
        f"first seen {found['first_seen']:%Y-%m-%d %H:%M} UTC",
        found["url"],
        "",
        f"{found['relevance']}, score {found['relevance_score']:.2f}" if found["relevance"] else "not judged",
    ]
    lines += [f"event: {event}"] if event else []
    for row in found["why_tagged"]:
        score = f" ({row['score']:+.2f})" if row["score"] is not None else ""
        lines.append(f"  {row['tag']}{score}: {_shown(found, row)}")
    lines += [f"{row['kind']} copy of {row['kept_outlet']}: {row['evidence']}" for row in found["why_folded"]]
    lines += [f"story {row['story_id']}: {row['headline']}\n  {row['why']}" for row in found["why_in_story"]]
    return "\n".join(lines)


def _shown(found: Row, row: Row) -> str:
    """Show the words between square brackets, with what stands around them."""
    if row["text"] is None:
        return "no words"
    field, start, end = found[row["field"]], row["start_char"], row["end_char"]
    before, after = field[max(0, start - _AROUND) : start], field[end : end + _AROUND]
    return f"{row['field']} {start}-{end}: " + " ".join(f"{before}[{row['text']}]{after}".split())
