"""The polite client against a real server: what it asks, when it stops, and what it makes of the answers."""

import asyncio
import gzip
import re
import socket
import struct
import threading
import time
import tracemalloc
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import brotli  # type: ignore[import-untyped] # ships no types
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.web import Manners, ask_all
from tasks.web import headers as read
from tasks.web.guard import closed, dialler
from tasks.web.lanes import Lane
from tests.loopback import Site, serve, speak
from warehouse.records import Answer, Ask

NOW = datetime(2025, 4, 28, 0, 0, tzinfo=UTC)
MEBIBYTE = 1024 * 1024
FOREVER = 30  # seconds that a hostile server goes on, far beyond any limit here


@pytest.fixture
def site():
    with serve() as site:
        yield site


def page(path: str, host: str = "one.example", etag: str = "", last_modified: str = "") -> Ask:
    return Ask(path, f"http://{host}{path}", etag, last_modified, robots=False)


def ask(site: Site, *asks: Ask, **limits: object) -> tuple[Answer, ...]:
    return ask_all(asks, site.manners(**{"gap_seconds": 0.0, **limits}), NOW)


def ask_one(site: Site, one: Ask, **limits: object) -> Answer:
    (answer,) = ask(site, one, **limits)
    return answer


# --- asking -----------------------------------------------------------------------------------------------------------


def test_an_answer_carries_body_type_validators_and_the_run_s_now(site):
    site.says(
        "/a",
        b"<rss/>",
        Content_Type="text/xml; charset=utf-8",
        ETag='W/"1"',
        Last_Modified="Sun, 27 Apr 2025 10:00:00 GMT",
    )
    answer = ask_one(site, page("/a"))
    assert answer == Answer(
        key="/a",
        url="http://one.example/a",
        outcome="ok",
        fetched_at=NOW,
        final_url="http://one.example/a",
        status=200,
        content_type="text/xml; charset=utf-8",
        etag='W/"1"',
        last_modified="Sun, 27 Apr 2025 10:00:00 GMT",
        body=b"<rss/>",
        elapsed_ms=answer.elapsed_ms,
    )
    assert 0 <= answer.elapsed_ms < 5000


def test_answers_come_in_the_order_of_the_asks(site):
    for name in "abc":
        site.says(f"/{name}", name.encode())
    asks = [page("/c", "two.example"), page("/a"), page("/b", "three.example"), page("/c")]
    assert [answer.body for answer in ask(site, *asks)] == [b"c", b"a", b"b", b"c"]


def test_no_asks_no_answers(site):
    assert ask(site) == ()


def test_we_say_who_we_are_and_carry_no_cookies(site):
    site.says("/a", Set_Cookie="visitor=1")
    ask(site, page("/a"), page("/a"))
    first, second = (visit.headers for visit in site.visits)
    assert first["User-Agent"].startswith("vnjp-monitor/")
    assert first["User-Agent"].endswith("(+test@example.org)")
    assert first["Accept-Encoding"] == "gzip, deflate, br"
    assert "Cookie" not in second


def test_without_a_contact_we_give_our_name_alone():
    assert re.fullmatch(r"vnjp-monitor/[\d.]+", Manners().user_agent)


def test_both_validators_are_sent_and_304_means_unchanged(site):
    site.says("/a", status=304, ETag='"2"')
    answer = ask_one(site, page("/a", etag='"1"', last_modified="Sun, 27 Apr 2025 10:00:00 GMT"))
    assert site.visits[0].headers["If-None-Match"] == '"1"'
    assert site.visits[0].headers["If-Modified-Since"] == "Sun, 27 Apr 2025 10:00:00 GMT"
    assert (answer.outcome, answer.status, answer.error, answer.etag) == ("unchanged", 304, "", '"2"')


def test_a_304_that_nobody_asked_for_is_a_failure(site):
    site.says("/a", status=304)
    answer = ask_one(site, page("/a"))
    assert (answer.outcome, answer.error) == ("failed", "HTTP 304 to a request without conditions")


@pytest.mark.parametrize(
    ("status", "outcome", "error"),
    [
        (401, "blocked", "HTTP 401 Unauthorized"),
        (403, "blocked", "HTTP 403 Forbidden"),
        (404, "failed", "HTTP 404 Not Found"),
        (410, "gone", "HTTP 410 Gone"),
        (429, "blocked", "HTTP 429 Too Many Requests"),
        (500, "failed", "HTTP 500 Internal Server Error"),
        (503, "blocked", "HTTP 503 Service Unavailable"),
        (204, "failed", "HTTP 204 No Content"),
        (299, "failed", "HTTP 299"),
    ],
)
def test_each_status_has_its_outcome_and_its_line(site, status, outcome, error):
    site.says("/a", b"" if status == 204 else b"an error page", status=status)
    answer = ask_one(site, page("/a"))
    assert (answer.outcome, answer.status, answer.error, answer.body) == (outcome, status, error, b"")


