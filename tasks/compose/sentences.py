"""The key sentence: one, verbatim, that says most of the story and needs no other beside it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.compose.desk import Desk, quotable
from tasks.compose.words import grams
from tasks.text import is_cjk, sentences
from warehouse.issue import Quote, Told
from warehouse.records import Article, Judgement

_LENGTHS, _LENGTHS_CJK = (40, 280), (18, 140)  # characters of a sentence that may be quoted
_COMFORT, _COMFORT_CJK = 190, 90  # beyond it a sentence is tiring
_SAME_ARTICLE = 2.0
_FIRST = 12  # sentences of an article that are looked at: news says its main thing early
_WEIGHTS = {"person": 2.0, "event_type": 1.5, "organisation": 1.0, "topic": 1.0, "relevance": 1.0, "place": 0.5}
_ENDS = re.compile(r"(?<![.…])[.!。！][\"”’»」』)）]*$")  # not on an ellipsis: feeds end what they cut with one
_OPENS = re.compile(r"^[\"“‘«「『(（]?(?:[^\W_a-z]|\d)")
_PAIRS = (("“", "”"), ("«", "»"), ("「", "」"), ("『", "』"), ("(", ")"), ("（", "）"), ("[", "]"))
_DATELINE = re.compile(r"^[^.!?。]{2,60}?(?:\([^)]{2,30}\)|（[^）]{2,30}）|】)?\s?[–—＝=-]{1,2}\s")

_NAMED = frozenset({"person", "organisation", "place"})

# Openings that lean on a sentence before them.
_LEANS = re.compile(
    r"^[\"“]?(?:he|she|it|they|this|these|that|those|his|her|its|their|such|however|but|and|also|in addition|meanwhile|"
    r"moreover|therefore|besides|accordingly|earlier|according to him|according to her|"
    r"ông|bà|họ|đây|đó|điều này|việc này|tuy nhiên|nhưng|và|ngoài ra|bên cạnh|đồng thời|theo đó|trong khi đó|do đó|"
    r"trước đó|cũng|"
    r"han|hun|det|de|dette|disse|men|også|il|elle|ils|elles|cela|mais|ce|cette)\b"
    r"|^[「『]?(?:同氏|同相|同社|同日|同国|これ|それ|この|その|こうした|また|しかし|だが|一方|さらに|なお|そして|ただ|他|其|他们|그|이)",
    re.IGNORECASE,
)

# Words within a sentence that point back to one before it.
_REFERS = re.compile(
    r"\b(?:nước này|ông này|bà này|việc này|điều này|the latter)\b|同氏|同社|同国|同相|同校", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    article: Article
    start: int
    end: int
    text: str
    score: float


def key_sentences(desk: Desk, told: Told, heads: Sequence[Quote]) -> tuple[Quote, ...]:
    """Give the key sentence of each language in which a quotable article has one, best first.

    `heads` are the headlines: a sentence of the same article belongs under its headline best.
    """
    headed = {one.article_id for one in heads}
    may = [one for one in quotable(told) if desk.may_quote(one) and one.text_kind in {"full", "feed", "summary"}]
    weights = _weights(told, may)
    best: dict[str, _Candidate] = {}
    for article in may:
        bonus = _SAME_ARTICLE * (article.article_id in headed)
        for one in _candidates(told, article, weights, bonus):
            held = best.get(article.language)
            if held is None or one.score > held.score:
                best[article.language] = one
    chosen = sorted(best.values(), key=lambda one: (-one.score, one.article.article_id))
    return tuple(desk.quote(one.article, "text", one.start, one.end) for one in chosen)


def stands_alone(text: str) -> bool:
    """Say whether a sentence is whole, of a fit length, and leans on nothing said before it."""
    low, high = _LENGTHS_CJK if is_cjk(text) else _LENGTHS
    whole = low <= len(text) <= high and _OPENS.search(text) and _ENDS.search(text)
    paired = all(text.count(left) == text.count(right) for left, right in _PAIRS) and text.count('"') % 2 == 0
    return bool(whole) and paired and not _LEANS.search(text)


def _candidates(told: Told, article: Article, weights: Counter[str], bonus: float) -> list[_Candidate]:
    judgement = told.judgements.get(article.article_id)
    title = grams(article.title)
    old = [grams(one.text) for one in told.articles if one.article_id in told.old and one.language == article.language]
    found = []
    for place, (start, end) in enumerate(sentences(article.text)[:_FIRST]):
        text = article.text[start:end]
        if stands_alone(text) and not _cuts_a_name(judgement, start, end):
            score = bonus + _said(judgement, text, weights) + 3 / (1 + place) + _fit(text, title, old)
            found.append(_Candidate(article, start, end, text, round(score, 6)))
    return found


def _cuts_a_name(judgement: Judgement | None, start: int, end: int) -> bool:
    """Say whether a span of the text begins or ends inside a name: a full stop may be part of one."""
    marks = [one for one in judgement.evidence if one.field == "text"] if judgement else []
    return any(
        one.tag.partition(":")[0] in _NAMED and (one.start < start < one.end or one.start < end < one.end)
        for one in marks
    )


def _weights(told: Told, articles: Sequence[Article]) -> Counter[str]:
    """Count in how many of the articles each tag stands: what all tell is central."""
    counts: Counter[str] = Counter()
    for article in articles:
        if judgement := told.judgements.get(article.article_id):
            counts.update({mark.tag for mark in judgement.evidence})
    return counts


def _said(judgement: Judgement | None, text: str, weights: Counter[str]) -> float:
    """Weigh what a sentence says: tags by their centrality, and amounts. A tag's words count wherever they recur."""
    if judgement is None:
        return 0.0
    inside = {mark.tag for mark in judgement.evidence if mark.text and mark.text in text}
    tags = sum(_WEIGHTS.get(tag.partition(":")[0], 0.0) * (min(weights[tag], 4) + 1) / 2 for tag in sorted(inside))
    amounts = sum(bool(one.text) and one.text in text for one in judgement.amounts)
    return math.sqrt(tags) * 2 + 1.2 * min(amounts, 2)  # the root: a list of many names is no better for its length


def _fit(text: str, title: frozenset[str], old: Sequence[frozenset[str]]) -> float:
    """Weigh a sentence as a whole: on the headline's matter, no echo of it or of last week, no dateline, not long."""
    said = grams(text)
    matter = 1.5 * len(said & title) / len(title) if title else 0.0
    long = max(0, len(text) - (_COMFORT_CJK if is_cjk(text) else _COMFORT)) / 40
    echo = 1.5 if len(said & title) > 0.7 * len(said) else 0.0
    told = max((len(said & one) / len(said) for one in old), default=0.0) if said else 0.0
    stale = 6.0 * max(0.0, told - 0.5)  # half of its words any two reports of one story share
    return matter - long - echo - stale - 1.0 * bool(_DATELINE.search(text)) - 1.5 * bool(_REFERS.search(text))
