"""What one rendering shows of a story: languages picked, codes turned to words, nothing left to decide later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tasks.render.words import Words
from warehouse.issue import Correction, Earlier, Entry, Heading, Issue, Level, Person, Quote, Strand

IN_ONE_MINUTE = 4
MIN_FOR_MINUTE = 3  # with fewer stories the summary would only repeat them
TOPICS_IN_TAGS = 2


@dataclass(frozen=True, slots=True)
class Role:
    """A person as a line shows them."""

    name: str
    other_name: str  #: in the person's own script, "" where that is the name
    role: Quote | None


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier event as a line shows it."""

    day: str
    event: str
    story: Earlier
    tags: str  #: the line made from tags, with the day, where no headline is in the reader's language
    title: Heading  #: its headline is "" where only the outlet and its address are known

    @property
    def facts(self) -> str:
        """Day and event type, where the tags do not say them."""
        return "" if self.tags else " · ".join(filter(None, (self.day, self.event)))


@dataclass(frozen=True, slots=True)
class Thread:
    """A strand as a line shows it."""

    label: str
    days: str
    title: Quote


@dataclass(frozen=True, slots=True)
class Card:
    """An entry as a reader of one language sees it."""

    entry: Entry
    level: Level
    status: str
    facts: str  #: event type, place, day; "" where the tags say it
    reach: str  #: outlets, and separate texts where they are fewer
    outlets: str
    mark: str  #: that only one side tells it
    tags: str  #: the line made from tags, where no headline is in the reader's language
    title: Quote | None  #: None: only machine translations tell it
    sentence: Quote | None
    rows: tuple[Quote, ...]  #: other languages' headlines
    people: tuple[Role, ...]
    earlier: tuple[Before, ...]
    corrections: tuple[tuple[Correction, str], ...]
    strands: tuple[Thread, ...]

    @property
    def in_language(self) -> bool:
        """Whether the headline is in the reader's language."""
        return not self.tags

    @property
    def about(self) -> str:
        """What the story is about in the reader's language: its headline, else the line made from tags."""
        return self.title.text if self.in_language and self.title else self.tags

    @property
    def one_article(self) -> bool:
        """Whether the sentence stands under the headline of its own article, so that one link serves both."""
        if self.level not in {"full", "short"} or self.sentence is None or self.title is None:
            return False
        return self.sentence.article_id == self.title.article_id


def pick(quotes: Sequence[Quote], *languages: str) -> Quote | None:
    """Pick the quote in the first of the languages that has one, else the best in any; never a machine translation."""
    spoken = [one for one in quotes if not one.machine]
    by_language = {one.language: one for one in reversed(spoken)}
    return next((by_language[one] for one in languages if one in by_language), spoken[0] if spoken else None)


def cards(issue: Issue, words: Words) -> tuple[Card, ...]:
    """Make the cards of all entries, by rank."""
    return tuple(card(one, words, issue.first_day.year) for one in issue.entries)


def card(entry: Entry, words: Words, year: int) -> Card:
    """Make the card of an entry."""
    title = pick(entry.headlines, words.language, "en")
    own = title is not None and title.language == words.language
    return Card(
        entry=entry,
        level=entry.level,
        status=words.label("status", entry.status),
        facts=words.separator.join(_facts(entry, words, year)) if own else "",
        reach=_reach(entry, words),
        outlets=words.say("outlets", entry.outlets) if entry.outlets else words.say("machine_only"),
        mark=_mark(entry, words),
        tags="" if own else _tags(entry, words, _when(entry, words, year)),
        title=title,
        sentence=pick(entry.sentences, words.language, title.language if title else "en", "en"),
        rows=tuple(one for one in entry.headlines if one != title),
        people=roles(entry.people, words),
        earlier=tuple(before(one, words, year) for one in entry.earlier),
        corrections=tuple(
            (one, words.separator.join(words.label("changed", what) for what in one.changed))
            for one in entry.corrections
        ),
        strands=tuple(each for one in entry.strands for each in _threads(one, title, words, year)),
    )


def roles(people: Iterable[Person], words: Words) -> tuple[Role, ...]:
    """Name people for readers of a language, with the role as reported, in their language where one is."""
    made = []
    for person in people:
        name = words.name(person.name)
        own = dict(person.name.labels).get("ja", "") if person.name.side == "japan" else person.name.label
        other = own if own != name else ""
        made.append(Role(name, other, pick(person.roles, words.language, "en")))
    return tuple(made)


def demoted(made: Sequence[Card], level: Level, story_ids: frozenset[str]) -> tuple[Card, ...]:
    """Give the cards with some of them at a lower level."""
    return tuple(replace(one, level=level) if one.entry.story_id in story_ids else one for one in made)


def _event(code: str, words: Words) -> str:
    return "" if code in {"", "other"} else words.label("event", code)


def _facts(entry: Entry, words: Words, year: int) -> list[str]:
    event = _event(entry.event_type, words)
    place = words.name(entry.place) if entry.place else ""
    return [one for one in (event, place, _when(entry, words, year)) if one]


def _when(entry: Entry, words: Words, year: int) -> str:
    """Write the day of a story, or the days of one with strands."""
    if entry.days:
        return words.days(*entry.days, year)
    return words.day(entry.event_date, year) if entry.event_date else ""


def _tags(told: Entry | Earlier, words: Words, when: str) -> str:
    """Put a line together from tags: actor, event type, counterpart, subject, place, day; without any, the section."""
    actor, counterpart, place = (words.name(one) if one else "" for one in (told.actor, told.counterpart, told.place))
    subject = words.separator.join(words.label("topic", one) for one in told.topics[:TOPICS_IN_TAGS])
    line = " · ".join(filter(None, (actor, _event(told.event_type, words), counterpart, subject, place, when)))
    return words.capital(line) or words.label("section", told.section if isinstance(told, Entry) else "other")


def _reach(entry: Entry, words: Words) -> str:
    if not entry.outlets:
        return words.say("machine_only")
    outlets = words.say("outlets", entry.outlets)
    few = entry.texts >= entry.outlets or entry.level in {"line", "omitted"}
    return outlets if few else f"{outlets}{words.separator}{words.say('texts', entry.texts)}"


def _mark(entry: Entry, words: Words) -> str:
    if not entry.one_sided:
        return ""
    side = words.label("side", entry.one_sided)
    return words.capital(words.say("one_sided", entry.others_working, side=side))


def before(earlier: Earlier, words: Words, year: int) -> Before:
    """Make the line of an earlier story: its headline in the reader's language, else behind a line from tags."""
    day = words.day(earlier.event_date, year, "short") if earlier.event_date else ""
    first = Heading(earlier.headline, earlier.headline_language, earlier.outlet, earlier.url)
    by_language = {one.headline_language: one for one in reversed((first, *earlier.others)) if one.headline}
    title = by_language.get(words.language) or by_language.get("en") or first
    own = title.headline and title.headline_language == words.language
    tags = "" if own else _tags(earlier, words, day)
    return Before(day, _event(earlier.event_type, words), earlier, tags, title)


def _threads(strand: Strand, shown: Quote | None, words: Words, year: int) -> Iterator[Thread]:
    """Make the line of a strand, where it has another headline than the one that is shown above."""
    days = words.days(strand.first, strand.last, year, "short") if strand.first and strand.last else ""
    title = pick([one for one in strand.headlines if one != shown], words.language, "en")
    if title:
        yield Thread(words.label("strand", strand.code), days, title)