def test_the_path_is_sent_as_given(site):
    """No escape is rewritten: some servers take %7E and ~ for two things."""
    site.says("/%7Ea/%E6%97%A5/b%2Fc?q=%28x%29&k=a+b", b"here")
    assert ask_one(site, page("/%7Ea/%E6%97%A5/b%2Fc?q=%28x%29&k=a+b")).body == b"here"


# --- redirects --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statuses", "moved_to"),
    [
        ([301], "/1"),
        ([308], "/1"),
        ([302], ""),
        ([303], ""),
        ([307], ""),
        ([301, 308], "/2"),
        ([301, 302], "/1"),
        ([301, 302, 301], "/1"),
        ([302, 301], ""),
    ],
)
def test_only_an_unbroken_run_of_permanent_redirects_moves_an_address(site, statuses, moved_to):
    for step, status in enumerate(statuses):
        site.says(f"/{step}", status=status, Location=f"/{step + 1}")
    site.says(f"/{len(statuses)}", b"here")
    answer = ask_one(site, page("/0"))
    assert (answer.outcome, answer.body) == ("ok", b"here")
    assert answer.final_url == f"http://one.example/{len(statuses)}"
    assert answer.moved_to == (moved_to and f"http://one.example{moved_to}")


def test_a_redirect_to_another_host_is_followed(site):
    site.says("one.example/a", status=302, Location="//two.example/b")
    site.says("two.example/b", b"here")
    assert ask_one(site, page("/a")).final_url == "http://two.example/b"


def test_two_hosts_that_redirect_to_each_other_do_not_wait_for_each_other_for_ever(site):
    site.says("one.example/a", status=302, Location="http://two.example/b")
    site.says("two.example/a", status=302, Location="http://one.example/b")
    site.says("/b", b"here")
    assert [a.outcome for a in ask(site, page("/a"), page("/a", "two.example"))] == ["ok", "ok"]


def test_a_loop_stops_after_five_redirects(site):
    site.says("/a", status=301, Location="/a")
    answer = ask_one(site, page("/a"))
    assert (answer.outcome, answer.error) == ("failed", "more than 5 redirects, the last to http://one.example/a")
    assert len(site.visits) == 6


def test_a_redirect_without_a_target_is_a_failure(site):
    site.says("/a", status=302)
    assert ask_one(site, page("/a")).error == "HTTP 302 without a Location: http://one.example/a"


def test_a_target_in_a_legacy_charset_is_followed(site):
    """Old Japanese servers send raw Shift_JIS bytes in Location."""

    def say(handler):
        handler.wfile.write(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /\x93\xfa\r\n\r\n")

    site.routes["/a"] = say
    site.says("/%93%FA", b"here")
    assert ask_one(site, page("/a")).body == b"here"


def test_not_a_byte_of_a_redirect_s_body_is_read(site):
    site.routes["/a"] = endless(302, Location="/b")
    site.says("/b", b"here")
    assert ask_one(site, page("/a"), total_seconds=5.0).body == b"here"


# --- addresses that are not asked -------------------------------------------------------------------------------------

CLOSED = [
    ("127.0.0.1", "loopback"),
    ("127.255.255.254", "loopback"),
    ("0.0.0.0", "unspecified"),
    ("10.0.0.1", "private"),
    ("172.16.0.1", "private"),
    ("172.31.255.255", "private"),
    ("192.168.1.1", "private"),
    ("169.254.169.254", "link-local"),
    ("100.64.0.1", "shared by a carrier's customers"),
    ("192.0.0.8", "reserved for protocols"),
    ("192.0.2.1", "for documentation"),
    ("198.18.0.1", "for benchmarks"),
    ("224.0.0.1", "multicast"),
    ("239.255.255.250", "multicast"),
    ("255.255.255.255", "reserved or broadcast"),
    ("::", "unspecified"),
    ("::1", "loopback"),
    ("::127.0.0.1", "not given out"),
    ("::ffff:127.0.0.1", "loopback"),
    ("::ffff:10.0.0.1", "private"),
    ("64:ff9b::7f00:1", "loopback"),
    ("64:ff9b::a9fe:a9fe", "link-local"),
    ("64:ff9b:1::1", "not given out"),
    ("2002:7f00:1::", "loopback"),
    ("2002:a00:1::1", "private"),
    ("2001:0:808:808::f7f7:f7f7", "reserved for protocols"),
    ("2001:0:7f00:1:0:0:0:0", "loopback"),
    ("2001:0:808:808::80ff:fffe", "loopback"),
    ("2001:db8::1", "for documentation"),
    ("fc00::1", "private"),
    ("fd00::1", "private"),
    ("fe80::1", "link-local"),
    ("fe80::1%lo", "link-local"),
    ("fec0::1", "site-local"),
    ("ff02::1", "multicast"),
]


@pytest.mark.parametrize(("address", "reason"), CLOSED)
def test_no_address_inside_is_dialled(address, reason):
    assert closed(address) == reason


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8",
        "172.32.0.1",
        "100.128.0.1",
        "198.20.0.1",
        "2400:4000::1",
        "2001:200::1",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
    ],
)
def test_addresses_of_the_public_internet_are_dialled(address):
    assert closed(address) == ""


