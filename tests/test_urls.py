"""Addresses: which are the same article, which are not, and the laws that hold for any text."""

import tomllib
from base64 import urlsafe_b64encode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.urls import (
    article_id,
    article_key,
    canonical,
    host,
    join,
    opaque,
    registrable,
    side_of,
    twin_key,
    unwrap,
)

TABLE = tomllib.loads((Path(__file__).parent / "recorded" / "urls.toml").read_text("utf-8"))
SAME, DIFFERENT, KEYS = TABLE["same"], TABLE["different"], TABLE["keys"]


@pytest.mark.parametrize(("reason", "one", "other"), SAME, ids=[case[0] for case in SAME])
def test_one_article_has_one_identity(reason, one, other):
    assert canonical(one) == canonical(other), reason
    assert article_id(one) == article_id(other)


@pytest.mark.parametrize(("reason", "one", "other"), DIFFERENT, ids=[case[0] for case in DIFFERENT])
def test_two_articles_have_two_identities(reason, one, other):
    assert canonical(one) != canonical(other), reason
    assert article_id(one) != article_id(other)


@pytest.mark.parametrize(("reason", "url", "key"), KEYS, ids=[case[0] for case in KEYS])
def test_the_site_s_own_id_is_found(reason, url, key):
    assert article_key(url) == (key or None), reason


@pytest.mark.parametrize(("reason", "one", "other"), SAME, ids=[case[0] for case in SAME])
def test_one_article_has_one_key(reason, one, other):
    assert article_key(one) == article_key(other), reason


@pytest.mark.parametrize(("reason", "one", "other"), DIFFERENT, ids=[case[0] for case in DIFFERENT])
def test_two_articles_never_share_a_key(reason, one, other):
    key = article_key(one)
    assert key is None or key != article_key(other) or reason == "page of an article"


def test_the_table_is_as_long_as_it_was_promised_and_says_each_thing_once():
    cases = [tuple(case) for part in TABLE.values() for case in part]
    assert len(cases) >= 200
    assert len(set(cases)) == len(cases)
    for part in TABLE.values():
        assert len({case[0] for case in part}) == len(part)


@given(st.sampled_from([(url, key) for _, url, key in KEYS if key]), st.data())
def test_another_id_is_never_the_same_article(case, data):
    """Change a figure of the id in any address of the table: neither key nor canonical form may stay."""
    url, key = case
    number = key.rpartition("|")[2].rpartition("/")[2]
    at = url.rindex(number)
    places = [at + place for place, sign in enumerate(number) if sign.isdigit()]
    place = data.draw(st.sampled_from(places))
    figure = data.draw(st.sampled_from("0123456789").filter(lambda sign: sign != url[place]))
    other = url[:place] + figure + url[place + 1 :]
    assert article_key(other) != key
    assert canonical(other) != canonical(url)


def test_the_site_s_own_id_survives_a_changed_slug():
    assert article_key("https://vnexpress.net/old-4880001.html") == article_key(
        "https://m.vnexpress.net/new-4880001.html"
    )


def test_the_canonical_form_is_readable():
    """One scheme, bare host, path and what is left of the query: what the warehouse shows as canonical_url."""
    assert canonical("http://www.jiji.com:80/jc/article?g=pol&k=2025042700123#top") == (
        "https://jiji.com/jc/article?k=2025042700123"
    )


def test_relative_addresses_are_read_against_their_base():
    assert canonical("../b?utm_source=x", "http://www.vov.vn/world/a.vov") == "https://vov.vn/b"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.vietnam.vn/no/thu-tuong-a-b", "https://vietnam.vn/ja/thu-tuong-a-b"),
        ("https://www.vietnam.vn/thu-tuong-a-b", "https://thongtin.vietnam.vn/en/thu-tuong-a-b"),
        ("https://vietnam.vn/zh-TW/thu-tuong-a-b", "https://vietnam.vn/thu-tuong-a-b?utm_source=x"),
        ("https://vietlens.example/no/a-b", "http://www.vietlens.example/vi/a-b"),
        ("https://news.example/ja/pomelo-reaches-japan", "https://www.news.example/no/pomelo-reaches-japan/"),
        (
            "https://news.example/zh-TW/2025/pomelo-reaches-japan.html",
            "https://news.example/en/2025/pomelo-reaches-japan.html",
        ),
        ("https://news.example/no-tariffs-on-pomelo", "https://news.example/JA/no-tariffs-on-pomelo"),
        ("https://news.example/vi_VN/buoi-vao-nhat", "https://news.example/buoi-vao-nhat?utm_source=x"),
    ],
)
def test_machine_translations_of_one_article_share_a_twin_key(one, other):
    assert twin_key(one) == twin_key(other) is not None


