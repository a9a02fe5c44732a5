"""Somebody's SQL: good questions are answered, and there is no way out of the snapshot."""

from __future__ import annotations

import csv
import io
import json
import signal
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from wcwidth import wcswidth

from flows.ask import query
from flows.ask.query import QueryError, Result, as_csv, as_json, as_table, ask
from tests.command import ROOT

CANARY = "the canary sings"
ATTEMPTED = Path(__file__).with_name("attempted.py")


@dataclass(frozen=True)
class House:
    """A folder with a snapshot and with what must stay out of reach."""

    folder: Path
    snapshot: Path
    port: int  #: of a server on this machine that nobody may call

    def fill(self, sql: str) -> str:
        """Put real addresses into an attempt."""
        return sql.replace("{dir}", str(self.folder)).replace("{http}", f"http://127.0.0.1:{self.port}")

    def content(self) -> dict[str, bytes]:
        return {str(file): file.read_bytes() for file in sorted(self.folder.rglob("*")) if file.is_file()}


def furnish(folder: Path) -> Path:
    """Make a snapshot in a folder."""
    snapshot = folder / "vnjp.duckdb"
    with duckdb.connect(str(snapshot)) as connection:
        connection.execute("""
            CREATE TABLE articles (id INTEGER, title VARCHAR, language VARCHAR, first_seen TIMESTAMPTZ);
            INSERT INTO articles VALUES
                (1, 'Thủ tướng Nhật Bản thăm Hà Nội', 'vi', '2025-04-28 07:00:00+07'),
                (2, '石破首相がハノイを訪問', 'ja', '2025-04-28 10:30:00+09'),
                (3, 'Ishiba visits Hanoi', 'en', '2025-04-29 00:00:00+00');
            CREATE VIEW recent AS FROM articles WHERE first_seen >= '2025-04-28 01:00:00+00';
            CREATE MACRO in_language(which) AS TABLE FROM articles WHERE language = which;
        """)
    snapshot.chmod(0o444)
    return snapshot


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house")
    snapshot = furnish(folder)
    (folder / "canary.csv").write_text(f"song\n{CANARY}\n")
    (folder / "link.csv").symlink_to(folder / "canary.csv")
    duckdb.connect(str(folder / "other.duckdb")).execute("CREATE TABLE songs AS SELECT 'la' AS song").close()
    (folder / "dump").mkdir()
    (folder / "dump" / "schema.sql").write_text("CREATE TABLE evil (i INTEGER);")
    (folder / "dump" / "load.sql").write_text("")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield House(folder, snapshot, server.getsockname()[1])
        with pytest.raises(BlockingIOError):  # nobody called
            server.accept()


LISTED = tomllib.loads(Path(__file__).with_name("attempts.toml").read_text("utf-8"))
SIZES = [*LISTED["sizes"]["refused"], f"SELECT {'(' * 20_000}1{')' * 20_000}"]
ATTEMPTS = [sql for name, kinds in LISTED.items() if name != "sizes" for sql in kinds.get("refused", ())]
HARMLESS = [sql for kinds in LISTED.values() for sql in kinds.get("harmless", ())]
ENDLESS = [
    "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i FROM r) SELECT count(*) FROM r",
    "WITH RECURSIVE r(i) AS (SELECT 1 UNION SELECT i + 1 FROM r) SELECT max(i) FROM r",
    "SELECT sum(a.i * b.i) FROM range(1000000000) AS a(i), range(1000000000) AS b(i)",
]


def attempt(house: House, sql: str, seconds: float = 10) -> Result | QueryError:
    """Ask, and give what comes of it."""
    try:
        return ask(house.snapshot, house.fill(sql), seconds)
    except QueryError as error:
        return error


