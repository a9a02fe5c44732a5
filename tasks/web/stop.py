"""How a request ends early: an outcome and a line for a person. It never leaves the package."""

from __future__ import annotations

from warehouse.records import Outcome


class Stop(Exception):  # noqa: N818  # like StopIteration it ends something, and is a value as often as an error
    """Raised inside the package where no answer will come; `Client` turns it into the Answer."""

    def __init__(self, outcome: Outcome, reason: str, *, retry_after: int = 0) -> None:
        super().__init__(reason)
        self.outcome: Outcome = outcome
        self.reason = reason
        self.retry_after = retry_after