@pytest.mark.parametrize(
    "url",
    [
        "https://vietnam.vn/",
        "https://vietnam.vn/en",
        "https://vietnam.vn/en/",
        "https://vietnam.vn/en/video",
        "https://vnexpress.net/en/a-b",
        "https://notvietnam.vn/en/a-b",
        "https://news.example/en/about-us",
        "https://news.example/en/2025-04-28",
        "https://news.example/ja/press-release-2025-04",
        "https://news.example/ja/list?article=pomelo-reaches-japan",
        "https://news.example/en/pomelo-reaches-japan?id=7",
        "https://news.example/pomelo-reaches-japan-post12345.html",
        "https://news.example/politics/pomelo-reaches-japan",
        "vietnam.vn",
        "",
    ],
)
def test_pages_that_are_no_machine_translation_have_no_twin_key(url):
    assert twin_key(url) is None


@pytest.mark.parametrize(("reason", "one", "other"), DIFFERENT, ids=[case[0] for case in DIFFERENT])
def test_two_articles_of_one_language_never_share_a_twin_key(reason, one, other):
    assert twin_key(one) is None or twin_key(one) != twin_key(other) or reason.startswith("translation")


_slug = st.lists(st.text("abdeghiklmnoprstuvy", min_size=2, max_size=8), min_size=3, max_size=12).map("-".join)


@given(st.sampled_from(("news.example", "tin.example.vn")), _slug, _slug, st.permutations(("en", "vi", "ja", "zh-TW")))
def test_only_one_slug_on_one_host_is_a_twin(name, slug, another, folders):
    key = twin_key(f"https://{name}/{folders[0]}/{slug}")

    assert key == twin_key(f"https://{name}/{folders[1]}/{slug}")
    assert key is None or key != twin_key(f"https://other-{name}/{folders[1]}/{slug}")
    assert key is None or key != twin_key(f"https://{name}/{folders[1]}/section/{slug}")
    assert key is None or slug == another or key != twin_key(f"https://{name}/{folders[1]}/{another}")


def test_a_folder_that_is_no_language_is_part_of_the_slug():
    assert (
        twin_key("https://vietnam.vn/kinh-te/a-b") == "vietnam.vn/kinh-te/a-b" != twin_key("https://vietnam.vn/en/a-b")
    )


@pytest.mark.parametrize(
    ("base", "href", "expected"),
    [
        ("https://vov.vn/world/a.vov", "b.vov", "https://vov.vn/world/b.vov"),
        ("https://vov.vn/world/", "//e.vov.vn/c", "https://e.vov.vn/c"),
        ("https://vov.vn/world/", "/c d", "https://vov.vn/c%20d"),
        ("https://vov.vn/", "日越", "https://vov.vn/%E6%97%A5%E8%B6%8A"),
        ("", "http://vov.vn", "http://vov.vn/"),
        ("", "http://0x7f.1/", "http://127.0.0.1/"),
        ("", "http://2130706433/", "http://127.0.0.1/"),
        ("https://vov.vn/", "mailto:desk@vov.vn", ""),
        ("https://vov.vn/", "javascript:void(0)", ""),
        ("https://vov.vn/", "data:text/html,x", ""),
        ("https://vov.vn/", "file:///etc/passwd", ""),
        ("", "/relative", ""),
        ("not a base", "/relative", ""),
        ("", "http://", ""),
        ("", "http://a b/", ""),
        ("", "http://vov.vn/\ud800", ""),
    ],
)
def test_links_are_resolved_as_browsers_do_and_only_to_http(base, href, expected):
    assert join(base, href) == expected


def test_the_publisher_s_address_is_taken_out_of_a_redirector():
    """Downloads go to the publisher at once, and the redirector learns nothing."""
    bing = "http://www.bing.com/news/apiclick.aspx?tid=1&url=https%3a%2f%2fwww.vov.vn%2fa%3fid%3d1&c=1"
    assert unwrap(bing) == "https://www.vov.vn/a?id=1"
    assert unwrap("https://www.vov.vn/a?id=1") == "https://www.vov.vn/a?id=1"


def token(address: str) -> str:
    """Pack an address as Google News did: a number, a length of one or two bytes, the address, the rest."""
    packed = address.encode()
    length = [len(packed)] if len(packed) < 128 else [len(packed) & 0x7F | 0x80, len(packed) >> 7]
    return urlsafe_b64encode(b"\x08\x13\x22" + bytes(length) + packed + b"\xd2\x01\x00").decode().rstrip("=")


@pytest.mark.parametrize("path", ["rss/articles/", "articles/", "read/"])
@pytest.mark.parametrize(
    "address", ["https://vov.vn/a?id=1", f"https://vov.vn/{'a' * 113}", f"https://vov.vn/{'a' * 300}", "http://vov.vn/"]
)
def test_an_old_google_news_link_is_unpacked_without_asking_anybody(path, address):
    link = f"https://news.google.com/{path}{token(address)}?oc=5&hl=vi"
    assert unwrap(link) == address
    assert canonical(link) == canonical(address)
    assert not opaque(link)


