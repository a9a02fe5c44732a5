"""A judged article in lines for a person: every decision on it, each with its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from flows.amend.overrides import said
from flows.ask.lay import columns, common, shown, wrap
from warehouse.rows import Row

_KINDS = (("people", "person"), ("organisations", "organisation"), ("places", "place"))
_PLACES = 3  # shown for a tag

Line = tuple[int, str]  #: indent, text
Words = Mapping[str, Sequence[Row]]


def told(found: Row, width: int = 0) -> str:
    """Say it in lines for a person, of at most `width` columns (default: the terminal's)."""
    width = width or columns()
    words: defaultdict[str, list[Row]] = defaultdict(list)
    for row in found["evidence"]:
        words[row["tag"]].append(row)
    sections = (
        _head,
        _overridden,
        _scored,
        _topics,
        _named,
        _event,
        _amounts,
        _ahead,
        _wire,
        _folded,
        _in_story,
        _near,
    )
    lines = [line for section in sections for line in section(found, words)]
    return "\n".join(wrap(text, width, indent, 2) for indent, text in lines)


def _head(found: Row, _: Words) -> Iterator[Line]:
    yield 0, found["title"] or "(no title)"
    yield (
        0,
        f"{found['outlet']} ({found['side']}, {found['language']}, {found['source_kind']}); id {found['article_id']}",
    )
    published = f"published {found['published']:%Y-%m-%d %H:%M} UTC" if found["published"] else "not dated"
    yield 0, f"{published}; first seen {found['first_seen']:%Y-%m-%d %H:%M} UTC; revision {found['revision_no']}"
    yield 0, found["url"]


def _overridden(found: Row, _: Words) -> Iterator[Line]:
    ruled = found["ruled"]
    for row in found["overrides"]:
        yield 0, f"By the user: {said(row)}"
        if row["kind"] == "relabel" and ruled:
            topics = ", ".join(ruled["topics"]) or "no topic"
            yield 2, f"the rules say: {ruled['relevance']}; about {topics}; written in {ruled['language']}"


def _scored(found: Row, words: Words) -> Iterator[Line]:
    yield 0, ""
    if not found["relevance"]:
        yield 0, "not judged"
        return
    by = " by the user's label" if found["relabelled"] and found["relevance"] != found["ruled"]["relevance"] else ""
    yield 0, f"{found['relevance']}{by}, score {found['relevance_score']:.2f}, the sum of:"
    for part in found["parts"]:
        yield 2, f"{part['score']:+.2f} {part['part'].replace('-', ' ')}"
        yield from _places(found, words[f"relevance:{part['part']}"])


def _topics(found: Row, words: Words) -> Iterator[Line]:
    ruled = found["ruled"]["topics"] if found["ruled"] else []
    if found["topics"]:
        yield 0, ""
        yield 0, "topics"
    for topic in found["topics"]:
        yield 2, topic if topic in ruled else f"{topic} (by the user)"
        yield from _places(found, words[f"topic:{topic}"])


def _named(found: Row, words: Words) -> Iterator[Line]:
    for title, kind in _KINDS:
        of_kind = [row for row in found["named"] if row["kind"] == kind]
        if of_kind:
            yield 0, ""
            yield 0, title
        for row in of_kind:
            role = f", as {row['role']!r}" if row["role"] else ""
            times = f", {row['mentions']} times" if row["mentions"] > 1 else ""
            yield 2, f"{row['name']} ({row['side']}){role}{times}"
            yield from _places(found, words[f"{kind}:{row['entity_id']}"])
            for words_of_role in words[f"role:{row['entity_id']}"]:
                yield 4, f"role: {_cited(found, words_of_role)}"
            for other in words[f"role_conflict:{row['entity_id']}"]:
                yield 4, f"! the table of people gives {row['name']} no such office: {_cited(found, other)}"


def _event(found: Row, words: Words) -> Iterator[Line]:
    place = next(
        (row["name"] for row in found["named"] if row["entity_id"] == found["event_place"]), found["event_place"]
    )
    known = (
        ("event_type", found["event_type"], ""),
        ("event_date", found["event_date"], "on "),
        ("event_place", place, "at "),
    )
    event = " ".join(f"{before}{value}" for _, value, before in known if value)
    if event:
        yield 0, ""
        yield 0, f"event: {event}"
    for name, _value, _before in known:
        yield from _places(found, words[f"{name}:{found[name]}"])


def _amounts(found: Row, _: Words) -> Iterator[Line]:
    if found["amounts"]:
        yield 0, ""
        yield 0, "amounts"
    for row in found["amounts"]:
        yield 2, f"{row['value']:,.15g} {row['unit']}, written {row['text']!r}"
        yield from _places(found, [row])


def _ahead(found: Row, _: Words) -> Iterator[Line]:
    if found["dates_ahead"]:
        yield 0, ""
        yield 0, "dates ahead"
    for row in found["dates_ahead"]:
        yield 2, f"{row['day']}"
        yield from _places(found, [row])


def _wire(found: Row, words: Words) -> Iterator[Line]:
    if found["wire"]:
        yield 0, ""
        yield 0, f"origin: {found['wire']}"
        yield from _places(found, words[f"wire:{found['wire']}"])


def _folded(found: Row, _: Words) -> Iterator[Line]:
    for row in found["copy_of"]:
        yield 0, ""
        kept = f"{row['kept_outlet']}: {row['kept_title']} ({row['duplicate_of']})"
        yield 0, f"{row['kind']} copy, {row['score']:.2f}, of {kept}"
        if row["against"] != row["duplicate_of"]:
            yield 2, f"seen against {row['against_outlet']}: {row['against_title']} ({row['against']})"
        yield 2, row["evidence"]
        yield from _shared(found, "copy")
    if found["copies"]:
        yield 0, ""
        yield 0, f"the root of {len(found['copies'])} copies:" if len(found["copies"]) > 1 else "the root of a copy:"
    for row in found["copies"]:
        yield 2, f"{row['outlet']}: {row['title']} ({row['article_id']})"


def _in_story(found: Row, _: Words) -> Iterator[Line]:
    yield 0, ""
    if not found["story"]:
        yield 0, "in no story"
    for row in found["story"]:
        yield 0, f"story {row['story_id']}: {row['headline']}"
        beside = f", {row['score']:.2f}, beside {row['against_outlet']}: {row['against_title']} ({row['against']})"
        yield 2, f"{row['why']}{beside if row['against'] else ''}"
        yield from _shared(found, "story")


def _near(found: Row, _: Words) -> Iterator[Line]:
    if near := found["nearest_other_story"]:
        yield 0, f"nearest other story {near['story_id']}: {near['headline']}"
        beside = f"{near['outlet']}: {near['title']} ({near['against']})"
        yield 2, f"{near['score']:.2f} of {near['threshold']:.2f} beside {beside}"
        yield 2, f"{near['why_not']}; in common: {near['why']}"


def _shared(found: Row, link: str) -> Iterator[Line]:
    for row in (row for row in found["shared"] if row["link"] == link):
        there = (
            f"{row['against_field']} {row['against_start']}-{row['against_end']}"
            if row["against_field"]
            else "not held"
        )
        same = row["against_text"] in {None, row["text"]}
        other = "" if same else f": [{' '.join(row['against_text'].split())}]"
        yield 4, f"{common(row['kind'], row['name'])}: {_cited(found, row)}; there {there}{other}"


def _places(found: Row, words: Sequence[Row]) -> Iterator[Line]:
    for row in words[:_PLACES]:
        if row["field"]:  # the baseline ships without its texts
            yield 4, _cited(found, row)


def _cited(found: Row, row: Row) -> str:
    """Say where the words stand, and show them in place."""
    field, start, end = row["field"], row["start_char"], row["end_char"]
    return f"{field} {start}-{end}: {shown(found[field], start, end)}"
