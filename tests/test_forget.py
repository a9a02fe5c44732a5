"""Forgotten for good: no byte of the article is left in the data folder, and it is never taken in again."""

import email
import gzip
import html
import json
import shutil
from datetime import date, timedelta

import pytest

from flows.forget import finish, forget
from flows.redact import MARK
from tests.command import vnjp
from tests.press import GARDEN, LOAN, MONDAY, TALKS, printing
from tests.samples import source
from warehouse import write
from warehouse.archive import Archive
from warehouse.attach import attached
from warehouse.backup import back_up
from warehouse.check import found, records_not_in_place
from warehouse.connect import Warehouse
from warehouse.errors import MendableError
from warehouse.forget import KEEP_THE_ID
from warehouse.migrate import newest
from warehouse.records import Override
from warehouse.restore import backup_named, restore
from warehouse.rows import KEYS

TITLE = "Prime Minister Le Van Khoa receives Foreign Minister Okuda Shin"
COPY_TITLE = "Le Van Khoa receives Japan's foreign minister"
LOAN_TITLE = "Japan lends 12 billion yen for a bridge"
SUMMARY = "Okuda invited his host to Tokyo, says only this summary."
pytestmark = pytest.mark.long
WORDS = (TITLE, *TALKS, SUMMARY)
#: tables that hold nothing of one article; whoever makes a table with none of the columns below decides here
NOT_ABOUT_ARTICLES = {
    "archives", "commits", "deliveries", "feed_places", "fetches", "outlets", "runs", "source_events", "source_health",
    "source_state", "source_weeks", "sources",
}  # fmt: skip
#: tables without an article_id that hold some of it all the same, each with a statement of its own
OTHERWISE = {
    "issues", "issue_entries", "renderings", "issue_log", "issue_versions", "overrides", "stories", "search_terms"
}  # fmt: skip


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """Collect a week with an issue, a backup and an override; give the folder of it, and the press."""
    folder = tmp_path_factory.mktemp("forget")
    two = [source(), source(source_id="herald", outlet="Herald", family="herald", url="http://herald.example/rss")]
    with printing(folder, *two, languages=("en", "vi")) as press:
        press.says("talks", TITLE, *TALKS)
        press.lists(("talks", TITLE, MONDAY), summary=SUMMARY)
        press.says("loan", LOAN_TITLE, *LOAN, source_id="herald")
        press.says(
            "copy", COPY_TITLE, *TALKS, "The Herald's own reporter adds this line of his own to it.", source_id="herald"
        )
        press.says("garden", "Garden show in Hue", *GARDEN, source_id="herald")
        press.lists(
            ("copy", COPY_TITLE, MONDAY + timedelta(hours=2)),
            ("loan", LOAN_TITLE, MONDAY),
            ("garden", "Garden show in Hue", MONDAY),
            source_id="herald",
        )
        press.collect(4)
        press.digest(24 * 7)
        yield press


@pytest.fixture
def press(printed, tmp_path):
    """Give a copy of it that a test may spoil."""
    shutil.copytree(printed.settings.data, tmp_path / "data")
    before = printed.settings
    printed.settings = before.model_copy(update={"data": tmp_path / "data"})
    yield printed
    printed.settings = before


def held(press, question, *given):
    """Ask the snapshot with values; give the rows."""
    with press.settings.warehouse.reader() as db:
        return db.execute(question, given).fetchall()


def one_of(press, title=TITLE):
    [(one,)] = held(press, "select article_id from articles where title = ?", title)
    return one


def story_and_root(press, one):
    [row] = held(press, "select story_id, duplicate_of from articles where article_id = ?", one)
    return row


def tables(db):
    """Name the tables of base."""
    found = db.execute("select table_name from duckdb_tables() where database_name = 'news' and schema_name = 'base'")
    return {name for (name,) in found.fetchall()}


def titles(press):
    return {title for (title,) in held(press, "select title from articles where article_id not like 'baseline:%'")}


def everything(folder):
    """Give all that the files of a folder say, by path: rows, records, and mails as they read."""
    said = {}
    for path in folder.rglob("*"):
        if path.suffix == ".duckdb":
            with attached(path, read_only=True) as db:
                rows = "\n".join(str(db.execute(f"from base.{name}").fetchall()) for name in sorted(tables(db)))
            said[path] = rows + path.read_bytes().decode("utf-8", "replace")
        elif path.name.endswith(".gz"):
            said[path] = gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
        elif path.suffix == ".eml":
            parts = email.message_from_bytes(path.read_bytes()).walk()
            said[path] = "\n".join((part.get_payload(decode=True) or b"").decode("utf-8", "replace") for part in parts)
        elif path.is_file() and "prefect" not in path.parts:
            said[path] = path.read_text("utf-8", "replace")
    return {path: " ".join(html.unescape(text).split()) for path, text in said.items()}


