"""Sightings and a page to a revision of an article, and what that revision corrects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tasks.language import language
from tasks.lexicon import Lexicon
from tasks.revise.correct import corrected
from tasks.text import digest, words
from tasks.urls import canonical
from warehouse.records import Article, Extract, Item, PublishedQuality, Source, TextKind

_RANK: dict[TextKind, int] = {"none": 0, "title": 1, "summary": 2, "feed": 3, "full": 4}
_FRESH = timedelta(days=7)  # published so long before it was first seen at most: news
_ENOUGH_WORDS = 60  # a feed's text from which it stands for the page


@dataclass(frozen=True, slots=True)
class Seen:
    """All that is known of one article when it is made or made again."""

    source: Source  #: of the earliest sighting
    items: Sequence[Item]  #: sightings, oldest first, at least one
    final_url: str  #: of the page, "" when none could be had
    extract: Extract | None  #: None when the page could not be had or gave no text
    before: Article | None  #: current revision
    other_rules: bool = False  #: older rules made that one: what changes may be our doing, and is called no correction
    lexicon: Lexicon | None = None  #: to know names by
    same_page: bool = False  #: and of this very page: what these rules say of it holds, even if it is less


def revise(seen: Seen, now: datetime) -> Article | None:
    """Make the article as it stands now; None when that is the revision already held.

    What was found behind a link that hides its address counts only while nothing better is known. The page's text is
    taken before the feed's, and a better text is never replaced by a lesser one: a page that answers 503 on the second
    look must not turn an article back into its summary.
    """
    found = seen.items
    seen = replace(seen, items=[item for item in found if not item.hidden] or found)
    title, text, kind = _best_text(seen)
    before = seen.before
    if before and digest(title, text) == before.revision:
        return None
    if before and _RANK[kind] < _RANK[before.text_kind] and not seen.same_page:
        return None
    first, extract = seen.items[0], seen.extract
    published, quality = _published(seen)
    url = (extract.canonical_url if extract else "") or seen.final_url or first.url or first.canonical_url
    return Article(
        article_id=first.article_id,
        revision=digest(title, text),
        source_id=seen.source.source_id,
        outlet=seen.source.outlet,
        family=seen.source.family,
        side=seen.source.side,
        source_kind=seen.source.kind,
        url=url,
        canonical_url=canonical(url) if url else "",
        language=language(title, text),
        title=title,
        text=text,
        text_kind=kind,
        published=published,
        published_quality=quality,
        first_seen=before.first_seen if before else found[0].first_seen,
        revised_at=now,
        words=words(text),
        backlog=all(item.backlog and not _is_news(item, published) for item in found),
        revision_no=before.revision_no + 1 if before else 1,
        correction=correction(before, title, text, kind, seen.lexicon) if before and not seen.other_rules else "",
        rights=seen.source.rights,
        author=extract.author if extract else "",
    )


def correction(before: Article, title: str, text: str, kind: TextKind = "full", lexicon: Lexicon | None = None) -> str:
    """Say what a revision corrects: "number, name, quotation", or "" for a change that touches none of them.

    Only texts of one kind are compared: a first full text after a summary corrects nothing.
    """
    if before.text_kind != kind or kind not in {"feed", "full"} or not before.text or not text:
        return ""
    return ", ".join(corrected((before.title, before.text), (title, text), before.language, lexicon))


def _best_text(seen: Seen) -> tuple[str, str, TextKind]:
    newest, extract = seen.items[-1], seen.extract
    title = newest.title
    if extract and extract.title and (title in {"", newest.url} or title.endswith(("...", "…"))):
        title = extract.title
    if extract and extract.quality == "full":
        return title, extract.text, "full"
    if words(newest.content) >= _ENOUGH_WORDS:
        return title, newest.content, "feed"
    if extract and extract.quality == "short" and words(extract.text) >= words(newest.summary):
        return title, extract.text, "full"
    text = newest.content or newest.summary
    return title, text, "summary" if text else "title" if title else "none"


def _is_news(item: Item, published: datetime | None) -> bool:
    """Say whether an entry without a date, held for old, is of these days after all, by what its page says."""
    return item.published is None and published is not None and published >= item.first_seen - _FRESH


def _published(seen: Seen) -> tuple[datetime | None, PublishedQuality]:
    """Take the first date that was ever given: publishers bump dates without a change."""
    if seen.before and seen.before.published:
        return seen.before.published, seen.before.published_quality
    for item in seen.items:
        if item.published and item.published_quality != "date-only":
            return item.published, item.published_quality
    if seen.extract and seen.extract.published:
        return seen.extract.published, seen.extract.published_quality
    dated = next((item for item in seen.items if item.published), None)
    return (dated.published, dated.published_quality) if dated else (None, "none")
