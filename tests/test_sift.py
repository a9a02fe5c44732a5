"""Whose article an entry is, which one, and whether it is news: discoveries of a search above all."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.sift import by_host, sift, told_by
from tasks.unite import found_out
from tasks.urls import article_id
from tests.samples import source
from warehouse.records import Entry, Item, Outlet

NOW = datetime(2026, 10, 7, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)
TITLE = "Nhật Bản tài trợ cầu mới tại Huế"
SEARCH = source(source_id="search-vi", outlet="Google News", family="search", kind="search", side="third")
PRESS = source(source_id="sao-mai")
PAGE = source(source_id="list", reads="page", pattern="x")
SAO_MAI = Outlet(
    outlet_id="sao-mai",
    name="Sao Mai",
    hosts=("saomai.example", "news.saomai2.example"),
    side="vietnam",
    country="VN",
    family="sao-mai-media",
    ownership="party",
    owner="nobody",
    since="",
    checked=NOW.date(),
    doubt="low",
    seen="invented",
)
OUTLETS = by_host([SAO_MAI])


def hidden(title=f"{TITLE} - Báo Sao Mai", guid="CBMiWkFVX3lx", **given):
    made = Entry(
        identity=guid,
        url=f"https://news.google.com/rss/articles/{guid}?oc=5",
        title=title,
        summary=f"{TITLE} Báo Sao Mai",
        published=NOW,
        published_quality="explicit",
        publisher="Báo Sao Mai",
        publisher_url="https://www.saomai.example",
    )
    return replace(made, **given)


def own(name="1", **given):
    url = f"https://saomai.example/{name}.html"
    made = Entry(
        identity=url, url=url, title=TITLE, summary="Cầu dài 2 km.", published=NOW, published_quality="explicit"
    )
    return replace(made, **given)


def item(of, entry, now=NOW):
    (made,) = sift(of, [entry], now, now, OUTLETS)
    return made


# --- a discovery ------------------------------------------------------------------------------------------------------


def test_a_hidden_link_gives_title_outlet_and_time_and_no_text():
    found = item(SEARCH, hidden())
    assert found.hidden
    assert (found.title, found.publisher, found.origin) == (TITLE, "Báo Sao Mai", "sao-mai")
    assert (found.summary, found.content, found.published) == ("", "", NOW)


@pytest.mark.parametrize(
    ("title", "publisher", "left"),
    [
        (f"{TITLE} - Báo Sao Mai", "Báo Sao Mai", TITLE),
        (f"{TITLE} - bao sao mai", "Báo Sao Mai", TITLE),
        (f"{TITLE} - Báo Sao Mai", "", TITLE),
        ("Hà Nội - Tokyo - Báo Sao Mai", "Báo Sao Mai", "Hà Nội - Tokyo"),
        ("Hà Nội - Tokyo", "Báo Sao Mai", "Hà Nội - Tokyo"),
        (" - Báo Sao Mai", "Báo Sao Mai", " - Báo Sao Mai"),
        (TITLE, "Báo Sao Mai", TITLE),
    ],
)
def test_the_publisher_is_taken_off_the_title_and_nothing_else(title, publisher, left):
    assert item(SEARCH, hidden(title, publisher=publisher)).title == left


def test_other_entries_keep_their_titles_and_texts():
    found = item(PRESS, own(title=f"{TITLE} - Báo Sao Mai"))
    assert (found.title, found.summary, found.publisher) == (f"{TITLE} - Báo Sao Mai", "Cầu dài 2 km.", "")


def test_a_search_that_lists_other_links_below_the_same_discovery_sees_nothing_new():
    assert item(SEARCH, hidden()).item_id == item(SEARCH, hidden(summary="quite other links")).item_id


def test_what_a_search_found_is_told_as_the_outlet_s():
    told = told_by(SEARCH, item(SEARCH, hidden()), OUTLETS)
    assert (told.outlet, told.family, told.side) == ("Báo Sao Mai", "sao-mai-media", "vietnam")
    assert (told.source_id, told.kind, told.rights) == (SEARCH.source_id, "search", SEARCH.rights)


@pytest.mark.parametrize(
    ("site", "family", "side"),
    [
        ("https://news.thanhhoa.example.vn/", "example.vn", "vietnam"),
        ("https://www.kitakami.co.jp/", "kitakami.co.jp", "japan"),
        ("https://danube.example/", "danube.example", "third"),
    ],
)
def test_an_outlet_that_nobody_knows_is_told_by_its_name_and_host(site, family, side):
    told = told_by(SEARCH, item(SEARCH, hidden(publisher="Somebody", publisher_url=site)), OUTLETS)
    assert (told.outlet, told.family, told.side) == ("Somebody", family, side)


def test_an_article_of_a_feed_is_told_as_its_source_says():
    assert told_by(PRESS, item(PRESS, own()), OUTLETS) is PRESS


# --- which article ----------------------------------------------------------------------------------------------------

DISCOVERY = item(SEARCH, hidden())
ARTICLE = item(PRESS, own())


@pytest.mark.parametrize("both", [(DISCOVERY, ARTICLE), (ARTICLE, DISCOVERY)])
def test_a_discovery_and_the_outlet_s_own_item_are_one_article_in_either_order(both):
    first, second = both
    (joined,) = found_out([second], [first])
    assert joined.article_id == first.article_id
    assert {one.article_id for one in found_out(both, [])} == {ARTICLE.article_id}


def test_a_discovery_that_is_found_out_points_to_the_outlet_s_own_address():
    (joined,) = found_out([DISCOVERY], [ARTICLE])
    assert (joined.url, joined.canonical_url) == (ARTICLE.url, DISCOVERY.canonical_url)
    assert joined.hidden


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "Nhật Bản tài trợ cầu mới tại Huế, dài 3 km - Báo Sao Mai"},
        {"publisher_url": "https://other.example"},
        {"publisher_url": ""},
        {"published": NOW - 49 * HOUR},
        {"title": "Tin vắn - Báo Sao Mai"},
    ],
)
def test_another_title_outlet_or_time_is_another_article(changed):
    found = item(SEARCH, hidden(**changed))
    assert found_out([found], [ARTICLE, item(PRESS, own("2", title="Tin vắn"))]) == [found]


@pytest.mark.parametrize(
    "title",
    ["NHẬT BẢN tài trợ cầu mới tại Huế", "Nhật Bản  tài trợ cầu mới, tại Huế.", "Nhat Ban tai tro cau moi tai Hue"],
)
def test_case_marks_and_accents_do_not_tell_titles_apart(title):
    (joined,) = found_out([item(SEARCH, hidden(f"{title} - Báo Sao Mai"))], [ARTICLE])
    assert joined.article_id == ARTICLE.article_id


def test_japanese_titles_of_eight_characters_are_enough():
    paper = item(PRESS, own(title="日越首脳が会談した"))
    (joined,) = found_out([item(SEARCH, hidden("日越首脳が会談した - 暁新聞", publisher="暁新聞"))], [paper])
    assert joined.article_id == paper.article_id


def test_two_searches_that_find_one_article_find_one_discovery():
    other = item(replace(SEARCH, source_id="search-site"), hidden(guid="CBMiother"))
    assert other.article_id != DISCOVERY.article_id
    assert found_out([other], [DISCOVERY])[0].article_id == DISCOVERY.article_id


def test_one_discovery_never_makes_two_addresses_one_article():
    """Two of an outlet's items may bear one title, a report and its update: the discovery joins the nearer one only."""
    later = item(PRESS, own("2", published=NOW + HOUR))
    joined = found_out([later], [replace(DISCOVERY, article_id=ARTICLE.article_id, url=ARTICLE.url), ARTICLE])
    assert joined == [later]
    first, second, found = found_out([ARTICLE, later, DISCOVERY], [])
    assert first.article_id != second.article_id
    assert found.article_id == first.article_id


