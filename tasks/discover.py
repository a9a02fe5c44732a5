"""Where a site keeps its feeds: what its page offers, what others like it use, what its robots.txt lists.

Pure: nothing here asks the network. Who asks the addresses decides by parsing whether a feed is there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from lxml import etree, html

from tasks.charset import decode
from tasks.text import clean
from tasks.urls import join

How = Literal["itself", "link tag", "link on the page", "common address", "sitemap"]
MOST = 40  # addresses of one kind: a page that links hundreds of feeds shows its kind by the first

_TYPES = re.compile(r"application/(?:rss|atom|rdf|feed)\+(?:xml|json)|application/json|text/xml", re.IGNORECASE)
_LOOKS = re.compile(
    r"/(?:rss|feeds?|atom)(?:/|$|[._-])|\.(?:rss|rdf|atom)$|(?:rss|feed|index|atom)\.xml$", re.IGNORECASE
)
# How the sites of the subject name theirs (shipped sources) and what their software gives by itself:
# WordPress /feed, Drupal /rss.xml, Movable Type /index.xml, Hugo /index.xml, Blogger /atom.xml.
_COMMON = (
    "feed", "rss", "rss.xml", "atom.xml", "index.xml", "feed.xml", "index.rdf", "feed.json", "rss/home.rss",
    "rss/index.rss", "rss/news.rdf", "rss/tin-moi-nhat.rss", "rss/trang-chu.rss", "en/rss", "news/rss.xml",
)  # fmt: skip
_NEWS_MAPS = ("news-sitemap.xml", "sitemap-news.xml", "sitemap_news.xml", "google-news-sitemap.xml", "sitemap.xml")
_SITEMAP = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address at which a feed may be."""

    url: str
    how: How
    title: str = ""


def offered(body: bytes, url: str, content_type: str = "") -> tuple[Candidate, ...]:
    """Give what a page names as its feeds: link tags first, then links that look like feeds; each address once."""
    try:
        tree = html.fromstring(decode(body, content_type))
    except (etree.ParserError, ValueError):
        return ()
    base = join(url, next((found for found in tree.xpath("//base/@href") if found), "")) or url
    tags = [
        Candidate(join(base, link.get("href", "")), "link tag", clean(link.get("title", "")))
        for link in tree.iter("link")
        if "alternate" in link.get("rel", "").lower().split() and _TYPES.match(link.get("type", "").strip())
    ]
    links = [
        Candidate(address, "link on the page", " ".join(clean(link.text_content()).split())[:80])
        for link in tree.iter("a")
        if (address := join(base, link.get("href", ""))) and _LOOKS.search(urlsplit(address).path)
    ]
    return _once([*tags[:MOST], *links[:MOST]], url)


def common(url: str) -> tuple[Candidate, ...]:
    """Give the addresses below a site, and below the page's own folder, at which feeds usually are."""
    folders = dict.fromkeys([join(url, "/"), join(url, "./")])
    return _once([Candidate(join(folder, name), "common address") for folder in folders for name in _COMMON], url)


def sitemaps(robots: str, url: str) -> tuple[Candidate, ...]:
    """Give the sitemaps that a robots.txt lists, news ones first, then the usual addresses of news sitemaps."""
    listed = sorted((join(url, found) for found in _SITEMAP.findall(robots)), key=lambda one: "news" not in one)
    usual = [join(url, f"/{name}") for name in _NEWS_MAPS]
    return _once([Candidate(address, "sitemap") for address in [*listed[:MOST], *usual]], url)


def _once(found: list[Candidate], page: str) -> tuple[Candidate, ...]:
    """Drop what is no address, the page itself and repeats."""
    kept: dict[str, Candidate] = {}
    for one in found:
        if one.url not in {"", join("", page)}:
            kept.setdefault(one.url, one)
    return tuple(kept.values())
