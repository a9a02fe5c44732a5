"""Sitemaps (sitemaps.org 0.9), and those with Google's news tags: for many papers the only list of articles.

Read by lxml without entities, network or huge trees; tags count by their local names, since prefixes vary.
"""

from __future__ import annotations

from lxml import etree

from tasks.parse.draft import Document, Draft

_TITLES = ("title", "image/title", "video/title")
_DATES = ("publication_date", "lastmod")


def read(document: bytes) -> Document:
    """Read a sitemap in UTF-8. An index of sitemaps lists no articles: it gives no drafts, and says so."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    root = etree.fromstring(document, parser)
    found = [_fields(url) for url in root if _name(url) == "url"] if root is not None else []
    first = next((fields for fields in found if "name" in fields), {})
    return Document(
        note=_index(root) if root is not None and not found else "",
        title=first.get("name", ""),
        language=first.get("language", ""),
        drafts=tuple(_draft(fields) for fields in found),
    )


def _index(root: etree._Element) -> str:
    maps = [_fields(one).get("loc", "") for one in root if _name(one) == "sitemap"]
    return f"an index of {len(maps)} sitemaps lists no articles: watch one of them, such as {maps[0]}" if maps else ""


def _fields(url: etree._Element) -> dict[str, str]:
    """Collect an entry's texts by local name, the first of each; a picture's or film's under its parent's name too."""
    fields: dict[str, str] = {}
    for element in url.iter():
        parent = element.getparent()
        nested = parent is not None and _name(parent) in {"image", "video"}
        name = f"{_name(parent)}/{_name(element)}" if nested else _name(element)
        if element.text and element.text.strip():
            fields.setdefault(name, element.text.strip())
    return fields


def _draft(fields: dict[str, str]) -> Draft:
    return Draft(
        links=tuple(filter(None, [fields.get("loc", "")])),
        title=next((fields[name] for name in _TITLES if name in fields), ""),
        dates=tuple(fields[name] for name in _DATES if name in fields),
        language=fields.get("language", ""),
    )


def _name(element: etree._Element) -> str:
    # not QName: a prefix that nobody declared stays in the tag, which it then refuses
    return element.tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(element.tag, str) else ""
