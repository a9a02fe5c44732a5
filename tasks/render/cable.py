"""One story as plain text to copy into a cable: lines of one width, each string in its language, no mark-up."""

from __future__ import annotations

from collections.abc import Iterator

from tasks.render.plain import columns, fill
from tasks.render.safe import flat, safe_url, script_language
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
    """Give a story's lines: issue, what and when, headlines with their outlets, key sentence, reach, addresses."""
    own = words.language
    lines: list[Line] = [*_filled(f"{words.product}{words.separator}{words.say('issue', week=week)}", own)]
    lines += _filled(_facts(card, words), own)
    if card.tags:
        lines += [(), *_filled(f"[{words.say('from_tags')}] {card.tags}", own)]
    quoted = [one for one in (card.title, *card.rows) if one and not one.machine][: ORIGINALS + 1]
    for one in quoted:
        lines += [(), *_filled(one.text, one.language), *_source(one, words)]
    if card.sentence:
        begin, end = _MARKS.get(card.sentence.language, _USUAL_MARKS)
        said = f"{begin}{flat(card.sentence.text)}{end}"
        lines += [(), *_filled(said, card.sentence.language), *_source(card.sentence, words)]
    return (*lines, (), *_filled(_reach(card, words), own))


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
        yield ("– ", words.language), outlet, (day, words.language)
    else:
        yield from _filled(f"– {quote.outlet}", quote.outlet_language)
        yield from _filled(day, words.language)
    if address := safe_url(quote.url):
        yield ((address, "en"),)


def _filled(text: str, language: str) -> Iterator[Line]:
    """Break a text into lines of the width."""
    for line in fill(text, width=WIDTH).splitlines():
        yield ((line, script_language(line, language)),)
