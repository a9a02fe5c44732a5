"""What happened: letters on their way, and runs of flows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from warehouse.records.kinds import DeliveryStatus


@dataclass(frozen=True, slots=True)
class Delivery:
    """One issue on its way to one reader, known by (week, recipient); at rest the recipient is a hash."""

    week: str
    recipient: str
    message_id: str
    body_sha256: str
    status: DeliveryStatus
    attempts: int
    code: int
    reply: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a flow."""

    run_id: str
    flow: str
    now: datetime  #: the one `now` that stamps every row of the run
    started_at: datetime  #: by the clock
    finished_at: datetime | None = None
    state: Literal["running", "completed", "failed"] = "running"
    counts: Mapping[str, int] = field(default_factory=dict)
    error: str = ""
    zone: str = ""  #: IANA zone of weeks and local days, as it was set
