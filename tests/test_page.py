"""Pages that list articles: which links are articles, what they are called, and whose the dates beside them are."""

import json
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.parse import parse
from warehouse.records import Entry, ParsedFeed

URL = "https://office.example/press/index.html"
FORM = r"^https?://office\.example/press/\d{4}/\w+\.html$"
TOKYO = "Asia/Tokyo"
NEWS = "Minister meets the ambassador of Viet Nam"


def read(body: str, *, url: str = URL, form: str = FORM, head: str = "", **more) -> ParsedFeed:
    html = f"<!DOCTYPE html><html><head><title>Press</title>{head}</head><body>{body}</body></html>"
    return parse(html.encode(), url, zone=TOKYO, pattern=form, **more)


def only(body: str, **more) -> Entry:
    (entry,) = read(body, **more).entries
    return entry


def days(body: str) -> list[str]:
    """Give the days of a page's articles in Tokyo, "" where none is told."""
    return [entry.published_raw if entry.published else "" for entry in read(body).entries]


def link(name: str, text: str = NEWS) -> str:
    return f'<a href="2026/{name}.html">{text}</a>'


# --- which links are articles -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("2026/1.html", "https://office.example/press/2026/1.html"),
        ("/press/2026/1.html", "https://office.example/press/2026/1.html"),
        ("../press/./2026/1.html", "https://office.example/press/2026/1.html"),
        ("//office.example/press/2026/1.html", "https://office.example/press/2026/1.html"),
        ("http://office.example/press/2026/1.html", "http://office.example/press/2026/1.html"),
        (" 2026/1.html\n", "https://office.example/press/2026/1.html"),
        ("2026/1.html#comments", "https://office.example/press/2026/1.html"),
        ("2026/1.html?from=list", "https://office.example/press/2026/1.html"),
        ("2026/会談.html", "https://office.example/press/2026/%E4%BC%9A%E8%AB%87.html"),
        ("https://other.example/press/2026/1.html", ""),
        ("2026/index.php", ""),
        ("javascript:go('2026/1.html')", ""),
        ("mailto:press@office.example", ""),
        ("", ""),
        ("#2026/1.html", ""),
        ("2026/" + "1" * 3_000 + ".html", ""),
        ("http://[broken/press/2026/1.html", ""),
    ],
)
def test_a_link_is_an_article_when_its_absolute_address_has_the_form(href, url):
    assert [entry.url for entry in read(f'<a href="{href}">{NEWS}</a>').entries] == [url][: bool(url)]


def test_relative_links_are_resolved_as_base_href_says():
    head = '<base href="/press/2026/"><base href="/nowhere/">'
    assert only(f'<a href="1.html">{NEWS}</a>', head=head).url == "https://office.example/press/2026/1.html"


def test_a_query_that_the_form_knows_stays():
    form = r"^https://office\.example/press/show\.php\?id=\d+$"
    feed = read(f'<a href="show.php?id=1">{NEWS}</a><a href="show.php?id=2">{NEWS} again</a>', form=form)
    assert [entry.url[-4:] for entry in feed.entries] == ["id=1", "id=2"]


def test_an_article_listed_several_times_is_one_with_the_title_that_says_most():
    picture, section, more = link("1", "<img alt=portrait src=a.png>"), link("1", "Politics"), link("1", "Read more")
    assert only(f"{picture}{section}<h3>{link('1')}</h3>{more}").title == NEWS


def test_addresses_that_differ_only_by_scheme_or_tracking_are_one_article():
    form = r"^https?://(?:www\.)?office\.example/press/\d{4}/\w+\.html"
    body = "".join(
        f'<a href="{one}">{NEWS}</a>'
        for one in ("2026/1.html", "http://www.office.example/press/2026/1.html", "2026/1.html?utm_source=list")
    )
    assert only(body, form=form).url == "https://office.example/press/2026/1.html"


