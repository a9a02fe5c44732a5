"""An export: everything public, as Parquet and CSV by week, described, whole or not at all."""

import csv
import io
import json
import resource
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import duckdb
import pyarrow as pa
import pyarrow.csv
import pyarrow.dataset as ds
import pytest

from flows.ask.export import export
from tests.command import ROOT, vnjp
from tests.samples import NOW, article, source
from tests.test_warehouse import judgement
from warehouse import write
from warehouse.connect import Warehouse
from warehouse.errors import MendableError, WarehouseError
from warehouse.publish import publish
from warehouse.records import Delivery, Membership, Story

ZONE = "Asia/Ho_Chi_Minh"
READER = "reader@embassy.example"
# Sunday 27 April, 17:30 in UTC, is Monday 28 April in Hanoi: another week.
EDGE = datetime(2025, 4, 27, 17, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = Warehouse(tmp_path_factory.mktemp("export") / "dữ liệu 'của' tôi")
    texts = {"a1": ('Thủ tướng, "Nhật"\nBản', NOW), "a2": ("石破首相", EDGE), "a3": ("Old; =1+1", NOW - timedelta(30))}
    with house.writer() as db:
        write.sources(db, [source()])
        for key, (title, seen) in texts.items():
            write.extracted(db, [], [article(article_id=key, title=title, first_seen=seen, published=None)])
        write.judgements(db, [judgement()], NOW)
        write.stories(db, [Story("s1", "a1", NOW, NOW, "loan", NOW.date())], [Membership("s1", "a1", 1.0, "", "x")], [])
        write.delivery(db, Delivery("2025-W18", READER, "k", "<m@x>", "sent", 1, 250, "ok", NOW))
    publish(house)
    return house


@pytest.fixture(scope="module")
def exported(house, tmp_path_factory):
    folder = tmp_path_factory.mktemp("out") / "xuất 'khẩu'"
    return folder, export(house, folder, ZONE)


def read_csv(path):
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline="")))


def read_parquet(folder, table):
    return ds.dataset(folder / "parquet" / table, partitioning=ds.partitioning(flavor="hive")).to_table()


def test_every_public_view_is_there_with_as_many_rows_in_both_forms_as_in_the_snapshot(house, exported):
    folder, made = exported
    with house.reader() as db:
        views = [
            name
            for (name,) in db.execute(
                "select view_name from duckdb_views() where not internal and schema_name = 'main'"
            ).fetchall()
        ]
        held = {name: db.view(name).count("*").fetchall()[0][0] for name in views}
    assert {name: row["rows"] for name, row in made["tables"].items()} == held
    for name, rows in held.items():
        assert read_parquet(folder, name).num_rows == rows
        files = list((folder / "csv" / name).rglob("*.csv"))
        assert sum(len(read_csv(file)) for file in files) == rows


def test_values_read_back_are_those_of_the_snapshot(house, exported):
    folder, _ = exported
    with house.reader() as db:
        held = db.execute(
            "select article_id, title, text, first_seen, published, topics from articles order by 1"
        ).fetchall()
    sql = (
        "set timezone = 'UTC'; select article_id, title, text, first_seen, published, topics "
        "from read_parquet($files, hive_partitioning = true) order by 1"
    )
    read = duckdb.execute(sql, {"files": f"{folder}/parquet/articles/**/*.parquet"}).fetchall()
    assert read == held
    plain = [row for file in (folder / "csv" / "articles").rglob("*.csv") for row in read_csv(file)]
    assert sorted((row["article_id"], row["title"], row["text"], json.loads(row["topics"])) for row in plain) == [
        (key, title, text, topics) for key, title, text, _, _, topics in held
    ]
    assert {row["first_seen"] for row in plain} == {
        at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ") for _, _, _, at, _, _ in held
    }


