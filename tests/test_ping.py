"""The dead-man ping: after good runs only, with the flow's name, and never in the way of a run."""

import logging

import pytest

from flows.ping import no_good, ping
from flows.settings import SettingsError, load
from flows.tell.lines import LOG
from tests.loopback import serve


@pytest.fixture
def said():
    found, handler = [], logging.Handler()
    handler.emit = lambda record: found.append(record.getMessage())
    LOG.addHandler(handler)
    yield found
    LOG.removeHandler(handler)


@pytest.fixture
def site(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    with serve() as site:
        site.says("/s3cret/collect")
        yield site


def asked(site, path, flow="collect", counts=None, **given):
    return ping(load(ping_url=f"http://127.0.0.1:{site.port}{path}", **given), flow, counts or {})


def test_after_a_good_run_the_address_is_asked_with_the_flows_name(site, said):
    assert asked(site, "/s3cret/{flow}")
    assert (site.paths(), said) == (["/s3cret/collect"], [])


def test_without_an_address_nobody_is_asked():
    assert not ping(load(ping_url=""), "collect", {})


@pytest.mark.parametrize(
    ("flow", "counts", "why"),
    [
        ("collect", {"asked": 9, "failed": 9}, "no source answered"),
        ("collect", {"asked": 9, "failed": 8}, ""),
        ("collect", {"asked": 0, "failed": 0}, ""),  # none was due
        ("maintain", {"wrong_rows": 2}, "data checks found 2 wrong rows"),
        ("digest", {}, ""),
    ],
)
def test_a_run_is_no_good_one_when_no_source_answered_or_rows_are_wrong(flow, counts, why):
    assert no_good(flow, counts) == why


def test_after_a_run_that_was_no_good_the_address_is_not_asked(site, said):
    assert not asked(site, "/s3cret/{flow}", counts={"asked": 2, "failed": 2})
    assert (site.paths(), said) == ([], ["ping: not sent, since no source answered"])


def test_an_address_that_refuses_or_is_away_is_a_warning_that_does_not_say_the_address(site, said):
    assert not asked(site, "/s3cret/nowhere")
    assert not ping(load(ping_url="http://127.0.0.1:9/s3cret"), "collect", {})
    assert not ping(load(ping_url="http://127.0.0.1:port/s3cret"), "collect", {})
    assert [one.partition("(")[2].partition(")")[0] for one in said[:2]] == ["status 404", "ConnectionRefusedError"]
    assert len(said) == 3
    assert not any("s3cret" in one or "127.0.0.1" in one for one in said)


def test_three_redirects_are_followed_and_no_more(site, said):
    for step in range(5):
        site.says(f"/{step}", status=302, Location=f"/{step + 1}")
    site.says("/5")
    assert asked(site, "/2")
    assert not asked(site, "/1")
    assert site.paths() == ["/2", "/3", "/4", "/5", "/1", "/2", "/3", "/4"]
    assert len(said) == 1


def test_it_goes_through_the_proxy_that_is_set(site, monkeypatch):
    monkeypatch.delenv("no_proxy")
    site.says("http://watch.invalid/collect")
    assert ping(load(ping_url="http://watch.invalid/{flow}", proxy=f"http://127.0.0.1:{site.port}"), "collect", {})
    assert site.paths() == ["http://watch.invalid/collect"]


def test_the_address_is_never_printed_not_even_where_it_is_wrong():
    assert "s3cret" not in repr(load(ping_url="https://watch.example/s3cret"))
    with pytest.raises(SettingsError, match=r"VNJP_PING_URL=.hidden.: not an http:// or https:// address") as error:
        load(ping_url="ftp://watch.example/s3cret")
    assert "s3cret" not in str(error.value)