@pytest.mark.parametrize(
    "around",
    ["<nav>{}</nav>", "<footer>{}</footer>", "<div role='navigation'>{}</div>", "<ol class='list breadcrumb'>{}</ol>"],
)
def test_links_of_menus_and_footers_are_no_articles(around):
    feed = read(around.format(f"<p>{link('about')}</p>") + link("1"))
    assert [entry.url for entry in feed.entries] == ["https://office.example/press/2026/1.html"]


def test_the_list_itself_is_no_article():
    assert [entry.url for entry in read(f'<a href="{URL}">All</a>{link("1")}', form=r"\.html$").entries] == [
        "https://office.example/press/2026/1.html"
    ]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<p>Soon.</p>", "the page has no links: its list may be made by a script"),
        ('<a href="/a">A</a><a href="/b">B</a>', rf"none of the page's 2 links has the form {FORM}"),
        (f"<nav>{link('about')}</nav>", rf"its only links of the form {FORM} stand in menus and footers (1)"),
    ],
)
def test_a_page_on_which_no_link_has_the_form_any_more_is_empty_and_says_so(body, reason):
    feed = read(body)
    assert (feed.state, feed.reason, feed.entries) == ("empty", reason, ())


def test_a_bot_wall_is_no_list_but_a_list_with_the_word_captcha_is():
    wall = "<script>document.cookie='a=1';location.reload()</script>"
    assert read(wall).reason == "challenge"
    assert read(f"{link('1')}<div class=captcha></div>").state == "ok"


@pytest.mark.parametrize("body", [b"", b"\x00\xff\xfe", b"plain words", b"%PDF-1.7"])
def test_what_is_no_page_gives_no_articles(body):
    feed = parse(body, URL, pattern=FORM)
    assert (feed.state, feed.entries) in {("empty", ()), ("not_a_feed", ())}


def test_a_feed_in_the_place_of_the_page_is_read_as_a_feed():
    body = b"<rss version='2.0'><channel><item><title>T</title><link>https://office.example/1</link></item></channel></rss>"
    assert parse(body, URL, pattern=FORM).entries[0].title == "T"


def test_a_page_is_not_read_as_a_list_where_nobody_asked_for_it():
    assert parse(f"<html>{link('1')}</html>".encode(), URL).reason == "html"


def test_a_scrap_of_a_page_is_read_as_one():
    """Some lists are fetched by their page's script."""
    assert len(parse(f"<ul><li>{link('1')}</li></ul>".encode(), URL, pattern=FORM).entries) == 1


def test_a_page_in_an_old_encoding_is_read():
    html = f'<html><head><meta charset="euc-jp"></head><body>{link("1", "日本とベトナムの首脳会談")}</body></html>'
    (entry,) = parse(html.encode("euc-jp"), URL, pattern=FORM).entries
    assert entry.title == "日本とベトナムの首脳会談"


# --- what they are called ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inside", "title"),
    [
        (NEWS, NEWS),
        ("  Minister <b>meets</b> the\n ambassador of <span>Viet Nam</span>", NEWS),
        (f"<time>2026-10-07</time><h3>{NEWS}</h3><p>A lead that is longer than the title, as leads are.</p>", NEWS),
        (f"<span class=date>2026.10.07</span><span class=cat>Asia</span><p class='news-title'>{NEWS}</p>", NEWS),
        (f"<span>2026年10月7日</span> {NEWS}", NEWS),
        (f"<p>{NEWS}</p><p>{'The lead goes on. ' * 12}</p>", NEWS),
        ("<ruby>越<rt>えつ</rt></ruby>日会談について", "越日会談について"),
        ("R&amp;D &lt;update&gt; at VJU", "R&D <update> at VJU"),
        (f"{NEWS}<script>track()</script>", NEWS),
        (f'<img src="a.png" alt="{NEWS}">', NEWS),
    ],
)
def test_a_title_is_what_the_link_says_without_dates_and_leads(inside, title):
    assert only(link("1", inside)).title == title


def test_a_tool_tip_stands_in_for_a_title():
    assert only(f'<a href="2026/1.html" title="{NEWS}"><img src="a.png"></a>').title == NEWS


