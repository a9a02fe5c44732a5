"""Official texts of both sides on one event, searched theme by theme: each side's own words, or that it has none."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import product

from tasks.compose.desk import Desk, fresh
from tasks.compose.terms import spans
from tasks.text import is_cjk, sentences
from warehouse.issue import OfficialText, Theme, ThemeSaid, Told
from warehouse.records import Article

SENTENCES = 2  # quoted on a theme
_SHORTEST, _SHORTEST_CJK = 30, 12  # characters: what is shorter is a heading
_APART = timedelta(days=1)  # between two texts' events where both sides tell of one


def officials(desk: Desk, told: Told) -> tuple[OfficialText, ...]:
    """Give the official texts on a story's event, the best of each side and language; none where one side has none.

    Only texts that are held in full, may be quoted and are in a language that every theme has terms in: of others
    nobody can say what they leave out.
    """
    held = [one for one in told.articles if _is_held(desk, told, one)]
    sides = [[one for one in held if one.side == side] for side in ("vietnam", "japan")]
    pairs = [pair for pair in product(*sides) if _apart(told, *pair) <= _APART]
    if not pairs or not {one.article_id for one in held} & {one.article_id for one in fresh(told)}:
        return ()
    best = min(pairs, key=lambda pair: (_apart(told, *pair), -_shared(told, *pair), _order(*pair)))
    chosen: dict[tuple[str, str], Article] = {(one.side, one.language): one for one in best}
    for one in sorted(held, key=lambda one: (-len(one.text), one.article_id)):
        if all(_apart(told, one, other) <= _APART for other in best):
            chosen.setdefault((one.side, one.language), one)
    return tuple(OfficialText(desk.title(one), _said(desk, one)) for one in chosen.values())


def _is_held(desk: Desk, told: Told, article: Article) -> bool:
    """Say whether an official text is held whole; of copies, the root speaks."""
    return (
        article.source_kind == "readout"
        and article.text_kind == "full"
        and article.article_id not in told.copies
        and desk.may_quote(article)
        and all(article.language in theme.terms for theme in desk.background.themes)
        and bool(desk.background.themes)
    )


def _apart(told: Told, one: Article, other: Article) -> timedelta:
    """Give how far the events of two texts lie apart; a text that dates none stands on the day it was published."""
    first, second = (
        (judgement.event_date if (judgement := told.judgements.get(each.article_id)) else None)
        or (each.published or each.first_seen).date()
        for each in (one, other)
    )
    return abs(first - second)


def _shared(told: Told, one: Article, other: Article) -> int:
    """Count whom and what two texts both name."""
    first, second = (
        {entity.entity_id for entity in judgement.entities} if (judgement := told.judgements.get(key)) else set()
        for key in (one.article_id, other.article_id)
    )
    return len(first & second)


def _order(one: Article, other: Article) -> tuple[int, str, str]:
    return -len(one.text) - len(other.text), one.article_id, other.article_id


def _said(desk: Desk, article: Article) -> tuple[ThemeSaid, ...]:
    """Give what a text says on each theme that it has: those sentences first that say least else, else its headline."""
    on = {theme.theme_id: _on(theme, article) for theme in desk.background.themes}
    crowd = Counter(span for found in on.values() for span in found)
    said = []
    for theme in desk.background.themes:
        found = sorted(on[theme.theme_id], key=lambda span: (crowd[span], span))[:SENTENCES]
        quotes = tuple(desk.quote(article, "text", *span) for span in found)
        if not quotes and spans(theme.terms, article.language, article.title):
            quotes = (desk.title(article),)
        if quotes:
            said.append(ThemeSaid(theme.theme_id, theme.titles, quotes))
    return tuple(said)


def _on(theme: Theme, article: Article) -> list[tuple[int, int]]:
    """Give the spans of the sentences on a theme; where a heading names it, the sentence under the heading."""
    cut = sentences(article.text)
    found = []
    for at, span in enumerate(cut):
        if spans(theme.terms, article.language, article.text[slice(*span)]):
            under = at + 1 if _is_heading(article.text[slice(*span)]) and at + 1 < len(cut) else at
            found.append(cut[under])
    return list(dict.fromkeys(found))


def _is_heading(text: str) -> bool:
    return len(text) < (_SHORTEST_CJK if is_cjk(text) else _SHORTEST)
