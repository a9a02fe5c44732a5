"""Ask the sources what is new: whom to ask now, how to ask, and what to remember of it.

The asking is in `fetch`; all that is decided is in pure functions. What an answer holds, parsing finds out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from tasks.fetch.remember import after, body_hash
from tasks.web import Manners, ask_all
from warehouse.records import Answer, Ask, Source, SourceState

__all__ = ["after", "due", "fetch", "recall", "request", "settled"]

SECONDS = 20.0  #: for a feed, redirects included
CALL_SECONDS = 120.0  #: for all feeds of one host: nobody's long queue holds up what the others brought
WIRE_BYTES = 5 * 1024 * 1024
DECODED_BYTES = 10 * 1024 * 1024  #: feeds of a thousand entries are honest
#: some servers answer 304 for ever (FreshRSS#1020, miniflux/v2#51): ask in full once a week
FULL_EVERY = timedelta(days=7)
SURE = 3  #: good answers through the same permanent redirect after which its target is asked directly


def fetch(sources: Sequence[tuple[Source, SourceState]], manners: Manners, now: datetime) -> tuple[Answer, ...]:
    """Ask these sources, due or not; answers in their order, with the source's id as key. Only bugs raise."""
    limits = replace(
        manners,
        total_seconds=min(SECONDS, manners.total_seconds),
        call_seconds=min(CALL_SECONDS, manners.call_seconds),
        wire_bytes=WIRE_BYTES,
        decoded_bytes=DECODED_BYTES,
    )
    return ask_all([request(source, state, now) for source, state in sources], limits, now)


def recall(source: Source, state: SourceState | None) -> SourceState:
    """Give what of the memory holds: nothing of what another address taught, least of all its validators."""
    return state if state and state.url == source.url else SourceState(source.source_id, url=source.url)


def request(source: Source, state: SourceState, now: datetime) -> Ask:
    """Make the request: conditional, unless the last whole answer is a week old, or there was none, or its 304 lies.

    Where permanent redirects have led to one place often enough, that place is asked; the old address again once a
    week, and whenever the new one fails. A feed is an invitation to robots, so robots.txt is read only for searches
    and list pages, which nobody offered to us.
    """
    young = state.full_at is not None and now - state.full_at < FULL_EVERY
    conditional = young and not state.lied
    moved = young and state.moved_seen >= SURE and not state.failures
    return Ask(
        key=source.source_id,
        url=state.moved_to if moved else source.url,
        etag=state.etag if conditional else "",
        last_modified=state.last_modified if conditional else "",
        robots=source.kind == "search" or source.reads == "page",
        cookies=source.cookies,
    )


def settled(state: SourceState, answer: Answer, now: datetime) -> Answer:
    """Turn a whole answer with the very bytes read before into an unchanged one: nothing to read, nothing to keep.

    Once a week they are read in any case, for the rules by which they are read may have become better.
    """
    young = state.full_at is not None and now - state.full_at < FULL_EVERY
    if answer.outcome != "ok" or not young or body_hash(answer) != state.body_hash:
        return answer
    return replace(answer, outcome="unchanged", body=b"")


def due(source: Source, state: SourceState, now: datetime) -> bool:
    """Say whether to ask a source now. Asked at this very `now` is done: a killed run asks only the rest."""
    if not source.enabled or state.checked_at == now:
        return False
    return state.next_check_at is None or state.next_check_at <= now
