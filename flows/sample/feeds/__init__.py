"""Render feeds in their outlets' formats, with the quirks that real feeds have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from flows.sample.feeds import rss
from flows.sample.feeds.atom import atom
from flows.sample.feeds.json_feed import json_feed
from flows.sample.feeds.markup import cdata
from flows.sample.feeds.rdf import rdf
from flows.sample.feeds.sitemap import sitemap
from flows.sample.outlets import FeedKind, Outlet
from flows.sample.texts import Shown

LIMIT = 30  #: entries that a feed carries at most

_FORMATS: dict[FeedKind, tuple[str, Callable[[Outlet, Sequence[Shown]], str]]] = {
    "rss": ("application/rss+xml; charset=utf-8", rss.Rss()),
    "rss-gmt7": ("application/rss+xml; charset=utf-8", rss.Rss(date=rss.gmt7, guid=False)),
    "rss-lead-image": ("text/xml; charset=utf-8", rss.Rss(lead=rss.lead_with_image)),
    "rss-full-text": ("application/rss+xml; charset=UTF-8", rss.Rss(full_text=True)),
    "rss-cdata": ("text/xml; charset=utf-8", rss.Rss(title=cdata)),
    "rss-double-escaped": ("application/rss+xml", rss.Rss(title=rss.twice)),
    "rss-bare-ampersand": ("text/xml", rss.Rss(link=str, date=rss.zoneless, guid=False)),
    "rdf": ("text/xml", rdf),
    "atom": ("application/atom+xml; charset=utf-8", atom),
    "atom-relative": ("application/atom+xml", partial(atom, relative=True)),
    "json": ("application/feed+json; charset=utf-8", json_feed),
    "news-sitemap": ("application/xml", sitemap),
}


def feed(outlet: Outlet, news: Sequence[Shown]) -> tuple[str, bytes]:
    """Render the newest of an outlet's articles, newest first, as its feed: content type and bytes."""
    content_type, render = _FORMATS[outlet.feed]
    return content_type, outlet.encode(render(outlet, news[:LIMIT]))
