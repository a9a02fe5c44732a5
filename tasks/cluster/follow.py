"""Which stories follow up earlier ones, and by what. Better none than a wrong one."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from tasks.cluster.bounds import Follow
from tasks.cluster.pairs import Weighed, likelihood, weights
from tasks.cluster.profile import Key, Profile, profile
from tasks.cluster.reasons import labelled, reason
from tasks.cluster.signature import STANDS_OUT
from tasks.cluster.stories import Group
from warehouse.records import Continuation

# What differs between the stages of one matter: when, and who came.
_LEAVING = frozenset(
    {
        *("days", "gap", "day", "apart", "agreed", "same_date", "other_date", "other_venue"),
        *("strangers_vietnam", "strangers_japan"),
    }
)
_HELD = frozenset({"conference", "festival"})
_LATEST = 12  # earlier stories looked at for each key
_COMPARED = 12  # articles of a story that are compared, the first ones
_TWICE = 2  # articles that name a month
_MOST = 3  # earlier stories named


def follow(
    named: Mapping[str, Group], whole: Mapping[str, Group], weighed: Mapping[str, Weighed], by: Follow
) -> Iterator[Continuation]:
    """Link each story of ``named`` to the earlier ones of ``whole`` that it follows up, nearest first.

    A story follows another if it tells a later stage of the same matter, or of what is held every year; if it names
    whom the other is about and something else of it; if leaders or institutions meet again; or if it names its month.
    """
    profiles = {one: profile([weighed[each] for each in group if each in weighed]) for one, group in whole.items()}
    holders: defaultdict[Key, list[tuple[datetime, str]]] = defaultdict(list)
    for start, story_id in sorted((one.start, story_id) for story_id, one in profiles.items()):
        for key in profiles[story_id].prominent:
            holders[key].append((start, story_id))
    baseline = {story_id for story_id, one in profiles.items() if one.baseline}
    for story_id in sorted(named):
        later = profiles[story_id]
        near = {other for key in later.prominent for other in _before(holders[key], later.start)} | baseline
        links = [link for other in near if (link := _link(story_id, other, later, profiles[other], by))]
        links.sort(key=lambda link: (profiles[link.earlier_id].start, link.earlier_id), reverse=True)
        yield from links[:_MOST]


def _before(holders: list[tuple[datetime, str]], start: datetime) -> Iterator[str]:
    last = bisect_left(holders, (start, ""))
    return (story_id for _, story_id in holders[max(0, last - _LATEST) : last])


def _link(story_id: str, earlier_id: str, later: Profile, earlier: Profile, by: Follow) -> Continuation | None:
    between = later.start - earlier.start
    if between <= timedelta(0) or later.start.date() < earlier.day or (between > by.long and not earlier.baseline):
        return None
    tie = (
        _named(later, earlier, by)
        or _leaders(later, earlier)
        or _institutions(later, earlier)
        or _month(later, earlier, by)
    )
    again, matter = _again(later, earlier, by), _same_matter(later, earlier)
    if not (tie or again or matter):
        return None
    score, one, other = _alike(later, earlier)
    shared = reason(one, other)
    if matter and score >= by.same_matter:
        tie = f"the same matter, later: {shared}"
    elif again:
        tie = f"held again: {shared}"
    pair = one.signature.article_id, other.signature.article_id
    return Continuation(story_id, earlier_id, round(score, 3), tie, *pair) if tie else None


def _alike(later: Profile, earlier: Profile) -> tuple[float, Weighed, Weighed]:
    """Say how likely the two would be one story but for time and people, and which articles are most alike."""
    best = []
    others = earlier.articles[:_COMPARED]
    for one in later.articles[:_COMPARED]:
        value, at = max((likelihood(one, other, weights(), _LEAVING), at) for at, other in enumerate(others))
        best.append((value, one, others[at]))
    _, one, other = max(best, key=lambda found: (found[0], found[1].signature.article_id))
    return sum(value for value, *_ in best) / len(best), one, other


def _same_matter(later: Profile, earlier: Profile) -> bool:
    """Say whether somebody stands out in both, or a matter that hardly any other story is about."""
    shared = later.prominent & earlier.prominent
    return any(
        kind in {"person", "organisation"} or (kind == "matter" and (kind, key) in later.special)
        for kind, key in shared
    )


def _again(later: Profile, earlier: Profile, by: Follow) -> bool:
    """Say whether it is held every year, under the same name."""
    named = any(kind == "organisation" for kind, _ in later.prominent & earlier.prominent & later.special)
    return named and bool(later.kinds & earlier.kinds & _HELD) and later.day - earlier.day > by.season


def _named(later: Profile, earlier: Profile, by: Follow) -> str:
    """Look back: an article names a chief person of the other story, and shares somebody else who stands out."""
    if not earlier.encounter or later.chiefs == earlier.chiefs or later.start.date() - earlier.day > by.recent:
        return ""
    chiefs = {("person", one) for one in earlier.chiefs.values()}
    for one in later.articles:
        named = chiefs & one.rare.keys()
        others = {key for key, (_, stands) in one.rare.items() if stands >= STANDS_OUT} & earlier.prominent
        shared = {key for key in others - named if key[0] in {"person", "organisation"}}
        if named and shared:
            return f"looks back at it: names {labelled(later.labels, sorted(named) + sorted(shared))}"
    return ""


def _leaders(later: Profile, earlier: Profile) -> str:
    """Tell of leaders of both countries who meet in either, one of them in both."""
    again = later.leaders & earlier.leaders
    if not (again and later.summit and earlier.summit):
        return ""
    return f"leaders meet again: {labelled(later.labels, [('person', one) for one in sorted(again)])}"


def _institutions(later: Profile, earlier: Profile) -> str:
    """Tell of two institutions that meet again, one of either country."""
    again = sorted(later.institutions.keys() & earlier.institutions.keys())
    sides = {later.institutions[one] for one in again}
    if not (later.encounter and earlier.encounter and {"vietnam", "japan"} <= sides):
        return ""
    return f"they meet again: {labelled(later.labels, [('organisation', one) for one in again])}"


def _month(later: Profile, earlier: Profile, by: Follow) -> str:
    """Two articles or more name the month of the other event, and what it was about."""
    month = (earlier.day.year, earlier.day.month)
    shared = [
        earlier.about & one.signature.keys["matter"].keys() for one in later.articles if month in one.signature.months
    ]
    telling = sorted(set().union(*shared))
    if sum(map(bool, shared)) < _TWICE or later.start.date() - earlier.day <= by.past:
        return ""
    named = labelled(later.labels, [("matter", one) for one in telling])
    return f"names its month, {month[0]}-{month[1]:02}: {named}"
