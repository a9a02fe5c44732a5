"""The sample's outlets: invented publications under .example, each with a habit of feeds, addresses and pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from flows.sample.tables import SampleError, record, tables
from warehouse.records import Side, Source, SourceKind

FeedKind = Literal[
    "rss",
    "rss-gmt7",
    "rss-lead-image",
    "rss-full-text",
    "rss-cdata",
    "rss-double-escaped",
    "rss-bare-ampersand",
    "rdf",
    "atom",
    "atom-relative",
    "json",
    "news-sitemap",
    "page",
    "unavailable",
]
Charset = Literal["UTF-8", "Shift_JIS"]
Validator = Literal["etag", "weak-etag", "last-modified"]

_CODECS: dict[Charset, str] = {"UTF-8": "utf-8", "Shift_JIS": "cp932"}
_INVENTED = "An invented outlet of the demo's sample."


@dataclass(frozen=True, slots=True)
class Outlet:
    """One invented publication and how it puts its articles on the web."""

    key: str
    name: str
    host: str
    side: Side
    country: str  #: ISO 3166 alpha-2
    kind: SourceKind
    language: str  #: BCP 47 primary tag
    family: str
    zone: str  #: IANA zone of its dates
    feed: FeedKind  #: "page" and "unavailable" are the two that fail: a page instead of a feed, and 503
    feed_path: str
    path: str  #: pattern of its addresses, of {slug}, {number} and {day}
    page: str  #: habit of mark-up: a skeleton in pages/
    link_suffix: str = ""  #: tracking parameters that its feed's links carry
    sign_off: str = ""  #: what it sets under each text
    ending: str = ""  #: what it sets after the last sentence
    charset: Charset = "UTF-8"
    validators: tuple[Validator, ...] = ()  #: what its feed's answers carry; it heeds only these
    ruby: bool = False  #: sets readings over names
    major: bool = False

    @property
    def site(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://{self.host}"

    @property
    def clock(self) -> ZoneInfo:
        """The zone of its dates."""
        return ZoneInfo(self.zone)

    def encode(self, text: str) -> bytes:
        """Encode a page or a feed as this outlet does; what its charset lacks becomes a character reference."""
        return text.encode(_CODECS[self.charset], "xmlcharrefreplace")

    def source(self) -> Source:
        """Give the outlet's feed as a source to watch."""
        return Source(
            source_id=self.key,
            outlet=self.name,
            family=self.family,
            kind=self.kind,
            side=self.side,
            country=self.country,
            language=self.language,
            url=self.site + self.feed_path,
            zone=self.zone,
            rights="sentence",
            enabled=True,
            major=self.major,
            note=_INVENTED,
        )


def load_outlets() -> dict[str, Outlet]:
    """Read outlets.toml, in its order; raise SampleError where a key or a host stands twice."""
    outlets: dict[str, Outlet] = {}
    for table, where in tables("outlets.toml", "outlet"):
        outlet = record(Outlet, table, where)
        if outlet.key in outlets or outlet.host in {known.host for known in outlets.values()}:
            raise SampleError(f"{where}: its key or its host {outlet.host} stands twice")
        outlets[outlet.key] = outlet
    return outlets
