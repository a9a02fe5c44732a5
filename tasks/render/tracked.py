"""What stands beside the week's stories: the dossiers, and official texts of both sides theme by theme."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tasks.render.view import Card, pick
from tasks.render.words import Words
from warehouse.issue import DossierWeek, Fact, OfficialText, Quote
from warehouse.records import Side

EVENTS, THEMES = 1, 4  # in the mail


@dataclass(frozen=True, slots=True)
class FactRow:
    """A line of a dossier's timeline."""

    day: str
    said: str
    language: str  #: of `said`
    source: str
    url: str  #: "" for a document without an address
    as_of: str  #: day of the source, "" where that is the fact's


@dataclass(frozen=True, slots=True)
class DossierRow:
    """A dossier as a line shows it, and with its timeline."""

    dossier_id: str
    title: str
    language: str  #: of the title
    state: str  #: moved this week, or quiet since when
    moved: tuple[Card, ...]  #: by rank
    names: tuple[str, ...]
    timeline: tuple[FactRow, ...]  #: newest first


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme in the words of both sides; () for a side in whose text it is not."""

    title: str
    language: str  #: of the title
    vietnam: tuple[Quote, ...]
    japan: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One official text of each side on a story's event, theme by theme: those first that both have."""

    card: Card
    vietnam: Quote  #: headline
    japan: Quote
    themes: tuple[ThemeRow, ...]
    more: int = 0  #: themes left out of the mail


def mailed(found: Sequence[Comparison]) -> tuple[Comparison, ...]:
    """Cut comparisons down to what a mail has room for: the first event, four themes, one sentence a side."""
    return tuple(
        replace(one, themes=_chosen(one.themes), more=max(0, len(one.themes) - THEMES)) for one in found[:EVENTS]
    )


def _chosen(rows: Sequence[ThemeRow]) -> tuple[ThemeRow, ...]:
    """Choose two themes of which both sides speak and one that each has alone; others where there are not so many."""
    shared = [row for row in rows if row.vietnam and row.japan]
    first = [*shared[:2], *[row for row in rows if not row.japan][:1], *[row for row in rows if not row.vietnam][:1]]
    kept = [*first, *(row for row in rows if row not in first)][:THEMES]
    short = (replace(row, vietnam=row.vietnam[:1], japan=row.japan[:1]) for row in rows if row in kept)
    return tuple(short)


def dossier(one: DossierWeek, by_id: Mapping[str, Card], words: Words, year: int) -> DossierRow:
    """Make the line of a dossier."""
    title, language = words.title(one.titles)
    since = words.day(one.since, year, "short") if one.since else ""
    quiet = words.say("quiet_since", day=since) if since else words.say("quiet_ever")
    return DossierRow(
        dossier_id=one.dossier_id,
        title=title,
        language=language,
        state=words.say("moved", len(one.moved)) if one.moved else quiet,
        moved=tuple(by_id[key] for key in one.moved if key in by_id),
        names=tuple(words.name(name) for name in one.names),
        timeline=tuple(_fact(each, words) for each in reversed(one.timeline)),
    )


def comparison(card: Card, words: Words) -> Iterator[Comparison]:
    """Set official texts on a story side by side: of each side the one in the reader's language, else in English."""
    vietnam, japan = (_text(card.entry.officials, side, words) for side in ("vietnam", "japan"))
    if vietnam and japan:
        rows = sorted(_merged(_themes(vietnam, japan, words)), key=lambda row: not (row.vietnam and row.japan))
        yield Comparison(card, vietnam.title, japan.title, tuple(rows))


def _fact(fact: Fact, words: Words) -> FactRow:
    said, language = words.title(fact.said)
    as_of = fact.as_of.isoformat()
    return FactRow(
        words.partial(fact.day),
        said,
        language,
        fact.source,
        fact.url,
        "" if as_of == fact.day else words.partial(as_of),
    )


def _text(texts: Sequence[OfficialText], side: Side, words: Words) -> OfficialText | None:
    of_side = [one for one in texts if one.title.side == side]
    title = pick([one.title for one in of_side], words.language, "en")
    return next((one for one in of_side if one.title == title), None)


def _themes(vietnam: OfficialText, japan: OfficialText, words: Words) -> Iterator[ThemeRow]:
    first, second = ({one.theme_id: one for one in text.said} for text in (vietnam, japan))
    for key, one in (first | second).items():
        title, language = words.title(one.titles)
        sides = (found[key].sentences if key in found else () for found in (first, second))
        yield ThemeRow(title, language, *sides)


def _merged(rows: Iterable[ThemeRow]) -> list[ThemeRow]:
    """Put themes under one head of which both sides speak in the same sentences, so that none is read twice."""
    merged: dict[tuple[tuple[Quote, ...], tuple[Quote, ...]], ThemeRow] = {}
    for row in rows:
        held = merged.get((row.vietnam, row.japan))
        title = f"{held.title} · {row.title}" if held else row.title
        merged[row.vietnam, row.japan] = replace(row, title=title)
    return list(merged.values())
