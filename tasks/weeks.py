"""ISO weeks in a time zone, half-open, from Monday 00:00."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from warehouse.issue import Week

_LABEL = re.compile(r"(\d{4})-W(\d{2})")


def week_of(instant: datetime, zone: str) -> Week:
    """Give the week that an instant falls into."""
    year, number, _ = instant.astimezone(ZoneInfo(zone)).isocalendar()
    return _week(date.fromisocalendar(year, number, 1), zone)


def week(label: str, zone: str) -> Week:
    """Read a label such as 2025-W18; ValueError says what one looks like."""
    match = _LABEL.fullmatch(label.strip().upper())
    try:
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1) if match else None
    except ValueError:
        monday = None
    if monday is None:
        raise ValueError(f"{label!r} is no ISO week; write it as 2025-W18")
    return _week(monday, zone)


def weeks_between(first: datetime, now: datetime, zone: str) -> list[Week]:
    """Give every week that is over at `now`, from the one that `first` falls into."""
    found, one = [], week_of(first, zone)
    while one.end <= now:
        found.append(one)
        one = week_of(one.end, zone)
    return found


def _week(monday: date, zone: str) -> Week:
    year, number, _ = monday.isocalendar()
    # Both ends from local midnights: a week with a clock change is not 168 hours long.
    days = (monday, monday + timedelta(days=7))
    start, end = (datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC) for day in days)
    return Week(f"{year}-W{number:02}", start, end, monday, zone)