def test_words_that_stand_on_every_link_are_no_title():
    """The address stands in, and the article's own page tells the title."""
    feed = read("".join(link(str(n), "Xem chi tiết") for n in range(3)))
    assert [entry.title for entry in feed.entries] == [entry.url for entry in feed.entries]


# --- whose the dates are ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "raw"),
    [
        (f"<li>2026.10.07 {link('1')}</li>", "2026.10.07"),
        (f"<li>{link('1')}<span>07/10/2026</span></li>", "07/10/2026"),
        (f"<article><time datetime='2026-10-07 09:00'>today</time>{link('1')}</article>", "2026-10-07 09:00"),
        (f"<tr><td>Oct 7, 2026</td><td>{link('1')}</td></tr>", "Oct 7, 2026"),
        (f"<dl><dt>令和8年10月7日</dt><dd>{link('1')}</dd></dl>", ""),
        (f"<div><div>08:30 | 07/10/2026</div><h3>{link('1')}</h3></div>", "08:30 | 07/10/2026"),
        (f"<p>Ngày đăng: 07/10/2026 | Tin tức</p>{link('1')}", "Ngày đăng: 07/10/2026"),
        (f"<li>Starts 1 October 2026 {link('1')}</li>", ""),
        (f"<li><i>07/10/2026</i> {link('1')} <i>01/12/2026</i></li>", ""),
    ],
)  # fmt: skip
def test_a_date_in_an_article_s_own_item_is_its_date(body, raw):
    whole = f"<table>{body}</table>" if body.startswith("<tr>") else f"<div>{body}</div>"
    assert days(f"{whole}<p>{link('2')}</p>")[0] == raw


@pytest.mark.parametrize(
    ("body", "raws"),
    [
        ("<h3>2026年10月7日</h3><ul><li>{}</li><li>{}</li></ul><h3>2026年10月6日</h3><ul><li>{}</li></ul>", "776"),
        ("<dl><dt>2026年10月7日</dt><dd>{}</dd><dt>2026年10月6日</dt><dd>{}</dd><dd>{}</dd></dl>", "766"),
        (
            (
                "<dl><dt>2026年10月7日</dt><dd><div><ul><li>{}</li><li>{}</li></ul></div></dd>"
                "<dt>2026年10月6日</dt><dd><div><ul><li>{}</li></ul></div></dd></dl>"
            ),
            "776",
        ),
        ("<p>2026年10月7日 {}<br>2026年10月6日 {}<br>2026年10月5日 {}</p>", "765"),
        ("<p>{} 2026年10月7日<br>{} 2026年10月6日<br>{} 2026年10月5日</p>", "765"),
        (
            "<ul><li>2026年10月7日<ul><li>{}</li><li>{}</li></ul></li><li>2026年10月6日<ul><li>{}</li></ul></li></ul>",
            "776",
        ),
        ("<p>更新日 2026年10月7日</p><ul><li>{}</li><li>{}</li><li>{}</li></ul>", "---"),
        ("<ul><li>{}</li><li>{}</li><li>{}</li></ul><p>2026年10月7日</p>", "---"),
        ("{} {} <p>2026年10月7日</p> {} <p>2026年10月6日</p>", "---"),
        ("<p>2026年10月7日</p><p>2026年10月6日</p><ul><li>{}</li><li>{}</li><li>{}</li></ul>", "---"),
    ],
)
def test_dates_between_articles_are_theirs_only_where_that_is_clear(body, raws):
    expected = ["" if day == "-" else f"2026年10月{day}日" for day in raws]
    assert days(body.format(*(link(str(n)) for n in range(1, 4)))) == expected


def test_the_day_of_a_page_with_one_article_is_not_the_article_s():
    assert days(f"<header><p>2026年11月25日</p></header><main><ul><li>{link('1')}</li></ul></main>") == [""]


