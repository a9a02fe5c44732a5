"""A shell for SQL on the snapshot, each query in its own sandboxed process: `vnjp sql` on a terminal."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from flows.ask.lay import columns
from flows.ask.query import QueryError, as_table, ask, width

# A quoted text, a quoted name, a comment, or the end of a statement: the last is one only outside of the others.
_TOKEN = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/|\$\$.*?\$\$|(?P<end>;)|.", re.DOTALL)
_NAMED = re.compile(r"[\w.]*$")
_VIEWS = (
    "select view_name, coalesce(comment, '') from duckdb_views() where not internal and schema_name = 'main' order by 1"
)
_COLUMNS = "select table_name, column_name from duckdb_columns() where not internal and schema_name = 'main'"
_FUNCTIONS = "select distinct function_name from duckdb_functions() where regexp_matches(function_name, '^[a-z_]\\w+$')"
_WORDS = [
    "select",
    "from",
    "where",
    "group",
    "by",
    "order",
    "limit",
    "join",
    "left",
    "using",
    "on",
    "and",
    "or",
    "not",
    "in",
    "is",
    "null",
    "distinct",
    "count",
    "as",
    "with",
    "case",
    "when",
    "then",
    "else",
    "end",
    "having",
    "union",
    "all",
    "describe",
    "summarize",
    "show",
    "tables",
    "explain",
    "between",
    "like",
    "ilike",
    "cast",
    "interval",
    "date",
]
_HELP = """\
Write SQL and end it with ; (the Tab key completes names, the arrow keys bring back earlier queries).
  .tables     what can be asked for, in one line each
  .help       this
  .quit       leave (or Ctrl-D); Ctrl-C stops a query that runs
Try:  from this_week;   describe articles;   from search('ODA đường sắt');"""


def statements(text: str) -> tuple[list[str], str]:
    """Cut what was typed into statements that are ended by a semicolon, and the rest that is not."""
    whole, start = [], 0
    for token in _TOKEN.finditer(text):
        if token["end"]:
            whole.append(text[start : token.end()].strip())
            start = token.end()
    return [one for one in whole if one != ";"], text[start:].strip()


def pointed(sql: str, error: QueryError) -> str:
    """Say what went wrong, under the line of the SQL where it did, if that is known."""
    if not error.place:
        return str(error)
    line, column = error.place
    shown = sql.split("\n")[line - 1].expandtabs(1)
    before = shown[: column - 1]
    return f"{shown}\n{' ' * width(before)}^\n{error}"


class Names(Completer):
    """Completes views, columns and functions of a snapshot, and SQL's own words; after `view.`, its columns."""

    def __init__(self, views: Iterable[str], columns: Iterable[tuple[str, str]], functions: Iterable[str]) -> None:
        self._of: dict[str, set[str]] = {view: set() for view in views}
        for view, column in columns:
            self._of.setdefault(view, set()).add(column)
        every = set().union(*self._of.values()) if self._of else set()
        self._all = [sorted(self._of), sorted(every), sorted(_WORDS), sorted(functions)]

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """Give what the word before the cursor can become, names of this snapshot first."""
        del complete_event
        found = _NAMED.search(document.text_before_cursor)
        view, dot, begun = (found[0] if found else "").rpartition(".")
        groups = [sorted(self._of.get(view, ()))] if dot else self._all
        seen: set[str] = set()
        for name in (name for group in groups for name in group):
            if begun and name.lower().startswith(begun.lower()) and name not in seen:
                seen.add(name)
                yield Completion(name, start_position=-len(begun))


def run(snapshot: Path, history: Path, say: Callable[[str], None], seconds: float, rows: int) -> None:
    """Read queries from the terminal and answer them until the user leaves. Raises QueryError without a snapshot."""
    views = [(str(name), str(about)) for name, about in ask(snapshot, _VIEWS).rows]
    names = Names(
        (name for name, _ in views),
        ((str(view), str(column)) for view, column in ask(snapshot, _COLUMNS, rows=100_000).rows),
        (str(name) for (name,) in ask(snapshot, _FUNCTIONS).rows),
    )
    session: PromptSession[str] = PromptSession(
        history=_history(history), completer=names, complete_while_typing=False, multiline=True, key_bindings=_keys(),
        prompt_continuation="  ... ", enable_history_search=False,
    )  # fmt: skip
    say(f"{snapshot}: .tables lists what is in it, .help says how to ask, .quit leaves.")
    while True:
        try:
            typed = session.prompt("vnjp> ").strip()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        if typed in {".quit", ".exit"}:
            return
        if typed.startswith("."):
            say("\n".join(_line(*view) for view in views) if typed == ".tables" else _HELP)
            continue
        whole, rest = statements(typed)
        for sql in [*whole, *([rest] if rest else [])]:
            if not _answer(snapshot, sql, say, seconds, rows):
                break


def _answer(snapshot: Path, sql: str, say: Callable[[str], None], seconds: float, rows: int) -> bool:
    """Run one query and show its answer; say whether there was one."""
    started = time.monotonic()
    try:
        result = ask(snapshot, sql, seconds, rows)
    except KeyboardInterrupt:  # the child got it, too, and is gone
        say("Stopped.")
        return False
    except QueryError as error:
        say(pointed(sql, error))
        return False
    say(f"{as_table(result)}  {time.monotonic() - started:.1f} s")
    return True


def _line(name: str, about: str) -> str:
    line = f"{name:20} {about}"
    return line if len(line) <= columns() else line[: columns() - 1] + "…"


def _history(path: Path) -> FileHistory:
    """Keep what was asked where only this user reads it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_APPEND, 0o600))
    path.chmod(0o600)
    return FileHistory(str(path))


def _done(buffer: Buffer) -> bool:
    typed = buffer.text.strip()
    whole, rest = statements(typed)
    return typed.startswith(".") or not typed or (bool(whole) and not rest)


def _keys() -> KeyBindings:
    """Let Enter send a statement that is ended by a semicolon, and go on to the next line in one that is not."""
    keys = KeyBindings()

    @keys.add("enter")
    def _enter(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if _done(buffer):
            buffer.validate_and_handle()
        else:
            buffer.insert_text("\n")

    return keys
