"""Three weeks as they went: a machine that is given every run in its time, is killed and started again; its mail."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.command import ROOT, bare
from tests.mailbox import Hook, PostOffice, hang_up, once, says, serving
from tests.simulated.plan import MONDAYS, Fault, Plan, Step

NAMES = ("anna", "binh", "chie@readers.test:ja", "dung@readers.test:vi", "full", "gone", "lost")
_NONE = Fault("clock", 0.0)
_PATIENCE = 30.0  # seconds after which a machine that lost its Prefect server is switched off


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a run; no memory and no file where the machine was killed in it."""

    step: Step
    fault: Fault
    error: str  #: "" for none
    held: int  #: bytes of memory
    private: int  #: bytes of the private file


@dataclass
class History:
    """A data folder, what is to happen to it, and what did."""

    folder: Path
    plan: Plan
    pem: Path
    office: PostOffice = field(default_factory=PostOffice)
    told: list[Told] = field(default_factory=list)
    kills: int = 0

    @property
    def data(self) -> Path:
        """Where the monitor keeps what it knows."""
        return self.folder / "data"

    def play(self, steps: list[Step]) -> None:
        """Let all of it happen."""
        left = iter(steps)
        with serving(self.office, self.pem) as port:
            while self._on(left, port):
                self.kills += 1

    def _on(self, left: Iterator[Step], port: int) -> bool:
        """Start the machine and go on; say whether it was killed."""
        with self._machine(port) as child:
            for step in left:
                fault = self.plan.faults.get(step, _NONE)
                self.office.hooks = _refusals(step) if self.plan.mail else self.office.hooks
                said = _given(child, self._order(step, fault), fault)
                private = (self.data / "private" / "warehouse.duckdb").stat().st_size if said else 0
                self.told.append(Told(step, fault, said.get("error", ""), said.get("held", 0), private))
                if not said:
                    return True
        assert child.returncode == 0
        return False

    def _order(self, step: Step, fault: Fault) -> dict[str, Any]:
        now = step.at + timedelta(hours=fault.amount if fault.kind == "clock" else 0)
        return {
            "at": step.at.isoformat(),
            "now": now.isoformat(),
            "flow": step.flow,
            "broken": self.plan.broken(step.at),
            "prefect": fault.kind in {"prefect", "away"},
            "away": fault.amount if fault.kind == "away" else None,
            "disk": fault.amount if fault.kind == "disk" else 0,
        }

    @contextmanager
    def _machine(self, port: int) -> Iterator[subprocess.Popen[str]]:
        command = [sys.executable, "-m", "tests.simulated.child", str(self.data), str(port), *NAMES]
        environment = bare() | {"SSL_CERT_FILE": str(self.pem), "HOME": str(self.folder)}
        self.folder.mkdir(exist_ok=True)
        with (
            (self.folder / "stderr.txt").open("a") as errors,
            subprocess.Popen(
                command, cwd=ROOT, env=environment, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors,
            ) as child,
        ):  # fmt: skip
            assert child.stdout
            assert child.stdin
            assert child.stdout.readline() == '{"ready": true}\n', (self.folder / "stderr.txt").read_text()
            try:
                yield child
            finally:
                child.stdin.close()
                child.wait(120)


def _given(child: subprocess.Popen[str], order: dict[str, Any], fault: Fault) -> dict[str, Any]:
    """Give an order, and what is said to it: nothing, where the machine died first."""
    assert child.stdin
    assert child.stdout
    child.stdin.write(json.dumps(order) + "\n")
    child.stdin.flush()
    delay = {"kill": fault.amount, "away": _PATIENCE + fault.amount}.get(fault.kind)
    if delay is None:
        said = child.stdout.readline()
    else:
        death = threading.Timer(delay, child.kill)
        death.start()
        said = child.stdout.readline()
        if fault.kind == "kill":
            death.join()  # it dies in any case, be it after the run
            return {}
        death.cancel()
    found: dict[str, Any] = json.loads(said or "{}")
    return found


def _refusals(step: Step) -> dict[tuple[str, str], Hook]:
    """Give how the mail server behaves: on each Monday there is one kind of trouble, until some hour."""
    first, second, third = MONDAYS
    hooks: dict[tuple[str, str], Hook] = {("RCPT", "gone@readers.test"): says("550 nobody here")}
    if first <= step.at < first + timedelta(hours=3):
        hooks["RCPT", "full@readers.test"] = says("452 mailbox full")
    if second <= step.at < second + timedelta(hours=2):
        hooks["EHLO", ""] = hang_up
    if third <= step.at < third + timedelta(hours=1):
        hooks["FILED", "lost@readers.test"] = once(hang_up)
    return hooks
