"""tasks/discover: where a site keeps its feeds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.discover import MOST, common, offered, sitemaps

PAGE = """<html><head><base href="/tin/">
<link rel="alternate" type="application/rss+xml" title="Tin mới  nhất" href="../rss/moi.rss">
<link rel="Alternate stylesheet" type="text/css" href="/screen.css">
<link rel="alternate" hreflang="en" href="/en/">
<link rel="alternate" type="application/feed+json" href="https://other.example/feed.json">
</head><body>
<a href="/rss/the-gioi.rss">Thế giới</a> <a href="the-gioi.html">Thế giới</a> <a href="/rss/moi.rss">Mới</a>
<a href="mailto:rss@bao.example">RSS</a> <a href="/feedback">Feedback</a> <a href="/tim?q=rss">Tìm</a>
<a href="/rss">RSS</a>
</body></html>""".encode()


def test_link_tags_come_first_then_links_that_look_like_feeds_each_once():
    found = offered(PAGE, "https://bao.example/tin/index.html")
    assert [(one.how, one.url) for one in found] == [
        ("link tag", "https://bao.example/rss/moi.rss"),
        ("link tag", "https://other.example/feed.json"),
        ("link on the page", "https://bao.example/rss/the-gioi.rss"),
        ("link on the page", "https://bao.example/rss"),
    ]
    assert found[0].title == "Tin mới nhất"
    assert found[2].title == "Thế giới"


def test_a_page_of_feeds_does_not_offer_itself():
    assert not offered(b'<a href="">all</a><a href="/rss">RSS</a>', "https://bao.example/rss")


def test_hundreds_of_links_are_cut():
    page = "".join(f'<a href="/rss/{number}.rss">{number}</a>' for number in range(500)).encode()
    assert len(offered(page, "https://bao.example/")) == MOST


def test_common_addresses_lie_below_the_site_and_the_pages_own_folder():
    found = {one.url for one in common("https://bao.example/en/index.html")}
    assert {"https://bao.example/feed", "https://bao.example/en/feed", "https://bao.example/rss.xml"} <= found
    assert len({one.url for one in common("https://bao.example/")}) == len(common("https://bao.example/"))


def test_sitemaps_that_robots_txt_lists_come_before_guesses_and_news_before_others():
    robots = "User-agent: *\nDisallow: /x\nSitemap: https://bao.example/map.xml\nSITEMAP:/news-map.xml\n"
    found = [one.url for one in sitemaps(robots, "https://bao.example/a/b")]
    assert found[:2] == ["https://bao.example/news-map.xml", "https://bao.example/map.xml"]
    assert "https://bao.example/sitemap-news.xml" in found


@pytest.mark.parametrize("body", [b"", b"\x00\xff", b"<rss/>", b"<html></html>", b"plain words"])
def test_a_body_that_offers_nothing_gives_nothing(body):
    assert offered(body, "https://bao.example/") == ()


@given(st.binary(max_size=300), st.text(max_size=40))
def test_nothing_raises_and_every_address_is_http(body, url):
    found = [*offered(body, url), *common(url), *sitemaps(body.decode("latin-1"), url)]
    assert all(one.url.startswith(("http://", "https://")) for one in found)
