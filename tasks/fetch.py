"""Ask the sources what is new: whom to ask now, how to ask, and what to remember of it.

The asking is in `fetch`; all that is decided is in pure functions. What an answer holds, parsing finds out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from tasks.text import digest
from tasks.web import Manners, ask_all
from warehouse.records import Answer, Ask, Source, SourceState

SECONDS = 20.0  #: for a feed, redirects included
WIRE_BYTES = 5 * 1024 * 1024
DECODED_BYTES = 10 * 1024 * 1024  #: feeds of a thousand entries are honest
FULL_EVERY = timedelta(
    days=7
)  #: some servers answer 304 for ever (FreshRSS#1020, miniflux/v2#51): ask in full once a week
INTERVAL = timedelta(hours=1)
LONGEST = timedelta(days=1)
SLACK = timedelta(minutes=5)  #: off every interval, so that an hourly schedule that starts late still asks every hour
_JITTER = 0.1  # share of a back-off that the source's name may take off, so that failed sources do not return together
_GOOD = frozenset({"ok", "unchanged"})


def fetch(sources: Sequence[tuple[Source, SourceState]], manners: Manners, now: datetime) -> tuple[Answer, ...]:
    """Ask these sources, due or not; answers in their order, with the source's id as key. Only bugs raise."""
    limits = replace(
        manners,
        total_seconds=min(SECONDS, manners.total_seconds),
        wire_bytes=WIRE_BYTES,
        decoded_bytes=DECODED_BYTES,
    )
    return ask_all([request(source, state, now) for source, state in sources], limits, now)


def request(source: Source, state: SourceState, now: datetime) -> Ask:
    """Make the request: conditional, unless the last whole answer is a week old or there was none.

    A feed is an invitation to robots, so robots.txt is read only for searches and pages, which nobody offered to us.
    """
    conditional = state.full_at is not None and now - state.full_at < FULL_EVERY
    return Ask(
        key=source.source_id,
        url=source.url,
        etag=state.etag if conditional else "",
        last_modified=state.last_modified if conditional else "",
        robots=source.kind == "search" or source.reads == "page",
    )


def due(source: Source, state: SourceState, now: datetime) -> bool:
    """Say whether to ask a source now. Asked at this very `now` is done: a killed run asks only the rest."""
    if not source.enabled or state.checked_at == now:
        return False
    return state.next_check_at is None or state.next_check_at <= now


def after(
    state: SourceState, answer: Answer, parsed_state: str, ttl_minutes: int, new_entries: int, now: datetime
) -> SourceState:
    """Give what to remember of a source after an answer.

    ``parsed_state`` is that of the ParsedFeed ("ok", "empty", "not_a_feed") and counts where the answer is ok.
    Validators are taken from good answers only, else a later 304 would confirm an error page. To be saved together with
    the entries: a validator without its entries loses them. A feed without entries counts as a failure to be named,
    but is asked at the usual interval.
    """
    outcome = parsed_state if answer.outcome == "ok" else answer.outcome
    good = outcome in _GOOD
    failures = 0 if good else state.failures + 1
    etag, last_modified = _validators(state, answer, outcome)
    return replace(
        state,
        etag=etag,
        last_modified=last_modified,
        checked_at=now,
        good_at=now if good else state.good_at,
        first_good_at=state.first_good_at or (now if good else None),
        full_at=now if outcome == "ok" else state.full_at,
        new_item_at=now if new_entries else state.new_item_at,
        failures=failures,
        failing_since=None if good else state.failing_since or now,
        next_check_at=now + _wait(state.source_id, outcome, failures, answer, ttl_minutes),
        state=outcome,
        error="" if good else answer.error or _complaint(outcome, answer),
    )


def _validators(state: SourceState, answer: Answer, outcome: str) -> tuple[str, str]:
    """Give ETag and Last-Modified to send next time; a 304 may leave out what did not change (RFC 9110, 15.4.5)."""
    if outcome == "ok":
        return answer.etag, answer.last_modified
    if outcome == "unchanged":
        return answer.etag or state.etag, answer.last_modified or state.last_modified
    return state.etag, state.last_modified


def _wait(source_id: str, outcome: str, failures: int, answer: Answer, ttl_minutes: int) -> timedelta:
    """Give the time until the next check: what the feed wishes or, after failures, twice as long each time."""
    if outcome in _GOOD or outcome == "empty":
        wish = max(INTERVAL, timedelta(minutes=min(ttl_minutes, 24 * 60)), timedelta(seconds=answer.fresh_for))
    elif outcome == "gone":
        wish = LONGEST
    else:
        wish = INTERVAL * 2 ** min(failures - 1, 5) * (1 - _JITTER * int(digest(source_id)[:4], 16) / 0x10000)
    return max(min(wish, LONGEST) - SLACK, timedelta(seconds=answer.retry_after))


def _complaint(outcome: str, answer: Answer) -> str:
    if outcome == "empty":
        return f"the feed at {answer.final_url} has no entries"
    return f"no feed at {answer.final_url}: {len(answer.body)} bytes of {answer.content_type or 'no content type'}"
