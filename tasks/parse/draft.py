"""What the readers of the single formats hand on: an entry as written, nothing cleaned, resolved or judged."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TAG = re.compile(r"([a-z]{2,3})(?:[-_].*)?", re.IGNORECASE)
_MISNOMERS = {"no": "nb", "nn": "nb", "jp": "ja", "vn": "vi", "kr": "ko", "cn": "zh", "tw": "zh", "in": "id"}


@dataclass(frozen=True, slots=True)
class Draft:
    """One entry of a document as written; all texts may be HTML."""

    guid: str = ""
    links: tuple[str, ...] = ()  #: the best first, relative ones possible
    title: str = ""
    summary: str = ""
    content: str = ""
    dates: tuple[str, ...] = ()  #: raw, the most telling first
    language: str = ""
    author: str = ""
    publisher: str = ""  #: whose article it is, where a search says so
    publisher_url: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A feed or sitemap as written."""

    title: str = ""
    language: str = ""
    ttl: str = ""
    home: str = ""  #: the site's address
    own: str = ""  #: the feed's own address
    drafts: tuple[Draft, ...] = ()
    note: str = ""  #: why there are none, where that can be said


def primary(language: str) -> str:
    """Give the primary tag of a declared language, Norwegian as nb and country codes put right; "" for nonsense."""
    tag = _TAG.fullmatch(language.strip())
    return _MISNOMERS.get(tag[1].lower(), tag[1].lower()) if tag else ""
