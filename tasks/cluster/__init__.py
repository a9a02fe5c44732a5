"""Put articles into stories: judged articles in; stories, who is in them and why, and what they follow up out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from tasks.cluster.bounds import Bounds
from tasks.cluster.decided import decisions, links, put_together
from tasks.cluster.follow import follow
from tasks.cluster.nearest import nearest
from tasks.cluster.pairs import weigh, weights
from tasks.cluster.reach import reach
from tasks.cluster.shared import shared
from tasks.cluster.signature import Judged, sign
from tasks.cluster.solve import Pair, average_link, pair
from tasks.cluster.stories import Group, claim, members, rank, tell
from tasks.cluster.strands import strand
from tasks.lexicon import Lexicon
from warehouse.records import Continuation, Membership, Story

__all__ = ["RULES", "Bounds", "Clustering", "Judged", "Pair", "cluster", "decisions", "links", "nearest", "pair"]

RULES = "cluster-1"  # raised whenever other stories come of the same articles: `vnjp reprocess` then solves again
_APART = -1e6  # a likelihood that no mean recovers from


@dataclass(frozen=True, slots=True)
class Clustering:
    """The stories that new articles touch, complete: their rows replace what was held of them and of their members."""

    stories: tuple[Story, ...]
    memberships: tuple[Membership, ...]
    continuations: tuple[Continuation, ...]


def cluster(
    new: Sequence[Judged],
    held: Sequence[Judged],
    stories: Sequence[Story],
    memberships: Sequence[Membership],
    copies: Mapping[str, str],
    lexicon: Lexicon | None = None,
    together: Collection[Pair] = (),
    apart: Collection[Pair] = (),
    bounds: Bounds | None = None,
) -> Clustering:
    """Put new articles into stories, old or new ones, and solve again whatever they reach.

    ``held`` are articles already in stories that may be told of again: near in time, the mates of those, and the
    baseline; ``stories`` and ``memberships`` are theirs. ``copies`` names the root of each copy: a copy goes where its
    root goes. ``together`` and ``apart`` are pairs of articles on which a user decided. ``bounds`` are
    the thresholds (None: as learned). Only what is bilateral or
    related is told; the order in which articles came changes ids only.
    """
    bounds = bounds or Bounds()
    articles = {one.article.article_id: one for one in (*held, *new) if _told(one)}
    placed = {row.article_id: row.story_id for row in memberships}
    known = {one.story_id: one for one in stories}
    heads = _heads(articles, copies, apart)
    weighed = {one: weigh(sign(articles[one], lexicon), weights()) for one in set(heads.values())}
    must = {pair(heads[a], heads[b]) for a, b in together if a in heads and b in heads and heads[a] != heads[b]}
    tied = _tied(heads, placed, must)
    fresh = {one.article.article_id for one in new}
    shaken = {placed[one] for one in fresh & placed.keys()}
    start = {heads[one] for one in heads if one in fresh or placed.get(one) in shaken}
    reached, likely = reach(start, weighed, tied, weights(), bounds)
    never = {pair(heads[a], heads[b]) for a, b in apart if a in heads and b in heads}
    likely |= {both: _APART for both in never if reached.issuperset(both)}
    solved = average_link(reached, likely, (), bounds.join)
    groups = _spread(put_together(solved, must, never), heads)
    named, merged = claim(groups, articles, known, placed)
    told = [tell(name, group, articles, known.get(name)) for name, group in named.items()]
    rows = [
        replace(row, strand=strand(articles[row.article_id], lexicon))
        for one in told
        for row in members(one, named[one.story_id], articles, heads, weighed, likely, must, bounds.join)
    ]
    gone = [replace(known[one], merged_into=into) for one, into in merged.items()]
    whole = named | _others(placed, heads, reached)
    followed = [
        replace(link, shared=shared(articles[one], articles[other], weighed[one], weighed[other]))
        for link in follow(named, whole, weighed, bounds.follow)
        for one, other in [(link.article_id, link.against)]
    ]
    return Clustering(tuple(told + gone), tuple(rows), tuple(followed))


def _told(one: Judged) -> bool:
    return one.judgement.relevance in {"bilateral", "related"}


def _heads(articles: Mapping[str, Judged], copies: Mapping[str, str], apart: Collection[Pair]) -> dict[str, str]:
    """Name for each article the one that stands for it: the root of its copies, or the earliest of them held."""
    alone = {one for both in apart for one in both}
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for one in articles:
        groups[one if one in alone else copies.get(one, one)].append(one)
    return {
        one: root if root in articles else min(group, key=lambda each: rank(articles[each]))
        for root, group in groups.items()
        for one in group
    }


def _tied(heads: Mapping[str, str], placed: Mapping[str, str], must: Collection[Pair]) -> dict[str, set[str]]:
    """Tie each article to the others of its story as it stood, and to those that a user put with it."""
    tied: defaultdict[str, set[str]] = defaultdict(set)
    told: defaultdict[str, set[str]] = defaultdict(set)
    for one, head in heads.items():
        if one in placed:
            told[placed[one]].add(head)
    for group in (*told.values(), *map(set, must)):
        for one in group:
            tied[one] |= group
    return tied


def _others(placed: Mapping[str, str], heads: Mapping[str, str], reached: Collection[str]) -> dict[str, Group]:
    """Give the stories out of reach, by their heads that are held."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one, head in heads.items():
        if one in placed and head not in reached:
            found[placed[one]].add(head)
    return {story_id: frozenset(group) for story_id, group in found.items()}


def _spread(groups: Sequence[Group], heads: Mapping[str, str]) -> list[Group]:
    """Put the copies into the groups of their heads."""
    followers: defaultdict[str, set[str]] = defaultdict(set)
    for one, head in heads.items():
        followers[head].add(one)
    return [frozenset().union(*(followers[head] for head in group)) for group in groups]
