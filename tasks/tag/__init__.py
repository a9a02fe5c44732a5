"""Judge one article: language, relevance, topics, names, event, amounts, origin - everything with its words."""

from __future__ import annotations

from tasks.language import language as language_of
from tasks.lexicon import Lexicon
from tasks.tag.amounts import amounts
from tasks.tag.anchors import anchors
from tasks.tag.days import days
from tasks.tag.encounters import encounters, placed
from tasks.tag.events import dates_ahead, event_date, event_place, event_type
from tasks.tag.front import Front
from tasks.tag.names import entities
from tasks.tag.people import settle
from tasks.tag.reading import read
from tasks.tag.relevance import BOUNDS, Bounds, relevance
from tasks.tag.topics import topics
from tasks.tag.wire import wire
from warehouse.records import Article, Judgement

__all__ = ["BOUNDS", "RULES", "Bounds", "tag"]

RULES = "tag-2"  # raised whenever rules or tables judge otherwise: `vnjp reprocess` then judges again


def tag(article: Article, lexicon: Lexicon, bounds: Bounds = BOUNDS) -> Judgement:
    """Judge an article by its title and text. Every tag has evidence whose offsets are into the fields as stored."""
    language = language_of(article.title, article.text) or article.language
    reading = settle(read(article, lexicon, language), lexicon)
    front = Front(reading)
    said, topic_words = topics(reading, front)
    verdict, parts, relevance_words = relevance(reading, front, said, topic_words, bounds)
    named, name_words = entities(reading, lexicon)
    kind, kind_words = event_type(reading)
    found = days(reading)
    day, day_words = event_date(reading, found)
    place, place_words = event_place(reading)
    sums, sum_words = amounts(reading)
    origin, origin_words = wire(reading)
    return Judgement(
        article_id=article.article_id,
        revision=article.revision,
        language=language,
        relevance=verdict,
        relevance_score=round(sum(part.weight.score for part in parts), 2),
        relevance_parts=tuple((part.name, part.weight.score) for part in parts),
        topics=tuple(said),
        entities=tuple(named),
        event_type=kind,
        event_date=day,
        event_place=place,
        amounts=placed(reading, sums, sum_words),
        dates_ahead=dates_ahead(reading, found),
        evidence=(
            *relevance_words,
            *topic_words,
            *name_words,
            *kind_words,
            *day_words,
            *place_words,
            *sum_words,
            *origin_words,
        ),
        wire=origin,
        rule_version=RULES,
        anchors=anchors(reading, found) if verdict in {"bilateral", "related"} else (),
        encounters=encounters(reading, found),
    )
