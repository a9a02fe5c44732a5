"""Which strand of a story an article tells: the talks, the signing, the business forum, the royal house, ..."""

from __future__ import annotations

from tasks.cluster.signature import Judged
from tasks.lexicon import Lexicon
from warehouse.records import Entity

_ROYAL = frozenset({"emperor", "empress", "prince"})
_PARLIAMENT = frozenset({"national assembly chair", "national assembly vice chair", "speaker of the lower house"})
_HEADS = frozenset({"prime minister", "general secretary", "president"})
#: what the event is called says the strand, where nobody's office does
_OF_EVENT = {
    "call": "talks", "meeting": "talks", "pledge": "talks", "statement": "statements", "signing": "signing",
    "loan": "signing", "investment": "business", "trade": "business", "exercise": "defence", "festival": "culture",
    "condolence": "condolence", "appointment": "appointment", "conference": "forum", "visit": "visit",
}  # fmt: skip
#: what stands first of the topics says it where the event alone is any conference or visit
_OF_TOPIC = {
    "economy": "business", "technology": "business", "green": "business", "education": "education",
    "security": "defence", "localities": "localities", "culture": "culture", "community": "community",
    "history": "royal house",
}  # fmt: skip
_LOOSE = frozenset({"forum", "visit"})
_TALKS = frozenset({"talks", "visit"})


def strand(judged: Judged, lexicon: Lexicon | None = None) -> str:
    """Name the strand that an article tells, "" where nothing says so: whom its title names, then event and topic."""
    judgement = judged.judgement
    front = [one for one in judgement.entities if one.in_title or one.in_lead]
    named = [one for one in front if one.in_title] or front
    told = _OF_EVENT.get(judgement.event_type, "")
    if any(_holds(one, _ROYAL, judged, lexicon) for one in named):
        return "royal house"
    speakers = {one.side for one in front if _holds(one, _PARLIAMENT, judged, lexicon)}
    if told in _TALKS and speakers - {one.side for one in front if _holds(one, _HEADS, judged, lexicon)}:
        return "parliament"
    if told in _LOOSE and judgement.topics:
        return _OF_TOPIC.get(judgement.topics[0], told)
    return told


def _holds(one: Entity, offices: frozenset[str], judged: Judged, lexicon: Lexicon | None) -> bool:
    """Say whether somebody holds one of these offices on the article's day, as far as the tables know."""
    person = lexicon.person(one.entity_id) if lexicon and one.kind == "person" else None
    day = (judged.article.published or judged.article.first_seen).date()
    held = person.offices if person else ()
    return any(each.role in offices and each.since <= day <= (each.until or day) for each in held)
