"""Make again, from the archive, what older rules made: articles, judgements, copies, stories. Nothing is downloaded.

Feeds are not parsed again: the identity of an entry is what better parsing would change, and articles hang on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from prefect import flow

from flows import rules
from flows.elsewhere import extracting
from flows.job import Job, job_of, running
from flows.settings import load
from flows.stages import fold_copies, tag_articles, tell_stories
from flows.steps import Do
from flows.tell.edge import heard
from flows.tell.names import by_argument, named
from flows.tell.progress import Rounds
from flows.work import fold, judge, make_articles, prints_of, solve
from tasks.weeks import week
from warehouse import read, write
from warehouse.connect import Db
from warehouse.records import Article
from warehouse.rows import Row, offer, records, rows

_ROUND = 200  # articles made again before a collect that waits has its turn
_ALL = 2**62
_EVER = datetime(1970, 1, 1, tzinfo=UTC)
_PATIENCE = 3600.0  # seconds that a round waits for a collect to end

Ask = Callable[[Db, int], list[Any]]  #: gives at most so many
Work = Callable[[list[Any]], None]
Tell = Callable[[str, int, int], None]  #: what is made again, how many are done, of how many


@dataclass(frozen=True, slots=True)
class Remade:
    """What a reprocess came to."""

    counts: dict[str, int]  #: "older" is how much was found; all zero where nothing was
    lost: tuple[str, ...]  #: archive records that could not be read: file, offset and what was found


@dataclass
class _Older:
    """What older rules made, asked anew for every round: a collect may have been at work in between."""

    job: Job
    since: datetime
    lost: dict[str, str] = field(default_factory=dict)  #: what could not be read, by page_id

    def pages(self, db: Db, most: int) -> list[Row]:
        """Give the pages to read again."""
        offer(db, "skipped", self.lost)
        given: dict[str, object] = {
            "rules": rules.EXTRACT,
            "screened": rules.SCREENED,
            "now": self.job.now,
            "since": self.since,
            "most": most,
        }
        return rows(db, "older_extractions", **given)

    def judgements(self, db: Db, most: int) -> list[Article]:
        """Give the revisions to judge again."""
        given: dict[str, object] = {"rules": rules.TAG, "now": self.job.now, "since": self.since, "most": most}
        return records(db, Article, "older_judgements", **given)

    def prints(self, db: Db, most: int) -> list[Article]:
        """Give the revisions to make fingerprints of again."""
        return records(db, Article, "older_prints", rules=rules.DEDUPE, most=most)

    def unfolded(self, db: Db, most: int) -> list[Article]:
        """Give the revisions whose copies are to be looked for again."""
        return records(db, Article, "unfolded", rules=rules.DEDUPE, folding=rules.FOLDING, most=most)

    def placements(self, db: Db, most: int) -> list[str]:
        """Give the articles whose stories are to be solved again."""
        found = rows(db, "older_placements", rules=rules.STORIES, since=self.since, most=most)
        return [row["id"] for row in found]

    def count(self) -> int:
        """Say how much there is to make again, in all."""
        if not self.job.warehouse.private.exists():
            return 0
        with self.job.warehouse.writer() as db:
            asked = (self.pages, self.judgements, self.prints, self.unfolded, self.placements)
            return sum(len(one(db, _ALL)) for one in asked)


def count_older(job: Job, since: str = "") -> int:
    """Say how much a reprocess would make again."""
    return _older(job, since).count()


def _older(job: Job, since: str) -> _Older:
    return _Older(job, week(since, job.settings.time_zone).start if since else _EVER)


def reprocess_with(job: Job, do: Do, since: str = "", tell: Tell = lambda *_: None, at_once: int = _ROUND) -> Remade:
    """Make again what older rules made of articles first seen since a week ("" for ever); run again, it goes on.

    A text that comes out otherwise is a new revision, never a correction: the publisher changed nothing. What first
    stood, when it was first seen, and what users decided stay. Each round leaves things as a collect does.
    """
    older = _older(job, since)
    if not (found := older.count()):
        return Remade({"older": 0}, ())
    job.counts["older"] = found
    with running(job, "reprocess"):
        with job.warehouse.lock("articles", _PATIENCE):
            _settle(job, do)  # what a killed run left half done
        for phase in _phases(job, do, older):
            _rounds(job, phase, tell, at_once)
    return Remade(dict(job.counts), tuple(older.lost[one] for one in sorted(older.lost)))


def _phases(job: Job, do: Do, older: _Older) -> Iterator[tuple[str, Ask, Work]]:
    """Give what is made again, how it is asked for and how it is made; fingerprints first, to be of one kind always."""

    def reprint(articles: list[Article]) -> None:
        prints = prints_of(do, articles)
        with job.warehouse.writer() as db:
            write.fingerprints(db, prints)

    def extract(pending: list[Row]) -> None:
        older.lost.update(make_articles(job, do, pending, again=True))
        _settle(job, do)

    def rejudge(articles: list[Article]) -> None:
        judge(job, do, articles)
        tell_stories(job, do)

    def refold(articles: list[Article]) -> None:
        with job.warehouse.writer() as db:
            prints = read.fingerprints(db, [one.article_id for one in articles])
        fold(job, do, articles, [prints[one.article_id] for one in articles])

    yield "fingerprints", older.prints, reprint
    yield "pages", older.pages, extract
    yield "judgements", older.judgements, rejudge
    yield "copies", older.unfolded, refold
    yield "stories", older.placements, lambda ids: solve(job, do, ids)


def _settle(job: Job, do: Do) -> None:
    """Do for new revisions what a collect does: so they stand, too, if this is the last round for a while."""
    for stage in (tag_articles, fold_copies, tell_stories):
        stage(job, do)


def _rounds(job: Job, phase: tuple[str, Ask, Work], tell: Tell, at_once: int) -> None:
    name, ask, work = phase
    with job.warehouse.writer() as db:
        total = len(ask(db, _ALL))
    done = 0
    while True:
        with job.warehouse.lock("articles", _PATIENCE):
            with job.warehouse.writer() as db:
                batch = ask(db, at_once)
            if not batch:
                return
            work(batch)
        done += len(batch)
        tell(name, done, max(done, total))


@flow(
    name="reprocess",
    flow_run_name=named(by_argument),
    description="Make again, from the archive, what older rules made.",
)
def reprocess(since: str = "", now: datetime | None = None) -> Remade:
    """Reprocess articles first seen since a week such as 2025-W18 (default: all)."""
    with heard(), Rounds("reprocess") as rounds, extracting(settings := load()) as do:
        return reprocess_with(job_of(settings, now or datetime.now(UTC)), do, since, rounds)
