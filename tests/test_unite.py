"""One article under several addresses is one; two articles under one address stay two."""

from dataclasses import replace
from datetime import timedelta

import pytest

from flows.job import Job
from flows.keep import keep_feeds, keep_pages
from flows.settings import Settings
from flows.stages import extract_articles
from flows.steps import inline
from tasks.unite import agree, own_address, settle
from tests.samples import NOW, article, extract, item, source
from warehouse import read, write
from warehouse.records import Answer, Entry, ParsedFeed, SourceState
from warehouse.rows import rows

COURIER, GAZETTE = source(), source(source_id="gazette", url="http://gazette.example/rss")
BRIDGE = [
    "The bridge over the Red River opened to traffic on Monday after four years of work by two companies.",
    "Japan lent 12 billion yen for it, of which a third has been paid back by the city of Hanoi so far.",
    "The first cars crossed at nine in the morning, and boats on the river greeted them with their horns.",
]
MARKET = [
    "The market hall behind the station is being rebuilt, and its sellers have moved to the square in front.",
    "They pay no rent until the hall opens again in autumn, the district's office told them in a letter.",
    "Most of the sellers deal in vegetables that come from the villages on the other side of the river.",
]


def page(title, paragraphs, canonical=""):
    link = f"<link rel=canonical href='{canonical}'>" if canonical else ""
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f"<html><head><title>{title}</title>{link}</head><body><article><h1>{title}</h1>{body}</article></body></html>"
    )


@pytest.fixture
def collect(tmp_path):
    """Give a function that plays one collect: feeds (source, entry) and pages (address -> HTML) to what is held.

    What is held: the current articles as (revision number, the addresses of their sightings).
    """
    settings = Settings(data=tmp_path / "data", _env_file=None)
    hours = iter(range(100))

    def play(feeds, pages):
        job = Job(settings, NOW + timedelta(hours=next(hours)))
        answer = Answer("", "http://a.example/rss", "ok", job.now, status=200, body=b"<rss/>")
        with job.warehouse.writer() as db:
            write.sources(db, [COURIER, GAZETTE])
        keep_feeds(
            job,
            [
                (of, SourceState(of.source_id), replace(answer, key=of.source_id), ParsedFeed("ok", entries=(entry,)))
                for of, entry in feeds
            ],
        )
        with job.warehouse.writer() as db:
            pending = rows(db, "pending_pages", now=job.now, tries=3)
        got = replace(answer, content_type="text/html")
        keep_pages(job, [(_page(got, row, pages), row) for row in pending])
        extract_articles(job, inline)
        with job.warehouse.writer() as db:
            ids = {one for (one,) in db.sql("from base.items select article_id").fetchall()}
            held, items = read.articles(db, ids), read.items(db, ids)
        assert set(held) == ids, "each sighting belongs to an article that is held"
        return sorted((one.revision_no, [item.url for item in items[key]]) for key, one in held.items())

    return play


def _page(got, row, pages):
    return replace(got, key=row["article_id"], url=row["url"], final_url=row["url"], body=pages[row["url"]].encode())


def entry(url, title="Bridge opens", guid=""):
    return Entry(identity=guid or url, url=url, title=title)


ONE, OTHER, OWN = (f"https://courier.example/{path}" for path in ("world/bridge", "asia/bridge", "2025/bridge"))


def test_two_feeds_whose_pages_name_one_address_give_one_article(collect):
    pages = {ONE: page("Bridge opens", BRIDGE, OWN), OTHER: page("Bridge opens", BRIDGE, OWN)}
    assert collect([(COURIER, entry(ONE)), (GAZETTE, entry(OTHER))], pages) == [(1, [ONE, OTHER])]


def test_an_address_that_comes_later_joins_the_article_whose_page_named_it(collect):
    pages = {ONE: page("Bridge opens", BRIDGE, OWN), OWN: page("Bridge opens", BRIDGE)}
    assert collect([(COURIER, entry(ONE))], pages) == [(1, [ONE])]
    assert collect([(GAZETTE, entry(OWN))], pages) == [(1, [ONE, OWN])]


def test_what_was_joined_stays_joined_and_a_changed_text_is_one_revision(collect):
    pages = {ONE: page("Bridge opens", BRIDGE, OWN), OTHER: page("Bridge opens", BRIDGE, OWN)}
    collect([(COURIER, entry(ONE)), (GAZETTE, entry(OTHER))], pages)
    pages[OTHER] = page("Bridge opens", [*BRIDGE, MARKET[0]], OWN)
    held = collect([(GAZETTE, entry(OTHER, title="Bridge opens at last"))], pages)
    assert held == [(2, [ONE, OTHER, OTHER])]
    assert collect([], pages) == held


