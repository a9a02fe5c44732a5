"""Events as told by any number of articles, and what a user decided about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from warehouse.records.judgements import Shared
from warehouse.records.kinds import OverrideKind, Relevance


@dataclass(frozen=True, slots=True)
class Story:
    """One real-world event as told by any number of articles."""

    story_id: str  #: opaque, from its founding article, for life
    founded_by: str  #: article_id
    first_seen: datetime
    last_seen: datetime
    event_type: str
    event_date: date | None
    merged_into: str = ""


@dataclass(frozen=True, slots=True)
class Membership:
    """Why an article belongs to a story."""

    story_id: str
    article_id: str
    score: float
    against: str  #: the member it resembles most, "" for the founder
    why: str  #: one line for a person: the shared people, places, dates
    shared: tuple[Shared, ...] = ()  #: the same, each with its words in both
    strand: str = ""  #: part of the story that it tells: talks, signing, business, royal house, ...; "" where unknown


@dataclass(frozen=True, slots=True)
class Move:
    """An article that is no longer in a story."""

    article_id: str
    story_id: str  #: the one that it was in
    to_story: str  #: the one that it is in since then, "" for none
    moved_at: datetime
    why: str  #: one line for a person


@dataclass(frozen=True, slots=True)
class Continuation:
    """A story that follows up an earlier one."""

    story_id: str
    earlier_id: str
    score: float
    why: str
    article_id: str = ""  #: of the later story, the article most like one of the earlier
    against: str = ""  #: that one
    shared: tuple[Shared, ...] = ()  #: what the two share


@dataclass(frozen=True, slots=True)
class Override:
    """What a user decided. It outlives every reprocessing; articles stand for the stories that they were in."""

    override_id: str  #: hash of what was decided, so that the same twice is one row
    kind: OverrideKind
    subjects: tuple[str, ...]  #: articles of the one story (merge), taken out (split), unfolded, relabelled
    others: tuple[str, ...]  #: of the other story (merge), that stayed (split), of the group (unfold)
    stories: tuple[str, ...]  #: as they were named: both (merge), the one that was split
    made_at: datetime
    relevance: Relevance | Literal[""] = ""  #: labels of a relabel; "" and None: as the rules say
    topics: tuple[str, ...] | None = None
    language: str = ""
    note: str = ""
