"""A frozen issue, changed by hand or cut to what one reader asked for: from its own content, never from newer data."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from tasks.compose import Layout, put_in_order
from tasks.compose.people import people_of_week
from warehouse.issue import Cut, DossierWeek, Entry, Issue

_LAYOUT = Layout()


def drop(issue: Issue, story_id: str, layout: Layout = _LAYOUT) -> Issue:
    """Give the issue without a story: others move up, and what the story alone was named for goes with it."""
    kept = [one for one in issue.entries if one.story_id != story_id]
    by_hand = replace(
        issue.by_hand,
        dropped=issue.by_hand.dropped + len(issue.entries) - len(kept),
        pinned=tuple(one for one in issue.by_hand.pinned if one != story_id),
    )
    return replace(_holding(issue, kept, layout), by_hand=by_hand)


def pin(issue: Issue, story_id: str, layout: Layout = _LAYOUT) -> Issue:
    """Give the issue with a story at the top: what its score lacked is a part of its own, "desk"."""
    top = max(one.score for one in issue.entries)
    entries = [_lifted(one, top) if one.story_id == story_id else one for one in issue.entries]
    pinned = (*(one for one in issue.by_hand.pinned if one != story_id), story_id)
    return replace(_holding(issue, entries, layout), by_hand=replace(issue.by_hand, pinned=pinned))


def cut(issue: Issue, topics: Collection[str], dossiers: Collection[str] = (), layout: Layout = _LAYOUT) -> Issue:
    """Give a reader's copy: the stories on any of these topics, and those that move any of these dossiers.

    What was looked at, and the errata, are the whole issue's. `dossiers` are ids, or groups that dossiers are for.
    """
    chosen = {one.dossier_id for one in issue.dossiers if {one.dossier_id, *one.audience} & {*dossiers}}
    kept = [one for one in issue.entries if {*one.topics} & {*topics} or {*one.dossiers} & chosen]
    shown = _holding(issue, kept, layout)
    asked = Cut(tuple(topics), tuple(dossiers), len(issue.entries) - len(kept))
    return replace(
        shown,
        dossiers=tuple(one for one in shown.dossiers if _is_for(one, topics, dossiers)),
        quiet=tuple(one for one in shown.quiet if {*one.story.topics} & {*topics}),
        cut=asked,
    )


def _holding(issue: Issue, entries: Sequence[Entry], layout: Layout) -> Issue:
    """Give the issue with these of its entries, and everything else as composing would have it of them."""
    ids = {one.story_id for one in entries}
    gone = [one for one in issue.entries if one.story_id not in ids]
    in_order = put_in_order(entries, layout)
    return replace(
        issue,
        articles=sum(one.articles for one in in_order),
        outlets=len(frozenset[str]().union(*map(_outlets, in_order))),
        folded=issue.folded - sum(one.folded for one in gone),
        entries=in_order,
        ahead=tuple(one for one in issue.ahead if one.story_id in ids),
        figures=tuple(one for one in issue.figures if one.story_id in ids),
        people=people_of_week(in_order),
        themes=issue.themes if any(one.officials for one in in_order) else (),
        dossiers=tuple(_moved_by(one, ids) for one in issue.dossiers if not one.moved or {*one.moved} & ids),
    )


def _moved_by(one: DossierWeek, ids: Collection[str]) -> DossierWeek:
    """Leave only these stories; a dossier that only others moved is left out, since nobody may take it for quiet."""
    return replace(one, moved=tuple(story for story in one.moved if story in ids))


def _outlets(entry: Entry) -> frozenset[str]:
    """Name the outlets that told the story in the week, machine translations left out."""
    told = [one.title for one in entry.reports if one.fresh] + [one.title for one in entry.corrections]
    return frozenset(one.outlet for one in told if not one.machine)


def _lifted(entry: Entry, top: float) -> Entry:
    parts = tuple((name, value) for name, value in entry.parts if name != "desk")
    own = sum(value for _, value in parts)
    return replace(entry, score=top + 1, parts=(*parts, ("desk", round(top + 1 - own, 3))))


def _is_for(one: DossierWeek, topics: Collection[str], dossiers: Collection[str]) -> bool:
    if {one.dossier_id, *one.audience} & {*dossiers, *topics}:
        return True
    return not one.audience and not dossiers
