"""Find sums of money, shares and head counts, as written and normalised."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tasks.tag.reading import Reading
from warehouse.records import Amount, Evidence

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
    "USD": r"US\$|USD|US dollars?|U\.S\. dollars?|dollars?|đô la Mỹ|đô la|đôla|dólares|dollar",
    "JPY": r"JPY|[Yy]ens?|yên",
    "VND": r"VNĐ|VND|đồng|[Dd]ongs?",
    "EUR": r"EUR|[Ee]uros?",
    "KRW": r"KRW|won",
    "CNY": r"CNY|RMB|yuan|nhân dân tệ",
    "NOK": r"NOK|kroner",
    "percent": r"%|per ?cent|phần trăm|prosent|Prozent|pour cent|por ciento",
    "people": r"people|workers|trainees|interns|students|Vietnamese|Japanese|người|lao động|thực tập sinh|personer|"
    r"personas|Menschen|personnes",
}
_PREFIXES = {
    "US$": "USD", "$": "USD", "USD": "USD", "¥": "JPY", "￥": "JPY", "JPY": "JPY", "VNĐ": "VND", "VND": "VND",
    "₫": "VND", "€": "EUR", "EUR": "EUR", "₩": "KRW",
}  # fmt: skip
_PREFIX = "|".join(re.escape(sign) for sign in _PREFIXES)
_UNIT = "|".join(rf"(?P<{name}>{pattern})" for name, pattern in _UNITS.items())
_LONGEST_SIGN = 5
_SIGN = re.compile(rf"(?<![A-Za-z])(?:{_PREFIX})\s?$")
_SIGNED = re.compile(rf"(?P<prefix>{_PREFIX})\s?(?P<number>{_NUMBER})(?:[\s-]?(?P<scale>(?i:{_SCALE}))\b)?")
_WESTERN = re.compile(
    rf"(?<![\w.,])(?P<number>{_NUMBER})(?:[\s-]?(?P<scale>(?i:{_SCALE})))?(?:[\s-](?:de\s)?|(?=%))(?:{_UNIT})(?!\w)"
)
_STEPS = {
    "兆": 1e12,
    "조": 1e12,
    "億": 1e8,
    "亿": 1e8,
    "억": 1e8,
    "万": 1e4,
    "萬": 1e4,
    "만": 1e4,
    "千": 1e3,
    "천": 1e3,
}
_EASTERN_UNITS = {
    "米ドル": "USD", "ドル": "USD", "美元": "USD", "달러": "USD", "円": "JPY", "日元": "JPY", "日圓": "JPY",
    "日圆": "JPY", "엔": "JPY", "越南盾": "VND", "越盾": "VND", "ドン": "VND", "동": "VND", "ユーロ": "EUR",
    "歐元": "EUR", "欧元": "EUR", "유로": "EUR", "人民元": "CNY", "人民幣": "CNY", "元": "CNY", "ウォン": "KRW",
    "원": "KRW", "人": "people", "名": "people", "명": "people", "％": "percent", "%": "percent",
    "パーセント": "percent", "퍼센트": "percent",
}  # fmt: skip
_STEPPED = rf"(?:[\d０-９][\d０-９,，]*(?:[.．][\d０-９]+)?\s?[{''.join(_STEPS)}]\s?)+"
_EASTERN = re.compile(
    rf"(?<![\d.,])(?P<number>{_STEPPED}(?:[\d０-９][\d０-９,，]*)?|[\d０-９][\d０-９,，]*(?:[.．][\d０-９]+)?)\s?"
    rf"(?P<unit>{'|'.join(sorted(_EASTERN_UNITS, key=len, reverse=True))})"
)
_STEP = re.compile(rf"([\d０-９][\d０-９,，]*(?:[.．][\d０-９]+)?)\s?([{''.join(_STEPS)}])?")
_DIGITS = re.compile(r"[\d０-９]+")
_GROUP = 3  # digits between two marks of thousands
_LONGEST = 24  # digits and marks of a number; what is longer is no amount


def amounts(reading: Reading) -> tuple[tuple[Amount, ...], list[Evidence]]:
    """Find amounts in title and text, each once: money in its currency's unit, shares in percent."""
    found: dict[tuple[float, str], Amount] = {}
    evidence = []
    for in_title, text in ((True, reading.title), (False, reading.text)):
        for (start, end), value, unit in _in(text, reading.language):
            if (value, unit) not in found:
                found[value, unit] = Amount(value, unit, text[start:end])
                evidence.append(reading.cite(f"amount:{unit}", start, end, in_title=in_title))
    return tuple(found.values()), evidence


def _in(text: str, language: str) -> Iterator[tuple[tuple[int, int], float, str]]:
    past = 0
    for digits in _DIGITS.finditer(text):
        if digits.start() < past:
            continue
        sign = _SIGN.search(text, max(past, digits.start() - _LONGEST_SIGN), digits.start())
        match = (
            (sign and _SIGNED.match(text, sign.start()))
            or _EASTERN.match(text, digits.start())
            or _WESTERN.match(text, digits.start())
        )
        if not match or len(match["number"]) > _LONGEST or "\n" in match.group():
            continue
        past = match.end()
        if match.re is _EASTERN:
            yield match.span(), _eastern(match["number"]), _EASTERN_UNITS[match["unit"]]
        else:
            scale = _SCALES[match["scale"].lower()] if match["scale"] else 1.0
            yield match.span(), _western(match["number"], language) * scale, _unit(match)


def _unit(match: re.Match[str]) -> str:
    parts = match.groupdict()
    if parts.get("prefix"):
        return _PREFIXES[parts["prefix"]]
    return next(name for name in _UNITS if parts[name])


def _western(number: str, language: str) -> float:
    """Read a number by the marks of its language, unless it can only follow the other custom (28.6 in Vietnamese)."""
    number = number.replace("\u00a0", "").replace("\u202f", "")
    thousands, decimal = (".", ",") if language in _COMMA_DECIMAL else (",", ".")
    swapped = (
        thousands in number and number.rfind(thousands) > number.find(decimal) >= 0
    )  # 1,234.5 where 1.234,5 is usual
    broken = any(len(group) != _GROUP for group in number.split(decimal)[0].split(thousands)[1:])
    if number.count(decimal) > 1 or swapped or broken:
        thousands, decimal = decimal, thousands
    return float(number.replace(thousands, "").replace(decimal, "."))


def _eastern(number: str) -> float:
    """Read 2億8800万, 44万3998, 650兆: each step multiplies what stands before it."""
    plain = number.replace(",", "").replace("，", "").replace("．", ".")
    return sum(float(digits) * _STEPS.get(step, 1.0) for digits, step in _STEP.findall(plain))
