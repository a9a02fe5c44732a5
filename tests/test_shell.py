"""The SQL shell on a real terminal, the answer as a Parquet file, and how DuckDB's own command line is started."""

import fcntl
import json
import os
import pty
import re
import select
import signal
import stat
import subprocess
import sys
import termios
import time
from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from flows.ask import query
from flows.ask.query import QueryError, ask, save
from flows.ask.shell import Names, pointed, statements
from tests.command import ROOT, vnjp
from tests.test_sandbox import furnish

# three small tables: of two large ones, a fast machine fills its memory before anybody stops it
SLOW = "select sum(a.i * b.i % 7 + c.i) from range(100000) a(i), range(100000) b(i), range(100000) c(i);"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return furnish(tmp_path_factory.mktemp("shell"))


class Terminal:
    """`vnjp sql` with a terminal of its own."""

    def __init__(self, folder):
        self.master, slave = pty.openpty()
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, b"\x28\x00\x78\x00\x00\x00\x00\x00")  # 40 lines of 120 columns

        def own():
            os.setsid()
            signal.signal(signal.SIGINT, signal.default_int_handler)  # tests that run in a shell's background ignore it
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)

        bare = {name: value for name, value in os.environ.items() if not name.startswith(("VNJP_", "PREFECT_"))}
        given = {"VNJP_DATA": str(folder), "PYTHONPATH": str(ROOT), "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"}
        self.child = subprocess.Popen(
            [sys.executable, "-m", "flows", "sql"],
            cwd=ROOT,
            env=bare | given,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            preexec_fn=own,  # noqa: PLW1509 - no other thread is here
        )
        os.close(slave)
        self.seen = ""

    def until(self, words, seconds=30):
        """Read until the words were shown; give all since the last time."""
        end = time.monotonic() + seconds
        while words not in self.seen:
            ready, _, _ = select.select([self.master], [], [], max(0, end - time.monotonic()))
            assert ready, f"{words!r} did not come, but {self.seen!r}"
            try:
                raw = os.read(self.master, 65536).decode("utf-8", "replace")
            except OSError:  # Linux says so when the other end is gone
                pytest.fail(f"{words!r} did not come before the shell ended: {self.seen!r}")
            self.seen += re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\r", "", raw)
        at = self.seen.index(words) + len(words)
        shown, self.seen = self.seen[:at], self.seen[at:]
        return shown

    def type(self, keys):
        os.write(self.master, keys.encode())

    def close(self):
        if self.child.poll() is None:
            self.child.kill()
        self.child.wait()
        os.close(self.master)


@pytest.fixture
def terminal(snapshot):
    made = Terminal(snapshot.parent)
    yield made
    made.close()


@pytest.mark.long
def test_the_shell_answers_queries_of_several_lines_shows_errors_at_their_place_and_stops_what_takes_long(
    terminal, snapshot
):
    def asked(keys, words):
        terminal.until("vnjp>")
        terminal.type(keys)
        return terminal.until(words)

    assert "石破首相がハノイを訪問" in asked("select title\rfrom articles where id = 2;\r", "(1 row)")
    assert "\n───\n  7\n" in asked('select 7 as "a;b"; select titel from articles;\r', "(1 row)")
    assert "\n       ^\n" in terminal.until("Candidate bindings")
    terminal.until("vnjp>")
    terminal.type(SLOW + "\r")
    time.sleep(1)
    terminal.type("\x03")
    terminal.until("Stopped.")
    asked("select count(*) from arti\t", "articles")  # the Tab key
    terminal.type(";\r")
    assert re.search(r"\n +3\n", terminal.until("(1 row)"))
    asked("drop table articles;\r", "DROP is refused")
    asked(".tables\r", "recent ")
    asked(".help\r", "Ctrl-D")
    terminal.until("vnjp>")
    terminal.type("half a query\x03")  # Ctrl-C drops it
    asked(".quit\r", ".quit")
    assert terminal.child.wait(20) == 0
    history = snapshot.parent / "private" / "sql_history"
    assert stat.S_IMODE(history.stat().st_mode) == 0o600
    assert "select title" in history.read_text()


@pytest.mark.parametrize(
    ("typed", "whole", "rest"),
    [
        ("select 1", [], "select 1"),
        ("select 1;", ["select 1;"], ""),
        ("select ';' as a;\nselect 2; select", ["select ';' as a;", "select 2;"], "select"),
        ('select 1 as "a;b" -- no; end\n;', ['select 1 as "a;b" -- no; end\n;'], ""),
        ("/* ; */ select $$;$$", [], "/* ; */ select $$;$$"),
        (";;", [], ""),
    ],
)
def test_a_statement_ends_at_a_semicolon_outside_of_quotes_and_comments(typed, whole, rest):
    assert statements(typed) == (whole, rest)


@given(st.text(alphabet="ab;'\"-/* \n$"))
def test_cutting_into_statements_loses_no_character_that_counts(typed):
    whole, rest = statements(typed)
    bare = re.compile(r"[\s;]+")
    assert bare.sub("", "".join([*whole, rest])) == bare.sub("", typed)


def test_names_complete_to_views_first_and_to_the_columns_of_a_view_after_a_dot():
    names = Names(
        ["articles", "stories"], [("articles", "title"), ("stories", "headline"), ("stories", "texts")], ["trim"]
    )

    def offered(typed):
        return [one.text for one in names.get_completions(Document(typed), CompleteEvent())]

    assert offered("select t") == ["texts", "title", "tables", "then", "trim"]
    assert offered("from a")[0] == "articles"
    assert offered("select stories.") == []
    assert offered("select stories.h") == ["headline"]
    assert offered("") == []


