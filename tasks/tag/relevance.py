"""How an article stands to the relation of the two countries: a score made of named parts, each with its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tasks.tag.front import SIDES, Front, both, names_of
from tasks.tag.reading import Reading, Spot
from tasks.tag.weights import WEIGHTS, Weight
from warehouse.records import Evidence, Relevance

_SHOWN = 4
#: bodies of state whose daily work is not the relation: figures of a labour ministry, a consulate's help
_ASIDE = frozenset({"ministry", "consulate", "consul"})

_BETWEEN = {"two countries": "two-countries", "governments": "governments", "friendship": "friendship"}
_CONCRETE = frozenset({"investment", "trade", "loan", "signing", "arrest", "festival", "exercise", "survey", "policy"})
_DAILY = frozenset({"agriculture", "labour", "education", "culture", "tourism", "community", "crime", "aid", "health"})
#: parts whose words are those of a topic, which may stand in the body alone
_TOPIC_OF = {"crime": "crime", "aid-project": "aid"}
_DIPLOMATIC = frozenset({"visit", "call", "meeting", "signing", "exercise", "condolence", "appointment"})
#: how the history of both is told as theirs, not as that of a family
_HONOURED = frozenset({"festival", "conference", "condolence"})
#: what localities do together, not only what happens in them
_TOGETHER = _DIPLOMATIC | {"conference", "pledge"}


@dataclass(frozen=True, slots=True)
class Bounds:
    """From where an article is about the two countries; below, it only mentions both."""

    related: float = 2.0  #: score from which an article is about a link of the two countries
    bilateral: float = 1.5  #: sum of the parts' second weights from which that link is the relation itself


BOUNDS = Bounds()


@dataclass(frozen=True, slots=True)
class Part:
    """One reason with the words that gave it."""

    name: str
    spots: tuple[Spot, ...]
    times: int = 1

    @property
    def weight(self) -> Weight:
        """What it adds."""
        score, state = WEIGHTS[self.name]
        return Weight(score * self.times, state * self.times)


def relevance(
    reading: Reading, front: Front, topics: list[str], topic_words: list[Evidence], bounds: Bounds = BOUNDS
) -> tuple[Relevance, list[Part], list[Evidence]]:
    """Judge; give the class, the parts of the score, and the evidence of each; ``topic_words`` show the topics."""
    parts = [
        part for make in (_together, _links, _actors, _deeds, _elsewhere) for part in make(front, frozenset(topics))
    ]
    score = sum(part.weight.score for part in parts)
    state = sum(part.weight.state for part in parts)
    sides = [any(names_of(front.every, side)) for side in SIDES]
    verdict: Relevance
    if not all(sides):
        verdict = "none"
    elif score < bounds.related:
        verdict = "mention"
    else:
        verdict = "bilateral" if state >= bounds.bilateral else "related"
    evidence = [reading.evidence(f"relevance:{part.name}", spot) for part in parts for spot in part.spots[:_SHOWN]]
    for name in [part.name for part in parts if not part.spots]:
        said = [words for words in topic_words if words.tag == f"topic:{_TOPIC_OF[name]}"]
        evidence += [replace(words, tag=f"relevance:{name}") for words in said]
    return verdict, parts, evidence


def _together(front: Front, _: frozenset[str]) -> Iterator[Part]:
    """Weigh where both countries stand, in their own or in their officials', firms' and places' names."""
    title, lead, either = both(front.title), both(front.lead), both(front.spots)
    if title:
        yield Part("both-in-title", title)
    if lead:
        yield Part("both-in-lead", lead)
        if not front.titled:
            yield Part("lead-for-title", lead)
    elif either and not title:
        yield Part("title-and-lead", either)
    if lead and not title and not front.first(front.title, "third"):
        one = [next(names_of(front.title, side), None) for side in SIDES]
        if any(one):
            yield Part("one-in-title", tuple(spot for spot in one if spot))
    if min(front.in_body(side) for side in SIDES) >= 3:  # noqa: PLR2004 - once or twice is said in passing
        yield Part("both-in-body", both(front.body))