def holders(press, words=WORDS):
    return {
        str(path.relative_to(press.settings.data)): one
        for path, text in everything(press.settings.data).items()
        for one in words
        if one in text
    }


def test_before_it_is_forgotten_the_words_stand_where_they_are_looked_for(press):
    back_up(press.settings.warehouse, date(2025, 4, 28))
    where = set(holders(press))
    assert {"vnjp.duckdb", "private/warehouse.duckdb", "backups/2025-04-28.duckdb"} <= where
    assert {
        "archive/2025-W17.warc.gz",
        "issues/2025-W17.html",
        "issues/2025-W17.vi.web.html",
        "issues/2025-W17.eml",
    } <= where


def test_no_word_of_it_is_left_in_any_file_and_all_else_stands(press):
    house = press.settings.warehouse
    one, copy = one_of(press), one_of(press, COPY_TITLE)
    back_up(house, date(2025, 4, 28))
    with house.writer() as db:
        write.override(db, Override("o", "relabel", (one,), (), (), MONDAY, relevance="related"))
        write.override(db, Override("p", "unfold", (copy,), (one,), (), MONDAY))
    done = forget(press.job(24 * 8), one, "a takedown")
    assert (done.article_id, done.issues) == (one, ("2025-W17",))
    left = holders(press, (TITLE, SUMMARY))
    assert set(left) == {"backups/2025-04-28.duckdb"}, "the backup's turn comes with the next maintain"
    assert finish(house, MONDAY + timedelta(days=9)) == 1
    assert holders(press, (TITLE, SUMMARY)) == {}
    assert titles(press) == {"Garden show in Hue", LOAN_TITLE, COPY_TITLE}
    with house.reader() as db:
        assert {each.check: each.rows for each in found(db) if each.rows} == {}
        assert records_not_in_place(db, Archive(house.archive), date(2025, 5, 1)).rows == ()
        assert db.execute("select subjects, others from base.overrides").fetchall() == [([copy], [])]


def test_only_a_tombstone_a_move_and_the_ids_of_the_story_are_left_of_it(press):
    house, one = press.settings.warehouse, one_of(press)
    forget(press.job(24 * 8), one, "a takedown")
    with house.writer() as db:
        left = {name for name in tables(db) if one in str(db.execute(f"from base.{name}").fetchall())}
        reason = db.execute("select distinct reason, article_id from base.tombstones").fetchall()
    assert left - {"issues", "renderings", "stories"} == set(KEEP_THE_ID)
    assert reason == [("a takedown", one)]


def test_every_table_can_be_forgotten_from(press):
    """A table that nobody thought of fails here: give it an article_id, or say above what it holds."""
    with press.settings.warehouse.writer() as db:
        columns = db.execute("select table_name from duckdb_columns() where column_name = 'article_id'").fetchall()
        found_tables = tables(db)
    assert found_tables - {table for (table,) in columns} == NOT_ABOUT_ARTICLES | OTHERWISE
    assert set(KEYS) <= found_tables


def test_a_table_that_came_later_is_forgotten_from_too(press):
    house, one = press.settings.warehouse, one_of(press)
    with house.writer() as db:
        db.execute("create table base.later_words as select $1 as article_id, 'receives' as term", [one])
        db.execute("insert into base.later_words values ('another', 'bridge')")
    forget(press.job(24 * 8), one, "")
    with house.writer() as db:
        assert db.execute("from base.later_words").fetchall() == [("another", "bridge")]


def test_a_later_collect_does_not_take_it_in_again_whatever_lists_it(press):
    house, one = press.settings.warehouse, one_of(press)
    forget(press.job(24 * 8), one, "")
    press.says("talks", TITLE, *TALKS, "And one more line, so that it would be a new revision.")
    press.says("new", "Japan opens a school in Hue", *GARDEN)
    moved = "".join(f"<p>{line}</p>" for line in TALKS)
    page = (
        f"<link rel=canonical href=http://courier.example/talks><title>T</title></head><body><h1>T</h1>{moved}</body>"
    )
    press.site.says("courier.example/moved", f"<html><head>{page}</html>".encode(), Content_Type="text/html")
    press.lists(
        ("talks", f"Updated: {TITLE}", MONDAY),
        ("new", "Japan opens a school in Hue", MONDAY + timedelta(days=8)),
        ("moved", "The same under another address", MONDAY + timedelta(days=8)),
    )
    press.lists(("copy", COPY_TITLE, MONDAY), source_id="herald")
    press.collect(24 * 8 + 1)
    assert titles(press) == {"Japan opens a school in Hue", "Garden show in Hue", LOAN_TITLE, COPY_TITLE}
    assert holders(press, (TITLE,)) == {}, "a feed that lists it still is not kept as it came"
    with house.writer() as db:
        assert db.execute("select count(*) from base.items where article_id = ?", [one]).fetchone() == (0,)
        assert {each.check: each.rows for each in found(db) if each.rows} == {}


