"""How far a story was told: by how many outlets, in how many separate texts, on which sides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from tasks.compose.desk import fresh, is_machine, voices
from warehouse.issue import SourceWeek, Told
from warehouse.records import Side

MIN_OUTLETS = 2  # below these two, one-sided coverage says nothing of the side
MIN_WORKING = 3
FINE = frozenset({"ok", "unchanged", "empty"})  # outcomes of a check that give or confirm a feed


def outlets(told: Told) -> frozenset[str]:
    """Give the outlets that told the story in this week, copies included, machine translations not."""
    return frozenset(one.outlet for one in (*fresh(told), *told.corrected) if not is_machine(told, one))


def separate_texts(told: Told) -> int:
    """Count what was written separately: non-copies, once per wire origin, else once per publisher family."""
    judged = told.judgements
    wires = {one.article_id: judged[one.article_id].wire for one in voices(told) if one.article_id in judged}
    return len({wires.get(one.article_id) or one.family for one in voices(told)})


def sides(told: Told) -> frozenset[Side]:
    """Give the sides whose outlets tell the story, in this week or before."""
    return frozenset(one.side for one in told.articles if not is_machine(told, one))


def is_failing(source: SourceWeek) -> bool:
    """Say whether a source could not be looked at: no good check in the week, or the last one was bad."""
    return not source.good or source.last_state not in FINE


def is_working(source: SourceWeek) -> bool:
    """Say whether a source would have told us of a story."""
    return not is_failing(source) and not source.frozen and source.last_state != "empty"


def one_sided(told: Told, sources: Sequence[SourceWeek]) -> tuple[Literal["", "vietnam", "japan"], int]:
    """Give the only side that tells a story and the number of the other's working sources, or ("", 0).

    Withheld where fewer than two outlets tell it, or where too few on the other side could have.
    """
    found = sides(told)
    for side, other in (("vietnam", "japan"), ("japan", "vietnam")):
        working = sum(is_working(one) for one in sources if one.source.side == other)
        if found == {side} and working >= MIN_WORKING and len(outlets(told)) >= MIN_OUTLETS:
            return ("vietnam" if side == "vietnam" else "japan"), working
    return "", 0
