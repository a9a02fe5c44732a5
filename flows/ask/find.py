"""Which article or story a user means: by id, address, or a part of what it is called."""

from __future__ import annotations

from collections.abc import Sequence

from warehouse.connect import Db
from warehouse.errors import MendableError
from warehouse.rows import Row, rows

_SHOWN = 10


def find_article(db: Db, wanted: str) -> str:
    """Give the id of the article named by id, address or part of its title; MendableError when none or many."""
    found = rows(db, "find_article", wanted=wanted, most=_SHOWN + 1)
    if not found:
        raise MendableError(
            f"No article is named {wanted!r}. Give an id, an address or a part of a title; "
            "`vnjp sql 'from articles'` lists them."
        )
    lines = [f"  {row['article_id']}  {row['outlet']}: {row['title']}" for row in found]
    return _only([row["article_id"] for row in found], lines, f"articles are named {wanted!r}")


def find_story(db: Db, wanted: str) -> str:
    """Give the id of the story named by its id, one that went into it, an article, or part of a headline.

    MendableError when none or many.
    """
    found = rows(db, "find_story", wanted=wanted, most=_SHOWN + 1)
    if not found:
        raise MendableError(_no_story(db, wanted))
    return _only(
        [row["story_id"] for row in found], [story_line(row) for row in found], f"stories are named {wanted!r}"
    )


def story_line(row: Row) -> str:
    """Say a story in one line."""
    count = f"{row['articles']} article{'s' * (row['articles'] != 1)}"
    return f"  {row['story_id']}  {row['headline']} ({count}, first seen {row['first_seen']:%Y-%m-%d})"


def _no_story(db: Db, wanted: str) -> str:
    """Say why nothing is found: an article in no story, a story that lost all its articles, or nothing at all."""
    for row in rows(db, "find_article", wanted=wanted, most=1):
        said = (
            f"{row['outlet']}: {row['title']!r} is in no story: it is held for {row['relevance'] or 'not judged yet'}."
        )
        return f"{said} `vnjp why {row['article_id']}` says why."
    if rows(db, "find_empty_story", wanted=wanted):
        return f"No article is in story {wanted!r} any more. `vnjp overrides list` shows what was decided."
    return (
        f"No story is named {wanted!r}. Give an id, an article's id or a part of a headline; "
        "`vnjp sql 'from stories'` lists them."
    )


def _only(ids: Sequence[str], lines: Sequence[str], what: str) -> str:
    if len(ids) == 1:
        return ids[0]
    count = str(len(ids)) if len(ids) <= _SHOWN else f"More than {_SHOWN}"
    raise MendableError(f"{count} {what}; choose one by its id:\n" + "\n".join(lines[:_SHOWN]))
