"""What is asked, what is answered, and what feeds and pages are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from warehouse.records.kinds import Outcome, PublishedQuality


@dataclass(frozen=True, slots=True)
class Ask:
    """One request to make: a feed or a page."""

    key: str  #: source_id of a feed, article_id of a page
    url: str
    etag: str = ""
    last_modified: str = ""
    robots: bool = True  #: heed robots.txt (pages always; feeds that a publisher advertises need not)
    cookies: bool = False  #: keep cookies from redirect to redirect of this one request


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request came to. A failure is data here, never an exception."""

    key: str
    url: str
    outcome: Outcome
    fetched_at: datetime
    final_url: str = ""
    status: int = 0  #: 0: no HTTP answer
    error: str = ""  #: one line for a person: what failed and the value seen
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    retry_after: int = 0  #: seconds that the host asked us to stay away
    moved_to: str = ""  #: target of a permanent redirect (301, 308), never of a temporary one
    fresh_for: int = 0  #: seconds for which the answer calls itself fresh (Cache-Control max-age, else Expires)
    body: bytes = b""  #: decoded (no Content-Encoding left)
    elapsed_ms: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed as parsed: cleaned text, absolute address."""

    identity: str  #: guid when it deserves it, else canonical address, else hash of title and date
    url: str
    title: str
    summary: str = ""
    content: str = ""  #: full text, where the feed carries one
    published: datetime | None = None
    published_quality: PublishedQuality = "none"
    published_raw: str = ""
    language: str = ""
    author: str = ""
    publisher: str = ""  #: whose article it is, as a search says (RSS's source, Bing's News:Source)
    publisher_url: str = ""


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed's bytes, read."""

    state: Literal["ok", "empty", "not_a_feed"]
    #: for not_a_feed: challenge, html, charset, other, slow, crash; for empty: what is there instead, if that is known
    reason: str = ""
    source_title: str = ""
    language: str = ""
    ttl_minutes: int = 0
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Fetch:
    """One attempt at a source, as kept."""

    fetch_id: str
    run_id: str
    source_id: str
    url: str
    final_url: str
    fetched_at: datetime
    outcome: Outcome
    status: int
    error: str
    bytes: int
    elapsed_ms: int
    entries: int  #: entries in the document
    new_entries: int  #: of them never seen before, or never as they are now
    warc_file: str = ""
    warc_offset: int = -1
    retry_after: int = 0  #: seconds for which the host of final_url wants to be left alone
    known_entries: int = 0  #: of them held before from this source, changed or not


@dataclass(frozen=True, slots=True)
class Item:
    """One sighting of an entry in a feed; an entry that changes is a second sighting."""

    item_id: str  #: hash of source, identity and entry_hash
    source_id: str
    identity: str
    entry_hash: str  #: hash of title, summary and content: a change asks for the page again
    #: hash of the canonical address, unless its article is held under another; of a link that hides it, the one found
    article_id: str
    url: str
    canonical_url: str
    title: str
    summary: str
    content: str
    published: datetime | None
    published_quality: PublishedQuality
    published_raw: str
    language: str
    first_seen: datetime
    backlog: bool  #: older by more than 7 days than its source's first good fetch: stored, not news
    publisher: str = ""  #: name of the outlet, where a search says it
    origin: str = ""  #: whose article it is: an outlet_id, else the registrable part of its host
    title_key: str = ""  #: hash of site and title, "" for a title too short to tell articles apart
    hidden: bool = False  #: found behind a link that hides the article's address (Google News)
    article_key: str = ""  #: host|id that the site itself put into the address, "" where it puts none


@dataclass(frozen=True, slots=True)
class Page:
    """One download of an article's address; its bytes lie in a WARC file."""

    page_id: str  #: hash of article_id and fetched_at
    article_id: str
    url: str
    final_url: str
    fetched_at: datetime
    outcome: Outcome
    status: int
    error: str
    content_type: str
    sha256: str
    bytes: int
    warc_file: str
    warc_offset: int  #: -1: nothing kept
    retry_after: int = 0  #: seconds for which the host of final_url wants to be left alone
