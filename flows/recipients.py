"""Who gets the issue: VNJP_RECIPIENTS, and recipients.csv of the data folder, whose rows lie over it.

Addresses stay here: the ledger, and so the snapshot that everybody reads, knows a reader by a keyed hash.
"""

from __future__ import annotations

import csv
import io
import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, get_args

from flows.settings import Language, Settings, SettingsError
from tasks.deliver.message import address_fault
from warehouse.errors import MendableError
from warehouse.seeds import tables

NOBODY = "reader@vnjp-monitor.invalid"  # whom the files are addressed to where no reader is set (RFC 2606)
_LANGUAGES: tuple[Language, ...] = get_args(Language)
_FLAGS = {"yes": True, "": True, "no": False}
_SEVERAL = re.compile(r"[\s,;]+")
_SLUG = re.compile(r"[a-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who gets the issue, in which language, and how much of it."""

    address: str
    language: str = ""  #: "" for the first of the settings
    topics: tuple[str, ...] = ()  #: codes; with no dossier either, everything
    dossiers: tuple[str, ...] = ()  #: ids, or groups that dossiers are for
    enabled: bool = True
    note: str = ""


_COLUMNS = tuple(field.name for field in fields(Reader))


def recipients_file(settings: Settings) -> Path:
    """Say where the list of readers stands."""
    return settings.data / "recipients.csv"


def listed(settings: Settings) -> tuple[Reader, ...]:
    """Give every reader that is set, also those switched off; SettingsError names file, line and column."""
    named = (entry.partition(":") for entry in settings.recipients)
    path = recipients_file(settings)
    filed = read(path) if path.is_file() else ()
    found = [Reader(address, language) for address, _, language in named]
    return tuple({one.address.casefold(): one for one in (*found, *filed)}.values())


def readers(settings: Settings) -> tuple[Reader, ...]:
    """Give those who get the issue; one whom nobody is where there are none."""
    return tuple(one for one in listed(settings) if one.enabled) or (Reader(NOBODY),)


def languages(settings: Settings) -> tuple[Language, ...]:
    """Give the languages that the issue is made in: the settings', then what readers chose beside them."""
    chosen = {one.language for one in readers(settings)} - {*settings.languages}
    return (*settings.languages, *(one for one in _LANGUAGES if one in chosen))


def secret(settings: Settings) -> str:
    """Give what keys the hashes of addresses: made with the first list of readers, kept for life beside the warehouse.

    Where it is lost, letters on their way are no longer known by their readers, and are not sent.
    """
    if all(one.address == NOBODY for one in readers(settings)):
        return ""
    path = settings.data / "private" / "readers.key"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.draft")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_hex(32), encoding="ascii")
        draft.replace(path)
    return path.read_text("ascii").strip()


def read(path: Path) -> tuple[Reader, ...]:
    """Read a list of readers; SettingsError names file, line and what is wrong there."""
    try:
        reader = csv.DictReader(io.StringIO(path.read_text("utf-8-sig")))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}. Save it as CSV in UTF-8.") from error
    columns = tuple(reader.fieldnames or ())
    if "address" not in columns or (strange := [name for name in columns if name not in _COLUMNS]):
        wrong = f"has a column {strange[0]!r}" if "address" in columns else "has no column 'address'"
        raise SettingsError(f"{path} {wrong}. Its columns are {', '.join(_COLUMNS)}; all but address may be missing.")
    found: dict[str, tuple[int, Reader]] = {}
    for row in reader:
        where = f"{path}, line {reader.line_num}"
        one = _reader(row, where)
        first, _ = found.setdefault(one.address.casefold(), (reader.line_num, one))
        if first != reader.line_num:
            raise SettingsError(f"{where}: {one.address!r} stands in line {first} already. Keep one of the two.")
    return tuple(one for _, one in found.values())


def add(settings: Settings, one: Reader) -> None:
    """Put a reader at the end of the list, or in the place of the row that has the address."""
    path = recipients_file(settings)
    held = read(path) if path.is_file() else ()
    kept = {each.address.casefold(): each for each in held} | {one.address.casefold(): one}
    _write(path, tuple(kept.values()))


def remove(settings: Settings, address: str) -> None:
    """Take a reader off the list; one of VNJP_RECIPIENTS is switched off by a row."""
    named = address.casefold()
    if named not in {one.address.casefold() for one in listed(settings) if one.enabled}:
        raise MendableError(f"{address!r} is not on the list. `vnjp digest recipients list` shows it.")
    path = recipients_file(settings)
    held = read(path) if path.is_file() else ()
    kept = tuple(one for one in held if one.address.casefold() != named)
    if named in {entry.partition(":")[0].casefold() for entry in settings.recipients}:
        kept = (*kept, Reader(address, enabled=False, note="switched off; named in VNJP_RECIPIENTS"))
    _write(path, kept)


def _reader(row: dict[Any, Any], where: str) -> Reader:
    if None in row or None in row.values():
        raise SettingsError(
            f"{where}: it has not one cell for each column of the first line. Separate topics by spaces."
        )
    cells = {name: (row.get(name) or "").strip() for name in _COLUMNS}
    for trouble in _troubles(cells):
        raise SettingsError(f"{where}: {trouble}")
    return Reader(
        address=cells["address"],
        language=cells["language"],
        topics=several(cells["topics"]),
        dossiers=several(cells["dossiers"]),
        enabled=_FLAGS[cells["enabled"]],
        note=cells["note"],
    )


def _troubles(cells: dict[str, str]) -> Iterator[str]:
    """Say what makes a row unusable."""
    if fault := address_fault(cells["address"]):
        yield f"address is {fault}."
    if cells["language"] not in {"", *_LANGUAGES}:
        yield f"language is {cells['language']!r}; allowed are {', '.join(_LANGUAGES)}, or nothing."
    for topic in several(cells["topics"]):
        if topic not in topic_codes():
            yield f"topics holds {topic!r}; allowed are {', '.join(topic_codes())}, separated by spaces, or nothing."
    for dossier in several(cells["dossiers"]):
        if not _SLUG.fullmatch(dossier):
            yield f"dossiers holds {dossier!r}; a dossier is named by small letters, digits and hyphens."
    if cells["enabled"] not in _FLAGS:
        yield f"enabled is {cells['enabled']!r}; allowed are yes and no."


def several(cell: str) -> tuple[str, ...]:
    """Split what a cell or an option lists, by spaces, commas or semicolons."""
    return tuple(dict.fromkeys(one for one in _SEVERAL.split(cell) if one))


@cache
def topic_codes() -> tuple[str, ...]:
    """Give the codes of the topics."""
    return tuple(sorted({row["topic"] for row in tables()["topics"]}))


def _write(path: Path, kept: Sequence[Reader]) -> None:
    """Write the list anew, whole or not at all; only its owner may read it."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for one in kept:
        flag = "yes" if one.enabled else "no"
        writer.writerow([one.address, one.language, " ".join(one.topics), " ".join(one.dossiers), flag, one.note])
    draft = path.with_name(f".{path.name}.draft")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        draft.touch(mode=0o600)
        draft.write_text(written.getvalue(), encoding="utf-8")
        read(draft)
        draft.replace(path)
    except OSError as error:
        raise MendableError(f"{path} cannot be written: {error.strerror}. Choose another data folder.") from error
    finally:
        draft.unlink(missing_ok=True)
