"""The best headline of each language: real ones only, machine translations last and never in another's place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from tasks.compose.desk import Desk, fresh, is_machine, originals, voices
from tasks.compose.words import grams
from tasks.text import is_cjk
from warehouse.issue import Quote, Told
from warehouse.records import Article

_LONG, _LONG_CJK = 110, 48  # characters from which a headline is long to read
_KINDS: Mapping[str, float] = {"press": 1.0, "wire": 1.0, "readout": 0.6, "search": 0.2, "translation": 0.0}


def headlines(desk: Desk, told: Told) -> tuple[Quote, ...]:
    """Give the best headline of each language that the story has one in, best first.

    A copy's headline counts only in a language that no original has. None of earlier weeks counts. Never empty.
    """
    spoken = voices(told)
    others = [one for one in (*originals(told), *fresh(told)) if one not in spoken]
    copies = [one for one in others if not is_machine(told, one)]
    machine = [one for one in others if is_machine(told, one)]
    best: dict[str, Quote] = {}
    for group in (spoken, copies, machine):
        for article in _by_merit(told, group, spoken):
            best.setdefault(article.language, desk.title(article, machine=is_machine(told, article)))
    return tuple(best.values())


def best_of(desk: Desk, told: Told, some: Sequence[Article], shown: Collection[str]) -> tuple[Quote, ...]:
    """Give the best headline of each language among some of a story's articles, those not `shown` elsewhere first."""
    best: dict[str, Quote] = {}
    for article in sorted(_by_merit(told, some, some), key=lambda one: one.article_id in shown):
        best.setdefault(article.language, desk.title(article))
    return tuple(best.values())


def _by_merit(told: Told, some: Iterable[Article], beside: Sequence[Article]) -> list[Article]:
    merits = {one.article_id: _merit(told, one, [each for each in beside if each != one]) for one in some}
    return sorted(some, key=lambda one: (-merits[one.article_id], one.published or one.first_seen, one.url))


def _merit(told: Told, article: Article, others: Sequence[Article]) -> float:
    """Weigh a headline: how central its article is, what it comes from, and whether it is short enough to read.

    Central is what the other articles say too: tags in any language, and in one language the headline's words. So the
    strand that one outlet alone tells does not head the story of a visit.
    """
    judgement = told.judgements.get(article.article_id)
    bilateral = judgement is not None and judgement.relevance == "bilateral"
    own = article.side != "third"  # where a reader's language has none, one of the two sides' own words comes first
    untitled = not article.title.strip()
    long = len(article.title) > (_LONG_CJK if is_cjk(article.title) else _LONG)
    central = 4.0 * _tags_shared(told, article, others) + 2.0 * _words_shared(article, others)
    named = 0.2 * min(len(_tags(told, article, "title")), 5)
    return _KINDS[article.source_kind] + central + named + 0.6 * bilateral + 0.5 * own - 1.0 * long - 2.0 * untitled


def _tags_shared(told: Told, article: Article, others: Sequence[Article]) -> float:
    """Give the share of the other articles' tags that an article has too."""
    tags = _tags(told, article)
    held = [_tags(told, one) for one in others]
    return sum(len(tags & one) for one in held) / max(1, sum(map(len, held)))


def _words_shared(article: Article, others: Sequence[Article]) -> float:
    """Give the mean share of a headline's words that stand in the story's other articles of its language."""
    title = grams(article.title)
    texts = [grams(f"{one.title}\n{one.text}") for one in others if one.language == article.language]
    return sum(len(title & text) for text in texts) / (len(title) * len(texts)) if title and texts else 0.0


def _tags(told: Told, article: Article, *fields: str) -> frozenset[str]:
    judgement = told.judgements.get(article.article_id)
    evidence = judgement.evidence if judgement else ()
    return frozenset(mark.tag for mark in evidence if not fields or mark.field in fields)
