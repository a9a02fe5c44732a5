"""The stages of collecting: each reads what is pending, has a step do its work, and keeps what came of it.

A stage asks the warehouse what was pending at `now`, never its memory: so a run goes on where a killed one stopped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from flows import reading
from flows.job import Job
from flows.keep import keep_feeds, keep_pages
from flows.solve import lexicon
from flows.steps import DOWNLOAD, FETCH, PARSE, Do
from flows.watch import outlets
from flows.work import extracted, fold, judge, make_articles, prints_of, solve, work_on
from tasks.fetch import due, recall, settled
from tasks.urls import host, registrable
from tasks.web import Manners, hostname
from warehouse import read, write
from warehouse.connect import Db
from warehouse.records import Answer, Article, Ask, Source, Work
from warehouse.rows import Row, records, rows

_TRIES = 3  # downloads of a page that fails before its feed entry must do
_AT_ONCE = 300  # pages whose articles are kept together


def check_sources(job: Job, do: Do) -> None:
    """Ask every source that is due, read what it answers, keep what is new in it."""
    with job.warehouse.writer() as db:
        write.outlets(db, outlets())
        write.sources(db, job.sources)
        states = read.source_states(db)
        manners = _manners(job, db)
    watched = [(source, recall(source, states.get(source.source_id))) for source in job.sources]
    asked = sorted((pair for pair in watched if due(*pair, job.now)), key=lambda pair: (host(pair[0].url), pair[0].url))
    job.counts["sources"] += len(job.sources)
    state_of = dict(asked)
    by_id = {source.source_id: source for source in state_of}
    for whole in do(FETCH, asked, manners, job.now):
        answers = [settled(state_of[by_id[answer.key]], answer, job.now) for answer in whole]
        good = [answer for answer in answers if answer.outcome == "ok"]
        parsed = [
            feed for batch in do(PARSE, [_reading(answer, by_id[answer.key], job) for answer in good]) for feed in batch
        ]
        feeds = dict(zip((answer.key for answer in good), parsed, strict=True))
        keep_feeds(job, [(by_id[a.key], state_of[by_id[a.key]], a, feeds.get(a.key)) for a in answers])


def _reading(answer: Answer, source: Source, job: Job) -> tuple[bytes, str, str, str, datetime, str]:
    return answer.body, answer.final_url, answer.content_type, source.zone, job.now, source.pattern


def pending(job: Job) -> bool:
    """Say in one look whether any stage after `check_sources` has something to do: in most hours none has."""
    with job.warehouse.writer() as db:
        return any(asked(db, job) for asked in (_pages, _unread, _unjudged, _unprinted, _unsettled))


def download_pages(job: Job, do: Do) -> None:
    """Download the pages of new and changed entries, and look again at pages that are a day and a week old.

    Those that are there are read while others are still on their way.
    """
    with job.warehouse.writer() as db:
        wanted = {row["article_id"]: row for row in _pages(db, job)}
        manners, sources = _manners(job, db), read.sources(db)
    cookies = {registrable(host(source.url)) for source in job.sources if source.cookies}
    asks = [
        Ask(key, row["url"], cookies=registrable(host(row["url"])) in cookies)
        for key, row in list(wanted.items())[: job.settings.pages]
    ]

    def downloaded() -> Iterator[tuple[str, Work]]:
        for answers in do(DOWNLOAD, sorted(asks, key=lambda ask: (host(ask.url), ask.key)), manners, job.now):
            for page, body, found in keep_pages(job, [(answer, wanted[answer.key]) for answer in answers]):
                yield page.page_id, work_on(body, page.final_url, page.content_type, found, sources)
            lexicon()  # built once, while the first pages are read

    job.read.update(extracted(do, downloaded()))


def extract_articles(job: Job, do: Do) -> None:
    """Make articles of the pages that nobody has read yet, and of feed entries whose page could not be had."""
    while True:
        with job.warehouse.writer() as db:
            unread = _unread(db, job)
        if not unread:
            break
        make_articles(job, do, unread)
    reading.CREW.rest()


def tag_articles(job: Job, do: Do) -> None:
    """Judge every revision that was never judged."""
    with job.warehouse.writer() as db:
        articles = _unjudged(db, job)
    judge(job, do, articles)


def fold_copies(job: Job, do: Do) -> None:
    """Find the copies among new revisions and everything held, the baseline included."""
    with job.warehouse.writer() as db:
        articles = _unprinted(db, job)
    fold(job, do, articles, prints_of(do, articles))


def tell_stories(job: Job, do: Do) -> None:
    """Put what is relevant and new into stories, old ones or new ones; take out what is relevant no more."""
    with job.warehouse.writer() as db:
        new = _unsettled(db, job)
    solve(job, do, new)


def _pages(db: Db, job: Job) -> list[Row]:
    return rows(db, "pending_pages", now=job.now, tries=_TRIES)


def _unread(db: Db, job: Job) -> list[Row]:
    return rows(db, "pending_extractions", now=job.now, most=_AT_ONCE)


def _unjudged(db: Db, job: Job) -> list[Article]:
    return records(db, Article, "unjudged", now=job.now)


def _unprinted(db: Db, job: Job) -> list[Article]:
    return records(db, Article, "unprinted", now=job.now)


def _unsettled(db: Db, job: Job) -> list[str]:
    return [row["id"] for row in rows(db, "unclustered", now=job.now)]


def _manners(job: Job, db: Db) -> Manners:
    """Give the job's manners with the pauses that hosts asked for in earlier runs or stages and that last still."""
    found = rows(db, "paused_hosts", now=job.now)  # the longest pause of a host last
    return replace(job.manners, paused={hostname(row["url"]): row["paused_until"] for row in found})
