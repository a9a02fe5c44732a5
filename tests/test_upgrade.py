"""A file of an older version is brought to this one with nothing lost; one of a newer version is refused."""

import json
import lzma
import shutil
from pathlib import Path

import duckdb
import pytest

from flows import rules
from tests.command import vnjp
from tests.samples import NOW
from warehouse.attach import attached
from warehouse.check import wrong_rows
from warehouse.connect import Warehouse
from warehouse.errors import WarehouseError
from warehouse.publish import publish
from warehouse.retain import mark_gone
from warehouse.rows import KEYS
from warehouse.statements import migrations

OLD = {5: Path(__file__).parent / "recorded" / "warehouse-0.1.0.duckdb.xz"}  # a released schema: its kept file


@pytest.fixture(params=sorted(OLD))
def old(request, tmp_path):
    """Give a warehouse as that version left it."""
    house = Warehouse(tmp_path / "data")
    house.private.parent.mkdir(parents=True)
    with lzma.open(OLD[request.param]) as packed, house.private.open("wb") as file:
        shutil.copyfileobj(packed, file)
    return house, request.param


def rows_of(path, like=None):
    """Give the rows of every table; of the tables and columns of `like` only, where that is given."""
    with duckdb.connect(str(path), read_only=True) as db:
        columns = db.execute(
            "select table_name, list(column_name order by column_index) from duckdb_columns() "
            "where schema_name = 'base' and table_name in (select table_name from duckdb_tables()) group by 1"
        ).fetchall()
        known = like or dict(columns)
        found = {name: db.sql(f"from base.{name}").project(", ".join(known[name])) for name in known}
        rows = {name: sorted(relation.fetchall(), key=repr) for name, relation in found.items()}
        return rows if like else rows | {"": sorted(known.items())}


def columns_of(rows):
    """Give the columns of every table, of rows as `rows_of` gives them."""
    return dict(rows[""])


def test_every_row_of_an_old_file_is_kept_every_view_answers_and_no_check_finds_a_fault(old):
    house, _ = old
    before = rows_of(house.private)
    assert len(before["articles"]) > 30
    with house.writer() as db:
        assert wrong_rows(db) == {}
    after = rows_of(house.private, columns_of(before))
    assert after == {name: rows for name, rows in before.items() if name}
    assert set(KEYS) <= set(rows_of(house.private))
    publish(house)
    with house.reader() as db:
        for (view,) in db.execute("select view_name from duckdb_views() where schema_name = 'main'").fetchall():
            db.execute(f"from main.{view}").fetchall()
        assert db.execute("select count(*) from this_week").fetchone()[0] > 0


@pytest.mark.long
def test_the_file_as_it_was_is_kept_before_it_is_migrated_whoever_opens_it_first(old):
    house, schema = old
    before = rows_of(house.private)
    with house.writer():
        pass
    [backup] = house.backups.glob("*.duckdb")
    assert backup.name == f"before-schema-{migrations()[-1].number}.duckdb"
    assert rows_of(backup) == before
    with attached(backup, read_only=True) as db:
        assert db.execute("select max(number) from main.schema_migrations").fetchone() == (schema,)


@pytest.mark.long
def test_upgrade_says_what_it_did_and_a_second_one_finds_nothing_to_do(old):
    house, schema = old
    first, second = (json.loads(vnjp("upgrade", "--json", VNJP_DATA=house.folder).stdout) for _ in range(2))
    newest = migrations()[-1].number
    assert (first["from"], first["to"]) == (schema, newest)
    assert Path(first["backup"]).is_file()
    assert second == {"from": newest, "to": newest, "backup": ""}


def upgraded(house):
    """Upgrade with a reprocess, as a user does; give the exit code and what it says."""
    result = vnjp("upgrade", "--reprocess", "--json", VNJP_DATA=house.folder, HOME=house.folder)
    assert result.stdout, result.stderr
    return result.returncode, json.loads(result.stdout)


@pytest.mark.long
@pytest.mark.prefect
def test_what_older_rules_made_is_made_again_on_request_once_and_every_text_stays(old):
    """The old file is kept without its archive: its pages cannot be read again, and are named where rules are newer."""
    house, schema = old
    texts = rows_of(house.private, {"articles": ["article_id", "revision", "text"]})
    made = rows_of(house.private, {"extractions": ["article_id", "rule_version"]})["extractions"]
    unread = len({article for article, version in made if version != rules.EXTRACT})
    code, told = upgraded(house)
    assert (told["from"], told["to"], len(told["lost"])) == (schema, migrations()[-1].number, unread)
    assert code == (3 if unread else 0)
    assert told["counts"]["judged"] > 30
    assert Path(told["backup"]).is_file()
    with house.writer() as db:
        made_by = db.execute(
            "select distinct rule_version from base.judgements join base.articles using (article_id, revision) "
            "where is_current and source_id <> 'baseline'"
        ).fetchall()
        assert made_by == [(rules.TAG,)]
        assert wrong_rows(db) == {}
    assert rows_of(house.private, {"articles": ["article_id", "revision", "text"]}) == texts
    code, again = upgraded(house)
    assert (again["from"], again["backup"], again["counts"]["older"]) == (again["to"], "", unread)
    assert again["counts"].get("judged", 0) == 0


@pytest.mark.long
@pytest.mark.prefect
@pytest.mark.parametrize("let_go", [False, True])
def test_pages_that_left_with_their_archive_are_named_unless_they_were_let_go(old, let_go):
    """The old file is kept without its archive."""
    house, _ = old
    with house.writer() as db:
        db.execute("update base.extractions set rule_version = 'extract-0'")
        if let_go:
            mark_gone(db, [file for (file,) in db.execute("select file from base.archives").fetchall()], NOW)
    code, told = upgraded(house)
    assert (code, bool(told["lost"])) == ((0, False) if let_go else (3, True))
    assert all("is missing" in record for record in told["lost"])


@pytest.mark.long
def test_a_migration_that_fails_leaves_the_file_as_it_was(old, monkeypatch):
    house, _ = old
    before = rows_of(house.private)
    last = migrations()[-1]
    bad = type(last)(
        last.number + 1, "9999_bad.sql", "x", "create table base.new (a INTEGER); select nothing from nowhere"
    )
    monkeypatch.setattr("warehouse.migrate.migrations", lambda: (*migrations(), bad))
    with pytest.raises(duckdb.Error), house.writer():
        pass
    after = rows_of(house.private, columns_of(before))
    assert after == {name: rows for name, rows in before.items() if name}
    assert "new" not in rows_of(house.private)


@pytest.mark.long
def test_a_newer_file_is_refused_by_every_command_that_would_write_and_is_left_as_it_is(old):
    house, _ = old
    with house.writer() as db:
        db.execute("insert into main.schema_migrations values (9999, 'later.sql', '')")
    before = house.private.read_bytes()
    result = vnjp("upgrade", VNJP_DATA=house.folder)
    assert result.returncode == 1
    assert "newer vnjp-monitor" in result.stderr
    with pytest.raises(WarehouseError, match="newer vnjp-monitor"), house.writer():
        pass
    assert house.private.read_bytes() == before
