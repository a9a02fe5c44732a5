"""The nouns that flow between the steps and the warehouse.

All are frozen and slotted, hold tuples rather than lists, and carry aware UTC datetimes. None has a ``__post_init__``:
Prefect rebuilds dataclasses that cross a task's boundary, and would run it twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Side = Literal["vietnam", "japan", "third"]
SourceKind = Literal["press", "wire", "readout", "search", "translation"]
PublishedQuality = Literal["explicit", "assumed-zone", "date-only", "none"]
TextKind = Literal["full", "feed", "summary", "title", "none"]
Relevance = Literal["bilateral", "related", "mention", "none"]
DuplicateKind = Literal["exact", "near", "translation"]
Outcome = Literal[
    "ok", "unchanged", "empty", "not_a_feed", "blocked", "gone", "too_large", "refused", "timeout", "failed"
]
DeliveryStatus = Literal["pending", "handing_over", "sent", "deferred", "rejected", "unknown", "written"]


# --- sources and what they answer -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """An address that we watch."""

    source_id: str
    outlet: str  #: the publication, as its readers know it
    family: str  #: publisher family: outlets of one owner count as one origin
    kind: SourceKind
    side: Side  #: the outlet's country, never its language
    country: str  #: ISO 3166 alpha-2
    language: str  #: BCP 47 primary tag
    url: str
    zone: str  #: IANA zone of dates that name none
    rights: Literal["sentence", "title"]  #: what of it may be mailed: a key sentence, or only title and link
    enabled: bool
    major: bool = False  #: its failure earns a warning under the masthead
    note: str = ""


@dataclass(frozen=True, slots=True)
class SourceState:
    """What we remember of a source between two runs; one row a source."""

    source_id: str
    etag: str = ""
    last_modified: str = ""
    checked_at: datetime | None = None  #: last attempt, good or bad
    good_at: datetime | None = None  #: last attempt that gave or confirmed a feed
    first_good_at: datetime | None = None
    full_at: datetime | None = None  #: last unconditional 200
    new_item_at: datetime | None = None
    failures: int = 0  #: in a row
    failing_since: datetime | None = None
    next_check_at: datetime | None = None
    state: str = "never"  #: outcome of the last attempt, or "never"
    error: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """One request to make: a feed or a page."""

    key: str  #: source_id of a feed, article_id of a page
    url: str
    etag: str = ""
    last_modified: str = ""
    robots: bool = True  #: heed robots.txt (pages always; feeds that a publisher advertises need not)


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


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed's bytes, read."""

    state: Literal["ok", "empty", "not_a_feed"]
    reason: str = ""  #: for not_a_feed: challenge, html, other
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
    new_entries: int  #: of them never seen before
    warc_file: str = ""
    warc_offset: int = -1


@dataclass(frozen=True, slots=True)
class Item:
    """One sighting of an entry in a feed; an entry that changes is a second sighting."""

    item_id: str  #: hash of source, identity and entry_hash
    source_id: str
    identity: str
    entry_hash: str  #: hash of title, summary and content: a change asks for the page again
    article_id: str  #: hash of the canonical address
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
    rights: Literal["sentence", "title"] = "sentence"
    author: str = ""


# --- judgement --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """The characters that caused a decision: half-open code point offsets into a field as stored."""

    tag: str  #: what it supports: "topic:economy", "person:to-lam", "relevance:both-in-title", "event_type:visit"
    field: Literal["title", "text"]
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organisation or place named in an article."""

    entity_id: str
    name: str  #: canonical label: diacritics kept, family name first
    kind: Literal["person", "organisation", "place"]
    side: Side
    mentions: int
    in_title: bool
    in_lead: bool
    role: str = ""  #: as reported in this article (people)


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum or count as written, and normalised."""

    value: float
    unit: str  #: JPY, USD, VND, EUR, percent, people, ...
    text: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What we hold of one revision of an article, with the words that say so."""

    article_id: str
    revision: str
    language: str
    relevance: Relevance
    relevance_score: float
    relevance_parts: tuple[tuple[str, float], ...]  #: the named parts that the score is the sum of
    topics: tuple[str, ...]  #: codes of the 16 topics, strongest first
    entities: tuple[Entity, ...]
    event_type: str
    event_date: date | None
    event_place: str  #: entity_id of a place, or ""
    amounts: tuple[Amount, ...]
    dates_ahead: tuple[tuple[date, Evidence], ...]
    evidence: tuple[Evidence, ...]
    wire: str = ""  #: origin that the text names: vna, kyodo, jiji, reuters, ...
    rule_version: str = ""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is kept of a text to find its copies."""

    article_id: str
    revision: str
    body_hash: str  #: of the folded text: equal means exact
    shingles: int  #: how many distinct shingles the text has
    sample: tuple[int, ...]  #: shingle hashes divisible by SAMPLE, unsigned 64 bit, ascending
    rule_version: str
    twin: str = ""  #: what machine translations of one article have in common in their addresses, "" for most


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An article that repeats another. The root of a group never stands here as article_id."""

    article_id: str
    duplicate_of: str  #: root of the group: baseline first, else the earliest, else the smallest id
    kind: DuplicateKind
    score: float
    against: str  #: the article that it was compared with (the root, or another copy)
    evidence: str  #: one line for a person: "212 of 230 shingles shared; ..."
    rule_version: str


@dataclass(frozen=True, slots=True)
class Story:
    """One real-world event as told by any number of articles."""

    story_id: str  #: opaque, from its founding article, for life
    founded_by: str  #: article_id
    first_seen: datetime
    last_seen: datetime
    event_type: str
    event_date: date | None
    merged_into: str = ""


@dataclass(frozen=True, slots=True)
class Membership:
    """Why an article belongs to a story."""

    story_id: str
    article_id: str
    score: float
    against: str  #: the member it resembles most, "" for the founder
    why: str  #: one line for a person: the shared people, places, dates
    strand: str = ""  #: part of the story that it tells: talks, signing, business, royal house, ...; "" where unknown


@dataclass(frozen=True, slots=True)
class Continuation:
    """A story that follows up an earlier one."""

    story_id: str
    earlier_id: str
    score: float
    why: str


# --- the issue --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Delivery:
    """One issue on its way to one reader, known by (week, recipient); at rest the recipient is a hash."""

    week: str
    recipient: str
    message_id: str
    body_sha256: str
    status: DeliveryStatus
    attempts: int
    code: int
    reply: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a flow."""

    run_id: str
    flow: str
    now: datetime  #: the one `now` that stamps every row of the run
    started_at: datetime  #: by the clock
    finished_at: datetime | None = None
    state: Literal["running", "completed", "failed"] = "running"
    counts: Mapping[str, int] = field(default_factory=dict)
    error: str = ""
