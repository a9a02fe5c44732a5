"""Turn groups of articles into stories: each keeps its id for life, and says of each member why it is in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from tasks.cluster.pairs import Weighed
from tasks.cluster.reasons import reason
from tasks.cluster.shared import shared
from tasks.cluster.signature import Judged
from tasks.cluster.solve import Pair, pair
from tasks.text import digest
from warehouse.records import Membership, Story

Group = frozenset[str]
_BY_HAND = "put together by the user: "


def rank(judged: Judged) -> tuple[datetime, str]:
    """Order articles for founding: the earliest, then the smallest id."""
    return judged.article.published or judged.article.first_seen, judged.article.article_id


def claim(
    groups: Sequence[Group], articles: Mapping[str, Judged], stories: Mapping[str, Story], placed: Mapping[str, str]
) -> tuple[dict[str, Group], dict[str, str]]:
    """Give each group the id of the oldest story in it, else a new one; also which story went into which.

    A story that falls apart goes on in the group that has its founder, else in the one with most of its members.
    """
    heirs: defaultdict[int, list[Story]] = defaultdict(list)
    at = {one: number for number, group in enumerate(groups) for one in group}
    votes: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for one in sorted(at.keys() & placed.keys()):
        votes[placed[one]][at[one]] += 1
    for story_id, counts in sorted(votes.items()):
        story = stories[story_id]
        heirs[at.get(story.founded_by, max(counts, key=lambda number: (counts[number], -number)))].append(story)
    named: dict[str, Group] = {}
    merged: dict[str, str] = {}
    taken = {one.story_id for owned in heirs.values() for one in owned}
    taken |= {story_id for one, story_id in placed.items() if one not in at}
    for number, group in enumerate(groups):
        owned = [story.story_id for story in sorted(heirs[number], key=lambda one: (one.first_seen, one.story_id))]
        story_id, *rest = owned or [_unclaimed(group, articles, stories, taken)]
        taken.add(story_id)
        named[story_id] = group
        merged |= dict.fromkeys(rest, story_id)
    return named, merged


def _unclaimed(
    group: Group, articles: Mapping[str, Judged], stories: Mapping[str, Story], taken: Collection[str]
) -> str:
    """Give a group without a story the id that one of it founded and that went into another or was emptied; else new.

    Where the founder was taken out of his story, its id is taken: then the new one is made of that.
    """
    lost = [one for one in stories.values() if one.founded_by in group and one.story_id not in taken]
    if lost:
        return min(lost, key=lambda one: (one.first_seen, one.story_id)).story_id
    story_id = digest("story", min(group, key=lambda one: rank(articles[one])))
    while story_id in taken:
        story_id = digest("story", story_id)
    return story_id


def tell(story_id: str, group: Group, articles: Mapping[str, Judged], before: Story | None) -> Story:
    """Describe a story by its members: when, what kind of event, on which day."""
    members = [articles[one] for one in sorted(group, key=lambda one: rank(articles[one]))]
    kinds = Counter(one.judgement.event_type for one in members)
    days = Counter(one.judgement.event_date for one in members if one.judgement.event_date)
    return Story(
        story_id=story_id,
        founded_by=before.founded_by if before else members[0].article.article_id,
        first_seen=min(one.article.first_seen for one in members),
        last_seen=max(one.article.first_seen for one in members),
        event_type=max(kinds, key=lambda kind: (kinds[kind], kind)),
        event_date=max(days, key=lambda day: (days[day], day)) if days else None,
    )


def members(
    story: Story,
    group: Group,
    articles: Mapping[str, Judged],
    heads: Mapping[str, str],
    weighed: Mapping[str, Weighed],
    links: Mapping[Pair, float],
    together: Collection[Pair],
    join: float,
) -> Iterator[Membership]:
    """Say of each member which other it resembles most, how much, and in what; or that a user put it there."""
    bound = {one: other for both in together for one, other in (both, both[::-1]) if group.issuperset(both)}
    founder = story.founded_by if story.founded_by in group else min(group)
    for one in sorted(group):
        if one == founder:
            yield Membership(story.story_id, one, 1.0, "", "founded the story")
        elif heads[one] != one:
            yield Membership(story.story_id, one, 1.0, heads[one], "a copy: see duplicates")
        else:
            said = ""
            others = [other for other in group if other != one and heads[other] == other]
            against = max(others, key=lambda other: (links.get(pair(one, other), 0.0), other), default=founder)
            score = links.get(pair(one, against), 0.0)
            if one in bound and (unlike := links.get(pair(one, bound[one]), 0.0)) < join:
                against, score, said = bound[one], unlike, _BY_HAND
            mine, theirs = weighed[one], weighed[heads[against]]
            why, common = said + reason(mine, theirs), shared(articles[one], articles[against], mine, theirs)
            yield Membership(story.story_id, one, round(max(0.0, score), 3), against, why, common)
