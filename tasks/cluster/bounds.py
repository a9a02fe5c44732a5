"""From where articles are one story, and stories of one matter: the numbers that solving and following up go by."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from tasks.cluster.pairs import weights


@dataclass(frozen=True, slots=True)
class Apart:
    """What parts two articles whatever they share: how far apart one event is told at most."""

    week: timedelta = timedelta(days=7)
    dated: timedelta = timedelta(days=10)  #: where both articles name the same day
    visit: timedelta = timedelta(days=21)  #: where both tell of one person's stay
    leads: int = 5  #: days between those that two leads name: from there on they tell of two events


@dataclass(frozen=True, slots=True)
class Follow:
    """How far a story looks back for what it follows up."""

    same_matter: float = 0.45  #: likelihood but for time and people, the mean over the later story's articles
    long: timedelta = timedelta(days=730)  #: a story of the baseline is followed up however late
    past: timedelta = timedelta(days=60)  #: a month that is named lies farther back, or it is the present
    recent: timedelta = timedelta(days=45)  #: whoever looks back does so soon
    season: timedelta = timedelta(days=200)  #: between two that are held every year


APART, FOLLOW = Apart(), Follow()


@dataclass(frozen=True, slots=True)
class Bounds:
    """The thresholds of a clustering; `join` was learned with the weights of pairs."""

    join: float = field(default_factory=lambda: weights().threshold)  #: mean likelihood from which groups are one story
    apart: Apart = APART
    follow: Follow = FOLLOW
