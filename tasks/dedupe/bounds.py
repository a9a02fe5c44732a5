"""From where two articles are copies: the numbers that comparing and the search for candidates go by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Demands:
    """What two articles must have in common to be a text and its translation."""

    shared: int  #: anchors
    both: float  #: share of either one's anchors that the other has
    numbers: float  #: the same of figures and days
    order: float  #: share of the common ones that stand in one order
    shift: float  #: thousandths of the text by which they may be moved, on the average
    grace: float  #: by how much more for each common one beyond the least: many do not agree by chance
    span: float  #: thousandths of the text from the first common one to the last
    length: float  #: bytes of the shorter text by those of the longer
    within: timedelta  #: from one to the other


# Between what tests/gold, the sample and other labelled articles have of translations, and the nearest that is none.
_STRANGERS = Demands(5, 0.8, 0.7, 0.75, 25.0, 2.0, 350.0, 0.6, timedelta(days=3))
_KIN = Demands(4, 0.8, 0.5, 0.65, 150.0, 0.0, 250.0, 0.5, timedelta(days=7))


@dataclass(frozen=True, slots=True)
class Bounds:
    """Thresholds: notes of the study behind tests/bench/near_duplicates.py, which measures them again."""

    contained: float = 0.55  #: of the shorter text's shingles: edited, cut, or merged with another story
    resembles: float = 0.35  #: Jaccard
    same: float = 0.9  #: Jaccard: the same text but for a by-line
    reworked: float = 0.4  #: containment, where the shared shingles are spread over the whole of the shorter text
    spread: float = 0.88  #: share of windows that hold shared shingles: a quoted background paragraph fills few of them
    enough: int = 40  #: shared shingles that carry a containment
    excerpt: float = 0.9  #: containment of a brief that is cut out of a text
    some: int = 20  #: shared shingles that carry a Jaccard
    brief: int = 25  #: shingles from which equal texts are copies whatever their titles say, and an excerpt is one
    akin: float = 0.2  #: containment of shared paragraphs: no copy, but no stranger either
    least: float = 0.4  #: containment below which no pair is compared
    strangers: Demands = _STRANGERS
    kin: Demands = _KIN  #: of one publisher, or labelled as translated from what the other is written in


BOUNDS = Bounds()
