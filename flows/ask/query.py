"""A reader's own question in SQL, answered from the snapshot by a process that can reach nothing else."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from wcwidth import wcswidth, wcwidth

import warehouse
from warehouse.errors import MendableError

_SANDBOX = Path(warehouse.__file__).with_name("sandbox.py")  # by path: importing it here would load DuckDB
_NUMBER = re.compile(r"(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|BIGNUM|FLOAT|DOUBLE|DECIMAL\(.*\))$")
# Control characters would act on the terminal, bidi ones would turn the line.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_PLAN = ("explain_key", "explain_value")
_ALONE = "a query here reads the snapshot and nothing else; for more, open a copy of it with DuckDB"
_NEXT = {
    "Missing": "`vnjp collect` or `vnjp demo` makes one",
    "IO": _ALONE,
    "Permission": _ALONE,
    "Parser": "correct the SQL there",
    "Catalog": "SHOW ALL TABLES lists what there is",
    "Binder": "DESCRIBE with a table's name lists its columns",
    "Conversion": "TRY_CAST gives NULL where a value does not fit",
    "Out of Memory": "ask for less: filter, aggregate or LIMIT",
    "Refused": "give one SELECT, FROM, WITH, DESCRIBE, SUMMARIZE, SHOW or EXPLAIN",
    "Snapshot": "close what has it open for writing; `vnjp doctor` looks further",
    "Timeout": "narrow it with WHERE or LIMIT, or allow more seconds",
    "File": "give a file in a folder that is there; a type that Parquet lacks can be cast to VARCHAR",
    "Crash": "nothing was harmed; put the question differently",
}


class QueryError(MendableError):
    """A query that gave no answer. The text is one sentence: what failed, where in the SQL, what to try next."""

    def __init__(self, kind: str, message: str, place: tuple[int, int] | None = None) -> None:
        where = f" (line {place[0]}, column {place[1]})" if place else ""
        super().__init__(f"{message}{where}; {_NEXT.get(kind, 'change the query there, or try it in parts')}")
        self.kind = kind  #: DuckDB's kind of error (Parser, Binder, ...), Refused, Snapshot, Timeout or Crash
        self.place = place  #: line and column in the SQL, from 1


@dataclass(frozen=True, slots=True)
class Result:
    """An answer. Values are JSON's; instants, dates, decimals are text (ISO 8601, UTC), bytes hex."""

    columns: tuple[str, ...]
    types: tuple[str, ...]  #: as DuckDB names them
    rows: tuple[tuple[object, ...], ...]
    truncated: bool  #: there was more: too many rows, or more than 64 MiB


def ask(snapshot: Path, sql: str, seconds: float = 30, rows: int = 10_000) -> Result:
    """Run one reading statement on the snapshot for at most so many seconds; give at most so many rows.

    Raises QueryError for whatever keeps it from an answer.
    """
    return result_of(sql, _run(snapshot, sql, seconds, rows, "json"))


def save(snapshot: Path, sql: str, to: Path, seconds: float = 30, rows: int = 1_000_000) -> dict[str, object]:
    """Run one reading statement as `ask` does and write its answer to a Parquet file; the query itself reaches no file.

    Gives {path, rows, bytes, truncated}. The file is there whole or not at all; one that was there is replaced.
    """
    from warehouse.parquet import write

    if (to.exists() and not to.is_file()) or not to.parent.is_dir():
        raise QueryError("File", f"{to} is no file and cannot become one")
    child = _run(snapshot, sql, seconds, rows, "arrow")
    head, _, rest = child.stdout.partition(b"\n")
    told = json.loads(head) if rest else {}
    size = told.get("arrow", 0)
    last = rest[size:].strip()
    if not size or not last:  # half an answer is none
        result_of(
            sql, subprocess.CompletedProcess(child.args, child.returncode, b"" if size else child.stdout, child.stderr)
        )
    try:
        count = write(memoryview(rest)[:size], to)
    except (OSError, ValueError) as error:
        words = getattr(error, "strerror", None) or str(error).splitlines()[0]
        raise QueryError("File", f"{to} could not be written ({words})") from error
    return {"path": str(to), "rows": count, "bytes": to.stat().st_size, "truncated": json.loads(last)["truncated"]}


