"""RSS, RDF and Atom, read by feedparser: the only place that knows its habits.

It gets bytes in a file object, since feedparser opens a body that is a path or an address; and its own sanitising,
link resolving inside HTML and dates stay unused: the first two cost seven times the rest, the last are guesses.
"""

from __future__ import annotations

import io
from typing import Any

import feedparser

from tasks.parse.draft import Document, Draft

#: the fields that hold a date, the standards' own first, then what some systems write instead
_DATES = ("published", "updated", "created", "prism_publicationdate", "dcterms_date", "dcterms_available")
_ODD_DATES = ("publishdate", "publicationdate", "datepublished", "pub_date", "news_publication_date", "media_pubdate")
# minutes, of the RSS module Syndication; "always" is none of its words, but the press uses it
_PERIODS = {"always": 60, "hourly": 60, "daily": 24 * 60, "weekly": 7 * 24 * 60}
_DIGITS = 4


def read(document: bytes) -> Document:
    """Read a feed in UTF-8; a document without entries gives one without drafts.

    Links stay relative to the feed's own address, though not to its xml:base: given the address as content-location,
    feedparser would resolve guids as well, and a feed that moves would bring all its items again.
    """
    headers = {"content-type": "application/xml; charset=utf-8"}
    parsed = feedparser.parse(
        io.BytesIO(document), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    feed = parsed.feed
    return Document(
        title=_text(feed, "title"),
        language=_text(feed, "language"),
        ttl=_text(feed, "ttl") or _syndicated(feed),
        home=_text(feed, "link"),
        own=next((_text(link, "href") for link in _list(feed, "links") if _text(link, "rel") == "self"), ""),
        drafts=tuple(_draft(entry) for entry in parsed.entries if entry),
    )


def _syndicated(feed: dict[str, Any]) -> str:
    """Give the minutes between two updates that sy:updatePeriod and sy:updateFrequency speak of, or ""."""
    minutes = _PERIODS.get(_text(feed, "sy_updateperiod").strip().lower(), 0)
    often = _text(feed, "sy_updatefrequency").strip()
    times = int(often) if often.isascii() and often.isdigit() and len(often) < _DIGITS else 1
    return str(minutes // max(times, 1)) if minutes else ""


def _draft(entry: dict[str, Any]) -> Draft:
    return Draft(
        guid=_text(entry, "id"),
        links=_links(entry),
        title=_text(entry, "title"),
        summary=_text(entry, "summary"),
        content=max((_text(part, "value") for part in _list(entry, "content")), key=len, default=""),
        dates=tuple(filter(None, (_text(entry, name) for name in (*_DATES, *_ODD_DATES)))),
        language=_text(entry, "language") or _text(dict.get(entry, "title_detail") or {}, "language"),
        author=_text(entry, "author"),
        publisher=_text(dict.get(entry, "source") or {}, "title") or _text(entry, "news_source"),
        publisher_url=_text(dict.get(entry, "source") or {}, "href"),
    )


def _links(entry: dict[str, Any]) -> tuple[str, ...]:
    """Collect addresses, the article's own first: FeedBurner's original, link, alternates, a guid, then files."""
    links, guid, link = _list(entry, "links"), _text(entry, "id"), _text(entry, "link")
    alternates = [_text(one, "href") for one in links if _text(one, "rel") in {"alternate", ""}]
    found = [_text(entry, "feedburner_origlink")]
    # feedparser takes any guid for the link where there is none
    found += [link, *alternates] if link != guid or link in alternates else alternates
    found += [guid] if guid.startswith(("http://", "https://")) else []
    found += [_text(one, "href") for one in links if _text(one, "rel") not in {"alternate", "", "self"}]
    return tuple(filter(None, found))


def _text(mapping: dict[str, Any], name: str) -> str:
    # dict.get, for feedparser's own falls back from `updated` to `published`, with a warning
    value = dict.get(mapping, name)
    return value if isinstance(value, str) else ""


def _list(mapping: dict[str, Any], name: str) -> list[dict[str, Any]]:
    value = dict.get(mapping, name)
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []
