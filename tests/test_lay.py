"""Lines for a terminal: no wider than asked, nothing lost, broken where each script may be broken."""

from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from flows.ask.lay import shown, wrap

SPACED = ("Việt", "Nam", "và", "Nhật", "Bản", "ký", "hiệp", "(VNA)", "28/4", "이시바", "총리")
UNSPACED = ("石破首相", "、", "ハノイで", "会談", "。", "「共同", "声明」")
TEXTS = st.lists(st.sampled_from([one + " " for one in SPACED] + list(UNSPACED)), max_size=40)


@given(TEXTS, st.integers(24, 60), st.integers(0, 6))
def test_lines_are_no_wider_than_asked_and_nothing_is_lost(pieces, width, indent):
    text = "".join(pieces)

    laid = wrap(text, width, indent, 2)

    assert "".join(laid.split()) == "".join(text.split())
    assert all(wcswidth(line) <= width or is_marks(line) for line in laid.splitlines()), laid


def is_marks(line):
    """Say whether a line is one character with nothing but marks after it, which may not begin a line."""
    return set(line.strip()[1:]) <= set("、。」")


@given(TEXTS, st.integers(24, 60))
def test_no_line_after_the_first_begins_with_a_mark_that_closes(pieces, width):
    for line in wrap("".join(pieces), width).splitlines()[1:]:
        assert line.lstrip()[:1] not in "、。」", line


def test_japanese_is_broken_between_characters_and_vietnamese_between_words():
    assert wrap("石破首相は二十八日ハノイで会談した。", 20) == "石破首相は二十八日ハ\nノイで会談した。"
    assert wrap("Thủ tướng Ishiba thăm Việt Nam", 20, 0, 2) == "Thủ tướng Ishiba\n  thăm Việt Nam"


def test_an_address_is_never_broken():
    address = "http://tinviet.example/" + "thu-tuong-" * 9

    assert address in wrap(f"see {address} there", 40).splitlines()


def test_words_are_shown_in_place_without_half_words_around_them():
    text = "One sentence stands before this, and the words in question follow; another sentence stands behind them all."
    start = text.index("words")

    assert shown(text, start, start + 5) == (
        "…sentence stands before this, and the [words] in question follow; another sentence…"
    )
