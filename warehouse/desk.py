"""A frozen issue in the hands of the desk: what it holds, what was decided on it, and how an edit is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from warehouse import write
from warehouse.connect import Db
from warehouse.issue import Erratum, Issue, Rendering, Week, from_json
from warehouse.records import Decision, Delivery
from warehouse.rows import Row, records, row_of, rows, save
from warehouse.rows import replace as put_instead
from warehouse.statements import query


@dataclass(frozen=True, slots=True)
class Frozen:
    """An issue as it is held."""

    issue: Issue
    week: Week
    frozen_at: datetime
    content: str  #: the issue as JSON
    sha256: str  #: of the content


def frozen(db: Db, label: str) -> Frozen | None:
    """Give the issue of a week, None where it is not frozen."""
    for row in rows(db, "issue_of", week=label):
        issue = from_json(row["content"])
        week = Week(label, row["starts_at"], row["ends_at"], issue.first_day, row["zone"])
        return Frozen(issue, week, row["frozen_at"], row["content"], row["sha256"])
    return None


def log(db: Db, label: str = "") -> list[Decision]:
    """Give what was decided on the issue of a week, or on all, in order."""
    return records(db, Decision, "issue_log", week=label)


def deliveries(db: Db, label: str) -> list[Delivery]:
    """Give the ledger of a week."""
    return records(db, Delivery, "deliveries_of", week=label)


def rekey(db: Db, label: str, keys: Mapping[str, str]) -> None:
    """Know the readers of a week by other keys: old -> new."""
    moved = [one for one in deliveries(db, label) if one.recipient in keys]
    known_by = [(one.week, one.recipient) for one in moved]
    put_instead(db, "deliveries", [row_of(one, recipient=keys[one.recipient]) for one in moved], known_by)


def waiting(db: Db) -> list[Row]:
    """Give week, due_at, when_due and sha256 of each issue that waits for approval."""
    return rows(db, "waiting_issues")


def decide(db: Db, one: Decision) -> Decision:
    """Add a decision at the end of its week's log; give it with its number."""
    before = log(db, one.week)
    kept = replace(one, number=len(before) + 1)
    save(db, "issue_log", [row_of(kept)])
    return kept


def edit(db: Db, held: Frozen, edited: Issue, renderings: Sequence[Rendering], one: Decision) -> Decision:
    """Put an edited issue in the place of the one held, which is kept as a version; give the decision as logged."""
    write.issue(db, edited, held.week, renderings, held.frozen_at)
    now_held = frozen(db, one.week)
    kept = decide(db, replace(one, sha256=now_held.sha256 if now_held else ""))
    version = {"week": one.week, "number": kept.number, "content": held.content, "sha256": held.sha256}
    save(db, "issue_versions", [version])
    return kept


def errata(db: Db, label: str) -> tuple[Erratum, ...]:
    """Give the errata that the issue of a week prints, oldest first."""
    return tuple(records(db, Erratum, "errata_for", week=label))


def print_errata(db: Db, label: str) -> None:
    """Keep that the issue of a week, which is being frozen, prints the errata that no other one did."""
    db.execute(query("print_errata"), {"week": label})