INSIDE = [
    ("http://127.0.0.1/", "127.0.0.1 is not asked: 127.0.0.1 is loopback"),
    ("http://127.1/", "127.0.0.1 is not asked: 127.0.0.1 is loopback"),
    ("http://2130706433/", "127.0.0.1 is not asked: 127.0.0.1 is loopback"),
    ("http://0x7f000001/", "127.0.0.1 is not asked: 127.0.0.1 is loopback"),
    ("http://0177.0.0.1/", "127.0.0.1 is not asked: 127.0.0.1 is loopback"),
    ("http://169.254.169.254/latest/meta-data/", "169.254.169.254 is not asked: 169.254.169.254 is link-local"),
    ("http://[::1]/", "[::1] is not asked: ::1 is loopback"),
    ("http://[::ffff:10.0.0.1]/", "[::ffff:a00:1] is not asked: ::ffff:a00:1 is private"),
    ("http://[64:ff9b::7f00:1]/", "[64:ff9b::7f00:1] is not asked: 64:ff9b::7f00:1 is loopback"),
    ("http://reader:secret@one.example/", "a user name in the address: http://reader:secret@one.example/"),
    ("http://one.example:8080/", "port 8080 is not asked: http://one.example:8080/"),
    ("http://one.example:22/", "port 22 is not asked: http://one.example:22/"),
]


@pytest.mark.parametrize(("url", "error"), INSIDE)
def test_an_address_inside_is_refused_whether_asked_or_redirected_to(site, url, error):
    site.says("/a", status=302, Location=url)
    direct, redirected = ask(site, Ask("x", url, robots=False), page("/a"))
    assert (direct.outcome, direct.status, direct.error) == ("refused", 0, error)
    assert (redirected.outcome, redirected.status, redirected.error) == ("refused", 0, error)
    assert site.paths() == ["/a"]


LITERALS = [
    *(f"http://[{inside}]/" if ":" in inside else f"http://{inside}/" for inside, _ in CLOSED if "%" not in inside),
    "//10.0.0.1/", "http://0x7f.1/", "http://0/", "https://127.0.0.1/", "http://localhost/", "http://one.example@10.0.0.1/",
]  # fmt: skip


def test_every_closed_address_is_refused_by_address_and_by_redirect_and_none_is_dialled(site, monkeypatch):
    """All in one call: 40 requests to the outside, and not a socket is made for them."""
    dialled = []
    make = socket.socket
    monkeypatch.setattr(socket, "socket", lambda *given, **more: dialled.append(given[:1]) or make(*given, **more))
    for number, url in enumerate(LITERALS):
        site.says(f"/{number}", status=302, Location=url)
    direct = ask(site, *(Ask(url, f"http:{url}" if url.startswith("//") else url, robots=False) for url in LITERALS))
    assert {answer.outcome for answer in direct} == {"refused"}, [a for a in direct if a.outcome != "refused"]
    assert not {socket.AF_INET, socket.AF_INET6} & {family for given in dialled for family in given}
    monkeypatch.undo()
    redirected = ask(site, *(page(f"/{number}") for number in range(len(LITERALS))))
    assert {answer.outcome for answer in redirected} == {"refused"}
    assert len(site.visits) == len(LITERALS)


@pytest.mark.parametrize("url", ["ftp://one.example/", "file:///etc/passwd", "//one.example/", "/a", "", "\ud800"])
def test_what_is_no_http_address_is_refused(site, url):
    answer = ask_one(site, Ask("x", url, robots=False))
    assert (answer.outcome, answer.error) == ("refused", f"not an http address: {url!r}")


def test_a_redirect_to_another_scheme_is_refused(site):
    site.says("/a", status=302, Location="ftp://one.example/b")
    answer = ask_one(site, page("/a"))
    assert (answer.outcome, answer.error) == ("refused", "redirected to what is no http address: 'ftp://one.example/b'")


def test_a_name_that_means_loopback_is_refused_when_dialled(site):
    """The resolver is the system's: the guard sees what it answers, not the name."""
    answer = ask_one(site, Ask("x", "http://localhost/", robots=False))
    assert answer.outcome == "refused"
    assert "is loopback" in answer.error


