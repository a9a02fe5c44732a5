"""What the headers of an answer say. Pure; values from outside that make no sense count as absent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_PAUSE = 24 * 60 * 60  #: seconds; a Retry-After beyond counts as this
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_UNCACHED = re.compile(r"no-(?:cache|store)", re.IGNORECASE)
_RAW_BYTE = re.compile("[\udc80-\udcff]")
_LONGEST = 1000  # characters; a longer validator or type is no use to anybody


def plain(headers: Mapping[str, str], name: str) -> str:
    """Give a header verbatim if it is short printable ASCII, else ""."""
    value = headers.get(name, "")
    return value if value.isascii() and value.isprintable() and len(value) <= _LONGEST else ""


def location(headers: Mapping[str, str]) -> str:
    """Give the Location header; bytes that are no UTF-8, which aiohttp hands on as surrogates, become escapes."""
    return _RAW_BYTE.sub(lambda found: f"%{ord(found[0]) - 0xDC00:02X}", headers.get("Location", ""))


def retry_after(headers: Mapping[str, str], now: datetime) -> int:
    """Give the seconds that the host wants to be left alone (RFC 9110, 10.2.3): a number or a date, at most a day."""
    value = plain(headers, "Retry-After").strip()
    if value.isdecimal():
        return min(int(value), LONGEST_PAUSE)
    return _seconds_until(value, now)


def fresh_for(headers: Mapping[str, str], now: datetime) -> int:
    """Give the seconds for which an answer calls itself fresh: max-age, else Expires (RFC 9111, 4.2.1), up to a day."""
    control = plain(headers, "Cache-Control")
    if _UNCACHED.search(control):
        return 0
    if found := _MAX_AGE.search(control):
        return min(int(found[1]), LONGEST_PAUSE)
    return _seconds_until(plain(headers, "Expires"), now)


def last_modified(headers: Mapping[str, str], now: datetime) -> str:
    """Give Last-Modified verbatim, but never one of the future: sent back, it would bring 304 until then."""
    value = plain(headers, "Last-Modified")
    instant = _instant(value)
    return "" if instant and instant > now else value


def _seconds_until(value: str, now: datetime) -> int:
    instant = _instant(value)
    return max(0, min(round((instant - now).total_seconds()), LONGEST_PAUSE)) if instant else 0


def _instant(value: str) -> datetime | None:
    try:
        instant = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
