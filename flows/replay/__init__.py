"""Judge, fold, tell and compose a week again by the rules of now, or by other thresholds: what would change is shown.

All of it happens in a copy that goes afterwards, by the steps of collecting and with what users corrected.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flows.composing import composing
from flows.dossiers import dossiers_of
from flows.replay import differ
from flows.replay.knobs import Knobs, changes, unreachable, window
from flows.settings import Settings
from flows.solve import folding, keep_copies, keep_stories, lexicon, telling
from tasks.cluster import cluster
from tasks.compose import Layout, NoWorkingSourceError, compose
from tasks.dedupe import Printed, dedupe, fingerprint
from tasks.tag import tag
from tasks.weeks import week as week_named
from warehouse import desk, read, write
from warehouse.connect import Db, Warehouse
from warehouse.errors import MendableError
from warehouse.issue import Dossier, Issue, Week, from_json
from warehouse.records import Article
from warehouse.rows import offer, rows
from warehouse.scratch import scratch


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay came to."""

    week: str
    changed: Mapping[str, tuple[float, float]]  #: thresholds: as they hold, as they were tried
    notes: Sequence[str]
    judged: int  #: articles
    frozen: bool  #: whether there is an issue to compare with; else the week as it would be composed without a change
    stories: Sequence[differ.Shift]
    articles: Sequence[differ.Line]
    lines: Sequence[differ.Line]
    known: Mapping[str, Article]

    def as_json(self) -> dict[str, Any]:
        """Give one object of plain values."""
        return {
            "week": self.week,
            "set": {name: {"now": now, "then": then} for name, (now, then) in self.changed.items()},
            "notes": list(self.notes),
            "judged": self.judged,
            "compared_with": "frozen issue" if self.frozen else "week as it stands",
            "stories": [
                {"kind": one.kind, "before": self._stories(one.before), "after": self._stories(one.after)}
                for one in self.stories
            ],
            "articles": list(self.articles),
            "lines": list(self.lines),
        }

    def first(self, group: Iterable[str]) -> Article:
        """Give the article by which a person knows a story: the one seen first."""
        return min((self.known[one] for one in group), key=lambda one: (one.first_seen, one.article_id))

    def _stories(self, groups: differ.Groups) -> list[dict[str, Any]]:
        return [
            {"story_id": name, "headline": first.title, "outlet": first.outlet, "articles": sorted(group)}
            for name, group in groups.items()
            for first in [self.first(group)]
        ]


def replay(settings: Settings, label: str, knobs: Knobs, now: datetime) -> Replayed:
    """Replay a week of the published snapshot; nothing is written but to a copy that goes.

    Takes the articles of the week, those so near in time that they may be told with them, and what shares a story or a
    group of copies with them. The issue is compared as it was frozen, before edits by hand; lines that would differ
    from it without a change of rules, since more is known today, are marked. The cost grows with the articles of four
    weeks, and with the snapshot, which is copied. Raises MendableError where there is nothing of that week.
    """
    week = week_named(label, settings.time_zone)
    with scratch(settings.warehouse) as trial:
        with trial.writer() as db:
            articles = _reached(db, week, window(knobs))
            frozen = _frozen(db, week)
            knobs = replace(knobs, issue=replace(knobs.issue, sample=bool(frozen and frozen.sample)))
            composer = _Composer(week, replace(Knobs().issue, sample=knobs.issue.sample), dossiers_of(settings))
            before, stands = _state(db, articles), composer.composed(db)
        _again(trial, list(articles.values()), knobs, now)
        with trial.writer() as db:
            after, then = _state(db, articles), replace(composer, layout=knobs.issue).composed(db)
            known = read.articles(db, {*articles, *before.told, *after.told})
    of_week = {key for key, one in articles.items() if week.start <= one.first_seen < week.end}
    near = of_week.union(*(group for state in (before, after) for group in state.stories.values() if group & of_week))
    return Replayed(
        week=week.label,
        changed=changes(knobs),
        notes=[*unreachable(knobs), *_silent(then, week)],
        judged=len(articles),
        frozen=frozen is not None,
        stories=differ.stories(before.stories, after.stories, of_week),
        articles=list(differ.articles(before, after, {one: known[one] for one in near})),
        lines=_lines(frozen, stands, then),
        known=known,
    )


@dataclass(frozen=True, slots=True)
class _Composer:
    """What an issue is composed with."""

    week: Week
    layout: Layout
    dossiers: Sequence[Dossier]

    def composed(self, db: Db) -> Issue | None:
        """Compose the week as it stands; None where no source answered in it."""
        try:
            return compose(*composing(db, self.week, self.layout, self.dossiers).taken)
        except NoWorkingSourceError:
            return None


def _reached(db: Db, week: Week, days: int) -> Mapping[str, Article]:
    found = rows(db, "week_reach", starts_at=week.start, ends_at=week.end, days=days)
    articles = read.articles(db, [row["id"] for row in found])
    if not any(week.start <= one.first_seen < week.end for one in articles.values()):
        raise MendableError(
            f"No article was first seen in {week.label}. `vnjp sql 'from weeks'` shows which weeks there are."
        )
    return articles


def _again(trial: Warehouse, articles: Sequence[Article], knobs: Knobs, now: datetime) -> None:
    """Do to these articles what collecting did, with these thresholds."""
    judgements = [tag(one, lexicon(), knobs.relevance) for one in articles]
    with trial.writer() as db:
        write.judgements(db, judgements, now)
        work = folding(db, [Printed(one, fingerprint(one)) for one in articles])
    keep_copies(trial, work, dedupe(work.new, *work.shared, knobs.copies))
    with trial.writer() as db:
        tell = telling(db, [one.article_id for one in articles])
    keep_stories(trial, tell, cluster(tell.new, *tell.shared, knobs.stories), now)


def _state(db: Db, ids: Collection[str]) -> differ.State:
    offer(db, "wanted", ids)
    members = read.memberships(db, {*ids, *(row["id"] for row in rows(db, "story_mates"))})
    grouped = read.grouped(members, lambda one: one.story_id)
    return differ.State(
        judgements=read.judgements(db, ids),
        copies={one.article_id: one for one in read.duplicates(db, ids)},
        stories={name: frozenset(one.article_id for one in group) for name, group in grouped.items()},
    )


def _frozen(db: Db, week: Week) -> Issue | None:
    """Give the issue as it was frozen, before anybody edited it."""
    for row in rows(db, "first_version", week=week.label):
        return from_json(row["content"])
    held = desk.frozen(db, week.label)
    return held.issue if held else None


def _silent(then: Issue | None, week: Week) -> list[str]:
    return [] if then else [f"No source answered in {week.label}: there is no issue to compare."]


def _lines(frozen: Issue | None, stands: Issue | None, then: Issue | None) -> list[differ.Line]:
    """Compare with the frozen issue where there is one, and mark what today's knowledge alone would change."""
    anyway = differ.lines(frozen, stands) if frozen else []
    return [one | {"anyway": one in anyway} for one in differ.lines(frozen or stands, then)]
