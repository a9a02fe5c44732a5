"""Get the pages of articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from tasks.urls import opaque, unwrap
from tasks.web import Manners, ask_all
from warehouse.records import Answer, Ask

SECONDS = 30.0  #: for a page, redirects included
BYTES = 5 * 1024 * 1024  #: of a page, as sent and decoded


def download(asks: Sequence[Ask], manners: Manners, now: datetime) -> tuple[Answer, ...]:
    """Get pages, robots.txt always heeded; answers in the order of the asks, under their keys and addresses.

    A redirector that carries the publisher's address (Bing News) is not asked but the publisher is. One that hides it
    (Google News) is not asked at all, because that would tell it what is read here: outcome "refused".
    """
    limits = replace(manners, total_seconds=min(SECONDS, manners.total_seconds), wire_bytes=BYTES, decoded_bytes=BYTES)
    open_asks = [replace(ask, url=unwrap(ask.url), robots=True) for ask in asks if not opaque(ask.url)]
    answers = iter(ask_all(open_asks, limits, now))
    return tuple(_hidden(ask, now) if opaque(ask.url) else replace(next(answers), url=ask.url) for ask in asks)


def _hidden(ask: Ask, now: datetime) -> Answer:
    return Answer(ask.key, ask.url, "refused", now, error=f"the link hides the publisher's address: {ask.url}")
