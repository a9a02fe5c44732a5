"""flows/digest: which weeks get an issue after an outage of the monitor itself."""

import pytest

from flows.composing import labels
from tasks.compose import NoWorkingSourceError
from tests.press import MONDAY, TALKS, printing

WEEK = 7 * 24
TITLE = "Vietnam's prime minister receives Japan's foreign minister"


@pytest.fixture
def press(tmp_path):
    with printing(tmp_path) as press:
        press.says("talks", TITLE, *TALKS)
        press.lists(("talks", TITLE, MONDAY))
        press.collect(0)
        yield press


def issues(press):
    return [row["week"] for row in press.ask("select week from issues order by week")]


def test_a_week_without_working_sources_fails_after_all_else_is_done_and_replaces_nothing(press):
    with pytest.raises(NoWorkingSourceError, match="2025-W18"):
        press.digest(2 * WEEK + 7)
    assert issues(press) == ["2025-W17"]


def test_weeks_that_nobody_watched_hold_up_no_later_week(press):
    press.collect(3 * WEEK + 1)
    counts = press.digest(4 * WEEK + 7)
    assert (counts["issues"], counts["weeks_without_sources"]) == (2, 2)
    assert issues(press) == ["2025-W17", "2025-W20"]
    again = press.digest(4 * WEEK + 8)
    assert "issues" not in again


def test_readers_of_each_language_find_the_names_that_they_use():
    names = labels()
    assert names["ha-noi"]["en"] == "Hanoi"
    assert names["ishiba-shigeru"] == {"ja": "石破茂"}
    assert "vi" not in names["lao-cai"], "a province is not called by one of its towns"
    assert names["mhlw"]["vi"].startswith("Bộ")
