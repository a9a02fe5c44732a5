"""From drafts to entries: clean text, absolute addresses, dates with their quality, and an identity that lasts."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tasks.dates import read_date
from tasks.parse import plain
from tasks.parse.draft import Draft, primary
from tasks.text import digest, is_cjk, sentences
from tasks.urls import canonical, join
from warehouse.records import Entry, PublishedQuality

MOST = 2_000  # entries kept of one document
AHEAD = timedelta(hours=36)  # a date further ahead of the clock than any zone or slip explains
MARKEDLY = 1.5  # so much longer than the summary must a full text be
FULL = 1_000  # characters from which a lone description counts as full text
FULL_CJK = 500  # the same where nobody writes spaces
SHORT = 300  # length of a summary or title made from a longer text

_PLAIN_URL = re.compile(r"https?://[a-zA-Z0-9.-]+(?::\d{1,5})?[/?#][!-;=?-~]*", re.ASCII)  # fetched as it is written
_WORDPRESS = re.compile(r"The post .{1,300} (?:appeared first on|first appeared on) .{1,100}$", re.DOTALL)


def entries(drafts: tuple[Draft, ...], base: str, zone: str, now: datetime | None) -> tuple[Entry, ...]:
    """Finish a document's drafts in their order: repeats are dropped, and of too many the newest are kept."""
    made = [entry for draft in dict.fromkeys(drafts) if (entry := _safely(draft, base, zone, now))]
    if len(made) > MOST:
        oldest = datetime.min.replace(tzinfo=UTC)
        newest = sorted(range(len(made)), key=lambda i: made[i].published or oldest, reverse=True)[:MOST]
        made = [made[i] for i in sorted(newest)]
    return _identified(made)


def _safely(draft: Draft, base: str, zone: str, now: datetime | None) -> Entry | None:
    try:
        return _entry(draft, base, zone, now)
    except Exception:  # noqa: BLE001 (one entry that nobody foresaw must not cost the others)
        return None


def _entry(draft: Draft, base: str, zone: str, now: datetime | None) -> Entry | None:
    """Make an entry, its guid standing in for the identity; None for one that says nothing."""
    summary, content = _texts(draft)
    url = next((url for link in draft.links if (url := _absolute(base, link))), "")
    title = plain.line(draft.title) or _shortened(summary) or url
    if not title:
        return None
    published, quality, raw = _date(draft.dates, zone, now)
    return Entry(
        identity=draft.guid.strip(),
        url=url,
        title=title,
        summary=summary,
        content=content,
        published=published,
        published_quality=quality,
        published_raw=raw,
        language=primary(draft.language),
        author=plain.line(draft.author),
        publisher=plain.line(draft.publisher),
        publisher_url=join("", draft.publisher_url),
    )


def _texts(draft: Draft) -> tuple[str, str]:
    """Give the summary on one line and the full text in paragraphs, where the entry carries one.

    Where both are the same text the summary is its beginning; a long description alone is a full text as well.
    """
    summary = _WORDPRESS.sub("", plain.line(draft.summary)).rstrip()
    content = _WORDPRESS.sub("", plain.lines(draft.content)).rstrip() if draft.content else ""
    if not content and (len(summary) >= FULL or (len(summary) >= FULL_CJK and is_cjk(summary))):
        content = _WORDPRESS.sub("", plain.lines(draft.summary)).rstrip()
    if not summary or (content and summary == " ".join(content.split())):
        summary = _shortened(" ".join(content.split()))
    return summary, content if len(content) >= MARKEDLY * len(summary) else ""


def _shortened(text: str) -> str:
    """Give a text's first sentences up to SHORT characters, or cut its first one."""
    if len(text) <= SHORT:
        return text
    ends = [end for _, end in sentences(text[: SHORT + 1]) if end <= SHORT]
    if len(ends) > 1:
        return text[: ends[-2]]
    return f"{text[: SHORT - 1].rsplit(' ', 1)[0]}…"


def _absolute(base: str, link: str) -> str:
    link = link.strip()
    return link if _PLAIN_URL.fullmatch(link) else join(base, link)


def _date(dates: tuple[str, ...], zone: str, now: datetime | None) -> tuple[datetime | None, PublishedQuality, str]:
    """Read the first date that can be read; one too far ahead counts as none. The raw string is kept in any case."""
    for raw in dates:
        published, quality = read_date(raw, zone)
        if published:
            return (None, "none", raw) if now and published > now + AHEAD else (published, quality, raw)
    return None, "none", dates[0] if dates else ""


def _identified(made: list[Entry]) -> tuple[Entry, ...]:
    """Give each entry an identity: its guid, else its canonical address, else a hash of title and date.

    What several entries share identifies none of them: there are feeds with one guid or one link for all
    (FreshRSS#5329, samuelclay/NewsBlur#1470).
    """
    guids = Counter(entry.identity for entry in made)
    addresses = {entry.url: canonical(entry.url) for entry in made if guids[entry.identity] > 1 or not entry.identity}
    shared = Counter(addresses.get(entry.url, "") for entry in made)
    kept: dict[str, Entry] = {}
    for entry in made:
        identity, address = entry.identity, addresses.get(entry.url, "")
        if not identity or guids[identity] > 1:
            identity = address if shared[address] == 1 else ""
        identity = identity or digest(entry.title, entry.published_raw)
        kept.setdefault(identity, replace(entry, identity=identity))
    return tuple(kept.values())
