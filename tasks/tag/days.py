"""Find the days that a text names, and resolve them against the day of publication."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tasks.tag.reading import Reading

#: beginnings of month names in the Latin-script languages, as written in lower case
_MONTHS = (
    ("jan", "ene"), ("feb", "fév", "fev"), ("mar", "mär"), ("apr", "abr", "avr"), ("may", "mai"), ("jun", "juin"),
    ("jul", "juil"), ("aug", "ago", "aoû", "aou"), ("sep", "set"), ("oct", "okt", "out"), ("nov",),
    ("dec", "déc", "dic", "des", "dez"),
)  # fmt: skip
_STARTS = {start: number for number, starts in enumerate(_MONTHS, 1) for start in starts}
_MONTH = rf"(?P<month>(?:{'|'.join(sorted(_STARTS, key=len, reverse=True))})[^\W\d_]{{0,8}})\.?"
_ENGLISH = r"(?P<month>(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6})\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
_TO = r"(?:\s?(?:-|–|—|to|until|bis|til|al?|au)\s?\d{1,2}\b)?"
_CLAUSE = 60  # characters before the day of the week that say whether it is past or to come
_LONGEST = 14  # characters from the beginning of a month's name to the number
_ENGLISH_MONTH = re.compile(rf"\b{_ENGLISH}\s$")
_MONTH_FIRST = re.compile(rf"{_ENGLISH}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b{_TO}(?:,?\s{_YEAR})?")
_PATTERNS = (
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|er)?\.?{_TO}\.?\s(?:de\s)?{_MONTH}(?:,?\s(?:de\s)?{_YEAR})?",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:(?P<year>20\d\d|19\d\d)\s?[年년]\s?)?(?P<number>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일号號]"
    ),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:\s?[-–]\s?\d{{1,2}})?\stháng\s(?P<number>\d{{1,2}})\b(?:(?:\snăm|,)?\s{_YEAR})?"),
)  # fmt: skip
#: Vietnamese short forms, which other languages read otherwise: 27/4, 27-29/4/2025; with a word before it also 27-4
_VIETNAMESE = (
    re.compile(
        rf"(?<![\d/.,-])(?P<day>\d{{1,2}})(?:\s?[-–]\s?\d{{1,2}})?/(?P<number>\d{{1,2}})(?:/{_YEAR})?(?![\d/%])"
    ),
    re.compile(
        rf"(?:(?<=ngày\s)|(?<=sáng\s)|(?<=chiều\s)|(?<=tối\s)|(?<=trưa\s))(?P<day>\d{{1,2}})-(?P<number>\d{{1,2}})(?:-{_YEAR})?(?!\d)"
    ),
)
#: a day without its month, but no length of time (6日間, 6日ぶり)
_DAY_ALONE = re.compile(r"(?<![\d月월.])(?P<day>\d{1,2})[日일](?![間以ぶ後前目連当曜간동차째])")
_WEEKDAYS = {
    name: number
    for names in (
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "mandag tirsdag onsdag torsdag fredag lørdag søndag",
        "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
        "lunes martes miércoles jueves viernes sábado domingo",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
    )
    for number, name in enumerate(names.split())
}
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(_WEEKDAYS)})\b")
_FUTURE = re.compile(r"\b(?:will|next|upcoming|due|plans? to|set to|skal|neste|nächste\w*|próximo|prochain)\b")
_TODAY = re.compile(
    r"\btoday\b|hôm nay|(?:sáng|chiều|tối) nay|本日|今日|きょう|오늘|今天|\bi dag\b|\bheute\b|aujourd[’']hui|\bhoy\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_YEAR_OF = re.compile(r"\d{4}\s?[年년]")
_GOES_ON = frozenset(".-–—/snrteubaSNRTEUBA月월日일")  # or a space: what may follow the number of a day or a month
_TWO = 2  # digits of a day


@dataclass(frozen=True, slots=True)
class Day:
    """A day as named: half-open offsets into title or text."""

    date: date
    start: int
    end: int
    in_title: bool


def days(reading: Reading) -> list[Day]:
    """Find all days, in the title first, in order. A year that is not named is the one nearest to the publication."""
    found = [Day(day, *span, in_title=True) for day, span in _named(reading.title, len(reading.title), reading)]
    found += [Day(day, *span, in_title=False) for day, span in _named(reading.text, reading.lead_end, reading)]
    found.sort(key=lambda one: (not one.in_title, one.start))
    return found


def same_day(reading: Reading) -> tuple[int, int] | None:
    """Find a word for "today" in the lead."""
    match = _TODAY.search(reading.text, 0, reading.lead_end)
    return match.span() if match else None


def _named(text: str, front: int, reading: Reading) -> Iterator[tuple[date, tuple[int, int]]]:
    """Find days by their numbers anywhere, and by the day of the week up to ``front``."""
    past = 0
    for match in _matches(text, reading.language):
        if match.start() >= past and (day := _resolve(match.groupdict(), reading.published)):
            past = match.end()
            yield day, match.span()
    if reading.published is None:
        return
    for match in _WEEKDAY.finditer(text, 0, front):
        clause = text[max(0, match.start() - _CLAUSE) : match.start()].rpartition("\n")[2]
        yield _weekday(_WEEKDAYS[match.group()], clause, reading.published), match.span()


def _matches(text: str, language: str) -> Iterator[re.Match[str]]:
    """Try at each number what may be a day, in order; a month's name may stand before it."""
    patterns = (*_PATTERNS, *(_VIETNAMESE if language in {"vi", "mul"} else ()), _DAY_ALONE)
    for number in _DIGITS.finditer(text):
        start, end = number.span()
        found = None
        if end - start > _TWO:
            found = _YEAR_OF.match(text, start) and _PATTERNS[1].match(text, start)
        else:
            if text[start - 1 : start].isspace():
                named = _ENGLISH_MONTH.search(text, max(0, start - _LONGEST), start)
                found = named and _MONTH_FIRST.match(text, named.start())
            if not found and (text[end : end + 1] in _GOES_ON or text[end : end + 1].isspace()):
                found = next(filter(None, (pattern.match(text, start) for pattern in patterns)), None)
        if found:
            yield found


def _resolve(parts: dict[str, str | None], published: date | None) -> date | None:
    """Make a date of the named parts; the missing year (and month) that comes nearest to the publication."""
    day = int(parts["day"] or 0)
    month = int(parts.get("number") or 0) or _month(parts.get("month") or "")
    if year := parts.get("year"):
        return _date(int(year), month, day)
    if published is None:
        return None
    if month:
        options = [_date(published.year + shift, month, day) for shift in (-1, 0, 1)]
    else:
        months = [published.replace(day=15) + timedelta(days=30 * shift) for shift in (-1, 0, 1)]
        options = [_date(one.year, one.month, day) for one in months]
    return min(filter(None, options), key=lambda one: abs(one - published), default=None)


def _month(name: str) -> int:
    name = name.lower()
    return next((_STARTS[name[:size]] for size in (4, 3) if name[:size] in _STARTS), 0)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weekday(wanted: int, clause: str, published: date) -> date:
    """Give the last such day up to the publication, or the next one where the clause speaks of what will be."""
    back = (published.weekday() - wanted) % 7
    if back and _FUTURE.search(clause):
        return published + timedelta(days=7 - back)
    return published - timedelta(days=back)
