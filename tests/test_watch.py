"""The tables of sources and outlets: what a user's own file may hold, and how a mistake in it is named."""

import csv
import re
from datetime import date

import pytest

from flows.settings import SettingsError
from flows.watch import outlets, watched
from tasks.urls import host
from tests.samples import source
from warehouse import read, write
from warehouse.connect import Warehouse
from warehouse.publish import publish

OLD = "source_id,outlet,family,kind,side,country,language,url,zone,rights,enabled,major,note"
ROW = {
    "source_id": "courier",
    "outlet": "Courier",
    "family": "courier",
    "kind": "press",
    "side": "vietnam",
    "country": "VN",
    "language": "en",
    "url": "http://courier.example/rss",
    "zone": "Asia/Ho_Chi_Minh",
    "rights": "sentence",
    "enabled": "yes",
}


@pytest.fixture
def file(tmp_path):
    def made(*rows):
        path = tmp_path / "sources.csv"
        with path.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.DictWriter(opened, sorted({name for row in rows for name in row}), restval="")
            writer.writeheader()
            writer.writerows(rows)
        return path

    return made


# --- a user's own file ------------------------------------------------------------------------------------------------


def test_a_file_with_the_columns_of_before_still_loads(tmp_path):
    path = tmp_path / "sources.csv"
    path.write_text(f"{OLD}\ncourier,Courier,courier,press,third,NO,nb,http://courier.example/rss,UTC,title,yes,no,\n")
    (loaded,) = watched(path)
    assert (loaded.reads, loaded.pattern, loaded.policy, loaded.cookies) == ("feed", "", "all", False)
    assert (loaded.doubt, loaded.heading, loaded.outlet_id) == ("low", "", "")


def test_columns_with_defaults_may_be_missing_and_cells_of_them_empty(file):
    assert watched(file(ROW)) == (source(),)
    assert watched(file(ROW | {"major": "", "reads": "", "doubt": "", "cookies": ""})) == (source(),)


def test_every_column_is_read(file):
    given = {
        "major": "yes",
        "note": "invented",
        "outlet_id": "kyodo",
        "heading": "Wires",
        "reads": "page",
        "pattern": r"^https://courier\.example/\d+$",
        "policy": "screened",
        "cookies": "yes",
        "doubt": "medium",
    }
    (loaded,) = watched(file(ROW | given))
    assert loaded == source(**given | {"major": True, "cookies": True})


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("kind", "blog", r"kind is 'blog'; allowed are press, readout"),
        ("side", "Japan", r"side is 'Japan'; allowed are japan, third, vietnam"),
        ("reads", "html", r"reads is 'html'; allowed are feed, page"),
        ("policy", "some", r"policy is 'some'; allowed are all, screened"),
        ("cookies", "true", r"cookies is 'true'; allowed are no, yes"),
        ("enabled", "", r"enabled is ''; allowed are no, yes"),
        ("doubt", "dead", r"doubt is 'dead'; allowed are high, low, medium"),
        ("url", "courier.example/rss", r"url is 'courier.example/rss'; it must begin with http"),
        ("zone", "Hanoi", r"zone is 'Hanoi'; it must be an IANA name"),
        ("zone", "../etc/passwd", r"zone is '../etc/passwd'"),
        ("zone", "", r"zone is ''"),
        ("source_id", "", r"source_id is empty"),
        ("outlet_id", "kyoodo", r"outlet_id is 'kyoodo', which warehouse/seeds/outlets.csv does not have"),
        ("pattern", "^https:", r"reads is 'feed' and pattern is '\^https:'; a page needs a pattern"),
        ("reads", "page", r"reads is 'page' and pattern is ''; a page needs a pattern"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_with_its_file_and_line(file, column, value, said):
    path = file(ROW, ROW | {"source_id": "second", column: value})
    with pytest.raises(SettingsError, match=said) as error:
        watched(path)
    assert f"{path}, line 3: " in str(error.value)


def test_a_pattern_that_does_not_compile_is_named_with_what_is_wrong_in_it(file):
    with pytest.raises(SettingsError, match=r"pattern is '\^\(http', .* missing \), unterminated subpattern"):
        watched(file(ROW | {"reads": "page", "pattern": "^(http"}))


def test_two_sources_of_one_name_are_refused(file):
    with pytest.raises(SettingsError, match="two sources named 'courier'"):
        watched(file(ROW, ROW))


def test_a_column_that_must_be_there_is_named(file):
    with pytest.raises(SettingsError, match=r"has no column 'zone'\. It needs: source_id, .*enabled\.$"):
        watched(file({name: cell for name, cell in ROW.items() if name != "zone"}))


@pytest.mark.parametrize(
    "line", ["courier,Courier", "courier,Courier,c,press,third,NO,nb,http://c.example,UTC,title,yes,no,a, b"]
)
def test_a_line_with_cells_too_few_or_too_many_is_named(tmp_path, line):
    path = tmp_path / "sources.csv"
    path.write_text(f"{OLD}\n{line}\n")
    with pytest.raises(SettingsError, match=r"sources\.csv, line 2: it has not one cell for each column"):
        watched(path)


# --- whose they are ---------------------------------------------------------------------------------------------------


def test_outlets_are_known_by_one_name_and_their_hosts_belong_to_one():
    ids = [outlet.outlet_id for outlet in outlets()]
    hosts = [one for outlet in outlets() for one in outlet.hosts]
    assert len(set(ids)) == len(ids) > 90
    assert len(set(hosts)) == len(hosts)
    assert [host(f"https://{one}/") for one in hosts] == hosts


def test_ownership_is_dated_and_sourced():
    for outlet in outlets():
        assert outlet.owner
        assert outlet.seen
        assert outlet.checked >= date(2026, 11, 22)
        assert re.fullmatch(r"(\d{4}(-\d{2}(-\d{2})?)?)?", outlet.since), outlet
        assert outlet.side == {"VN": "vietnam", "JP": "japan"}.get(outlet.country, "third")


def test_what_is_known_of_outlets_and_sources_is_kept_as_it_stands(tmp_path):
    warehouse = Warehouse(tmp_path)
    for _ in range(2):
        with warehouse.writer() as db:
            write.outlets(db, outlets())
            write.sources(db, watched())
    with warehouse.writer() as db:
        assert read.sources(db) == {one.source_id: one for one in watched()}
        owned = db.execute(
            "select ownership, owner, since, hosts from base.outlets where outlet_id = 'vietnamnet'"
        ).fetchall()
        ((known,),) = db.execute("select count(*) from base.outlets").fetchall()
    assert owned == [("ministry", "Ministry of Ethnic and Religious Affairs", "2025-06-20", ["vietnamnet.vn"])]
    assert known == len(outlets())


def test_everybody_can_ask_who_owns_what_and_how_much_of_it_is_watched(tmp_path):
    warehouse = Warehouse(tmp_path)
    with warehouse.writer() as db:
        write.outlets(db, outlets())
        write.sources(db, watched())
    publish(warehouse)
    kyodo = [one for one in watched() if one.outlet_id == "kyodo"]
    with warehouse.reader() as db:
        found = db.execute("select ownership, sources, asked from outlets where name = 'Kyodo News'").fetchall()
        ((rows,),) = db.execute("select count(*) from outlets").fetchall()
    assert found == [("news cooperative", len(kyodo), sum(one.enabled for one in kyodo))]
    assert rows == len(outlets())
