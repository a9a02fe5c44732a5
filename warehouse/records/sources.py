"""What is watched, whose it is, and what is remembered of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from warehouse.records.kinds import Doubt, Ownership, Policy, Reads, Rights, Side, SourceKind


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
