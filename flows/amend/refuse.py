"""What a correction cannot do, and how that is said: what it contradicts, and how to take that back."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from tasks.cluster import decisions, links, pair
from warehouse import read
from warehouse.connect import Db
from warehouse.errors import MendableError
from warehouse.records import Override
from warehouse.rows import rows


def merging(known: Sequence[Override], here: Collection[str], there: Collection[str]) -> None:
    """Refuse to merge two stories, given by their articles, where a split set any of them apart."""
    across = {pair(one, other) for one in here for other in there}
    for before in known:
        if before.kind == "split" and any(
            pair(out, stay) in across for out in before.subjects for stay in before.others
        ):
            raise MendableError(_take_back(before, "set articles of these two stories apart"))


def splitting(known: Sequence[Override], made: Override) -> None:
    """Refuse a split that leaves nothing of a merge; some of what was merged may be taken out."""
    apart, now_apart = (decisions(some, frozenset())[1] for some in (known, (*known, made)))
    for before in known:
        if before.kind == "merge" and any(links(before, apart)) and not any(links(before, now_apart)):
            raise MendableError(_take_back(before, "put these together"))


def _take_back(before: Override, what: str) -> str:
    return (
        f"A {before.kind} of {before.made_at:%Y-%m-%d} {what}. "
        f"Take it back first: `vnjp overrides remove {before.override_id}`."
    )


def strangers(db: Db, story: str, out: Sequence[str], members: Collection[str]) -> None:
    """Refuse to take articles out of a story that they are not in."""
    for one in out:
        if one not in members:
            homes = [row.story_id for row in read.memberships(db, [one])]
            where = f"in story {homes[0]}" if homes else "in no story"
            listed = "\n".join(f"  {each}" for each in members)
            raise MendableError(f"Article {one} is not in story {story} but {where}. In {story} are:\n{listed}")


def no_copy(db: Db, one: str) -> str:
    """Say why an article cannot be unfolded: it is nobody's copy, or others are copies of it."""
    copies = rows(db, "copies_of", root=one)
    if not copies:
        return f"Article {one} is nobody's copy: there is nothing to unfold. `vnjp sql 'from folded'` lists copies."
    listed = "\n".join(f"  {row['article_id']}  {row['outlet']}: {row['title']}" for row in copies)
    return f"Article {one} is what others are copies of. Unfold one of those:\n{listed}"


def merged_before(known: Sequence[Override], story: str, members: Collection[str]) -> Override:
    """Find the merge that made a story; MendableError where no user did, but the rules."""
    for before in known:
        if before.kind == "merge" and {*before.subjects} & {*members} and {*before.others} & {*members}:
            return before
    raise MendableError(f"Both are one story already: {story}. `vnjp story {story}` shows it.")
