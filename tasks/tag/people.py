"""Who is meant by a bare name, and in which role an article shows a person."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from tasks.lexicon import Lexicon, Person
from tasks.tag.reading import Reading, Spot, in_order
from warehouse.records import Evidence

_SLACK = timedelta(days=120)  # an office is given to somebody a while before and after the days of the table
_NEAR = 3  # characters between a role and the name that follows it
_FAR = 45  # the same, where only other names stand between (President of the Liberal Democratic Party Ishiba)
_AFTER = 12  # characters between a name and its role in scripts that put the role last
_CHAIN = 5  # characters between two roles of one person: ", ", " and "
_PAUSE = re.compile(r"[.,;:!?()。、，；：！？（）「」『』\n]|[とがはもや和與与]|[은는이가와과]\s")
_FORMER = re.compile(r"(?:former|ex|late|cựu|nguyên|cố|元|前|故|전|tidligere|ancien|früher\w*)[\s-]*$", re.IGNORECASE)
#: words that a minister of any field is also called by
_LOOSE = {
    "minister": ("foreign minister", "defence minister", "trade minister", "finance minister", "agriculture minister"),
    "vice minister": ("vice foreign minister",),
}
_TELLING = frozenset({"head of government", "head of state", "party leader", "royal"})
#: offices that stand before another one as somebody else's too: they need the table's word to be this person's
_LONE = _TELLING | {"speaker"}


def settle(reading: Reading, lexicon: Lexicon) -> Reading:
    """Decide on bare names: they mean somebody whose full name stands too, or who holds the role beside them.

    A bare name that still fits two people, or nobody, is dropped.
    """
    settled = [spot for spot in reading.of("person") if not spot.bare]
    taken = {(spot.in_title, spot.start) for spot in (*settled, *reading.of("organisation", "place"))}
    bare: dict[tuple[bool, int], list[Spot]] = defaultdict(list)
    for spot in reading.of("person"):
        if spot.bare and (spot.in_title, spot.start) not in taken:
            bare[spot.in_title, spot.start].append(spot)
    by_role = {place: _by_role(reading, spots, lexicon) for place, spots in bare.items()}
    named = {spot.concept.id for spot in settled} | {one[0].concept.id for one in by_role.values() if len(one) == 1}
    for place, spots in bare.items():
        meant = [spot for spot in spots if spot.concept.id in named] or by_role[place]
        if len(meant) == 1:
            settled.append(meant[0]._replace(bare=False))
    return replace(reading, spots={**reading.spots, "person": tuple(sorted(settled, key=in_order))})


def reported_role(reading: Reading, spots: Sequence[Spot], person: Person | None) -> Evidence | None:
    """Give the role in which a person is shown, as written, at the first mention that has one."""
    roles, people = reading.of("role"), reading.of("person")
    for spot in spots:
        if found := _tied(reading, spot, roles, people, person):
            return reading.cite(
                f"role:{spot.concept.id}", found[0].start, max(role.end for role in found), in_title=spot.in_title
            )
    return None


def contradictions(reading: Reading, person: Person | None, role: Evidence) -> Iterator[Evidence]:
    """Flag a reported office that the table never gave this person, or not at the time; the report stays as it is.

    What is told further down may look back: there only an office that was never held is flagged.
    """
    if person is None or person.side == "third":
        return
    in_title = role.field == "title"
    source = reading.title if in_title else reading.text
    if _FORMER.search(source[max(0, role.start - 12) : role.start]):
        return
    for spot in reading.of("role"):
        inside = spot.in_title == in_title and role.start <= spot.start < role.end
        day = None if spot.zone == "body" else reading.published
        if inside and spot.concept.group in _TELLING and not _holds(person, (spot.concept.id,), day):
            yield reading.cite(f"role_conflict:{person.person_id}", spot.start, spot.end, in_title=in_title)


def _by_role(reading: Reading, spots: list[Spot], lexicon: Lexicon) -> list[Spot]:
    """Keep the people who hold the role that touches the name on the day of the article; a full name needs any role."""
    role = _touching(reading, spots[0])
    if role is None:
        return []
    wanted = (role.concept.id, *_LOOSE.get(role.concept.id, ()))
    full = " " in reading.words(spots[0])
    return [spot for spot in spots if full or _holds(lexicon.person(spot.concept.id), wanted, reading.published)]


def _holds(person: Person | None, wanted: Sequence[str], day: date | None) -> bool:
    if person is None:
        return False
    return any(
        office.role in wanted
        and (day is None or (office.since - _SLACK <= day and (office.until is None or day <= office.until + _SLACK)))
        for office in person.offices
    )


def _touching(reading: Reading, name: Spot) -> Spot | None:
    """Find the role right before a name or, where the script puts it last, right after it."""
    source = reading.source(name)
    last = _is_role_last(reading, name)
    for role in reading.of("role"):
        if role.in_title == name.in_title:
            if last and 0 <= role.start - name.end <= 1:
                return role
            if 0 <= name.start - role.end <= (0 if last else _NEAR) and not _PAUSE.search(
                source[role.end : name.start]
            ):
                return role
    return None


def _tied(
    reading: Reading, name: Spot, roles: Sequence[Spot], people: Sequence[Spot], person: Person | None
) -> list[Spot]:
    """Give the roles of one mention, in order: the nearest with nothing but names between, and those it continues."""
    source = reading.source(name)
    near = [role for role in roles if role.in_title == name.in_title and abs(role.start - name.start) < 2 * _FAR]
    if inside := [role for role in near if name.start <= role.start and role.end <= name.end]:
        return inside[:1]  # Emperor Naruhito
    near = [role for role in near if not _person_in(people, role.start, role.end, name)]
    if _is_role_last(reading, name):
        after = [role for role in near if name.end <= role.start <= name.end + _AFTER]
        if (
            after
            and _plain(source, name.end, after[0].start)
            and not _person_in(people, name.end, after[0].start, name)
        ):
            return after[:1]
        return [role for role in near if role.end == name.start]
    before = [role for role in near if role.end <= name.start <= role.end + _FAR]
    if (
        not before
        or not _plain(source, before[-1].end, name.start)
        or _person_in(people, before[-1].end, name.start, name)
    ):
        return []
    chain = before[-1:]
    for role in reversed(before[:-1]):
        if not 0 < chain[0].start - role.end <= _CHAIN or _person_in(people, role.end, chain[0].start, name):
            continue
        if role.concept.group in _LONE and not _holds(person, (role.concept.id,), None):
            break  # the Emperor and Empress, Chief Cabinet Secretary Hayashi
        chain.insert(0, role)
    return chain


def _plain(source: str, start: int, end: int) -> bool:
    return not _PAUSE.search(source[start:end])


def _person_in(people: Sequence[Spot], start: int, end: int, name: Spot) -> bool:
    return any(one.in_title == name.in_title and start <= one.start < end for one in people)


def _is_role_last(reading: Reading, name: Spot) -> bool:
    """Say whether a role follows the name: in Japanese and Korean script, not in Chinese."""
    character = reading.source(name)[name.end - 1]
    return ord(character) >= 0x2000 and reading.language != "zh"  # noqa: PLR2004 - below: Latin, Greek, Cyrillic
