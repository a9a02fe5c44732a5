"""tasks/parse reads feeds as they come: recorded ones, broken ones, and arbitrary bytes."""

import gzip
import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.parse import parse
from tasks.parse.entries import MOST
from tasks.parse.limit import Reader
from warehouse.records import Entry, ParsedFeed

RECORDED = Path(__file__).parent / "recorded"
EXPECTED = json.loads((RECORDED / "feeds.json").read_text("utf-8"))
URL = "https://feeds.example/x/rss"
HANOI = "Asia/Ho_Chi_Minh"


def rss(*items: str) -> bytes:
    return f"<rss version='2.0'><channel><title>T</title>{''.join(items)}</channel></rss>".encode()


def read(body: bytes, **more) -> ParsedFeed:
    return parse(body, URL, zone=HANOI, **more)


def only(body: bytes, **more) -> Entry:
    (entry,) = read(body, **more).entries
    return entry


def plainly(entry: Entry) -> dict[str, str]:
    """Give an entry's fields that say something, as the recorded expectations hold them."""
    fields = {name: getattr(entry, name) for name in Entry.__slots__}
    return {name: value.isoformat() if name == "published" else value for name, value in fields.items() if value}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_recorded_feed_gives_the_entries_that_a_person_reads_in_it(name):
    feed, expected = read((RECORDED / "feeds" / name).read_bytes()), EXPECTED[name]
    assert [plainly(entry) for entry in feed.entries] == expected["entries"]
    assert (feed.state, feed.source_title) == (expected["state"], expected["source_title"])
    assert (feed.language, feed.ttl_minutes) == (expected["language"], expected["ttl_minutes"])


def test_every_recorded_feed_has_its_expectation():
    assert {path.name for path in (RECORDED / "feeds").iterdir()} == set(EXPECTED)


@pytest.mark.parametrize("name", ["description-with-picture.xml", "shift-jis-declared-cp932-used.rdf"])
def test_gzip_is_unpacked_whatever_the_header_said(name):
    body = (RECORDED / "feeds" / name).read_bytes()
    assert read(gzip.compress(body)) == read(body)


@pytest.mark.parametrize(
    ("body", "state", "reason"),
    [
        (b"", "empty", ""),
        (b" \n", "empty", ""),
        (rss(), "empty", ""),
        (b'{"version": "https://jsonfeed.org/version/1", "items": []}', "empty", ""),
        (b"<!DOCTYPE html><html><body><h1>Home</h1></body></html>", "not_a_feed", "html"),
        (b"<?xml version='1.0'?><!DOCTYPE html><html><body>x</body></html>", "not_a_feed", "html"),
        (b"<p>Access to this feed has moved</p>", "not_a_feed", "html"),
        (b"<html><head><title>Just a moment...</title></head></html>", "not_a_feed", "challenge"),
        (b"<script>document.cookie='a=1';location.reload()</script>", "not_a_feed", "challenge"),
        (b"<html><body>" + b"<p>News of the day, long enough.</p>" * 60 + b"reCAPTCHA</html>", "not_a_feed", "html"),
        (b'{"error": "no such feed"}', "not_a_feed", "other"),
        (b"[1, 2]", "not_a_feed", "other"),
        (b"[" * 100_000, "not_a_feed", "other"),
        (b"/etc/passwd", "not_a_feed", "other"),
        (b"https://a.example/rss", "not_a_feed", "other"),
        (b"\x1f\x8bbroken", "not_a_feed", "other"),
        (rss("<item><title>越南北部的水稻</title></item>").decode().encode("gbk"), "not_a_feed", "charset"),
    ],
)  # fmt: skip
def test_what_is_no_feed_says_what_it_is(body, state, reason):
    feed = read(body)
    assert (feed.state, feed.reason, feed.entries) == (state, reason, ())


def test_an_index_of_sitemaps_says_that_one_of_them_is_to_be_watched():
    maps = "".join(f"<sitemap><loc>http://a.example/{n}.xml</loc></sitemap>" for n in (1, 2))
    feed = read(f"<sitemapindex>{maps}</sitemapindex>".encode())
    assert (feed.state, feed.entries) == ("empty", ())
    assert feed.reason == "an index of 2 sitemaps lists no articles: watch one of them, such as http://a.example/1.xml"


