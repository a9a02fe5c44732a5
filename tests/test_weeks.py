"""ISO weeks in a zone: half-open, without gap or overlap."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.weeks import week, week_of, weeks_between

_BOUNDS = datetime(2000, 1, 10), datetime(2090, 1, 1)  # noqa: DTZ001 - Hypothesis wants bounds without a zone
INSTANTS = st.datetimes(*_BOUNDS, timezones=st.just(UTC))
ZONES = st.sampled_from(["Asia/Ho_Chi_Minh", "Asia/Tokyo", "Europe/Oslo", "America/Los_Angeles", "UTC"])


@given(INSTANTS, ZONES)
def test_every_instant_lies_in_its_week_and_weeks_touch(instant, zone):
    one = week_of(instant, zone)
    assert one.start <= instant < one.end
    assert week_of(one.end, zone).start == one.end
    assert week(one.label, zone) == one
    assert one.start.astimezone(ZoneInfo(zone)).strftime("%a %H:%M") == "Mon 00:00"


def test_a_sunday_evening_in_tokyo_is_not_yet_monday_in_hanoi():
    instant = datetime(2025, 4, 27, 16, 30, tzinfo=UTC)
    assert week_of(instant, "Asia/Tokyo").label == "2025-W18"
    assert week_of(instant, "Asia/Ho_Chi_Minh").label == "2025-W17"


def test_a_week_with_a_clock_change_is_an_hour_longer_or_shorter():
    assert week("2025-W13", "Europe/Oslo").end - week("2025-W13", "Europe/Oslo").start == timedelta(hours=167)


def test_only_weeks_that_are_over_are_between():
    first = datetime(2025, 4, 22, tzinfo=UTC)
    labels = [one.label for one in weeks_between(first, datetime(2025, 5, 4, 17, tzinfo=UTC), "Asia/Ho_Chi_Minh")]
    assert labels == ["2025-W17", "2025-W18"]
    assert weeks_between(first, datetime(2025, 4, 27, 16, 59, tzinfo=UTC), "Asia/Ho_Chi_Minh") == []


@pytest.mark.parametrize("label", ["2025-18", "W18", "2025-W54", "2025-W00", "", "next week"])
def test_what_is_no_week_is_refused_with_an_example(label):
    with pytest.raises(ValueError, match="2025-W18"):
        week(label, "UTC")
