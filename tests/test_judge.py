"""What `vnjp judge` promises: one line an article, in order, judged by the steps of collecting."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.judge import judge
from warehouse.errors import MendableError

FIELDS = {
    "id", "language", "relevance", "relevance_score", "topics", "people", "organisations", "places", "event_type",
    "event_date", "amounts", "story", "duplicate_of", "duplicate_kind", "duplicate_score", "evidence",
}  # fmt: skip
LOAN = {
    "id": "loan",
    "url": "https://courier.example/loan",
    "title": "Japan lends Vietnam 30 billion yen for a bridge in Can Tho",
    "text": "JICA and Vietnam's Ministry of Finance signed a loan agreement of 30 billion yen in Can Tho on April 28. "
    "The money pays for a bridge over the Hau River. Japan has lent for four bridges in the delta, officials said.",
    "published": "2025-04-28",
}
LOAN_VI = {
    "id": "loan-vi",
    "url": "https://tin.example/loan",
    "title": "Nhật Bản cho vay 30 tỷ yên xây cầu ở Cần Thơ",
    "text": "Ngày 28/4 tại Cần Thơ, JICA và Bộ Tài chính Việt Nam ký hiệp định vay 30 tỷ yên để xây cầu qua sông Hậu.",
    "published": "2025-04-28T09:30:00+07:00",
}
COPY = {**LOAN, "id": "copy", "url": "https://mirror.example/loan", "published": "2025-04-29"}
FOOTBALL = {"id": "football", "title": "Norge slo Danmark 2-0", "text": "Kampen ble spilt i Oslo.", "published": ""}


def judged(*rows, baseline=False):
    return {line["id"]: line for line in judge(rows, baseline=baseline)}


def test_each_article_has_a_line_with_the_fields_of_the_contract_in_the_order_of_the_input():
    lines = list(judge([COPY, FOOTBALL, LOAN, LOAN_VI], baseline=False))

    assert [line["id"] for line in lines] == ["copy", "football", "loan", "loan-vi"]
    assert all(set(line) == FIELDS for line in lines)
    assert json.loads(json.dumps(lines)) == lines


def test_an_event_in_two_languages_is_one_story_and_its_copy_is_folded():
    lines = judged(LOAN, LOAN_VI, COPY, FOOTBALL)

    assert lines["loan"]["story"] == lines["loan-vi"]["story"] == lines["copy"]["story"]
    assert (lines["copy"]["duplicate_of"], lines["copy"]["duplicate_kind"]) == ("loan", "exact")
    assert lines["loan"]["duplicate_of"] is None


def test_what_is_no_news_of_the_two_is_in_no_story():
    line = judged(FOOTBALL)["football"]

    assert (line["relevance"], line["story"]) == ("none", None)


def test_evidence_stands_where_it_says():
    line = judged(LOAN)["loan"]

    assert line["evidence"]
    for words in line["evidence"]:
        assert LOAN[words["field"]][words["start"] : words["end"]] == words["text"]
    assert {"id": "jica", "name": "JICA"} in line["organisations"]


def test_languages_are_found_and_amounts_are_normalised():
    lines = judged(LOAN, LOAN_VI)

    assert [lines[name]["language"] for name in ("loan", "loan-vi")] == ["en", "vi"]
    assert {(one["value"], one["unit"]) for line in lines.values() for one in line["amounts"]} == {(3e10, "JPY")}


def test_what_has_no_date_is_told_by_the_day_of_its_event():
    undated = {**LOAN_VI, "text": LOAN_VI["text"].replace("28/4", "28/4/2025"), "published": None}

    lines = judged(LOAN, undated, {**FOOTBALL, "published": "2019-01-01"})

    assert lines["loan"]["story"] == lines["loan-vi"]["story"]


def test_the_order_of_the_lines_changes_nothing_but_their_order():
    rows = [LOAN, LOAN_VI, COPY, FOOTBALL]

    assert judged(*rows) == judged(*reversed(rows))


def test_an_id_that_comes_twice_is_refused_with_both_lines():
    with pytest.raises(MendableError, match=r"Line 3 has the id 'loan' of line 1"):
        judged(LOAN, COPY, LOAN)


@pytest.mark.parametrize("missing", ["id", "title", "text"])
def test_a_row_without_what_it_needs_is_refused_with_its_line(missing):
    with pytest.raises(MendableError, match=f"Line 2 has no {missing}"):
        judged(COPY, {name: value for name, value in LOAN.items() if name != missing})


@pytest.mark.parametrize("written", ["last Monday", "2025-13-01", "28/04/2025"])
def test_a_date_that_is_none_is_refused_with_its_line(written):
    with pytest.raises(MendableError, match="Line 1 was published"):
        judged({**LOAN, "published": written})


def test_nothing_gives_nothing():
    assert judged() == {}


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("", ""),
        ("Vietnam and Japan sign a deal", ""),
        ("", "🎌" * 200_000),
        ("🇻🇳🇯🇵" * 50_000, "🇻🇳🇯🇵"),
        ("Thủ tướng Việt Nam thăm Nhật Bản " * 50_000, ""),
        ("Vietnam", "Japan and Vietnam agreed on 5 percent. " * 130_000),
        ("", "日越首脳会談" * 300_000),
        ("", "1日" * 500_000),
        ("", "1," * 500_000),
        ("", "april 2025 " * 100_000),
        ("", "\n" * 1_000_000),
        ("日本 Việt Nam 베트남 فيتنام", "日本 Việt Nam 베트남 فيتنام Россия " * 20_000),
        ("فيتنام واليابان", "التقى رئيس وزراء فيتنام رئيس وزراء اليابان " * 20_000),
        ("\ud83d half a pair", "\udfff in the text"),
    ],
    ids=lambda value: value[:12],
)
def test_any_size_and_script_is_judged_in_bounded_time(title, text):
    """Megabytes, emoji, right to left, several scripts at once, half characters: a line, within seconds."""
    start = time.process_time()
    line = judged({"id": "odd", "title": title, "text": text})["odd"]

    assert line.keys() == FIELDS
    assert time.process_time() - start < 10


@settings(max_examples=30, deadline=None)
@given(st.text(), st.text())
def test_texts_that_nobody_would_write_are_judged(title, text):
    """Any two strings, told to be about both countries or not, end in a line of each."""
    rows = [
        {"id": "plain", "title": title, "text": text},
        {"id": "ours", "title": f"Vietnam Japan {title}", "text": f"Japan and Vietnam signed. {text}"},
    ]

    assert [line["id"] for line in judge(rows, baseline=False)] == ["plain", "ours"]
