"""One figure of a benchmark, as it is printed, kept and drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal["x", "s", "ms", "MB", "%"]


@dataclass(frozen=True, slots=True)
class Line:
    """What was measured: a ratio of two things of the same run (x), or an amount that it rests on."""

    part: str  #: what of the product it is about
    what: str
    value: float
    unit: Unit = "x"
    most: float | None = None  #: the goal, where there is one: at most so much
    least: float | None = None  #: or at least so much
    note: str = ""

    @property
    def goal(self) -> str:
        """Say the goal, and whether it is met; "" without one."""
        if self.most is None and self.least is None:
            return ""
        bound = f"at most {self.most:g}" if self.most is not None else f"at least {self.least:g}"
        return f"{bound}: {'holds' if self.holds else 'missed'}"

    @property
    def holds(self) -> bool:
        """Whether the goal is met, if there is one."""
        return (self.most is None or self.value <= self.most) and (self.least is None or self.value >= self.least)

    def __str__(self) -> str:
        more = "; ".join(filter(None, (self.goal, self.note)))
        return f"{self.value:9.2f} {self.unit:2}  {self.what}{f' ({more})' if more else ''}"