def test_an_error_is_shown_under_its_place_as_wide_as_the_characters_are(snapshot):
    sql = "select '日本',\n '日' || titel from articles"
    with pytest.raises(QueryError) as error:
        ask(snapshot, sql)
    line, mark, *_ = pointed(sql, error.value).split("\n")
    assert line == " '日' || titel from articles"
    assert mark == " " * 9 + "^"


# --- parquet ----------------------------------------------------------------------------------------------------------


def test_types_come_right_into_a_parquet_file(snapshot, tmp_path):
    sql = """select first_seen, 12.50::decimal(6, 2) as price, ['vi', 'ja'] as tongues,
        {'day': date '2025-04-28', 'n': [1]} as of, map {'a': 1} as m, 'x'::blob as b,
        true as yes, null as nothing, title from articles order by id"""
    made = save(snapshot, sql, tmp_path / "a.parquet")
    table = pq.read_table(tmp_path / "a.parquet")
    assert made == {"path": str(tmp_path / "a.parquet"), "rows": 3, "bytes": made["bytes"], "truncated": False}
    assert table.schema.field("first_seen").type == pa.timestamp("us", tz="UTC")
    assert table.schema.field("price").type == pa.decimal128(6, 2)
    first = table.to_pylist()[0]
    assert first == {
        "first_seen": datetime(2025, 4, 28, tzinfo=UTC),
        "price": Decimal("12.50"),
        "tongues": ["vi", "ja"],
        "of": {"day": date(2025, 4, 28), "n": [1]},
        "m": [("a", 1)],
        "b": b"x",
        "yes": True,
        "nothing": None,
        "title": "Thủ tướng Nhật Bản thăm Hà Nội",
    }


def test_a_parquet_file_is_cut_at_so_many_rows_and_says_so(snapshot, tmp_path):
    made = save(snapshot, "from range(1000000000000)", tmp_path / "a.parquet", rows=10)
    assert (made["rows"], made["truncated"]) == (10, True)
    assert pq.read_table(tmp_path / "a.parquet").num_rows == 10
    told = vnjp("sql", "from range(20)", "--parquet", tmp_path / "b.parquet", "--rows", 5, VNJP_DATA=snapshot.parent)
    assert (told.returncode, "only the first 5 rows" in told.stderr) == (3, True)


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("select interval 1 day as i", "cast to VARCHAR"),
        ("copy articles to 'stolen.parquet'", "COPY is refused"),
        ("from read_csv('/etc/passwd')", "disabled by configuration"),
        ("select repeat('x', 4000000000)", "ask for less"),
        ("select titel from articles", "line 1, column 8"),
    ],
)
def test_an_answer_that_cannot_be_had_leaves_the_file_that_was_there(snapshot, tmp_path, sql, words):
    (tmp_path / "a.parquet").write_text("before")
    with pytest.raises(QueryError, match=words):
        save(snapshot, sql, tmp_path / "a.parquet")
    assert (tmp_path / "a.parquet").read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["a.parquet"]


@pytest.mark.parametrize("place", ["folder", "nowhere/a.parquet"])
def test_what_is_no_file_is_not_written_to(snapshot, tmp_path, place):
    (tmp_path / "folder").mkdir()
    with pytest.raises(QueryError, match="cannot become one"):
        save(snapshot, "select 1", tmp_path / place)


def test_half_an_answer_is_none(snapshot, tmp_path, monkeypatch):
    broken = tmp_path / "broken.py"
    broken.write_text("import os\nos.write(1, b'{\"arrow\": 100}\\n\\x00\\n\\xff')\nos.kill(os.getpid(), 9)")
    monkeypatch.setattr(query, "_SANDBOX", broken)
    with pytest.raises(QueryError, match="ended its process"):
        save(snapshot, "select 1", tmp_path / "a.parquet")


# --- DuckDB's own command line ----------------------------------------------------------------------------------------


def test_duckdbs_own_command_line_is_started_read_only_where_it_is(snapshot, tmp_path):
    fake = tmp_path / "duckdb"
    fake.write_text('#!/bin/sh\nfor word in "$@"; do echo "$word"; done\n')
    fake.chmod(0o755)
    told = vnjp("shell", "--", "-json", PATH=f"{tmp_path}:/usr/bin:/bin", VNJP_DATA=snapshot.parent)
    assert told.stdout.splitlines() == ["-readonly", "-cmd", "SET TimeZone = 'UTC'", "-json", str(snapshot)]
    told = vnjp("shell", "--json", PATH=f"{tmp_path}:/usr/bin:/bin", VNJP_DATA=snapshot.parent)
    assert json.loads(told.stdout)["command"][0] == str(fake)


def test_where_duckdbs_command_line_is_not_one_sentence_says_what_to_do(snapshot, tmp_path):
    told = vnjp("shell", PATH=tmp_path, VNJP_DATA=snapshot.parent)
    assert (told.returncode, told.stdout) == (1, "")
    assert "pip install duckdb-cli" in told.stderr
    assert "`vnjp sql`" in told.stderr
    told = vnjp("shell", PATH=tmp_path, VNJP_DATA=tmp_path)
    assert "There is no snapshot" in told.stderr
