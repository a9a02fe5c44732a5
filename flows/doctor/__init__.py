"""`vnjp doctor`: is everything well, and if not, what to do next. A checker is added to CHECKERS and nowhere else.

Nothing is changed. Who asks over the network does so beside the others, and none is waited for longer than a few
seconds: the doctor is asked when things hang.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from flows.doctor import clock, data, files, folder, mail, prefect, program, room, runs, sources
from flows.doctor import settings as of_settings
from flows.doctor.finding import Finding
from flows.settings import Settings
from warehouse.errors import MendableError

__all__ = ["CHECKERS", "Finding", "as_lines", "examine", "examine_unset"]

_DEADLINE = 10.0  # seconds for all who ask over the network


class Checker(NamedTuple):
    """One look at something; `away` asks over the network, and what is `slow` is left out by `--quick`."""

    look: Callable[[Settings, datetime], Iterable[Finding]]
    name: str
    away: bool = False
    slow: bool = False


CHECKERS: tuple[Checker, ...] = (
    Checker(program.installed, "program"),
    Checker(of_settings.file, "settings file"),
    Checker(of_settings.values, "settings"),
    Checker(clock.zone, "time zone"),
    Checker(clock.steps, "clock"),
    Checker(folder.usable, "data folder"),
    Checker(folder.at_work, "locks"),
    Checker(room.space, "disk"),
    Checker(files.private, "warehouse"),
    Checker(files.snapshot, "snapshot"),
    Checker(files.backups, "backup"),
    Checker(files.forgotten, "forgotten"),
    Checker(runs.flows, "runs"),
    Checker(sources.watched, "sources"),
    Checker(data.checks, "data", slow=True),
    Checker(data.records, "archive", slow=True),
    Checker(prefect.served, "prefect", away=True),
    Checker(mail.server, "mail server", away=True, slow=True),
)


def examine(settings: Settings, now: datetime, *, quick: bool = False) -> list[Finding]:
    """Run every checker, or the quick ones; give what they found, in their order."""
    chosen = [one for one in CHECKERS if not (quick and one.slow)]
    end = time.monotonic() + _DEADLINE
    asking = {one: _Asking(one, settings, now) for one in chosen if one.away}
    found = {one: _looked(one, settings, now) for one in chosen if not one.away}
    found |= {one: thread.answer(max(0.0, end - time.monotonic())) for one, thread in asking.items()}
    return [each for one in chosen for each in found[one]]


def examine_unset(now: datetime, faults: Sequence[Finding]) -> list[Finding]:
    """Examine what can be without settings that hold; `faults` are what is wrong with these."""
    return [*program.installed(None, now), *faults, *of_settings.file(None, now)]


def as_lines(found: Sequence[Finding]) -> str:
    """Say the findings for a person, one a line, each with the next command to try."""
    width = max((len(one.name) for one in found), default=0)
    lines = [f"{one.level:7}  {one.name:{width}}  {one.said}" + (f" -> {one.next}" * bool(one.next)) for one in found]
    return "\n".join(lines)


class _Asking(threading.Thread):
    """A checker in a thread of its own, which ends with the process where it hangs."""

    def __init__(self, checker: Checker, settings: Settings, now: datetime) -> None:
        super().__init__(daemon=True)
        self._given = (checker, settings, now)
        self._found: list[Finding] = []
        self.start()

    def run(self) -> None:
        self._found = _looked(*self._given)

    def answer(self, seconds: float) -> list[Finding]:
        """Give what it found, or after so many seconds that it did not answer."""
        self.join(seconds)
        if not self.is_alive():
            return self._found
        said = f"no answer within {_DEADLINE:.0f} s: names may not resolve here, or what is asked hangs."
        return [Finding(self._given[0].name, "error", said, "look at network and DNS, then vnjp doctor again")]


def _looked(checker: Checker, settings: Settings, now: datetime) -> list[Finding]:
    """Run a checker; what keeps it from looking is a finding, too, and keeps no other from it."""
    try:
        return list(checker.look(settings, now))
    except MendableError as error:
        told, _, then = str(error).partition("`vnjp ")
        return [
            Finding(
                checker.name, "error", told.strip(), f"vnjp {then.partition('`')[0]}" if then else "vnjp restore --list"
            )
        ]
    except Exception as error:  # noqa: BLE001 - the doctor is asked when things are broken in ways nobody thought of
        said = f"it could not be looked at: {type(error).__name__}: {error}"
        return [Finding(checker.name, "error", said, "report this with the output of: vnjp doctor --json")]
