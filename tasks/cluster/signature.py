"""What of an article is compared with others: who, where, what, how much, when; each as far as it stands out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from tasks.cluster.matters import matters, unspaced
from tasks.cluster.scan import invites, months, names, visited
from tasks.cluster.towns import around, towns
from tasks.figures import days, figures
from tasks.lexicon import Lexicon
from tasks.text import fold
from warehouse.records import Article, Entity, Judgement

_LEAD, _CJK_LEAD = 400, 160  # characters of the text that count as its lead
DEPTH = 3000  # characters of the text that are read: background follows
STANDS_OUT = 0.7  #: in the lead, or often in the body
_IN_TITLE, _IN_BODY, _AGAIN = 1.0, 0.3, 0.1  # how far a key stands out; the last for each repetition
_NEAR = timedelta(days=45)  # a day that lies farther from the article's own is background
_GRAM, _CJK_GRAM = 4, 2  # characters
_PRIVATE = 9  # below all levels of office
_SUMMIT, _AT = "-summit", "at-"  # how matters.csv names summits of many, and places in third countries
_FIRMS = frozenset({"firm", "bank"})
_RESIDENT = (
    "ambassador",
    "đại sứ",
    "大使",
    "대사",
    "ambassadør",
    "embajador",
    "ambassadeur",
    "botschafter",
)  # no visitor

Keys = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Judged:
    """An article in its current revision, with what is held of it."""

    article: Article
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Signature:
    """An article as it is compared. Keys carry how far they stand out, 0 to 1."""

    article_id: str
    at: datetime
    language: str
    keys: Mapping[str, Keys]  #: by kind: person, organisation, place, matter, figure, name, day, title, lead
    main: Mapping[str, str]  #: the person who stands out most, by side
    visit: tuple[str, str] | None  #: who is in the other country, and its side
    venues: frozenset[str]  #: summits, and countries besides the two, at which the title says that both sides meet
    towns: frozenset[str]  #: those that stand out most, and what they lie in
    around: frozenset[str]  #: all places, and what they lie in
    set_on: frozenset[date]  #: the days that title and lead name
    recent: frozenset[date]  #: those that lie near the article's own day: what lies farther off is background
    event_type: str
    event_date: date | None
    event_place: str
    topics: frozenset[str]
    leaders: frozenset[str]  #: who leads a state, government, party or parliament
    months: frozenset[tuple[int, int]]  #: (year, month) that it names
    actors: Mapping[str, frozenset[str]]  #: police forces of title and lead, Japanese firms of the title
    labels: Mapping[str, str]  #: entity_id -> its name
    sides: Mapping[str, str]  #: entity_id -> its side


def sign(judged: Judged, lexicon: Lexicon | None = None) -> Signature:
    """Take the signature of an article; the lexicon says who holds which office."""
    article, judgement = judged.article, judged.judgement
    at = (article.published or article.first_seen).astimezone(UTC)
    language = judgement.language or article.language
    people = sorted(
        (one for one in judgement.entities if one.kind == "person" and (one.in_title or one.in_lead)),
        key=lambda one: (-one.in_title, -one.in_lead, -one.mentions),
    )
    set_on = _dated(article, at.date())
    keys = {kind: _entities(judgement, kind) for kind in ("person", "organisation", "place")} | _read(article, language)
    main: dict[str, str] = {one.side: one.entity_id for one in reversed(people)}
    visit = _visit(judged, [one for one in people if not _resident(one, at.date(), lexicon)], lexicon)
    return Signature(
        article_id=article.article_id,
        at=at,
        language=language,
        keys=keys,
        main=main,
        visit=visit,
        venues=_venues(keys["matter"], visit) if main.keys() >= {"vietnam", "japan"} else frozenset(),
        towns=around(towns(_foremost(keys["place"]))),
        around=around(keys["place"]),
        set_on=frozenset(set_on),
        recent=frozenset(day for day in set_on if abs(day - at.date()) <= _NEAR),
        event_type=judgement.event_type,
        event_date=judgement.event_date,
        event_place=judgement.event_place,
        topics=frozenset(judgement.topics),
        leaders=frozenset(one.entity_id for one in people if _level(one, lexicon) == 1),
        months=frozenset(months(_folded(article.text[:DEPTH]))),
        actors=_actors(judgement, lexicon),
        labels={one.entity_id: one.name for one in judgement.entities},
        sides={one.entity_id: one.side for one in judgement.entities},
    )


def _actors(judgement: Judgement, lexicon: Lexicon | None) -> dict[str, frozenset[str]]:
    """Give whom only one event can have: a crime its police, an investment its firm."""
    kinds = lexicon.kinds if lexicon else {}
    named = [one for one in judgement.entities if one.kind == "organisation" and (one.in_title or one.in_lead)]
    police = frozenset(one.entity_id for one in named if kinds.get(one.entity_id) == "police")
    firms = (one.entity_id for one in named if one.in_title and one.side == "japan")
    return {"police": police, "firms": frozenset(one for one in firms if kinds.get(one) in _FIRMS)}


def _entities(judgement: Judgement, kind: str) -> Keys:
    return {one.entity_id: _outstanding(one) for one in judgement.entities if one.kind == kind}


def _outstanding(one: Entity) -> float:
    place = _IN_TITLE if one.in_title else STANDS_OUT if one.in_lead else _IN_BODY
    return min(1.0, place + _AGAIN * (one.mentions - 1))


def _foremost(keys: Keys) -> frozenset[str]:
    return frozenset(key for key, value in keys.items() if value >= _IN_TITLE)


def _venues(about: Keys, visit: tuple[str, str] | None) -> frozenset[str]:
    """Give where else two leaders meet; a visitor may be on his way to another country, or to a summit of many."""
    return frozenset(one for one in _foremost(about) if one.endswith(_SUMMIT) or (not visit and one.startswith(_AT)))


def _lead(text: str) -> str:
    return text[: _CJK_LEAD if unspaced(text[:_LEAD]) else _LEAD]


@lru_cache(maxsize=4)  # title, lead and text of the article at hand
def _folded(text: str) -> str:
    return fold(text)


def _read(article: Article, language: str) -> dict[str, Keys]:
    text, lead, title = article.text[:DEPTH], _lead(article.text), article.title[:_LEAD]
    folded = f"{_folded(title)}\n{_folded(text)}"
    counted = Counter(matters(text[len(lead) :], language))
    about = {matter: min(1.0, _IN_BODY + _AGAIN * (count - 1)) for matter, count in counted.items()}
    about |= dict.fromkeys(matters(lead, language), STANDS_OUT)
    about |= dict.fromkeys(matters(title, language), _IN_TITLE)
    return {
        "matter": about,
        "figure": dict.fromkeys(figures(folded), 1.0),
        "day": {f"{month}-{day}": 1.0 for month, day in days(folded)},
        "name": dict.fromkeys(names(f"{title}\n{text}"), 1.0),
        "title": _grams(title),
        "lead": _grams(lead),
    }


def _grams(text: str) -> Keys:
    """Cut folded text into overlapping pieces, shorter ones where a character says as much as a syllable."""
    size = _CJK_GRAM if unspaced(text) else _GRAM
    joined = " ".join(_folded(text).split())
    return {joined[at : at + size]: 1.0 for at in range(len(joined) - size + 1)}


def _dated(article: Article, at: date) -> set[date]:
    """Give the days that title and lead name, in the year that brings each nearest to the article's own day."""
    found = set()
    for month, day in days(f"{_folded(article.title[:_LEAD])}\n{_folded(_lead(article.text))}"):
        dates = [_day(year, month, day) for year in (at.year - 1, at.year, at.year + 1)]
        found |= set(sorted((one for one in dates if one), key=lambda one: abs(one - at))[:1])
    return found


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # 31 April, 29 February
        return None


