"""Read out of a text what survives translation: figures, days, months, names, and which country is visited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import ahocorasick

from tasks.text import fold

Span = tuple[int, int]  #: half-open, in the folded text

_WORD = re.compile(r"[^\W_]+(?:[-+'’&][^\W_]+)*")
#: the same from a letter that is no small one of ASCII: passes quickly over most words without a capital
_CAPITAL = re.compile(r"[^\W\d_a-z](?<![^\W_].)(?<![^\W_][-+'’&].)[^\W_]*(?:[-+'’&][^\W_]+)*")
_SHORT = 3  # letters: a capital on a shorter word is a particle or a syllable

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

_MONTHS = {
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
_NAMED = rf"(?P<name>{'|'.join(_MONTHS)})\b"
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
_YEAR = re.compile(r"20\d\d(?!\d)")
_MONTH_BEFORE = re.compile(
    rf"(?:\b(?P<name>{'|'.join(_MONTHS)})\.?,? (?:de |del )?|(?<![\d/.-])(?P<m>\d\d?)(?:/| nam ))$"
)
_MONTH_AFTER = re.compile(r"20\d\d\s?[年년]\s?(?P<m>\d\d?)\s?[月월]")
_LONGEST_MONTH = 18  # characters from the beginning of a month's name to its year
_COUNTRIES = {  # the country and its capital: spelt with words set apart; in kana or hanzi; in short; in hangul
    "vietnam": (r"viet ?nam(?:s|ese)?|hanoi|ha noi", "ベトナム|ヴェトナム|越南|ハノイ|河[內内]", "越", "베트남|하노이"),
    "japan": (r"japans?|japon|tokyo|(?<!viet )nhat(?: ban)?", "日本|東京|东京", "日", "일본|도쿄"),
}
_VISITS = (
    "visit", "trip", "tour", "stay", "arriv", "land", "leav", "besok", "besøk", "besuch", "reise", "viaje", "gira",
    "lleg", "voyage", "tham", "cong du", "den", "toi", "roi",
)  # fmt: skip
_VISITED = {
    side: re.compile(
        r"\b(?:visit\w*|trip|tour|stay|arriv\w+|land\w*|leav\w+|bes[oø]k\w*|besuch\w*|reise|viaje|gira|lleg\w+|voyage"
        rf"|tham|cong du|den|toi|roi)\b[^.;:\n]{{0,32}}?\b(?:{spelt})\b|\b(?:{spelt})[ -](?:visit|besuch|trip)\b"
        rf"|(?:{kanji})[^。、\n]{{0,14}}?(?:訪問|歴訪|を訪れ|へ出発|に到着|入り)|(?:訪問?|访问?|抵達|赴)(?:{kanji}|{short})"
        rf"|来{short}|(?:{hangul})[^.\n]{{0,14}}?(?:방문|순방|도착)"
    )
    for side, (spelt, kanji, short, hangul) in _COUNTRIES.items()
}
#: how each of the alternatives above begins, by which the places to try are found
_BEGINNINGS = {
    "vietnam": ("viet", "hanoi", "ha noi", "ベトナム", "ヴェトナム", "越南", "ハノイ", "河", "베트남", "하노이"),
    "japan": ("japan", "japon", "tokyo", "nhat", "日本", "東京", "东京", "일본", "도쿄"),
}
_EITHER_WAY = (*_VISITS, "訪", "访", "抵達", "赴", "来")
_INVITED = re.compile(r"invit|\bmoi\b|招[待請]|邀|초청")
_BEFORE, _AFTER = 48, 8  # characters around a visit that may say that it is only asked for

_MONTH, _DAY = range(1, 13), range(1, 32)


def days(folded: str) -> set[tuple[int, int]]:
    """Give the days, as (month, day), that a folded text names in figures; all of them where it says from and to."""
    return {each for each, _ in days_at(folded)}


def days_at(folded: str) -> Iterator[tuple[tuple[int, int], Span]]:
    """Give the same with their places, each as often as it is named."""
    for match in _days(folded):
        parts = match.groupdict()
        month, day = int(parts.get("m") or _MONTHS[parts["name"]]), int(parts["d"])
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


def months(folded: str) -> set[tuple[int, int]]:
    """Give the months, as (year, month), that a folded text names."""
    found = set()
    for year in _YEAR.finditer(folded):
        start = year.start()
        match = _MONTH_BEFORE.search(folded, max(0, start - _LONGEST_MONTH), start) or _MONTH_AFTER.match(folded, start)
        if match:
            parts = match.groupdict()
            found.add((int(year.group()), int(parts["m"] or _MONTHS[parts["name"]])))
    return found


def visited(folded: str) -> str:
    """Give the side that a folded text says is visited, "" for neither or both; what is only asked for is none."""
    sides = {side for side in _VISITED if any(True for _ in _visits(folded, side))}
    return sides.pop() if len(sides) == 1 else ""


def _visits(folded: str, side: str) -> Iterator[re.Match[str]]:
    """Give the visits to a side, one after the other."""
    past = 0
    for start in sorted(last + 1 - size for last, size in _beginnings(side).iter(folded)):
        if start >= past and (found := _VISITED[side].match(folded, start)):
            past = found.end()
            if not _INVITED.search(folded[max(0, start - _BEFORE) : past + _AFTER]):
                yield found


@cache
def _beginnings(side: str) -> ahocorasick.Automaton:
    """Compile where a visit to a side may begin to be told: trying there only is five times as fast."""
    automaton = ahocorasick.Automaton()
    for beginning in (*_EITHER_WAY, *_BEGINNINGS[side]):
        automaton.add_word(beginning, len(beginning))
    automaton.make_automaton()
    return automaton


def invites(folded: str) -> bool:
    """Say whether a folded text speaks of an invitation."""
    return bool(_INVITED.search(folded))


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


def names(text: str) -> set[str]:
    """Give the words that have a capital inside a sentence, folded."""
    found = (
        each.group()
        for each in _CAPITAL.finditer(text)
        if each.group()[0].isupper()
        and len(each.group()) > _SHORT
        and text[max(0, each.start() - 2) : each.start()].strip(" \n\"“«'‘([") not in {"", ".", "!", "?", ":", "。"}
    )
    return set(fold("\n".join(found)).split("\n")) - {""}
