"""A story as it is held: its articles day by day, why each is in it, and what it follows up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import groupby

from flows.amend.overrides import said
from flows.ask.find import find_story
from flows.ask.lay import columns, common, wrap
from warehouse.connect import Warehouse
from warehouse.rows import Row, offer, rows

Line = tuple[int, str]  #: indent, text


def explain(warehouse: Warehouse, story: str) -> Row:
    """Give what is held of a story named by id, an article or part of its headline; MendableError when none or many.

    A story that went into another one is shown as that one.
    """
    with warehouse.reader() as db:
        key = find_story(db, story)
        found = rows(db, "one_story", story=key)[0]
        told_by = rows(db, "story_told", story=key)
        offer(db, "wanted", [row["article_id"] for row in told_by])
        origins: defaultdict[str, set[str]] = defaultdict(set)
        for row in told_by:
            if row["origin"]:
                origins[row["origin"]].add(row["outlet"])
        return found | {
            "asked": story,
            "members": told_by,
            "origins": {origin: sorted(outlets) for origin, outlets in sorted(origins.items())},
            "merged": rows(db, "merged_into", story=key),
            "links": rows(db, "story_links_of", story=key),
            "shared": rows(db, "story_shared", story=key),
            "overrides": rows(db, "overrides_on"),
        }


def told(found: Row, width: int = 0) -> str:
    """Say it in lines for a person, of at most `width` columns (default: the terminal's)."""
    width = width or columns()
    lines = [line for section in (_head, _changes, _days, _links) for line in section(found)]
    return "\n".join(wrap(text, width, indent, 2) for indent, text in lines)


def _head(found: Row) -> Iterator[Line]:
    yield 0, found["headline"] or "(no headline)"
    day = f" on {found['event_date']}" if found["event_date"] else ""
    yield 0, f"story {found['story_id']}: {found['event_type']}{day}"
    yield 0, f"first seen {found['first_seen']:%Y-%m-%d %H:%M} UTC, last {found['last_seen']:%Y-%m-%d %H:%M} UTC"
    languages = f"{_count(len(found['languages']), 'language')} ({', '.join(found['languages'])})"
    yield (
        0,
        (
            f"{_count(found['articles'], 'article')}: {_count(found['outlets'], 'outlet')}, "
            f"{_count(found['texts'], 'separate text')}, {languages}; sides: {', '.join(found['sides'])}"
        ),
    )
    strands = Counter(row["strand"] for row in found["members"] if row["strand"])
    if strands:
        yield 0, f"strands: {', '.join(f'{name} ({number})' for name, number in strands.most_common())}"
    shared = [f"{origin} ({', '.join(outlets)})" for origin, outlets in found["origins"].items() if len(outlets) > 1]
    if shared:
        yield 2, f"one text each of {'; '.join(shared)}: the same wire or publisher family"


def _changes(found: Row) -> Iterator[Line]:
    for row in found["merged"]:
        yield (
            0,
            f"story {row['story_id']} went into it; founded by {row['outlet']}: {row['title']} ({row['founded_by']})",
        )
    for row in found["overrides"]:
        yield 0, f"By the user: {said(row)}"


def _days(found: Row) -> Iterator[Line]:
    for day, members in groupby(found["members"], key=lambda row: row["told_at"].date()):
        yield 0, ""
        yield 0, f"{day}"
        for row in members:
            yield from _member(row)


def _member(row: Row) -> Iterator[Line]:
    wire = f", {row['wire']}" if row["wire"] else ""
    machine = ", machine translation" if row["source_kind"] == "translation" or row["copy"] == "translation" else ""
    strand = f" [{row['strand']}]" if row["strand"] else ""
    by = f"{row['outlet']} ({row['side']}, {row['language']}{wire}{machine})"
    yield 2, f"{row['told_at']:%H:%M}{strand} {by}: {row['title']}"
    if row["copy"]:
        yield 6, f"{row['copy']} copy of {row['duplicate_of']}, {row['copy_score']:.2f}: {row['copy_evidence']}"
    elif row["against"]:
        yield 6, f"{row['score']:.2f} beside {row['against_outlet']} ({row['against']}): {row['why']}"
    else:
        yield 6, row["why"]
    yield 6, f"{row['article_id']}  {row['url']}"


def _links(found: Row) -> Iterator[Line]:
    for direction, title in (("earlier", "It follows up"), ("later", "It is followed up by")):
        linked = [row for row in found["links"] if row["direction"] == direction]
        if linked:
            yield 0, ""
            yield 0, title
        for row in linked:
            day = f"{row['event_date']} " if row["event_date"] else ""
            yield 2, f"{day}{row['headline']} ({row['story_id']})"
            yield 6, f"{row['score']:.2f}: {row['why']}"
            yield from _words(found, row)


def _words(found: Row, link: Row) -> Iterator[Line]:
    """Show the words by which two stories are linked, of the later one first."""
    for row in found["shared"]:
        if row["link"] == "follow_up" and (row["article_id"], row["against"]) == (link["article_id"], link["against"]):
            there = f" and [{' '.join(row['against_text'].split())}]" if row["against_text"] else ""
            yield 8, f"{common(row['kind'], row['name'])}: [{' '.join(row['text'].split())}]{there}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"
