"""Render Atom (RFC 4287)."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from flows.sample.feeds.markup import about, changed, declaration, elements, published
from flows.sample.outlets import Outlet
from flows.sample.texts import Shown


def atom(outlet: Outlet, news: Sequence[Shown], *, relative: bool = False) -> str:
    """Render the document, with links relative to xml:base where asked."""
    base = f' xml:base="{outlet.site}/"' if relative else ""
    updated = max((changed(shown) for shown in news if not shown.article.undated), default="")
    parts = {
        "title": escape(outlet.name),
        "subtitle": about(outlet),
        "id": f"tag:{outlet.host},2025:feed",
        "updated": updated,
    }
    entries = "".join(_entry(shown, outlet.site if relative else "") for shown in news)
    return (
        f'{declaration(outlet)}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{outlet.language}"{base}>\n'
        f'{elements(parts)}<link rel="self" href="{outlet.site}{outlet.feed_path}"/>\n{entries}</feed>\n'
    )


def _entry(shown: Shown, site: str) -> str:
    article = shown.article
    link = f'<link rel="alternate" type="text/html" href={quoteattr(article.link.removeprefix(site + "/"))}/>\n'
    parts = {
        "id": f"tag:{article.outlet.host},2025:{article.number}",
        "title": escape(shown.title),
        "summary": escape(shown.summary),
        "published": published(shown),
        "updated": "" if article.undated else changed(shown),
    }
    return f"<entry>\n{elements(parts)}{link}</entry>\n"
