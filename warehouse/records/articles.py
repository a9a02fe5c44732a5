"""What a page says, and the article that comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from warehouse.records.kinds import PublishedQuality, Rights, Side, SourceKind, TextKind

#: a page to read: its body, its address, its content type, the zone of its dates, and what its entries say of it
#: (None: read it whatever it names)
Work = tuple[bytes, str, str, str, str | None]


@dataclass(frozen=True, slots=True)
class Extract:
    """What a page says, without its furniture."""

    title: str
    text: str  #: paragraphs separated by one newline
    language: str
    published: datetime | None
    published_quality: PublishedQuality
    outlet: str
    author: str
    canonical_url: str  #: rel=canonical or og:url where it may be trusted, else ""
    quality: Literal["full", "short", "none"]
    reason: str  #: why not full: paywall, consent, too short, no text, ...


@dataclass(frozen=True, slots=True)
class Article:
    """One revision of an article. (article_id, revision) is its key; offsets in evidence are into title and text."""

    article_id: str
    revision: str  #: hash of title and text
    source_id: str
    outlet: str
    family: str
    side: Side
    source_kind: SourceKind
    url: str
    canonical_url: str
    language: str
    title: str
    text: str
    text_kind: TextKind
    published: datetime | None
    published_quality: PublishedQuality
    first_seen: datetime  #: of the article, not of the revision
    revised_at: datetime  #: `now` of the run that made this revision
    words: int  #: by script: words, or characters / 2 in scripts without spaces
    backlog: bool = False
    revision_no: int = 1
    correction: str = ""  #: what changed against the revision before (number, name, quotation, date), or ""
    rights: Rights = "sentence"
    author: str = ""
