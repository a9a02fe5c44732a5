"""The laws of tasks/text.py: what other steps build their offsets and ids on."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.text import clean, compose_back, digest, fold, fold_back, is_cjk, script_counts, sentences, words

ANY_TEXT = st.text(st.characters(exclude_categories=()))  # lone surrogates too
PROSE = st.text(st.sampled_from("aB đạ1.!?。「」ベト南\n  ”’Mr"), max_size=60)


@given(ANY_TEXT)
def test_clean_of_clean_text_changes_nothing(text):
    assert clean(clean(text)) == clean(text)


@given(ANY_TEXT)
def test_clean_text_can_be_stored_and_shown(text):
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not any(unicodedata.category(c) == "Cc" and c != "\n" for c in cleaned)
    assert all(line == line.strip() and "  " not in line for line in cleaned.split("\n"))


@pytest.mark.parametrize(
    ("raw", "expected", "why"),
    [
        ("Việt\x08 Nam", "Việt Nam", "a control character inside a title"),
        ("\u202eNhật Bản\u202c", "Nhật Bản", "bidi override"),
        ("Viet\u00adnam", "Vietnam", "a soft hyphen splits words for no reader"),
        ("ベトナム\u3000首相", "ベトナム 首相", "ideographic space"),
        ("Vie\u0302\u0323t", "Việt", "decomposed letters as macOS writes them"),
        ("e\u200b\u0301", "é", "composed after the zero-width space between is gone"),
        ("a\r\nb\rc", "a\nb\nc", "all line ends are one"),
        ("می\u200cخواهم", "می\u200cخواهم", "ZWNJ is part of the word"),
        ("a\ud800b", "a?b", "a lone surrogate cannot be stored"),
    ],
)
def test_clean_brings_outside_text_into_one_form(raw, expected, why):
    assert clean(raw) == expected, why


@given(ANY_TEXT)
def test_fold_back_folds_as_fold_does_and_knows_every_origin(text):
    folded = fold_back(text)
    assert folded.text == fold(text)
    assert len(folded.origin) == len(folded.text) + 1
    assert list(folded.origin) == sorted(folded.origin)
    assert folded.origin[-1] == len(text)


@given(st.text(st.sampled_from("ĐđạÉ ﬁ０ベ㎞x")), st.data())
def test_a_folded_span_leads_back_to_characters_that_fold_to_it(text, data):
    folded = fold_back(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    left, right = folded.span(start, end)
    assert 0 <= left <= right <= len(text)
    assert folded.text[start:end] in fold(text[left:right])


@pytest.mark.parametrize(
    ("one", "other"),
    [("Võ Văn Thưởng", "Vo Van Thuong"), ("ĐÀ NẴNG", "da nang"), ("ＯＤＡ", "oda"), ("２０２５年", "2025年")],
)
def test_spellings_of_one_name_fold_to_the_same(one, other):
    assert fold(one) == fold(other)


def test_fold_keeps_the_voice_of_kana_and_the_syllables_of_hangul():
    assert fold("ガ") != fold("カ")
    assert fold("한국") == "한국"


@given(PROSE)
def test_sentences_are_in_order_not_empty_and_cover_all_that_is_not_space(text):
    spans = sentences(text)
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Son spoke. He left.", ["Mr. Son spoke.", "He left."]),
        ("They met on Nov. 27. It rained.", ["They met on Nov. 27.", "It rained."]),
        ("Ông nói v.v. đã xong. Hội nghị kết thúc.", ["Ông nói v.v. đã xong.", "Hội nghị kết thúc."]),
        ("首相は「行きます。」と述べた。会談は続く。", ["首相は「行きます。」と述べた。", "会談は続く。"]),
        ("“We agree.” The host smiled.", ["“We agree.”", "The host smiled."]),
        ("Heading\nFirst line", ["Heading", "First line"]),
        ("GDP grew 7.5 percent.", ["GDP grew 7.5 percent."]),
        ("PGS. TS. Lan phát biểu.", ["PGS. TS. Lan phát biểu."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, expected):
    assert [text[start:end] for start, end in sentences(text)] == expected


def test_a_digest_depends_on_where_its_parts_end():
    assert digest("ab", "c") != digest("a", "bc")
    assert len(digest("x")) == 16


def test_words_count_two_characters_as_one_where_nobody_writes_spaces():
    assert words("Japan's prime minister") == 3
    assert words("日越関係") == 2
    assert words("ODA と 円借款") == 1 + 2


def test_scripts_are_told_apart():
    assert is_cjk("ベトナムの首相")
    assert not is_cjk("Vietnam (越南)")
    assert script_counts("ベ南한a") == {"kana": 1, "han": 1, "hangul": 1, "other": 1}


@given(st.text(st.sampled_from("aăâđệốNgữ\u0301\u0302\u0323 が石\u3099か\n")))
def test_composing_keeps_the_way_back(text):
    made = compose_back(text)
    assert made.text == unicodedata.normalize("NFC", text)
    assert len(made.origin) == len(made.text) + 1
    for start in range(len(made.text)):
        piece = text[made.origin[start] : made.origin[start + 1]]
        assert made.text[start] in unicodedata.normalize("NFC", piece) or not piece