@pytest.mark.parametrize("inside", ["10.0.0.1", "169.254.169.254", "127.0.0.1", "64:ff9b::7f00:1"])
def test_a_name_whose_address_changes_is_refused_when_dialled(site, monkeypatch, inside):
    """DNS rebinding: the resolver gives an open address first and one inside the next time; nothing stands between."""
    given = iter([("127.0.0.1", site.port), *[(inside, 80)] * 5])

    def look_up(*_, **__):
        address = next(given)
        family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", (*address, 0, 0) if ":" in address[0] else address)]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    site.says("/a", b"here")
    rebinding = page("/a", "rebinding.example")
    assert ask_one(site, rebinding).body == b"here"  # the site's own address is open under any name
    answer = ask_one(site, rebinding)
    assert answer.outcome == "refused"
    assert answer.error.startswith(f"rebinding.example is not asked: {inside} is ")
    assert len(site.visits) == 1


def test_nothing_else_on_loopback_passes_for_a_pretended_name(site):
    other = Ask("x", f"http://127.0.0.1:{site.port}/", robots=False)
    assert ask_one(site, other).error == f"port {site.port} is not asked: http://127.0.0.1:{site.port}/"
    assert site.visits == []


def test_a_name_beyond_dns_is_a_failure(site):
    assert ask_one(site, Ask("x", f"http://{'a' * 64}.example/", robots=False)).outcome == "failed"


# --- behind a proxy ---------------------------------------------------------------------------------------------------


def proxied(site: Site, *asks: Ask, **limits: object) -> tuple[Answer, ...]:
    """Ask through a proxy at the site's port: it sees whole addresses as paths."""
    return ask(site, *asks, proxy=f"http://reader:s3cret@127.0.0.1:{site.port}", **limits)


def test_behind_a_proxy_everything_goes_through_it(site):
    site.says("http://one.example/a", status=302, Location="/b")
    site.says("http://one.example/b", b"here")
    (answer,) = proxied(site, page("/a"))
    assert (answer.body, answer.final_url) == (b"here", "http://one.example/b")
    assert site.paths() == ["http://one.example/a", "http://one.example/b"]
    assert site.visits[0].headers["Proxy-Authorization"].startswith("Basic ")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://10.0.0.1/", "http://169.254.169.254/latest/", "http://[::1]/", "http://2130706433/",
        "http://[64:ff9b::7f00:1]/", "http://[2002:a00:1::1]/", "http://localhost/", "https://localhost/",
    ],
)  # fmt: skip
def test_a_proxy_is_not_asked_for_what_lies_inside(site, url):
    """It stands inside and could reach it: what the guard would refuse at dial time is refused before."""
    site.says("http://one.example/a", status=302, Location=url)
    for answer in proxied(site, Ask("x", url, robots=False), page("/a")):
        assert (answer.outcome, answer.status) == ("refused", 0)
        assert " is not asked: " in answer.error
    assert site.paths() == ["http://one.example/a"]


def test_a_name_that_cannot_be_looked_up_here_is_not_given_to_the_proxy(site):
    (answer,) = proxied(site, page("/a", "nowhere.invalid"))
    assert answer.outcome == "refused"
    assert "cannot be checked for the proxy" in answer.error
    assert site.visits == []


def test_behind_a_proxy_nothing_else_can_be_dialled():
    dial = dialler({"proxy": ("127.0.0.1", 3128)}, only=True)
    with pytest.raises(PermissionError, match="not the proxy"):
        dial((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 443)))
    dial((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 3128))).close()


def test_a_proxy_that_gives_no_way_or_is_not_there_is_named(site):
    (refusing,) = proxied(site, Ask("x", "https://one.example/a", robots=False))
    assert refusing.outcome == "failed"
    assert refusing.error.startswith("the proxy of VNJP_PROXY gives no way to one.example: 501")
    absent = site.manners(gap_seconds=0.0, proxy="http://127.0.0.1:9")
    assert ask_all([page("/a")], absent, NOW)[0].error.startswith("no connection to the proxy of VNJP_PROXY")
    nameless = site.manners(gap_seconds=0.0, proxy="http://proxy.invalid:3128")
    assert ask_all([page("/a")], nameless, NOW)[0].error.startswith("the proxy of VNJP_PROXY has no address")


def test_a_proxy_s_password_is_shown_nowhere(site):
    assert "s3cret" not in repr(site.manners(proxy="http://reader:s3cret@127.0.0.1:1"))
    answer = ask_all([page("/a")], site.manners(proxy="http://reader:s3cret@127.0.0.1:9"), NOW)[0]
    assert "s3cret" not in repr(answer)


# --- cookies ----------------------------------------------------------------------------------------------------------


def wants_a_cookie(handler):
    """Redirect to itself until its cookie comes back, as qdnd.vn does."""
    if "visitor=1" in handler.headers.get("Cookie", ""):
        speak(b"here")(handler)
    else:
        speak(status=302, Location="/a", Set_Cookie="visitor=1; Path=/")(handler)


