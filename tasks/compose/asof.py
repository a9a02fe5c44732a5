"""Of when a figure is, where its own sentence says so."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.compose.desk import Desk
from warehouse.issue import Quote
from warehouse.records import Article

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_SINCE = r"(?P<since>\b(?:since|from|after|từ|kể từ|sau)\s+)?"  # a year that something began in dates no figure
_ENGLISH = (
    r"\b(?:(?:as of|at|by|in)\s+)?(?:the\s+)?(?:(?:end|start|middle) of\s+|late\s+|early\s+)?(?:fiscal\s+)?"
    rf"(?:(?:{_MONTH})\s+)?"
)
_VIETNAMESE = (
    r"\b(?:tính đến\s+|trong\s+)?(?:hết\s+|cuối\s+|đầu\s+)?"
    r"(?:tháng\s\d{1,2}(?:/|\snăm\s)|\d{1,2}/\d{1,2}/|năm\s(?:tài chính\s)?)"
)
_WESTERN = r"(?<![\d.,])(?P<western>(?:19|20)\d\d)(?![\d,.]\d|\d|年)"
_EASTERN = (
    r"(?P<eastern>(?:19|20)\d\d)年(?:度)?(?:\d{1,2}月)?(?:\d{1,2}日)?末?(?:時点|現在)?(?P<onward>以来|から|以降)?"
)
_WHEN = re.compile(rf"(?i:{_SINCE}(?:{_ENGLISH}|{_VIETNAMESE}){_WESTERN})|{_EASTERN}")


@dataclass(frozen=True, slots=True)
class Dated:
    """The words that date a figure, and the year they name."""

    words: Quote
    year: int
    old: bool


def dated(desk: Desk, article: Article, sentence: tuple[int, int], figure: tuple[int, int]) -> Dated | None:
    """Read of when a figure is from its sentence; None where it names no year, several, or one that is still to come.

    Spans are of the article's text.
    """
    found = [
        one
        for one in _WHEN.finditer(article.text, *sentence)
        if not (one.end() > figure[0] and one.start() < figure[1])
    ]
    years = {int(one["western"] or one["eastern"]) for one in found}
    if len(years) != 1 or any(one["since"] or one["onward"] for one in found):
        return None
    (year,), now = years, desk.week.monday.year
    start = found[0].start() + len(found[0].group()) - len(found[0].group().lstrip())
    return Dated(desk.quote(article, "text", start, found[0].end()), year, year < now) if year <= now else None
