"""Entries of a feed to items: whose article each is, and what is backlog."""

from datetime import timedelta

import pytest

from tasks.sift import sift
from tasks.urls import article_id
from tests.samples import NOW, source
from warehouse.records import Entry

FRONT = "https://courier.example/"


def entry(number: int, url: str) -> Entry:
    return Entry(f"id-{number}", url, f"Entry {number}")


def sifted(*urls: str):
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


def test_what_is_older_by_more_than_a_week_than_the_first_good_answer_is_backlog():
    days = [0, 7, 8]
    entries = [
        Entry(str(day), f"http://courier.example/{day}", "T", published=NOW - timedelta(days=day)) for day in days
    ]
    assert [item.backlog for item in sift(source(), entries, NOW, NOW)] == [False, False, True]
    assert [item.backlog for item in sift(source(), entries, NOW - timedelta(days=1), NOW)] == [False, False, False]
