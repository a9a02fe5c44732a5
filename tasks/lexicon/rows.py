"""Read the tables' rows: which aliases a row has, also those that follow from its label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product

from tasks.lexicon.forms import Alias, Concept, form

Tables = Mapping[str, list[dict[str, str]]]
_COLUMNS = ("en", "vi", "ja", "zh", "ko", "other")
_BEYOND_LATIN = "\u2000"
_CHOICE = re.compile(r"\[([^\]]+)\]")
#: names that thousands bear: without an office beside them they mean somebody else
_COMMON = re.compile(r"(?:Nguyễn|Trần|Lê|Phạm|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hoàng) (?:Văn|Thị) ")
_KNOWN = 3  # level up to which a person is known by name alone
#: v-sounds are written with v- or b-kana
_V_KANA = (("ヴァ", "バ"), ("ヴィ", "ビ"), ("ヴェ", "ベ"), ("ヴォ", "ボ"), ("ヴ", "ブ"))


@dataclass(frozen=True, slots=True)
class Office:
    """A role that somebody held: since when, until when (None: still, as far as the table knows)."""

    role: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Person:
    """A person as the tables know them."""

    person_id: str
    label: str
    side: str
    level: (
        int  #: 1 heads of state, party, government, parliament; 2 ministers; 3 deputies, envoys, governors; 4, 5 others
    )
    offices: tuple[Office, ...]
    died: date | None


def people(tables: Tables) -> dict[str, Person]:
    """Read the people: id -> person."""
    return {
        row["id"]: Person(
            person_id=row["id"],
            label=row["label"],
            side=row["side"],
            level=int(row["level"]),
            offices=tuple(_offices(row)),
            died=_day(row["died"]),
        )
        for row in tables["people"]
    }


def concepts(tables: Tables) -> Iterator[Alias]:
    """Give every alias of every table that the lexicon is made of."""
    state = {row["role"] for row in tables["roles"] if row["state"] == "1"}
    for row in tables["people"]:
        group = "private"
        if state.intersection(office.role for office in _offices(row)):
            group = "leader" if row["level"] == "1" else "state"
        concept = Concept("person", row["id"], row["label"], row["side"], group=group)
        yield from _named(row, concept, bare=_bare_names(row), common=_is_common(row, group))
    for kind, table in (("organisation", "organisations"), ("place", "places")):
        for row in tables[table]:
            yield from _named(row, Concept(kind, row["id"], row["label"], row["side"], group=row["kind"]))
    for row in tables["terms"]:
        concept = Concept(row["kind"], row["term"], row["term"], row["side"], float(row["weight"]))
        yield from _forms(row, concept)
    for row in tables["topics"]:
        yield from _forms(row, Concept("topic", row["topic"], row["topic"], weight=float(row["weight"])))
    for row in tables["event_types"]:
        yield from _forms(row, Concept("event", row["event_type"], row["event_type"], weight=float(row["rank"])))
    for row in tables["roles"]:
        concept = Concept("role", row["role"], row["role"], weight=float(row["state"]), group=row["group"])
        yield from _forms(row, concept)
    for row in tables["wires"]:
        concept = Concept("wire", row["wire"], row["label"])
        yield from (form(f"={written}", concept, "") for written in row["aliases"].split("|"))


def _offices(row: dict[str, str]) -> Iterator[Office]:
    """Read ``role:since/until;...``; an open end stands for an office still held when the table was written."""
    for cell in filter(None, row["roles"].split(";")):
        role, _, period = cell.partition(":")
        since, _, until = period.partition("/")
        yield Office(role, date.fromisoformat(since), _day(until))


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


def _forms(row: dict[str, str], concept: Concept) -> Iterator[Alias]:
    seen = set()
    for column in _COLUMNS:
        for written in _expanded(row[column]):
            alias = form(written, concept, column)
            if (alias.text, alias.language) not in seen:
                seen.add((alias.text, alias.language))
                yield alias


def _named(
    row: dict[str, str], concept: Concept, bare: tuple[str, ...] = (), *, common: bool = False
) -> Iterator[Alias]:
    """Give the aliases of a name: its label, what its columns list, and the forms that follow from these.

    The Latin forms of a `common` name are bare: they need support.
    """
    written = dict.fromkeys([*_from_label(row), *(name for column in _COLUMNS for name in _expanded(row[column]))])
    variants = dict.fromkeys(variant for name in written for variant in _variants(name))
    yield from (form(name, concept, "", bare=common and name < _BEYOND_LATIN) for name in variants)
    yield from (form(name, concept, "", bare=True) for name in dict.fromkeys(bare) if name and name not in variants)


def _from_label(row: dict[str, str]) -> tuple[str, ...]:
    """Give the label, and for Japanese and third-country people also given name first."""
    label = row["label"]
    if "(" in label or " / " in label:
        return ()
    if "level" in row and row["side"] != "vietnam" and " " in label:
        family, given = label.split(" ", 1)
        return (label, f"{given} {family}")
    return (label,)


def _is_common(row: dict[str, str], group: str) -> bool:
    """Say whether private people are likely to bear the name too: a common one, or of somebody hardly known."""
    level = int(row["level"])
    return (level > 1 and bool(_COMMON.match(row["label"]))) or (level > _KNOWN and group == "state")


def _bare_names(row: dict[str, str]) -> tuple[str, ...]:
    """Give the part of a name that stands for it once it is known: the given name in Vietnam, else the family name."""
    parts = row["label"].split(" ")
    if len(parts) == 1:
        return ()
    if row["side"] == "vietnam":
        return (
            parts[-1],
            *(_last(alias) for alias in (row["ja"] + "|" + row["ko"]).split("|") if not alias.startswith("=")),
        )
    if row["side"] == "japan":
        written = [alias for alias in (row["ja"] + "|" + row["ko"]).split("|") if " " in alias]
        return (parts[0], *(alias.split(" ")[0] for alias in written))
    return ()


def _last(alias: str) -> str:
    parts = re.split("[・ ]", alias)
    return parts[-1] if len(parts) > 1 else ""


def _variants(name: str) -> Iterator[str]:
    """Give a name and how else it is written: kanji without the space, kana without dots, long vowels and v-sounds."""
    yield name
    if " " in name and not name.isascii() and "\u3041" <= name.lstrip("=~")[0] <= "\u9fff":
        yield name.replace(" ", "")
        yield name.replace(" ", "・")
    if "・" in name:
        plain = name
        for v_kana, b_kana in _V_KANA:
            plain = plain.replace(v_kana, b_kana)
        for base in (name, plain, name.replace("ー", ""), plain.replace("ー", "")):
            yield from (base, base.replace("・", ""), base.replace("・", " "), base.replace("・", "＝"))


def _expanded(cell: str) -> Iterator[str]:
    """Split a cell into aliases; ``[a/b] c`` stands for ``a c`` and ``b c``."""
    for written in filter(None, cell.split("|")):
        pieces = _CHOICE.split(written)
        choices = [piece.split("/") if index % 2 else [piece] for index, piece in enumerate(pieces)]
        yield from map("".join, product(*choices))
