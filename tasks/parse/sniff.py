"""What a document is, judged by its own first tags: servers label feeds text/html and pages application/xml."""

from __future__ import annotations

import re
from typing import Literal

from tasks.parse.plain import line

Kind = Literal["feed", "json", "sitemap", "challenge", "html", "other"]

HEAD = 65_536  # warnings of a broken script may stand before the first tag
SILENT = 1_000  # characters; a bot wall has little to say

_ROOT = re.compile(
    r"<(?:(?:[\w-]+:)?(?P<name>rss|rdf|feed|channel|urlset|sitemapindex)|html)(?=[\s>/])|<!doctype\s+html",
    re.IGNORECASE,
)
_WRAPPED = re.compile(r"<feed\b(?=[^<>]*\bxmlns=)|<rss\b(?=[^<>]*\bversion=)", re.IGNORECASE)
_ENTRY = re.compile(r"<(?:entry|item)\b", re.IGNORECASE)
_SITEMAPS = ("urlset", "sitemapindex")
_HTML = re.compile(
    r"<(?:html|head|body|script|title|meta|div|p|br|h1|form|table|iframe)\b|<!doctype\s+html", re.IGNORECASE
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_WALL = re.compile(
    r"just a moment\.\.\.|cf-chl|challenge-platform|cf-browser-verification|attention required! \| cloudflare"
    r"|ddos-guard|_incapsula_|sucuri_cloudproxy|checking your browser|verify you are (?:a )?human|captcha|datadome"
    r"|document\.cookie\s*=|enable javascript and cookies",
    re.IGNORECASE,
)


def sniff(text: str) -> Kind:
    """Say what a document is, by its first telling tag."""
    start = text[:HEAD].lstrip("\ufeff \t\r\n")
    if start[:1] in {"{", "["}:
        return "json"
    if tag := root(start):
        return "sitemap" if tag[0].lower().endswith(_SITEMAPS) else "feed"
    if _HTML.search(start):
        return "challenge" if _WALL.search(text) and len(line(text)) < SILENT else "html"
    return "other"


def root(text: str) -> re.Match[str] | None:
    """Find the tag that a feed or sitemap begins with; None in a page, unless it is put around a feed.

    Comments before it do not count, though they may name tags.
    """
    head = _COMMENT.sub(lambda comment: " " * len(comment[0]), text[:HEAD])
    tag = _ROOT.search(head)
    if tag and not tag["name"]:
        return _WRAPPED.search(head, tag.end()) if _ENTRY.search(text, tag.end()) else None
    return tag
