"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1), read leniently: ids may be numbers, authors of either version."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from tasks.parse.draft import Document, Draft


def read(text: str) -> Document | None:
    """Read a JSON Feed; None for other JSON and for what is none."""
    try:
        feed = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        return None
    drafts = tuple(_draft(item, feed) for item in feed["items"] if isinstance(item, dict))
    if not drafts and "jsonfeed" not in _text(feed, "version"):
        return None
    return Document(
        title=_text(feed, "title"),
        language=_text(feed, "language"),
        home=_text(feed, "home_page_url"),
        own=_text(feed, "feed_url"),
        drafts=drafts,
    )


def _draft(item: dict[str, Any], feed: dict[str, Any]) -> Draft:
    content = _text(item, "content_html") or escape(_text(item, "content_text"), quote=False).replace("\n", "<br>")
    links = [_text(item, name) for name in ("url", "external_url")]
    links += [guid for guid in [_text(item, "id")] if guid.startswith(("http://", "https://"))]
    links += [_text(file, "url") for file in _list(item, "attachments")]
    authors = _list(item, "authors") or _list({"author": [item.get("author")]}, "author") or _list(feed, "authors")
    return Draft(
        guid=_text(item, "id"),
        links=tuple(filter(None, links)),
        title=_text(item, "title"),
        summary=_text(item, "summary"),
        content=content,
        dates=tuple(filter(None, (_text(item, name) for name in ("date_published", "date_modified")))),
        language=_text(item, "language"),
        author=", ".join(filter(None, (_text(author, "name") for author in authors))),
    )


def _text(mapping: dict[str, Any], name: str) -> str:
    value = mapping.get(name)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _list(mapping: dict[str, Any], name: str) -> list[dict[str, Any]]:
    value = mapping.get(name)
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []
