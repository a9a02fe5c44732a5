"""The polite client: the one door to other people's servers.

`ask_all` takes requests and gives answers in their order. One connection to a host at a time with a gap between starts,
robots.txt where the request says so, Retry-After obeyed for the whole host, limits on bytes and time, addresses
checked when dialled, no cookies but where a source needs them, no disguise, no retry without certificates. A failure
is an Answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import aiohttp
from ada_url import URL

from tasks.web.client import Client
from tasks.web.guard import Names, dialler
from tasks.web.manners import Manners
from warehouse.records import Answer, Ask

__all__ = ["Manners", "ask_all", "hostname"]


def ask_all(asks: Sequence[Ask], manners: Manners, now: datetime) -> tuple[Answer, ...]:
    """Make the requests, many hosts at once; answers in the order of the asks, stamped with `now`.

    Runs its own event loop, so call it from any thread in which none is running. Only bugs raise.
    """
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        return runner.run(_ask_all(asks, manners, now))


def hostname(url: str) -> str:
    """Give the host of an http address as it is asked, "" where there is none."""
    try:
        return URL(url).hostname
    except ValueError:
        return ""


async def _ask_all(asks: Sequence[Ask], manners: Manners, now: datetime) -> tuple[Answer, ...]:
    # One thread a host for looking up names: a dead name server must not hold up the other names.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(manners.hosts, "names"))
    names = Names(manners.pretend)
    try:
        doors = await _doors(manners, names)
    except OSError as error:
        reason = f"the proxy of VNJP_PROXY has no address: {error}"
        return tuple(Answer(ask.key, ask.url, "failed", now, ask.url, error=reason) for ask in asks)
    connector = aiohttp.TCPConnector(
        limit=manners.hosts, resolver=Names(doors), socket_factory=dialler(doors, only=bool(manners.proxy))
    )
    async with aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={
            "User-Agent": manners.user_agent,
            "Accept": "application/rss+xml, application/atom+xml, text/html;q=0.9, application/xml;q=0.9, */*;q=0.8",
            "Accept-Encoding": "gzip, deflate, br",
        },
        timeout=aiohttp.ClientTimeout(
            total=None,
            connect=manners.connect_seconds,
            sock_connect=manners.connect_seconds,
            sock_read=manners.read_seconds,
        ),
    ) as session:
        client = Client(session, manners, names, now)
        return tuple(await asyncio.gather(*map(client.answer, asks)))


async def _doors(manners: Manners, names: Names) -> Mapping[str, tuple[str, int]]:
    """Give the names that are dialled past the guard: those pretended or, where all goes through it, the proxy's."""
    if not manners.proxy:
        return manners.pretend
    proxy = URL(manners.proxy)
    host, port = proxy.hostname.strip("[]"), int(proxy.port or 80)
    (address, *_) = await names.resolve(host, port)
    return {host: (address["host"], port)}