def test_what_was_its_copy_stands_for_itself_and_stays_in_the_story(press):
    one, copy = one_of(press), one_of(press, COPY_TITLE)
    assert story_and_root(press, copy)[1] == one
    forget(press.job(24 * 8), one, "")
    story, root = story_and_root(press, copy)
    assert story
    assert root is None


def test_an_issue_keeps_its_lines_and_counts_and_says_that_words_were_taken_down(press):
    one = one_of(press)
    with press.settings.warehouse.reader() as db:
        [(before,)] = db.execute("select content from base.issues").fetchall()
    forget(press.job(24 * 8), one, "")
    with press.settings.warehouse.reader() as db:
        [(after, lines)] = db.execute(
            "select content, (select count(*) from base.issue_entries) from base.issues"
        ).fetchall()
    entries = [json.loads(content)["entries"] for content in (before, after)]
    assert [(each["story_id"], each["texts"]) for each in entries[0]] == [
        (each["story_id"], each["texts"]) for each in entries[1]
    ]
    assert lines == len(entries[1])
    for ending in ("html", "txt", "web.html"):
        assert MARK in (press.settings.issues / f"2025-W17.{ending}").read_text()


def test_a_story_that_only_it_was_in_is_no_story_any_more(press):
    loan = one_of(press, LOAN_TITLE)
    story, _ = story_and_root(press, loan)
    forget(press.job(24 * 8), loan, "")
    assert held(press, "from stories where story_id = ?", story) == []
    with press.settings.warehouse.reader() as db:
        assert {each.check for each in found(db) if each.rows} == set()
        assert db.execute("select to_story, why from base.story_moves where article_id = ?", [loan]).fetchall() == [
            ("", "forgotten")
        ]


def test_a_backup_of_before_brings_it_back_neither_by_maintain_nor_by_restore(press):
    house, one = press.settings.warehouse, one_of(press)
    back_up(house, date(2025, 4, 28))
    forget(press.job(24 * 8), one, "")
    restore(house, backup_named(house, "2025-04-28"), MONDAY + timedelta(days=9))
    assert held(press, "from articles where article_id = ?", one) == []
    assert finish(house, MONDAY + timedelta(days=10)) == 1
    aside = list(house.private.parent.glob("*before-restore*.duckdb"))
    assert len(aside) == 1
    assert set(holders(press, (TITLE, SUMMARY))) == set()


def test_killed_at_any_step_it_can_be_done_again(press, monkeypatch):
    house, one = press.settings.warehouse, one_of(press)

    def killed(*_):
        raise KeyboardInterrupt

    for step in ("flows.forget.forget_rows", "flows.forget.compact"):
        with monkeypatch.context() as patch:
            patch.setattr(step, killed)
            with pytest.raises(KeyboardInterrupt):
                forget(press.job(24 * 8), one, "")
    finish(house, MONDAY + timedelta(days=9))
    assert holders(press, (TITLE, SUMMARY)) == {}


def test_the_baseline_cannot_be_forgotten(press):
    with pytest.raises(MendableError, match="every warehouse starts with"):
        forget(press.job(24 * 8), "baseline:001", "")


def test_a_backup_of_an_older_schema_is_cleared_too(press):
    house, one = press.settings.warehouse, one_of(press)
    back_up(house, date(2025, 4, 28))
    old = house.backups / "2025-04-28.duckdb"
    old.chmod(0o644)
    with attached(old, read_only=False) as db:
        db.execute(
            "drop table base.tombstones; drop table base.commits; delete from main.schema_migrations where number > 5"
        )
    forget(press.job(24 * 8), one, "")
    assert finish(house, MONDAY + timedelta(days=9)) == 1
    assert holders(press, (TITLE, SUMMARY)) == {}
    assert newest() > 5
    assert isinstance(house, Warehouse)


def test_the_command_asks_first_and_tells_what_it_did(press):
    one, data = one_of(press), press.settings.data
    assert vnjp("forget", one, VNJP_DATA=data).returncode == 1
    assert TITLE in titles(press), "nobody said yes"
    assert vnjp("forget", one, "--json", VNJP_DATA=data).returncode == 2
    done = vnjp("forget", TITLE, "--yes", "--reason", "a takedown", VNJP_DATA=data)
    assert done.returncode == 0, done.stderr
    assert "will not be taken in again" in done.stdout
    assert "2025-W17" in done.stdout
    assert TITLE not in titles(press)