def test_a_source_that_needs_a_cookie_gets_it_back_while_it_is_asked(site):
    site.routes["/a"] = wants_a_cookie
    first, second = ask(site, *[replace(page("/a"), cookies=True)] * 2)
    assert (first.body, second.body) == (b"here", b"here")
    assert Counter(visit.headers.get("Cookie") for visit in site.visits) == {None: 2, "visitor=1": 2}


def test_without_its_switch_the_loop_ends_and_the_switch_is_named(site):
    site.routes["/a"] = wants_a_cookie
    answer = ask_one(site, page("/a"))
    assert answer.outcome == "failed"
    assert answer.error.endswith("; it wants to set a cookie, so try cookies = yes for this source")
    assert len(site.visits) == 6


def test_a_cookie_is_not_carried_to_another_host(site):
    site.says("one.example/a", status=302, Location="http://two.example/b", Set_Cookie="visitor=1; Path=/")
    site.says("two.example/b", b"here")
    assert ask_one(site, replace(page("/a"), cookies=True)).body == b"here"
    assert "Cookie" not in site.visits[-1].headers


# --- limits on bytes --------------------------------------------------------------------------------------------------


def endless(status: int = 200, **headers: str):
    """Say half a mebibyte, and again, until the client has had enough."""

    def say(handler):
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.close_connection = True
        for _ in range(400):
            handler.wfile.write(b"x" * (MEBIBYTE // 2))

    return say


def test_an_endless_body_is_cut_off(site):
    site.routes["/a"] = endless()
    answer = ask_one(site, page("/a"), wire_bytes=MEBIBYTE)
    assert (answer.outcome, answer.status, answer.body) == ("too_large", 200, b"")
    assert answer.error == "the body is more than 1048576 bytes as sent"


def bomb(encoding: str) -> bytes:
    if encoding == "br":
        return bytes(brotli.compress(bytes(100 * MEBIBYTE), quality=1))
    packer = zlib.compressobj(1, zlib.DEFLATED, 31 if encoding == "gzip" else 15)
    return b"".join([*(packer.compress(bytes(MEBIBYTE)) for _ in range(100)), packer.flush()])


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_a_bomb_of_100_mebibytes_is_defused(site, encoding):
    site.says("/a", bomb(encoding), Content_Encoding=encoding)
    tracemalloc.start()
    try:
        answer = ask_one(site, page("/a"))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (answer.outcome, answer.error) == ("too_large", "the body is more than 5242880 bytes once decoded")
    assert peak < 30 * MEBIBYTE


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [("", bytes), ("identity", bytes), ("gzip", gzip.compress), ("deflate", zlib.compress), ("br", brotli.compress)],
)
def test_an_honest_big_body_passes_in_every_encoding_that_we_offer(site, encoding, pack):
    body = bytes(range(256)) * 16 * 1024
    site.says("/a", pack(body), **({"Content_Encoding": encoding} if encoding else {}))
    answer = ask_one(site, page("/a"))
    assert (answer.outcome, len(answer.body)) == ("ok", 4 * MEBIBYTE)
    assert answer.body == body


@pytest.mark.parametrize("encoding", ["gzip, gzip", "gzip, br", "br,gzip", "zstd", "compress", "x-unknown"])
def test_chains_and_encodings_that_we_did_not_offer_are_not_decoded(site, encoding):
    site.says("/a", gzip.compress(b"x"), Content_Encoding=encoding)
    answer = ask_one(site, page("/a"))
    assert (answer.outcome, answer.body) == ("failed", b"")
    assert encoding in answer.error


def test_an_encoding_that_is_a_lie_is_a_failure(site):
    site.says("/a", b"plain text", Content_Encoding="gzip")
    answer = ask_one(site, page("/a"))
    assert answer.outcome == "failed"
    assert "one.example" in answer.error
    assert "\n" not in answer.error


# --- limits on time ---------------------------------------------------------------------------------------------------


def drip(handler):
    handler.send_response(200)
    handler.end_headers()
    for _ in range(FOREVER * 20):
        handler.wfile.write(b"x")
        time.sleep(0.05)


def stall(site: Site):
    return lambda _: site.ending.wait(FOREVER) and None


def test_a_slow_drip_ends_at_the_deadline(site):
    site.routes["/a"] = drip
    started = time.monotonic()
    answer = ask_one(site, page("/a"), total_seconds=0.4)
    assert time.monotonic() - started < 2
    assert (answer.outcome, answer.error) == ("timeout", "no whole answer from one.example within 0.4 s")
    assert answer.elapsed_ms >= 390


def test_a_host_that_says_nothing_is_given_up_earlier(site):
    site.routes["/a"] = stall(site)
    answer = ask_one(site, page("/a"), read_seconds=0.2)
    assert (answer.outcome, answer.error) == ("timeout", "one.example sent nothing for 0.2 s")


def test_the_deadline_covers_all_redirects_together(site):
    def slow(handler):
        time.sleep(0.25)
        speak(status=302, Location="/a")(handler)

    site.routes["/a"] = slow
    started = time.monotonic()
    answer = ask_one(site, page("/a"), total_seconds=0.6)
    assert time.monotonic() - started < 2
    assert answer.outcome == "timeout"
    assert 2 <= len(site.visits) <= 3


def test_waiting_for_one_s_turn_does_not_count_as_the_host_s_time(site):
    def slow(handler):
        time.sleep(0.15)
        speak(b"here")(handler)

    site.routes["/a"] = slow
    answers = ask(site, *[page("/a")] * 5, total_seconds=0.5)
    assert [answer.outcome for answer in answers] == ["ok"] * 5
    assert all(answer.elapsed_ms < 500 for answer in answers)


def test_one_dead_host_does_not_hold_up_the_others(site):
    site.routes["one.example/a"] = stall(site)
    site.says("two.example/a", b"here")
    started = time.monotonic()
    answers = ask(site, *[page("/a")] * 20, page("/a", "two.example"), read_seconds=0.1)
    assert time.monotonic() - started < 3
    assert [answer.outcome for answer in answers] == ["timeout"] * 20 + ["ok"]
    assert answers[19].error == "not asked: one.example let 3 requests in a row time out"
    assert len(site.paths("one.example")) == 3


# --- servers that do not behave ---------------------------------------------------------------------------------------


def reset(handler):
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True


def raw(data: bytes):
    def say(handler):
        handler.wfile.write(data)
        handler.close_connection = True

    return say


@pytest.mark.parametrize(
    "say",
    [
        reset,
        raw(b""),
        raw(b"this is no HTTP\r\n\r\n"),
        raw(b"HTTP/1.1 200\r\nContent-Length: many\r\n\r\n"),
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"),
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhalf"),
        raw(b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 4\r\n\r\n\xff\xff\xff\xff"),
        raw(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n"),
        raw(b"HTTP/1.1 302 Found\r\nLocation: http://[half\r\nContent-Length: 0\r\n\r\n"),
    ],
    ids=[
        "reset",
        "nothing",
        "no HTTP",
        "bad length",
        "half a body",
        "bad chunk",
        "bad brotli",
        "huge header",
        "bad target",
    ],
)
def test_a_broken_answer_is_a_failure_with_one_line(site, say):
    site.routes["/a"] = say
    answer = ask_one(site, page("/a"))
    assert answer.outcome in {"failed", "refused"}
    assert 0 < len(answer.error) < 300
    assert "\n" not in answer.error
    assert answer.body == b""


def test_a_port_that_nobody_listens_on_is_a_failure():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        manners = Manners("test@example.org", pretend={"one.example": free.getsockname()})
        (answer,) = ask_all([page("/a")], manners, NOW)
    assert answer.outcome == "failed"
    assert answer.error.startswith("no connection to one.example: ")


# --- turns, gaps and pauses -------------------------------------------------------------------------------------------


def test_a_host_gets_one_request_at_a_time_and_hosts_go_side_by_side(site):
    def slow(handler):
        time.sleep(0.1)
        speak(b"x")(handler)

    site.routes["/a"] = slow
    ask(site, *[page("/a", host) for host in ("one.example", "two.example") for _ in range(4)])
    one, two = ([visit for visit in site.visits if visit.host == host] for host in ("one.example", "two.example"))
    assert len(one) == len(two) == 4
    for visits in (one, two):
        assert all(later.begun >= earlier.ended for earlier, later in pairwise(visits))
    assert any(left.begun < right.ended and right.begun < left.ended for left in one for right in two)


def test_no_more_hosts_at_once_than_allowed(site):
    def slow(handler):
        time.sleep(0.1)
        speak(b"x")(handler)

    site.routes["/a"] = slow
    ask(site, page("/a"), page("/a", "two.example"), page("/a", "three.example"), hosts=1)
    visits = site.visits
    assert all(later.begun >= earlier.ended for earlier, later in pairwise(visits))


def test_between_two_starts_at_a_host_lies_the_gap():
    async def starts() -> Sequence[float]:
        lane, places = Lane("one.example", 0.1), asyncio.Semaphore(5)

        async def start() -> float:
            async with lane.turn(places):
                return time.monotonic()

        return await asyncio.gather(start(), start(), start())

    times = asyncio.run(starts())
    assert all(later - earlier > 0.09 for earlier, later in pairwise(times))


def test_a_pretended_host_needs_no_gap(site):
    site.says("/a", b"x")
    started = time.monotonic()
    ask(site, *[page("/a")] * 10, gap_seconds=30.0)
    assert time.monotonic() - started < 2


def test_a_crawl_delay_widens_the_gap(site):
    site.says("/robots.txt", b"User-agent: *\nCrawl-delay: 0.5\n")
    site.says("/a", b"x")
    ask(site, *[Ask("x", "http://one.example/a")] * 2)
    begun = [visit.begun for visit in site.visits]
    assert all(later - earlier > 0.25 for earlier, later in pairwise(begun))
    assert site.paths() == ["/robots.txt", "/a", "/a"]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120), ("Mon, 28 Apr 2025 00:05:00 GMT", 300), ("Mon, 28 Apr 2025 07:05:00 +0700", 300), ("999999", 86400)],
)
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_pauses_the_whole_host_and_no_other(site, status, value, seconds):
    site.says("one.example/a", status=status, Retry_After=value)
    site.says("/b", b"here")
    first, second, other = ask(site, page("/a"), page("/b"), page("/b", "two.example"))
    assert (first.outcome, first.retry_after) == ("blocked", seconds)
    assert (second.outcome, second.status) == ("blocked", 0)
    assert second.error == f"not asked: one.example wants a pause of {seconds} s (HTTP {status})"
    assert seconds - 5 < second.retry_after <= seconds
    assert other.outcome == "ok"
    assert site.paths("one.example") == ["/a"]


