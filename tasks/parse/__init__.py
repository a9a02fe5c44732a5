"""Read a feed: bytes in, entries out, whatever the bytes are.

RSS, RDF and Atom through feedparser, JSON Feed and sitemaps through readers of our own. Around them stands what no
parser gives: encodings put right, dates read strictly, texts without markup, identities that last.
"""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from tasks.charset import decode, gunzip, undecoded
from tasks.parse import feeds, jsonfeed, plain, sitemap
from tasks.parse.draft import Document, primary
from tasks.parse.entries import entries
from tasks.parse.repair import document
from tasks.parse.sniff import sniff
from tasks.urls import host, join, registrable
from warehouse.records import ParsedFeed

_MINUTES = re.compile(r"[0-9]{1,6}")
CAP = 10 * 1024 * 1024  # bytes of a feed after unpacking


def parse(body: bytes, url: str, content_type: str = "", zone: str = "UTC", now: datetime | None = None) -> ParsedFeed:
    """Read the body of a feed that came from `url` (the final one: relative links are resolved against it).

    Dates without a zone are read in `zone` (an IANA name; an unknown one raises ZoneInfoNotFoundError); with `now`
    given, dates more than 36 hours ahead of it are dropped. No bytes make this raise: what is no feed is `not_a_feed`
    with a reason (challenge, html, charset, other), a feed without entries is `empty`. Hostile bytes may take long: see
    `tasks.parse.limit`.
    """
    ZoneInfo(zone)
    if not body.strip():
        return ParsedFeed("empty")
    text = decode(gunzip(body, CAP), content_type)
    if undecoded(text):
        return ParsedFeed("not_a_feed", reason="charset")
    kind = sniff(text)
    if kind in {"challenge", "html", "other"}:
        return ParsedFeed("not_a_feed", reason=kind)
    read = _read(kind, text)
    if read is None:
        return ParsedFeed("not_a_feed", reason="other")
    found = entries(read.drafts, _base(read, url), zone, now)
    return ParsedFeed(
        state="ok" if found else "empty",
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