def attempts(house: House, all_sql: list[str], seconds: float) -> dict[str, Result | QueryError]:
    """Try statements, each in a process of its own, forked from two that have DuckDB; see that none left a trace."""

    def half(some: list[str]) -> list[Result | QueryError]:
        ran = subprocess.run(
            [sys.executable, str(ATTEMPTED), str(house.snapshot), str(seconds)],
            input=json.dumps([house.fill(sql) for sql in some]),
            env={"PYTHONPATH": str(ROOT)},
            cwd="/",
            capture_output=True,
            text=True,
            check=True,
        )
        return [outcome(sql, code, told) for sql, (code, told) in zip(some, json.loads(ran.stdout), strict=True)]

    def outcome(sql: str, code: int, told: str) -> Result | QueryError:
        try:
            return query.result_of(sql, subprocess.CompletedProcess([], code, told.encode(), b""))
        except QueryError as error:
            return error

    before = house.content()
    with ThreadPoolExecutor(2) as pool:
        met = [one for some in pool.map(half, (all_sql[::2], all_sql[1::2])) for one in some]
    assert house.content() == before
    return dict(zip([*all_sql[::2], *all_sql[1::2]], met, strict=True))


@pytest.fixture(scope="module")
def outcomes(house: House) -> dict[str, Result | QueryError]:
    return attempts(house, ATTEMPTS + HARMLESS, 10)


def test_the_list_of_attempts_is_long() -> None:
    assert len(ATTEMPTS) > 120


@pytest.mark.parametrize("sql", ATTEMPTS, ids=lambda sql: sql[:60])
def test_no_way_out_of_the_snapshot(sql: str, outcomes: dict[str, Result | QueryError]) -> None:
    refused(outcomes[sql])


def refused(outcome: Result | QueryError) -> None:
    assert isinstance(outcome, QueryError), outcome
    assert outcome.kind not in {"Timeout", "Missing", "Snapshot"}
    assert CANARY not in str(outcome)


@pytest.mark.parametrize("sql", HARMLESS, ids=lambda sql: sql[:60])
def test_functions_that_pass_duckdbs_lock_neither_write_nor_disturb_the_answer_nor_show_this_machine(
    sql: str, outcomes: dict[str, Result | QueryError]
) -> None:
    outcome = outcomes[sql]
    assert isinstance(outcome, Result) or outcome.kind != "Crash"
    assert CANARY not in str(outcome)
    assert str(Path.home()) not in str(outcome)


@pytest.mark.long
@pytest.mark.parametrize("sql", SIZES, ids=lambda sql: sql[:60])
def test_what_is_too_large_ends_in_a_sentence(sql: str, sizes: dict[str, Result | QueryError]) -> None:
    refused(sizes[sql])


@pytest.fixture(scope="module")
def sizes(house: House) -> dict[str, Result | QueryError]:
    return attempts(house, SIZES, 30)


def test_one_large_value_is_no_way_out(house: House) -> None:
    refused(attempt(house, "SELECT repeat('x', 4000000000)"))


def test_what_never_ends_is_stopped_at_its_deadline(house: House) -> None:
    with ThreadPoolExecutor(3) as pool:
        for outcome in pool.map(lambda sql: attempt(house, sql, 1), ENDLESS):
            assert isinstance(outcome, QueryError)
            assert outcome.kind in {"Timeout", "Out of Memory"}


def sandbox(*arguments: str, code: str = "import sys; from warehouse.sandbox import main; main(*sys.argv[1:])"):
    """Start the sandbox by hand."""
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_the_kernel_refuses_what_duckdb_would_let_through(house) -> None:
    code = (
        "import sys, warehouse.sandbox as open_house;"
        "open_house._SETTINGS = open_house._SETTINGS[:2];"
        "open_house.main(sys.argv[1])"
    )
    child = sandbox(str(house.snapshot), code=code)
    answer, _ = child.communicate(house.fill("SELECT * FROM read_text('{dir}/canary.csv')"), timeout=20)
    assert "Too many open files" in json.loads(answer)["error"]["message"]


