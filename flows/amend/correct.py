"""Corrections: each is kept as an override, takes effect at once, and outlives whatever is made again.

An override is written first and solved after it, so what is killed in between is finished by doing it again.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from flows.amend import refuse
from flows.amend.cases import write_cases
from flows.ask.find import find_article, find_story
from flows.solve import folding, keep_copies, keep_stories, telling
from tasks.cluster import cluster
from tasks.dedupe import Printed, dedupe
from tasks.text import digest
from warehouse import read, write
from warehouse.connect import Db, Warehouse
from warehouse.errors import MendableError
from warehouse.publish import publish
from warehouse.records import Override, Relevance
from warehouse.rows import row_of, rows, save

_PATIENCE = 60.0  # seconds: a collect that is under way would write over what is solved here


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a correction came to."""

    override: Override
    said: str  #: one sentence for a person
    changed: bool  #: False where all of it had been decided before


@dataclass(frozen=True, slots=True)
class Labels:
    """What a user says of an article; "" and None leave what is said already."""

    relevance: Relevance | Literal[""] = ""
    topics: tuple[str, ...] | None = None
    language: str = ""


class _StaleError(Exception):
    """The snapshot, by which a user names stories, is behind the warehouse."""


@contextlib.contextmanager
def _correcting(warehouse: Warehouse) -> Iterator[None]:
    """Let no collect run meanwhile; publish what was corrected, with the user's own cases."""
    with warehouse.reader():
        pass  # says what to run where there is no warehouse yet
    with warehouse.lock("articles", _PATIENCE):
        try:
            yield
        except _StaleError:
            publish(warehouse)
            raise MendableError(
                "An earlier correction had been ended before all could see it; now they can. Repeat this."
            ) from None
        publish(warehouse)
        write_cases(warehouse)


def merge(warehouse: Warehouse, first: str, second: str, now: datetime, note: str = "") -> Corrected:
    """Make one story of two, each named by id, article or part of its headline; the older one keeps its id."""
    with _correcting(warehouse):
        with warehouse.reader() as db:
            one, other = find_story(db, first), find_story(db, second)
        with warehouse.writer() as db:
            known = read.overrides(db)
            here, there = _members(db, one), _members(db, other)
            if one == other:
                return _unchanged(refuse.merged_before(known, one, here), f"They are one story already: {one}.")
            refuse.merging(known, here, there)
            mine, theirs = _heads(here), _heads(there)
            made = Override(
                digest("merge", *sorted((mine[0], theirs[0]))), "merge", mine, theirs, (one, other), now, note=note
            )
            changed = _keep(db, known, made)
        stays = _retell(warehouse, {*here, *there}, now).get(mine[0], one)
        goes = other if stays == one else one
        return Corrected(made, f"Story {goes} goes on in {stays}, with {len(here) + len(there)} articles.", changed)


def split(warehouse: Warehouse, story: str, articles: Sequence[str], now: datetime, note: str = "") -> Corrected:
    """Take articles out of a story: together, with their copies, they go on as one of their own."""
    with _correcting(warehouse):
        with warehouse.reader() as db:
            story_id, out = find_story(db, story), tuple(dict.fromkeys(find_article(db, one) for one in articles))
        with warehouse.writer() as db:
            known = read.overrides(db)
            members = _members(db, story_id)
            key = digest("split", story_id, *sorted(out))
            if before := next((one for one in known if one.override_id == key and not members.keys() & out), None):
                return _unchanged(before, f"That was decided on {before.made_at:%Y-%m-%d}.")
            refuse.strangers(db, story_id, out, members)
            followers = {one for one, root in members.items() if root in out}
            stayed = {one: root for one, root in members.items() if one not in {*out, *followers}}
            if not stayed:
                raise MendableError(f"Nothing would be left in story {story_id}. Name fewer articles.")
            made = Override(key, "split", out, _heads(stayed), (story_id,), now, note=note)
            refuse.splitting(known, made)
            changed = _keep(db, known, made)
            _found_by(db, story_id, made.others)
        gone = _retell(warehouse, members, now).get(out[0], "none")
        return Corrected(made, f"Story {story_id} goes on without {_count(out)}, now in story {gone}.", changed)


def unfold(warehouse: Warehouse, article: str, now: datetime, note: str = "") -> Corrected:
    """Say that an article is nobody's copy; it stays in its story, in its own right."""
    with _correcting(warehouse):
        with warehouse.reader() as db:
            one = find_article(db, article)
        with warehouse.writer() as db:
            known = read.overrides(db)
            key = digest("unfold", one)
            before = next((made for made in known if made.override_id == key), None)
            row = next(iter(read.duplicates(db, [one])), None)
            if row is None:
                if before:
                    return _unchanged(before, f"That was decided on {before.made_at:%Y-%m-%d}.")
                raise MendableError(refuse.no_copy(db, one))
            group = {row.duplicate_of, *(each["article_id"] for each in rows(db, "copies_of", root=row.duplicate_of))}
            others = (row.duplicate_of, *sorted(group - {one, row.duplicate_of}))
            made = Override(key, "unfold", (one,), others, (), now, note=note)
            changed = _keep(db, known, made)
            mates = _mates(db, group)
        _refold(warehouse, one)
        _retell(warehouse, mates, now)
        return Corrected(made, f"{one} stands for itself; it was held for a copy of {row.duplicate_of}.", changed)


