"""Take an article's words out of an issue that was sent, and leave a mark where they stood."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

MARK = "[taken down]"


@dataclass(frozen=True, slots=True)
class _Gone:
    article_id: str
    urls: Collection[str]
    titles: Collection[str]


def redacted(content: str, article_id: str, urls: Collection[str], titles: Collection[str]) -> str:
    """Give a frozen issue, as JSON, without the words and the addresses of one article; all else stays as it was sent.

    An issue is frozen so that nobody can be told otherwise of what was sent; a takedown is the one exception. What was
    quoted is replaced by a mark, so that the line, its rank and its counts stay what they were.
    """
    return json.dumps(_without(json.loads(content), _Gone(article_id, urls, titles)), ensure_ascii=False)


def _without(node: Any, gone: _Gone) -> Any:  # noqa: ANN401 - JSON
    if isinstance(node, list):
        made = [_without(one, gone) for one in node]
        if node and _is_quote(node[0], gone):  # a figure's quote, with what it counts as the text has it
            made = [made[0], *("" if isinstance(one, str) else one for one in made[1:])]
        return made
    if not isinstance(node, dict):
        return node
    kept = {name: _without(one, gone) for name, one in node.items()}
    if _is_quote(node, gone):
        return kept | {"text": MARK, "url": ""}
    if "headline" in node and (node.get("url") in gone.urls or node["headline"] in gone.titles):  # an earlier story
        return kept | {"headline": MARK, "url": ""}
    if node.get("article_id") == gone.article_id and "reason" in node:  # a report: its reason may quote it
        return kept | {"reason": ""}
    return kept


def _is_quote(node: Any, gone: _Gone) -> bool:  # noqa: ANN401 - JSON
    return isinstance(node, dict) and node.get("article_id") == gone.article_id and "text" in node