def test_a_gzip_bomb_is_no_feed():
    assert read(gzip.compress(rss() + b" " * 11 * 1024 * 1024)).state == "not_a_feed"


def test_entity_bombs_and_files_stay_unread():
    doctype = '<!DOCTYPE rss [<!ENTITY a "lol"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    entry = only(doctype.encode() + rss("<item><title>&b; &f;</title><link>http://a.example/1</link></item>"))
    assert entry.title == "&b; &f;"


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Nhật &amp;amp; Việt", "Nhật & Việt"),
        ("&amp;lt;b&amp;gt;Bold&amp;lt;/b&amp;gt; news", "Bold news"),
        ("5 &lt; 7 &gt; 3", "5 < 7 > 3"),
        ("<![CDATA[<独自>首相、訪越へ]]>", "<独自>首相、訪越へ"),
        ("List&lt;String&gt;, &lt;Live&gt; and &lt;b&gt;bold&lt;/b&gt;", "List<String>, <Live> and bold"),
        ("<![CDATA[Viet<b>nam</b>: one<br/>two]]>", "Vietnam: one two"),
        ("<![CDATA[A<script>b()</script><style>c</style><!-- d -->E]]>", "AE"),
        ("&#x202E;evil&#x202C; \u00a0 spaces", "evil spaces"),
        ("Vie&#x302;&#x323;t", "Việt"),
    ],
)
def test_titles_come_out_as_a_reader_sees_them(title, shown):
    assert only(rss(f"<item><title>{title}</title><link>http://a.example/1</link></item>")).title == shown


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/a/b.html", "https://feeds.example/a/b.html"),
        ("../c.html", "https://feeds.example/c.html"),
        ("//cdn.example/d", "https://cdn.example/d"),
        ("http://a.example/?x=1&amp;y=2", "http://a.example/?x=1&y=2"),
        ("http://a.example/?x=1&y=2", "http://a.example/?x=1&y=2"),
        ("<![CDATA[ http://a.example/x ]]>", "http://a.example/x"),
        ("http://a.example/bài viết", "http://a.example/b%C3%A0i%20vi%E1%BA%BFt"),
        ("javascript:alert(1)", ""),
        ("ftp://a.example/x", ""),
        ("http://[::1", ""),
    ],
)
def test_links_are_absolute_http_or_nothing(link, url):
    assert only(rss(f"<item><title>t</title><link>{link}</link></item>")).url == url


def test_without_a_link_a_guid_that_is_an_address_or_a_file_stands_in():
    entries = read(
        rss(
            "<item><title>a</title><guid isPermaLink='false'>http://a.example/9</guid></item>",
            "<item><title>b</title><enclosure url='http://a.example/b.mp3' type='audio/mpeg'/></item>",
            "<item><title>c</title></item>",
        )
    ).entries
    assert [entry.url for entry in entries] == ["http://a.example/9", "http://a.example/b.mp3", ""]


def test_without_a_title_the_summary_or_the_address_stands_in():
    entries = read(
        rss(
            f"<item><description>{'A first sentence that is told. ' * 20}</description></item>",
            "<item><link>http://a.example/x</link></item>",
            "<item><category>nothing to show</category></item>",
            "<item/>",
        )
    ).entries
    assert entries[2].title == ""
    assert entries[0].title.endswith("told.")
    assert len(entries[0].title) <= 300
    assert entries[1].title == "http://a.example/x"


def test_an_identity_is_the_guid_the_address_or_a_hash_and_lasts():
    entries = read(
        rss(
            "<item><title>a</title><guid>1</guid><link>http://a.example/?utm_source=rss&amp;id=1</link></item>",
            "<item><title>b</title><link>http://www.a.example/b?utm_source=rss</link></item>",
            "<item><title>c</title></item>",
        )
    ).entries
    assert [entry.identity for entry in entries][:2] == ["1", "https://a.example/b"]
    assert entries[2].identity == only(rss("<item><title>c</title></item>")).identity


