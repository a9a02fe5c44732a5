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
OverrideKind = Literal["merge", "split", "unfold", "relabel"]
Rights = Literal["sentence", "title"]
Reads = Literal["feed", "page"]
Policy = Literal["all", "screened"]
Doubt = Literal["low", "medium", "high"]
Ownership = Literal[
    "party", "state", "ministry", "army", "police", "public broadcaster", "mass organisation",
    "professional association", "business association", "commercial", "news cooperative", "foundation", "university",
    "think tank", "NGO", "exile NGO", "foreign state broadcaster", "aggregator",
]  # fmt: skip
Outcome = Literal[
    "ok", "unchanged", "empty", "not_a_feed", "blocked", "gone", "too_large", "refused", "timeout", "failed"
]
DeliveryStatus = Literal["pending", "handing_over", "sent", "deferred", "rejected", "unknown", "written"]


# --- sources and what they answer -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publication, and who owns it as far as that was found out: a fact with its date and its source."""

    outlet_id: str
    name: str
    hosts: tuple[str, ...]  #: bare, as tasks.urls.host gives them
    side: Side
    country: str  #: ISO 3166 alpha-2
    family: str  #: outlets of one owner count as one origin
    ownership: Ownership
    owner: str
    since: str  #: when it came to that owner: 2025, 2025-03 or 2025-03-12; "" when long so or not found
    checked: date  #: when this was looked up
    doubt: Doubt  #: low: read; medium: partly read, or long settled; high: from memory, or unsettled
    seen: str  #: where it was read
    note: str = ""


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
    rights: Rights  #: what of it may be mailed: a key sentence, or only title and link
    enabled: bool
    major: bool = False  #: its failure earns a warning under the masthead
    note: str = ""
    outlet_id: str = ""  #: of the outlets, where its ownership is told; "" where nothing is known of it
    heading: str = ""  #: under which a user sees it
    reads: Reads = "feed"  #: a feed or sitemap, known by its content; or a page that lists articles
    pattern: str = ""  #: of a page: regular expression for the absolute address of an article
    policy: Policy = "all"  #: whose pages are downloaded: every entry's, or those that may matter
    cookies: bool = False  #: keep cookies while it is asked
    doubt: Doubt = "low"  #: that it answers as written here


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
    url: str = ""  #: the source's address that all this was learnt from; for another address nothing of it holds
    body_hash: str = ""  #: of the last feed that was read: the same bytes again hold nothing new
    strain: float = 0.0  #: failures in a row, each by how much it says against the source (1, 1/2 or 1/4)
    rhythm_minutes: float = 0.0  #: in which half of the document's entries are replaced when it is busy; 0: unknown
    moved_to: str = ""  #: where its permanent redirects lead
    moved_seen: int = 0  #: how many good answers in a row came from there
    lied: bool = False  #: it said 304 while it had something new, so its 304 is not asked for any more


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """How a source does; defined in queries/source_health.sql for the issue and for everybody."""

    source_id: str
    state: str  #: never, ok, unchanged, empty, not_a_feed, blocked, gone, failing, frozen or gap
    outcome: str  #: of the last attempt, or "never"
    error: str
    failing_since: datetime | None
    checked_at: datetime | None
    good_at: datetime | None
    next_check_at: datetime | None
    new_item_at: datetime | None
    usual_gap_days: int | None  #: None until enough is known of its rhythm
    overlap: float | None  #: share of known entries at the last check; None when that was the first
    gap_at: datetime | None  #: last document without a single known entry
    checks: int
    new_items: int


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
class Words:
    """Characters of an article that it shares with another: half-open code point offsets into a field as stored."""

    field: Literal["title", "text", "url"]
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Shared:
    """One thing that two articles have in common, with its words in both."""

    kind: str  #: passage, address, person, organisation, place, matter, figure, day, name, title or lead
    key: str  #: entity_id, matter, normalised figure, day or name; "" where the words say it all
    here: Words  #: in the article that the row is about
    there: Words | None  #: in the one that it was compared with; None where that one's text is not held


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
    shared: tuple[Shared, ...] = ()  #: the longest passages that both hold


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
    shared: tuple[Shared, ...] = ()  #: the same, each with its words in both
    strand: str = ""  #: part of the story that it tells: talks, signing, business, royal house, ...; "" where unknown


@dataclass(frozen=True, slots=True)
class Move:
    """An article that is no longer in a story."""

    article_id: str
    story_id: str  #: the one that it was in
    to_story: str  #: the one that it is in since then, "" for none
    moved_at: datetime
    why: str  #: one line for a person


@dataclass(frozen=True, slots=True)
class Continuation:
    """A story that follows up an earlier one."""

    story_id: str
    earlier_id: str
    score: float
    why: str
    article_id: str = ""  #: of the later story, the article most like one of the earlier
    against: str = ""  #: that one
    shared: tuple[Shared, ...] = ()  #: what the two share


@dataclass(frozen=True, slots=True)
class Override:
    """What a user decided. It outlives every reprocessing; articles stand for the stories that they were in."""

    override_id: str  #: hash of what was decided, so that the same twice is one row
    kind: OverrideKind
    subjects: tuple[str, ...]  #: articles of the one story (merge), taken out (split), unfolded, relabelled
    others: tuple[str, ...]  #: of the other story (merge), that stayed (split), of the group (unfold)
    stories: tuple[str, ...]  #: as they were named: both (merge), the one that was split
    made_at: datetime
    relevance: Relevance | Literal[""] = ""  #: labels of a relabel; "" and None: as the rules say
    topics: tuple[str, ...] | None = None
    language: str = ""
    note: str = ""


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
