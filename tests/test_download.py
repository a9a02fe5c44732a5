"""Getting the pages of articles."""

from datetime import UTC, datetime

from tasks.download import download
from tests.loopback import serve
from warehouse.records import Ask

NOW = datetime(2025, 4, 28, 0, 0, tzinfo=UTC)
BING = "http://www.bing.com/news/apiclick.aspx?tid=1&url=http%3a%2f%2fvov.example%2fa&c=1"
GOOGLE = "https://news.google.com/rss/articles/CBMiAAA?oc=5"


def test_pages_come_in_the_order_of_the_asks_under_their_keys():
    with serve() as site:
        site.says("/a", b"first", Content_Type="text/html; charset=euc-jp")
        site.says("/b", b"second")
        asks = [Ask("2", "http://vov.example/b"), Ask("1", "http://vov.example/a"), Ask("3", "http://vov.example/c")]
        answers = download(asks, site.manners("vov.example"), NOW)
    assert [(answer.key, answer.outcome, answer.body) for answer in answers] == [
        ("2", "ok", b"second"),
        ("1", "ok", b"first"),
        ("3", "failed", b""),
    ]
    assert answers[1].content_type == "text/html; charset=euc-jp"


def test_robots_txt_is_heeded_even_where_the_ask_says_no():
    with serve() as site:
        site.says("/robots.txt", b"User-agent: *\nDisallow: /a\n")
        site.says("/a", b"text")
        (answer,) = download([Ask("1", "http://vov.example/a", robots=False)], site.manners("vov.example"), NOW)
    assert (answer.outcome, answer.body) == ("refused", b"")
    assert site.paths() == ["/robots.txt"]


def test_the_publisher_is_asked_and_not_the_redirector():
    with serve() as site:
        site.says("/a", b"text")
        (answer,) = download([Ask("1", BING)], site.manners("vov.example"), NOW)
    assert (answer.outcome, answer.body) == ("ok", b"text")
    assert (answer.url, answer.final_url) == (BING, "http://vov.example/a")


def test_a_link_that_hides_the_publisher_is_not_followed():
    """Asking Google for the article would tell it what is read here."""
    with serve() as site:
        site.says("/a", b"text")
        asks = [Ask("1", GOOGLE), Ask("2", "http://vov.example/a"), Ask("3", GOOGLE)]
        hidden, page, again = download(asks, site.manners("vov.example"), NOW)
    assert (hidden.key, hidden.outcome, hidden.status) == ("1", "refused", 0)
    assert hidden.error == f"the link hides the publisher's address: {GOOGLE}"
    assert (page.key, page.body, again.key) == ("2", b"text", "3")


def test_a_page_beyond_five_mebibytes_is_too_large():
    with serve() as site:
        site.says("/a", bytes(5 * 1024 * 1024 + 1))
        site.says("/b", bytes(5 * 1024 * 1024))
        asks = [Ask("1", "http://vov.example/a"), Ask("2", "http://vov.example/b")]
        large, allowed = download(asks, site.manners("vov.example"), NOW)
    assert (large.outcome, allowed.outcome) == ("too_large", "ok")
