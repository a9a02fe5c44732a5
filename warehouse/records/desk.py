"""What was decided on an issue, by a person or by its deadline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from warehouse.records.kinds import DecisionKind, IssueState, WhenDue


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of an issue's log; lines are only added."""

    week: str
    number: int  #: in the week, from 1
    decision: DecisionKind
    state: IssueState  #: of the issue from then on
    made_at: datetime
    made_by: str = ""  #: account that gave the command, "" for the flow
    story_id: str = ""
    headline: str = ""
    headline_language: str = ""
    words: str = ""  #: of an erratum
    language: str = ""  #: of the words
    note: str = ""
    due_at: datetime | None = None  #: of `wait`
    when_due: WhenDue = ""  #: of `wait`
    sha256: str = ""  #: of the issue after it
    printed_in: str = ""  #: of an erratum: week of the issue that prints it
