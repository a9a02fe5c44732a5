"""What people, not rules, did to an issue, and what of it one reader asked for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Erratum:
    """An error of our own in an issue that had gone out: the only words in an issue that a person of ours wrote."""

    week: str  #: of the issue that was wrong
    headline: str  #: of the story that it told wrongly, "" for the issue as a whole
    headline_language: str
    words: str
    language: str  #: of the words


@dataclass(frozen=True, slots=True)
class ByHand:
    """What the desk changed in an issue before it went out, and what it corrects of earlier ones."""

    dropped: int = 0  #: stories left out
    pinned: tuple[str, ...] = ()  #: story_ids put first, the last one pinned at the top
    errata: tuple[Erratum, ...] = ()  #: oldest first


@dataclass(frozen=True, slots=True)
class Cut:
    """What a reader asked for, where that is not everything."""

    topics: tuple[str, ...]  #: codes
    dossiers: tuple[str, ...]  #: ids, and groups that dossiers are for
    others: int  #: stories of the whole issue that are not in this copy