@pytest.mark.parametrize("inside", ["AU_yqLNsample" * 9, "javascript:alert(1)", "", "//vov.vn/a", "https://"])
def test_a_google_news_link_without_an_address_in_it_stays_as_it_is(inside):
    link = f"https://news.google.com/rss/articles/{token(inside)}"
    assert unwrap(link) == link
    assert opaque(link)


@given(st.binary(max_size=60))
def test_no_token_makes_it_raise(message):
    link = f"https://news.google.com/articles/{urlsafe_b64encode(message).decode().rstrip('=')}"
    assert canonical(canonical(link)) == canonical(link)


def test_links_that_hide_the_publisher_are_told_from_those_that_do_not():
    assert opaque("https://news.google.com/rss/articles/CBMiAAA?oc=5")
    assert not opaque("https://news.google.com/rss/search?q=Vietnam")
    assert not opaque("https://vov.vn/rss/articles/a")
    assert not opaque("")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("vov.vn", "vov.vn"),
        ("en.vietnamplus.vn", "vietnamplus.vn"),
        ("www.sggp.org.vn", "sggp.org.vn"),
        ("itpc.hochiminhcity.gov.vn", "hochiminhcity.gov.vn"),
        ("dantri.com.vn", "dantri.com.vn"),
        ("www.japantimes.co.jp", "japantimes.co.jp"),
        ("japan.kantei.go.jp", "kantei.go.jp"),
        ("www3.nhk.or.jp", "nhk.or.jp"),
        ("blog.goo.ne.jp", "goo.ne.jp"),
        ("el.tufs.ac.jp", "tufs.ac.jp"),
        ("feeds.bbci.co.uk", "bbci.co.uk"),
        ("news.web.nhk", "web.nhk"),
        ("asia.nikkei.com", "nikkei.com"),
        ("one.wixsite.com", "one.wixsite.com"),
        ("co.jp", "co.jp"),
        ("localhost", "localhost"),
        ("192.0.2.7", "192.0.2.7"),
        ("[2001:db8::1]", "[2001:db8::1]"),
    ],
)
def test_the_registered_name_is_found_under_the_suffixes_of_the_region(name, expected):
    assert registrable(name) == expected


def test_the_side_of_an_unknown_outlet_is_the_country_in_its_host():
    assert [side_of(name) for name in ("bao.example.vn", "shimbun.co.jp", "vnjp.example", "")] == [
        "vietnam",
        "japan",
        "third",
        "third",
    ]


def test_the_host_is_named_the_same_on_every_screen():
    assert host("http://m.vnexpress.net/a") == host("https://www.vnexpress.net/b") == "vnexpress.net"
    assert host("no address") == ""


# texts that look like addresses, so that the laws are tried where the rules are
_oddities = [
    "amp",
    "index.html",
    "..",
    ".",
    "%2e",
    "%2F",
    "%ff",
    "a-post1.vnp",
    "url",
    ";sid=1",
    "日",
    "&",
    "e\u0301",
    ".amp",
]
_hosts = [
    "www.vov.vn",
    "m.m.vov.vn.",
    "amp.co.jp",
    "www.google.com",
    "x.cdn.ampproject.org",
    "[::1]",
    "127.1",
    "ü.vn",
    ".",
]
_names = ["q", "url", "utm_x", "ref", "k", "amp;k", ""]
_piece = st.one_of(st.sampled_from(_oddities), st.text(max_size=4))
_address = st.builds(
    "{}{}{}/{}?{}#{}".format,
    st.sampled_from(["http://", "https://", "https:\\", "//", "ftp://", " http://u:p@"]),
    st.sampled_from(_hosts),
    st.sampled_from(["", ":80", ":443", ":8080", ":"]),
    st.lists(_piece, max_size=5).map("/".join),
    st.lists(st.tuples(st.sampled_from(_names), _piece).map("=".join), max_size=4).map("&".join),
    st.text(max_size=2),
)
_wrapped = _address.map("https://www.google.com/url?q={}".format)
anything = st.one_of(st.text(st.characters(exclude_categories=())), _address, _wrapped)


@given(anything)
def test_canonical_is_idempotent(text):
    assert canonical(canonical(text)) == canonical(text)


@given(anything, anything)
def test_no_text_raises(text, other):
    results = [
        canonical(text, other),
        article_id(text),
        host(text),
        join(text, other),
        unwrap(text),
        registrable(host(text)),
    ]
    assert all(isinstance(result, str) for result in results)
    assert article_key(text) is None or "|" in str(article_key(text))
    assert twin_key(text) is None or "/" in str(twin_key(text))


@given(_address)
def test_tracking_added_to_an_address_changes_nothing(text):
    plain = canonical(text)
    if plain.startswith("https://"):
        tracked = plain + ("&" if "?" in plain else "?") + "utm_source=x&fbclid=y"
        assert canonical(tracked) == plain
