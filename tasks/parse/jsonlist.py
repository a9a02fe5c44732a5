"""Lists of articles that a site's own script reads as JSON, in whatever form: an article is what holds its address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from tasks.dates import read_date
from tasks.parse.draft import Document, Draft
from tasks.parse.page import LONGEST, MOST, article
from tasks.urls import join

DEPTH = 12  # of a list in its document
_TITLE = re.compile(r"title|headline", re.IGNORECASE)
_DATES = (
    re.compile(r"publi|pub_?date|posted", re.IGNORECASE),
    re.compile(r"date|time|updated|modified", re.IGNORECASE),
)


def read(text: str, url: str, pattern: str, zone: str) -> Document:
    """Find the objects of a JSON document from `url` that hold an address which `pattern` finds.

    Title and date are the object's own, by the names of its fields: those of publication before others. Without
    articles, the document's `note` says why.
    """
    form = re.compile(pattern)
    try:
        objects = _objects(json.loads(text.lstrip("\ufeff")), DEPTH)
    except (ValueError, RecursionError):
        return Document(note="broken JSON")
    found = ((one, address) for one in objects if (address := _address(one, url, form)))
    drafts: dict[str, Draft] = {}
    for one, address in islice(found, MOST):
        drafts.setdefault(address, _draft(one, address, zone))
    return Document(drafts=tuple(drafts.values()), note="" if drafts else f"no address in it has the form {pattern}")


def _objects(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 (any JSON)
    if isinstance(value, dict):
        yield value
    if isinstance(value, dict | list) and depth:
        for one in value.values() if isinstance(value, dict) else value:
            yield from _objects(one, depth - 1)


def _address(one: Mapping[str, Any], url: str, form: re.Pattern[str]) -> str:
    texts = (text for text in one.values() if isinstance(text, str) and 0 < len(text) <= LONGEST and "/" in text)
    return next((found for text in texts if (found := article(join(url, text), form))), "")


def _draft(one: Mapping[str, Any], address: str, zone: str) -> Draft:
    plain = {name: str(value) for name, value in one.items() if isinstance(value, str | int)}
    title = next((text for name, text in plain.items() if _TITLE.search(name) and text.strip()), "")
    dates = (text for names in _DATES for name, text in plain.items() if names.search(name))
    raw = next((text for text in dates if read_date(text, zone)[0]), "")
    return Draft(links=(address,), title=title, dates=(raw,) if raw else ())