def test_two_articles_whose_pages_name_one_address_stay_two(collect):
    pages = {ONE: page("Bridge opens", BRIDGE, OWN), OTHER: page("Market rebuilt", MARKET, OWN)}
    held = collect([(COURIER, entry(ONE)), (GAZETTE, entry(OTHER, title="Market rebuilt"))], pages)
    assert sorted(urls for _, urls in held) == sorted([[ONE], [OTHER]])


def test_a_changed_slug_with_the_sites_own_id_is_the_same_article(collect):
    old, new = (f"https://vnexpress.net/{slug}-4880001.html" for slug in ("cau-mo", "cau-mo-cua"))
    pages = {old: page("Bridge opens", BRIDGE), new: page("Bridge opens now", BRIDGE)}
    collect([(COURIER, entry(old, guid="4880001"))], pages)
    renamed = entry(new, title="Bridge opens now", guid="4880001")
    assert collect([(COURIER, renamed)], pages) == [(2, [old, new])]


def test_another_id_is_another_article_whatever_the_slug(collect):
    one, other = (f"https://vnexpress.net/gia-vang-hom-nay-{number}.html" for number in (4880001, 4880002))
    pages = {one: page("Bridge opens", BRIDGE), other: page("Market rebuilt", MARKET)}
    held = collect([(COURIER, entry(one)), (GAZETTE, entry(other))], pages)
    assert sorted(urls for _, urls in held) == [[one], [other]]


def test_a_changed_guid_brings_an_old_item_again_and_no_second_article(collect):
    again = f"{ONE}?utm_source=rss"
    pages = dict.fromkeys([ONE, again], page("Bridge opens", BRIDGE))
    collect([(COURIER, entry(ONE, guid="1"))], pages)
    assert collect([(COURIER, entry(again, guid="https://courier.example/?p=1"))], pages) == [(1, [ONE, again])]


def test_items_of_one_batch_that_share_a_name_go_to_the_first():
    first = item(item_id="i1", article_id="a1", canonical_url="https://a.example/1", article_key="a.example|1")
    renamed = item(item_id="i2", article_id="a2", canonical_url="https://a.example/one-1", article_key="a.example|1")
    other = item(item_id="i3", article_id="a3", canonical_url="https://a.example/2", article_key="")
    assert [one.article_id for one in settle([first, renamed, other], {})] == ["a1", "a1", "a3"]
    assert [one.article_id for one in settle([other], {"https://a.example/2": "a9"})] == ["a9"]


def test_an_item_without_any_address_is_settled_by_nothing():
    nameless = [item(item_id=one, article_id=one, url="", article_key="a.example|1") for one in ("i1", "i2")]
    assert settle(nameless, {"a.example|1": "a1"}) == nameless


@pytest.mark.parametrize(
    ("extracted", "final_url", "address"),
    [
        (extract(canonical_url="https://www.a.example/1?utm_source=x"), "https://a.example/2", "https://a.example/1"),
        (extract(), "https://a.example/2", "https://a.example/2"),
        (extract(quality="none", canonical_url="https://a.example/1"), "https://a.example/2", ""),
        (None, "https://a.example/2", ""),
    ],
)
def test_a_page_is_known_by_its_own_word_or_by_where_it_was_found(extracted, final_url, address):
    assert own_address(extracted, final_url) == address


@pytest.mark.parametrize(
    ("title", "paragraphs", "alike", "why"),
    [
        ("Bridge opens", MARKET, False, "an equal title proves nothing: columns appear daily under one"),
        ("BRIDGE OPENS", [BRIDGE[0], *MARKET[:2]], True, "an equal title and one of three paragraphs"),
        ("It is open", [*BRIDGE[:2], MARKET[0]], True, "two of three paragraphs"),
        ("It is open", [BRIDGE[0], *MARKET[:2]], False, "one of three paragraphs"),
        ("It is open", MARKET, False, "nothing in common"),
    ],
)
def test_texts_must_agree_before_two_addresses_are_one(title, paragraphs, alike, why):
    held = article(title="Bridge opens", text="\n".join(BRIDGE))
    assert agree(extract(title=title, text="\n".join(paragraphs)), held) == alike, why
    assert not agree(extract(title=title), replace(held, text="")), "facts without a text prove nothing"
