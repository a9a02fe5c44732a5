"""Which of the sixteen topics an article is about."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import chain

from tasks.tag.front import SIDES, Front, both
from tasks.tag.reading import Reading, Spot
from warehouse.records import Evidence

#: what one sentence of each says of a topic; fitted on what may be looked at
_TITLE, _LEAD, _BODY = 2.0, 1.0, 0.5
_LATER = 0.7  # what is left of a word of the lead after its first sentence, where a text is long
_BODY_MOST = 1.2  # what the body can add: three sentences make a topic, twenty no more
_SENTENCE_MOST = 1.2  # weak words of one sentence add up, but a sentence is no article
_ENOUGH = 1.0
#: economy is told in many words of little weight; the others are often named in passing
_ENOUGH_OF = {"economy": 0.75, "labour": 1.1, "education": 2.0, "health": 1.3, "history": 1.3, "tourism": 1.3}
#: where officials of both sides stand in front, what they speak of is told in few words
_ENOUGH_IN_TALKS = {"economy": 0.6, "security": 0.6}
#: what most articles also touch: where the title tells of another topic, a word or two below it is no subject
_TOUCHED = frozenset({"economy", "politics"})
_ENOUGH_BESIDE = 1.3
_LIVING = frozenset({"labour", "education", "community"})
#: what is stolen or smuggled is not what a report of the police is about either
_BOOTY = frozenset({"green", "agriculture", "economy", "technology", "health", "culture", "tourism"})
#: what officials put under or hand over: their offices alone do not make it politics
_MATTER = frozenset({"aid", "security", "localities"})
_AUTHORITIES = frozenset({"province", "prefecture", "city"})
_CAPITALS = frozenset({"ha-noi", "tokyo"})  # stand for their states as often
_TOGETHER = frozenset({"signing", "pledge", "meeting", "visit"})
_CARE = frozenset({"health", "education", "culture", "community"})  # what firms also do, not for business
_SPEAKERS = frozenset(
    {"head of government", "head of state", "deputy head of state", "party leader", "party officer", "speaker", "royal"}
)
_LIST = 4  # topics in one sentence from which it is a list of fields and speaks of none
_LISTED = 0.5  # what is left of a list in the lead: it may be all that there is; in the body nothing is
_SHORT = 3  # sentences up to which a text is a notice: its lists count
_SHOWN = 3
_BODY_LEAST = 2  # sentences of the body that speak of a topic before it counts where title and lead do not
_HOSPITAL = re.compile(r"\s?(?:Hospital|Medical|病院|附属病院|医院|醫院|병원)")

#: what bodies and firms stand for by their nature
_KIND_TOPIC = {
    "university": ("education", 0.6),
    "aid": ("aid", 0.8),
    "mission": ("politics", 0.6),
    "consulate": ("community", 0.6),
    "parliament": ("politics", 0.6),
    "party": ("politics", 0.6),
    "military": ("security", 0.6),
    "police": ("crime", 0.4),
    "firm": ("economy", 0.5),
    "bank": ("economy", 0.5),
    "airline": ("tourism", 0.6),
    "trade body": ("economy", 0.6),
}

Weights = dict[int, float]  # by sentence


def topics(reading: Reading, front: Front) -> tuple[list[str], list[Evidence]]:
    """Give the topics, strongest first, each with evidence."""
    talks = all(front.state(side) for side in SIDES)
    spots: dict[str, list[Spot]] = defaultdict(list)
    weights: dict[str, Weights] = defaultdict(lambda: defaultdict(float))
    for topic, weight, spot in chain(_said(reading), _talks(front) if talks else (), _localities(front)):
        spots[topic].append(spot)
        weights[topic][spot.sentence] = min(_SENTENCE_MOST, weights[topic][spot.sentence] + weight)
    lists = (_lists(weights.values()) if len(reading.sentences) > _SHORT else set()) | _background(reading)
    scores = {topic: _score(reading, said, lists) for topic, said in weights.items()}
    enough = {**_ENOUGH_OF, **(_ENOUGH_IN_TALKS if talks else {})}
    found = [topic for topic, score in scores.items() if score >= enough.get(topic, _ENOUGH)]
    titled = {topic for topic in found if -1 in weights[topic]}
    aside = _aside({*found}, titled, front, in_earnest=scores.get("crime", 0.0) >= _TITLE)
    if titled and not talks:
        aside |= {topic for topic in _TOUCHED - titled if scores.get(topic, 0.0) < _ENOUGH_BESIDE}
    if _CARE & {*found} and all(spot.concept.kind == "organisation" for spot in spots["economy"]):
        aside |= {"economy"}  # a firm's name says who, not what
    found = [topic for topic in found if topic not in aside]
    found.sort(key=lambda one: (-scores[one], one))
    evidence = []
    for topic in found:
        first = {spot.sentence: spot for spot in reversed(spots[topic])}
        shown = sorted(first.values(), key=lambda spot: (not spot.in_title, spot.start))
        evidence += [reading.evidence(f"topic:{topic}", spot) for spot in shown[:_SHOWN]]
    return found, evidence


def _aside(found: set[str], titled: set[str], front: Front, *, in_earnest: bool) -> set[str]:
    """Give the topics that only go with another one: a suspect's trade and booty, the office of who puts under."""
    aside: set[str] = set()
    if "crime" in found:
        aside |= (_LIVING - titled) | (_BOOTY if in_earnest else set())
    if _MATTER & titled and "politics" not in titled and not _is_diplomacy(front):
        aside.add("politics")
    return aside


