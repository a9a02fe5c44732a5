"""A revision: the best text that was ever had, the first date that was ever given, and what a change corrects."""

from datetime import timedelta

import pytest

from tasks.revise import Seen, correction, revise
from tasks.urls import canonical
from tests.samples import NOW, article, extract, item, source


def seen(**given):
    return Seen(**({"source": source(), "items": [item()], "final_url": "", "extract": None, "before": None} | given))


def test_a_page_is_taken_before_the_feed_and_keeps_the_feeds_title():
    made = revise(seen(extract=extract(title="A bridge opens | Courier"), final_url="http://courier.example/one"), NOW)
    assert (made.text_kind, made.title) == ("full", "A bridge opens in Hanoi")
    assert made.url == "http://courier.example/one"
    assert made.revision_no == 1


def test_the_address_that_the_page_gives_itself_is_taken_first():
    own = "http://courier.example/one"
    made = revise(seen(extract=extract(canonical_url=own), final_url=f"{own}?utm_source=rss"), NOW)
    assert made.url == own


def test_without_a_page_the_summary_stands():
    made = revise(seen(), NOW)
    assert (made.text_kind, made.text) == ("summary", "Japan lent the money.")


def test_a_full_text_feed_stands_for_a_page_that_is_behind_a_wall():
    made = revise(seen(items=[item(content="word " * 80)], extract=extract(quality="short", text="Subscribe.")), NOW)
    assert made.text_kind == "feed"


def test_a_title_that_the_feed_cut_is_taken_from_the_page():
    made = revise(seen(items=[item(title="A bridge opens in...")], extract=extract()), NOW)
    assert made.title == "A bridge opens in Hanoi"


def test_the_same_text_again_is_no_revision():
    first = revise(seen(extract=extract()), NOW)
    assert revise(seen(extract=extract(), before=first), NOW + timedelta(days=1)) is None


def test_a_lesser_text_never_replaces_a_better_one():
    first = revise(seen(extract=extract()), NOW)
    assert revise(seen(before=first), NOW + timedelta(days=1)) is None


def test_a_bumped_date_changes_nothing():
    first = revise(seen(extract=extract()), NOW)
    bumped = item(item_id="i2", published=NOW + timedelta(days=1), first_seen=NOW + timedelta(days=1))
    assert revise(seen(items=[item(), bumped], extract=extract(), before=first), NOW + timedelta(days=1)) is None


def test_a_new_text_is_a_second_revision_that_keeps_when_it_was_first_seen():
    first = revise(seen(extract=extract()), NOW)
    text = extract().text.replace("12 billion", "13 billion")
    later = NOW + timedelta(days=1)
    second = revise(seen(extract=extract(text=text), before=first), later)
    assert (second.revision_no, second.first_seen, second.revised_at) == (2, NOW, later)
    assert second.correction == "number"


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("Japan lent 12 billion yen.", "Japan lent 13 billion yen.", "number"),
        ("Talks with Ito Naoki went on.", "Talks with Ito Naoko went on.", "name"),
        ("石破首相はトー・ラム書記長と会談した。", "石破首相はファム・ミン・チン首相と会談した。", "name"),
        ("He said “we will pay it back”.", "He said “we may pay it back”.", "quotation"),
        ("It opened on Monday.", "It opened on Monday. Correction: it is the second one.", "said so"),
        ("It has opend on Monday.", "It has opened on Monday.", ""),
        ("It opened.", "It opened. Japan lent 12 billion yen.", ""),
        ("It opened on  Monday .", "It opened on Monday.", ""),
    ],
)
def test_a_correction_is_told_from_a_trivial_change(old, new, what):
    assert correction(article(text=old), article().title, new) == what


def test_a_full_text_after_a_summary_corrects_nothing():
    assert correction(article(text="Japan lent 12 billion yen.", text_kind="summary"), "t", "Japan lent 13 yen.") == ""


# --- what a search found, and what a page listed ----------------------------------------------------------------------

HIDDEN = "https://news.google.com/rss/articles/CBMiAAA"


def discovered(**given):
    made = {"url": HIDDEN, "canonical_url": HIDDEN, "summary": "", "first_seen": NOW - timedelta(hours=5)}
    return item(**made | {"hidden": True} | given)


def test_a_discovery_alone_is_an_article_of_its_title():
    made = revise(seen(items=[discovered()]), NOW)
    assert (made.text_kind, made.title, made.text) == ("title", "A bridge opens in Hanoi", "")
    assert (made.url, made.canonical_url) == (HIDDEN, HIDDEN)


def test_the_outlet_s_own_item_replaces_a_discovery_that_was_seen_before_or_after_it():
    own = item(title="A bridge opens in Hanoi, at last")
    for found in ([discovered(), own], [own, discovered(first_seen=NOW + timedelta(hours=5))]):
        made = revise(seen(items=found), NOW)
        assert (made.title, made.text_kind) == (own.title, "summary")
        assert (made.url, made.canonical_url) == (own.url, canonical(own.url))
        assert made.first_seen == found[0].first_seen


def test_an_entry_that_is_called_by_its_address_takes_the_title_of_its_page():
    made = revise(seen(items=[item(title="http://courier.example/1")], extract=extract()), NOW)
    assert made.title == "A bridge opens in Hanoi"


@pytest.mark.parametrize(
    ("published", "days", "backlog"), [(None, 6, False), (None, 8, True), (None, None, True), (NOW, 1, True)]
)
def test_what_stood_undated_on_a_page_is_news_if_its_own_page_dates_it_to_these_days(published, days, backlog):
    """An entry that was held for old by its own date stays old, whatever its page says."""
    found = item(backlog=True, published=published, published_quality="explicit" if published else "none")
    page = extract(published=NOW - timedelta(days=days) if days else None, published_quality="date-only")
    assert revise(seen(items=[found], extract=page), NOW).backlog == backlog
