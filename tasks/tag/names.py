"""Who and what an article names: people with the role as reported, organisations, places."""

from __future__ import annotations

from collections import defaultdict
from typing import Literal, cast

from tasks.lexicon import Lexicon
from tasks.tag.people import contradictions, reported_role
from tasks.tag.reading import Reading, Spot
from warehouse.records import Entity, Evidence, Side

_SHOWN = 3  # pieces of evidence a name: more only repeat


def entities(reading: Reading, lexicon: Lexicon) -> tuple[list[Entity], list[Evidence]]:
    """List people, organisations and places, the weightiest first, each with evidence."""
    by_id: dict[str, list[Spot]] = defaultdict(list)
    for spot in reading.of("person", "organisation", "place"):
        by_id[spot.concept.id].append(spot)
    found, evidence = [], []
    for entity_id, spots in by_id.items():
        concept = spots[0].concept
        person = lexicon.person(entity_id) if concept.kind == "person" else None
        role = reported_role(reading, spots, person) if concept.kind == "person" else None
        evidence += [reading.evidence(f"{concept.kind}:{entity_id}", spot) for spot in spots[:_SHOWN]]
        if role:
            evidence += [role, *contradictions(reading, person, role)]
        found.append(
            Entity(
                entity_id=entity_id,
                name=concept.label,
                kind=cast("Literal['person', 'organisation', 'place']", concept.kind),
                side=cast("Side", concept.side),
                mentions=len(spots),
                in_title=spots[0].in_title,
                in_lead=any(spot.zone == "lead" for spot in spots),
                role=role.text if role else "",
            )
        )
    found.sort(key=lambda one: (not one.in_title, not one.in_lead, -one.mentions))
    return found, evidence
