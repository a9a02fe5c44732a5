"""Which addresses may be dialled: the public internet's and no other (against server-side request forgery).

The check sits where the socket is made, so it sees the address that is really dialled: a literal, a name's address, a
redirect's target. A name that changes its address between check and dial does not exist for it. Behind a proxy the
socket shows the proxy only: there every name is looked up and checked before the proxy hears of it, and nothing but the
proxy can be dialled. What the proxy then finds under the name is in its hands.
"""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable, Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from ada_url import URL
from aiohttp import AddrInfoType, ThreadedResolver
from aiohttp.abc import ResolveResult

from tasks.web.manners import Manners

# IANA's special-purpose registries, written out: ipaddress.is_global changes between Python releases and lets NAT64,
# 6to4, site-local and multicast pass.
_CLOSED: tuple[tuple[str, str], ...] = (
    ("0.0.0.0/8", "unspecified"),
    ("10.0.0.0/8", "private"),
    ("100.64.0.0/10", "shared by a carrier's customers"),
    ("127.0.0.0/8", "loopback"),
    ("169.254.0.0/16", "link-local"),
    ("172.16.0.0/12", "private"),
    ("192.0.0.0/24", "reserved for protocols"),
    ("192.0.2.0/24", "for documentation"),
    ("192.88.99.0/24", "a 6to4 relay"),
    ("192.168.0.0/16", "private"),
    ("198.18.0.0/15", "for benchmarks"),
    ("198.51.100.0/24", "for documentation"),
    ("203.0.113.0/24", "for documentation"),
    ("224.0.0.0/4", "multicast"),
    ("240.0.0.0/4", "reserved or broadcast"),
    ("::/128", "unspecified"),
    ("::1/128", "loopback"),
    ("fc00::/7", "private"),
    ("fe80::/10", "link-local"),
    ("fec0::/10", "site-local"),
    ("ff00::/8", "multicast"),
    ("2001::/23", "reserved for protocols"),
    ("2001:db8::/32", "for documentation"),
    ("3fff::/20", "for documentation"),
)
_NETWORKS = tuple((ip_network(network), what) for network, what in _CLOSED)
_GLOBAL_UNICAST = ip_network("2000::/3")  # the only part of IPv6 that is given out
_NAT64 = ip_network("64:ff9b::/96")


def closed(address: str) -> str:
    """Say why an IP address may not be dialled ("private", "loopback", ...), or ""."""
    return next(filter(None, map(_closed, _meanings(ip_address(address)))), "")


def objection(url: str, manners: Manners) -> str:
    """Say why a normalised http address may not be asked, before any look-up, or ""."""
    parsed = URL(url)
    if parsed.username or parsed.password:
        return f"a user name in the address: {url}"
    port = int(parsed.port or {"http:": 80, "https:": 443}[parsed.protocol])
    return "" if port in manners.ports else f"port {port} is not asked: {url}"


def dialler(doors: Mapping[str, tuple[str, int]], *, only: bool = False) -> Callable[[AddrInfoType], socket.socket]:
    """Make the connector's socket factory: it raises PermissionError instead of making a socket to a closed address.

    The doors (host to address and port) are open whatever they are; `only` they, where everything goes to a proxy.
    """
    allowed = frozenset(doors.values())

    def dial(info: AddrInfoType) -> socket.socket:
        family, kind, protocol, _, target = info
        if (target[0], target[1]) not in allowed and (reason := "not the proxy" if only else closed(target[0])):
            raise PermissionError(errno.EACCES, f"{target[0]} is {reason}")
        return socket.socket(family, kind, protocol)

    return dial


async def vouch(host: str, names: Names) -> None:
    """Check a host that a proxy will dial; raises PermissionError where one of its addresses is closed.

    A name that cannot be looked up here cannot be checked here, so it is closed too.
    """
    if host in names.pretend:
        return
    literal = host.strip("[]")
    try:
        found = [str(ip_address(literal))]
    except ValueError:
        try:
            found = [one["host"] for one in await names.resolve(host)]
        except OSError as error:
            reason = f"its name has no address here ({error}), so it cannot be checked for the proxy"
            raise PermissionError(errno.EACCES, reason) from error
    for address in found:
        if reason := closed(address):
            raise PermissionError(errno.EACCES, f"{address} is {reason}")


class Names(ThreadedResolver):
    """The system's resolver, with the pretended names before it."""

    def __init__(self, pretend: Mapping[str, tuple[str, int]]) -> None:
        super().__init__()
        self.pretend = pretend

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Give the addresses of a name; raises OSError where it has none."""
        if host not in self.pretend:
            return await super().resolve(host, port, family)
        address, port = self.pretend[host]
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [{"hostname": host, "host": address, "port": port, "family": family, "proto": 0, "flags": 0}]


def _meanings(address: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """Give every address that packets to this one may end up at: IPv6 can carry an IPv4 address inside."""
    if isinstance(address, IPv4Address):
        return [address]
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    if address in _NAT64:
        return [IPv4Address(int(address) & 0xFFFFFFFF)]
    if address.sixtofour:
        return [address.sixtofour]
    return [*(address.teredo or ()), address]


def _closed(address: IPv4Address | IPv6Address) -> str:
    for network, what in _NETWORKS:
        if address in network:
            return what
    return "" if isinstance(address, IPv4Address) or address in _GLOBAL_UNICAST else "not given out"
