"""`vnjp sources`: what is watched is shown, checked honestly, found on sites, and extended without losing a row."""

import csv
import json

import pytest

from flows.probe import check, discover
from flows.settings import load
from flows.sources import add, chosen, import_opml, keep
from flows.watch import sources_of, watched
from tests.command import vnjp
from tests.loopback import serve
from tests.samples import NOW, source
from warehouse.errors import MendableError

FEED = b"""<rss version="2.0"><channel><title>Courier</title><language>en</language>
<item><title>One</title><link>http://one.example/1</link><pubDate>Mon, 28 Apr 2025 09:00:00 +0700</pubDate></item>
<item><title>Two</title><link>http://one.example/2</link></item></channel></rss>"""
PAGE = b'<html><head><link rel="alternate" type="application/rss+xml" href="/news/feed"></head><body>News</body></html>'


@pytest.fixture
def site():
    with serve() as site:
        yield site


@pytest.fixture
def house(tmp_path, monkeypatch):
    """Give the settings of a data folder of its own."""
    monkeypatch.setenv("VNJP_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("VNJP_SOURCES", raising=False)
    return load(tmp_path)


def at(path, host="one.example", **given):
    return source(url=f"http://{host}{path}", source_id=path.strip("/"), **given)


def test_check_gives_an_honest_row_for_each_source_in_its_order(site):
    site.says("/ok", FEED)
    site.says("/html", b"<html><body>Welcome</body></html>")
    site.says("/empty", FEED[: FEED.index(b"<item>")] + b"</channel></rss>")
    site.says("/wall", status=403)
    asked = [at(path) for path in ("/wall", "/ok", "/html", "/empty", "/none")]
    rows = list(check(asked, site.manners(), NOW))
    assert [row.source_id for row in rows] == ["wall", "ok", "html", "empty", "none"]
    assert [row.state for row in rows] == ["blocked", "ok", "not_a_feed", "empty", "failed"]
    ok = rows[1]
    assert (ok.entries, ok.dated, ok.title, ok.language) == (2, 1, "Courier", "en")
    assert ok.newest.isoformat() == "2025-04-28T02:00:00+00:00"
    assert all(row.error for row in rows if row.state not in {"ok", "empty"})


def test_check_asks_in_full_and_keeps_nothing(site, tmp_path):
    site.says("/ok", FEED)
    for _ in range(2):
        list(check([at("/ok")], site.manners(), NOW))
    assert not any("If-None-Match" in visit.headers for visit in site.visits)
    assert not list(tmp_path.iterdir())


def test_discover_takes_the_address_itself_when_it_is_a_feed(site):
    site.says("/rss", FEED)
    [found] = discover("http://one.example/rss", site.manners(), NOW)
    assert (found.how, found.entries) == ("itself", 2)
    assert site.paths() == ["/rss"]


def test_discover_stops_at_the_link_tag(site):
    site.says("/", PAGE)
    site.says("/news/feed", FEED)
    [found] = discover("http://one.example/", site.manners(), NOW)
    assert (found.how, found.url) == ("link tag", "http://one.example/news/feed")
    assert "/feed" not in site.paths()


def test_discover_goes_on_to_common_addresses_and_then_to_sitemaps(site):
    site.says("/", b"<html><body>News</body></html>")
    site.says("/rss.xml", FEED)
    assert [one.how for one in discover("http://one.example/", site.manners(), NOW)] == ["common address"]
    del site.routes["/rss.xml"]
    site.says("/robots.txt", b"Sitemap: http://one.example/maps/news.xml")
    site.says(
        "/maps/news.xml",
        b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>http://one.example/a</loc></url></urlset>',
    )
    assert [one.how for one in discover("http://one.example/", site.manners(), NOW)] == ["sitemap"]


def test_a_site_that_sends_every_unknown_address_home_has_no_feed(site):
    site.says("/", b"<html><body>News</body></html>")
    site.routes = dict.fromkeys(
        ("/", *(f"/{name}" for name in ("feed", "rss", "rss.xml", "sitemap.xml"))), site.routes["/"]
    )
    assert discover("http://one.example/", site.manners(), NOW) == ()


def test_discover_heeds_robots_txt_at_addresses_that_nobody_offered(site):
    site.says("/", b"<html><body>News</body></html>")
    site.says("/robots.txt", b"User-agent: *\nDisallow: /")
    site.says("/feed", FEED)
    assert discover("http://one.example/", site.manners(), NOW) == ()
    assert "/feed" not in site.paths()


@pytest.mark.parametrize(("url", "word"), [("ftp://x.example/", "no web address"), ("http://one.example/no", "404")])
def test_discover_says_why_a_page_cannot_be_had(site, url, word):
    with pytest.raises(MendableError, match=word):
        discover(url, site.manners(), NOW)


def test_a_source_that_answers_is_added_with_what_its_feed_says(site, house, monkeypatch):
    site.says("/rss", FEED)
    monkeypatch.setattr("flows.sources.manners_of", lambda _: site.manners())
    added = add(house, "http://one.example/rss", {"side": "vietnam"}, NOW, look=True)
    assert (added.source_id, added.outlet, added.language, added.side) == ("courier", "Courier", "en", "vietnam")
    assert added in sources_of(house)
    assert len(sources_of(house)) == len(watched()) + 1
    with pytest.raises(MendableError, match="watched already, as courier"):
        add(house, "http://one.example/rss", {}, NOW, look=True)


def test_a_source_that_gives_nothing_is_refused_and_may_be_added_unseen(site, house, monkeypatch):
    monkeypatch.setattr("flows.sources.manners_of", lambda _: site.manners())
    with pytest.raises(MendableError, match="404"):
        add(house, "http://one.example/rss", {}, NOW, look=True)
    assert not (house.data / "sources.csv").exists()
    assert add(house, "http://one.example/rss", {}, NOW, look=False).source_id == "one-example"


def test_an_own_row_replaces_the_shipped_one_of_its_id(house):
    from dataclasses import replace

    first = watched()[0]
    keep(house.data / "sources.csv", [replace(first, enabled=False)])
    mine = {one.source_id: one for one in sources_of(house)}
    assert len(mine) == len(watched())
    assert not mine[first.source_id].enabled


def test_keeping_leaves_other_rows_and_columns_of_a_users_file_alone(tmp_path):
    path = tmp_path / "mine.csv"
    head = "source_id,outlet,family,kind,side,country,language,url,zone,rights,enabled,mine"
    path.write_text(f"{head}\none,One,one,press,third,NO,nb,http://one.example/,UTC,title,yes,kept\n")
    keep(path, [source(source_id="two", note="a, b")])
    rows = list(csv.DictReader(path.read_text().splitlines()))
    assert [row["source_id"] for row in rows] == ["one", "two"]
    assert rows[0]["mine"] == "kept"
    assert [one.note for one in watched(path)] == ["", "a, b"]


def test_a_row_that_could_not_be_read_back_is_refused_and_the_list_stays(tmp_path):
    path = tmp_path / "mine.csv"
    keep(path, [source()])
    before = path.read_bytes()
    with pytest.raises(MendableError, match="zone is 'Hanoi'"):
        keep(path, [source(source_id="two", zone="Hanoi")])
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["mine.csv"]


def test_a_list_that_was_exported_and_imported_adds_nothing_twice(house, tmp_path):
    exported = tmp_path / "all.opml"
    assert vnjp("sources", "export", "--all", exported, VNJP_DATA=house.data).returncode == 0
    new, known = import_opml(house, exported)
    assert (new, known > 50) == ((), True)


def test_a_foreign_list_is_imported_once(house, tmp_path):
    path = tmp_path / "mine.opml"
    path.write_text('<opml><body><outline text="Five" xmlUrl="https://five.example/feed"/></body></opml>')
    result = vnjp("sources", "import", path, "--json", VNJP_DATA=house.data)
    assert json.loads(result.stdout) == {"added": ["five"], "known": 0}, result.stderr
    assert json.loads(vnjp("sources", "import", path, "--json", VNJP_DATA=house.data).stdout)["known"] == 1
    path.write_text("<html>")
    result = vnjp("sources", "import", path, VNJP_DATA=house.data)
    assert result.returncode == 1
    assert "mine.opml cannot be imported" in result.stderr


def test_sources_are_chosen_by_id_heading_or_host():
    known = [at("/a", heading="One"), at("/b", heading="Two", enabled=False), at("/c", "two.example")]
    assert [one.source_id for one in chosen(known, [])] == ["a", "c"]
    assert [one.source_id for one in chosen(known, [], every=True)] == ["a", "b", "c"]
    assert [one.source_id for one in chosen(known, ["Two", "two.example"])] == ["b", "c"]
    with pytest.raises(MendableError, match="nobody"):
        chosen(known, ["nobody"])


def test_the_list_shows_what_is_watched_under_its_headings(tmp_path):
    result = vnjp("sources", "list", VNJP_DATA=tmp_path)
    assert result.returncode == 0, result.stderr
    enabled = [one for one in watched() if one.enabled]
    assert len(result.stdout.splitlines()) == len(enabled) + 3
    lines = [
        json.loads(line) for line in vnjp("sources", "list", "--all", "--json", VNJP_DATA=tmp_path).stdout.splitlines()
    ]
    assert {line["source_id"] for line in lines} == {one.source_id for one in watched()}
    assert {line["state"] for line in lines} == {"never"}


def test_checking_what_cannot_be_reached_ends_with_nothing_usable(tmp_path):
    path = tmp_path / "s.csv"
    keep(path, [source(url="http://one.invalid/rss"), source(source_id="two", url="http://127.0.0.1:9/rss")])
    result = vnjp("sources", "check", VNJP_DATA=tmp_path, VNJP_SOURCES=path)
    assert result.returncode == 1
    assert "0 of 2 gave entries" in result.stdout
    assert "refused" in result.stdout
