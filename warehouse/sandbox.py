"""Somebody's SQL, run where it can reach nothing: a process of its own, one statement, the snapshot read-only.

``python -m warehouse.sandbox SNAPSHOT [ROWS [SECONDS [FORM]]]`` takes the SQL on standard input and answers in JSON
Lines: ``{"columns": [...], "types": [...]}``, one array a row, ``{"truncated": false}``; or ``{"error": {...}}`` at any
point.
With the form ``arrow`` there is one line ``{"arrow": N}`` instead of rows, followed by N bytes of an Arrow IPC stream.

DuckDB's own settings refuse files, network, extensions and settings, but its memory limit does not hold against one
large string, and table functions that set up logs and profiles pass its lock: so the kernel holds the last wall.
"""

from __future__ import annotations

import decimal
import json
import math
import os
import resource
import signal
import sys
import uuid
import zoneinfo
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import BinaryIO

import duckdb
import pytz

# DuckDB imports them at the first value of theirs (pytz until 2.0.0, zoneinfo since), when no file can be opened.
_FETCHED_BY = (decimal, uuid, pytz, zoneinfo.ZoneInfo("UTC"))
_ADDRESS_SPACE = 3 << 30  # bytes: DuckDB's limit, Python, thread stacks, and one large value on its way to JSON
_ANSWER = 64 << 20  # bytes that an answer may have in all
_ANSWER_ARROW = 512 << 20  # the same, for a file
_BATCH = 256  # rows fetched at a time
_ALLOWED = {"SELECT", "EXPLAIN"}
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "1GB",
    "temp_directory": "",
    "threads": "2",
}
_SETTINGS = (
    "SET TimeZone = 'UTC'",  # first: the lock below would refuse it
    "SET errors_as_json = true",  # the only way to have an error's position
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)


class Refused(Exception):  # noqa: N818 - it is no error of ours
    """The query is not run: kind and message."""


def main(snapshot: str, rows: str = "10000", seconds: str = "30", form: str = "json") -> None:
    """Answer the query on standard input."""
    signal.setitimer(signal.ITIMER_REAL, float(seconds) + 1)  # should the parent die, this ends us
    _limit(resource.RLIMIT_AS, _ADDRESS_SPACE)
    _limit(resource.RLIMIT_CORE, 0)
    answer = sys.stdout.buffer
    try:
        sql = sys.stdin.buffer.read().decode("utf-8", "replace")
        connection = _open(snapshot)
        run = _run_arrow() if form == "arrow" else _run
        _limit(resource.RLIMIT_FSIZE, 0)
        _limit(resource.RLIMIT_NOFILE, 0)  # from here on no file and no socket can be opened, whatever SQL finds
        run(connection, _checked(connection, sql), int(rows), answer)
    except Refused as refused:
        _say(answer, {"error": dict(zip(("kind", "message"), refused.args, strict=True))})
    except duckdb.Error as error:
        _say(answer, {"error": _explain(error)})
    except MemoryError:
        _say(answer, {"error": {"kind": "Out of Memory", "message": "the answer is too large"}})
    answer.flush()
    os._exit(0)  # no destructor of the library gets another turn


def _limit(what: int, value: int) -> None:
    """Lower a limit for good; one that is lower already stays."""
    _, most = resource.getrlimit(what)
    value = value if most == resource.RLIM_INFINITY else min(value, most)
    with suppress(ValueError):  # macOS grants no limit of the address space
        resource.setrlimit(what, (value, value))


def _open(snapshot: str) -> duckdb.DuckDBPyConnection:
    try:
        connection = duckdb.connect(snapshot, read_only=True, config=_CONFIG)
    except duckdb.Error as error:
        raise Refused("Snapshot", _explain(error)["message"]) from error
    for setting in _SETTINGS:
        connection.execute(setting)
    return connection


def _checked(connection: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    statements = connection.extract_statements(sql)
    if refusal := _refusal([each.type.name for each in statements]):
        raise Refused("Refused", refusal)
    return statements[0]


def _run(connection: duckdb.DuckDBPyConnection, statement: duckdb.Statement, rows: int, answer: BinaryIO) -> None:
    """Execute and stream: at most so many rows, at most `_ANSWER` bytes."""
    connection.execute(statement)
    columns = connection.description or []
    _say(answer, {"columns": [each[0] for each in columns], "types": [str(each[1]) for each in columns]})
    room, truncated = _ANSWER, False
    for count, row in enumerate(_rows(connection)):
        line = _line([_plain(value) for value in row])
        room -= len(line)
        if room < 0 and not count:
            raise MemoryError
        truncated = count == rows or room < 0
        if truncated:
            break
        answer.write(line)
    _say(answer, {"truncated": truncated})


def _run_arrow() -> Callable[[duckdb.DuckDBPyConnection, duckdb.Statement, int, BinaryIO], None]:
    """Load Arrow while files can be opened still, and give what answers with it."""
    import pyarrow as pa
    import pyarrow.ipc

    pa.set_memory_pool(pa.system_memory_pool())  # others reserve more addresses than there are here

    def run(connection: duckdb.DuckDBPyConnection, statement: duckdb.Statement, rows: int, answer: BinaryIO) -> None:
        try:
            found = connection.sql(statement.query).limit(rows + 1).to_arrow_table()
        except (duckdb.BinderException, duckdb.CatalogException):
            connection.execute(statement)  # says the same, and where
            raise
        if found.nbytes > _ANSWER_ARROW:
            raise MemoryError
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, found.schema) as stream:
            stream.write_table(found.slice(0, rows))
        whole = sink.getvalue()
        _say(answer, {"arrow": whole.size})
        answer.write(whole)
        _say(answer, {"truncated": found.num_rows > rows})

    return run


def _refusal(types: list[str]) -> str:
    """Say why statements of these types do not run; "" where they do."""
    if types in (["CREATE", "SELECT"], ["MULTI"]):  # DuckDB 1.5, 2.0
        return "PIVOT without its values is two statements: name them (PIVOT t ON c IN ('a', 'b'))"
    if len(types) != 1:
        return f"expected one statement, got {len(types)}"
    return "" if types[0] in _ALLOWED else f"{types[0]} is refused"


def _rows(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[object, ...]]:
    while batch := connection.fetchmany(_BATCH):
        yield from batch


def _plain(value: object) -> object:
    """Turn a value of DuckDB's into one of JSON, exactly: what JSON has no type for becomes text."""
    match value:
        case None | bool() | int() | str():
            return value
        case float() if math.isfinite(value):
            return value
        case list() | tuple():
            return [_plain(each) for each in value]
        case dict():
            return {str(_plain(key)): _plain(each) for key, each in value.items()}
        case _:
            return _text(value)


def _text(value: object) -> str:
    """Write bytes as hex, instants as ISO 8601; decimals, dates, intervals, UUIDs and infinities as they print."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return str(value)


def _explain(error: duckdb.Error) -> dict[str, object]:
    """Give kind, message and, where known, the position in the SQL, in bytes, of an error that DuckDB tells as JSON."""
    text = str(error)
    with suppress(ValueError):
        told = json.loads(text[text.index("{") :])
        at = {"position": int(told["position"])} if told.get("position") else {}
        return {"kind": told["exception_type"], "message": told["exception_message"], **at}
    kind, _, message = text.rpartition(" Error: ")
    return {"kind": kind, "message": message}


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _say(answer: BinaryIO, value: object) -> None:
    answer.write(_line(value))


if __name__ == "__main__":
    main(*sys.argv[1:])
