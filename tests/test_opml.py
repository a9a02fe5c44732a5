"""tasks/opml: lists of feeds out to other readers and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.watch import watched
from tasks.opml import new_id, read, slug, write
from tests.samples import source

FOREIGN = """<?xml version="1.0"?><opml version="1.0"><body>
<outline text="Asia"><outline text="Deep">
  <outline type="rss" text="Báo Một" xmlUrl="https://mot.example.vn/rss" htmlUrl="https://mot.example.vn/"/>
  <outline title="新聞二" xmlUrl="http://ni.example.co.jp/index.rdf" language="ja-JP"/>
</outline></outline>
<outline text="Three" xmlUrl="https://three.example/feed"/>
<outline text="Again" xmlUrl="https://three.example/feed"/>
<outline text="Not a feed" htmlUrl="https://four.example/"/>
<outline text="Mail" xmlUrl="mailto:a@example.org"/>
</body></opml>"""


def test_what_is_written_is_read_back_whole():
    sources = watched()
    back = {one.source_id: one for one in read(write(sources))}
    addresses = {one.url: one.source_id for one in reversed(sources)}
    assert back == {one.source_id: one for one in sources if addresses[one.url] == one.source_id}


@given(st.text(max_size=30), st.booleans())
def test_any_text_survives_the_way_out_and_back(text, flag):
    from tasks.text import clean

    one = source(outlet=clean(text).replace("\n", " ") or "x", note="<&\"'>", enabled=flag, cookies=not flag)
    assert read(write([one])) == (one,)


def test_a_foreign_list_is_taken_cautiously():
    one, two, three = read(FOREIGN, taken=["three"])
    assert (one.outlet, one.side, one.zone, one.heading) == ("Báo Một", "vietnam", "Asia/Ho_Chi_Minh", "Deep")
    assert (two.side, two.language, two.source_id) == ("japan", "ja", "ni-example-co-jp")
    assert (three.side, three.heading, three.source_id) == ("third", "", "three-2")
    assert {one.rights, two.rights, three.rights} == {"title"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<opml><body>", "well-formed"),
        ("<rss/>", "<rss>"),
        ("<opml/>", "no outline"),
        (FOREIGN.replace("xmlUrl", "url"), "no outline"),
    ],
)
def test_what_is_no_list_says_why(text, reason):
    with pytest.raises(ValueError, match=reason):
        read(text)


def test_a_list_that_names_files_of_ours_is_refused(tmp_path):
    (tmp_path / "secret").write_text("secret")
    body = FOREIGN.removeprefix('<?xml version="1.0"?>').replace("Deep", "&x;")
    with pytest.raises(ValueError, match="well-formed"):
        read(f'<!DOCTYPE opml [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>{body}')


def test_a_slug_is_short_plain_and_may_be_empty():
    assert slug("Báo Đầu tư: Kinh tế & Xã hội") == "bao-dau-tu-kinh-te-xa-hoi"
    assert slug("新聞") == ""
    assert len(slug("word " * 40)) <= 40


def test_a_new_id_is_the_wanted_one_or_numbered():
    assert new_id("a", set()) == "a"
    assert new_id("a", {"a", "a-2"}) == "a-3"
    assert new_id("", set()) == "source"
