"""From an Ask to its Answer: redirects by hand, robots.txt, and an outcome for whatever happens."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from math import ceil
from time import monotonic

import ada_url
import aiohttp
from protego import Protego

from tasks.urls import join
from tasks.web import headers
from tasks.web.exchange import Reply, exchange, explained
from tasks.web.guard import Names, objection, vouch
from tasks.web.lanes import Lane
from tasks.web.manners import PRODUCT, Manners
from tasks.web.stop import Stop
from tasks.web.trail import REDIRECTS, Trail
from warehouse.records import Answer, Ask, Outcome

_OUTCOMES: Mapping[int, Outcome] = {
    HTTPStatus.OK: "ok",
    HTTPStatus.NOT_MODIFIED: "unchanged",
    HTTPStatus.UNAUTHORIZED: "blocked",
    HTTPStatus.FORBIDDEN: "blocked",
    HTTPStatus.TOO_MANY_REQUESTS: "blocked",
    HTTPStatus.SERVICE_UNAVAILABLE: "blocked",
    HTTPStatus.GONE: "gone",
}
_BROKEN = (aiohttp.ClientError, OSError, UnicodeError)  # OSError holds TimeoutError; UnicodeError: a name beyond DNS
#: seconds of pause where the host names none; a 503 alone may mean this one page
_UNSAID_PAUSE: Mapping[int, int] = {HTTPStatus.TOO_MANY_REQUESTS: 60, HTTPStatus.SERVICE_UNAVAILABLE: 0}
_ROBOTS_BYTES = 500 * 1024  # RFC 9309, 2.5: read at least so much, what lies behind need not count


class Client:
    """One call's session, queues and robots.txt files."""

    def __init__(self, session: aiohttp.ClientSession, manners: Manners, names: Names, now: datetime) -> None:
        self._session = session
        self._names = names
        self._manners = manners
        self._now = now
        self._places = asyncio.Semaphore(manners.hosts)
        self._closes = monotonic() + manners.call_seconds
        self._lanes: dict[str, Lane] = {}
        self._robots: dict[str, asyncio.Task[Protego | Stop]] = {}

    async def answer(self, ask: Ask) -> Answer:
        """Ask; whatever fails becomes the answer's outcome and its one line."""
        trail = Trail(join("", ask.url) or ask.url, jar=aiohttp.CookieJar() if ask.cookies else None)
        try:
            reply = await self._follow(trail, ask, self._manners)
        except Stop as stop:
            answer = Answer(ask.key, ask.url, stop.outcome, self._now, error=stop.reason, retry_after=stop.retry_after)
        else:
            answer = _answer(ask, reply, self._now)
        return replace(answer, final_url=trail.url, moved_to=trail.moved_to, elapsed_ms=round(trail.spent * 1000))

    async def _follow(self, trail: Trail, ask: Ask, manners: Manners) -> Reply:
        """Follow redirects to an answer that is none. Raises Stop."""
        conditions = _conditions(ask)
        for _ in range(manners.max_redirects + 1):
            if not join("", trail.url):
                raise Stop("refused", f"not an http address: {trail.url[:200]!r}")
            if reason := objection(trail.url, manners):
                raise Stop("refused", reason)
            if ask.robots:
                await self._heed_robots(trail.url)
            reply = await self._hop(trail, conditions, manners)
            if reply.status not in REDIRECTS:
                return reply
            trail.move(reply)
        raise trail.endless(manners.max_redirects)

    async def _hop(self, trail: Trail, conditions: Mapping[str, str], manners: Manners) -> Reply:
        """Make one request in its host's turn. Raises Stop."""
        host = ada_url.URL(trail.url).hostname
        lane = self._lane(host)
        async with lane.turn(self._places):
            start = monotonic()
            try:
                async with asyncio.timeout(manners.total_seconds - trail.spent):
                    if manners.proxy:
                        await vouch(host, self._names)
                    reply = await exchange(self._session, trail.url, {**conditions, **trail.cookies()}, manners)
            except _BROKEN as error:
                stop = explained(error, host, manners)
                lane.note(timed_out=stop.outcome == "timeout")
                raise stop from error
            finally:
                trail.spent += monotonic() - start
            lane.note(timed_out=False)
            if seconds := _pause(reply, self._now):
                lane.pause(seconds, f"{host} wants a pause of {seconds} s (HTTP {reply.status})")
            return reply

    def _lane(self, host: str) -> Lane:
        if host not in self._lanes:
            gap = 0.0 if host in self._manners.pretend else self._manners.gap_seconds
            self._lanes[host] = Lane(host, gap, self._closes)
            until = self._manners.paused.get(host, self._now)
            if until > self._now:
                left = ceil((until - self._now).total_seconds())
                self._lanes[host].pause(left, f"{host} wants a pause until {until:%Y-%m-%d %H:%M} UTC")
        return self._lanes[host]

    async def _heed_robots(self, url: str) -> None:
        """Raise Stop where the host's robots.txt, read once a call, keeps us from an address."""
        origin = ada_url.URL(url).origin
        if origin not in self._robots:
            self._robots[origin] = asyncio.create_task(self._read_robots(origin))
        rules = await self._robots[origin]
        if isinstance(rules, Stop):
            raise Stop(rules.outcome, rules.reason, retry_after=rules.retry_after)
        if not rules.can_fetch(url, PRODUCT):
            raise Stop("refused", f"robots.txt of {origin} does not allow {url}")

    async def _read_robots(self, origin: str) -> Protego | Stop:
        """Read robots.txt (RFC 9309, 2.3.1): without one all is allowed, behind an error nothing is for this time."""
        trail = Trail(f"{origin}/robots.txt")
        limits = replace(self._manners, wire_bytes=_ROBOTS_BYTES, decoded_bytes=_ROBOTS_BYTES)
        try:
            reply = await self._follow(trail, Ask(key="", url=trail.url, robots=False), limits)
        except Stop as stop:
            return Stop(stop.outcome, f"{trail.url} cannot be read: {stop.reason}", retry_after=stop.retry_after)
        if reply.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            outcome, reason = _verdict(reply.status, conditional=False)
            return Stop(outcome, f"{trail.url} cannot be read: {reason}", retry_after=_pause(reply, self._now))
        rules = Protego.parse(reply.body.decode("utf-8", "replace"))
        self._lane(ada_url.URL(origin).hostname).widen(rules.crawl_delay(PRODUCT) or 0.0)
        return rules


