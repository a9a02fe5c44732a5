"""What the desk decides on an issue: whether it goes out, what it leaves out or puts first, what it got wrong.

An issue that has gone out is never changed. What is edited before is made again from the frozen content, in the
languages that it was frozen in; what it was before is kept, and everything stands in its log.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from flows.amend.refuse_issue import entry_of, gone, not_frozen, not_gone
from flows.settings import Language, Settings
from flows.shelf import rendered
from tasks.compose import edit
from tasks.text import clean
from tasks.weeks import week as week_named
from warehouse import desk
from warehouse.connect import Db, Warehouse
from warehouse.errors import MendableError
from warehouse.issue import Entry, Issue
from warehouse.publish import publish
from warehouse.records import Decision, DecisionKind, IssueState

_PATIENCE = 60.0  # seconds: a digest flow that is under way may be sending what is decided on here
_LONGEST = 600  # characters of an erratum: it stands in a digest


@dataclass(frozen=True, slots=True)
class Desk:
    """Who decides, when and why, on the issue of which week."""

    settings: Settings
    week: str
    now: datetime
    by: str = ""
    note: str = ""

    @property
    def warehouse(self) -> Warehouse:
        """The warehouse of the settings' data folder."""
        return self.settings.warehouse

    def decision(self, **given: object) -> Decision:
        """Make a decision of this desk; the log gives it its number."""
        return Decision(week=self.week, number=0, made_at=self.now, made_by=self.by, note=self.note, **given)  # type: ignore[arg-type] # fields of Decision


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision came to."""

    decision: Decision
    said: str  #: one sentence for a person
    changed: bool = True


def hold(at: Desk) -> Decided:
    """Keep an issue from going out until it is approved; one that is not frozen yet is held as soon as it is."""
    with _at(at) as db:
        held, before = desk.frozen(db, at.week), _last(db, at.week)
        if held is None and week_named(at.week, at.settings.time_zone).start > at.now:
            raise MendableError(f"{at.week} has not begun. Hold it once it has.")
        gone(db, at.week, "held back")
        if before and before.state == "held":
            return Decided(before, f"Issue {at.week} is held already.", changed=False)
        made = desk.decide(db, at.decision(decision="hold", state="held", sha256=held.sha256 if held else ""))
    return Decided(made, f"Issue {at.week} is held until `vnjp digest approve {at.week}`.")


def approve(at: Desk) -> Decided:
    """Let an issue go out as it is now: the next digest run sends it."""
    with _at(at) as db:
        held, before = desk.frozen(db, at.week), _last(db, at.week)
        if held is None:
            raise not_frozen(at.week)
        if before is None or before.state == "released":
            return Decided(
                before or at.decision(decision="approve", state="released"),
                f"Issue {at.week} may go out already.",
                changed=False,
            )
        made = desk.decide(db, at.decision(decision="approve", state="released", sha256=held.sha256))
    said = (
        f"Issue {at.week} goes out as it is ({held.sha256[:12]}) at the next run, or now: `vnjp digest send {at.week}`."
    )
    return Decided(made, said)


def drop(at: Desk, story: str) -> Decided:
    """Leave a story out of an issue that has not gone out."""
    return _edit(at, story, "drop", edit.drop, "left out")


def pin(at: Desk, story: str) -> Decided:
    """Put a story first in an issue that has not gone out."""
    return _edit(at, story, "pin", edit.pin, "put first")


def erratum(at: Desk, words: str, language: Language, story: str = "") -> Decided:
    """Record an error of our own in an issue that has gone out: the next issue prints the words as they are."""
    said = clean(words).replace("\n", " ").strip()
    if not said or len(said) > _LONGEST:
        raise MendableError(f"An erratum is one to {_LONGEST} characters; this one has {len(said)}.")
    with _at(at) as db:
        held = desk.frozen(db, at.week)
        if held is None:
            raise not_frozen(at.week)
        not_gone(db, at.week)
        of = _named(entry_of(held.issue, story), language) if story else {}
        log = desk.log(db, at.week)
        made = at.decision(
            decision="erratum", state=_state(log), words=said, language=language, sha256=held.sha256, **of
        )
        same = (one for one in log if (one.words, one.story_id) == (made.words, made.story_id) and one.words)
        if before := next(same, None):
            return Decided(before, f"That was recorded on {before.made_at:%Y-%m-%d}.", changed=False)
        made = desk.decide(db, made)
    return Decided(made, "The next issue prints it, marked as written by the desk.")


def _edit(at: Desk, story: str, kind: DecisionKind, change: Callable[[Issue, str], Issue], how: str) -> Decided:
    with _at(at) as db:
        held, log = desk.frozen(db, at.week), desk.log(db, at.week)
        if held is None:
            raise not_frozen(at.week)
        gone(db, at.week, "changed", story)
        one = entry_of(held.issue, story)
        if kind == "drop" and len(held.issue.entries) == 1:
            raise MendableError(
                f"Nothing would be left in issue {at.week}. `vnjp digest hold {at.week}` keeps it back."
            )
        if kind == "pin" and held.issue.by_hand.pinned[-1:] == (one.story_id,):
            return Decided(log[-1], f"“{one.headlines[0].text}” is put first already.", changed=False)
        edited = change(held.issue, one.story_id)
        approved = any(before.decision in {"approve", "deadline"} for before in log)  # which was of other bytes
        state: IssueState = "held" if approved else _state(log)
        made = at.decision(decision=kind, state=state, **_named(one, at.settings.languages[0]))
        made = desk.edit(db, held, edited, rendered(db, at.settings, at.week, edited), made)
    again = f" It waits for `vnjp digest approve {at.week}`." if state != "released" else ""
    return Decided(made, f"“{made.headline}” is {how} in issue {at.week}.{again}")


@contextlib.contextmanager
def _at(at: Desk) -> Iterator[Db]:
    """Let no digest flow run meanwhile; publish what was decided."""
    with at.warehouse.reader():
        pass  # says what to run where there is no warehouse yet
    with at.warehouse.lock("digest", _PATIENCE):
        with at.warehouse.writer() as db:
            yield db
        publish(at.warehouse)


def _last(db: Db, week: str) -> Decision | None:
    return next(reversed(desk.log(db, week)), None)


def _state(log: list[Decision]) -> IssueState:
    return log[-1].state if log else "released"


def _named(entry: Entry, language: str) -> dict[str, object]:
    """Name a story in the log: by its headline in a language, where it has one."""
    head = next((one for one in entry.headlines if one.language == language), entry.headlines[0])
    return {"story_id": entry.story_id, "headline": head.text, "headline_language": head.language}
