"""Write docs/warehouse.md from a snapshot: ``python -m warehouse.document data/demo/vnjp.duckdb > docs/warehouse.md``.

What the views mean is said once, in their comments; the examples are asked of the snapshot that is given.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from warehouse.attach import Db, attach
from warehouse.statements import query, questions

_HEAD = """\
# The warehouse

`vnjp.duckdb` in the data folder is a DuckDB file for reading. It is replaced after every run, whole; who has it open
keeps what it holds. `vnjp sql "QUERY"` asks it, and so does any DuckDB from 1.5 on (`duckdb -readonly vnjp.duckdb`); no
extension is needed. Everything for you is a view in `main`; `base` holds the tables behind them, which may change
without a note.

Attached beside another database, views are found as `NAME.main.VIEW`. Macros (views with an argument) are found only
after `USE NAME`; each is a shorter way to ask a view.

* Counts: `articles` with copies, `texts` the separate texts, `stories`; beside them `sources_working`, the sources that
  worked in that week. Where a view says nothing else, relevant articles are counted, without backlog and baseline.
* Instants are UTC; weeks (ISO) and days are those of the zone in `about`, whatever zone your own session has.
* What an issue said stands in `issue_lines` as it was sent, beside what is known now.
* A view or column that changes its name or meaning has a note in CHANGELOG.md.
"""


def document(db: Db) -> str:
    """Describe views and macros of a snapshot, with the examples and what they print on it."""
    return "\n".join([_HEAD, *_examples(db), *_views(db), *_macros(db)])


def _examples(db: Db) -> Iterator[str]:
    yield f"## {len(questions())} questions\n\nWith what they print on the two sample weeks of `make demo`.\n"
    for question, sql in questions():
        answer = db.execute(sql)
        names = [column[0] for column in answer.description or []]
        yield f"### {question}\n\n```sql\n{sql}\n```\n"
        yield from _table(names, answer.fetchall())


def _views(db: Db) -> Iterator[str]:
    yield "## Views\n"
    for name, meaning in db.execute(query("public_views")).fetchall():
        yield f"### {name}\n\n{meaning}\n"
        yield from _table(("column", "type", "meaning"), db.execute(query("public_columns"), [name]).fetchall())


def _macros(db: Db) -> Iterator[str]:
    yield "## Macros\n"
    yield from _table(("macro", "meaning"), db.execute(query("public_macros")).fetchall())


def _table(names: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    yield _line(names)
    yield _line(["---"] * len(names))
    yield from (_line([_cell(value) for value in row]) for row in rows)
    yield ""


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: object) -> str:
    """Write a value in one line of a table; lists by commas, instants to the minute, whole numbers without a point."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(map(_cell, value))
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case float() if value.is_integer():
            return f"{value:.0f}"
        case _:
            return " ".join(str(value).replace("|", "\\|").split())


if __name__ == "__main__":
    sys.stdout.write(document(attach(Path(sys.argv[1]), read_only=True)))