def test_one_link_for_all_makes_no_two_items_one():
    items = [f"<item><title>{name}</title><link>http://a.example/</link></item>" for name in "abc"]
    assert len({entry.identity for entry in read(rss(*items)).entries}) == 3


def test_an_item_that_is_listed_twice_keeps_its_guid():
    item = "<item><title>a</title><guid>1</guid><link>http://a.example/1</link></item>"
    assert [entry.identity for entry in read(rss(item, item)).entries] == ["1", "1"]


def test_items_without_guid_and_link_that_share_title_and_date_are_told_apart_by_what_they_say():
    items = [f"<item><title>Weather</title><description>{sky}</description></item>" for sky in ("rain", "sun")]
    assert len({entry.identity for entry in read(rss(*items)).entries}) == 2


@pytest.mark.parametrize(
    ("written", "url", "why"),
    [
        ("https://feeds.example/x/rss", "https://feeds.example/x/one", "the feed's own address"),
        ("https://proxy.test/x/rss", "https://www.feeds.example/one", "another site serves the feed"),
        ("", "https://www.feeds.example/one", "a file from nowhere"),
    ],
)
def test_relative_links_hang_on_the_feed_or_on_the_site_that_it_tells_of(written, url, why):
    items = "<link>https://www.feeds.example/</link><item><title>t</title><link>one</link></item>"
    assert parse(rss(items), written).entries[0].url == url, why


def test_of_several_links_the_page_goes_first():
    entry = (
        "<entry><title>t</title><id>http://a.example/1</id>"
        "<link href='http://a.example/1.json' type='application/json'/>"
        "<link href='http://a.example/1.mp3' rel='enclosure'/><link href='http://a.example/1'/>"
        "<link href='http://a.example/1.rdf' type='application/rdf+xml'/></entry>"
    )
    assert only(f"<feed xmlns='http://www.w3.org/2005/Atom'>{entry}</feed>".encode()).url == "http://a.example/1"


def test_a_blank_link_is_none():
    items = "<item><title>t</title><enclosure url=' '/><enclosure url='http://a.example/b.mp3'/></item>"
    assert only(rss(items)).url == "http://a.example/b.mp3"


def test_prefixes_that_nobody_declared_are_understood():
    items = "<rss:item><rss:title>t</rss:title><dc:date>2025-04-28</dc:date><odd:x odd:y='z'/></rss:item>"
    body = f"<rss><rss:channel>{items}</rss:channel></rss>".encode()
    assert (only(body).title, only(body).published_raw) == ("t", "2025-04-28")


def test_a_feed_inside_a_page_is_read():
    feed = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>t</title></entry></feed>"
    page = f"<!DOCTYPE html><html><body>{feed}</body></html>"
    assert only(page.encode()).title == "t"


def test_of_too_many_entries_the_newest_are_kept_in_their_order():
    first = datetime(2020, 1, 1, tzinfo=UTC)
    dates = [(first + timedelta(hours=n)).isoformat() for n in range(MOST + 5)]
    items = [
        f"<item><title>{n}</title><guid>{n}</guid><pubDate>{date}</pubDate></item>" for n, date in enumerate(dates)
    ]
    kept = [entry.title for entry in read(rss(*items)).entries]
    assert kept == [str(n) for n in range(5, MOST + 5)]


@pytest.mark.parametrize(("hours", "kept"), [(35, True), (37, False)])
def test_a_date_far_ahead_of_the_clock_is_dropped_and_its_string_kept(hours, kept):
    now = datetime(2025, 4, 28, tzinfo=UTC)
    raw = (now + timedelta(hours=hours)).isoformat()
    entry = only(rss(f"<item><title>t</title><pubDate>{raw}</pubDate></item>"), now=now)
    assert (entry.published is not None) == kept
    assert entry.published_quality == ("explicit" if kept else "none")
    assert entry.published_raw == raw


def test_an_unreadable_date_gives_way_to_a_readable_one_and_is_kept_alone():
    both = "<item><title>t</title><pubDate>soon</pubDate><date xmlns='http://purl.org/dc/elements/1.1/'>2025-04-28</date></item>"
    assert only(rss(both)).published_raw == "2025-04-28"
    alone = only(rss("<item><title>t</title><pubDate>soon</pubDate></item>"))
    assert (alone.published, alone.published_raw) == (None, "soon")