def test_settings_are_locked_even_if_a_statement_could_name_them(house) -> None:
    code = "import sys, warehouse.sandbox as house; house._ALLOWED = {'SET'}; house.main(sys.argv[1])"
    answer, _ = sandbox(str(house.snapshot), code=code).communicate("SET threads = 64", timeout=20)
    assert "configuration has been locked" in json.loads(answer)["error"]["message"]


def test_a_query_whose_asker_died_ends_by_itself(house) -> None:
    child = sandbox(str(house.snapshot), "10", "0.1")
    child.communicate(ENDLESS[0], timeout=20)
    assert child.returncode == -signal.SIGALRM


def test_the_child_sees_nothing_of_our_environment(house, monkeypatch, tmp_path) -> None:
    mirror = tmp_path / "mirror.py"
    mirror.write_text(
        "import json, os\n"
        "print(json.dumps({'columns': sorted(os.environ), 'types': [os.getcwd()]}))\n"
        "print(json.dumps({'truncated': False}))\n"
    )
    monkeypatch.setenv("VNJP_SMTP_PASSWORD", CANARY)
    monkeypatch.setattr(query, "_SANDBOX", mirror)
    seen = ask(house.snapshot, "")
    assert set(seen.columns) <= {"LC_CTYPE"}  # which Python sets for itself
    assert seen.types == ("/",)


def test_asking_costs_neither_duckdb_nor_prefect_in_the_parent() -> None:
    code = "import sys, flows.ask.query; sys.exit(bool({'duckdb', 'prefect', 'pyarrow'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# --- good questions ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("SELECT count(*) FROM articles", ((3,),)),
        ("FROM articles SELECT id ORDER BY id DESC LIMIT 1;", ((3,),)),
        ("WITH few AS (SELECT * FROM articles LIMIT 2) SELECT count(*) FROM few", ((2,),)),
        ("SELECT id FROM recent ORDER BY id", ((2,), (3,))),
        ("SELECT title FROM in_language('ja')", (("石破首相がハノイを訪問",),)),
        ("VALUES (1, 'a'), (2, 'b')", ((1, "a"), (2, "b"))),
        ("SELECT 1 WHERE false", ()),
        ("SHOW TABLES", (("articles",), ("recent",))),
        (
            "SELECT language, count(*) FROM articles GROUP BY ALL ORDER BY ALL /* by language */",
            (("en", 1), ("ja", 1), ("vi", 1)),
        ),
        ("PIVOT (SELECT language FROM articles) ON language IN ('vi', 'ja') USING count(*)", ((1, 1),)),
        ("SELECT id, row_number() OVER (ORDER BY id DESC) FROM articles ORDER BY id LIMIT 1", ((1, 3),)),
        ("SELECT strftime(first_seen AT TIME ZONE 'Asia/Ho_Chi_Minh', '%a %H:%M') FROM articles WHERE id = 1",
         (("Mon 07:00",),)),
        ("SELECT current_setting('TimeZone')", (("UTC",),)),
    ],
)  # fmt: skip
def test_a_good_question_is_answered(house, sql, rows) -> None:
    answer = ask(house.snapshot, sql)
    assert answer.rows == rows
    assert not answer.truncated


@pytest.mark.parametrize(
    ("sql", "column"),
    [
        ("DESCRIBE articles", "column_name"),
        ("DESCRIBE SELECT 1 AS one", "column_name"),
        ("SUMMARIZE articles", "approx_unique"),
        ("SHOW ALL TABLES", "column_types"),
        ("EXPLAIN SELECT * FROM articles", "explain_value"),
        ("EXPLAIN ANALYZE SELECT * FROM articles", "explain_value"),
    ],
)
def test_questions_about_the_snapshot_are_answered(house, sql, column) -> None:
    answer = ask(house.snapshot, sql)
    assert column in answer.columns
    assert answer.rows


