"""The time of day and the zone within a date as written. Texts come folded (tasks.text.fold) and are given back cut."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tasks.dates import words

FURTHEST = timedelta(hours=14)  # no place is further from Greenwich

TIME = re.compile(
    r"""
    (?:(?P<before>午前|午後|오전|오후|上午|下午|凌晨|晚上|\b[ap]m\b)\s*)?
    (?<![\d.])(?P<hour>\d{1,2})
    (?: \s?:\s?(?P<minute>\d\d)(?::(?P<second>\d\d?)(?!\d)(?:[.,]\d{1,9})?)?
      | \s?(?:h|g|gio|時|时|點|点|시)\s?(?![a-z])(?:(?P<minute2>\d{1,2})(?![\d/.-])\s?(?:phut|'|分|분)?)?
        (?:\s?(?P<second2>\d{1,2})\s?(?:giay|秒|초))?
      | (?=\s?[ap]m\b) )
    (?:\s?(?P<after>am|pm|sa|ch|sang|chieu|toi)\b)?
    (?:\s?(?P<offset>z\b|[+-]\d\d:?\d\d|[+-]\d{1,3})(?![\d/.:-]))?
    """,
    re.VERBOSE,
)
DOTTED = re.compile(r"(?<![\d.])(?P<hour>\d{1,2})\.(?P<minute>\d\d)(?:\.(?P<second>\d\d))?(?![\d.])")  # kl. 09.15
_GREENWICH = re.compile(r"\b(?:gmt|utc|ut)\s?([+-]\s?\d{1,2}(?::?\d\d)?)\b")
_NAME = re.compile(r"(?<![^\W_])[a-z]{1,4}(?![^\W_])")


def cut(pattern: re.Pattern[str], text: str) -> tuple[dict[str, str], str]:
    """Take the first time of day out of a text; all its parts are there, empty where nothing was found."""
    parts = dict.fromkeys(TIME.groupindex, "")
    found = pattern.search(text)
    if not found:
        return parts, text
    parts |= {name: value or "" for name, value in found.groupdict().items()}
    return parts, f"{text[: found.start()]} {text[found.end() :]}"


def offset(attached: str, text: str, home: ZoneInfo) -> tuple[timedelta | None, str]:
    """Find the zone: attached to the time, as GMT+7, as a phrase or as a name; and take it out of the text."""
    shift = _numeric(attached) if attached else None
    if greenwich := _GREENWICH.search(text):
        shift = _numeric(greenwich[1]) if shift is None else shift
        text = text.replace(greenwich[0], " ")
    for phrase, hours in words.ZONE_PHRASES.items():
        if phrase in text:
            text = text.replace(phrase, " ")
            shift = timedelta(hours=hours) if shift is None and hours is not None else shift
    for name in _NAME.findall(text):
        if name in words.ZONES:
            text = re.sub(rf"\b{name}\b", " ", text)
            shift = _named(name, home) if shift is None else shift
    return shift, text


def _numeric(written: str) -> timedelta:
    """Read +07:00, +0700, +700, +07, +7, z; RFC 5322's -0000 counts as UTC."""
    digits = re.sub(r"\D", "", written)
    hours, minutes = (digits, "0") if len(digits) < 3 else (digits[:-2], digits[-2:])  # noqa: PLR2004 (hhmm)
    shift = timedelta(hours=int(hours or 0), minutes=int(minutes))
    if shift > FURTHEST or int(minutes) > 59:  # noqa: PLR2004 (minutes)
        raise ValueError(written)
    return -shift if written.startswith("-") else shift


def _named(name: str, home: ZoneInfo) -> timedelta:
    """Give a named zone's offset. CST in Taipei is China's, IST in Delhi India's: the source's own zone goes first."""
    for month in (1, 7):
        there = datetime(2025, month, 1, tzinfo=home)
        if (there.tzname() or "").casefold() == name:
            return there.utcoffset() or timedelta()
    return timedelta(hours=words.ZONES[name])


def american(text: str, parts: dict[str, str], home: ZoneInfo) -> bool:
    """Say whether 4/5/2025 is 5 April: an American zone, or a.m./p.m. as .NET writes it (without leading zeros)."""
    if any(name in words.AMERICAN for name in _NAME.findall(text)):
        return True
    latin = {parts["before"], parts["after"]} & {"am", "pm"}
    padded = re.search(r"(?<!\d)0\d[/.]", text) is not None
    return bool(latin) and not (padded and home.key.startswith(("Asia/", "Europe/")))


def time_of_day(parts: dict[str, str]) -> timedelta:
    """Add up the time; 24:00 ends the day, second 60 is a leap second.

    Raises ValueError for what no clock shows.
    """
    hour = int(parts["hour"] or 0)
    minute = int(parts["minute"] or parts["minute2"] or 0)
    second = int(parts["second"] or parts["second2"] or 0)
    half = {parts["before"], parts["after"]}
    if half & words.AFTERNOON and hour < 12:  # noqa: PLR2004 (noon)
        hour += 12
    elif half & words.MORNING and hour >= 12:  # noqa: PLR2004 (noon)
        hour = 0 if hour == 12 else 99  # noqa: PLR2004 (noon; 15 a.m. is no time)
    span = timedelta(hours=hour, minutes=minute, seconds=second)
    if minute > 59 or second > 60 or span > timedelta(days=1):  # noqa: PLR2004 (the clock)
        raise ValueError(parts)
    return span
