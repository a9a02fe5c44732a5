"""Raw bodies on disk: what goes in comes out, and a killed run leaves no trace."""

import gzip
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from warehouse.archive import Archive, ArchiveError, Kept

NOW = datetime(2025, 4, 28, 1, 2, 3, 456, tzinfo=UTC)
FEED = Kept("feed", "https://vov.vn/rss.xml", NOW, 200, "text/xml; charset=utf-8", b"<rss/>")
PAGE = Kept("page", "https://vov.vn/%E6%97%A5?a=1", NOW, 404, "text/html", "日越\r\n\r\nHTTP/1.1".encode())
EMPTY = Kept("page", "http://vov.vn/b", NOW, 200, "", b"")


def test_what_is_kept_is_read_back(tmp_path):
    archive = Archive(tmp_path / "archive")
    kept = [FEED, PAGE, EMPTY]
    appended = archive.append("2025-W18", kept, 0)
    assert appended.file == "2025-W18.warc.gz"
    assert appended.length == (tmp_path / "archive" / appended.file).stat().st_size
    assert [archive.read(file, offset) for file, offset in appended.places] == kept


@given(body=st.binary(max_size=2000), status=st.integers(100, 599))
def test_any_body_survives(tmp_path_factory, body, status):
    archive = Archive(tmp_path_factory.mktemp("archive"))
    kept = Kept("page", "https://vov.vn/a", NOW, status, "text/html", body)
    (place,) = archive.append("2025-W18", [kept], 0).places
    assert archive.read(*place) == kept


def test_a_later_call_goes_on_where_the_last_committed_one_ended(tmp_path):
    archive = Archive(tmp_path)
    first = archive.append("2025-W18", [FEED], 0)
    second = archive.append("2025-W18", [PAGE], first.length)
    assert second.places == (("2025-W18.warc.gz", first.length),)
    assert [archive.read(*first.places[0]), archive.read(*second.places[0])] == [FEED, PAGE]


@pytest.mark.parametrize("left", [1, 9, 200, 10_000])
def test_what_a_killed_run_left_behind_is_cut_off(tmp_path, left):
    """Torn or whole, uncommitted bytes vanish before the next record; the file is then as if the run had never been."""
    killed, clean = Archive(tmp_path / "killed"), Archive(tmp_path / "clean")
    committed = killed.append("2025-W18", [FEED], 0).length
    clean.append("2025-W18", [FEED], 0)
    killed.append("2025-W18", [PAGE, EMPTY], committed)
    path = killed.folder / "2025-W18.warc.gz"
    path.write_bytes(path.read_bytes()[: committed + left])
    assert killed.append("2025-W18", [EMPTY], committed) == clean.append("2025-W18", [EMPTY], committed)
    assert path.read_bytes() == (clean.folder / "2025-W18.warc.gz").read_bytes()


def test_a_first_run_that_was_killed_leaves_nothing(tmp_path):
    archive = Archive(tmp_path)
    archive.append("2025-W18", [FEED, PAGE], 0)
    assert archive.append("2025-W18", [EMPTY], -1).places == (("2025-W18.warc.gz", 0),)
    assert archive.read("2025-W18.warc.gz", 0) == EMPTY


def test_the_same_records_give_the_same_bytes(tmp_path):
    one, other = Archive(tmp_path / "one"), Archive(tmp_path / "other")
    assert one.append("2025-W18", [FEED, PAGE], 0) == other.append("2025-W18", [FEED, PAGE], 0)
    assert (one.folder / "2025-W18.warc.gz").read_bytes() == (other.folder / "2025-W18.warc.gz").read_bytes()


def test_the_instant_is_kept_in_utc(tmp_path):
    archive = Archive(tmp_path)
    local = Kept("feed", FEED.url, NOW.astimezone(timezone(timedelta(hours=7))), 200, FEED.content_type, FEED.body)
    (place,) = archive.append("2025-W18", [local], 0).places
    assert archive.read(*place) == FEED
    assert archive.read(*place).fetched_at.tzinfo is UTC


def test_the_file_is_a_warc_that_any_reader_opens(tmp_path):
    appended = Archive(tmp_path).append("2025-W18", [FEED, PAGE], 0)
    with (tmp_path / appended.file).open("rb") as stream:
        seen = [
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read())
            for record in ArchiveIterator(stream, check_digests="raise")
        ]
    assert seen == [("response", FEED.url, FEED.body), ("response", PAGE.url, PAGE.body)]