def test_values_keep_their_meaning(house) -> None:
    answer = ask(
        house.snapshot,
        """SELECT '2025-04-28 07:00:00+07'::TIMESTAMPTZ, '2025-04-28 07:00:00.5'::TIMESTAMP, '2025-04-28'::DATE,
            12345678901234567890.123456789::DECIMAL(38, 9), 170141183460469231731687303715884105727::HUGEINT,
            [1, NULL], {'a': [DATE '2025-04-28']}, MAP {DATE '2025-04-28': 1}, '\\x00\\xFF'::BLOB,
            'Việt\nNam', NULL, true, 0.1::DOUBLE, 'nan'::DOUBLE, '-inf'::DOUBLE, INTERVAL 1 DAY, TIME '01:02:03',
            '{"a": 1}'::JSON, '550e8400-e29b-41d4-a716-446655440000'::UUID""",
    )
    assert answer.rows == (
        (
            "2025-04-28T00:00:00Z",
            "2025-04-28T07:00:00.500000",
            "2025-04-28",
            "12345678901234567890.123456789",
            170141183460469231731687303715884105727,
            [1, None],
            {"a": ["2025-04-28"]},
            {"2025-04-28": 1},
            "00ff",
            "Việt\nNam",
            None,
            True,
            0.1,
            "nan",
            "-inf",
            "1 day, 0:00:00",
            "01:02:03",
            '{"a": 1}',
            "550e8400-e29b-41d4-a716-446655440000",
        ),
    )
    assert answer.types[:4] == ("TIMESTAMP WITH TIME ZONE", "TIMESTAMP", "DATE", "DECIMAL(38,9)")


def test_every_type_of_duckdb_gets_through(house) -> None:
    answer = ask(house.snapshot, "FROM test_all_types()")
    assert len(answer.rows) == 3
    assert json.loads(as_json(answer))["rows"][2] == [None] * len(answer.columns)


def test_an_answer_is_cut_at_so_many_rows_and_says_so(house) -> None:
    assert ask(house.snapshot, "FROM range(10)", rows=10).truncated is False
    assert ask(house.snapshot, "FROM range(10)", rows=0) == Result(("range",), ("BIGINT",), (), truncated=True)
    cut = ask(house.snapshot, "FROM range(1000000000000)", rows=10)
    assert cut.rows == tuple((number,) for number in range(10))
    assert cut.truncated is True


def test_an_answer_is_cut_at_64_mebibytes(house) -> None:
    cut = ask(house.snapshot, "SELECT repeat('x', 20000000) FROM range(10)")
    assert len(cut.rows) == 3
    assert cut.truncated is True


# --- what went wrong --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sql", "place", "words"),
    [
        ("SELECT * FORM articles", (1, 15), 'syntax error at or near "articles" (line 1, column 15); correct'),
        ("SELECT 'Việt',\n  titel\nFROM articles", (2, 3), 'Candidate bindings: "title"'),
        ("SELECT *\nFROM article", (2, 6), "SHOW ALL TABLES"),
        ("SELECT 'x'::INTEGER", (1, 11), "TRY_CAST"),
        ("DROP TABLE articles", None, "DROP is refused; give one SELECT"),
        ("SELECT 1; SELECT 2", None, "expected one statement, got 2"),
        ("PIVOT articles ON language", None, "IN ('a', 'b')"),
        ("SELECT repeat('x', 4000000000)", None, "ask for less"),
        ("SELECT 'é', \udcff", (1, 13), "FROM clause is missing"),
        ("SELECT $1", None, "change the query"),
    ],
)
def test_an_error_says_what_where_and_what_next(house, sql, place, words) -> None:
    with pytest.raises(QueryError) as error:
        ask(house.snapshot, sql)
    assert error.value.place == place
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_a_missing_snapshot_names_what_makes_one(tmp_path) -> None:
    with pytest.raises(QueryError, match=r"no snapshot at .*; `vnjp collect` or `vnjp demo` makes one"):
        ask(tmp_path / "vnjp.duckdb", "SELECT 1")