def test_every_later_sighting_of_an_address_is_of_the_article_that_it_has():
    """The outlet's own item took the discovery's article; a second feed lists the same address."""
    (first,) = found_out([ARTICLE], [DISCOVERY])
    (second,) = found_out([item(replace(PRESS, source_id="sao-mai-world"), own(title="Cầu Huế"))], [DISCOVERY, first])
    assert second.article_id == DISCOVERY.article_id
    (again,) = found_out([item(SEARCH, hidden("Another title - Báo Sao Mai"))], [DISCOVERY, first])
    assert again.article_id == DISCOVERY.article_id


def test_items_without_an_address_are_nobody_else_s():
    bare = [item(PRESS, own(url="", identity=name, title=name)) for name in ("one", "two")]
    assert found_out(bare, []) == bare


def test_one_batch_gives_the_same_articles_in_whatever_order_it_comes():
    found = [DISCOVERY, ARTICLE, item(replace(SEARCH, source_id="search-site"), hidden(guid="CBMiother"))]
    results = {
        frozenset((one.item_id, one.article_id) for one in found_out(order, [])) for order in permutations(found)
    }
    assert len(results) == 1


@given(
    st.lists(
        st.tuples(st.booleans(), st.integers(0, 3), st.sampled_from([TITLE, f"{TITLE} (2)"]), st.integers(0, 60)),
        max_size=8,
    ),
    st.lists(st.integers(1, 3), min_size=8, max_size=8),
)
def test_however_sightings_come_two_addresses_are_never_one_article_and_no_address_is_two(sightings, sizes):
    """Each is hidden or not, one of four links, under one of two titles, at an hour; they come in batches."""
    found = [
        item(SEARCH, hidden(f"{title} - Báo Sao Mai", guid=f"CBMi{name}", published=NOW + hours * HOUR))
        if is_hidden
        else item(PRESS, own(str(name), title=title, published=NOW + hours * HOUR))
        for is_hidden, name, title, hours in sightings
    ]
    held: dict[str, Item] = {}
    while found:
        size = sizes.pop()
        batch = {one.item_id: one for one in found[:size] if one.item_id not in held}
        found = found[size:]
        held |= {one.item_id: one for one in found_out(list(batch.values()), list(held.values()))}
    articles = {(one.canonical_url, one.article_id) for one in held.values()}
    assert len(articles) == len({address for address, _ in articles})
    owned = [article for address, article in articles if "news.google" not in address]
    assert len(owned) == len(set(owned))


