"""Sources of every kind through the real stages, over HTTP on loopback, into a real warehouse; all are invented."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tasks.weeks import week_of
from tests.loopback import serve
from tests.samples import source
from warehouse import read
from warehouse.publish import publish
from warehouse.told import source_weeks

NOW = datetime(2026, 10, 7, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)
TITLE = "Nhật Bản tài trợ cầu mới tại Huế"
TEXT = "".join(
    f"<p>Câu thứ {n} kể về cây cầu mới mà Nhật Bản tài trợ cho thành phố Huế trong năm nay.</p>" for n in range(30)
)
GOOGLE = "https://news.google.com/rss/articles/CBMiWkFVX3lx?oc=5"
PRESS = source(source_id="press", outlet="Sao Mai", url="http://saomai.example/rss", language="vi")
SEARCH = source(
    source_id="search", outlet="Search", kind="search", side="third", url="http://search.example/rss", rights="title"
)
LIST = source(
    source_id="list", outlet="Office", kind="readout", url="http://office.example/press/", reads="page",
    pattern=r"^http://office\.example/press/\d+\.html$",
)  # fmt: skip
MAP = source(source_id="map", outlet="Mapped", url="http://mapped.example/news-sitemap.xml")


def page(title=TITLE, date="2026-10-07T08:00:00+07:00"):
    meta = f'<meta property="article:published_time" content="{date}">' if date else ""
    head = f"<head><title>{title}</title>{meta}</head>"
    return f"<html>{head}<body><article><h1>{title}</h1>{TEXT}</article></body></html>".encode()


def rss(link, title, publisher="", guid=""):
    said = f'<source url="http://saomai.example">{publisher}</source>' if publisher else ""
    return (
        f"<rss version='2.0'><channel><title>Feed</title><item><title>{title}</title><link>{link}</link>"
        f"<guid>{guid or link}</guid><pubDate>Wed, 07 Oct 2026 08:30:00 +0700</pubDate>{said}</item></channel></rss>"
    ).encode()


OWN = rss("http://saomai.example/cau-hue.html", TITLE)
FOUND = rss(GOOGLE, f"{TITLE} - Sao Mai", "Sao Mai")


@pytest.fixture
def house(tmp_path):
    """Give a way to collect at a moment from some sources, and the site that answers."""
    from flows.job import Job
    from flows.settings import load
    from flows.stages import check_sources, download_pages, extract_articles
    from flows.steps import inline

    @contextmanager
    def made():
        with serve() as site:
            hosts = ("saomai.example", "search.example", "office.example", "mapped.example")
            manners = site.manners(*hosts, gap_seconds=0)
            settings = load(data=tmp_path / "data", sources=None)

            def collect(*sources, now=NOW):
                job = Job(settings, now, sources, manners)
                check_sources(job, inline)
                download_pages(job, inline)
                extract_articles(job, inline)
                return job.counts

            yield site, collect, settings.warehouse

    return made


def articles(warehouse):
    with warehouse.writer() as db:
        table = db.execute("from base.articles where is_current order by first_seen, article_id").to_arrow_table()
        return table.to_pylist()


def state(warehouse, name):
    with warehouse.writer() as db:
        return read.source_states(db)[name]


# --- pages ------------------------------------------------------------------------------------------------------------


def test_a_list_page_is_watched_from_the_list_to_the_dated_article(house):
    with house() as (site, collect, warehouse):
        site.says("office.example/press/", b'<ul><li><a href="1.html"><img src="a.png"></a></li></ul>')
        site.says("office.example/press/1.html", page(date=""))
        collect(LIST)
        listed = (
            '<ul><li>07/10/2026 <a href="2.html">Second statement of the office</a></li><li><a href="3.html">x</a></li>'
        )
        site.says("office.example/press/", listed.encode())
        site.says("office.example/press/2.html", page("Second statement of the office", date=""))
        site.says("office.example/press/3.html", page("Third statement of the office"))
        collect(LIST, now=NOW + 2 * HOUR)
        first, *later = articles(warehouse)
        second, third = sorted(later, key=lambda one: one["url"])
        asked = [path for path in site.paths("office.example") if "robots" in path]
    assert (first["title"], first["text_kind"], first["backlog"]) == (TITLE, "full", True)
    assert (second["title"], second["published_quality"]) == ("Second statement of the office", "date-only")
    assert (third["published"], third["published_quality"]) == (datetime(2026, 10, 7, 1, tzinfo=UTC), "explicit")
    assert not second["backlog"]
    assert not third["backlog"]
    assert asked, "nobody invited us, so robots.txt is read"


def test_a_list_page_that_forbids_robots_is_not_read(house):
    with house() as (site, collect, warehouse):
        site.says("office.example/robots.txt", b"User-agent: *\nDisallow: /press/\n")
        site.says("office.example/press/", b'<a href="1.html">A statement of the office</a>')
        collect(LIST)
        assert state(warehouse, "list").state == "refused"
        assert site.paths("office.example") == ["/robots.txt"]


def test_a_list_page_whose_links_changed_their_form_is_named_and_keeps_what_was_known(house):
    with house() as (site, collect, warehouse):
        site.says("office.example/press/", b'<a href="1.html">A statement of the office</a>')
        site.says("office.example/press/1.html", page())
        collect(LIST)
        site.says("office.example/press/", b'<html><a href="/new/statement-1">A statement</a></html>')
        collect(LIST, now=NOW + 2 * HOUR)
        known = state(warehouse, "list")
        with warehouse.writer() as db:
            fetches = db.execute("select outcome, error from base.fetches order by fetched_at").fetchall()
        assert len(articles(warehouse)) == 1
    reason = r"none of the page's 1 links has the form ^http://office\.example/press/\d+\.html$"
    assert (known.state, known.error, known.failures) == ("empty", reason, 1)
    assert fetches == [("ok", ""), ("empty", reason)]


# --- sitemaps ---------------------------------------------------------------------------------------------------------


def test_a_news_sitemap_is_a_source(house):
    url = "http://mapped.example/a.html"
    entry = (
        f"<url><loc>{url}</loc><n:news><n:publication><n:name>Mapped</n:name><n:language>vi</n:language></n:publication>"
        f"<n:publication_date>2026-10-07T08:00:00+07:00</n:publication_date><n:title>{TITLE}</n:title></n:news></url>"
    )
    with house() as (site, collect, warehouse):
        site.says("mapped.example/news-sitemap.xml", f'<urlset xmlns:n="n">{entry}</urlset>'.encode())
        site.says("mapped.example/a.html", page())
        collect(MAP)
        (article,) = articles(warehouse)
    assert (article["title"], article["text_kind"], article["outlet"]) == (TITLE, "full", "Mapped")
    assert article["published"] == datetime(2026, 10, 7, 1, tzinfo=UTC)


def test_an_index_of_sitemaps_is_refused_with_the_next_thing_to_try(house):
    with house() as (site, collect, warehouse):
        maps = "<sitemapindex><sitemap><loc>http://mapped.example/1.xml</loc></sitemap></sitemapindex>"
        site.says("mapped.example/news-sitemap.xml", maps.encode())
        collect(MAP)
        known = state(warehouse, "map")
    assert known.state == "empty"
    assert (
        known.error
        == "an index of 1 sitemaps lists no articles: watch one of them, such as http://mapped.example/1.xml"
    )


# --- discoveries ------------------------------------------------------------------------------------------------------


def test_a_hidden_link_stays_a_discovery_of_the_outlet_and_nobody_is_asked_for_it(house):
    with house() as (site, collect, warehouse):
        site.says("search.example/rss", FOUND)
        for hours in range(3):
            collect(SEARCH, now=NOW + hours * HOUR)
        (article,) = articles(warehouse)
        assert {visit.host for visit in site.visits} == {"search.example"}
    assert (article["title"], article["text_kind"], article["text"]) == (TITLE, "title", "")
    assert (article["outlet"], article["family"], article["source_kind"]) == ("Sao Mai", "saomai.example", "search")
    assert (article["rights"], article["url"]) == ("title", GOOGLE)


@pytest.mark.parametrize("hours", [1, 30])
@pytest.mark.parametrize("first", ["search", "press"])
def test_a_discovery_and_the_outlet_s_own_item_become_one_article(house, first, hours):
    with house() as (site, collect, warehouse):
        site.says("search.example/rss", FOUND)
        site.says("saomai.example/rss", OWN)
        site.says("saomai.example/cau-hue.html", page())
        one, other = (SEARCH, PRESS) if first == "search" else (PRESS, SEARCH)
        collect(one)
        (before,) = articles(warehouse)
        for later in range(hours, hours + 2):
            collect(one, other, now=NOW + later * HOUR)
        (article,) = articles(warehouse)
        pages = [path for path in site.paths("saomai.example") if path == "/cau-hue.html"]
    assert article["article_id"] == before["article_id"]
    assert article["first_seen"] == NOW
    assert (article["text_kind"], article["title"], article["source_id"]) == ("full", TITLE, "press")
    assert (article["url"], article["rights"]) == ("http://saomai.example/cau-hue.html", "sentence")
    assert article["canonical_url"] == "https://saomai.example/cau-hue.html"
    assert len(pages) == (2 if (first, hours) == ("press", 30) else 1), "the second look after a day, and no other"


def test_who_owns_an_article_s_outlet_stands_beside_it_but_not_where_only_a_search_knows_it(house):
    with house() as (site, collect, warehouse):
        site.says("search.example/rss", FOUND)
        site.says("saomai.example/rss", rss("http://saomai.example/hue.html", "Cầu mới ở Huế đã thông xe"))
        collect(replace(SEARCH, outlet_id="search"), replace(PRESS, outlet_id="nhandan"))
        publish(warehouse)
        with warehouse.reader() as db:
            owned = dict(db.execute("select source_kind, ownership from articles").fetchall())
    assert owned == {"search": "", "press": "party"}


def test_both_in_one_run_are_one_article_too(house):
    with house() as (site, collect, warehouse):
        site.says("search.example/rss", FOUND)
        site.says("saomai.example/rss", OWN)
        site.says("saomai.example/cau-hue.html", page())
        collect(SEARCH, PRESS)
        (article,) = articles(warehouse)
    assert (article["text_kind"], article["source_id"]) == ("full", "press")


def test_a_link_of_bing_leads_to_the_publisher_without_asking_bing(house):
    wrapped = "http://www.bing.com/news/apiclick.aspx?url=http%3a%2f%2fsaomai.example%2fcau-hue.html&amp;c=1"
    with house() as (site, collect, warehouse):
        site.says("search.example/rss", rss(wrapped, TITLE))
        site.says("saomai.example/cau-hue.html", page())
        collect(SEARCH)
        (article,) = articles(warehouse)
        assert {visit.host for visit in site.visits} == {"search.example", "saomai.example"}
    assert (article["url"], article["outlet"]) == ("http://saomai.example/cau-hue.html", "saomai.example")


# --- dead sources -----------------------------------------------------------------------------------------------------

GONE = source(source_id="gone", url="http://saomai.example/rss")


@pytest.mark.parametrize(
    ("status", "body", "known", "said"),
    [
        (404, b"<html><h1>Not found</h1></html>", "failed", "404"),
        (403, b"<html><h1>Forbidden</h1></html>", "blocked", "403"),
        (410, b"", "gone", "410"),
        (
            200,
            b"<html><body><h1>Our feeds</h1><a href='/rss/home.rss'>Home</a></body></html>",
            "not_a_feed",
            "no feed at",
        ),
        (200, b"<rss version='2.0'><channel><title>Sao Mai</title></channel></rss>", "empty", "no entries"),
    ],
    ids=["not found", "forbidden", "gone", "page of links", "no entries"],
)
def test_a_dead_source_is_known_as_what_it_is(house, status, body, known, said):
    with house() as (site, collect, warehouse):
        site.says("saomai.example/rss", body, status=status)
        collect(GONE)
        found = state(warehouse, "gone")
    assert found.state == known
    assert said in found.error


@pytest.mark.parametrize("url", ["http://no-such-host.invalid/rss", "http://search.example:9/rss"])
def test_a_source_whose_host_is_gone_is_known_as_failed(house, url):
    with house() as (_, collect, warehouse):
        collect(source(source_id="gone", url=url))
        found = state(warehouse, "gone")
    assert (found.state in {"failed", "refused"}, bool(found.error)) == (True, True)


def test_a_source_that_answers_with_the_same_old_entries_for_ever_is_known_as_frozen(house):
    """The old address of a broadcaster did so for a year after its feeds had moved."""
    days = "".join(
        f"<item><title>Tin ngày {day}</title><link>http://saomai.example/{day}.html</link>"
        f"<pubDate>{day:02} Oct 2026 09:00:00 +0700</pubDate></item>"
        for day in range(1, 8)
    )
    with house() as (site, collect, warehouse):
        site.says("saomai.example/rss", f"<rss version='2.0'><channel><title>T</title>{days}</channel></rss>".encode())
        for day in (0, 1, 40, 41):
            collect(PRESS, now=NOW + timedelta(days=day))
        with warehouse.writer() as db:
            weeks = [source_weeks(db, week_of(NOW + timedelta(days=day), "UTC")) for day in (0, 41)]
        assert state(warehouse, "press").state in {"ok", "unchanged"}
    assert [week[0].frozen for week in weeks] == [False, True]
