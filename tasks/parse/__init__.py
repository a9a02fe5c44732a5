"""Read a feed: bytes in, entries out, whatever the bytes are.

RSS, RDF and Atom through feedparser, JSON Feed and sitemaps through readers of our own. Around them stands what no
parser gives: encodings put right, dates read strictly, texts without markup, identities that last.
"""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from tasks.charset import decode, gunzip, undecoded
from tasks.parse import feeds, jsonfeed, jsonlist, page, plain, sitemap
from tasks.parse.draft import Document, primary
from tasks.parse.entries import entries
from tasks.parse.repair import document
from tasks.parse.sniff import sniff
from tasks.urls import host, join, registrable
from warehouse.records import ParsedFeed

_MINUTES = re.compile(r"[0-9]{1,6}")
CAP = 10 * 1024 * 1024  # bytes of a feed after unpacking


def parse(
    body: bytes, url: str, content_type: str = "", zone: str = "UTC", now: datetime | None = None, pattern: str = ""
) -> ParsedFeed:
    """Read the body of a feed that came from `url` (the final one: relative links are resolved against it).

    Dates without a zone are read in `zone` (an IANA name; an unknown one raises ZoneInfoNotFoundError); with `now`
    given, dates more than 36 hours ahead of it are dropped. No bytes make this raise: what is no feed is `not_a_feed`
    with a reason (challenge, html, charset, other), a feed without entries is `empty`. With a `pattern` the source is
    a page that lists articles, those whose absolute address the pattern finds; without one it is `empty`, with a
    reason. Hostile bytes may take long: see `tasks.parse.limit`.
    """
    ZoneInfo(zone)
    if not body.strip():
        return ParsedFeed("empty")
    text = decode(gunzip(body, CAP), content_type)
    if undecoded(text):
        return ParsedFeed("not_a_feed", reason="charset")
    kind = sniff(text)
    read = _read(kind, text) if kind in {"feed", "json", "sitemap"} else None
    read = read or _listed(kind, text, url, pattern, zone)
    if read is None:
        return ParsedFeed("not_a_feed", reason=kind if kind in {"challenge", "html"} else "other")
    found = entries(read.drafts, _base(read, url), zone, now)
    return ParsedFeed(
        state="ok" if found else "empty",
        reason="" if found else read.note,
        source_title=plain.line(read.title),
        language=primary(read.language),
        ttl_minutes=int(read.ttl) if _MINUTES.fullmatch(read.ttl) else 0,
        entries=found,
    )


def _base(read: Document, url: str) -> str:
    """Choose what relative links hang on: the feed's address, unless another site than the one it tells of serves it.

    FeedBurner and its like copy links as they were on the site itself (miniflux/v2#899).
    """
    home = join("", read.home)
    if not url:
        return join(home, read.own) or home
    return home if home and registrable(host(home)) != registrable(host(url)) else url


def _read(kind: str, text: str) -> Document | None:
    try:
        if kind == "json":
            return jsonfeed.read(text)
        if kind == "sitemap":
            return sitemap.read(document(text))
        return feeds.read(document(text))
    except Exception:  # noqa: BLE001 (the readers meet arbitrary bytes; what breaks them is no feed)
        return None


def _listed(kind: str, text: str, url: str, pattern: str, zone: str) -> Document | None:
    """Read a page that lists articles, if it is to be one; a bot wall or a scrap is one only if it lists some."""
    if not pattern:
        return None
    try:
        read = (jsonlist if kind == "json" else page).read(text, url, pattern, zone)
    except Exception:  # noqa: BLE001 (as above)
        return None
    return read if read.drafts or kind in {"html", "json"} else None
