"""Read out of a text what stories are compared by: months, names, and which country is visited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick

from tasks.figures import MONTHS
from tasks.text import fold

_WORD = re.compile(r"[^\W_]+(?:[-+'’&][^\W_]+)*")
#: the same from a letter that is no small one of ASCII: passes quickly over most words without a capital
_CAPITAL = re.compile(r"[^\W\d_a-z](?<![^\W_].)(?<![^\W_][-+'’&].)[^\W_]*(?:[-+'’&][^\W_]+)*")
_SHORT = 3  # letters: a capital on a shorter word is a particle or a syllable

_YEAR = re.compile(r"20\d\d(?!\d)")
_MONTH_BEFORE = re.compile(
    rf"(?:\b(?P<name>{'|'.join(MONTHS)})\.?,? (?:de |del )?|(?<![\d/.-])(?P<m>\d\d?)(?:/| nam ))$"
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


def months(folded: str) -> set[tuple[int, int]]:
    """Give the months, as (year, month), that a folded text names."""
    found = set()
    for year in _YEAR.finditer(folded):
        start = year.start()
        match = _MONTH_BEFORE.search(folded, max(0, start - _LONGEST_MONTH), start) or _MONTH_AFTER.match(folded, start)
        if match:
            parts = match.groupdict()
            found.add((int(year.group()), int(parts["m"] or MONTHS[parts["name"]])))
    return found


def visited(folded: str) -> str:
    """Give the side that a folded text says is visited, "" for neither or both; what is only asked for is none."""
    sides = {side for side in _VISITED if any(True for _ in _visits(folded, side))}
    return sides.pop() if len(sides) == 1 else ""


def _visits(folded: str, side: str) -> Iterator[re.Match[str]]:
    """Give the visits to a side, one after the other."""
    past = 0
    for start in sorted(start for _, start, _ in _beginnings(side).find_matches_as_indexes(folded, overlapping=True)):
        if start >= past and (found := _VISITED[side].match(folded, start)):
            past = found.end()
            if not _INVITED.search(folded[max(0, start - _BEFORE) : past + _AFTER]):
                yield found


@cache
def _beginnings(side: str) -> AhoCorasick:
    """Compile where a visit to a side may begin to be told: trying there only is five times as fast."""
    return AhoCorasick([*_EITHER_WAY, *_BEGINNINGS[side]])


def invites(folded: str) -> bool:
    """Say whether a folded text speaks of an invitation."""
    return bool(_INVITED.search(folded))


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