def test_too_many_requests_pauses_the_host_even_without_a_time(site):
    site.says("/a", status=429)
    first, second = ask(site, page("/a"), page("/b"))
    assert (first.retry_after, second.outcome) == (60, "blocked")
    assert site.paths() == ["/a"]


def test_a_queue_longer_than_a_run_has_time_for_is_left_for_the_next(site):
    """A first run may find a thousand pages of one host: what it had is kept, and the rest is no failure."""

    def slow(handler):
        time.sleep(0.05)
        speak(b"x")(handler)

    site.routes["one.example/a"] = slow
    site.says("two.example/a", b"x")
    started = time.monotonic()
    *queue, other = ask(site, *[page("/a")] * 60, page("/a", "two.example"), call_seconds=0.5)
    assert time.monotonic() - started < 2
    assert other.outcome == "ok"
    outcomes = [answer.outcome for answer in queue]
    had = outcomes.count("ok")
    assert outcomes == ["ok"] * had + ["blocked"] * (60 - had)
    assert 0 < had == len(site.paths("one.example")) <= 10
    assert queue[-1].error == "not asked: one.example has more to be asked than one run has time for"
    assert (queue[-1].status, queue[-1].retry_after) == (0, 1)


def test_a_pause_asked_for_earlier_holds_until_it_is_over(site):
    site.says("/a", b"here")
    paused = {"one.example": NOW + timedelta(minutes=10), "two.example": NOW}
    first, other = ask(site, page("/a"), page("/a", "two.example"), paused=paused)
    assert (first.outcome, first.status, first.retry_after) == ("blocked", 0, 600)
    assert first.error == "not asked: one.example wants a pause until 2025-04-28 00:10 UTC"
    assert other.body == b"here"
    assert site.paths("one.example") == []