def _pause(reply: Reply, now: datetime) -> int:
    """Give the seconds for which the host wants to be left alone, 0 if it wants nothing."""
    if reply.status not in _UNSAID_PAUSE:
        return 0
    return headers.retry_after(reply.headers, now) or _UNSAID_PAUSE[reply.status]


def _conditions(ask: Ask) -> dict[str, str]:
    validators = {"If-None-Match": ask.etag, "If-Modified-Since": ask.last_modified}
    return {name: value for name, value in validators.items() if value}


def _verdict(status: int, *, conditional: bool) -> tuple[Outcome, str]:
    """Turn a status into an outcome and, unless it is good, one line."""
    outcome = _OUTCOMES.get(status, "failed")
    if outcome == "unchanged" and not conditional:
        return "failed", "HTTP 304 to a request without conditions"
    if outcome in {"ok", "unchanged"}:
        return outcome, ""
    phrase = next((item.phrase for item in HTTPStatus if item == status), "")
    return outcome, f"HTTP {status} {phrase}".rstrip()


def _answer(ask: Ask, reply: Reply, now: datetime) -> Answer:
    outcome, error = _verdict(reply.status, conditional=bool(_conditions(ask)))
    if reply.excess:
        outcome, error = "too_large", reply.excess
    return Answer(
        key=ask.key,
        url=ask.url,
        outcome=outcome,
        fetched_at=now,
        status=reply.status,
        error=error,
        content_type=headers.plain(reply.headers, "Content-Type"),
        etag=headers.plain(reply.headers, "ETag"),
        last_modified=headers.last_modified(reply.headers, now),
        retry_after=_pause(reply, now),
        fresh_for=headers.fresh_for(reply.headers, now),
        body=reply.body if outcome == "ok" else b"",
    )
