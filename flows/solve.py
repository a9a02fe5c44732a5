"""What is solved together: which rows folding and telling take in, and how what comes of them is kept.

Collecting has Prefect do the step in between; a correction does it at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from operator import attrgetter

from flows import rules
from tasks.cluster import Clustering, Judged, Pair, decisions
from tasks.dedupe import Printed
from tasks.lexicon import Lexicon, build
from warehouse import read, write
from warehouse.connect import Db, Warehouse
from warehouse.records import Duplicate, Fingerprint, Membership, Move, Override, Story
from warehouse.rows import offer, records, rows
from warehouse.seeds import tables

_SHARED = 1  # sampled shingles that two texts must share to be compared in full: a short copy may share no more
DAYS = 10  # stories this near in time may be joined
_EVER = datetime(1, 1, 1, tzinfo=UTC)


@cache
def lexicon() -> Lexicon:
    """Build the lexicon of the shipped tables, once a process."""
    return build(tables())


@dataclass(frozen=True, slots=True)
class Folding:
    """Articles to fold, and beside what."""

    new: Sequence[Printed]
    held: Sequence[Printed]
    decided: Sequence[Duplicate]
    unfolded: Collection[str]

    @property
    def shared(self) -> tuple[Sequence[Printed], Sequence[Duplicate], Collection[str]]:
        """What `tasks.dedupe.dedupe` takes after the new ones."""
        return self.held, self.decided, self.unfolded


def folding(db: Db, new: Sequence[Printed]) -> Folding:
    """Read what articles, judged already, may be copies of, with what is decided of it and what a user unfolded."""
    ids = {one.article.article_id for one in new}
    alike = [one for one in read.alike(db, [one.fingerprint for one in new], _SHARED) if one not in ids]
    held, printed, anchors = read.articles(db, alike), read.fingerprints(db, alike), read.anchors(db, {*alike, *ids})
    unfolded = {name for one in read.overrides(db) if one.kind == "unfold" for name in one.subjects}
    return Folding(
        new=[replace(one, anchors=anchors.get(one.article.article_id, ())) for one in new],
        held=[Printed(held[one], printed[one], anchors.get(one, ())) for one in alike if one in printed],
        decided=read.duplicates(db, {*alike, *ids}),
        unfolded=frozenset(unfolded),
    )


def keep_copies(warehouse: Warehouse, work: Folding, found: Sequence[Duplicate]) -> None:
    """Keep the prints of what is new, and the copies among it and in the groups that it touches."""
    prints: list[Fingerprint] = [one.fingerprint for one in work.new]
    touched = {*(one.article_id for one in prints), *(one.article_id for one in work.decided)}
    with warehouse.writer() as db:
        write.fingerprints(db, prints, folded_by=rules.FOLDING)
        write.duplicates(db, found, sorted(touched))


Beside = tuple[
    Sequence[Judged],
    Sequence[Story],
    Sequence[Membership],
    Mapping[str, str],
    Lexicon,
    Collection[Pair],
    Collection[Pair],
]


@dataclass(frozen=True, slots=True)
class Telling:
    """Articles to put into stories, and beside what."""

    new: Sequence[Judged]
    shared: Beside  #: what `tasks.cluster.cluster` takes after the new ones


def telling(db: Db, ids: Iterable[str], elder: str = "") -> Telling:
    """Read the stories that some articles are in, may join or founded, and what a user decided on any of them.

    ``elder`` is a story that keeps its id before all others, whichever is older.
    """
    new, overrides = sorted(set(ids)), read.overrides(db)
    offer(db, "wanted", [one for one in new if not one.startswith("baseline:")])  # years lie between those
    near = {row["id"] for row in rows(db, "story_neighbours", days=DAYS)}
    offer(db, "wanted", near | _partners({*new, *near}, overrides) | set(new))
    held = sorted(near | {row["id"] for row in rows(db, "story_mates")} - set(new))
    known = judged(db, [*new, *held])
    members = read.memberships(db, [*new, *held])
    copies = {one.article_id: one.duplicate_of for one in read.duplicates(db, [*new, *held])}
    stories = _stories(db, [*new, *held], {one.story_id for one in members}, elder)
    told = frozenset(one for one, found in known.items() if found.judgement.relevance in {"bilateral", "related"})
    beside = [known[one] for one in held]
    shared: Beside = (beside, stories, members, copies, lexicon(), *decisions(overrides, told))
    return Telling([known[one] for one in new], shared)


def keep_stories(
    warehouse: Warehouse, work: Telling, told: Clustering, now: datetime, why: str = "solved again with other articles"
) -> list[Move]:
    """Keep what telling came to, and give who left which story for another one, or for none."""
    touched = [one.article.article_id for one in work.new]
    revisions = {one.article.article_id: one.article.revision for one in (*work.new, *work.shared[0])}
    found = _moves(work, told, now, why)
    with warehouse.writer() as db:
        write.stories(
            db,
            told.stories,
            told.memberships,
            told.continuations,
            touched,
            revisions=revisions,
            rules=rules.STORIES,
        )
        write.moves(db, found)
    return found


def _moves(work: Telling, told: Clustering, now: datetime, why: str) -> list[Move]:
    """Say which articles are no longer in the story that they were in: taken out, or solved into another one."""
    before = {one.article_id: one.story_id for one in work.shared[2]}
    after = {one.article_id: one.story_id for one in told.memberships}
    gone = {one.article.article_id: one for one in work.new if one.article.article_id not in after}
    moves = [
        Move(key, before[key], "", now, f"revision {one.article.revision_no} is held for {one.judgement.relevance}")
        for key, one in gone.items()
        if key in before
    ]
    moves += [Move(key, before[key], to, now, why) for key, to in after.items() if before.get(key, to) != to]
    return sorted(moves, key=attrgetter("article_id"))


def _partners(ids: Collection[str], overrides: Sequence[Override]) -> set[str]:
    """Give the articles that a user put together with some, however far they lie apart in time."""
    tied = [{*one.subjects, *one.others} for one in overrides if one.kind in {"merge", "split"}]
    return set().union(*(group for group in tied if group & set(ids)))


def _stories(db: Db, articles: Sequence[str], story_ids: Collection[str], elder: str) -> list[Story]:
    """Give the stories of some ids and those that some articles founded, wherever these are now."""
    offer(db, "wanted", articles)
    founded = records(db, Story, "stories_founded_by")
    found = {one.story_id: one for one in (*founded, *read.stories(db, story_ids))}
    if elder in found:
        found[elder] = replace(found[elder], first_seen=_EVER)  # telling describes it anew
    return [found[one] for one in sorted(found)]


def judged(db: Db, ids: Sequence[str]) -> Mapping[str, Judged]:
    """Give some articles in their current revisions with what is held of them."""
    articles, judgements = read.articles(db, ids), read.judgements(db, ids)
    return {one: Judged(articles[one], judgements[one]) for one in ids}
