"""Screened sources: what names one country or neither is kept by its feed's words, and read again when names change."""

from datetime import timedelta

import pytest

from flows import rules
from flows.job import Job
from flows.reading import read_page
from flows.reprocess import reprocess_with
from flows.steps import Step, each, inline
from tests.press import GARDEN, LOAN, MONDAY, printing
from tests.samples import source

LOAN_TITLE, GARDEN_TITLE = "Japan lends Vietnam money for a bridge", "The city of Hue opens its garden show"
KNOWN = "select title, relevance, text_kind from articles where article_id not like 'baseline:%' order by title"
READ = "select reason, rule_version from base.extractions order by all"


@pytest.fixture
def press(tmp_path):
    with printing(tmp_path, source(policy="screened")) as press:
        press.says("garden", GARDEN_TITLE, *GARDEN)
        press.says("loan", LOAN_TITLE, *LOAN)
        press.lists(("garden", GARDEN_TITLE, MONDAY), ("loan", LOAN_TITLE, MONDAY))
        yield press


def known(press):
    return [tuple(row.values()) for row in press.ask(KNOWN)]


def made_of(press):
    with press.settings.warehouse.writer() as db:
        return db.execute(READ).fetchall()


def test_a_page_that_names_one_country_is_not_extracted_and_its_article_is_kept_by_its_title(press):
    counts = press.collect(0)
    assert counts["screened"] == 1
    assert known(press) == [(LOAN_TITLE, "bilateral", "full"), (GARDEN_TITLE, "none", "title")]
    assert made_of(press) == [("", rules.EXTRACT), ("screened", rules.SCREENED)]


def test_what_the_feed_says_lets_a_page_through(press):
    press.lists(("garden", GARDEN_TITLE, MONDAY), summary="Gardeners of Japan and Vietnam show bonsai trees.")
    assert "screened" not in press.collect(0)
    assert known(press)[0][2] == "full"


def test_a_source_whose_pages_are_all_extracted_has_its_way_for_what_it_saw_too(tmp_path):
    whole = source(source_id="whole", outlet="Whole", family="whole", url="http://whole.example/rss")
    with printing(tmp_path, source(policy="screened"), whole) as press:
        press.says("garden", GARDEN_TITLE, *GARDEN)
        press.lists(("garden", GARDEN_TITLE, MONDAY))
        item = f"<item><title>{GARDEN_TITLE}</title><link>http://courier.example/garden</link></item>"
        press.says_feed(f"<rss version='2.0'><channel>{item}</channel></rss>", "whole")
        assert "screened" not in press.collect(0)
        assert known(press) == [(GARDEN_TITLE, "none", "full")]


def test_when_other_names_are_known_a_screened_page_is_looked_at_again_and_an_extracted_one_is_not(press, monkeypatch):
    press.collect(0)
    monkeypatch.setattr(rules, "SCREENED", f"{rules.EXTRACT} tag-raised")
    monkeypatch.setattr("flows.reading.screen", lambda *_: True)
    monkeypatch.setattr("flows.work.EXTRACT", Step("extract", each(read_page)))  # here, where the other screen is
    job = Job(press.settings, MONDAY + timedelta(hours=1))
    remade = reprocess_with(job, inline)
    assert (remade.counts["older"], remade.lost) == (1, ())
    assert [row[2] for row in known(press)] == ["full", "full"]
    assert made_of(press).count(("", rules.EXTRACT)) == 2
    assert reprocess_with(Job(press.settings, MONDAY + timedelta(hours=2)), inline).counts == {"older": 0}


def test_what_was_extracted_before_keeps_its_text_when_its_source_becomes_a_screened_one(tmp_path, monkeypatch):
    with printing(tmp_path, source()) as press:
        press.says("garden", GARDEN_TITLE, *GARDEN)
        press.lists(("garden", GARDEN_TITLE, MONDAY))
        press.collect(0)
        press.sources[:] = [source(policy="screened")]
        press.collect(1)
        monkeypatch.setattr(rules, "EXTRACT", "extract-raised")
        reprocess_with(Job(press.settings, MONDAY + timedelta(hours=2), tuple(press.sources)), inline)
        press.collect(25)  # the look of the next day
        assert known(press) == [(GARDEN_TITLE, "none", "full")]
