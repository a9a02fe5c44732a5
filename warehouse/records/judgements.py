"""What is held of an article, with the words that say so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from warehouse.records.kinds import DuplicateKind, Relevance, Side


@dataclass(frozen=True, slots=True)
class Evidence:
    """The characters that caused a decision: half-open code point offsets into a field as stored."""

    tag: str  #: what it supports: "topic:economy", "person:to-lam", "relevance:both-in-title", "event_type:visit"
    field: Literal["title", "text"]
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organisation or place named in an article."""

    entity_id: str
    name: str  #: canonical label: diacritics kept, family name first
    kind: Literal["person", "organisation", "place"]
    side: Side
    mentions: int
    in_title: bool
    in_lead: bool
    role: str = ""  #: as reported in this article (people)


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum or count as written, and normalised."""

    value: float
    unit: str  #: JPY, USD, VND, EUR, percent, people, ...
    text: str
    subject: str = ""
    #: where it stands, and the sentence that it stands in; None where older rules did not say
    field: Literal["title", "text"] | None = None
    start_char: int | None = None
    end_char: int | None = None
    sentence_start: int | None = None
    sentence_end: int | None = None


@dataclass(frozen=True, slots=True)
class Encounter:
    """A sentence that names two people and a word for meeting or calling: half-open code point offsets."""

    person_a: str  #: entity_id, named first
    person_b: str
    kind: Literal["meeting", "call"]  #: as the word says
    field: Literal["title", "text"]
    start_char: int  #: of the sentence
    end_char: int
    word_start: int
    word_end: int
    named: int  #: people that the sentence names; of more than two, somebody may only be told of
    day: date | None = None  #: where the sentence names one, and one only


@dataclass(frozen=True, slots=True)
class Anchor:
    """A name, figure or day at its first mention in a text: what a translation has as well, and at the same place."""

    key: str  #: "person:to-lam", "place:osaka", "figure:2.86e+10", "day:04-27"
    at: int  #: in thousandths of the text's bytes
    start: int  #: half-open code point offsets into the text as stored
    end: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """What we hold of one revision of an article, with the words that say so."""

    article_id: str
    revision: str
    language: str
    relevance: Relevance
    relevance_score: float
    relevance_parts: tuple[tuple[str, float], ...]  #: the named parts that the score is the sum of
    topics: tuple[str, ...]  #: codes of the 16 topics, strongest first
    entities: tuple[Entity, ...]
    event_type: str
    event_date: date | None
    event_place: str  #: entity_id of a place, or ""
    amounts: tuple[Amount, ...]
    dates_ahead: tuple[tuple[date, Evidence], ...]
    evidence: tuple[Evidence, ...]
    wire: str = ""  #: origin that the text names: vna, kyodo, jiji, reuters, ...
    rule_version: str = ""
    anchors: tuple[Anchor, ...] = ()  #: of what is bilateral or related, in the order of the text
    encounters: tuple[Encounter, ...] = ()


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is kept of a text to find its copies."""

    article_id: str
    revision: str
    body_hash: str  #: of the folded text: equal means exact
    shingles: int  #: how many distinct shingles the text has
    sample: tuple[int, ...]  #: shingle hashes divisible by SAMPLE, unsigned 64 bit, ascending
    rule_version: str
    twin: str = ""  #: what machine translations of one article have in common in their addresses, "" for most


@dataclass(frozen=True, slots=True)
class Words:
    """Characters of an article that it shares with another: half-open code point offsets into a field as stored."""

    field: Literal["title", "text", "url"]
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Shared:
    """One thing that two articles have in common, with its words in both."""

    kind: str  #: passage, address, person, organisation, place, matter, figure, day, name, title or lead
    key: str  #: entity_id, matter, normalised figure, day or name; "" where the words say it all
    here: Words  #: in the article that the row is about
    there: Words | None  #: in the one that it was compared with; None where that one's text is not held


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An article that repeats another. The root of a group never stands here as article_id."""

    article_id: str
    duplicate_of: str  #: root of the group: baseline first, else the earliest, else the smallest id
    kind: DuplicateKind
    score: float
    against: str  #: the article that it was compared with (the root, or another copy)
    evidence: str  #: one line for a person: "212 of 230 shingles shared; ..."
    rule_version: str
    shared: tuple[Shared, ...] = ()  #: the longest passages that both hold; of a translation, anchors in their order
