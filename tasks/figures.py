"""Read figures and days out of folded text, in one form whatever the language: what survives translation."""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]  #: half-open, in the folded text

_MULTIPLES = {
    **dict.fromkeys(("nghin", "thousand", "tusen", "mil", "mille", "tausend", "천"), 1e3),
    **dict.fromkeys(("万", "萬", "만"), 1e4),
    **dict.fromkeys(("trieu", "million", "millions", "millioner", "millones", "millionen", "mn", "百万"), 1e6),
    **dict.fromkeys(("億", "亿", "억"), 1e8),
    **dict.fromkeys(
        ("ty", "ti", "billion", "billions", "milliard", "milliarder", "milliards", "milliarden", "bn"), 1e9
    ),
    **dict.fromkeys(("兆", "조", "trillion", "trillions", "nghin ty"), 1e12),
}
_FIGURE = re.compile(
    r"(?<![0-9a-z.,])(\d{1,3}(?:[.,\s]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,3})?)\s?"
    rf"({'|'.join(sorted(map(re.escape, _MULTIPLES), key=len, reverse=True))})?"
    r"(?:(?<=[億亿억])(\d{1,4})[万萬만])?\s?(%|％|per ?cent|prosent|por ciento|phan tram|퍼센트)?"
)
_THOUSANDS = re.compile(r"[.,\s](?=\d{3}(?!\d))")
_YEARS = range(1900, 2101)
_FEW = 31  # counts and days up to here stand in every text

MONTHS = {  # as folded
    name: str(number)
    for number, spellings in enumerate(
        (
            "january jan januar enero janvier",
            "february feb februar febrero fevrier",
            "march mar mars marz marzo",
            "april apr abril avril",
            "may mai mayo",
            "june jun juni junio juin",
            "july jul juli julio juillet",
            "august aug agosto aout",
            "september sept sep septiembre septembre",
            "october oct oktober okt octubre octobre",
            "november nov noviembre novembre",
            "december dec desember dezember diciembre decembre",
        ),
        start=1,
    )
    for name in spellings.split()
}
_NAMED = rf"(?P<name>{'|'.join(MONTHS)})\b"
_UNTIL = (
    r"(?:\s?[-–—~〜～]\s?| to | until | and | den | va | til | og | al | y | au | et | bis |日?から|日?～|일?부터 )"
)
_NUMBER = re.compile(r"(?<!\d)\d\d?(?!\d)")
_GOES_ON = frozenset(" .snrte-–—~〜～/日か일부月월")  # or another space: what may follow the number of a day or a month
_NAME = re.compile(rf"\b{_NAMED}\.? $")
_LONGEST_NAME = 12  # characters of a month's name and what parts it from the number
_DAYS = [  # each with an earlier day of the same month, if there is one: 27-29/4, April 27 to 29, 4月27日から29日
    re.compile(rf"(?<!\d)(?:(?P<e>\d\d?)\.?{_UNTIL})?(?P<d>\d\d?)\.?(?:st|nd|rd|th|er)? (?:de )?{_NAMED}"),
    re.compile(rf"(?<![\d/.-])(?:(?P<e>\d\d?){_UNTIL}(?:ngay )?)?(?P<d>\d\d?)[/-](?P<m>\d\d?)(?![\d%])(?!/\d\d?/)"),
    re.compile(rf"(?P<m>\d\d?)\s?[月월]\s?(?P<d>\d\d?)\s?[日일号號]?(?:{_UNTIL}(?P<e>\d\d?)\s?[日일号號])?"),
]
_NAMED_FIRST = re.compile(rf"{_NAMED}\.? (?P<d>\d\d?)(?:{_UNTIL}(?P<e>\d\d?))?(?!\d)")

_MONTH, _DAY = range(1, 13), range(1, 32)


def days(folded: str) -> set[tuple[int, int]]:
    """Give the days, as (month, day), that a folded text names in figures; all of them where it says from and to."""
    return {each for each, _ in days_at(folded)}


def days_at(folded: str) -> Iterator[tuple[tuple[int, int], Span]]:
    """Give the same with their places, each as often as it is named."""
    for match in _days(folded):
        parts = match.groupdict()
        month, day = int(parts.get("m") or MONTHS[parts["name"]]), int(parts["d"])
        first, last = sorted((day, int(parts["e"] or day)))
        if month in _MONTH and first in _DAY and last in _DAY:
            yield from (((month, each), match.span()) for each in range(first, last + 1))


def _days(folded: str) -> Iterator[re.Match[str]]:
    """Try at each number what may be a day; a month's name may stand before it."""
    for number in _NUMBER.finditer(folded):
        start, end = number.span()
        name = folded[start - 1 : start] == " " and _NAME.search(folded, max(0, start - _LONGEST_NAME), start)
        if first := name and _NAMED_FIRST.match(folded, name.start()):
            yield first
        if folded[end : end + 1] in _GOES_ON or folded[end : end + 1].isspace():
            yield from filter(None, (pattern.match(folded, start) for pattern in _DAYS))


def figures(folded: str) -> set[str]:
    """Give the figures of a folded text in one form whatever the language: 28.6 billion, 286億 and 28,6 tỷ are one."""
    return {figure for figure, _ in figures_at(folded)}


def figures_at(folded: str) -> Iterator[tuple[str, Span]]:
    """Give the same with their places, each as often as it is written."""
    for match in _FIGURE.finditer(folded):
        digits, multiple, rest, percent = match.groups("")
        value = float(_THOUSANDS.sub("", digits).replace(",", ".")) * _MULTIPLES.get(multiple, 1.0)
        value += int(rest) * _MULTIPLES["万"] if rest else 0.0
        if percent:
            yield f"{value:g}%", match.span()
        elif multiple or not value.is_integer() or (value > _FEW and int(value) not in _YEARS):
            yield f"{value:.6g}", match.span()
