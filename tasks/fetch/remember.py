"""What to remember of a source after an answer."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from tasks.fetch.patience import rhythm, strain, wait
from warehouse.records import Answer, Item, ParsedFeed, SourceState

LATE = timedelta(hours=1)  #: by which an entry may stand in its feed later than it says it was published
STALE = timedelta(hours=12)  #: after which a cache on the way is no excuse
_FEW = 3  # new entries from which on a 304 may be called a lie
_INSTEAD = {"challenge": "a challenge to browsers", "html": "a web page"}
_GOOD = frozenset({"ok", "unchanged"})


def body_hash(answer: Answer) -> str:
    """Give the hash by which the same bytes are known again."""
    return hashlib.sha256(answer.body).hexdigest()


def after(
    state: SourceState, answer: Answer, feed: ParsedFeed | None, new: Sequence[Item], now: datetime
) -> SourceState:
    """Give what to remember of a source after an answer, the feed that it held and the items new in it.

    ``feed`` is None where the answer is not ok. Validators are taken from good answers only, else a later 304 would
    confirm an error page. To be saved together with the items: a validator without its items loses them. A feed without
    entries counts as a failure to be named, but is asked at the usual interval.
    """
    outcome = feed.state if feed and answer.outcome == "ok" else answer.outcome
    good = outcome in _GOOD
    etag, last_modified = _validators(state, answer, outcome)
    moved_to, moved_seen = _moved(state, answer) if good else (state.moved_to, state.moved_seen)
    later = replace(
        state,
        etag=etag,
        last_modified=last_modified,
        checked_at=now,
        good_at=now if good else state.good_at,
        first_good_at=state.first_good_at or (now if good else None),
        full_at=now if outcome == "ok" else state.full_at,
        new_item_at=now if new else state.new_item_at,
        failures=0 if good else state.failures + 1,
        failing_since=None if good else state.failing_since or now,
        state=outcome,
        error="" if good else answer.error or _complaint(answer, feed),
        body_hash=body_hash(answer) if outcome == "ok" else state.body_hash,
        strain=strain(state.strain, outcome, answer),
        rhythm_minutes=rhythm(state, len(feed.entries) if feed else 0, len(_since(state, new, LATE)), now),
        moved_to=moved_to,
        moved_seen=moved_seen,
        lied=state.lied or _lied(state, new),
    )
    return replace(later, next_check_at=now + wait(later, answer, feed.ttl_minutes if feed else 0, now))


def _validators(state: SourceState, answer: Answer, outcome: str) -> tuple[str, str]:
    """Give ETag and Last-Modified to send next time; a 304 may leave out what did not change (RFC 9110, 15.4.5)."""
    if outcome == "ok":
        return answer.etag, answer.last_modified
    if outcome == "unchanged":
        return answer.etag or state.etag, answer.last_modified or state.last_modified
    return state.etag, state.last_modified


def _moved(state: SourceState, answer: Answer) -> tuple[str, int]:
    """Count how often in a row the source's permanent redirects led to the same feed."""
    if answer.moved_to:
        return answer.moved_to, state.moved_seen + 1 if answer.moved_to == state.moved_to else 1
    return ("", 0) if answer.url == state.url else (state.moved_to, state.moved_seen)


def _since(state: SourceState, new: Sequence[Item], before: timedelta) -> list[Item]:
    """Give the new items that came out since the last good answer or so long before; an edit keeps its old date."""
    since = state.good_at - before if state.good_at else None
    return [item for item in new if since is None or item.published is None or item.published >= since]


def _lied(state: SourceState, new: Sequence[Item]) -> bool:
    """Say whether the last 304 was a lie: most of what is new now was out long before it was said."""
    return state.state == "unchanged" and len(new) >= _FEW and len(_since(state, new, STALE)) * 2 < len(new)


def _complaint(answer: Answer, feed: ParsedFeed | None) -> str:
    if feed and feed.state == "empty":
        return feed.reason or f"the feed at {answer.final_url} has no entries"
    what = f" but {_INSTEAD[feed.reason]}" if feed and feed.reason in _INSTEAD else ""
    return (
        f"no feed at {answer.final_url}{what}: {len(answer.body)} bytes of {answer.content_type or 'no content type'}"
    )
