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
    """Finish a document's drafts in their order, every one of them; of more than MOST the newest are kept."""
    made = [entry for draft in drafts if (entry := _safely(draft, base, zone, now))]
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


def _entry(draft: Draft, base: str, zone: str, now: datetime | None) -> Entry:
    """Make an entry, its guid standing in for the identity; one that says nothing has no title."""
    summary, content = _texts(draft)
    url = next((url for link in draft.links if (url := _absolute(base, link))), "")
    published, quality, raw = _date(draft.dates, zone, now)
    return Entry(
        identity=draft.guid.strip(),
        url=url,
        title=plain.title(draft.title) or _shortened(summary) or url,
        summary=summary,
        content=content,
        published=published,
        published_quality=quality,
        published_raw=raw,
        language=primary(draft.language),
        author=plain.line(draft.author) if draft.author else "",
        publisher=plain.line(draft.publisher) if draft.publisher else "",
        publisher_url=join("", draft.publisher_url) if draft.publisher_url else "",
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
    return link if _PLAIN_URL.fullmatch(link) or not link else join(base, link)


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
    (FreshRSS#5329, samuelclay/NewsBlur#1470). An entry that is listed twice is one, with one identity.
    """
    if all(entry.identity for entry in made) and len({entry.identity for entry in made}) == len(made):
        return tuple(made)
    distinct = dict.fromkeys(made)
    guids = Counter(entry.identity for entry in distinct)
    addresses = {
        entry.url: canonical(entry.url) for entry in distinct if guids[entry.identity] > 1 or not entry.identity
    }
    shared = Counter(addresses.get(entry.url, "") for entry in distinct)
    hashes = Counter((entry.title, entry.published_raw) for entry in distinct)
    found = []
    for entry in made:
        identity, address = entry.identity, addresses.get(entry.url, "")
        if not identity or guids[identity] > 1:
            identity = address if shared[address] == 1 else ""
        if not identity:
            alike = hashes[entry.title, entry.published_raw] > 1
            identity = digest(entry.title, entry.published_raw, *([entry.summary, entry.url] if alike else []))
        found.append(entry if identity == entry.identity else replace(entry, identity=identity))
    return tuple(found)
