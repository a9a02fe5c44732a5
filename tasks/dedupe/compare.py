"""Two texts side by side: what they share, and whether one repeats the other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from tasks.dedupe.bounds import BOUNDS, Bounds
from tasks.dedupe.prints import Printed, density, shingles
from tasks.dedupe.translations import Agreement, translated
from warehouse.records import DuplicateKind

_WINDOW = 16  # shingles


@dataclass(frozen=True, slots=True)
class Likeness:
    """Why one article repeats another."""

    kind: DuplicateKind
    score: float
    evidence: str


@dataclass(frozen=True, slots=True)
class _Overlap:
    shared: float
    shorter: int  #: shingles of the shorter text
    union: float
    spread: float  #: share of windows that hold shared shingles: of the shorter text, or of the one held
    sampled: bool

    @property
    def containment(self) -> float:
        return min(1.0, self.shared / self.shorter) if self.shorter else 0.0

    @property
    def jaccard(self) -> float:
        return min(1.0, self.shared / self.union) if self.union else 0.0


def compare(one: Printed, other: Printed, bounds: Bounds = BOUNDS) -> Likeness | None:
    """Say how one article repeats the other, the same whichever comes first; None where it does not."""
    if twins(one, other):
        return Likeness("translation", 1.0, f"translations under one address: {one.fingerprint.twin}")
    if _equal(one, other, bounds):
        return Likeness("exact", 1.0, f"the same text, {one.fingerprint.shingles} shingles, but for case and marks")
    overlap = _overlap(one, other)
    if overlap.jaccard >= bounds.same and overlap.shared >= bounds.enough:
        return Likeness("exact", round(overlap.containment, 3), _say(overlap))
    if _near(overlap, bounds):
        return Likeness("near", round(overlap.containment, 3), _say(overlap))
    if agreed := translated(one, other, bounds):
        return Likeness("translation", round(agreed.score, 3), _say_agreed(agreed))
    return None


def akin(one: Printed, other: Printed, bounds: Bounds = BOUNDS) -> bool:
    """Say whether two texts share paragraphs at least."""
    if one.fingerprint.shingles and one.fingerprint.body_hash == other.fingerprint.body_hash:
        return True
    return _overlap(one, other).containment >= bounds.akin


def twins(one: Printed, other: Printed) -> bool:
    """Say whether two articles are translations of one, by their addresses."""
    twins = one.fingerprint.twin != "" and one.fingerprint.twin == other.fingerprint.twin
    return twins and one.article.language != other.article.language


def _equal(one: Printed, other: Printed, bounds: Bounds) -> bool:
    first, second = one.fingerprint, other.fingerprint
    if not first.shingles or first.body_hash != second.body_hash:
        return False
    return first.shingles >= bounds.brief or one.article.title.casefold() == other.article.title.casefold()


def _near(overlap: _Overlap, bounds: Bounds) -> bool:
    if overlap.jaccard >= bounds.resembles and overlap.shared >= bounds.some:
        return True
    if overlap.containment >= bounds.excerpt and overlap.shared >= bounds.brief:
        return True
    if overlap.shared < bounds.enough:
        return False
    return overlap.containment >= bounds.contained or (
        overlap.containment >= bounds.reworked and overlap.spread >= bounds.spread
    )


def _overlap(one: Printed, other: Printed) -> _Overlap:
    """Compare full texts; where a text is not held, its sample with the same sample of the other."""
    short, long = sorted((one, other), key=lambda side: (side.fingerprint.shingles, side.article.article_id))
    if not (short.article.text and long.article.text):
        return _sampled(short, long)
    in_order, there = _shingles(short.article.text), frozenset(_shingles(long.article.text))
    here = frozenset(in_order)
    shared = here & there
    return _Overlap(len(shared), len(here), len(here | there), _spread(in_order, shared, _WINDOW), sampled=False)


def _sampled(short: Printed, long: Printed) -> _Overlap:
    keep = max(_density(short), _density(long))
    here, there = _sample(short, keep), _sample(long, keep)
    shared = here & there
    spread = _spread(_shingles(short.article.text or long.article.text), shared, _WINDOW * keep)
    return _Overlap(len(shared) * keep, len(here) * keep, len(here | there) * keep, spread, sampled=True)


def _density(printed: Printed) -> int:
    return 1 if printed.article.text else density(printed.fingerprint)


def _sample(printed: Printed, keep: int) -> frozenset[int]:
    text = printed.article.text
    hashes = _shingles(text) if text else printed.fingerprint.sample
    return frozenset(value for value in hashes if value % keep == 0)


def _spread(in_order: tuple[int, ...], shared: frozenset[int], size: int) -> float:
    windows = [in_order[start : start + size] for start in range(0, len(in_order), size)]
    return sum(any(value in shared for value in window) for window in windows) / max(1, len(windows))


@lru_cache(maxsize=512)  # a batch and its neighbours: each text is compared several times
def _shingles(text: str) -> tuple[int, ...]:
    return tuple(shingles(text))


def _say(overlap: _Overlap) -> str:
    about = "about " if overlap.sampled else ""
    return (
        f"{about}{overlap.shared:.0f} of the shorter text's {overlap.shorter} shingles shared "
        f"({overlap.containment:.0%}), {overlap.jaccard:.0%} of both together"
    )


def _say_agreed(agreed: Agreement) -> str:
    here, there = sorted(agreed.containments)
    return (
        f"translations: {len(agreed.keys)} names, figures and days are in both ({here:.0%} and {there:.0%} of all), "
        f"{agreed.order:.0%} of them in one order, {agreed.shift / 10:.0f}% of the text apart on the average"
    )
