"""However many stories a week has, and however long their headlines are, Gmail shows the mail whole."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.compose import Layout, compose
from tasks.render import BUDGET, Language, render
from tests import shown, told
from tests.test_render import dense
from warehouse.issue import Entry, Issue, Quote

MOST = 100  # stories
LONGEST = 300  # characters of a headline, as composing cuts them
WORDS = {
    "vi": "Thủ tướng Việt Nam và Nhật Bản nhất trí tăng cường hợp tác đường sắt, nhân lực, chuyển đổi xanh tại Hà Nội ",
    "ja": "日越首脳会談、鉄道や人材育成、脱炭素での協力強化で一致し共同声明を発表、次官級の二プラス二も新設へ",
}


@cache
def crowded() -> Issue:
    """Compose a hundred stories, all of them in full."""
    layout = Layout(full=MOST, short=0, line=0, section=MOST)
    return compose(told.WEEK, told.many(MOST), told.source_weeks(), told.COUNTS, told.HISTORY, layout, told.names())


def lengthened(entry: Entry, number: int, length: int) -> Entry:
    """Give an entry whose headlines are as long as asked and begin with its number."""

    def headline(quote: Quote) -> Quote:
        words = WORDS["ja" if quote.language in {"ja", "zh"} else "vi"]
        return replace(quote, text=(f"{number}. " + words * (length // len(words) + 1))[:length].strip())

    return replace(entry, headlines=tuple(map(headline, entry.headlines)))


def assert_whole(lengths: list[int], language: Language) -> None:
    entries = crowded().entries[: len(lengths)]
    made = [lengthened(one, at, length) for at, (one, length) in enumerate(zip(entries, lengths, strict=True))]
    ids = {one.story_id for one in made}
    ahead = tuple(one for one in crowded().ahead if one.story_id in ids)
    figures = tuple(one for one in crowded().figures if one.story_id in ids)
    issue = replace(crowded(), entries=tuple(made), ahead=ahead, figures=figures)
    rendered = render(issue, language, shown.ARCHIVE)
    assert len(rendered.html.encode()) <= BUDGET
    assert rendered.html.rstrip().endswith("</html>")
    text = dense(rendered.text)
    for one in made:
        assert any(dense(quote.text) in text for quote in one.headlines)


@settings(max_examples=8)
@given(st.lists(st.integers(20, LONGEST), max_size=MOST), st.sampled_from(shown.LANGUAGES))
def test_any_number_of_stories_of_any_length_stays_within_the_budget(lengths, language):
    assert_whole(lengths, language)


@pytest.mark.parametrize("language", ["vi", "ja"])
def test_a_hundred_stories_with_the_longest_headlines_stay_within_the_budget(language):
    assert_whole([LONGEST] * MOST, language)


@pytest.mark.long
@settings(max_examples=60)
@given(st.lists(st.integers(20, LONGEST), min_size=MOST // 2, max_size=MOST), st.sampled_from(shown.LANGUAGES))
def test_many_stories_of_any_length_stay_within_the_budget(lengths, language):
    assert_whole(lengths, language)