def test_what_is_no_snapshot_is_named(tmp_path) -> None:
    (tmp_path / "vnjp.duckdb").write_text("not a database " * 1000)
    with pytest.raises(QueryError, match="not a valid DuckDB database file") as error:
        ask(tmp_path / "vnjp.duckdb", "SELECT 1")
    assert error.value.kind == "Snapshot"


def test_a_child_that_dies_is_an_error_and_no_half_answer(house, monkeypatch, tmp_path) -> None:
    broken = tmp_path / "broken.py"
    broken.write_text(
        'import os, sys\nos.write(1, b\'{"columns": ["a"], "types": ["INTEGER"]}\\n[1]\\n[2\')\nos.kill(os.getpid(), 9)'
    )
    monkeypatch.setattr(query, "_SANDBOX", broken)
    with pytest.raises(QueryError, match="ended its process"):
        ask(house.snapshot, "SELECT 1")


def test_a_snapshot_may_lie_under_any_name_and_behind_a_link(tmp_path) -> None:
    folder = tmp_path / "dữ liệu 日越 ' \" ;"
    folder.mkdir()
    (tmp_path / "link.duckdb").symlink_to(furnish(folder))
    assert ask(folder / "vnjp.duckdb", "SELECT count(*) FROM articles").rows == ((3,),)
    assert ask(tmp_path / "link.duckdb", "SELECT count(*) FROM articles").rows == ((3,),)


def test_a_relative_path_means_the_askers_folder(house, monkeypatch) -> None:
    monkeypatch.chdir(house.folder)
    assert ask(Path("vnjp.duckdb"), "SELECT 1").rows == ((1,),)


# --- as text ----------------------------------------------------------------------------------------------------------


def test_vietnamese_and_japanese_align_in_a_table(house) -> None:
    head, rule, *body, count = as_table(ask(house.snapshot, "SELECT title, id FROM articles ORDER BY id")).splitlines()
    assert head.split() == ["title", "id"]
    assert {wcswidth(line) for line in (head, rule, *body)} == {wcswidth(rule)}
    assert count == "(3 rows)"


def test_a_table_cuts_long_cells_and_shows_what_would_act_on_the_terminal() -> None:
    hostile = "\x1b[31mred\nnext\u202eline"
    table = as_table(Result(("a", "b"), ("VARCHAR", "VARCHAR"), (("長" * 100, hostile),), truncated=True), widest=21)
    _, rule, row, count = table.splitlines()
    assert row == "長" * 10 + "…" + "  " + r"\x1b[31mred\nnext\u2…"
    assert wcswidth(row) == wcswidth(rule)
    assert count == "(first 1 row)"


def test_a_plan_is_shown_as_drawn(house) -> None:
    plan = as_table(ask(house.snapshot, "EXPLAIN SELECT * FROM articles"))
    assert "explain_key" not in plan
    assert len(plan.splitlines()) > 4


def test_an_empty_answer_still_has_its_columns() -> None:
    empty = Result(("a", "b"), ("INTEGER", "VARCHAR"), (), truncated=False)
    assert as_table(empty) == "a  b\n─  ─\n(0 rows)"
    assert as_csv(empty) == "a,b\n"


def test_csv_and_json_hold_what_was_answered() -> None:
    rows = ((1, 'quoted "a", b', None, ["x"]), (-2, "hai\ndòng", True, {"a": "日越"}))
    result = Result(("n", "n", "c", "d"), ("INTEGER", "VARCHAR", "BOOLEAN", "VARCHAR[]"), rows, truncated=False)
    assert list(csv.reader(io.StringIO(as_csv(result)))) == [
        ["n", "n", "c", "d"],
        ["1", 'quoted "a", b', "", '["x"]'],
        ["-2", "hai\ndòng", "true", '{"a": "日越"}'],
    ]
    assert json.loads(as_json(result)) == {
        "columns": ["n", "n", "c", "d"],
        "types": list(result.types),
        "rows": [list(row) for row in rows],
        "truncated": False,
    }