def test_one_page_that_is_unavailable_says_nothing_of_the_next(site):
    site.says("/a", status=503)
    site.says("/b", b"here")
    first, second = ask(site, page("/a"), page("/b"))
    assert (first.outcome, first.retry_after, second.outcome) == ("blocked", 0, "ok")


# --- robots.txt -------------------------------------------------------------------------------------------------------


def test_robots_txt_is_read_once_and_obeyed(site):
    site.says("/robots.txt", b"User-agent: *\nDisallow: /private\nUser-agent: other\nDisallow: /\n")
    site.says("/a", b"here")
    site.says("/private/b", b"secret")
    allowed, refused, again = ask(
        site, *(Ask(path, f"http://one.example{path}") for path in ("/a", "/private/b", "/a"))
    )
    assert (allowed.outcome, again.outcome) == ("ok", "ok")
    assert refused.outcome == "refused"
    assert refused.error == "robots.txt of http://one.example does not allow http://one.example/private/b"
    assert sorted(site.paths()) == ["/a", "/a", "/robots.txt"]


def test_robots_txt_may_address_us_by_name(site):
    site.says("/robots.txt", b"User-agent: vnjp-monitor\nDisallow: /\n\nUser-agent: *\nAllow: /\n")
    assert ask_one(site, Ask("x", "http://one.example/a")).outcome == "refused"


