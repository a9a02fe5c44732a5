"""The command line: what cannot be done is a sentence that says what to do, with the right exit code."""

import json

import pytest

from tests.command import vnjp
from tests.samples import NOW

HEAD = "source_id,outlet,family,kind,side,country,language,url,zone,rights,enabled,major,note"


def test_without_a_warehouse_a_question_says_what_to_run(tmp_path):
    result = vnjp("sql", "from articles", VNJP_DATA=tmp_path / "none")
    assert result.returncode == 1
    assert "vnjp collect" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_unknown_setting_is_wrong_use(tmp_path):
    result = vnjp("collect", VNJP_DATA=tmp_path, VNJP_TIMEZONE="Asia/Tokyo")
    assert result.returncode == 2
    assert "VNJP_TIME_ZONE" in result.stderr
    assert not list(tmp_path.iterdir())


def test_a_data_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    result = vnjp("collect", VNJP_DATA=tmp_path / "file" / "data")
    assert result.returncode in {1, 2}
    assert str(tmp_path / "file") in result.stderr
    assert "Traceback" not in result.stderr


def test_a_source_file_with_a_wrong_row_names_file_line_and_column(tmp_path):
    (tmp_path / "s.csv").write_text(f"{HEAD}\none,One,one,blog,third,NO,nb,http://one.invalid/,UTC,title,yes,no,\n")
    result = vnjp("collect", "--sources", tmp_path / "s.csv", VNJP_DATA=tmp_path / "data")
    assert result.returncode == 2
    assert "s.csv, line 2: kind is 'blog'" in result.stderr


def test_collecting_from_sources_that_do_not_answer_ends_with_nothing_usable(tmp_path):
    rows = [f"{name},{name},x,press,third,NO,nb,http://{name}.invalid/rss,UTC,title,yes,no," for name in ("one", "two")]
    (tmp_path / "s.csv").write_text("\n".join([HEAD, *rows]))
    result = vnjp("collect", "--json", "--sources", tmp_path / "s.csv", VNJP_DATA=tmp_path / "data", HOME=tmp_path)
    assert (result.returncode, result.stderr) == (1, "")
    counts = json.loads(result.stdout)
    assert (counts["asked"], counts["failed"]) == (2, 2)
    states = vnjp("sql", "--csv", "select state, error from source_health order by 1", VNJP_DATA=tmp_path / "data")
    assert "invalid" in states.stdout


@pytest.mark.parametrize("line", ["tomorrow", "2025-13-01"])
def test_an_instant_that_is_none_shows_what_one_looks_like(line, tmp_path):
    result = vnjp("collect", "--now", line, VNJP_DATA=tmp_path)
    assert result.returncode == 2
    assert "2025-04-28T07:00+07:00" in result.stderr


def test_plumbing_reads_files_and_keeps_their_order(tmp_path):
    feed = "<rss version='2.0'><channel><title>T</title><item><title>{}</title><link>http://a.example/{}</link></item></channel></rss>"
    for name in ("b", "a"):
        (tmp_path / f"{name}.xml").write_text(feed.format(name, name))
    result = vnjp("parse-feed", tmp_path / "b.xml", tmp_path / "a.xml")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["items"][0]["title"] for line in lines] == ["b", "a"]
    assert set(lines[0]) == {"path", "state", "source_title", "items"}


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_read(tmp_path):
    (tmp_path / "a.html").write_text("<html><body><p>Short.</p></body></html>")
    result = vnjp("extract", tmp_path / "none.html", tmp_path / "a.html")
    assert result.returncode == 3
    assert "none.html cannot be read" in result.stderr
    assert json.loads(result.stdout)["path"] == str(tmp_path / "a.html")


def test_an_unknown_zone_is_wrong_use(tmp_path):
    (tmp_path / "a.xml").write_text("<rss/>")
    result = vnjp("parse-feed", tmp_path / "a.xml", "--zone", "Hanoi")
    assert result.returncode == 2
    assert "Asia/Tokyo" in result.stderr


def test_judging_a_file_with_a_bad_line_names_the_line(tmp_path):
    (tmp_path / "in.jsonl").write_text('{"id": "1", "title": "x", "text": "y"}\n{"id": \n')
    result = vnjp("judge", tmp_path / "in.jsonl")
    assert result.returncode in {1, 2}
    assert "line 2" in result.stderr
    assert "Traceback" not in result.stderr


def test_judging_prints_what_the_contract_says(tmp_path):
    row = {
        "id": "1",
        "url": "http://a.example/1",
        "title": "Japanese Prime Minister Ishiba Shigeru meets Tô Lâm in Hanoi",
        "text": "Vietnam and Japan agreed on 28 April to deepen their partnership.",
        "published": NOW.isoformat(),
    }
    (tmp_path / "in.jsonl").write_text(json.dumps(row))
    result = vnjp("judge", tmp_path / "in.jsonl")
    assert result.returncode == 0, result.stderr
    judged = json.loads(result.stdout)
    wanted = (
        "id language relevance relevance_score topics people organisations places event_type event_date amounts story"
    )
    assert set(judged) == {*wanted.split(), "duplicate_of", "duplicate_kind", "duplicate_score", "evidence"}
    assert judged["relevance"] == "bilateral"
    for words in judged["evidence"]:
        assert row[words["field"]][words["start"] : words["end"]] == words["text"]


def test_servers_ask_for_a_free_port_so_that_none_can_be_in_use():
    from flows.sample import load
    from flows.sample.site import Site

    with Site(load()) as one, Site(load()) as other:
        ports = {port for site in (one, other) for _, port in site.hosts.values()}
    assert len(ports) == 2