def _run(snapshot: Path, sql: str, seconds: float, rows: int, form: str) -> subprocess.CompletedProcess[bytes]:
    if not snapshot.is_file():
        raise QueryError("Missing", f"no snapshot at {snapshot}")
    command = [sys.executable, "-P", str(_SANDBOX), str(snapshot.absolute()), str(rows), str(seconds), form]
    try:
        return subprocess.run(  # noqa: S603 - our own program; the query comes on its standard input
            command,
            input=sql.encode(errors="surrogatepass"),
            capture_output=True,
            timeout=seconds,
            env={},
            cwd="/",
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise QueryError("Timeout", f"the query was stopped after {seconds:g} s") from None


def as_table(result: Result, widest: int = 60) -> str:
    """Lay an answer out for a terminal: columns aligned by what characters really take, cells cut at ``widest``."""
    if result.columns == _PLAN:
        return "\n".join(str(plan) for _, plan in result.rows)
    cells = [[_cut(_shown(value), widest) for value in row] for row in (result.columns, *result.rows)]
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    right = [bool(_NUMBER.match(kind)) for kind in result.types]
    head, *body = ["  ".join(map(_pad, row, widths, right)).rstrip() for row in cells]
    rule = "  ".join("─" * width for width in widths)
    count = f"({'first ' if result.truncated else ''}{len(body):,} row{'s' * (len(body) != 1)})"
    return "\n".join([head, rule, *body, count])


def as_csv(result: Result) -> str:
    """Write an answer as CSV with a header: NULL is empty, lists and structs are JSON."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(result.columns)
    writer.writerows(["" if value is None else _flat(value) for value in row] for row in result.rows)
    return lines.getvalue()


def as_json(result: Result) -> str:
    """Write an answer as one JSON object: columns, types, rows as arrays, truncated."""
    return json.dumps(asdict(result), ensure_ascii=False)


def result_of(sql: str, child: subprocess.CompletedProcess[bytes]) -> Result:
    """Read the child's lines; a line that was cut off when it died does not count."""
    told = [json.loads(line) for line in child.stdout.split(b"\n")[:-1]]
    last = told[-1] if told and isinstance(told[-1], dict) else {}
    if "error" in last:
        raise _failure(sql, **last["error"])
    if "truncated" not in last:
        words = child.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2][:200]
        raise QueryError("Crash", f"the query ended its process (exit code {child.returncode}) {words}".strip())
    head, *rows, _ = told
    return Result(tuple(head["columns"]), tuple(head["types"]), tuple(map(tuple, rows)), last["truncated"])


def _failure(sql: str, kind: str, message: str, position: int | None = None) -> QueryError:
    """Put DuckDB's words into one sentence; a position counts bytes."""
    lines = message.splitlines()[: 1 if kind == "Out of Memory" else 2]  # the rest advises settings that are locked
    place = None
    if position is not None:
        before = sql.encode(errors="surrogatepass")[:position].decode("utf-8", "ignore")
        place = (before.count("\n") + 1, len(before) - before.rfind("\n"))
    return QueryError(kind, " ".join(" ".join(lines).split()), place)


def _flat(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _shown(value: object) -> str:
    text = "NULL" if value is None else _flat(value)
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def width(text: str) -> int:
    """Give how many columns a text takes on a terminal."""
    return max(wcswidth(text), 0)


def _cut(text: str, widest: int) -> str:
    """Keep as much of text as fits, with an ellipsis where some is left out."""
    if len(text) <= widest and width(text) <= widest:
        return text
    columns = 0
    for index, character in enumerate(text):
        columns += max(wcwidth(character), 0)
        if columns >= widest:
            return text[:index] + "…"
    return text


def _pad(text: str, wide: int, right: bool) -> str:
    space = " " * (wide - width(text))
    return space + text if right else text + space