def test_the_day_of_a_page_is_not_that_of_its_only_article_when_other_links_stand_between():
    others = "".join(f"<a href='/{n}'>Office {n}</a>" for n in range(12))
    assert days(f"<div><p>2026年11月25日</p>{others}<div><p>{link('1')}</p></div></div>") == [""]


def test_dates_are_read_in_the_source_s_zone_and_never_ahead_of_the_clock():
    body = f"<ul><li>2026.10.07 {link('1')}</li><li>2026.12.07 {link('2')}</li></ul>"
    one, two = read(body, now=datetime(2026, 10, 8, tzinfo=UTC)).entries
    assert (one.published, one.published_quality) == (datetime(2026, 10, 6, 15, tzinfo=UTC), "date-only")
    assert (two.published, two.published_quality, two.published_raw) == (None, "none", "2026.12.07")


# --- lists in JSON ----------------------------------------------------------------------------------------------------


def test_a_list_that_a_site_s_script_reads_is_read_by_what_holds_an_address():
    listed = {
        "next": "/press/index.html?page=2",
        "data": {
            "items": [
                {"id": 1, "page_url": "/press/2026/1.html", "title": NEWS, "updated_at": "1791334800000"},
                {"link": "https://office.example/press/2026/2.html", "headline": "R&amp;D", "updated": "2026-10-08",
                 "published": "2026-10-07 09:00", "thumb": {"url": "/press/2026/thumb.jpg"}},
                {"page_url": "/press/2026/1.html", "title": "again"},
                {"page_url": "/elsewhere/3.html", "title": "Another"},
                {"page_url": "/press/2026/4.html", "title": None, "date": 4},
            ]
        },
    }  # fmt: skip
    feed = parse(json.dumps(listed).encode(), URL, zone=TOKYO, pattern=FORM)
    assert [(one.url[-6:], one.title, one.published_raw) for one in feed.entries] == [
        ("1.html", NEWS, "1791334800000"),
        ("2.html", "R&D", "2026-10-07 09:00"),
        ("4.html", "https://office.example/press/2026/4.html", ""),
    ]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"items": [{"url": "/press/2026/1.html"}]}', ""),
        (b'{"list": [{"url": "/new/1"}]}', f"no address in it has the form {FORM}"),
        (b"[]", f"no address in it has the form {FORM}"),
        (b"[" * 100_000, "broken JSON"),
        (b'{"a": ', "broken JSON"),
    ],
)
def test_a_json_document_without_articles_says_so(body, reason):
    feed = parse(body, URL, pattern=FORM)
    assert (feed.state, feed.reason) == ("empty" if reason else "ok", reason)


# --- bad pages --------------------------------------------------------------------------------------------------------


def test_a_page_whose_tags_are_never_closed_is_read():
    entries = read(f"<ul><li><b>2026.10.07<p>{link('1')}<li>2026.10.06 {link('2')[:-4]}<li>").entries
    assert [entry.url[-6:] for entry in entries] == ["1.html", "2.html"]


@pytest.mark.parametrize(
    "body",
    [
        "".join(f"<li>2026.10.07 {link(str(n))}</li>" for n in range(60_000)),
        "<div>" * 300_000 + link("1") + "<p>2026.10.07</p>" * 100_000,
        "".join(f"<div>{link(str(n))}<p>2026.10.07</p>" for n in range(20_000)),
        f"<a href='2026/1.html'>{'word ' * 300_000}</a>",
        "<nav>" + "".join(link(str(n)) for n in range(20_000)) + "</nav>",
    ],
    ids=["long list", "deep", "nested list", "long title", "long menu"],
)
def test_pages_of_megabytes_are_read_in_seconds(body):
    begun = time.process_time()
    assert len(read(body).entries) <= 2_000
    assert time.process_time() - begun < 10


@given(st.text(alphabet=st.sampled_from("<>/=\"'&# \naphref2026.html/年月日0:é\0"), max_size=300))
def test_no_page_makes_it_raise_and_every_article_has_the_form(body):
    for entry in read(body, form="html").entries:
        assert entry.url.startswith(("https://", "http://"))
        assert "html" in entry.url