def test_every_record_is_a_gzip_member_without_a_time(tmp_path):
    appended = Archive(tmp_path).append("2025-W18", [FEED, PAGE], 0)
    content = (tmp_path / appended.file).read_bytes()
    for _, offset in appended.places:
        assert content[offset : offset + 2] == b"\x1f\x8b"
        assert content[offset + 4 : offset + 8] == bytes(4)
    assert gzip.decompress(content).count(b"WARC/1.1\r\n") == 2


def test_a_header_cannot_be_smuggled_in_by_a_content_type(tmp_path):
    archive = Archive(tmp_path)
    (place,) = archive.append(
        "2025-W18", [Kept("page", PAGE.url, NOW, 200, "text/html\r\nX-Evil: 1\r\n\r\nbody", b"true")], 0
    ).places
    assert archive.read(*place).body == b"true"
    assert archive.read(*place).content_type == "text/html X-Evil: 1 body"


def test_a_file_shorter_than_committed_is_an_error_that_says_so(tmp_path):
    archive = Archive(tmp_path)
    committed = archive.append("2025-W18", [FEED], 0).length
    path = tmp_path / "2025-W18.warc.gz"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(
        ArchiveError, match=rf"2025-W18.warc.gz has {committed - 1} bytes where {committed} are committed"
    ):
        archive.append("2025-W18", [PAGE], committed)
    assert path.stat().st_size == committed - 1


@pytest.mark.parametrize("offset", [1, 40, 100_000])
def test_an_offset_without_a_record_is_an_error_that_names_file_and_offset(tmp_path, offset):
    archive = Archive(tmp_path)
    archive.append("2025-W18", [FEED], 0)
    with pytest.raises(ArchiveError, match=rf"2025-W18.warc.gz \(\d+ bytes\) has no whole record at offset {offset}"):
        archive.read("2025-W18.warc.gz", offset)


def test_a_torn_record_is_an_error_and_not_half_a_body(tmp_path):
    archive = Archive(tmp_path)
    big = Kept("page", PAGE.url, NOW, 200, "text/html", bytes(range(256)) * 400)
    archive.append("2025-W18", [big], 0)
    path = tmp_path / "2025-W18.warc.gz"
    whole = path.read_bytes()
    for cut in (20, len(whole) // 2, len(whole) - 20):
        path.write_bytes(whole[:cut])
        with pytest.raises(ArchiveError, match="no whole record at offset 0"):
            archive.read("2025-W18.warc.gz", 0)


def test_changed_bytes_are_noticed(tmp_path):
    """Also where the change keeps the gzip checksum right: the body's digest is in the record."""
    archive = Archive(tmp_path)
    archive.append("2025-W18", [FEED], 0)
    path = tmp_path / "2025-W18.warc.gz"
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(b"<rss/>", b"<xss/>")))
    with pytest.raises(ArchiveError, match="no whole record at offset 0"):
        archive.read("2025-W18.warc.gz", 0)


def test_a_missing_file_is_an_error_that_names_it(tmp_path):
    with pytest.raises(ArchiveError, match=r"2024-W01\.warc\.gz is missing"):
        Archive(tmp_path).read("2024-W01.warc.gz", 0)


def test_what_is_taken_out_leaves_no_byte_and_moves_no_other_record(tmp_path):
    archive = Archive(tmp_path)
    appended = archive.append("2025-W18", [FEED, PAGE, EMPTY, FEED], 0)
    path = tmp_path / appended.file
    gone, empty = appended.places[1], appended.places[2]
    for _ in range(2):  # again, as after a kill
        archive.take_out([gone, empty])
        assert path.stat().st_size == appended.length
        assert [archive.read(*appended.places[at]) for at in (0, 3)] == [FEED, FEED]
        with pytest.raises(ArchiveError, match="no whole record"):
            archive.read(*gone)
    with path.open("rb") as stream:
        kinds = [record.rec_type for record in ArchiveIterator(stream, check_digests="raise")]
    assert kinds == ["response", "metadata", "metadata", "response"]
    assert "日越".encode() not in gzip.decompress(path.read_bytes())
    assert archive.reach(appended.file, 0) == (appended.length, 4)


def test_taking_out_where_no_record_is_changes_nothing(tmp_path):
    archive = Archive(tmp_path)
    appended = archive.append("2025-W18", [FEED], 0)
    before = (tmp_path / appended.file).read_bytes()
    with pytest.raises(ArchiveError, match="no whole record at offset 5"):
        archive.take_out([(appended.file, 5)])
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [before]
