"""Who was named in a story, and in the week, with the role as reported."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from tasks.compose.desk import Desk, originals, voices
from warehouse.issue import Entry, Name, Person, Quote, Told
from warehouse.records import Article, Entity, Side

PEOPLE_A_STORY = 4
PEOPLE_A_WEEK = 8
_PHRASE = re.compile(r"[^\n。！？!?;；]{1,90}")  # a role is a phrase; what runs over a sentence's end is none


def people(desk: Desk, told: Told) -> tuple[Person, ...]:
    """Give the people who stand out in a story, each with one role a language."""
    ranked = _ranked(told, "person")[:PEOPLE_A_STORY]
    return tuple(Person(desk.name(one), _roles(desk, told, one.entity_id)) for one in ranked)


def actors(desk: Desk, told: Told) -> tuple[Name | None, Name | None]:
    """Give who acts in a story and the counterpart of the other side: a person, else an organisation."""
    firsts = [one for one in (_first(told, "vietnam"), _first(told, "japan")) if one]
    order = [one.entity_id for one in (*_ranked(told, "person"), *_ranked(told, "organisation"))]
    names = [desk.name(one) for one in sorted(firsts, key=lambda one: order.index(one.entity_id))]
    return (names[0] if names else None), (names[1] if len(names) > 1 else None)


def place(desk: Desk, told: Told) -> Name | None:
    """Give the place that most of the story's articles name as the event's."""
    named = list(_named(told))
    ids = {one.article_id: told.judgements[one.article_id].event_place for one, _ in named}
    votes = Counter(found for found in ids.values() if found)
    best = min(votes, key=lambda found: (-votes[found], found), default="")
    return next((desk.name(entity) for _, entity in named if entity.entity_id == best), None)


def people_of_week(entries: Sequence[Entry]) -> tuple[Person, ...]:
    """Give the people named in most stories; in one story each counts once."""
    counts: Counter[str] = Counter()
    names: dict[str, Name] = {}
    roles: dict[str, dict[str, Quote]] = {}
    for entry in entries:
        for person in entry.people:
            key = person.name.entity_id
            counts[key] += 1
            names.setdefault(key, person.name)
            for role in person.roles:
                roles.setdefault(key, {}).setdefault(role.language, role)
    order = sorted(names, key=lambda key: -counts[key])[:PEOPLE_A_WEEK]  # stable: ties stay in the order of rank
    return tuple(Person(names[key], tuple(roles.get(key, {}).values())) for key in order)


def _first(told: Told, side: Side) -> Entity | None:
    ranked = (*_ranked(told, "person"), *_ranked(told, "organisation"))
    return next((one for one in ranked if one.side == side), None)


def _named(told: Told) -> Iterator[tuple[Article, Entity]]:
    for article in voices(told) or originals(told):
        if judgement := told.judgements.get(article.article_id):
            yield from ((article, entity) for entity in judgement.entities)


def _ranked(told: Told, kind: str) -> list[Entity]:
    """Rank a story's entities of a kind by how many articles name them, and where."""
    weights: Counter[str] = Counter()
    first: dict[str, Entity] = {}
    for _, entity in _named(told):
        if entity.kind == kind:
            weights[entity.entity_id] += 2 + 3 * entity.in_title + entity.in_lead + min(entity.mentions, 4)
            first.setdefault(entity.entity_id, entity)
    return [first[key] for key in sorted(first, key=lambda key: (-weights[key], key))]


def _roles(desk: Desk, told: Told, entity_id: str) -> tuple[Quote, ...]:
    """Give a person's role as reported, one a language; one that is no phrase of the article is not shown."""
    found: dict[str, Quote] = {}
    for article, entity in _named(told):
        if entity.entity_id == entity_id and _PHRASE.fullmatch(entity.role) and article.language not in found:
            for standing in _standing(desk, article, entity.role):
                found[article.language] = standing
    return tuple(found.values())


def _standing(desk: Desk, article: Article, words: str) -> Iterable[Quote]:
    start = article.text.find(words)
    if start >= 0:
        yield desk.quote(article, "text", start, start + len(words))
    elif (start := article.title.find(words)) >= 0:
        yield desk.quote(article, "title", start, start + len(words))