def _links(front: Front, _: frozenset[str]) -> Iterator[Part]:
    """Weigh words for the relation and for links between the two."""
    for name, spots in (("relation-in-title", front.title), ("relation-in-lead", front.lead)):
        if found := [spot for spot in spots if spot.concept.id == "relations"]:
            yield Part(name, tuple(found))
    for meaning, name in _BETWEEN.items() if both(front.spots) else ():
        if found := [spot for spot in front.spots if spot.concept.id == meaning]:
            yield Part(name, tuple(found))
    if found := front.first(front.spots, "pair"):
        yield Part("pair", tuple(found))
        shared = [spot for spot in found if spot.in_title and spot.concept.id == "shared history"]
        if shared and front.event_in(front.title, _HONOURED):
            yield Part("shared-history-in-title", tuple(shared))
    if links := front.first(front.spots, "link"):
        yield Part("link-in-title" if links[0].in_title else "link", (links[0],))
        if len(links) > 1:
            yield Part("more-links", tuple(links[1:]))
        if links[0].in_title and links[0].concept.id.startswith("trainee"):
            yield Part("trainees-in-title", (links[0],))


def _actors(front: Front, topics: frozenset[str]) -> Iterator[Part]:
    """Weigh who acts: the states, firms, bodies, offenders."""
    state = {side: front.state(side) for side in SIDES}
    of_both = all(state.values())
    if of_both:
        yield Part("officials-of-both", tuple(spots[0] for spots in state.values()))
    elif any(state.values()) and both(front.spots):
        yield from _one_sided(front, [*state["vietnam"], *state["japan"]])
    if not of_both and (told := front.event_in(front.title, frozenset({"investment", "trade"}))):
        yield Part("business-in-title", (told,))
    if firms := front.of_group("firm", "bank", "airline"):
        if firms[0].in_title:
            yield Part("firm-in-title", tuple(firms))
        elif not of_both:
            yield Part("firm", tuple(firms))
    if bodies := front.of_group("aid", "trade body", "association", "university", "police", "event"):
        yield Part("aid-or-trade-body", tuple(bodies))
    if "crime" in topics:
        yield Part("crime", front.words_of("crime"))
    if "aid" in topics and not of_both:
        signed = front.event_in(front.spots, frozenset({"signing"}))
        yield Part("aid-signed", (signed,)) if signed else Part("aid-project", front.words_of("aid"))


def _one_sided(front: Front, actors: list[Spot]) -> Iterator[Part]:
    """Weigh officials where those of the other side are not named; a ministry's figures alone are not the relation."""
    told = front.event_in(front.title if front.titled else front.lead, _DIPLOMATIC)
    aside = not told and all(spot.concept.group in _ASIDE for spot in actors)
    yield Part("officials-aside" if aside else "officials-of-one", (actors[0],))
    if told:
        yield Part("diplomacy-in-title" if front.titled else "diplomacy-in-lead", (told,))


def _deeds(front: Front, topics: frozenset[str]) -> Iterator[Part]:
    """Weigh what is done: something that can be pointed at, something between localities."""
    if both(front.lead) and (told := front.event_in(front.title, _CONCRETE)):
        yield Part("concrete-event", (told,))
    if "localities" in topics and (places := both(front.places)):
        yield Part("localities-of-both", places)
    places = both([spot for spot in front.places if spot.in_title])
    friends = any(spot.concept.id == "friendship" for spot in front.spots)
    if places and (friends or front.event_in(front.title, _TOGETHER)):
        yield Part("localities-in-title", places)
    matter = [spot for spot in front.title if spot.concept.kind == "topic" and spot.concept.id in topics & _DAILY]
    if matter and both(front.lead) and not both(front.title) and not front.first(front.spots, "third"):
        yield Part("matter-in-title", tuple(matter))


def _elsewhere(front: Front, _: frozenset[str]) -> Iterator[Part]:
    """Take away for what is told of others: third countries, meetings of many, sport, shows, rankings."""
    third, in_title = front.first(front.spots, "third"), front.first(front.title, "third")
    if len(third) > 2:  # noqa: PLR2004 - a tour with one or two more countries is still a visit
        yield Part("third-countries", tuple(third), len(third) - 2)
    if in_title and not both(front.title):
        yield Part("third-country-in-title", tuple(in_title))
    elif len(in_title) > 1:
        yield Part("others-in-title", tuple(in_title))
    if many := front.first(front.title, "multilateral"):
        yield Part("meeting-of-many", tuple(many))
    elif region := front.first(front.title, "region"):
        yield Part("region-in-title", tuple(region))
    for kind in ("sport", "ranking", "entertainment"):
        spots = [spot for spot in front.spots if spot.concept.kind == kind]
        strength = sum(2 if spot.in_title else 1 for spot in spots)
        if strength > 1 or (spots and kind == "ranking" and len(third) > 2):  # noqa: PLR2004 - as above
            yield Part(kind, tuple(spots))
        elif spots and kind == "sport":
            yield Part("sport-aside", tuple(spots))
