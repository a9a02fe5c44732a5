"""Read the dates that feeds and pages carry, in whatever form: one instant in UTC, and how much of it was written.

Strict where libraries guess: a string counts only if every word and figure of it is understood, since a date that is
wrong without a sign is worse than none (kurtmckee/feedparser#75 gives the first of the current month for 2026年5月4日;
dateutil reads GMT+7 as POSIX does, fourteen hours off).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timezone, tzinfo
from zoneinfo import ZoneInfo

from tasks.dates import clock, words
from tasks.text import clean, fold
from warehouse.records import PublishedQuality

LONGEST = 120  # a longer string is prose, not a date
YEARS = range(1990, 2101)  # outside: .NET's 0001, the epoch's 1970, typing errors
EPOCH = range(631_152_000, 4_102_444_800)  # the same years in seconds since 1970

_DASHES = str.maketrans("–—−‐‑", "-----")
_EPOCH = re.compile(r"(\d{10})(?:\d{3}|\.\d+)?")
_ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)", re.ASCII)
_RFC = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d\d?) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d:\d\d) (?:GMT|([+-]\d\d)(\d\d))", re.ASCII
)
_COMPACT = re.compile(r"(?<!\d)(\d{4})(\d\d)(\d\d)t?(\d\d)(\d\d)(\d\d)?(?!\d)")
_IANA = re.compile(r"\[?\b([A-Z][a-z]+/[A-Z][A-Za-z]+(?:_[A-Z][a-z]+)*)\b\]?")
_MERIDIEM = re.compile(r"\b([ap])\.\s?m\b\.?")
_VIETNAMESE_MONTH = re.compile(
    r"\b(?:thang|thg|th)\.? ?(\d{1,2}|muoi hai|muoi mot|mot|hai|ba|tu|bon|nam|sau|bay|tam|chin|muoi)\b"
)
_VERTICAL = re.compile(r"([〇元一二三四五六七八九十]+)(?=\s?[年月日時分])")
_PLACE = re.compile(r"(?<=[\dMm.] )\(?(?:(?P<place>ET|CT|MT|PT)\b|(?P<last>AT)(?=\)?\s*$))\)?")
_COMMENT = re.compile(r"\([^()\d]*\)")
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_DAY, _MONTH, _NAMED = r"(?P<d>\d{1,2})(?:st|nd|rd|th|er)?", r"(?P<m>\d{1,2})", r"(?P<name>[a-z]{3,10})\.?"
_DATES = [
    re.compile(rf"(?<!\d)(?:{pattern})(?!\d)")
    for pattern in (
        rf"(?P<y>\d{{4}})\s?([-/.・])\s?{_MONTH}\s?\2\s?(?P<d>\d{{1,2}})t?",
        rf"(?P<era>令和|平成|昭和|民國|民国|西暦|)\s?(?P<y>\d{{1,4}})\s?年\s?{_MONTH}\s?月\s?(?P<d>\d{{1,2}})\s?日",
        rf"(?<![a-z])(?P<era>[rh令平])\s?(?P<y>\d{{1,2}})\s?(?P<mark>[-/.])\s?{_MONTH}\s?(?P=mark)\s?(?P<d>\d{{1,2}})",
        rf"(?P<y>\d{{4}})\s?년\s?{_MONTH}\s?월\s?(?P<d>\d{{1,2}})\s?일",
        r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)t?",
        r"(?P<first>\d{1,2})\s?(?P<mark>[-/.])\s?(?P<second>\d{1,2})\s?(?P=mark)\s?(?P<y>\d{4})",
        rf"(?P<y>\d{{4}})[\s,/-]*{_NAMED}[\s,/-]*{_DAY}t?",
        rf"{_DAY}\.?[\s,/-]*(?:of |de |d')?{_NAMED}[\s,/-]*(?:de |nam )?(?P<y>\d{{4}}|\d\d)",
        rf"{_NAMED}\s*{_DAY}[\s,]+(?P<y>\d{{4}})",
    )
]


def read_date(raw: str, zone: str) -> tuple[datetime | None, PublishedQuality]:
    """Read one date as written, by a source in `zone` (an IANA name; an unknown one raises ZoneInfoNotFoundError).

    Gives an aware instant in UTC and what it rests on: `explicit` (with its own zone), `assumed-zone` (a naive time in
    the source's zone), `date-only` (midnight there) or `none`. GMT+7 is east of Greenwich; of two small numbers
    the first is the day, unless the string looks American (see `clock.american`).
    """
    home = ZoneInfo(zone)
    if len(raw) > LONGEST:
        return None, "none"
    try:
        if instant := _standard(raw):
            return instant, "explicit"
        return _read(clean(raw).replace("\n", " ").translate(_DASHES), home)
    except (ValueError, OverflowError, KeyError, OSError):  # 31 April, 25 o'clock, an offset of 20 hours, no such place
        return None, "none"


def _read(raw: str, home: ZoneInfo) -> tuple[datetime | None, PublishedQuality]:
    if instant := _epoch(raw):
        return instant, "explicit"
    raw = _PLACE.sub(lambda zone: words.PLACES[zone["place"] or zone["last"]], _VERTICAL.sub(_figures, raw))
    place = _IANA.search(raw)
    text = fold(words.WEEKDAY.sub(" ", _IANA.sub(" ", raw)))
    text = _VIETNAMESE_MONTH.sub(_month_name, _MERIDIEM.sub(r"\1m", _COMPACT.sub(_spread, text)))
    time, text = clock.cut(clock.TIME, text)
    american = clock.american(text, time, home) or bool(place and place[1].startswith("America/"))
    shift, text = clock.offset(time["offset"], text, home)
    day, text = _date(_COMMENT.sub(" ", text), american=american)
    if not time["hour"]:
        time, text = clock.cut(clock.DOTTED, text)
    if day is None or any(token not in words.FILLERS for token in _TOKEN.findall(text)):
        return None, "none"
    there: tzinfo = home if shift is None else timezone(shift)
    if shift is None and place:
        there = ZoneInfo(place[1])
    instant = (
        (datetime.combine(day, datetime.min.time()) + clock.time_of_day(time)).replace(tzinfo=there).astimezone(UTC)
    )
    if not time["hour"]:
        return instant, "date-only"
    return instant, "assumed-zone" if shift is None and not place else "explicit"


def _standard(raw: str) -> datetime | None:
    """Read what most feeds write, RFC 3339 and RFC 5322 to the letter, ten times faster than all other forms."""
    if rfc := _RFC.fullmatch(raw):
        day, month, year, time, hours, minutes = rfc.groups("00")
        number = words.MONTHS.get(month.lower(), 0)
        raw = f"{year}-{number:02}-{day:0>2}T{time}{hours if hours != '00' else '+00'}:{minutes}"
    elif not _ISO.fullmatch(raw):
        return None
    try:
        instant = datetime.fromisoformat(raw).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return instant if instant.year in YEARS else None


def _epoch(raw: str) -> datetime | None:
    number = _EPOCH.fullmatch(raw)
    if not number or int(number[1]) not in EPOCH:
        return None
    return datetime.fromtimestamp(int(number[1]), UTC)


def _spread(match: re.Match[str]) -> str:
    """Write 20250428T091500 as 2025-04-28 09:15:00."""
    year, month, day, hour, minute, second = match.groups("00")
    return f"{year}-{month}-{day} {hour}:{minute}:{second}"


def _figures(match: re.Match[str]) -> str:
    """Write 二〇二五, 二十八 and 元 as 2025, 28 and 1; what counts otherwise stays."""
    tens, ten, ones = match[1].partition("十")
    if not ten:
        return "".join(str(words.KANJI[figure]) for figure in match[1])
    if len(tens) > 1 or len(ones) > 1:
        return match[0]
    return str(words.KANJI.get(tens, 1) * 10 + words.KANJI.get(ones, 0))


def _month_name(match: re.Match[str]) -> str:
    word = match[1].replace(" ", "-")
    number = int(word) if word.isdigit() else words.VIETNAMESE_MONTHS[word]
    return f" {_ENGLISH[number]} " if number in _ENGLISH else match[0]


_ENGLISH = {number: name for name, number in reversed(words.MONTHS.items())}


def _date(text: str, *, american: bool) -> tuple[date | None, str]:
    for pattern in _DATES:
        found = pattern.search(text)
        parts = found.groupdict() if found else {}
        if not found or ("name" in parts and parts["name"] not in words.MONTHS):
            continue
        day = _day(parts, american=american)
        return day if day.year in YEARS else None, f"{text[: found.start()]} {text[found.end() :]}"
    return None, text


def _day(parts: dict[str, str], *, american: bool) -> date:
    year = int(parts["y"])
    if "era" in parts:
        before, last = words.ERAS[parts["era"]]
        if year > last:
            raise ValueError(parts)
        year += before
    elif len(parts["y"]) == 2:  # noqa: PLR2004 (RFC 822's two digits, with POSIX's pivot)
        year += 2000 if year < 69 else 1900  # noqa: PLR2004 (the pivot)
    if "first" not in parts:
        return date(year, words.MONTHS[parts["name"]] if "name" in parts else int(parts["m"]), int(parts["d"]))
    first, second = int(parts["first"]), int(parts["second"])
    month_first = parts["mark"] == "/" and (second > 12 or (american and first <= 12))  # noqa: PLR2004 (months)
    return date(year, first, second) if month_first else date(year, second, first)
