"""The days ahead that an issue names, as a calendar (RFC 5545): one all-day event a day and story, words as quoted."""

from __future__ import annotations

from datetime import datetime, timedelta

from icalendar import Calendar, Event

from tasks.render import shortened
from tasks.render.safe import flat, safe_url, script_language
from tasks.render.view import Card, cards, pick
from tasks.render.words import Language, Words, words
from warehouse.issue import Ahead, Issue

LONGEST_SUMMARY = 200  # characters: calendars show one line
_PRODUCER = "-//vnjp-monitor//weekly digest//EN"


def calendar(issue: Issue, language: Language, frozen_at: datetime) -> bytes:
    """Write an issue's days ahead for readers of a language; the same issue gives the same bytes.

    Empty where the issue names no day: RFC 5545 knows no calendar without an event.
    """
    if not issue.ahead:
        return b""
    chosen = words(language)
    made = Calendar()
    made.add("prodid", _PRODUCER)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", chosen.product)
    by_id = {one.entry.story_id: one for one in cards(issue, chosen)}
    for one in issue.ahead:
        made.add_component(_event(one, by_id[one.story_id], chosen, issue.week, frozen_at))
    return bytes(made.to_ical())


def _event(ahead: Ahead, card: Card, words: Words, week: str, frozen_at: datetime) -> Event:
    """Make the event of one day. Its UID is the same in every issue and language: told again, it does not double."""
    quote = pick(ahead.quotes, words.language, "en") or ahead.quotes[0]
    address = safe_url(quote.url)
    said = [flat(quote.text), f"– {flat(quote.outlet)}", address, words.say("issue", week=week)]
    event = Event()
    event.add("uid", f"{ahead.day:%Y%m%d}-{ahead.story_id}@vnjp-monitor")
    event.add("dtstamp", frozen_at)
    event.add("dtstart", ahead.day)
    event.add("dtend", ahead.day + timedelta(days=1))
    about = shortened(flat(card.about), LONGEST_SUMMARY)
    event.add("summary", about, parameters={"LANGUAGE": words.language})
    language = script_language(quote.text, quote.language)
    event.add("description", "\n".join(line for line in said if line), parameters={"LANGUAGE": language})
    if address:
        event.add("url", address)
    event.add("transp", "TRANSPARENT")  # a date in the news makes nobody busy
    return event
