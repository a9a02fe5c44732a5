"""Keep what the steps brought, each batch in one transaction with its raw bytes committed beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Literal

from flows import rules
from flows.job import Job
from tasks.fetch import after
from tasks.lexicon import Lexicon
from tasks.revise import Seen, revise
from tasks.sift import sift
from tasks.text import digest
from tasks.weeks import week_of
from warehouse import read, write
from warehouse.archive import Archive, Kept
from warehouse.connect import Db
from warehouse.records import Answer, Article, Extract, Fetch, Item, Page, ParsedFeed, Source, SourceState
from warehouse.rows import Row, rows

Heard = tuple[Source, SourceState, Answer, ParsedFeed | None]


def keep_feeds(job: Job, heard: Sequence[Heard]) -> None:
    """Keep the attempts of one batch, their new items and the sources' states, all or nothing."""
    with job.warehouse.writer() as db:
        places = _archive(job, db, [answer if _is_feed(feed) else None for _, _, answer, feed in heard], "feed")
        fetches, states, items = [], [], []
        for (source, state, answer, feed), place in zip(heard, places, strict=True):
            found = sift(source, feed.entries, state.first_good_at or job.now, job.now) if feed else ()
            new = read.unknown_items(db, found)
            known = read.known_entries(db, source.source_id, found, job.now)
            fetches.append(_fetch(job, source, answer, feed, (len(found), len(new), known), place))
            parsed = feed.state if feed else answer.outcome
            states.append(after(state, answer, parsed, feed.ttl_minutes if feed else 0, len(new), job.now))
            items += new
        write.fetched(db, fetches, items, states)
    job.counts["asked"] += len(fetches)
    job.counts["failed"] += sum(fetch.outcome not in {"ok", "unchanged"} for fetch in fetches)
    job.counts["entries"] += sum(fetch.entries for fetch in fetches)
    job.counts["new_entries"] += len(items)


def keep_pages(job: Job, got: Sequence[tuple[Answer, Row]]) -> None:
    """Keep downloads; a page whose bytes are those of its last download points at them."""
    with job.warehouse.writer() as db:
        hashes = [hashlib.sha256(answer.body).hexdigest() if answer.outcome == "ok" else "" for answer, _ in got]
        fresh = [
            answer if sha256 not in {"", row["sha256"]} else None
            for (answer, row), sha256 in zip(got, hashes, strict=True)
        ]
        places = _archive(job, db, fresh, "page")
        pages = [
            _page(answer, sha256, place if answer_is_new else (row["warc_file"], row["warc_offset"]))
            for (answer, row), sha256, place, answer_is_new in zip(got, hashes, places, fresh, strict=True)
        ]
        write.pages(db, pages)
    job.counts["pages"] += len(pages)
    job.counts["pages_failed"] += sum(page.outcome != "ok" for page in pages)


def keep_extracts(
    job: Job,
    pending: Sequence[Row],
    extracts: Mapping[str, Extract],
    items: Mapping[str, Sequence[Item]],
    before: Mapping[str, Article],
    sources: Mapping[str, Source],
    lexicon: Lexicon,
    *,
    again: bool = False,
) -> None:
    """Keep what extracting came to, and the revisions that follow; `again` says that older rules read these pages."""
    outcomes, revisions = [], []
    for row in pending:
        found, extract = items[row["article_id"]], extracts.get(row["page_id"])
        held = before.get(row["article_id"])
        final_url = row["final_url"] if extract else ""
        other = row["made_by"] not in {"", rules.EXTRACT}
        article = revise(
            Seen(sources[found[0].source_id], found, final_url, extract, held, other, lexicon, again), job.now
        )
        revisions += [article] if article else []
        current = article or held
        outcomes.append(
            {
                "page_id": row["page_id"],
                "article_id": row["article_id"],
                "quality": extract.quality if extract else "none",
                "reason": extract.reason if extract else row["page_error"],
                "revision": current.revision if current else "",
                "rule_version": rules.EXTRACT,
            }
        )
    with job.warehouse.writer() as db:
        write.extracted(db, outcomes, revisions)
    job.counts["articles"] += sum(article.revision_no == 1 for article in revisions)
    job.counts["revisions"] += sum(article.revision_no > 1 for article in revisions)


def _is_feed(feed: ParsedFeed | None) -> bool:
    return feed is not None and feed.state != "not_a_feed"


def _archive(
    job: Job, db: Db, answers: Sequence[Answer | None], kind: Literal["feed", "page"]
) -> list[tuple[str, int]]:
    """Append the bodies to this week's archive file; give (file, offset) of each, ("", -1) for None."""
    kept = [answer for answer in answers if answer]
    if not kept:
        return [("", -1)] * len(answers)
    week = week_of(job.now, "UTC").label
    committed = rows(db, "archive_length", file=f"{week}.warc.gz")[0]["bytes"]
    bodies = [Kept(kind, a.final_url, a.fetched_at, a.status, a.content_type, a.body) for a in kept]
    appended = Archive(job.warehouse.archive).append(week, bodies, committed)
    write.archived(db, appended.file, appended.length)
    places = iter(appended.places)
    return [next(places) if answer else ("", -1) for answer in answers]


def _fetch(
    job: Job,
    source: Source,
    answer: Answer,
    feed: ParsedFeed | None,
    entries: tuple[int, int, int],
    place: tuple[str, int],
) -> Fetch:
    """Make the row of an attempt; `entries` counts all, those new and those known."""
    return Fetch(
        fetch_id=digest(source.source_id, answer.fetched_at.isoformat()),
        run_id=job.run_id,
        source_id=source.source_id,
        url=answer.url,
        final_url=answer.final_url,
        fetched_at=answer.fetched_at,
        outcome=feed.state if feed and feed.state != "ok" else answer.outcome,
        status=answer.status,
        error=answer.error or (feed.reason if feed else ""),
        bytes=len(answer.body),
        elapsed_ms=answer.elapsed_ms,
        entries=entries[0],
        new_entries=entries[1],
        known_entries=entries[2],
        warc_file=place[0],
        warc_offset=place[1],
    )


def _page(answer: Answer, sha256: str, place: tuple[str, int]) -> Page:
    return Page(
        page_id=digest(answer.key, answer.fetched_at.isoformat()),
        article_id=answer.key,
        url=answer.url,
        final_url=answer.final_url,
        fetched_at=answer.fetched_at,
        outcome=answer.outcome,
        status=answer.status,
        error=answer.error,
        content_type=answer.content_type,
        sha256=sha256,
        bytes=len(answer.body),
        warc_file=place[0],
        warc_offset=place[1],
    )