@pytest.mark.parametrize(
    "element",
    [
        "<pubdate>{}</pubdate>",
        "<PubDate>{}</PubDate>",
        "<publishDate>{}</publishDate>",
        "<pub_date>{}</pub_date>",
        "<pubDate/><dc:date>{}</dc:date>",
        "<dc:date>{}</dc:date>",
        "<dcterms:issued>{}</dcterms:issued>",
        "<dcterms:date>{}</dcterms:date>",
        "<atom:updated>{}</atom:updated>",
        "<media:pubDate>{}</media:pubDate>",
        "<a10:published xmlns:a10='http://www.w3.org/2005/Atom'>{}</a10:published>",
        "<prism:publicationDate xmlns:prism='http://prismstandard.org/namespaces/basic/2.0/'>{}</prism:publicationDate>",
    ],
)
def test_a_date_is_found_under_any_of_its_names(element):
    body = rss(f"<item><title>t</title>{element.format('2025-04-28T02:15:00Z')}</item>")
    dated = body.replace(b"<title>T</title>", b"<title>T</title><pubDate>Mon, 05 May 2025 00:00:00 GMT</pubDate>")
    assert only(dated).published == datetime(2025, 4, 28, 2, 15, tzinfo=UTC)


def test_the_feeds_own_date_is_no_entrys():
    dated = "<updated>2025-05-05T00:00:00Z</updated><entry><title>t</title></entry>"
    assert only(f"<feed xmlns='http://www.w3.org/2005/Atom'>{dated}</feed>".encode()).published is None


@pytest.mark.parametrize(
    ("fields", "title", "url", "why"),
    [
        ("<media:title>m</media:title><title>t</title>", "t", "", "a picture's title is not the entry's"),
        (
            "<title>t</title><media:content url='p'><media:title>m</media:title></media:content>",
            "t",
            "",
            "nor behind it",
        ),
        ("<image><title>i</title><link>http://a.example/i</link></image><title>t</title>", "t", "", "nor an image's"),
        ("<title>t</title><source url='http://s.example/'>S</source>", "t", "", "where it was taken from is no link"),
        ("<title/><dc:title>d</dc:title>", "d", "", "an empty title gives way"),
        ("<title>t</title><atom:link href='http://a.example/1'/>", "t", "http://a.example/1", "a link of Atom's"),
        ("<title>t</title><atom:link rel='self' href='http://a.example/1'/>", "t", "", "the entry as a file of Atom's"),
        ("<title>t</title><guid>http://a.example/1</guid>", "t", "http://a.example/1", "a guid is an address"),
        ("<title>t</title><guid isPermaLink='false'>1</guid><link>/2</link>", "t", "https://feeds.example/2", "or not"),
        ("<title>t</title><comments>http://a.example/c</comments>", "t", "", "what readers say is another page"),
    ],
)
def test_title_and_link_are_what_a_reader_expects(fields, title, url, why):
    entry = only(rss(f"<item>{fields}</item>"))
    assert (entry.title, entry.url) == (title, url), why


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("<title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>A <b>bold</b> one</div></title>", "A bold one"),
        ("<title type='html'>A &lt;b&gt;bold&lt;/b&gt; one &amp;amp; more</title>", "A bold one & more"),
        ("<title type='html'><![CDATA[A <em>fine</em> one]]></title>", "A fine one"),
        ("<title>1 &lt; 2</title>", "1 < 2"),
    ],
)
def test_a_title_of_atom_is_read_by_its_type(title, shown):
    assert only(f"<feed xmlns='http://www.w3.org/2005/Atom'><entry>{title}</entry></feed>".encode()).title == shown


RDF = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='{0}'>{1}</rdf:RDF>"
BESIDE = "<channel><title>T</title></channel><item><title>t</title><link>http://a.example/1</link></item>"
INSIDE = "<channel><title>T</title><item><title>t</title><link>http://a.example/1</link></item></channel>"


