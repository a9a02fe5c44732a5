"""Keep what the steps brought, each batch in one transaction with its raw bytes committed beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from flows import rules
from flows.job import Job
from flows.reading import SCREENED
from flows.watch import outlets
from tasks.fetch import after
from tasks.lexicon import Lexicon
from tasks.revise import Seen, revise
from tasks.sift import by_host, sift, told_by
from tasks.text import digest
from tasks.unite import agree, found_out, name_hashes, names, own_address, settle
from tasks.weeks import week_of
from warehouse import read, write
from warehouse.archive import Archive, Kept
from warehouse.connect import Db
from warehouse.forget import is_forgotten
from warehouse.records import Answer, Article, Extract, Fetch, Item, Page, ParsedFeed, Source, SourceState
from warehouse.rows import Row, offer, rows

Heard = tuple[Source, SourceState, Answer, ParsedFeed | None]


def keep_feeds(job: Job, heard: Sequence[Heard]) -> None:
    """Keep the attempts of one batch, their new items and the sources' states, all or nothing."""
    with job.warehouse.writer() as db:
        outlet_at = by_host(outlets())
        entries = [
            sift(source, feed.entries, state.first_good_at or job.now, job.now, outlet_at) if feed else ()
            for source, state, _, feed in heard
        ]
        sifted = _not_forgotten(db, entries)
        whole = [  # a feed that lists what was forgotten is not kept as it came
            answer if _is_feed(feed) and len(found) == len(every) else None
            for (_, _, answer, feed), found, every in zip(heard, sifted, entries, strict=True)
        ]
        places = _archive(job, db, whole, "feed")
        seen = [item for found in sifted for item in found]
        unknown = {item.item_id for item in read.unknown_items(db, seen)}
        known = read.known_entries(db, seen, job.now)
        fetches, states, items = [], [], []
        for (source, state, answer, feed), place, found in zip(heard, places, sifted, strict=True):
            new = [item for item in found if item.item_id in unknown]
            states.append(after(state, answer, feed, new, job.now))
            one = _fetch(job, source, answer, feed, (len(found), len(new), known[source.source_id]), place)
            fetches.append(replace(one, error=states[-1].error))
            items += new
        items = settle(items, read.known_under(db, [name for item in items for name in names(item)]))
        write.fetched(db, fetches, found_out(items, read.sightings(db, items)), states)
    job.counts["asked"] += len(fetches)
    job.counts["failed"] += sum(fetch.outcome not in {"ok", "unchanged"} for fetch in fetches)
    job.counts["unchanged"] += sum(fetch.outcome == "unchanged" for fetch in fetches)
    job.counts["entries"] += sum(fetch.entries for fetch in fetches)
    job.counts["new_entries"] += len(items)


def _not_forgotten(db: Db, sifted: Sequence[Sequence[Item]]) -> list[list[Item]]:
    """Leave out what a user had forgotten: its address and its keys are known by their hashes."""
    gone = is_forgotten(db, sorted({one for found in sifted for item in found for one in name_hashes(item)}))
    return [[item for item in found if gone.isdisjoint(name_hashes(item))] for found in sifted]


def keep_pages(job: Job, got: Sequence[tuple[Answer, Row]]) -> list[tuple[Page, bytes, Sequence[Item]]]:
    """Keep downloads; give the pages to read, with their bytes and what their entries say.

    A page whose bytes are those of its last download points at them, and is not read again where nothing else changed.
    """
    with job.warehouse.writer() as db:
        hashes = [hashlib.sha256(answer.body).hexdigest() if answer.outcome == "ok" else "" for answer, _ in got]
        fresh = [
            answer if sha256 not in {"", row["sha256"]} else None
            for (answer, row), sha256 in zip(got, hashes, strict=True)
        ]
        places = _archive(job, db, fresh, "page", hashes)
        pages = [
            _page(answer, sha256, place if answer_is_new else (row["warc_file"], row["warc_offset"]))
            for (answer, row), sha256, place, answer_is_new in zip(got, hashes, places, fresh, strict=True)
        ]
        write.pages(db, pages)
        as_before = [page.page_id for page, new in zip(pages, fresh, strict=True) if page.outcome == "ok" and not new]
        known = _read_before(db, as_before)
        items = read.items(db, [page.article_id for page in pages if page.outcome == "ok"])
    job.counts["pages"] += len(pages)
    job.counts["pages_failed"] += sum(page.outcome != "ok" for page in pages)
    return [
        (page, answer.body, items[page.article_id])
        for page, (answer, _) in zip(pages, got, strict=True)
        if page.outcome == "ok" and page.page_id not in known
    ]


