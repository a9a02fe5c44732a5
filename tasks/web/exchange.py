"""One request and its answer on the wire, within limits. Redirects, turns and robots are not its business."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.cookies import SimpleCookie

import aiohttp
from yarl import URL

from tasks.web.manners import Manners
from tasks.web.stop import Stop
from warehouse.records import Outcome

_DECODED = frozenset({"", "identity", "gzip", "deflate", "br"})
_LONGEST_LINE = 200
_EXPLANATIONS: tuple[tuple[type[Exception], Outcome, str], ...] = (  # the narrower class first
    (aiohttp.ClientProxyConnectionError, "failed", "no connection to the proxy of VNJP_PROXY: {detail}"),
    (aiohttp.ClientHttpProxyError, "failed", "the proxy of VNJP_PROXY gives no way to {host}: {error.status} {detail}"),
    (aiohttp.ConnectionTimeoutError, "timeout", "no connection to {host} within {manners.connect_seconds:g} s"),
    (aiohttp.SocketTimeoutError, "timeout", "{host} sent nothing for {manners.read_seconds:g} s"),
    (TimeoutError, "timeout", "no whole answer from {host} within {manners.total_seconds:g} s"),
    (aiohttp.ClientConnectorDNSError, "failed", "{host} has no address: {detail}"),
    (aiohttp.ClientConnectorCertificateError, "failed", "the certificate of {host} does not hold: {detail}"),
    (aiohttp.ClientConnectorError, "failed", "no connection to {host}: {detail}"),
    (aiohttp.ServerDisconnectedError, "failed", "{host} closed the connection without an answer"),
    (aiohttp.ClientPayloadError, "failed", "the body from {host} broke off or cannot be decoded: {detail}"),
    (aiohttp.ClientResponseError, "failed", "{host} sent what is no valid HTTP answer: {detail}"),
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. The body is read of a 200 only; of a redirect or an error page not one byte is wanted."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    excess: str = ""  #: which limit the body broke; it is then cut there
    cookies: SimpleCookie = field(default_factory=SimpleCookie)  #: that it wants to set


async def exchange(session: aiohttp.ClientSession, url: str, headers: Mapping[str, str], manners: Manners) -> Reply:
    """Ask once. Raises Stop, and what `explained` explains."""
    proxy = manners.proxy or None
    async with session.get(URL(url, encoded=True), headers=headers, allow_redirects=False, proxy=proxy) as response:
        if response.status != HTTPStatus.OK:
            return Reply(response.status, response.headers, cookies=response.cookies)
        encodings = ", ".join(response.headers.getall("Content-Encoding", [])).strip().lower()
        if encodings not in _DECODED:
            raise Stop("failed", f"Content-Encoding {encodings!r} is not one that we asked for")
        body, excess = await _body(response, manners)
        return Reply(response.status, response.headers, body, excess)


async def _body(response: aiohttp.ClientResponse, manners: Manners) -> tuple[bytes, str]:
    """Read the body piece by piece, no further than the limits: give it and the limit that it broke, or ""."""
    body = bytearray()
    wire, decoded = manners.wire_bytes, manners.decoded_bytes
    async for piece in response.content.iter_any():
        body += piece
        if response.content.total_raw_bytes > wire:
            return bytes(body[:wire]), f"the body is more than {wire} bytes as sent"
        if len(body) > decoded:
            return bytes(body[:decoded]), f"the body is more than {decoded} bytes once decoded"
    return bytes(body), ""


def explained(error: Exception, host: str, manners: Manners) -> Stop:
    """Turn what aiohttp raises into an outcome and one line with the value seen."""
    inner = next(
        filter(None, (getattr(error, name, None) for name in ("certificate_error", "os_error", "message"))), error
    )
    if isinstance(inner, PermissionError):
        return Stop("refused", f"{host} is not asked: {inner.strerror}")
    for kind, outcome, text in _EXPLANATIONS:
        if isinstance(error, kind):
            return Stop(outcome, text.format(host=host, manners=manners, error=error, detail=_line(inner)))
    return Stop("failed", f"{host}: {_line(inner)}")


def _line(error: object) -> str:
    return (" ".join(str(error).split()) or type(error).__name__)[:_LONGEST_LINE]
