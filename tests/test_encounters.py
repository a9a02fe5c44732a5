"""Who meets whom: both names and a word for it in one sentence, in any language, with its place."""

from datetime import UTC, date, datetime

import pytest

from flows.solve import lexicon
from tasks.tag import tag
from tests.samples import article

APART = "General Secretary To Lam spoke in Hanoi. Prime Minister Ishiba Shigeru met officials."


def met(text, title="Vietnam and Japan"):
    judged = tag(article(title=title, text=text), lexicon())
    return {(one.person_a, one.person_b, one.kind) for one in judged.encounters}


@pytest.mark.parametrize(
    "text",
    [
        "General Secretary To Lam met Prime Minister Ishiba Shigeru in Hanoi on Sunday.",
        "Tổng Bí thư Tô Lâm hội kiến Thủ tướng Nhật Bản Ishiba Shigeru tại Hà Nội.",
        "トー・ラム書記長は石破茂首相とハノイで会談した。",
        "Generalsekretær To Lam hadde et møte med Japans statsminister Ishiba Shigeru.",
    ],
)
def test_a_sentence_with_both_names_and_the_word_is_an_encounter(text):
    assert ("to-lam", "ishiba-shigeru", "meeting") in met(text)


def test_names_and_word_of_different_sentences_are_none():
    assert met(APART) == set()


def test_a_call_is_told_from_a_meeting():
    said = "General Secretary To Lam and Prime Minister Ishiba Shigeru spoke by phone on Monday."
    assert met(said) == {("to-lam", "ishiba-shigeru", "call")}


@pytest.mark.parametrize(
    "text",
    [
        "Prime Minister Ishiba Shigeru told a press conference that General Secretary To Lam had written to him.",
        "石破茂首相は記者会見で、トー・ラム書記長の書簡を受け取ったと述べた。",
    ],
)
def test_meeting_the_press_is_none(text):
    assert met(text) == set()


def test_two_of_one_side_that_a_third_meets_are_no_pair():
    said = "Ishiba Shigeru will meet General Secretary To Lam and Prime Minister Pham Minh Chinh."
    assert met(said) == {
        ("ishiba-shigeru", "to-lam", "meeting"),
        ("ishiba-shigeru", "pham-minh-chinh", "meeting"),
    }


@pytest.mark.parametrize(
    ("day", "when"),
    [(" on April 28", date(2025, 4, 28)), ("", None), (" on April 28, a day after he came on April 27", None)],
)
def test_a_day_is_the_one_that_the_sentence_names_and_none_where_it_names_several(day, when):
    text = f"Vietnam and Japan signed on April 20. General Secretary To Lam met Prime Minister Ishiba Shigeru{day}."
    judged = tag(article(title="Vietnam and Japan", text=text, published=datetime(2025, 4, 29, tzinfo=UTC)), lexicon())
    assert [one.day for one in judged.encounters] == [when]


def test_the_sentence_and_its_word_stand_where_it_says():
    text = "It rained in Hanoi. General Secretary To Lam met Prime Minister Ishiba Shigeru on Sunday. They left."
    (one,) = tag(article(title="Vietnam and Japan", text=text), lexicon()).encounters
    said = "General Secretary To Lam met Prime Minister Ishiba Shigeru on Sunday."
    assert text[one.start_char : one.end_char] == said
    assert text[one.word_start : one.word_end] == "met"
    assert one.named == 2


def test_a_sum_is_given_the_sentence_that_it_stands_in():
    text = "The bridge opened on Monday. Japan lent 12 billion yen for it. It is long."
    (one,) = tag(article(title="A bridge opens in Hanoi", text=text), lexicon()).amounts
    assert text[one.sentence_start : one.sentence_end] == "Japan lent 12 billion yen for it."
    assert text[one.start_char : one.end_char] == one.text
