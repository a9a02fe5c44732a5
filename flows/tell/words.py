"""How what is told is written: instants, numbers, and text of outlets that must stay plain."""

from __future__ import annotations

import string
from datetime import datetime

_PLAIN = str.maketrans({mark: f"\\{mark}" for mark in string.punctuation} | {"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_LONGEST = 160


def plain(text: str) -> str:
    """Write text so that markdown shows it as it is."""
    return " ".join(text.split()).translate(_PLAIN)


def short(text: str) -> str:
    """Write text on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


def written(instant: datetime | None) -> str:
    """Write an instant to the minute, "" for none."""
    return f"{instant:%Y-%m-%d %H:%M} UTC" if instant else ""
