"""Render RSS 1.0 (https://web.resource.org/rss/1.0/spec), with dates in dc:date as Japanese newspapers do."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from flows.sample.feeds.markup import about, declaration, elements, published
from flows.sample.outlets import Outlet
from flows.sample.texts import Shown

_RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
_DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def rdf(outlet: Outlet, news: Sequence[Shown]) -> str:
    """Render the document."""
    listed = "".join(f"<rdf:li rdf:resource={quoteattr(shown.article.link)}/>\n" for shown in news)
    parts = {"title": escape(outlet.name), "link": f"{outlet.site}/", "description": about(outlet)}
    return (
        f'{declaration(outlet)}<rdf:RDF {_RDF} {_DC} xml:lang="{outlet.language}">\n'
        f'<channel rdf:about="{outlet.site}{outlet.feed_path}">\n{elements(parts)}'
        f"<items>\n<rdf:Seq>\n{listed}</rdf:Seq>\n</items>\n</channel>\n{''.join(map(_item, news))}</rdf:RDF>\n"
    )


def _item(shown: Shown) -> str:
    link = shown.article.link
    parts = {
        "title": escape(shown.title),
        "link": escape(link),
        "description": escape(shown.summary),
        "dc:date": published(shown),
    }
    return f"<item rdf:about={quoteattr(link)}>\n{elements(parts)}</item>\n"
