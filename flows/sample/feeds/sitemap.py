"""Render news sitemaps (https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap)."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from flows.sample.feeds.markup import about, changed, declaration, elements, published
from flows.sample.outlets import Outlet
from flows.sample.texts import Shown

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def sitemap(outlet: Outlet, news: Sequence[Shown]) -> str:
    """Render the document."""
    pages = "".join(map(_page, news))
    notice = f"<!-- {about(outlet)} -->\n"
    return f'{declaration(outlet)}<urlset xmlns="{_SITEMAP}" xmlns:news="{_NEWS}">\n{notice}{pages}</urlset>\n'


def _page(shown: Shown) -> str:
    article = shown.article
    publication = elements({"news:name": escape(article.outlet.name), "news:language": article.language})
    news = {
        "news:publication": f"\n{publication}",
        "news:publication_date": published(shown),
        "news:title": escape(shown.title),
    }
    parts = {
        "loc": escape(article.link),
        "lastmod": "" if article.undated else changed(shown),
        "news:news": f"\n{elements(news)}",
    }
    return f"<url>\n{elements(parts)}</url>\n"
