"""The nouns that flow between the steps and the warehouse.

All are frozen and slotted, hold tuples rather than lists, and carry aware UTC datetimes. None has a ``__post_init__``:
Prefect rebuilds dataclasses that cross a task's boundary, and would run it twice.
"""

from warehouse.records.articles import Article, Extract, Work
from warehouse.records.desk import Decision
from warehouse.records.fetching import Answer, Ask, Entry, Fetch, Item, Page, ParsedFeed
from warehouse.records.judgements import (
    Amount,
    Anchor,
    Duplicate,
    Encounter,
    Entity,
    Evidence,
    Fingerprint,
    Judgement,
    Shared,
    Words,
)
from warehouse.records.kinds import (
    DecisionKind,
    DeliveryStatus,
    Doubt,
    DuplicateKind,
    IssueState,
    Outcome,
    OverrideKind,
    Ownership,
    Policy,
    PublishedQuality,
    Reads,
    Relevance,
    Rights,
    Side,
    SourceKind,
    TextKind,
    WhenDue,
)
from warehouse.records.runs import Delivery, Run
from warehouse.records.sources import Outlet, Source, SourceHealth, SourceState
from warehouse.records.stories import Continuation, Membership, Move, Override, Story

__all__ = [
    "Amount",
    "Anchor",
    "Answer",
    "Article",
    "Ask",
    "Continuation",
    "Decision",
    "DecisionKind",
    "Delivery",
    "DeliveryStatus",
    "Doubt",
    "Duplicate",
    "DuplicateKind",
    "Encounter",
    "Entity",
    "Entry",
    "Evidence",
    "Extract",
    "Fetch",
    "Fingerprint",
    "IssueState",
    "Item",
    "Judgement",
    "Membership",
    "Move",
    "Outcome",
    "Outlet",
    "Override",
    "OverrideKind",
    "Ownership",
    "Page",
    "ParsedFeed",
    "Policy",
    "PublishedQuality",
    "Reads",
    "Relevance",
    "Rights",
    "Run",
    "Shared",
    "Side",
    "Source",
    "SourceHealth",
    "SourceKind",
    "SourceState",
    "Story",
    "TextKind",
    "WhenDue",
    "Words",
    "Work",
]
