"""The stages of collecting: each reads what is pending, has a step do its work, and keeps what came of it.

A stage asks the warehouse what was pending at `now`, never its memory: so a run goes on where a killed one stopped.
"""

from __future__ import annotations

from functools import cache

from flows.job import Job
from flows.keep import keep_extracts, keep_feeds, keep_pages
from flows.solve import folding, keep_copies, keep_stories, lexicon, telling
from flows.steps import CLUSTER, DEDUPE, DOWNLOAD, EXTRACT, FETCH, FINGERPRINT, PARSE, TAG, Do
from tasks.dedupe import RULES as DEDUPE_RULES
from tasks.dedupe import Printed
from tasks.extract import RULES as EXTRACT_RULES
from tasks.fetch import due
from tasks.tag import RULES as TAG_RULES
from tasks.urls import host
from warehouse import read, write
from warehouse.archive import Archive
from warehouse.records import Article, Ask, SourceState
from warehouse.rows import records, rows
from warehouse.seeds import tables

_TRIES = 3  # downloads of a page that fails before its feed entry must do
_AT_ONCE = 500  # pages whose bytes are in memory together


@cache
def labels() -> dict[str, dict[str, str]]:
    """Give what Vietnamese and Japanese readers call an entity, by its id: the first spelling of its row."""
    named = [row for name in ("people", "organisations", "places") for row in tables()[name]]
    return {row["id"]: {tongue: row[tongue].split("|")[0] for tongue in ("vi", "ja") if row[tongue]} for row in named}


def check_sources(job: Job, do: Do) -> None:
    """Ask every source that is due, read what it answers, keep what is new in it."""
    with job.warehouse.writer() as db:
        write.sources(db, job.sources)
        states = read.source_states(db)
    watched = [(source, states.get(source.source_id, SourceState(source.source_id))) for source in job.sources]
    asked = sorted((pair for pair in watched if due(*pair, job.now)), key=lambda pair: (host(pair[0].url), pair[0].url))
    job.counts["sources"] += len(job.sources)
    state_of = dict(asked)
    by_id = {source.source_id: source for source in state_of}
    for answers in do(FETCH, asked, job.manners, job.now):
        good = [answer for answer in answers if answer.outcome == "ok"]
        parsed = [
            feed
            for batch in do(PARSE, [(a.body, a.final_url, a.content_type, by_id[a.key].zone, job.now) for a in good])
            for feed in batch
        ]
        feeds = dict(zip((answer.key for answer in good), parsed, strict=True))
        keep_feeds(job, [(by_id[a.key], state_of[by_id[a.key]], a, feeds.get(a.key)) for a in answers])


def download_pages(job: Job, do: Do) -> None:
    """Download the pages of new and changed entries, and look again at pages that are a day and a week old."""
    with job.warehouse.writer() as db:
        pending = {row["article_id"]: row for row in rows(db, "pending_pages", now=job.now, tries=_TRIES)}
    asks = [Ask(key, row["url"]) for key, row in list(pending.items())[: job.settings.pages]]
    for answers in do(DOWNLOAD, sorted(asks, key=lambda ask: (host(ask.url), ask.key)), job.manners, job.now):
        keep_pages(job, [(answer, pending[answer.key]) for answer in answers])


def extract_articles(job: Job, do: Do) -> None:
    """Make articles of the pages that these rules have not seen, and of feed entries whose page could not be had."""
    archive = Archive(job.warehouse.archive)
    while True:
        with job.warehouse.writer() as db:
            pending = rows(db, "pending_extractions", rules=EXTRACT_RULES, now=job.now, most=_AT_ONCE)
            ids = [row["article_id"] for row in pending]
            items, before, sources = read.items(db, ids), read.articles(db, ids), read.sources(db)
        if not pending:
            return
        had = [row for row in pending if row["outcome"] == "ok"]
        zones = {key: sources[found[0].source_id].zone for key, found in items.items()}
        bodies = [archive.read(row["warc_file"], row["warc_offset"]).body for row in had]
        work = [
            (body, row["final_url"], row["content_type"], zones[row["article_id"]])
            for body, row in zip(bodies, had, strict=True)
        ]
        extracts = [one for batch in do(EXTRACT, work) for one in batch]
        of_page = dict(zip((row["page_id"] for row in had), extracts, strict=True))
        keep_extracts(job, pending, of_page, items, before, sources)


def tag_articles(job: Job, do: Do) -> None:
    """Judge every revision that these rules have not judged."""
    with job.warehouse.writer() as db:
        articles = records(db, Article, "unjudged", rules=TAG_RULES, now=job.now)
    for judgements in do(TAG, [(article,) for article in articles], lexicon()):
        with job.warehouse.writer() as db:
            write.judgements(db, judgements, job.now)
        job.counts["judged"] += len(judgements)
        for judgement in judgements:
            job.counts[f"judged_{judgement.relevance}"] += 1


def fold_copies(job: Job, do: Do) -> None:
    """Find the copies among new revisions and everything held, the baseline included."""
    with job.warehouse.writer() as db:
        articles = records(db, Article, "unprinted", rules=DEDUPE_RULES, now=job.now)
    prints = [one for batch in do(FINGERPRINT, [(article,) for article in articles]) for one in batch]
    new = [Printed(*pair) for pair in zip(articles, prints, strict=True)]
    with job.warehouse.writer() as db:
        work = folding(db, new)
    for found in do(DEDUPE, work.new, *work.shared):
        keep_copies(job.warehouse, work, found)
        before = {one.article_id for one in work.decided}
        job.counts["folded"] += len({one.article_id for one in found} - before)


def tell_stories(job: Job, do: Do) -> None:
    """Put what is relevant and new into stories, old ones or new ones."""
    with job.warehouse.writer() as db:
        new = [row["id"] for row in rows(db, "unclustered", now=job.now)]
        work = telling(db, new)
    for clustering in do(CLUSTER, work.new, *work.shared):
        keep_stories(job.warehouse, work, clustering)
        job.counts["stories_touched"] += len(clustering.stories)
        job.counts["in_stories"] += len(new)
