"""Find sums of money, shares and head counts, as written and normalised."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tasks.tag.reading import Reading, Spot
from warehouse.records import Amount, Evidence

Span = tuple[int, int]

_COMMA_DECIMAL = frozenset({"vi", "nb", "de", "fr", "es", "pt", "id", "it", "nl", "pl", "da", "sv", "ru", "cs"})
_NUMBER = r"\d{1,3}(?:[.,\u00a0\u202f]\d{3})+(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)?"
_SCALES = {
    "triệu tỷ": 1e15, "nghìn tỷ": 1e12, "ngàn tỷ": 1e12, "nghìn tỉ": 1e12, "trillion": 1e12, "billones": 1e12,
    "billioner": 1e12, "billionen": 1e12, "tỷ": 1e9, "tỉ": 1e9, "billion": 1e9, "bn": 1e9, "mil millones": 1e9,
    "milliarder": 1e9, "milliard": 1e9, "milliards": 1e9, "milliarden": 1e9, "mrd": 1e9, "mrd.": 1e9, "bilhões": 1e9,
    "triệu": 1e6, "million": 1e6, "mn": 1e6, "millones": 1e6, "millón": 1e6, "millioner": 1e6, "millionen": 1e6,
    "millions": 1e6, "mio": 1e6, "mio.": 1e6, "milhões": 1e6, "nghìn": 1e3, "ngàn": 1e3, "thousand": 1e3, "tusen": 1e3,
}  # fmt: skip
_SCALE = "|".join(re.escape(word) for word in sorted(_SCALES, key=len, reverse=True))
_UNITS = {
    "USD": r"US\$|USD|US dollars?|U\.S\. dollars?|US-Dollar|[Dd]ollars?|đô la Mỹ|đô la|đôla|dólares",
    "JPY": r"JPY|[Yy]en(?:e?s)?|yên",
    "VND": r"VNĐ|VND|đồng|[Dd]ongs?",
    "EUR": r"EUR|[Ee]uros?",
    "KRW": r"KRW|won",
    "CNY": r"CNY|RMB|yuan|nhân dân tệ",
    "NOK": r"NOK|kroner",
    "percent": r"%|per ?cent|phần trăm|prosent|Prozent|pour cent|por ciento",
    "people": r"(?:(?:[Vv]ietnam|[Jj]apan|[Jj]apon)\w*\s)?(?:"
    r"people|workers|trainees|interns|students|engineers|nurses|visitors|residents|employees|jobs|Vietnamese|Japanese|"
    r"người|lao động|thực tập sinh|du học sinh|sinh viên|lượt khách|du khách|"
    r"personer|arbeidere|studenter|turister|personas|trabajadores|estudiantes|turistas|visitantes|"
    r"Menschen|Personen|Arbeitskräfte|Arbeiter|Studierende|Studenten|Touristen|"
    r"personnes|travailleurs|étudiants|stagiaires|touristes|visiteurs)",
}
_PREFIXES = {
    "US$": "USD", "$": "USD", "USD": "USD", "¥": "JPY", "￥": "JPY", "JPY": "JPY", "VNĐ": "VND", "VND": "VND",
    "₫": "VND", "€": "EUR", "EUR": "EUR", "₩": "KRW",
}  # fmt: skip
_PREFIX = "|".join(re.escape(sign) for sign in _PREFIXES)
_UNIT = "|".join(rf"(?P<{name}>{pattern})" for name, pattern in _UNITS.items())
_LONGEST_SIGN = 5
_SIGN = re.compile(rf"(?<![A-Za-z])(?P<prefix>{_PREFIX})\s?$")
_SIGNED = re.compile(rf"(?P<number>{_NUMBER})(?:[\s-]?(?P<scale>(?i:{_SCALE}))\b)?")
_AFTER = rf"(?:[\s-]?(?P<scale>(?i:{_SCALE})))?(?:[\s-](?:de\s)?|(?=%))(?:{_UNIT})(?!\w)"
_WESTERN = re.compile(rf"(?<![\w.,])(?P<number>{_NUMBER}){_AFTER}")
_SPACED = re.compile(rf"(?<![\w.,])(?P<number>\d{{1,3}}(?: \d{{3}})+|{_NUMBER}){_AFTER}")
_SPACE_THOUSANDS = frozenset({"fr", "nb", "sv", "fi", "pl", "cs", "ru"})  # 2 000 personnes
_LOW = re.compile(rf"(?P<number>{_NUMBER})\s?(?:[-–—~〜～]|から|to|đến|tới|bis|til|至|到)\s?(?=\d)")
_LARGE = {"兆": 1e12, "조": 1e12, "億": 1e8, "亿": 1e8, "억": 1e8, "万": 1e4, "萬": 1e4, "만": 1e4}
_SMALL = {"千": 1e3, "천": 1e3, "百": 1e2, "백": 1e2, "十": 1e1, "십": 1e1}
#: 億, 千 and both together: 2천억 is two thousand times a hundred million
_STEPS = _LARGE | _SMALL | {few + many: _SMALL[few] * _LARGE[many] for few in _SMALL for many in _LARGE}
_STEPS_OF = "|".join(sorted(_STEPS, key=len, reverse=True))
_EASTERN_UNITS = {
    "米ドル": "USD", "ドル": "USD", "美元": "USD", "달러": "USD", "円": "JPY", "日元": "JPY", "日圓": "JPY",
    "日圆": "JPY", "엔": "JPY", "越南盾": "VND", "越盾": "VND", "ドン": "VND", "동": "VND", "ユーロ": "EUR",
    "歐元": "EUR", "欧元": "EUR", "유로": "EUR", "人民元": "CNY", "人民幣": "CNY", "元": "CNY", "ウォン": "KRW",
    "원": "KRW", "人": "people", "名": "people", "명": "people", "％": "percent", "%": "percent",
    "パーセント": "percent", "퍼센트": "percent", "割": "tenths",
}  # fmt: skip
_STEPPED = rf"(?:[\d０-９][\d０-９,，]*(?:[.．][\d０-９]+)?\s?(?:{_STEPS_OF})\s?)+"
_EASTERN = re.compile(
    rf"(?<![\d.,])(?P<number>{_STEPPED}(?:[\d０-９][\d０-９,，]*)?|[\d０-９][\d０-９,，]*(?:[.．][\d０-９]+)?)\s?"
    rf"(?P<unit>{'|'.join(sorted(_EASTERN_UNITS, key=len, reverse=True))})"
)
_STEP = re.compile(rf"([\d０-９][\d０-９,，]*(?:[.．][\d０-９]+)?)\s?({_STEPS_OF})?")
_DIGITS = re.compile(r"[\d０-９]+")
_GROUP = 3  # digits between two marks of thousands
_BESIDE = 40  # characters between a sum and the word for it
_PARTED = re.compile(r"[.,;:!?。、，；：\n\d]")
_LONGEST = 24  # digits and marks of a number; what is longer is no amount


def amounts(reading: Reading) -> tuple[tuple[Amount, ...], list[Evidence]]:
    """Find amounts in title and text, each once: money in its currency's unit, shares in percent.

    The subject of a sum of money is the word that says what it is, where one stands in the same clause.
    """
    found: dict[tuple[float, str], Amount] = {}
    evidence = []
    for in_title, text in ((True, reading.title), (False, reading.text)):
        sums = [spot for spot in reading.of("sum") if spot.in_title == in_title]
        for (start, end), value, unit in _in(text, reading.language):
            if (value, unit) not in found:
                subject = "" if unit in {"people", "percent"} else _subject(text, start, end, sums)
                found[value, unit] = Amount(value, unit, text[start:end], subject)
                evidence.append(reading.cite(f"amount:{unit}", start, end, in_title=in_title))
    return tuple(found.values()), evidence


def _subject(text: str, start: int, end: int, sums: Sequence[Spot]) -> str:
    """Give the nearest word for a sum with nothing but words between: no stop, no comma, no other number."""
    near = []
    for spot in sums:
        between = text[spot.end : start] if spot.end <= start else text[end : spot.start]
        if len(between) <= _BESIDE and not _PARTED.search(between) and not start < spot.end <= end:
            near.append((len(between), spot.start, text[spot.start : spot.end]))
    return min(near, default=(0, 0, ""))[2]


def _in(text: str, language: str) -> Iterator[tuple[Span, float, str]]:
    past = 0
    for digits in _DIGITS.finditer(text):
        if digits.start() >= past:
            for span, value, unit in _at(text, digits.start(), past, language):
                past = span[1]
                yield span, value, unit


def _at(text: str, start: int, past: int, language: str) -> list[tuple[Span, float, str]]:
    """Read the amount whose number begins here; both ends of a range (300-500 million) have the unit of the second."""
    sign = _SIGN.search(text, max(past, start - _LONGEST_SIGN), start)
    begin, prefix = (sign.start(), _PREFIXES[sign["prefix"]]) if sign else (start, "")
    if low := _LOW.match(text, start):
        upper = _sum(text, low.end(), prefix, language)
        least = _western(low["number"], language)
        if upper and least < upper.number:
            return [((begin, upper.end), number * upper.scale, upper.unit) for number in (least, upper.number)]
    one = _sum(text, start, prefix, language)
    return [((begin, one.end), one.number * one.scale, one.unit)] if one else []


class _Sum(NamedTuple):
    number: float
    scale: float
    unit: str
    end: int


def _sum(text: str, start: int, prefix: str, language: str) -> _Sum | None:
    """Read a number with its scale and unit, in the custom of the West or of the East."""
    western = _SIGNED if prefix else _SPACED if language in _SPACE_THOUSANDS else _WESTERN
    match = western.match(text, start) or _EASTERN.match(text, start)
    if match is None or len(match["number"]) > _LONGEST or "\n" in match.group():
        return None
    if match.re is _EASTERN:
        unit = _EASTERN_UNITS[match["unit"]]
        number, scale = _eastern(match["number"])
        return (
            _Sum(number, scale * 10, "percent", match.end())
            if unit == "tenths"
            else _Sum(number, scale, unit, match.end())
        )
    scale = _SCALES[match["scale"].lower()] if match["scale"] else 1.0
    unit = prefix or next(name for name in _UNITS if match[name])
    return _Sum(_western(match["number"], language), scale, unit, match.end())


def _western(number: str, language: str) -> float:
    """Read a number by the marks of its language, unless it can only follow the other custom (28.6 in Vietnamese)."""
    number = number.replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
    thousands, decimal = (".", ",") if language in _COMMA_DECIMAL else (",", ".")
    swapped = (
        thousands in number and number.rfind(thousands) > number.find(decimal) >= 0
    )  # 1,234.5 where 1.234,5 is usual
    broken = any(len(group) != _GROUP for group in number.split(decimal)[0].split(thousands)[1:])
    if number.count(decimal) > 1 or swapped or broken:
        thousands, decimal = decimal, thousands
    return float(number.replace(thousands, "").replace(decimal, "."))


def _eastern(number: str) -> tuple[float, float]:
    """Read 2億8800万, 44万3998, 650兆: each step multiplies what stands before it. Gives number and step."""
    steps = _STEP.findall(number.replace(",", "").replace("，", "").replace("．", "."))
    if len(steps) == 1:
        digits, step = steps[0]
        return float(digits), _STEPS.get(step, 1.0)
    return sum(float(digits) * _STEPS.get(step, 1.0) for digits, step in steps), 1.0
