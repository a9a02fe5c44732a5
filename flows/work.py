"""The work on articles, whoever found it to do: a collect, for what is new, or a reprocess, for what older rules made.

What a user decided about articles belongs in here, so that it holds for both.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

from flows import rules
from flows.job import Job
from flows.keep import keep_extracts
from flows.reading import SCREENED
from flows.solve import folding, keep_copies, keep_stories, lexicon, telling
from flows.steps import CLUSTER, DEDUPE, EXTRACT, FINGERPRINT, TAG, Do
from tasks.dedupe import Printed
from warehouse import read, write
from warehouse.archive import Archive, ArchiveError
from warehouse.records import Article, Extract, Fingerprint, Item, Source, Work
from warehouse.rows import Row


def make_articles(job: Job, do: Do, pending: Sequence[Row], *, again: bool = False) -> dict[str, str]:
    """Extract pages from the archive and keep the revisions that follow; what each row needs, pending_*.sql says.

    Gives what could not be read, by page_id: file, offset and what was found. Such a page counts as one that could not
    be had; where it was read before, by older rules (`again`), it is passed over, and what is held of it stays.
    """
    archive, lost = Archive(job.warehouse.archive), dict[str, str]()
    ids = [row["article_id"] for row in pending]
    with job.warehouse.writer() as db:
        items, before, sources = read.items(db, ids), read.articles(db, ids), read.sources(db)

    def unread() -> Iterator[tuple[str, Work]]:
        for row in pending:
            if row["outcome"] != "ok" or row["page_id"] in job.read:
                continue
            try:
                body = archive.read(row["warc_file"], row["warc_offset"]).body
            except ArchiveError as error:
                lost[row["page_id"]] = str(error)
                continue
            page, found = (row["final_url"], row["content_type"]), items[row["article_id"]]
            # what was extracted once stays so
            whole = again and not rules.was_screened(row["made_by"])
            yield row["page_id"], work_on(body, *page, found, sources, whole=whole)

    extracts = dict(extracted(do, unread()))
    extracts |= {row["page_id"]: job.read.pop(row["page_id"]) for row in pending if row["page_id"] in job.read}
    if screened := sum(one.reason == SCREENED.reason for one in extracts.values()):
        job.counts["screened"] += screened
    todo = [
        row | {"page_error": lost.get(row["page_id"], row["page_error"])}
        for row in pending
        if not (again and row["page_id"] in lost)
    ]
    keep_extracts(job, todo, extracts, items, before, sources, lexicon(), again=again)
    if lost:
        job.counts["records_lost"] += len(lost)
    return lost


def extracted(do: Do, pages: Iterable[tuple[str, Work]]) -> Iterator[tuple[str, Extract]]:
    """Extract pages, each under its id, as they come."""
    ids = deque[str]()

    def works() -> Iterator[Work]:
        for page_id, work in pages:
            ids.append(page_id)
            yield work

    for batch in do(EXTRACT, works()):
        for one in batch:
            yield ids.popleft(), one


def work_on(
    body: bytes,
    url: str,
    content_type: str,
    found: Sequence[Item],
    sources: Mapping[str, Source],
    *,
    whole: bool = False,
) -> Work:
    """Give what `read_page` takes for a page whose article was found by these sightings; if `whole`, unscreened."""
    return body, url, content_type, sources[found[0].source_id].zone, None if whole else _beside(found, sources)


def _beside(found: Sequence[Item], sources: Mapping[str, Source]) -> str | None:
    """Give what the sightings of an article say of it; None where one is of a source whose pages are all extracted."""
    if any(sources[item.source_id].policy == "all" for item in found):
        return None
    return "\n".join(f"{item.title}\n{item.summary}\n{item.content}" for item in found)


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
    if not articles:
        return
    with job.warehouse.writer() as db:
        work = folding(db, [Printed(*pair) for pair in zip(articles, prints, strict=True)])
    for found in do(DEDUPE, work.new, *work.shared):
        keep_copies(job.warehouse, work, found)
        before = {one.article_id for one in work.decided}
        job.counts["folded"] += len({one.article_id for one in found} - before)


def solve(job: Job, do: Do, new: Sequence[str]) -> None:
    """Solve the stories that these articles may belong to, or belong to no longer, and keep who left which."""
    if not new:
        return
    with job.warehouse.writer() as db:
        work = telling(db, new)
    for told in do(CLUSTER, work.new, *work.shared):
        moves = keep_stories(job.warehouse, work, told, job.now)
        job.counts["stories_touched"] += len(told.stories)
        job.counts["stories_new"] += len(
            {one.story_id for one in told.stories} - {one.story_id for one in work.shared[1]}
        )
        job.counts["in_stories"] += len({one.article_id for one in told.memberships} & set(new))
        job.counts["left_stories"] += sum(not move.to_story for move in moves)