def test_a_feed_that_need_not_ask_does_not(site):
    site.says("/robots.txt", b"User-agent: *\nDisallow: /\n")
    site.says("/a", b"<rss/>")
    assert ask_one(site, page("/a")).outcome == "ok"
    assert site.paths() == ["/a"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_without_a_robots_txt_all_is_allowed(site, status):
    site.says("/robots.txt", b"Disallow: /", status=status)
    site.says("/a", b"here")
    assert ask_one(site, Ask("x", "http://one.example/a")).outcome == "ok"


@pytest.mark.parametrize(("status", "outcome"), [(500, "failed"), (502, "failed"), (503, "blocked")])
def test_behind_a_broken_robots_txt_nothing_is_asked_this_time(site, status, outcome):
    site.says("/robots.txt", status=status)
    answer = ask_one(site, Ask("x", "http://one.example/a"))
    assert answer.outcome == outcome
    assert answer.error.startswith(f"http://one.example/robots.txt cannot be read: HTTP {status} ")
    assert site.paths() == ["/robots.txt"]


def test_behind_a_silent_robots_txt_nothing_is_asked_this_time(site):
    site.routes["/robots.txt"] = stall(site)
    answer = ask_one(site, Ask("x", "http://one.example/a"), read_seconds=0.1)
    assert answer.outcome == "timeout"
    assert site.paths() == ["/robots.txt"]


def test_robots_txt_holds_for_redirect_targets_too(site):
    site.says("two.example/robots.txt", b"User-agent: *\nDisallow: /\n")
    site.says("one.example/a", status=302, Location="http://two.example/b")
    answer = ask_one(site, Ask("x", "http://one.example/a"))
    assert answer.outcome == "refused"
    assert site.paths("two.example") == ["/robots.txt"]


def test_robots_txt_may_be_redirected(site):
    site.says("one.example/robots.txt", status=301, Location="http://two.example/robots.txt")
    site.says("two.example/robots.txt", b"User-agent: *\nDisallow: /a\n")
    assert ask_one(site, Ask("x", "http://one.example/a")).outcome == "refused"


def test_of_a_huge_robots_txt_the_beginning_counts(site):
    """RFC 9309, 2.5: at least 500 kibibytes are read."""
    site.says("/robots.txt", b"User-agent: *\nDisallow: /a\n" + b"# x\n" * MEBIBYTE)
    refused, allowed = ask(site, Ask("x", "http://one.example/a"), Ask("x", "http://one.example/b"))
    assert (refused.outcome, allowed.status) == ("refused", 404)


def test_a_pause_asked_for_by_robots_txt_holds_for_the_pages(site):
    site.says("/robots.txt", status=503, Retry_After="60")
    answer = ask_one(site, Ask("x", "http://one.example/a"))
    assert answer.outcome == "blocked"
    assert site.paths() == ["/robots.txt"]


# --- headers ----------------------------------------------------------------------------------------------------------


def test_a_last_modified_of_the_future_is_dropped(site):
    """Sent back it would bring 304 until that day (FreshRSS#1020)."""
    site.says("/a", Last_Modified="Mon, 28 Apr 2025 00:00:01 GMT", ETag='"1"')
    answer = ask_one(site, page("/a"))
    assert (answer.last_modified, answer.etag) == ("", '"1"')


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Cache-Control": "public, max-age=600"}, 600),
        ({"Cache-Control": "s-maxage=600"}, 0),
        ({"Cache-Control": "max-age=600, no-cache"}, 0),
        ({"Cache-Control": "max-age=99999999"}, 86400),
        ({"Expires": "Mon, 28 Apr 2025 01:00:00 GMT"}, 3600),
        ({"Expires": "Sun, 27 Apr 2025 01:00:00 GMT"}, 0),
        ({"Expires": "0"}, 0),
        ({"Cache-Control": "max-age=600", "Expires": "Mon, 28 Apr 2025 01:00:00 GMT"}, 600),
        ({}, 0),
    ],
)
def test_freshness_is_read_from_max_age_else_expires(headers, seconds):
    assert read.fresh_for(headers, NOW) == seconds


@given(
    st.text(st.characters(exclude_categories=()))
    | st.from_regex(r"\A[A-Z][a-z]{2}, \d+ Apr \d+ \d+:\d+:\d+ [-+]?\w+\Z")
)
def test_no_header_raises(value):
    names = ("Retry-After", "Expires", "Last-Modified", "Cache-Control", "Location", "ETag")
    headers = dict.fromkeys(names, value)
    assert 0 <= read.retry_after(headers, NOW) <= 86400
    assert 0 <= read.fresh_for(headers, NOW) <= 86400
    assert read.last_modified(headers, NOW).isascii()
    assert not any("\udc80" <= character <= "\udcff" for character in read.location(headers))


# --- threads ----------------------------------------------------------------------------------------------------------


def test_it_works_in_any_thread_beside_a_running_loop(site):
    """Prefect runs tasks in threads, with its own loop in another."""
    site.says("/a", b"here")

    async def beside() -> tuple[Answer, ...]:
        return await asyncio.to_thread(ask, site, page("/a"))

    assert asyncio.run(beside())[0].body == b"here"


def test_two_threads_may_ask_at_once(site):
    site.says("/a", b"here")
    outcomes: list[str] = []

    def work() -> None:
        outcomes.append(ask_one(site, page("/a")).outcome)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == ["ok"] * 3
