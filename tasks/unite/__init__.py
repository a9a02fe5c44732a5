"""One article under several addresses: known again by the site's own id, or by the address that its page gives itself.

Behind a link that hides its address it is known by its outlet, title and time.

The id is the site's word and enough. What a page calls its address is not: there are sites whose articles all name
one page. So the texts must agree too, before two addresses become one article.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tasks.text import digest, fold
from tasks.unite.discoveries import found_out
from tasks.urls import canonical
from warehouse.records import Article, Extract, Item

__all__ = ["agree", "found_out", "name_hashes", "names", "own_address", "settle"]

_SHARED = 0.5  # of the shorter text's paragraphs both must have
_SHARED_UNDER_ONE_TITLE = 0.2  # enough where the titles are equal; a title alone is not: "Gold price today"


def names(item: Item) -> list[str]:
    """Give what an item's article is known by: its own canonical address, and the id that the site put into it."""
    return [name for name in (item.canonical_url, item.article_key) if name and item.url]


def name_hashes(item: Item) -> list[str]:
    """Give the hashes under which a sighting may have been forgotten; a hidden link is known by its title alone."""
    hashes = [item.article_id, digest(item.canonical_url), *([digest(item.article_key)] if item.article_key else [])]
    return [*hashes, digest("title", item.title_key)] if item.hidden and item.title_key else hashes


def settle(items: Sequence[Item], held: Mapping[str, str]) -> list[Item]:
    """Give each item to the article that is held under one of its names (name -> article id), else to the first here.

    Two addresses with one id of the site's are one article: a slug changes, the id stays.
    """
    known = dict(held)
    settled = []
    for item in items:
        article = next((known[name] for name in names(item) if name in known), item.article_id)
        for name in names(item):
            known.setdefault(name, article)
        settled.append(item if article == item.article_id else replace(item, article_id=article))
    return settled


def own_address(extract: Extract | None, final_url: str) -> str:
    """Give the canonical form of the address that a page gives itself, else where it was found; "" for no article."""
    if extract is None or extract.quality == "none":
        return ""
    return canonical(extract.canonical_url or final_url)


def agree(extract: Extract, article: Article) -> bool:
    """Say whether a page tells the article that is held: half of its paragraphs, or some under the same title."""
    least = _SHARED_UNDER_ONE_TITLE if fold(extract.title) == fold(article.title) else _SHARED
    one, other = (set(fold(text).split("\n")) - {""} for text in (extract.text, article.text))
    return len(one & other) > 0 and len(one & other) >= least * min(len(one), len(other))
