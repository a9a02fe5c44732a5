"""A dry run: every letter as an .eml file that a mail program opens."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from tasks.deliver.message import Letter, Mail, message, message_id, reader_key
from warehouse.records import Delivery


def write(
    letters: Sequence[Letter], folder: Path, mail: Mail, now: datetime, name: str = "{week}.{reader}.eml"
) -> tuple[Delivery, ...]:
    """Write each letter to ``folder``, whole or not at all, and say under which name in the delivery's reply.

    ``name`` may hold ``{week}``, ``{language}`` and ``{reader}`` (the reader's key). Raises ValueError for a letter
    that cannot be a message and where two letters would get one name, before anything is written.
    """
    files = {folder / _name(name, letter, mail): (letter, message(letter, mail)) for letter in letters}
    if len(files) < len(letters):
        raise ValueError(f"{len(letters)} letters, {len(files)} file names: put {{reader}} into {name!r}")
    folder.mkdir(parents=True, exist_ok=True)
    for path, (_, data) in files.items():
        _write_whole(path, data)
    return tuple(_written(path, letter, data, mail, now) for path, (letter, data) in files.items())


def _name(name: str, letter: Letter, mail: Mail) -> str:
    made = name.format(week=letter.week, language=letter.language, reader=reader_key(letter.recipient, mail))
    if Path(made).name != made:
        raise ValueError(f"{made!r} is no file name")
    return made


def _written(path: Path, letter: Letter, data: bytes, mail: Mail, now: datetime) -> Delivery:
    made = message_id(letter.week, letter.recipient, mail)
    sha256 = hashlib.sha256(data).hexdigest()
    return Delivery(letter.week, letter.recipient, made, sha256, "written", 1, 0, path.name, now)


def _write_whole(path: Path, data: bytes) -> None:
    """Replace a file by one rename, on disk before it returns; only its owner may read it, since it names a reader."""
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
