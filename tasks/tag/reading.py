"""An article as the rules read it: its terms, each with its place (title, lead, body) and its sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from tasks.lexicon import Concept, Hit, Lexicon
from tasks.tag.namesakes import namesakes
from tasks.text import is_cjk, sentences
from warehouse.records import Article, Evidence

Zone = Literal["title", "lead", "body"]

READ = 20_000  # characters of a text that are read: what comes later decides nothing
TITLE_READ = 600  # the same of a title: what is longer is a text in the wrong place
_LEAD = 320  # characters after which the lead ends with its sentence
_LEAD_CJK = 140
_LEAD_SENTENCES = 3
#: a day is a local day: hours to add to UTC, by the outlet's side; elsewhere that of the region between both
_HOURS = {"vietnam": 7, "japan": 9, "third": 8}
#: lines that point to other articles
_POINTER = re.compile(
    r"^[\W_]{0,3}(?:read (?:more|also|next)|related (?:news|stor|article)|see also|more from|"
    r"tin liên quan|xem thêm|đọc thêm|bài liên quan|関連(?:記事|ニュース|リンク)|あわせて読みたい|おすすめ記事|"
    r"관련\s?(?:기사|뉴스)|相关(?:新闻|阅读|报道)|相關(?:新聞|報導)|延伸閱讀|"
    r"les også|lesen sie auch|mehr zum thema|lire aussi|à lire aussi|lea también|te puede interesar)[^\n]*",
    re.IGNORECASE | re.MULTILINE,
)


class Spot(NamedTuple):
    """A term at its place."""

    zone: Zone
    sentence: int  #: -1 in the title, else its number in the text
    start: int
    end: int
    concept: Concept
    bare: bool

    @property
    def in_title(self) -> bool:
        """Say whether the offsets are into the title."""
        return self.zone == "title"


@dataclass(frozen=True, slots=True)
class Reading:
    """An article with everything that the lexicon finds in it."""

    title: str
    text: str  #: the part that is read
    language: str
    published: date | None  #: local day
    sentences: tuple[tuple[int, int], ...]
    lead_end: int  #: offset at which the lead ends
    spots: Mapping[str, tuple[Spot, ...]]  #: by the concept's kind; title first, then text, each by start

    def of(self, *kinds: str) -> list[Spot]:
        """Give the spots of some kinds, in order."""
        found = [spot for kind in kinds for spot in self.spots.get(kind, ())]
        return found if len(kinds) == 1 else sorted(found, key=in_order)

    def source(self, spot: Spot) -> str:
        """Give the field that a spot lies in."""
        return self.title if spot.in_title else self.text

    def words(self, spot: Spot) -> str:
        """Give the characters of a spot."""
        return self.source(spot)[spot.start : spot.end]

    def evidence(self, tag: str, spot: Spot) -> Evidence:
        """Make the evidence of a tag from a spot."""
        return self.cite(tag, spot.start, spot.end, in_title=spot.in_title)

    def cite(self, tag: str, start: int, end: int, *, in_title: bool = False) -> Evidence:
        """Make the evidence of a tag from offsets into the title or the text."""
        source = self.title if in_title else self.text
        return Evidence(tag, "title" if in_title else "text", start, end, source[start:end])


def read(article: Article, lexicon: Lexicon, language: str) -> Reading:
    """Find all terms of an article's title and text."""
    title, text = article.title[:TITLE_READ], article.text[:READ]
    cuts = tuple(sentences(text))
    lead_end = _lead_end(text, cuts)
    starts = [start for start, _ in cuts]
    names = [*namesakes(title)]
    spots = [_spot("title", -1, hit) for hit in lexicon.find(title, language) if not _within(names, hit)]
    asides = [*(match.span() for match in _POINTER.finditer(text)), *namesakes(text)]
    for hit in lexicon.find(text, language):
        if _within(asides, hit):
            continue
        zone: Zone = "lead" if hit.start < lead_end else "body"
        spots.append(_spot(zone, bisect_right(starts, hit.start) - 1, hit))
    published = article.published
    day = (published + timedelta(hours=_HOURS[article.side])).date() if published else None
    return Reading(title, text, language, day, cuts, lead_end, by_kind(spots))


def by_kind(spots: Iterable[Spot]) -> Mapping[str, tuple[Spot, ...]]:
    """Sort spots into their concepts' kinds, in the order in which they come."""
    kinds: dict[str, list[Spot]] = defaultdict(list)
    for spot in spots:
        kinds[spot.concept.kind].append(spot)
    return {kind: tuple(found) for kind, found in kinds.items()}


def in_order(spot: Spot) -> tuple[bool, int, int]:
    """Give the key that sorts spots as they are read: title first."""
    return not spot.in_title, spot.start, -spot.end


def _within(places: Sequence[tuple[int, int]], hit: Hit) -> bool:
    """Say whether a hit begins in one of some places; a longer name that began before them is a thing of its own."""
    return bool(places) and any(start <= hit.start < end for start, end in places)


def _spot(zone: Zone, sentence: int, hit: Hit) -> Spot:
    return Spot(zone, sentence, hit.start, hit.end, hit.concept, hit.bare)


def _lead_end(text: str, cuts: tuple[tuple[int, int], ...]) -> int:
    """Say where the lead ends: with the sentence that makes it long enough, or with the third."""
    enough = _LEAD_CJK if is_cjk(text[:400]) else _LEAD
    for number, (_, end) in enumerate(cuts, 1):
        if end >= enough or number == _LEAD_SENTENCES:
            return end
    return len(text)
