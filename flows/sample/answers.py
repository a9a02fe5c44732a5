"""What the sample's outlets answer to a request at a moment: decided here, sent by site.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http import HTTPStatus
from urllib.parse import urlsplit

from flows.sample import Outlet, Sample, Shown, feeds, pages
from tasks import text

_ROBOTS = b"User-agent: *\nDisallow: /tag/\n"
_HOUR = "3600"
_LISTED = 8  # headlines in a page's lists


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer, without the headers that every answer carries."""

    status: HTTPStatus
    content_type: str = "text/plain; charset=utf-8"
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def answer(sample: Sample, now: datetime, host: str, target: str, headers: Mapping[str, str]) -> Reply:
    """Answer a GET of `target` (path and query); `headers` matter where the request is conditional."""
    outlet = next((outlet for outlet in sample.outlets if outlet.host == host), None)
    if outlet is None:
        return _missing(f"{host} is no outlet of the sample")
    news = sample.shown(now)
    own = tuple(shown for shown in news if shown.article.outlet == outlet)
    path = urlsplit(target).path
    if path == "/robots.txt":
        return Reply(HTTPStatus.OK, body=_ROBOTS)
    if path == outlet.feed_path:
        return _feed(outlet, own, headers)
    if path == "/":
        return _page(outlet, pages.front(outlet, own))
    return _article(own, news, target) or _missing(f"{target} is not at {host}")


def _feed(outlet: Outlet, own: tuple[Shown, ...], headers: Mapping[str, str]) -> Reply:
    if outlet.feed == "unavailable":
        return Reply(HTTPStatus.SERVICE_UNAVAILABLE, body=b"503: come back later\n", headers={"Retry-After": _HOUR})
    if outlet.feed == "page":
        return _page(outlet, pages.front(outlet, own))
    content_type, body = feeds.feed(outlet, own)
    validators = _validators(outlet, body, max((shown.changed for shown in own), default=None))
    if _unchanged(validators, headers):
        return Reply(HTTPStatus.NOT_MODIFIED, headers=validators)
    return Reply(HTTPStatus.OK, content_type, body, validators)


def _validators(outlet: Outlet, body: bytes, changed: datetime | None) -> dict[str, str]:
    tag = f'"{text.digest(body.hex())}"'
    validators = {"etag": ("ETag", tag), "weak-etag": ("ETag", f"W/{tag}")}
    if changed:
        validators["last-modified"] = ("Last-Modified", format_datetime(changed.astimezone(UTC), usegmt=True))
    return dict(validators[name] for name in outlet.validators if name in validators)


def _unchanged(validators: Mapping[str, str], headers: Mapping[str, str]) -> bool:
    """Say whether a conditional request finds nothing new; If-None-Match outranks the date (RFC 9110, 13.2.2)."""
    etag, known = validators.get("ETag"), headers.get("If-None-Match")
    if etag and known:
        return etag in known
    modified = validators.get("Last-Modified")
    return modified is not None and modified == headers.get("If-Modified-Since")


def _article(own: tuple[Shown, ...], news: tuple[Shown, ...], target: str) -> Reply | None:
    path = urlsplit(target).path
    for shown in own:
        article = shown.article
        if article.old_path == path:
            return Reply(HTTPStatus.MOVED_PERMANENTLY, headers={"Location": article.url})
        if article.target in {target, path}:
            others = _others(shown, news)
            earlier = next((other for other in others if other.article.published < article.published), None)
            return _page(article.outlet, pages.page(shown, others[:_LISTED], earlier))
    return None


def _others(shown: Shown, news: tuple[Shown, ...]) -> tuple[Shown, ...]:
    """Give the other articles of a page's language, its own outlet's first, newest first."""
    article = shown.article
    listed = [other for other in news if other.article.language == article.language and other.article != article]
    return tuple(sorted(listed, key=lambda other: other.article.outlet != article.outlet))


def _page(outlet: Outlet, body: bytes) -> Reply:
    # Pages in a legacy charset name it in their mark-up only, as the real ones do.
    content_type = "text/html" if outlet.charset != "UTF-8" else "text/html; charset=utf-8"
    return Reply(HTTPStatus.OK, content_type, body)


def _missing(reason: str) -> Reply:
    return Reply(HTTPStatus.NOT_FOUND, body=f"404: {reason}\n".encode())
