"""What a setting may be: each check gives the value back, or raises ValueError with what is allowed."""

from __future__ import annotations

import difflib
import re
from functools import cache
from zoneinfo import available_timezones

from pydantic import BeforeValidator, SecretStr

from tasks.deliver.message import address_fault

_PROXY = re.compile(r"http://(?:[^\s@/:]+:[^\s@/]+@)?(?:[\w.-]+|\[[\da-fA-F:]+\])(?::\d{1,5})?/?")
_APPROVAL = re.compile(r"(?:[1-9]\d?|[1-6]\d\d|7[01]\d|720):(?:send|hold)")
_HTTPS = re.compile(r"https://[!-;=?-~]+")
_BLOCK = re.compile(r"[a-z0-9-]+/[a-z0-9-]+")
_LEAST_KEPT, _MOST_KEPT = 14, 36_500  # days
_WEB = re.compile(r"https?://[^\s/?#]+\S*")
_CLUSTER = re.compile(r"(?:tcp|tls)://(?:[\w.-]+|\[[\da-fA-F:]+\]):\d{1,5}")
_ADDRESS = re.compile(r"[^\s@<>,:;\"]+@[^\s@<>,:;\"]+")


@cache
def zones() -> frozenset[str]:
    """Give the names of all time zones; looking for them means reading hundreds of files."""
    return frozenset(available_timezones())


def zone(name: str) -> str:
    """Take the name of an IANA time zone."""
    if name not in zones():
        near = difflib.get_close_matches(name, zones(), 1)
        raise ValueError(f"not an IANA time zone{f' (did you mean {near[0]}?)' if near else ''}, such as Asia/Tokyo")
    return name


def address(value: str) -> str:
    """Take a mail address, or ""."""
    if value and not _ADDRESS.fullmatch(value):
        raise ValueError("not a mail address, such as desk@example.org")
    return value


def cluster(value: str) -> str:
    """Take the address of a Dask scheduler, `workers`, or ""."""
    if value not in {"", "workers"} and not _CLUSTER.fullmatch(value):
        raise ValueError("neither `workers` nor the address of a Dask scheduler, such as tcp://scheduler.example:8786")
    return value


def recipient(value: str) -> str:
    """Take ADDRESS or ADDRESS:LANGUAGE."""
    to, _, language = value.partition(":")
    if not to or language not in {"", "en", "vi", "ja"}:
        raise ValueError("not ADDRESS or ADDRESS:LANGUAGE with language en, vi or ja")
    if fault := address_fault(to):
        raise ValueError(fault)
    return value


def approval(value: str) -> str:
    """Take `none`, or hours and what happens after them."""
    if value != "none" and not _APPROVAL.fullmatch(value):
        raise ValueError("not none, HOURS:send or HOURS:hold with at most 720 hours, such as 24:send")
    return value


def notify(value: str) -> str:
    """Take a mail address, a block of Prefect, or ""."""
    if value and not _BLOCK.fullmatch(value):
        try:
            return address(value)
        except ValueError:
            raise ValueError("not a mail address, and no block as KIND/NAME, such as slack-webhook/team") from None
    return value


def unsubscribe(value: str) -> str:
    """Take an https address, or ""."""
    if value and not _HTTPS.fullmatch(value):
        raise ValueError("not an https:// address, which one-click unsubscribing needs (RFC 8058)")
    return value


def proxy(value: SecretStr) -> SecretStr:
    """Take the address of an http proxy, or ""."""
    if value and not _PROXY.fullmatch(value.get_secret_value()):
        raise ValueError("not http://HOST:PORT or http://USER:PASSWORD@HOST:PORT")
    return value


def kept(days: int) -> int:
    """Take a number of days: 0 for ever, else at least two weeks, since pages are looked at again after one."""
    if days and not _LEAST_KEPT <= days <= _MOST_KEPT:
        raise ValueError(f"not 0, which is for ever, or {_LEAST_KEPT} to {_MOST_KEPT} days")
    return days


def ping(value: SecretStr) -> SecretStr:
    """Take an http or https address, or ""."""
    if value and not _WEB.fullmatch(value.get_secret_value()):
        raise ValueError("not an http:// or https:// address")
    return value


def _or_none(value: object) -> object:
    return None if value == "" else value


NoneIfEmpty = BeforeValidator(_or_none)


def _split(value: object) -> object:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


Listed = BeforeValidator(_split)
