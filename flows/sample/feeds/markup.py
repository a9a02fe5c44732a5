"""What the XML feeds have in common: how they write elements, and the moments of an article."""

from __future__ import annotations

from xml.sax.saxutils import escape

from flows.sample.furniture import furniture
from flows.sample.outlets import Outlet
from flows.sample.texts import Shown


def declaration(outlet: Outlet) -> str:
    """Open a document in the outlet's charset."""
    return f'<?xml version="1.0" encoding="{outlet.charset}"?>\n'


def about(outlet: Outlet) -> str:
    """Say that the outlet is invented, in its language."""
    return escape(furniture(outlet.language).notice)


def elements(parts: dict[str, str]) -> str:
    """Write an element for each name whose mark-up is not empty, one a line."""
    return "".join(f"<{name}>{markup}</{name}>\n" for name, markup in parts.items() if markup)


def cdata(markup: str) -> str:
    """Wrap mark-up whole."""
    return f"<![CDATA[{markup}]]>"


def published(shown: Shown) -> str:
    """Write the moment of publication in ISO 8601 with the outlet's offset; "" where undated."""
    article = shown.article
    return "" if article.undated else article.published.astimezone(article.outlet.clock).isoformat()


def changed(shown: Shown) -> str:
    """Write the moment of the form shown, likewise."""
    return shown.changed.astimezone(shown.article.outlet.clock).isoformat()
