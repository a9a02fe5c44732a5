"""One story as plain text to copy into a cable: lines of one width, each string in its language, no mark-up."""

from __future__ import annotations

from collections.abc import Iterator

from tasks.render.plain import columns, fill
from tasks.render.safe import NO_BREAK, flat, safe_url, script_language
from tasks.render.view import Card
from tasks.render.words import Words
from warehouse.issue import Quote

WIDTH = 69  # columns: what cables and old terminals hold
ORIGINALS = 2  # headlines in other languages that go along
_NO_YEAR = 0  # so that every day is written with its year: a cable is read later, and elsewhere
_USUAL_MARKS = ("“", "”")
_MARKS = {"ja": ("「", "」"), "zh": ("「", "」")}

Run = tuple[str, str]  # text, language
Line = tuple[Run, ...]


def cable(card: Card, words: Words, week: str) -> tuple[Line, ...]:
    """Give a story's lines: issue, what and when, headline, key sentence, other languages' headlines, reach.

    Each quotation is followed by its outlet, day and address. Machine translations are left out.
    """
    own = words.language
    lines: list[Line] = [*_filled(f"{words.product}{words.separator}{words.say('issue', week=week)}", own)]
    lines += _filled(_facts(card, words), own)
    if card.tags:
        lines += [(), *_filled(f"[{words.say('from_tags')}] {card.tags}", own)]
    lines += _told(card, words)
    spoken = [one for one in card.rows if not one.machine]
    for one in sorted(spoken, key=lambda row: row.side == "third")[:ORIGINALS]:  # the two countries' own words first
        lines += [(), *_filled(one.text, one.language), *_source(one, words)]
    return (*lines, (), *_filled(_reach(card, words), own))


def _told(card: Card, words: Words) -> Iterator[Line]:
    """Give the headline and the key sentence, with one source where both are of one article."""
    if card.title:
        yield from ((), *_filled(card.title.text, card.title.language))
        if not card.one_article:
            yield from _source(card.title, words)
    if card.sentence:
        begin, end = _MARKS.get(card.sentence.language, _USUAL_MARKS)
        said = f"{begin}{flat(card.sentence.text)}{end}"
        yield from ((), *_filled(said, card.sentence.language), *_source(card.sentence, words))


def _facts(card: Card, words: Words) -> str:
    entry = card.entry
    parts = [
        words.name(entry.place) if entry.place else "",
        words.day(entry.event_date, _NO_YEAR) if entry.event_date else "",
        "" if entry.event_type in {"", "other"} else words.label("event", entry.event_type),
        card.status,
    ]
    return words.separator.join(part for part in parts if part)


def _reach(card: Card, words: Words) -> str:
    entry = card.entry
    told = (
        [words.say("outlets", entry.outlets), words.say("texts", entry.texts)]
        if entry.outlets
        else [words.say("machine_only")]
    )
    return words.separator.join([*told, card.mark] if card.mark else told)


def _source(quote: Quote, words: Words) -> Iterator[Line]:
    """Name the outlet and the day on one line where both fit, and the address on the next."""
    day = words.say("bracket", text=words.day(quote.day, _NO_YEAR, "short")) if quote.day else ""
    outlet: Run = (flat(quote.outlet), script_language(quote.outlet, quote.outlet_language))
    if columns(f"– {outlet[0]}{day}") <= WIDTH:
        yield ("– ", words.language), outlet, (day.replace(NO_BREAK, " "), words.language)
    else:
        yield from _filled(f"– {quote.outlet}", quote.outlet_language)
        yield from _filled(day, words.language)
    if address := safe_url(quote.url):
        yield ((address, "en"),)


def _filled(text: str, language: str) -> Iterator[Line]:
    """Break a text into lines of the width."""
    for line in fill(text, width=WIDTH).splitlines():
        yield ((line, script_language(line, language)),)
