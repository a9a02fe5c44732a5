"""The work of `vnjp sources` on the lists themselves: what is watched, what is added, lists in and out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path

from flows.ask.query import Result, as_table
from flows.job import manners_of
from flows.probe import check
from flows.settings import Settings
from flows.watch import own_list, sources_of, watched
from tasks import opml
from tasks.urls import host, join
from warehouse import read
from warehouse.errors import MendableError
from warehouse.records import Source

_COLUMNS = tuple(field.name for field in fields(Source))


def chosen(sources: Iterable[Source], wanted: Sequence[str], *, every: bool = False) -> tuple[Source, ...]:
    """Give the sources named by id, heading or host; where none is named, the enabled ones or every one.

    Raises MendableError for a name that is nobody's.
    """
    known = tuple(sources)
    if not wanted:
        return tuple(source for source in known if every or source.enabled)
    found: dict[str, Source] = {}
    for name in wanted:
        those = [one for one in known if name in {one.source_id, one.heading, host(one.url)}]
        if not those:
            raise MendableError(
                f"No source is named {name!r}. `vnjp sources list --all` shows ids, headings and hosts."
            )
        found |= {one.source_id: one for one in those}
    return tuple(found.values())


def states(settings: Settings) -> Mapping[str, str]:
    """Give every source's state at its last check, from the published snapshot; none where there is no snapshot."""
    if not settings.warehouse.snapshot.is_file():
        return {}
    with settings.warehouse.reader() as db:
        return {key: state.state for key, state in read.source_states(db).items()}


def as_list(sources: Sequence[Source], state_of: Mapping[str, str]) -> str:
    """Lay sources out for a terminal, each heading named once."""
    rows, heading = [], None
    for source in sources:
        shown = "" if source.heading == heading else source.heading
        heading = source.heading
        state = state_of.get(source.source_id, "never") if source.enabled else "off"
        rows.append((shown, source.source_id, source.outlet, source.side, source.kind, source.language, state))
    columns = ("heading", "id", "outlet", "side", "kind", "language", "state")
    return as_table(Result(columns, ("VARCHAR",) * len(columns), tuple(rows), truncated=False))


def add(settings: Settings, url: str, given: Mapping[str, str], now: datetime, *, look: bool) -> Source:
    """Add one source to the user's own list and give it; with `look` it is asked first and must give an entry.

    `given` holds columns by name; what is missing is taken from the address and from the feed. Raises MendableError.
    """
    address = join("", url)
    if not address:
        raise MendableError(f"{url!r} is no web address. Give the feed's address, such as https://example.org/rss")
    known = sources_of(settings)
    if twin := next((source for source in known if join("", source.url) == address), None):
        raise MendableError(f"{address} is watched already, as {twin.source_id}.")
    columns = {"reads": "page" if given.get("pattern") else "feed", **given}
    source = opml.guessed(address, columns.get("heading", ""), outlet=columns.get("outlet", ""))
    source = replace(source, **columns)  # type: ignore[arg-type] # checked like any row when it is kept
    if look:
        [probe] = check([source], manners_of(settings), now)
        if probe.state != "ok":
            raise MendableError(
                f"{address} gives no entries: {probe.state.replace('_', ' ')} {probe.error}".rstrip()
                + f". `vnjp sources discover {host(address)}` looks for its feeds; --no-check adds it all the same."
            )
        source = replace(
            source,
            outlet=given.get("outlet") or probe.title or source.outlet,
            language=source.language or probe.language,
        )
    wanted = given.get("source_id") or opml.slug(source.outlet) or source.source_id
    ids = {one.source_id for one in known}
    if given.get("source_id") in ids:
        raise MendableError(f"There is a source named {wanted!r}. Give another --id.")
    source = replace(source, source_id=opml.new_id(wanted, ids))
    keep(own_list(settings), [source])
    return source


def import_opml(settings: Settings, path: Path) -> tuple[tuple[Source, ...], int]:
    """Add the feeds of an OPML file that are not watched yet; give them, and how many were. Raises MendableError."""
    known = sources_of(settings)
    addresses, ids = {join("", source.url) for source in known}, {source.source_id for source in known}
    try:
        listed = opml.read(path.read_text("utf-8-sig"), ids)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise MendableError(
            f"{path} cannot be imported: {reason}. Give an OPML file, as feed readers export it."
        ) from error
    new = tuple(source for source in listed if join("", source.url) not in addresses)
    keep(own_list(settings), new)
    return new, len(listed) - len(new)


def keep(path: Path, new: Sequence[Source]) -> None:
    """Append sources to a list, whole or not at all: its other rows and columns stay as they are.

    Raises SettingsError, with file and line, when a row could not be read back, and MendableError when the file cannot
    be written; the list is then as it was.
    """
    text = path.read_text("utf-8-sig") if path.is_file() else ""
    reader = csv.DictReader(io.StringIO(text))
    columns = [*(reader.fieldnames or ()), *(name for name in _COLUMNS if name not in (reader.fieldnames or ()))]
    written = io.StringIO()
    writer = csv.DictWriter(written, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows([*reader, *({name: _cell(getattr(one, name)) for name in _COLUMNS} for one in new)])
    draft = path.with_name(f"{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(written.getvalue(), encoding="utf-8")
        watched(draft)
        draft.replace(path)
    except OSError as error:
        raise MendableError(f"{path} cannot be written: {error.strerror}. Choose another data folder.") from error
    finally:
        draft.unlink(missing_ok=True)


def _cell(value: object) -> str:
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)
