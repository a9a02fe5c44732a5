"""What kind of event an article tells, when and where it happens."""

from __future__ import annotations

from datetime import date, timedelta

from tasks.tag.days import Day, same_day
from tasks.tag.reading import Reading
from warehouse.records import Evidence

_BACK, _AHEAD = timedelta(days=31), timedelta(days=45)  # farther away, a date is background
_FRONT = 600  # characters after the lead in which the day may still be told


def event_type(reading: Reading) -> tuple[str, list[Evidence]]:
    """Give the type that the title names, else the lead; of several in one place the more telling one (its rank)."""
    for zone in ("title", "lead"):
        spots = [spot for spot in reading.of("event") if spot.zone == zone]
        if spots:
            best = min(spots, key=lambda spot: (spot.concept.weight, spot.start))
            return best.concept.id, [reading.evidence(f"event_type:{best.concept.id}", best)]
    return "other", []


def event_date(reading: Reading, found: list[Day]) -> tuple[date | None, list[Evidence]]:
    """Give the first day that the front names within reach of the publication; "today" is that of publication."""
    today = reading.published
    front = [day for day in found if day.in_title or day.start < reading.lead_end + _FRONT]
    near = [day for day in front if today is None or today - _BACK <= day.date <= today + _AHEAD]
    if near:
        day = min(near, key=lambda one: (not one.in_title, one.start))
        return day.date, [reading.cite(f"event_date:{day.date.isoformat()}", day.start, day.end, in_title=day.in_title)]
    if today and (said := same_day(reading)):
        return today, [reading.cite(f"event_date:{today.isoformat()}", *said)]
    return None, []


def event_place(reading: Reading) -> tuple[str, list[Evidence]]:
    """Give the first place of the lead, else of the title; places far from both countries count too."""
    for wanted in ("lead", "title"):
        for spot in reading.of("place"):
            if spot.zone == wanted and spot.concept.group not in {"sea", "island", "region"}:
                return spot.concept.id, [reading.evidence(f"event_place:{spot.concept.id}", spot)]
    return "", []


def dates_ahead(reading: Reading, found: list[Day]) -> tuple[tuple[date, Evidence], ...]:
    """Give the days named that come after the publication, each once, in order, with the words."""
    today = reading.published
    if today is None:
        return ()
    ahead: dict[date, Evidence] = {}
    for day in found:
        if today < day.date <= today + timedelta(days=400):
            tag = f"date_ahead:{day.date.isoformat()}"
            ahead.setdefault(day.date, reading.cite(tag, day.start, day.end, in_title=day.in_title))
    return tuple(sorted(ahead.items(), key=lambda one: one[0]))