def relabel(warehouse: Warehouse, article: str, labels: Labels, now: datetime, note: str = "") -> Corrected:
    """Lay labels over what the rules said of an article; those given before stay where none is given now."""
    with _correcting(warehouse):
        with warehouse.reader() as db:
            one = find_article(db, article)
        with warehouse.writer() as db:
            known = read.overrides(db)
            if one not in read.judgements(db, [one]):
                raise MendableError(f"{one} is not judged yet. Run `vnjp collect` first.")
            key = digest("relabel", one)
            before = next((made for made in known if made.override_id == key), None)
            made = _labelled(before or Override(key, "relabel", (one,), (), (), now), labels, now, note)
            changed = made != before
            if changed:
                write.override(db, made)
            mates = _mates(db, [one])
        _retell(warehouse, mates, now)
        return Corrected(made, f"{one} is {_said(made)}.", changed)


def remove(warehouse: Warehouse, override_id: str, now: datetime) -> Corrected:
    """Take an override back: the rules decide again, at once."""
    with _correcting(warehouse):
        with warehouse.writer() as db:
            known = {one.override_id: one for one in read.overrides(db)}
            gone = known.get(override_id)
            if gone is None:
                raise MendableError(f"There is no override {override_id!r}. `vnjp overrides list` lists them.")
            write.no_override(db, override_id)
            mates = _mates(db, {*gone.subjects, *gone.others})
        if gone.kind == "unfold":
            _refold(warehouse, gone.subjects[0])
        elder = gone.stories[0] if gone.kind == "split" else ""
        _retell(warehouse, mates, now, elder)
        return Corrected(gone, f"The {gone.kind} of {gone.made_at:%Y-%m-%d} is taken back.", changed=True)


def clear(warehouse: Warehouse, article: str, now: datetime) -> Corrected:
    """Take back all labels that a user gave an article."""
    with warehouse.reader() as db:
        key = digest("relabel", find_article(db, article))
        if key not in {row["override_id"] for row in rows(db, "overrides")}:
            raise MendableError(f"Nobody relabelled {article!r}. `vnjp overrides list` lists what was decided.")
    return remove(warehouse, key, now)


def _members(db: Db, story: str) -> dict[str, str | None]:
    """Give the articles of a story, earliest first, each with the root of which it is a copy."""
    found = {row["article_id"]: row["duplicate_of"] for row in rows(db, "members_of_story", story=story)}
    if not found:
        raise _StaleError
    return found


def _mates(db: Db, articles: Collection[str]) -> set[str]:
    """Give some articles with all others of the stories that they are in."""
    stories = {one.story_id for one in read.memberships(db, articles)}
    return {*articles, *(one for story in sorted(stories) for one in _members(db, story))}


def _heads(members: Mapping[str, str | None]) -> tuple[str, ...]:
    """Give those that are no copies, in their order; all where every one is."""
    return tuple(one for one, root in members.items() if root is None) or tuple(members)


def _keep(db: Db, known: Sequence[Override], made: Override) -> bool:
    """Write an override, unless it is known; say whether it was not."""
    if any(one.override_id == made.override_id for one in known):
        return False
    write.override(db, made)
    return True


def _found_by(db: Db, story: str, stayed: Sequence[str]) -> None:
    """Let a story that loses its founder be known by the earliest of who stays, so that it keeps its id."""
    [one] = read.stories(db, [story])
    if one.founded_by not in stayed:
        save(db, "stories", [row_of(replace(one, founded_by=stayed[0]))])


def _retell(warehouse: Warehouse, ids: Collection[str], now: datetime, elder: str = "") -> dict[str, str]:
    """Solve again the stories of some articles, by what is decided now; give the story of each article in them."""
    with warehouse.writer() as db:
        work = telling(db, ids, elder)
    told = cluster(work.new, *work.shared)
    keep_stories(warehouse, work, told, now, "a user's correction")
    return {one.article_id: one.story_id for one in told.memberships}


def _refold(warehouse: Warehouse, one: str) -> None:
    """Look again whose copy an article is, and which of its group are whose."""
    with warehouse.writer() as db:
        articles, prints = read.articles(db, [one]), read.fingerprints(db, [one])
        work = folding(db, [Printed(articles[one], prints[one])])
    keep_copies(warehouse, work, dedupe(work.new, *work.shared))


def _unchanged(before: Override, said: str) -> Corrected:
    return Corrected(before, said, changed=False)


def _labelled(one: Override, labels: Labels, now: datetime, note: str) -> Override:
    made = replace(
        one,
        relevance=labels.relevance or one.relevance,
        topics=one.topics if labels.topics is None else labels.topics,
        language=labels.language or one.language,
        note=note or one.note,
    )
    return one if made == one else replace(made, made_at=now)


def _said(made: Override) -> str:
    said: list[str] = [made.relevance] if made.relevance else []
    said += [f"about {', '.join(made.topics) or 'no topic'}"] if made.topics is not None else []
    return "; ".join(said + ([f"written in {made.language}"] if made.language else []))


def _count(articles: Sequence[str]) -> str:
    return "one article" if len(articles) == 1 else f"{len(articles)} articles"