def _said(reading: Reading) -> Iterable[tuple[str, float, Spot]]:
    """Give every word that speaks of a topic; inside a body's name only what that body stands for."""
    bodies = reading.of("organisation")
    inside = {(spot.in_title, place): spot for spot in bodies for place in range(spot.start, spot.end)}
    for spot in bodies:
        if spot.concept.group == "university" and _HOSPITAL.match(reading.source(spot), spot.end):
            continue
        if spot.concept.group in _KIND_TOPIC:
            yield (*_KIND_TOPIC[spot.concept.group], spot)
    seen = set()
    for spot in reading.of("topic"):
        body = inside.get((spot.in_title, spot.start))
        if body and _hides(body, spot):
            continue
        word = (spot.concept.id, spot.sentence, reading.words(spot).casefold())
        if word not in seen and spot.concept.weight:  # none: a longer term that means something else
            seen.add(word)
            yield spot.concept.id, spot.concept.weight, spot


def _is_diplomacy(front: Front) -> bool:
    """Say whether somebody stands in front who speaks for a whole state: no field's minister alone."""
    roles = any(spot.concept.kind == "role" and spot.concept.group in _SPEAKERS for spot in front.spots)
    return roles or bool(front.of_group("leader", "foreign ministry", "party", "parliament"))


def _talks(front: Front) -> Iterable[tuple[str, float, Spot]]:
    """Give those in office of both sides: where they stand together in front, it is politics."""
    speakers = [[one for one in front.state(side) if one.concept.group != "military"] for side in SIDES]
    if all(speakers):
        yield from (("politics", 0.6, spots[0]) for spots in speakers)


def _localities(front: Front) -> Iterable[tuple[str, float, Spot]]:
    """Give places of both countries whose authorities do something together, as the title or the first sentence says.

    A capital may be the other's partner in a title; in a sentence it is where things happen.
    """
    if front.of_group("firm", "airline", "university"):
        return
    first = [spot for spot in front.lead if spot.sentence == 0]
    for spots, told in ((front.title, front.title), (first, [*front.title, *first])):
        places = both([spot for spot in spots if spot.concept.kind == "place" and spot.concept.group in _AUTHORITIES])
        capitals = {spot.concept.id for spot in places} & _CAPITALS
        fit = len(capitals) < len(places) if spots is front.title else places and not capitals
        if fit and front.event_in(told, _TOGETHER):
            yield from (("localities", 0.5, spot) for spot in places)


def _hides(body: Spot, spot: Spot) -> bool:
    """Say whether a word is but part of a body's name that stands for something else (the police in a coast guard)."""
    within = body.end >= spot.end and body.end - body.start > spot.end - spot.start
    return within and _KIND_TOPIC.get(body.concept.group, ("", 0.0))[0] != spot.concept.id


def _lists(by_topic: Iterable[Weights]) -> set[int]:
    """Find the sentences that name four topics or more."""
    count: dict[int, int] = defaultdict(int)
    for said in by_topic:
        for sentence, weight in said.items():
            count[sentence] += sentence >= 0 and weight >= _ENOUGH
    return {sentence for sentence, named in count.items() if named >= _LIST}


def _background(reading: Reading) -> set[int]:
    """Find the sentences of the body that tell what every copy tells of the two countries."""
    return {spot.sentence for spot in reading.of("background") if spot.zone == "body"}


def _score(reading: Reading, said: Weights, lists: set[int]) -> float:
    """Sum what title, lead and body say of one topic."""
    title = lead = body = 0.0
    told = 0
    for sentence, weight in said.items():
        if sentence < 0:
            title += weight
        elif reading.sentences[sentence][0] < reading.lead_end:
            late = _LATER if sentence and len(reading.sentences) > _SHORT else 1.0
            lead += weight * (_LISTED if sentence in lists else late)
        elif sentence not in lists:
            body += weight
            told += 1
    if not (title or lead) and told < _BODY_LEAST:
        return 0.0
    return title * _TITLE + lead * _LEAD + min(body * _BODY, _BODY_MOST)
