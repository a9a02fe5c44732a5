"""The shipped table of sources: whole, tidy, sorted, honest about doubt, and covering what must not be missed."""

import csv
import re
from collections import Counter
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from flows.watch import outlets, watched
from tasks.parse import parse
from tasks.urls import host
from warehouse.records import Source

SHIPPED = watched()
BY_ID = {source.source_id: source for source in SHIPPED}
OUTLETS = {outlet.outlet_id: outlet for outlet in outlets()}
SEEDS = Path(__file__).resolve().parents[1] / "warehouse" / "seeds" / "sources.csv"
EXAMPLES = Path(__file__).parent / "recorded" / "article_addresses.csv"
PAGES = [source for source in SHIPPED if source.reads == "page"]

# Addresses that are gone or frozen, and what they were found to do: none may come back into the table.
DEAD = {
    "https://english.kyodonews.net/rss/all.xml": "404",
    "https://www3.nhk.or.jp/nhkworld/en/news/feeds/rss/news-en.xml": "404",
    "https://www.mofa.go.jp/rss/index.xml": "403 or 404",
    "https://www3.nhk.or.jp/rss/news/cat0.xml": "200, frozen since 2025-10",
    "https://feeds.reuters.com/reuters/topNews": "no such host",
    "https://www.yomiuri.co.jp/rss/news.xml": "404",
    "https://vir.com.vn/rss/all.rss": "410",
    "http://www.dolab.gov.vn/": "connection refused",
    "https://news.tuoitre.vn/rss.htm": "a page of links, not a feed",
    "https://www3.nhk.or.jp/nhkworld/data/en/news/all.json": "200, frozen since 2026-09",
}

MUST_COVER = {
    "Ministry of Foreign Affairs of Japan": "mofa.go.jp",
    "Ministry of Foreign Affairs of Viet Nam": "mofa.gov.vn",
    "Embassy of Japan in Viet Nam": "vn.emb-japan.go.jp",
    "Embassy of Viet Nam in Japan": "vnembassy-jp.org",
    "Kyodo News": "english.kyodonews.net",
    "NNA ASIA": "nna.jp",
    "Japan Coast Guard": "kaiho.mlit.go.jp",
    "Immigration Services Agency": "moj.go.jp",
    "vietnam.vn": "vietnam.vn",
    "Prime Minister's Office of Japan": "kantei.go.jp",
    "Government of Viet Nam": "baochinhphu.vn",
    "JICA": "jica.go.jp",
    "JETRO": "jetro.go.jp",
    "NHK WORLD-JAPAN": "www3.nhk.or.jp",
    "Reuters": "reuters.com",
    "AP": "apnews.com",
}


def examples() -> list[tuple[str, str]]:
    with EXAMPLES.open(encoding="utf-8") as lines:
        return [(row["source_id"], row["address"]) for row in csv.DictReader(lines)]


def covers(source: Source, place: str) -> bool:
    """Say whether a source watches a host itself, or asks a search for it."""
    searched = re.findall(r"site:([\w.-]+)", "".join(parse_qs(urlsplit(source.url).query).get("q", [])))
    return host(source.url) == place or place in searched


def test_ids_and_addresses_stand_once():
    assert len(BY_ID) == len(SHIPPED) == len({source.url for source in SHIPPED})
    assert all(re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name) for name in BY_ID)


def test_the_table_is_sorted_and_tidy():
    lines = SEEDS.read_text("utf-8").splitlines()
    keys = [(source.heading, source.source_id) for source in SHIPPED]
    assert keys == sorted(keys)
    assert len(lines) == len(SHIPPED) + 1
    assert not [line for line in lines if line != line.strip() or "  " in line or "\t" in line]


def test_every_heading_but_one_has_something_to_ask():
    asked = Counter(source.heading for source in SHIPPED if source.enabled)
    headings = {source.heading for source in SHIPPED}
    assert "" not in headings
    assert len(headings) >= 10
    assert headings - asked.keys() == {"Associations and universities"}, "whose pages were all inferred"


def test_every_source_says_whose_it_is_as_its_outlet_does():
    for source in SHIPPED:
        outlet = OUTLETS[source.outlet_id]
        assert (source.side, source.country, source.family) == (outlet.side, outlet.country, outlet.family), source
        assert re.fullmatch(r"[a-z]{2,3}", source.language), source


def test_what_is_doubtful_ships_switched_off():
    assert not [source.source_id for source in SHIPPED if source.doubt == "high" and source.enabled]
    assert sum(source.enabled for source in SHIPPED if source.doubt != "high") > 150


def test_what_was_inferred_says_so_and_ships_switched_off():
    inferred = [source for source in PAGES if "inferred" in source.note]
    assert len(inferred) > 30
    assert not [source.source_id for source in inferred if source.enabled]


def test_what_is_dead_is_not_asked():
    assert not DEAD.keys() & {source.url for source in SHIPPED}


@pytest.mark.parametrize(("name", "place"), MUST_COVER.items())
def test_what_must_not_be_missed_is_covered_by_something_that_is_asked(name, place):
    assert [source.source_id for source in SHIPPED if source.enabled and covers(source, place)], name


@pytest.mark.parametrize("language", ["vi", "ja", "en"])
@pytest.mark.parametrize("service", ["news.google.com", "bing.com"])
def test_both_countries_together_are_searched_for_in_three_languages(language, service):
    found = [one for one in SHIPPED if one.heading == "Searches: Vietnam and Japan" and host(one.url) == service]
    assert [one for one in found if one.language == language and one.enabled]


def test_what_a_search_finds_is_mailed_by_title_only():
    assert {source.rights for source in SHIPPED if source.kind == "search"} == {"title"}


@pytest.mark.parametrize("outlet", ["nhk", "asahi", "mainichi", "jiji", "toyokeizai"])
def test_what_is_for_personal_use_is_mailed_by_title_only(outlet):
    assert {source.rights for source in SHIPPED if source.outlet_id == outlet} == {"title"}


@pytest.mark.parametrize(("name", "address"), examples())
def test_a_pattern_finds_the_articles_that_were_seen(name, address):
    """On a list page of ours that links to it."""
    source = BY_ID[name]
    page = (
        f'<html><body><p><a href="{address}">A title of an article</a></p><a href="{source.url}">List</a></body></html>'
    )
    feed = parse(page.encode(), source.url, zone=source.zone, pattern=source.pattern)
    assert [entry.title for entry in feed.entries] == ["A title of an article"], feed.reason


def test_patterns_have_examples_or_say_that_none_was_seen():
    without = {source.source_id for source in PAGES} - {name for name, _ in examples()}
    assert without == {"mofa-jp-kaiken-en", "mod-vn-en", "vietnamplus-zh-page", "vietjo-page", "kokoro-vj"}


@pytest.mark.parametrize("source", PAGES, ids=lambda source: source.source_id)
def test_a_pattern_is_bound_to_its_site_and_does_not_find_the_list(source):
    assert source.pattern.startswith("^https?://")
    feed = parse(f'<html><a href="{source.url}">List</a></html>'.encode(), source.url, pattern=source.pattern)
    assert feed.state == "empty"
    elsewhere = '<html><a href="https://elsewhere.example/news/2026/10/07/title-1234567.html">Title</a></html>'
    assert parse(elsewhere.encode(), source.url, pattern=source.pattern).state == "empty"


def test_cookies_are_kept_only_where_a_site_answers_no_other_way():
    assert [source.source_id for source in SHIPPED if source.cookies] == ["qdnd-latest"]
