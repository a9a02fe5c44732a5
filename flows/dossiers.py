"""Which matters are followed, and by which themes official texts are compared: shipped data, and a user's own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, cast

from flows.settings import Settings, SettingsError
from warehouse.issue import Dossier, Fact, Name, Theme
from warehouse.records import Side
from warehouse.seeds import tables

_LANGUAGES = ("en", "vi", "ja")
_KEYS = {"id", "title", "terms", "names", "audience", "fact", "follow"}
_FACT = {"day", *_LANGUAGES, "source", "url", "as_of"}
_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def dossiers_of(settings: Settings) -> tuple[Dossier, ...]:
    """Give the dossiers that these settings follow: the shipped ones, and dossiers.toml of the data folder over them.

    A dossier of the own file takes the place of the shipped one of its id; with ``follow = false`` it is put aside.
    Raises SettingsError that names the file, the dossier and what is wrong with it.
    """
    own = settings.data / "dossiers.toml"
    tables_of = {one["id"]: one for one in _shipped()}
    if own.is_file():
        tables_of |= {one["id"]: one for one in _checked(own.read_text("utf-8-sig"), str(own))}
    return tuple(_dossier(one) for one in tables_of.values() if one.get("follow", True))


@cache
def themes() -> tuple[Theme, ...]:
    """Read the shipped themes."""
    return tuple(
        Theme(
            row["theme"],
            tuple((tongue, row[f"title_{tongue}"]) for tongue in _LANGUAGES),
            {tongue: tuple(row[tongue].split("|")) for tongue in _LANGUAGES},
        )
        for row in tables()["themes"]
    )


@cache
def _shipped() -> tuple[dict[str, Any], ...]:
    name = "warehouse/seeds/dossiers.toml"
    return _checked(files("warehouse").joinpath("seeds", "dossiers.toml").read_text("utf-8"), name)


def _checked(content: str, name: str) -> tuple[dict[str, Any], ...]:
    try:
        held = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"{name} is no TOML: {error}. warehouse/seeds/dossiers.toml shows what one looks like."
        ) from None
    found = held.get("dossier")
    if held.keys() - {"dossier"} or not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise SettingsError(f"{name} may hold [[dossier]] tables only. warehouse/seeds/dossiers.toml shows some.")
    for one in found:
        for trouble in _troubles(one):
            raise SettingsError(f"{name}, dossier {one.get('id', '')!r}: {trouble}")
    return tuple(found)


def _troubles(one: Mapping[str, Any]) -> Iterator[str]:
    """Say what makes a dossier unusable."""
    if unknown := one.keys() - _KEYS:
        yield f"there is no {min(unknown)!r}. Known are {', '.join(sorted(_KEYS))}."
    if not isinstance(one.get("id"), str) or not one["id"]:
        yield "id is missing. Give it a short name of its own."
    if one.get("follow", True) is False:
        return
    for key in ("names", "audience"):
        if not _is_list(one.get(key, [])):
            yield f'{key} is {one[key]!r}; it must be a list of words, such as {key} = ["jica"].'
            return
    if not _by_language(one.get("title"), lambda value: isinstance(value, str)):
        yield f'title is {one.get("title")!r}; it must be words by language, such as {{ en = "Metro line 3" }}.'
    if not _by_language(one.get("terms"), _is_list):
        yield f'terms is {one.get("terms")!r}; it must be lists by language, such as en = ["metro line 3"].'
    if strange := [key for key in one.get("names", ()) if key not in _named()]:
        yield f"names holds {strange[0]!r}, which is no id of people.csv or organisations.csv."
    for fact in one.get("fact", ()):
        yield from _troubles_of(fact)


def _by_language(value: object, fits: Callable[[object], bool]) -> bool:
    return isinstance(value, dict) and bool(value) and all(fits(one) and one for one in value.values())


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _troubles_of(fact: Mapping[str, Any]) -> Iterator[str]:
    day = str(fact.get("day", ""))
    if unknown := fact.keys() - _FACT:
        yield f"a fact has no {min(unknown)!r}. Known are {', '.join(sorted(_FACT))}."
    if not _DAY.fullmatch(day) or not _is_day(f"{day}-01-01"[:10]):
        yield f"day of a fact is {day!r}; write it as 2024-11-30, 2024-11 or 2024."
    if not any(fact.get(tongue) for tongue in _LANGUAGES):
        yield f'the fact of {day} says nothing. Give it words, such as en = "The works begin."'
    if not fact.get("source"):
        yield f"the fact of {day} has no source. Say where it was read."
    if not isinstance(fact.get("as_of"), date):
        yield f"as_of of the fact of {day} is {fact.get('as_of')!r}; it is the day of its source, such as 2024-11-30."


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _dossier(one: Mapping[str, Any]) -> Dossier:
    return Dossier(
        dossier_id=one["id"],
        titles=tuple(one["title"].items()),
        terms={tongue: tuple(terms) for tongue, terms in one["terms"].items()},
        names=tuple(_named()[key] for key in one.get("names", ())),
        timeline=tuple(sorted(map(_fact, one.get("fact", ())), key=lambda fact: fact.day)),
        audience=tuple(one.get("audience", ())),
    )


def _fact(fact: Mapping[str, Any]) -> Fact:
    said = tuple((tongue, fact[tongue]) for tongue in _LANGUAGES if fact.get(tongue))
    return Fact(str(fact["day"]), said, fact["source"], fact.get("url", ""), fact["as_of"])


@cache
def _named() -> Mapping[str, Name]:
    """Give the people and organisations of the tables by id; composing adds what readers call them."""
    rows = (row for table in ("people", "organisations") for row in tables()[table])
    return {row["id"]: Name(row["id"], row["label"], cast("Side", row["side"]), ()) for row in rows}
