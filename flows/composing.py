"""What composing a week takes in: read from the warehouse as it stands, for the digest, a preview or a replay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from flows.dossiers import themes
from tasks.compose import Layout
from tasks.text import is_cjk
from warehouse import desk
from warehouse.connect import Db
from warehouse.issue import ByHand, Dossier, Week
from warehouse.seeds import tables
from warehouse.told import background, history, source_weeks, told


@dataclass(frozen=True, slots=True)
class Composing:
    """A week to compose."""

    taken: tuple[Any, ...]  #: what `tasks.compose.compose` takes
    by_hand: ByHand  #: what the issue prints beside it


def composing(db: Db, week: Week, layout: Layout, dossiers: Sequence[Dossier]) -> Composing:
    """Read a week."""
    stories, sources, (*before, counts) = told(db, week), source_weeks(db, week), history(db, week)
    behind = background(db, week, dossiers, themes())
    return Composing(
        taken=(week, stories, sources, counts, before, layout, labels(), behind),
        by_hand=ByHand(errata=desk.errata(db, week.label)),
    )


@cache
def labels() -> dict[str, dict[str, str]]:
    """Give what readers of a language call an entity, by its id, where that is the first spelling of its row.

    In Vietnamese only organisations have one: people and places are called by their labels, and what the table lists
    are parts of them. In English only places have one.
    """
    tongues = {"people": ("ja",), "organisations": ("vi", "ja"), "places": ("en", "ja")}
    return {
        row["id"]: {tongue: _spelled(row[tongue]) for tongue in tongues[name] if row[tongue]}
        for name in tongues
        for row in tables()[name]
    }


def _spelled(cell: str) -> str:
    """Give the first spelling of a cell as it is written; the space in a Japanese name is only the table's."""
    first = cell.split("|", maxsplit=1)[0].lstrip("=~")
    return first.replace(" ", "") if is_cjk(first) else first