def test_a_first_run_over_feeds_of_thousands_of_entries_is_joined_in_no_time():
    many = [item(PRESS, own(str(n), title="Tin ngắn trong ngày hôm nay")) for n in range(5_000)]
    begun = time.process_time()
    assert found_out(many, []) == many
    assert time.process_time() - begun < 3


def test_an_item_that_the_site_s_own_id_settled_is_not_drawn_to_a_discovery_of_its_title():
    settled = replace(ARTICLE, article_id="held-under-its-id")
    assert found_out([settled], [DISCOVERY]) == [settled]
    (joined,) = found_out([ARTICLE], [DISCOVERY])
    assert joined.article_id == DISCOVERY.article_id, "without such an id it is"


# --- an address that is nobody's own --------------------------------------------------------------------------------

FRONT = "https://courier.example/"


def entry(number, url):
    return Entry(f"id-{number}", url, f"Entry {number}")


def sifted(*urls):
    return sift(source(), [entry(number, url) for number, url in enumerate(urls)], NOW, NOW)


def test_an_entry_is_the_article_of_its_address():
    (item,) = sifted("http://courier.example/1?utm_source=rss")
    assert (item.article_id, item.url) == (
        article_id("http://courier.example/1"),
        "http://courier.example/1?utm_source=rss",
    )


def test_an_address_that_most_entries_share_is_no_article_s_and_is_not_downloaded():
    items = sifted(FRONT, f"{FRONT}?utm_source=rss", FRONT, "https://courier.example/own")
    assert len({item.article_id for item in items}) == 4
    assert [item.url for item in items] == ["", "", "", "https://courier.example/own"]
    assert {item.canonical_url for item in items[:3]} == {FRONT}, "where a reader may still be sent"


@pytest.mark.parametrize(
    "urls",
    [
        (FRONT, FRONT, "https://courier.example/own"),
        (FRONT, FRONT, FRONT, *(f"https://courier.example/{n}" for n in range(3))),
    ],
    ids=["two updates of one article", "half of the entries"],
)
def test_an_address_that_some_entries_share_is_one_article_told_again(urls):
    items = sifted(*urls)
    assert len({item.article_id for item in items if item.canonical_url == FRONT}) == 1
    assert all(item.url for item in items)


def test_entries_without_an_address_are_articles_of_their_own():
    items = sifted("", "", "")
    assert len({item.article_id for item in items}) == 3
    assert {(item.url, item.canonical_url) for item in items} == {("", "")}


def test_what_shares_an_address_that_is_no_article_s_stays_apart():
    items = sifted(FRONT, FRONT, FRONT)
    assert len({one.article_id for one in found_out(items[1:], items[:1])}) == 2
    assert not {one.article_id for one in found_out(items[1:], items[:1])} & {items[0].article_id}


# --- news or backlog --------------------------------------------------------------------------------------------------


def test_what_stands_undated_on_a_page_when_it_is_first_seen_is_backlog():
    undated = own(published=None, published_quality="none")
    assert item(PAGE, undated).backlog
    assert not item(PAGE, own()).backlog
    assert not item(PRESS, undated).backlog
    (later,) = sift(PAGE, [undated], NOW, NOW + HOUR)
    assert not later.backlog


def test_what_is_a_week_older_than_the_first_fetch_is_backlog():
    old = own(published=NOW - timedelta(days=7, seconds=1))
    assert [item(one, old).backlog for one in (PRESS, PAGE)] == [True, True]
    assert not item(PRESS, own(published=NOW - timedelta(days=7))).backlog
