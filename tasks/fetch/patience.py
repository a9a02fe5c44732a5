"""When to ask a source again: its wishes, its own rhythm, and patience with what fails."""

from __future__ import annotations

from datetime import datetime, timedelta

from tasks.text import digest
from warehouse.records import Answer, SourceState

SHORTEST = timedelta(minutes=15)
INTERVAL = timedelta(hours=1)  #: of a source that says nothing else
LONGEST = timedelta(days=1)
QUIETEST = timedelta(hours=12)  #: of a silent source of its own: what it says on Sunday belongs into that week
SLACK = timedelta(minutes=5)  #: off every interval, so that an hourly schedule that starts late still asks every hour
QUIET = 0.1  #: share of a silence after which to ask again (RFC 9111, 4.2.2: the usual heuristic for freshness)
JITTER = 0.1  #: share of an interval that a source's name may take off, so that sources do not return together
_FORGET = 0.25  # weight of a slower rhythm seen once
_MOST_STRAIN = 10.0
_SERVER_ERROR = 500


def strain(before: float, outcome: str, answer: Answer) -> float:
    """Add to the failures in a row what this one weighs, 0 after a good answer.

    The weights are Media Cloud's: 1 where the source itself says no or sends what is no feed, 1/2 where it may come
    back (404, a name or certificate that does not hold: active feeds do return), 1/4 where it was only busy.
    """
    if outcome in {"ok", "unchanged", "empty"}:
        return 0.0
    weight = 1.0
    if outcome == "failed":
        weight = 0.25 if answer.status >= _SERVER_ERROR else 0.5
    elif outcome == "timeout" or answer.retry_after:
        weight = 0.25
    return min(before + weight, _MOST_STRAIN)


def rhythm(state: SourceState, entries: int, young: int, now: datetime) -> float:
    """Give the minutes in which half of a document of so many entries is replaced, of which `young` came since.

    An interval at which half of the entries are known already proves that none was missed (Media Cloud aims at a
    third to two thirds). A faster rhythm counts at once, a slower one slowly; a silence says nothing of a busy hour.
    """
    if not young or state.good_at is None or state.good_at >= now:
        return state.rhythm_minutes
    seen = (now - state.good_at) / timedelta(minutes=1) * entries / young / 2
    if not state.rhythm_minutes or seen < state.rhythm_minutes:
        return seen
    return state.rhythm_minutes if young >= entries else (1 - _FORGET) * state.rhythm_minutes + _FORGET * seen


def wait(state: SourceState, answer: Answer, ttl_minutes: int, now: datetime) -> timedelta:
    """Give the time until the next check, for a state that knows of the answer already; SHORTEST to LONGEST.

    A pause that the host asks for is kept whole. A wish to be asked less (ttl, max-age, Expires) is granted as far
    as nothing is lost by it. Failures lengthen the wait with their strain, and never end the asking.
    """
    if state.state == "gone":
        wish = LONGEST
    elif state.state in {"ok", "unchanged", "empty"}:
        wish = _wish(state, answer, ttl_minutes, now)
    else:
        wish = INTERVAL * 2.0 ** max(0.0, state.strain - 1) * _jitter(state)
    return max(min(wish, LONGEST) - SLACK, SHORTEST, timedelta(seconds=answer.retry_after))


def _wish(state: SourceState, answer: Answer, ttl_minutes: int, now: datetime) -> timedelta:
    """Give the interval that suits a source that answers."""
    busy = timedelta(minutes=state.rhythm_minutes) if state.rhythm_minutes else LONGEST
    quiet = min((now - (state.new_item_at or now)) * QUIET, QUIETEST) * _jitter(state)
    asked = max(timedelta(minutes=min(ttl_minutes, 24 * 60)), timedelta(seconds=answer.fresh_for))
    return min(max(INTERVAL, quiet, asked), busy + SLACK)


def _jitter(state: SourceState) -> float:
    return 1 - JITTER * int(digest(state.source_id)[:4], 16) / 0x10000
