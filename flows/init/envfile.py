"""A file of settings with some of them set anew: every other line, and every comment, stays as it is."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from warehouse.errors import MendableError

_PLAIN = re.compile(r"[\w@%+=:,./~-]*", re.ASCII)  # what dotenv reads as it stands


def merged(text: str, given: Mapping[str, str]) -> str:
    """Set variables in the text of a .env file: in the line that names one, also as a comment, else at the end.

    The comment behind a value stays. merged(merged(t, g), g) == merged(t, g).
    """
    lines, left = text.splitlines(), dict(given)
    for number, line in enumerate(lines):
        name, sign, rest = line.removeprefix("#").partition("=")
        if sign and name in left and (not line.startswith("#") or not _named(lines, name)):
            comment = re.search(r"\s+#.*$", rest)
            lines[number] = f"{name}={quoted(left.pop(name))}{comment[0] if comment else ''}"
    return "\n".join([*lines, *(f"{name}={quoted(value)}" for name, value in left.items())]) + "\n"


def _named(lines: list[str], name: str) -> bool:
    return any(line.startswith(f"{name}=") for line in lines)


def quoted(value: str) -> str:
    """Write a value as dotenv reads it back."""
    if _PLAIN.fullmatch(value):
        return value
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def write(path: Path, text: str) -> None:
    """Write the file whole or not at all; only its owner may read it. MendableError where the folder takes none."""
    draft = path.with_name(f".{path.name}.draft")
    try:
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(descriptor)
        draft.replace(path)
    except OSError as error:
        raise MendableError(
            f"{path} cannot be written: {error.strerror}. Run `vnjp init` in another folder."
        ) from error
