"""The whole issue as one rendering shows it: the cards in their sections, and what stands after them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tasks.render.coverage import Bar, Fault, bars, grouped, statement, warnings
from tasks.render.tracked import Comparison, DossierRow, comparison, dossier, mailed
from tasks.render.view import IN_ONE_MINUTE, MIN_FOR_MINUTE, Before, Card, Role, before, pick, roles
from tasks.render.words import Words
from warehouse.issue import Ahead, Correction, Figure, Issue, Quote, Report, Rival


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure: as written where the reader reads that, else normalised, with the writing beside it."""

    value: str
    as_written: Quote | None
    subject: str  #: what it counts, as its article says in the reader's language, else "": the card says it then
    card: Card
    quote: Quote
    day: str  #: of the report, or the year that its sentence names
    rivals: tuple[tuple[str, Quote], ...]  #: what other outlets give for it


@dataclass(frozen=True, slots=True)
class AheadRow:
    """A day ahead, the words that name it, and what their story is about."""

    day: str
    quote: Quote
    card: Card | None  #: None where the words are the story's headline


@dataclass(frozen=True, slots=True)
class Notice:
    """What an outlet took back since last week."""

    said: str
    title: Quote
    told_in: str  #: in which issue it was told; "" where in none


@dataclass(frozen=True, slots=True)
class Page:
    """All that the templates read."""

    words: Words
    issue: Issue
    week: str
    archive_url: str
    totals: str
    warnings: tuple[Fault, ...]
    minute: tuple[Card, ...]
    top: Card | None
    sections: tuple[tuple[str, tuple[Card, ...]], ...]
    omitted: tuple[Card, ...]
    corrected: tuple[Notice, ...]
    dossiers: tuple[DossierRow, ...]
    compared: tuple[Comparison, ...]
    mailed: tuple[Comparison, ...]  #: what of it stands in the mail
    quiet: tuple[Before, ...]
    ahead: tuple[AheadRow, ...]
    figures: tuple[FigureRow, ...]
    people: tuple[Role, ...]
    languages: tuple[Bar, ...]
    topics: tuple[Bar, ...]
    usual: str
    statement: str
    faults: tuple[tuple[str, tuple[Fault, ...]], ...]
    repeats: tuple[Report, ...]


def page(issue: Issue, made: Sequence[Card], words: Words, archive_url: str) -> Page:
    """Lay out an issue from its cards, which stand by rank at the levels they are to be shown at."""
    by_id = {one.entry.story_id: one for one in made}
    shown = [one for one in made if one.level != "omitted"]
    weeks = issue.coverage.weeks
    compared = tuple(one for card in made for one in comparison(card, words))
    return Page(
        words=words,
        issue=issue,
        week=words.week(issue.first_day, issue.last_day),
        archive_url=archive_url,
        totals=_totals(issue, words),
        warnings=warnings(issue, words),
        minute=tuple(shown[:IN_ONE_MINUTE]) if len(shown) >= MIN_FOR_MINUTE else (),
        top=shown[0] if shown else None,
        sections=_sections(shown[1:], words),
        omitted=tuple(one for one in made if one.level == "omitted"),
        corrected=tuple(_notice(*one, words) for card in made for one in card.corrections),
        dossiers=tuple(dossier(one, by_id, words, issue.first_day.year) for one in issue.dossiers),
        compared=compared,
        mailed=mailed(compared),
        quiet=tuple(before(one.story, words, issue.first_day.year) for one in issue.quiet),
        ahead=tuple(_ahead(one, by_id[one.story_id], words, issue.first_day.year) for one in issue.ahead),
        figures=tuple(_figure(one, by_id[one.story_id], words, issue.first_day.year) for one in issue.figures),
        people=roles(issue.people, words),
        languages=bars(issue.coverage.languages, words, "language"),
        topics=bars(issue.coverage.topics, words, "topic"),
        usual=words.say("in_usual", weeks) if weeks else words.say("no_usual"),
        statement=statement(issue, words),
        faults=grouped(issue, words),
        repeats=issue.repeats,
    )


def _totals(issue: Issue, words: Words) -> str:
    if not issue.entries:
        return words.say("none_in_cut" if issue.cut else "quiet")
    totals = words.say(
        "totals",
        stories=words.say("stories", len(issue.entries)),
        articles=words.say("articles", issue.articles),
        outlets=words.say("outlets", issue.outlets),
    )
    return f"{totals}{words.space}{words.say('folded', issue.folded)}" if issue.folded else totals


def _sections(shown: Sequence[Card], words: Words) -> tuple[tuple[str, tuple[Card, ...]], ...]:
    """Put cards under their sections, in the order of the labels; empty sections are left out."""
    order = [code for code in words.tables["section"] if any(one.entry.section == code for one in shown)]
    return tuple((words.label("section", code), tuple(c for c in shown if c.entry.section == code)) for code in order)


def _ahead(ahead: Ahead, card: Card, words: Words, year: int) -> AheadRow:
    quote = pick(ahead.quotes, words.language, "en") or ahead.quotes[0]
    return AheadRow(words.day(ahead.day, year), quote, None if quote.text == card.about else card)


def _figure(figure: Figure, card: Card, words: Words, year: int) -> FigureRow:
    quote = pick([one for one, _ in figure.reports], words.language, "en") or figure.reports[0][0]
    subject = next(subject for one, subject in figure.reports if one == quote)
    own = quote.language == words.language
    return FigureRow(
        value=quote.text if own else words.amount(figure.value, figure.unit),
        as_written=None if own else quote,
        subject=subject if own else "",
        card=card,
        quote=quote,
        day=_as_of(figure, quote, words, year),
        rivals=tuple(_rival(one, figure.unit, words) for one in figure.rivals),
    )


def _as_of(figure: Figure, quote: Quote, words: Words, year: int) -> str:
    """Say of when a figure is: of the year that its sentence names, where that is over, else of the report's day."""
    if figure.old:
        return words.say("old_figure", year=str(figure.year))
    return words.day(quote.day, year, "short") if quote.day else ""


def _rival(rival: Rival, unit: str, words: Words) -> tuple[str, Quote]:
    quote = pick([one for one, _ in rival.reports], words.language, "en") or rival.reports[0][0]
    return (quote.text if quote.language == words.language else words.amount(rival.value, unit)), quote


def _notice(correction: Correction, changed: str, words: Words) -> Notice:
    said = words.say("corrected_by", outlet=correction.title.outlet, changed=changed)
    told_in = words.say("told_in", week=correction.told_in) if correction.told_in else ""
    return Notice(said, correction.title, told_in)