@pytest.mark.parametrize(
    "feed",
    [
        RDF.format("http://purl.org/rss/1.0/", BESIDE),
        RDF.format("http://my.netscape.com/rdf/simple/0.9/", BESIDE),
        f"<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' 'x'><rss version='0.91'>{INSIDE}</rss>",
        f"<rss version='0.92'>{BESIDE}</rss>",
        f"<rss version='2.0' xmlns='http://backend.userland.com/rss2'>{INSIDE}</rss>",
        INSIDE,
    ],
)
def test_every_rss_gives_its_items_wherever_they_stand(feed):
    found = read(feed.encode())
    assert (found.source_title, found.entries[0].title, found.entries[0].url) == ("T", "t", "http://a.example/1")


def test_a_full_text_is_content_and_its_beginning_the_summary():
    text = "".join(f"<p>Paragraph {n} says something of the harbour and its cranes.</p>" for n in range(30))
    entry = only(rss(f"<item><title>t</title><description><![CDATA[{text}]]></description></item>"))
    assert entry.content.count("\n") == 29
    assert entry.content.startswith(entry.summary.split(".")[0])
    assert len(entry.summary) <= 300


def test_a_content_that_says_no_more_than_the_summary_is_none():
    item = "<item><title>t</title><description>Short.</description><content:encoded>Short.</content:encoded></item>"
    body = rss(item).replace(b"<rss", b"<rss xmlns:content='http://purl.org/rss/1.0/modules/content/'")
    assert only(body).content == ""


def test_an_unknown_zone_is_the_callers_mistake_and_not_an_empty_feed():
    with pytest.raises(ZoneInfoNotFoundError):
        parse(rss("<item><title>t</title></item>"), URL, zone="Asia/Nowhere")


def test_a_document_that_takes_too_long_is_given_up_and_the_next_is_read():
    reader = Reader(seconds=2)
    crowded = "".join(f"<category>{number}</category>" for number in range(100_000))
    start = time.monotonic()
    try:
        hostile = reader.parse(rss(f"<item><title>t</title>{crowded}</item>"), URL)
        assert (hostile.state, hostile.reason) == ("not_a_feed", "slow")
        assert time.monotonic() - start < 20
        assert reader.parse(rss("<item><title>t</title></item>"), URL).state == "ok"
    finally:
        reader.child.close()


def test_a_reader_that_dies_costs_its_feed_alone():
    reader = Reader()
    try:
        assert reader.parse(rss(), URL).state == "empty"
        assert reader.child.process
        reader.child.process.kill()
        assert reader.parse(rss(), URL).reason == "crash"
        assert reader.parse(rss(), URL).state == "empty"
    finally:
        reader.child.close()


def test_the_limited_reader_gives_and_raises_what_parse_does():
    reader = Reader()
    try:
        for name in EXPECTED:
            body = (RECORDED / "feeds" / name).read_bytes()
            assert reader.parse(body, URL, "", HANOI) == read(body)
        with pytest.raises(ZoneInfoNotFoundError):
            reader.parse(rss("<item><title>t</title></item>"), URL, zone="Asia/Nowhere")
    finally:
        reader.child.close()


TAGS = [
    *(
        "<rss>",
        "<channel>",
        "<item>",
        "<title>",
        "</title>",
        "</item>",
        "<link>",
        "</link>",
        "<guid>",
        "<![CDATA[",
        "]]>",
    ),
    *(
        "&",
        "&lt;",
        "<feed>",
        "<entry>",
        "<urlset>",
        "<url>",
        "<loc>",
        '{"items":[',
        "{}",
        "]}",
        "<!--",
        "-->",
        "<?xml ",
    ),
    *("encoding='utf-16'?>", "'", '"', "<pubDate>", "2025-04-28", "<x:y ", "<content:encoded>", "<dc:date>", "<svg>"),
    *("<source url='x'>", "<image>", "http://[", "\x82\xa0"),
]
PIECES = st.sampled_from([tag.encode("latin-1") for tag in TAGS]) | st.binary(max_size=6)


@given(st.lists(PIECES, max_size=30).map(b"".join))
def test_no_bytes_make_it_raise(body):
    feed = parse(body, URL, "text/xml", HANOI)
    assert (feed.state == "ok") == bool(feed.entries)
    assert (feed.state == "not_a_feed") == bool(feed.reason)
