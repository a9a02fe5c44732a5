"""The command line's work on single files: one file in, one JSON object out; no warehouse and no Prefect."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from warehouse.errors import MendableError
from warehouse.records import Entry, ParsedFeed

_QUICK = 128 * 1024  # bytes of a feed that are read at once; more, in a child with a time limit


def articles_in(path: Path) -> Iterator[dict[str, Any]]:
    """Read the objects of a JSON Lines file; MendableError names the line that holds none."""
    return (row for _, row in numbered(path))


def numbered(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Read the objects of a JSON Lines file, each with the number of its line; errors as above."""
    try:
        lines = path.read_text("utf-8").split("\n")  # not splitlines: it also cuts at U+2028 inside a string
    except (OSError, UnicodeError) as error:
        raise MendableError(f"{path} cannot be read: {error}. Give a JSON Lines file in UTF-8.") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise MendableError(f"{path}, line {number} is no JSON ({error}). Write one object a line.") from error
        if not isinstance(row, dict):
            raise MendableError(f"{path}, line {number} is no object but {line[:40]}. Write one object a line.")
        yield number, row


def parse_feed_line(path: str | Path, url: str, content_type: str, zone: str) -> dict[str, Any]:
    """Read a file as a feed that came from `url`; give what `vnjp parse-feed` prints of it.

    Raises OSError where the file cannot be read, ZoneInfoNotFoundError for an unknown zone; no content raises.
    """
    from tasks.parse import parse
    from tasks.parse.limit import parse_within

    body = Path(path).read_bytes()
    feed = (parse if len(body) < _QUICK else parse_within)(body, url, content_type, zone)
    return {
        "path": str(path),
        "state": feed.state,
        "source_title": feed.source_title,
        "items": [_item(entry, feed) for entry in feed.entries],
    }


def _item(entry: Entry, feed: ParsedFeed) -> dict[str, Any]:
    from tasks.language import language

    return {
        "identity": entry.identity,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "published": entry.published.isoformat() if entry.published else None,
        "published_quality": entry.published_quality,
        # what is written outweighs what is declared: many a Vietnamese feed says en-US, its software's default
        "language": language(entry.title, entry.content or entry.summary) or entry.language or feed.language,
    }


def extract_line(path: str | Path, url: str) -> dict[str, Any]:
    """Read a file (plain or gzip) as a page that came from `url`; give what `vnjp extract` prints of it.

    Raises OSError where the file cannot be read; no content raises.
    """
    from tasks.extract import extract

    page = extract(Path(path).read_bytes(), url)
    return {
        "path": str(path),
        "title": page.title,
        "text": page.text,
        "language": page.language,
        "published": page.published.isoformat() if page.published else None,
        "outlet": page.outlet,
        "author": page.author,
        "quality": page.quality,
        "reason": page.reason,
    }