def _read_before(db: Db, pages: Sequence[str]) -> set[str]:
    """Keep for pages that are as they were what reading them came to then; give those for which that holds."""
    if not pages:
        return set()
    offer(db, "wanted", pages)
    found = rows(db, "read_before", rules=rules.EXTRACT, screened=rules.SCREENED)
    write.extracted(db, found, [])
    return {row["page_id"] for row in found}


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
    """Keep what extracting came to, and the revisions that follow; `again` says that older rules read these pages.

    A new page that tells an article held under another address becomes a sighting of that one.
    """
    with job.warehouse.writer() as db:
        addresses = {row["article_id"]: own_address(extracts.get(row["page_id"]), row["final_url"]) for row in pending}
        told = read.told_under(db, filter(None, addresses.values()))
        held = {**read.articles(db, told.values()), **before}
        outcomes, revisions = [], []
        gone = is_forgotten(db, sorted({digest(address) for address in addresses.values() if address}))
        for row in pending:
            key, extract = row["article_id"], extracts.get(row["page_id"])
            if digest(addresses[key]) in gone:  # under another address, a page that says whose it is
                outcomes.append(_outcome(row, None, None))
                continue
            known = held.get(told.get(addresses[key], ""))
            article = None
            if not (extract and known and key not in held and agree(extract, known)):
                found, final_url = items[key], row["final_url"] if extract else ""
                other = row["made_by"] not in {"", rules.EXTRACT, rules.SCREENED}
                teller = _teller(found, sources)
                seen = Seen(teller, found, final_url, extract, held.get(key), other, lexicon, again)
                article = revise(seen, job.now)
                known = article or held.get(key)
            if article:
                revisions.append(article)
                held[key] = article
                told.setdefault(addresses[key] or key, key)
            outcomes.append(_outcome(row, extract, known))
        write.united(db, {row["article_id"]: one["article_id"] for row, one in zip(pending, outcomes, strict=True)})
        write.extracted(db, outcomes, revisions)
    job.counts["articles"] += sum(article.revision_no == 1 for article in revisions)
    job.counts["revisions"] += sum(article.revision_no > 1 for article in revisions)


def _teller(found: Sequence[Item], sources: Mapping[str, Source]) -> Source:
    """Give the source of an article: the first that saw it, a search only while no other did."""
    first = min(found, key=lambda item: sources[item.source_id].kind == "search")
    return told_by(sources[first.source_id], first, by_host(outlets()))


def _outcome(row: Row, extract: Extract | None, article: Article | None) -> Row:
    return {
        "page_id": row["page_id"],
        "article_id": article.article_id if article else row["article_id"],
        "quality": extract.quality if extract else "none",
        "reason": extract.reason if extract else row["page_error"],
        "revision": article.revision if article else "",
        "rule_version": rules.SCREENED if extract and extract.reason == SCREENED.reason else rules.EXTRACT,
    }


def _is_feed(feed: ParsedFeed | None) -> bool:
    return feed is not None and feed.state != "not_a_feed"


def _archive(
    job: Job, db: Db, answers: Sequence[Answer | None], kind: Literal["feed", "page"], hashes: Sequence[str] = ()
) -> list[tuple[str, int]]:
    """Append the bodies to this week's archive file; give (file, offset) of each, ("", -1) for None."""
    known = hashes or [""] * len(answers)
    kept = [(answer, sha256) for answer, sha256 in zip(answers, known, strict=True) if answer]
    if not kept:
        return [("", -1)] * len(answers)
    week = week_of(job.now, "UTC").label
    committed = rows(db, "archive_length", file=f"{week}.warc.gz")[0]["bytes"]
    bodies = [Kept(kind, a.final_url, a.fetched_at, a.status, a.content_type, a.body, sha256) for a, sha256 in kept]
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
        error=answer.error,
        bytes=len(answer.body),
        elapsed_ms=answer.elapsed_ms,
        entries=entries[0],
        new_entries=entries[1],
        known_entries=entries[2],
        warc_file=place[0],
        warc_offset=place[1],
        retry_after=answer.retry_after,
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
        retry_after=answer.retry_after,
    )
