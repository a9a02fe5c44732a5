"""When flows are due: an outage is made good once for each flow, and a run whose work was done meanwhile does none."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from flows.due import PLANS, overdue, superseded, times

HANOI = "Asia/Ho_Chi_Minh"
ROOT = Path(__file__).resolve().parents[1]
INSTANTS = st.integers(1_580_000_000, 1_890_000_000).map(lambda second: datetime.fromtimestamp(second, UTC))


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def due(now, **good):
    return [plan.flow for plan in overdue({flow: at(one) for flow, one in good.items()}, at(now), HANOI)]


def test_all_that_never_ran_is_due_in_the_order_in_which_an_outage_is_made_good():
    assert due("2025-04-28T00:10") == ["collect", "digest", "maintain"]


def test_nothing_is_due_before_its_next_time():
    ran = {"collect": "2025-04-28T00:00", "digest": "2025-04-28T00:00", "maintain": "2025-04-27T20:30"}
    assert due("2025-04-28T00:59", **ran) == []
    assert due("2025-04-28T01:00", **ran) == ["collect", "digest"]


def test_after_days_without_power_each_flow_is_due_once():
    ran = dict.fromkeys(("collect", "digest", "maintain"), "2025-04-01T00:00")
    assert due("2025-04-28T12:00", **ran) == ["collect", "digest", "maintain"]


def test_a_night_for_the_digest_is_none_of_its_times():
    ran = {"collect": "2025-04-28T15:59", "digest": "2025-04-28T15:01", "maintain": "2025-04-28T15:00"}
    assert due("2025-04-28T20:00", **ran) == ["collect"]  # 03:00 in Hanoi: the digest is next at 07:00
    assert due("2025-04-28T20:30", **ran) == ["collect", "maintain"]


@given(INSTANTS, st.timedeltas(timedelta(0), timedelta(days=60)))
def test_what_has_just_run_is_not_due_and_what_is_due_stays_so(ran, later):
    good = dict.fromkeys(("collect", "digest", "maintain"), ran)
    assert overdue(good, ran, HANOI) == []
    now = ran + later
    assert set(overdue(good, now, HANOI)) <= set(overdue(good, now + timedelta(hours=1), HANOI))


@pytest.mark.parametrize(
    ("due_at", "good", "done"),
    [
        ("2025-04-28T01:00", "2025-04-28T05:00", True),
        ("2025-04-28T06:00", "2025-04-28T05:00", False),
        ("2025-04-28T05:00", "2025-04-28T05:00", False),
    ],
)
def test_a_run_is_superseded_by_one_that_began_after_it_was_due(due_at, good, done):
    assert superseded(at(due_at), at(good)) is done


def test_without_a_time_or_without_a_good_run_nothing_is_superseded():
    assert not superseded(None, at("2025-04-28T05:00"))
    assert not superseded(at("2025-04-28T05:00"), None)


def test_prefect_yaml_says_the_same_times():
    deployments = yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"]
    said = {(one["name"], one["schedules"][0]["cron"]) for one in deployments if one.get("schedules")}
    assert said == {(plan.name, plan.cron) for plan in PLANS}


def test_times_go_by_the_zone():
    first = next(times(PLANS[2], at("2025-04-28T00:00"), HANOI))
    assert first == at("2025-04-28T20:30")
