"""One look at addresses: whether a source answers, and where a site keeps its feeds. Nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tasks.discover import Candidate, common, offered, sitemaps
from tasks.fetch import fetch
from tasks.parse.limit import parse_within
from tasks.urls import join
from tasks.web import Manners, ask_all
from warehouse.errors import MendableError
from warehouse.records import Answer, Ask, ParsedFeed, Source, SourceState

_TOGETHER = 20  # sources probed between two rows that are printed


@dataclass(frozen=True, slots=True)
class Probe:
    """What one look at an address came to: the honest row."""

    source_id: str
    url: str
    state: str  #: ok, empty, not_a_feed, blocked, gone, too_large, refused, timeout or failed
    entries: int
    dated: int  #: of them with a date that could be read
    newest: datetime | None
    title: str  #: as the feed calls itself
    language: str
    elapsed_ms: int
    error: str  #: one line, empty when none
    moved_to: str = ""
    how: str = ""  #: where the address was found, for `discover`


def check(sources: Sequence[Source], manners: Manners, now: datetime) -> Iterator[Probe]:
    """Ask sources in full, as if for the first time, and read what they answer; nothing is kept. Rows in their order.

    Sources of one host are asked one after the other; a row comes when its part of the list is through.
    """
    for start in range(0, len(sources), _TOGETHER):
        part = sources[start : start + _TOGETHER]
        answers = fetch([(source, SourceState(source.source_id)) for source in part], manners, now)
        for source, answer in zip(part, answers, strict=True):
            yield _probe(source.source_id, answer, _read(source, answer, now))


def discover(url: str, manners: Manners, now: datetime) -> tuple[Probe, ...]:
    """Find the feeds of a site: the address itself, what its page offers, common addresses, then sitemaps.

    Stops at the first kind that gives a feed. MendableError where the page itself cannot be had.
    """
    address = join("", url if "://" in url else f"https://{url}")
    if not address:
        raise MendableError(f"{url!r} is no web address. Give the site's home page, such as https://example.org/")
    [page] = ask_all([Ask("page", address, robots=False)], manners, now)
    if page.outcome != "ok":
        raise MendableError(f"{address} cannot be read: {page.error or page.outcome}. Give another page of the site.")
    itself = _probe("", page, parse_within(page.body, page.final_url, page.content_type, now=now))
    if itself.state == "ok":
        return (replace(itself, how="itself"),)
    for candidates in _kinds(page, manners, now):
        found = tuple(probe for probe in _tried(candidates, manners, now) if probe.state == "ok")
        if found:
            return found
    return ()


def _kinds(page: Answer, manners: Manners, now: datetime) -> Iterator[Sequence[Candidate]]:
    """Give what to try, one kind after the other; robots.txt is read only when the others gave nothing."""
    yield offered(page.body, page.final_url, page.content_type)
    yield common(page.final_url)
    [robots] = ask_all([Ask("robots", join(page.final_url, "/robots.txt"), robots=False)], manners, now)
    listed = robots.body.decode("utf-8", "replace") if robots.outcome == "ok" else ""
    yield sitemaps(listed, page.final_url)


def _tried(candidates: Sequence[Candidate], manners: Manners, now: datetime) -> Iterator[Probe]:
    """Ask each candidate, robots.txt heeded since nobody invited us, and read what it answers."""
    answers = ask_all([Ask(str(number), one.url) for number, one in enumerate(candidates)], manners, now)
    seen: set[str] = set()
    for one, answer in zip(candidates, answers, strict=True):
        if answer.final_url in seen:  # many sites redirect every unknown address to one page
            continue
        seen.add(answer.final_url)
        feed = (
            parse_within(answer.body, answer.final_url, answer.content_type, now=now)
            if answer.outcome == "ok"
            else None
        )
        yield replace(_probe("", answer, feed), how=one.how, title=(feed.source_title if feed else "") or one.title)


def _read(source: Source, answer: Answer, now: datetime) -> ParsedFeed | None:
    if answer.outcome != "ok":
        return None
    return parse_within(answer.body, answer.final_url, answer.content_type, source.zone, now, source.pattern)


def _probe(source_id: str, answer: Answer, feed: ParsedFeed | None) -> Probe:
    entries = feed.entries if feed else ()
    return Probe(
        source_id=source_id,
        url=answer.url,
        state=feed.state if feed else answer.outcome,
        entries=len(entries),
        dated=sum(entry.published is not None for entry in entries),
        newest=max((entry.published for entry in entries if entry.published), default=None),
        title=feed.source_title if feed else "",
        language=feed.language if feed else "",
        elapsed_ms=answer.elapsed_ms,
        error=answer.error or (feed.reason if feed else ""),
        moved_to=answer.moved_to,
    )
