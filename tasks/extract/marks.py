"""What a page says of itself, for machines: meta tags and schema.org's JSON-LD, read once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

_ARTICLE = re.compile(r"(?:Article|Posting|Report)$")
_SCRIPT = "//script[contains(@type, 'ld+json')]"
_STRINGS = re.compile(
    r'"(headline|datePublished|dateCreated|isAccessibleForFree|articleBody)"\s*:\s*"((?:[^"\\]|\\.)*)"'
)
_NESTED = ("@graph", "mainEntity", "itemListElement", "item")
DEEPEST = 6  # nesting of JSON-LD that is followed


@dataclass(frozen=True, slots=True)
class Marks:
    """The machine-readable part of a page."""

    metas: Mapping[str, str]  #: by name, property or itemprop, lower case; the first of each
    article: Mapping[str, Any]  #: JSON-LD's node of the article, {} without one

    def first(self, *names: str) -> str:
        """Give the first of these meta tags that says something."""
        return next((self.metas[name] for name in names if self.metas.get(name)), "")

    def text(self, name: str) -> str:
        """Give a text of the JSON-LD article, or the names of the people or organisation that it points to."""
        return ", ".join(dict.fromkeys(_names(self.article.get(name))))


def read(tree: HtmlElement) -> Marks:
    """Collect a page's marks; JSON-LD that cannot be parsed still gives its plain strings."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = " ".join((meta.get("content") or "").split())
        for attribute in ("property", "name", "itemprop"):
            if content and (name := meta.get(attribute)):
                metas.setdefault(name.lower().strip(), content)
    nodes = [node for script in tree.xpath(_SCRIPT) for node in _nodes(_loaded(script.text_content()))]
    return Marks(metas, next((node for node in nodes if _is_article(node)), {}))


def _loaded(text: str) -> object:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return {"@type": "Article", **dict(_STRINGS.findall(text))}


def _nodes(value: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(value, list) and depth < DEEPEST:
        for part in value:
            yield from _nodes(part, depth + 1)
    elif isinstance(value, dict):
        yield value
        if depth < DEEPEST:
            for name in _NESTED:
                yield from _nodes(value.get(name), depth + 1)


def _is_article(node: Mapping[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(_ARTICLE.search(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _names(value: object) -> Iterator[str]:
    if isinstance(value, bool):
        yield str(value).lower()
    elif isinstance(value, str) and value.strip():
        yield " ".join(value.split())
    elif isinstance(value, dict):
        yield from _names(value.get("name"))
    elif isinstance(value, list):
        for part in value:
            yield from _names(part)
