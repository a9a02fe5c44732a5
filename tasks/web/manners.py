"""How we behave as a guest on other people's servers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version

PRODUCT = "vnjp-monitor"  #: the name by which robots.txt may address us
MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Manners:
    """Limits of one call of `ask_all`. The defaults are those of article pages."""

    contact: str = ""  #: an address that a server's owner can turn to; it goes into the user agent
    gap_seconds: float = 1.0  #: between the starts of two requests to one host
    hosts: int = 64  #: asked at once
    connect_seconds: float = 8.0
    read_seconds: float = 10.0  #: without a byte
    total_seconds: float = 30.0  #: for the whole request with its redirects; waiting for one's turn does not count
    call_seconds: float = (
        600.0  #: after which nothing more is begun; what waits then for its turn is left for another time
    )
    wire_bytes: int = 5 * MEBIBYTE  #: of a body as sent
    decoded_bytes: int = 5 * MEBIBYTE  #: of a body as read
    max_redirects: int = 5
    ports: frozenset[int] = frozenset({80, 443})
    #: host names dialled at the given address and port, past the guard and without gap: the demo's sites on loopback
    pretend: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    #: hosts that asked for a pause earlier, and until when; before that they are not asked
    paused: Mapping[str, datetime] = field(default_factory=dict)
    #: http address of a proxy to which everything goes, "" for none; it may hold a password
    proxy: str = field(default="", repr=False)

    @property
    def user_agent(self) -> str:
        """Name product, version and contact, as RFC 9110, 10.1.5 and RFC 9309, 2.2.1 want it."""
        product = f"{PRODUCT}/{version(PRODUCT)}"
        return f"{product} (+{self.contact})" if self.contact else product