def test_instants_are_utc_and_weeks_and_days_are_local(exported):
    folder, _ = exported
    table = read_parquet(folder, "articles")
    assert table.schema.field("first_seen").type == pa.timestamp("us", tz="UTC")
    assert table.schema.field("event_date").type == pa.date32()
    rows = {row["article_id"]: row for row in table.to_pylist()}
    assert (rows["a2"]["week"], rows["a2"]["first_seen_day"]) == ("2025-W18", date(2025, 4, 28))
    assert rows["a3"]["week"] == "2025-W13"
    assert {row["week"] for row in read_parquet(folder, "stories").to_pylist()} == {"2025-W18"}


def test_no_reader_is_in_it(exported):
    folder, _ = exported
    tables = [read_parquet(folder, path.name) for path in (folder / "parquet").iterdir()]
    assert not any(READER in str(table.to_pylist()) for table in tables)
    assert not any("recipient" in table.column_names for table in tables)
    assert not any(READER.encode() in path.read_bytes() for path in folder.rglob("*.*") if path.is_file())


def test_the_dictionary_names_every_column_that_the_files_have(exported):
    folder, made = exported
    lines = read_csv(folder / "dictionary.csv")
    for name in made["tables"]:
        listed = [line["column"] for line in lines if line["table"] == name and line["column"]]
        assert set(listed) == set(read_parquet(folder, name).column_names)
        assert next(line for line in lines if line["table"] == name)["meaning"]
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert ZONE in readme
    assert "texts of articles belong to their publishers" in readme


def test_an_empty_table_keeps_its_columns(exported):
    folder, made = exported
    assert made["tables"]["story_moves"]["rows"] == 0
    assert "moved_at" in read_parquet(folder, "story_moves").column_names
    assert pyarrow.csv.read_csv(next((folder / "csv" / "story_moves").iterdir())).num_rows == 0


def test_an_export_replaces_an_earlier_one_and_nothing_else(house, tmp_path):
    folder = tmp_path / "out"
    export(house, folder, ZONE)
    (folder / "stray.txt").write_text("x")
    made = export(house, folder, ZONE, text=False)
    assert not (folder / "stray.txt").exists()
    assert "text" not in read_parquet(folder, "articles").column_names
    assert made["text"] is False
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("what", ["file", "link", "full", "nowhere"])
def test_a_place_that_is_no_folder_of_ours_is_refused_and_left_alone(house, tmp_path, what):
    place = tmp_path / "place"
    if what == "file":
        place.write_text("mine")
    elif what == "link":
        place.symlink_to(tmp_path)
    elif what == "full":
        place.mkdir()
        (place / "mine").write_text("mine")
    else:
        place = tmp_path / "no" / "such"
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(MendableError, match=r"not a folder|holds other things|There is no folder"):
        export(house, place, ZONE)
    assert sorted(tmp_path.rglob("*")) == before


def test_an_export_that_fails_leaves_the_earlier_one(house, tmp_path):
    folder = tmp_path / "out"
    export(house, folder, ZONE)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    failed = subprocess.run(
        [sys.executable, "-m", "flows", "export", str(folder)],
        cwd=ROOT,
        env={"VNJP_DATA": str(house.folder), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600)),
    )
    assert failed.returncode == 1, failed.stderr
    assert "could not be written" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_without_a_snapshot_there_is_nothing_to_export(tmp_path):
    with pytest.raises(WarehouseError, match="vnjp collect"):
        export(Warehouse(tmp_path), tmp_path / "out", ZONE)
    assert not (tmp_path / "out").exists()


def test_the_command_says_what_it_wrote(house, tmp_path):
    told = vnjp("export", tmp_path / "out", VNJP_DATA=house.folder)
    assert told.returncode == 0, told.stderr
    assert "3  articles (by week)" in told.stdout
    told = json.loads(vnjp("export", tmp_path / "out", "--json", VNJP_DATA=house.folder).stdout)
    assert told["tables"]["articles"] == {"rows": 3, "weekly": True}
