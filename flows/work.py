"""The work on articles, whoever found it to do: a collect, for what is new, or a reprocess, for what older rules made.

What a user decided about articles belongs in here, so that it holds for both.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from flows import rules
from flows.job import Job
from flows.keep import keep_extracts
from flows.steps import CLUSTER, DEDUPE, EXTRACT, FINGERPRINT, TAG, Do
from tasks.cluster import Clustering, Judged
from tasks.dedupe import Printed
from tasks.lexicon import Lexicon, build
from warehouse import read, write
from warehouse.archive import Archive, ArchiveError
from warehouse.connect import Db
from warehouse.records import Article, Fingerprint, Move
from warehouse.rows import Row, offer, rows
from warehouse.seeds import tables

_SHARED = 1  # sampled shingles that two texts must share to be compared in full: a short copy may share no more
_DAYS = 10  # stories this near in time may be joined


@cache
def lexicon() -> Lexicon:
    """Build the lexicon of the shipped tables, once a process."""
    return build(tables())


def make_articles(job: Job, do: Do, pending: Sequence[Row], *, again: bool = False) -> dict[str, str]:
    """Extract pages from the archive and keep the revisions that follow; what each row needs, pending_*.sql says.

    Gives what could not be read, by page_id: file, offset and what was found. Such a page counts as one that could not
    be had; where it was read before, by older rules (`again`), it is passed over, and what is held of it stays.
    """
    archive, bodies, lost = Archive(job.warehouse.archive), {}, {}
    for row in pending:
        if row["outcome"] == "ok":
            try:
                bodies[row["page_id"]] = archive.read(row["warc_file"], row["warc_offset"]).body
            except ArchiveError as error:
                lost[row["page_id"]] = str(error)
    todo = [
        row | {"page_error": lost.get(row["page_id"], row["page_error"])}
        for row in pending
        if not (again and row["page_id"] in lost)
    ]
    ids = [row["article_id"] for row in todo]
    with job.warehouse.writer() as db:
        items, before, sources = read.items(db, ids), read.articles(db, ids), read.sources(db)
    had = [row for row in todo if row["page_id"] in bodies]
    zones = {key: sources[found[0].source_id].zone for key, found in items.items()}
    work = [(bodies[row["page_id"]], row["final_url"], row["content_type"], zones[row["article_id"]]) for row in had]
    extracts = [one for batch in do(EXTRACT, work) for one in batch]
    of_page = dict(zip((row["page_id"] for row in had), extracts, strict=True))
    keep_extracts(job, todo, of_page, items, before, sources, lexicon(), again=again)
    if lost:
        job.counts["records_lost"] += len(lost)
    return lost


def judge(job: Job, do: Do, articles: Sequence[Article]) -> None:
    """Judge revisions; what was held of them goes."""
    for judgements in do(TAG, [(article,) for article in articles], lexicon()):
        with job.warehouse.writer() as db:
            write.judgements(db, judgements, job.now)
        job.counts["judged"] += len(judgements)
        for judgement in judgements:
            job.counts[f"judged_{judgement.relevance}"] += 1


def prints_of(do: Do, articles: Sequence[Article]) -> list[Fingerprint]:
    """Make the fingerprints of some articles, in their order."""
    return [one for batch in do(FINGERPRINT, [(article,) for article in articles]) for one in batch]


def fold(job: Job, do: Do, articles: Sequence[Article], prints: Sequence[Fingerprint]) -> None:
    """Find the copies among these articles and everything held, and keep their fingerprints."""
    new = [Printed(*pair) for pair in zip(articles, prints, strict=True)]
    ids = {article.article_id for article in articles}
    with job.warehouse.writer() as db:
        alike = [one for one in read.alike(db, prints, _SHARED) if one not in ids]
        held, printed = read.articles(db, alike), read.fingerprints(db, alike)
        decided = read.duplicates(db, {*alike, *ids})
    for found in do(DEDUPE, new, [Printed(held[one], printed[one]) for one in alike if one in printed], decided):
        with job.warehouse.writer() as db:
            write.fingerprints(db, prints, folded_by=rules.DEDUPE)
            write.duplicates(db, found, sorted(ids | {one.article_id for one in decided}))
        job.counts["folded"] += len({one.article_id for one in found} - {one.article_id for one in decided})


def solve(job: Job, do: Do, new: Sequence[str]) -> None:
    """Solve the stories that these articles may belong to, or belong to no longer, and keep who left which."""
    with job.warehouse.writer() as db:
        offer(db, "wanted", new)
        near = {row["id"] for row in rows(db, "story_neighbours", days=_DAYS)}
        offer(db, "wanted", near | set(new))
        held = sorted(near | {row["id"] for row in rows(db, "story_mates")} - set(new))
        judged = _judged(db, [*new, *held])
        members = read.memberships(db, [*new, *held])
        stories = read.stories(db, {member.story_id for member in members})
        copies = {one.article_id: one.duplicate_of for one in read.duplicates(db, [*new, *held])}
    before = {member.article_id: member.story_id for member in members}
    shared = ([judged[one] for one in held], stories, members, copies, lexicon())
    for clustering in do(CLUSTER, [judged[one] for one in new], *shared):
        moves = _moves(job, new, before, clustering, judged)
        revisions = {key: one.article.revision for key, one in judged.items()}
        with job.warehouse.writer() as db:
            write.stories(
                db,
                clustering.stories,
                clustering.memberships,
                clustering.continuations,
                revisions=revisions,
                rules=rules.STORIES,
            )
            write.moves(db, moves)
        job.counts["stories_touched"] += len(clustering.stories)
        job.counts["in_stories"] += len({one.article_id for one in clustering.memberships} & set(new))
        job.counts["left_stories"] += sum(not move.to_story for move in moves)


def _judged(db: Db, ids: list[str]) -> dict[str, Judged]:
    articles, judgements = read.articles(db, ids), read.judgements(db, ids)
    return {one: Judged(articles[one], judgements[one]) for one in ids}


def _moves(
    job: Job, new: Sequence[str], before: dict[str, str], clustering: Clustering, judged: dict[str, Judged]
) -> list[Move]:
    """Say which articles are no longer in the story that they were in: taken out, or solved into another one."""
    after = {one.article_id: one.story_id for one in clustering.memberships}
    gone = [one for one in new if one in before and one not in after]
    moved = [one for one in after if before.get(one, after[one]) != after[one]]
    why = {
        one: f"revision {judged[one].article.revision_no} is judged {judged[one].judgement.relevance}" for one in gone
    }
    return [
        Move(one, before[one], after.get(one, ""), job.now, why.get(one, "solved again with other articles"))
        for one in sorted([*gone, *moved])
    ]
