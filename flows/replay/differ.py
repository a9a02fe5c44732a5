"""What differs between two states of a week: in stories, in articles, in the lines of the issue."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from warehouse.issue import Entry, Issue
from warehouse.records import Article, Duplicate, Judgement

Groups = Mapping[str, frozenset[str]]  #: article_ids by story_id
Kind = Literal["splits", "merges", "regroups", "appears", "vanishes", "changes"]
Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class State:
    """What is held of some articles."""

    judgements: Mapping[str, Judgement]
    copies: Mapping[str, Duplicate]
    stories: Groups

    @property
    def told(self) -> frozenset[str]:
        """Whatever is in a story."""
        return frozenset().union(*self.stories.values())


@dataclass(frozen=True, slots=True)
class Shift:
    """Stories that are made of the same articles in another way."""

    kind: Kind
    before: Groups
    after: Groups


def stories(before: Groups, after: Groups, of_week: Collection[str]) -> list[Shift]:
    """Say which stories with an article of the week split, merge, appear, vanish or change their articles.

    Two stories, one before and one after, are matched when they share at least half of the smaller of both, or when one
    of the two shares more with no other (ties: the smaller id). What hangs together by such matches is one shift: 1 to
    n splits, n to 1 merges, n to m regroups. A match of the same articles is none, whatever its id.
    """
    matched = _matched(before, after)
    seen: set[tuple[str, str]] = set()
    found = []
    for start in [*(("before", one) for one in sorted(before)), *(("after", one) for one in sorted(after))]:
        if start not in seen:
            whole = _connected(start, matched)
            seen |= whole
            old = {one: before[one] for side, one in sorted(whole) if side == "before"}
            new = {one: after[one] for side, one in sorted(whole) if side == "after"}
            touched = frozenset().union(*old.values(), *new.values())
            if sorted(map(sorted, old.values())) != sorted(map(sorted, new.values())) and touched & set(of_week):
                found.append(Shift(_kind(len(old), len(new)), old, new))
    return found


def _matched(before: Groups, after: Groups) -> Mapping[tuple[str, str], set[tuple[str, str]]]:
    home = {article: one for one, group in after.items() for article in group}
    matched: defaultdict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    shared = Counter((old, home[article]) for old, group in before.items() for article in group if article in home)
    best: dict[tuple[str, str], tuple[int, str]] = {}
    for (old, new), count in shared.items():
        for end, other in ((("before", old), new), (("after", new), old)):
            best[end] = min(best.get(end, (0, "")), (-count, other))
    for (old, new), count in shared.items():
        half = 2 * count >= min(len(before[old]), len(after[new]))
        most = best["before", old][1] == new or best["after", new][1] == old
        if half or most:
            matched["before", old].add(("after", new))
            matched["after", new].add(("before", old))
    return matched


def _connected(start: tuple[str, str], matched: Mapping[tuple[str, str], set[tuple[str, str]]]) -> set[tuple[str, str]]:
    whole, ahead = {start}, [start]
    while ahead:
        fresh = matched.get(ahead.pop(), set()) - whole
        whole |= fresh
        ahead.extend(fresh)
    return whole


def _kind(old: int, new: int) -> Kind:
    if not old or not new:
        return "appears" if new else "vanishes"
    if old == new == 1:
        return "changes"
    if old == 1 or new == 1:
        return "splits" if old == 1 else "merges"
    return "regroups"


def articles(before: State, after: State, known: Mapping[str, Article]) -> Iterator[Line]:
    """Say of each article what is held of it otherwise: relevance, topics, what it is a copy of."""
    for one in sorted(known, key=lambda name: (known[name].first_seen, name)):
        changes = {}
        for name, old, new in _held(before, after, one):
            if old != new:
                changes[name] = [old, new]
        if changes:
            yield {"article_id": one, "outlet": known[one].outlet, "title": known[one].title, "changes": changes}


def _held(before: State, after: State, one: str) -> Iterator[tuple[str, Any, Any]]:
    was, is_ = before.judgements.get(one), after.judgements.get(one)
    yield "relevance", was and was.relevance, is_ and is_.relevance
    yield "topics", sorted(was.topics) if was else [], sorted(is_.topics) if is_ else []
    for name in ("duplicate_of", "kind"):
        yield name, getattr(before.copies.get(one), name, None), getattr(after.copies.get(one), name, None)


def lines(before: Issue | None, after: Issue | None) -> list[Line]:
    """Say which lines of an issue appear, vanish or change: section, level, status, headline, order.

    Two lines are matched, each at most once, by the articles that both report, most first. Of those that are in both
    issues, as few as can be are said to have moved: a line that others went past, or that came or went, did not.
    """
    old = {one.story_id: one for one in before.entries} if before else {}
    new = {one.story_id: one for one in after.entries} if after else {}
    pairs = dict(_paired(old, new))
    moved = _moved(old, new, pairs)
    found = []
    for one in sorted(old.values(), key=lambda entry: entry.position):
        if one.story_id not in pairs:
            found.append(_line("vanishes", one, {}))
            continue
        other = new[pairs[one.story_id]]
        changes = {
            name: [getattr(one, name), getattr(other, name)]
            for name in ("section", "level", "status")
            if getattr(one, name) != getattr(other, name)
        }
        if headline(one) != headline(other):
            changes["headline"] = [headline(one), headline(other)]
        if one.story_id in moved and one.position != other.position:
            changes["position"] = [one.position, other.position]
        if changes:
            found.append(_line("changes", other, changes))
    found += [
        _line("appears", one, {})
        for one in sorted(new.values(), key=lambda entry: entry.position)
        if one.story_id not in pairs.values()
    ]
    return found


def headline(one: Entry) -> str:
    """Give the headline that stands first."""
    return one.headlines[0].text if one.headlines else ""


def _paired(old: Mapping[str, Entry], new: Mapping[str, Entry]) -> Iterator[tuple[str, str]]:
    home: defaultdict[str, list[str]] = defaultdict(list)
    for name, one in new.items():
        for report in one.reports:
            home[report.article_id].append(name)
    shared = Counter((was, is_) for was, one in old.items() for each in one.reports for is_ in home[each.article_id])
    left, right = set(old), set(new)
    for was, is_ in sorted(shared, key=lambda both: (-shared[both], both[0] != both[1], both)):
        if was in left and is_ in right:
            left.remove(was)
            right.remove(is_)
            yield was, is_


def _moved(old: Mapping[str, Entry], new: Mapping[str, Entry], pairs: Mapping[str, str]) -> set[str]:
    """Give those of the old lines that stand in another order than the longest run of others that kept theirs."""
    was = sorted(pairs, key=lambda one: old[one].position)
    is_ = sorted(pairs, key=lambda one: new[pairs[one]].position)
    blocks = SequenceMatcher(None, was, is_, autojunk=False).get_matching_blocks()
    return set(was).difference(*(was[one.a : one.a + one.size] for one in blocks))


def _line(kind: str, one: Entry, changes: Mapping[str, list[Any]]) -> Line:
    outlet = one.headlines[0].outlet if one.headlines else ""
    return {
        "kind": kind,
        "story_id": one.story_id,
        "section": one.section,
        "level": one.level,
        "position": one.position,
        "headline": headline(one),
        "outlet": outlet,
        "changes": dict(changes),
    }
