"""Judge articles in a file, without a warehouse and without Prefect: the same steps as in collecting, all at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime, time
from functools import cache
from itertools import accumulate
from typing import Any

from flows.baseline import known
from flows.watch import outlets, watched
from tasks.cluster import Judged, cluster
from tasks.dedupe import TONGUES, Printed, dedupe, fingerprint
from tasks.lexicon import Lexicon, build
from tasks.tag import tag
from tasks.text import compose_back, digest, words
from tasks.urls import canonical, host, registrable, side_of
from warehouse.errors import MendableError
from warehouse.records import Article, Duplicate, Evidence, Judgement
from warehouse.seeds import tables

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # where neither the article nor any other has a date
_FIELDS = ("id", "title", "text")


def judge(rows: Iterable[Mapping[str, Any]], *, baseline: bool) -> Iterator[dict[str, Any]]:
    """Judge articles {id, url, title, text, published?, language?} and give, in their order, what `vnjp judge` prints.

    ``published`` is a day, an instant or absent. With ``baseline`` a copy or a report of what the baseline tells names
    baseline:000 to baseline:004. Raises MendableError, with the line, for a row that is none or an id that came before.
    """
    rows = list(rows)
    articles = _articles(rows)
    lexicon = _lexicon()
    judged = [_judged(article, tag(article, lexicon)) for article in articles]
    held = known() if baseline else ()
    copies = dedupe(
        [Printed(one.article, fingerprint(one.article), one.judgement.anchors) for one in judged],
        [Printed(one.article, one.fingerprint, one.judgement.anchors) for one in held],
        (),
    )
    whole = [*judged, *(Judged(one.article, one.judgement) for one in held)]
    told = cluster(whole, (), (), (), {row.article_id: row.duplicate_of for row in copies}, lexicon)
    named = {row.story_id: row.article_id for row in told.memberships if row.article_id.startswith("baseline:")}
    story_of = {row.article_id: named.get(row.story_id, row.story_id) for row in told.memberships}
    copy_of = {row.article_id: row for row in copies}
    for row, one in zip(rows, judged, strict=True):
        own = one.article.article_id
        evidence = [asdict(_as_written(words, row)) for words in one.judgement.evidence]
        yield _line(one.judgement, story_of.get(own), copy_of.get(own)) | {"evidence": evidence}


def _as_written(words: Evidence, row: Mapping[str, Any]) -> Evidence:
    """Give the place and the characters of words in the file, where accents may stand as characters of their own."""
    written, origin = row[words.field], compose_back(row[words.field]).origin
    start, end = origin[words.start], origin[words.end]
    return replace(words, start=start, end=end, text=written[start:end])


@cache
def _lexicon() -> Lexicon:
    return build(tables())


def _articles(rows: Iterable[Mapping[str, Any]]) -> list[Article]:
    seen: dict[str, int] = {}
    found = []
    for number, row in enumerate(rows, start=1):
        if missing := [name for name in _FIELDS if not isinstance(row.get(name), str)]:
            raise MendableError(f"Line {number} has no {missing[0]}. Each line is an object with id, title and text.")
        if row["id"] in seen:
            raise MendableError(f"Line {number} has the id {row['id']!r} of line {seen[row['id']]}. Give each its own.")
        seen[row["id"]] = number
        found.append(_article(row, number))
    latest = max((one.published for one in found if one.published), default=_NEVER)
    return [replace(one, first_seen=one.published or latest, revised_at=one.published or latest) for one in found]


def _article(row: Mapping[str, Any], line: int) -> Article:
    url, title, text = row.get("url") or "", compose_back(row["title"]).text, compose_back(row["text"]).text
    published, day_only = _instant(row.get("published"), line)
    return Article(
        article_id=row["id"],
        revision=digest(title, text),
        source_id="file",
        outlet=host(url),
        family=_family(host(url)),
        side=side_of(host(url)),
        source_kind="press",
        url=url,
        canonical_url=canonical(url) if url else "",
        language=row.get("language") or "",
        title=title,
        text=text,
        text_kind="full" if text else "title",
        published=published,
        published_quality="date-only" if day_only else "explicit" if published else "none",
        first_seen=published or _NEVER,
        revised_at=published or _NEVER,
        words=words(text),
    )


def _instant(written: str | None, line: int) -> tuple[datetime | None, bool]:
    """Read a day or an instant (ISO 8601; without an offset it is UTC), and say whether it was a day."""
    if not written:
        return None, False
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        message = f"Line {line} was published {written!r}, which is neither a day nor an instant of ISO 8601."
        raise MendableError(message) from None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC), len(written) == len("2025-04-27")


def _judged(article: Article, judgement: Judgement) -> Judged:
    """Join the two. What has no date of its own stands at the day of its event, so that it is told with its story."""
    if article.published is None and judgement.event_date:
        article = replace(article, first_seen=datetime.combine(judgement.event_date, time(), UTC))
    article = replace(article, language=judgement.language or article.language)
    if article.outlet in _translating() and article.language != TONGUES.get(article.side):
        article = replace(article, source_kind="translation")
    return Judged(article, judgement)


@cache
def _families() -> Mapping[str, str]:
    return {place: outlet.family for outlet in outlets() for place in outlet.hosts}


def _family(place: str) -> str:
    """Give whose a host is, by the table of outlets; else what its owner registered."""
    known = (above for above in accumulate(place.split(".")[::-1], lambda below, label: f"{label}.{below}"))
    return next((_families()[one] for one in known if one in _families()), registrable(place))


@cache
def _translating() -> frozenset[str]:
    """Give the hosts that are watched for nothing but their translations."""
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for source in watched():
        kinds[host(source.url)].add(source.kind)
    return frozenset(place for place, its in kinds.items() if its == {"translation"})


def _line(one: Judgement, story: str | None, copy: Duplicate | None) -> dict[str, Any]:
    named = {
        kind: [{"id": entity.entity_id, "name": entity.name} for entity in one.entities if entity.kind == kind]
        for kind in ("person", "organisation", "place")
    }
    return {
        "id": one.article_id,
        "language": one.language,
        "relevance": one.relevance,
        "relevance_score": one.relevance_score,
        "topics": list(one.topics),
        "people": named["person"],
        "organisations": named["organisation"],
        "places": named["place"],
        "event_type": one.event_type,
        "event_date": one.event_date.isoformat() if one.event_date else None,
        "amounts": [asdict(amount) for amount in one.amounts],
        "story": story,
        "duplicate_of": copy.duplicate_of if copy else None,
        "duplicate_kind": copy.kind if copy else None,
        "duplicate_score": copy.score if copy else None,
    }
