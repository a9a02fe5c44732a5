"""What makes a story matter: named parts, summed, so that a reader may ask why one stands above another."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from tasks.compose.desk import fresh, originals, voices
from tasks.compose.offices import level_of
from tasks.compose.reach import separate_texts, sides
from tasks.text import clean
from warehouse.issue import Section, Status, Told
from warehouse.records import Judgement

LATE_DAYS = 14  # published longer before it was found: a late find, never new

SECTIONS: dict[Section, tuple[str, ...]] = {
    "politics": ("politics",),
    "security": ("security",),
    "economy": ("economy", "aid", "technology", "green", "agriculture"),
    "people": ("labour", "education", "community"),
    "localities": ("localities", "culture", "tourism", "history"),
    "society": ("crime", "health"),
    "other": (),
}
_RELEVANCE = {"bilateral": 3.0, "related": 1.0, "mention": 0.0, "none": 0.0}
_NOVELTY: dict[Status, float] = {"new": 1.0, "follow-up": 0.8, "corrected": 0.6, "grew": 0.4, "late": 0.0}


def status(told: Told) -> Status:
    """Say what a story is against what was told before."""
    if told.corrected:
        return "corrected"
    if told.old:
        return "grew"
    if all(one.published and (one.first_seen - one.published).days > LATE_DAYS for one in fresh(told)):
        return "late"
    return "follow-up" if told.earlier else "new"


def judged(told: Told) -> tuple[Judgement, ...]:
    """Give the judgements that speak for the story: of its voices, else of all the week's originals."""
    chosen = voices(told) or originals(told)
    return tuple(told.judgements[one.article_id] for one in chosen if one.article_id in told.judgements)


def topics(told: Told) -> tuple[str, ...]:
    """Give the topics, strongest first: an article's first topic counts 1, its second 1/2, and so on."""
    weights: defaultdict[str, float] = defaultdict(float)
    for judgement in judged(told):
        for place, topic in enumerate(judgement.topics, 1):
            weights[topic] += 1 / place
    return tuple(sorted(weights, key=lambda topic: (-weights[topic], topic)))


def section(found: Sequence[str]) -> Section:
    """Give the section of a story's strongest topic."""
    strongest = found[0] if found else ""
    return next((name for name, members in SECTIONS.items() if strongest in members), "other")


def parts(told: Told, *, in_dossier: bool = False) -> tuple[tuple[str, float], ...]:
    """Weigh a story by named parts; their sum is its rank. What is tracked are the dossiers and the baseline."""
    judgements = judged(told)
    roles = [clean(entity.role) for one in judgements for entity in one.entities if entity.kind == "person"]
    weighed = {
        "relevance": max((_RELEVANCE[one.relevance] for one in judgements), default=0.0),
        "reach": min(4.0, 1.2 * math.log2(1 + separate_texts(told))),
        "sides": 0.8 * max(0, len(sides(told)) - 1),
        "languages": min(1.2, 0.4 * max(0, len({one.language for one in voices(told)}) - 1)),
        "people": max(map(level_of, roles), default=0.0),
        "novelty": _NOVELTY[status(told)],
        "follow-up": 0.4 if told.earlier else 0.0,
        "tracked": 0.5 * in_dossier + 0.4 * any(one.baseline for one in told.earlier),
    }
    return tuple((name, round(value, 3)) for name, value in weighed.items())
