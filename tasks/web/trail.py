"""Where one request has got to: its redirects, what they say of a move, and the cookies of this one request."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from aiohttp import CookieJar
from yarl import URL

from tasks.urls import join
from tasks.web import headers
from tasks.web.exchange import Reply
from tasks.web.stop import Stop

PERMANENT = frozenset({HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT})
REDIRECTS = PERMANENT | {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT}


@dataclass(slots=True)
class Trail:
    """One request on its way from redirect to redirect."""

    url: str
    jar: CookieJar | None = None  #: where its source may set cookies; it ends with the request
    moved_to: str = ""
    permanent: bool = True  #: only permanent redirects so far
    spent: float = 0.0  #: seconds on the wire, over all hops
    baked: bool = False  #: a redirect wanted to set a cookie

    def cookies(self) -> dict[str, str]:
        """Give the Cookie header for where it leads now, if there are cookies for that."""
        held = self.jar.filter_cookies(URL(self.url, encoded=True)) if self.jar is not None else {}
        return {"Cookie": "; ".join(f"{name}={cookie.value}" for name, cookie in held.items())} if held else {}

    def move(self, reply: Reply) -> None:
        """Take a redirect. Raises Stop where it leads nowhere that we go."""
        target = headers.location(reply.headers)
        if not target:
            raise Stop("failed", f"HTTP {reply.status} without a Location: {self.url}")
        if reply.cookies:
            self.baked = True
            if self.jar is not None:
                self.jar.update_cookies(reply.cookies, URL(self.url, encoded=True))
        url = join(self.url, target)
        if not url:
            raise Stop("refused", f"redirected to what is no http address: {target[:200]!r}")
        self.permanent = self.permanent and reply.status in PERMANENT
        self.moved_to = url if self.permanent else self.moved_to
        self.url = url

    def endless(self, redirects: int) -> Stop:
        """Say that it was redirected too often, and what may help."""
        hint = "; it wants to set a cookie, so try cookies = yes for this source"
        reason = f"more than {redirects} redirects, the last to {self.url}"
        return Stop("failed", reason + (hint if self.baked and self.jar is None else ""))
