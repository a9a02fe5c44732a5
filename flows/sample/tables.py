"""TOML tables into the sample's records, with errors that name the file and the key."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from importlib.resources import files
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


class SampleError(ValueError):
    """The sample's files are wrong; the message names the file, the key and the value seen."""


def read(path: str) -> dict[str, Any]:
    """Read a TOML file of this package; raise SampleError where it is not TOML."""
    try:
        return tomllib.loads(files(__package__).joinpath(path).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SampleError(f"{path}: not TOML: {error}") from error


def tables(path: str, name: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each [[name]] table of a file with the words that place it: file, then its key or its number."""
    document = read(path)
    if extra := set(document) - {name}:
        raise SampleError(f"{path}: only [[{name}]] tables belong here, not {', '.join(sorted(extra))}")
    for number, table in enumerate(document.get(name, []), start=1):
        yield table, f"{path}: {table.get('key', f'[[{name}]] number {number}')}"


def record(kind: type[T], table: Mapping[str, Any], where: str) -> T:
    """Make a dataclass of a table; raise SampleError on a key that is unknown, missing, or of another type."""
    hints = get_type_hints(kind)
    if unknown := set(table) - set(hints):
        raise SampleError(f"{where}: unknown key {', '.join(sorted(unknown))}")
    needed = {field.name for field in fields(kind) if field.default is MISSING}  # type: ignore[arg-type] # T is one
    if missing := needed - set(table):
        raise SampleError(f"{where}: missing {', '.join(sorted(missing))}")
    return kind(**{name: _value(hints[name], value, f"{where}: {name}") for name, value in table.items()})


def _value(hint: Any, value: Any, where: str) -> Any:  # noqa: ANN401 # hints and TOML values are of any type
    if get_origin(hint) is Literal:
        if value not in get_args(hint):
            raise SampleError(f"{where} is {value!r}, not one of {', '.join(map(repr, get_args(hint)))}")
        return value
    if get_origin(hint) is tuple and isinstance(value, list):
        return tuple(_value(get_args(hint)[0], each, f"{where}[{index}]") for index, each in enumerate(value))
    if is_dataclass(hint) and isinstance(value, dict):
        return record(hint, value, where)  # type: ignore[arg-type] # is_dataclass admits instances, hints are types
    wanted = get_origin(hint) or hint
    if not isinstance(value, wanted):
        raise SampleError(f"{where} is {value!r}, not a {wanted.__name__}")
    if isinstance(value, datetime) and value.tzinfo is None:
        raise SampleError(f"{where} is {value}, a date without its offset (+07:00, +09:00)")
    return value