def _resident(one: Entity, at: date, lexicon: Lexicon | None) -> bool:
    person = lexicon.person(one.entity_id) if lexicon else None
    offices = person.offices if person else ()
    held = [office.role for office in offices if office.since <= at <= (office.until or at)]
    return any(word in role for role in (*held, one.role.casefold()) for word in _RESIDENT)


def _visit(judged: Judged, people: list[Entity], lexicon: Lexicon | None) -> tuple[str, str] | None:
    """Say who is in the other country: of that side, named in title or lead, highest in office."""
    article, judgement = judged.article, judged.judgement
    if judgement.event_type == "call" or not people or invites(_folded(article.title[:_LEAD])):
        return None
    host = _host(article, next((one.side for one in judgement.entities if one.entity_id == judgement.event_place), ""))
    guests = [one for one in people if host and one.side not in {host, "third"}]
    return (min(guests, key=lambda one: (not one.in_title, _level(one, lexicon))).entity_id, host) if guests else None


def _host(article: Article, place: str) -> str:
    """Say which side is visited: as the title says; as lead and place say, if they agree; or as the text says."""
    if side := visited(_folded(article.title[:_LEAD])):
        return side
    side, place = visited(_folded(_lead(article.text))), place if place in {"vietnam", "japan"} else ""
    if side and place:
        return side if side == place else ""
    return side or place or visited(_folded(article.text[:DEPTH]))


def _level(one: Entity, lexicon: Lexicon | None) -> int:
    person = lexicon.person(one.entity_id) if lexicon else None
    return person.level if person else _PRIVATE
