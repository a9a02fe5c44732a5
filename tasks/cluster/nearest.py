"""Why an article is not in another story: the one of others that it resembles most, and what keeps the two apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tasks.cluster.pairs import likelihood, weigh, weights
from tasks.cluster.reach import parted
from tasks.cluster.reasons import reason
from tasks.cluster.signature import Judged, sign
from tasks.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Nearest:
    """The article that another resembles most, though they tell different stories."""

    against: str
    score: float  #: likelihood that both tell one event
    threshold: float  #: mean likelihood from which two groups are one story
    why: str  #: what they share
    why_not: str  #: what keeps them apart


def nearest(one: Judged, others: Sequence[Judged], lexicon: Lexicon | None = None) -> Nearest:
    """Find the likeliest of ``others``, at least one; ties fall to the smaller id."""
    mine = weigh(sign(one, lexicon), weights())
    weighed = [weigh(sign(other, lexicon), weights()) for other in others]
    scored = [(-likelihood(mine, other, weights()), other.signature.article_id, at) for at, other in enumerate(weighed)]
    score, against, at = min(scored)
    veto = parted(mine.signature, weighed[at].signature)
    least = weights().threshold
    low = "too unlike" if -score < least else "alike, but its story as a whole is too unlike"
    return Nearest(against, round(-score, 3), least, reason(mine, weighed[at]), veto or low)
