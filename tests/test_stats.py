"""`vnjp stats`: the last weeks and the last runs, from the snapshot of a small real warehouse."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from flows.job import running
from flows.stats import as_text, stats
from tests.command import vnjp
from tests.press import LOAN, MONDAY, printing
from tests.samples import source
from warehouse import write
from warehouse.publish import publish
from warehouse.records import Run


@pytest.fixture(scope="module")
def press(tmp_path_factory):
    """Collect on a Monday, freeze on the next, fail once, and be killed twice, once in the last run of a flow."""
    with printing(
        tmp_path_factory.mktemp("stats"), source(), source(source_id="shut", url="http://shut.example/rss")
    ) as it:
        it.says("loan", "Japan lends Vietnam 12 billion yen", *LOAN)
        it.lists(("loan", "Japan lends Vietnam 12 billion yen", MONDAY))
        house = it.settings.warehouse
        killed = Run("k1", "collect", MONDAY, MONDAY, zone="Asia/Ho_Chi_Minh")
        with house.writer() as db:
            write.run(db, killed)
        it.collect(0)
        with pytest.raises(KeyError), running(it.job(2), "collect"):
            raise KeyError("no such thing")
        it.digest(24 * 7)
        with house.writer() as db:
            write.run(db, replace(killed, run_id="k2", flow="maintain", now=MONDAY + timedelta(days=7)))
        publish(house)
        yield it


def test_a_week_says_what_came_in_what_came_of_it_and_how_everything_did(press):
    after, week = stats(press.settings, 8)["weeks"]
    assert (after["week"], week["week"]) == ("2025-W18", "2025-W17")
    told = ("items", "articles", "relevant", "folded", "stories", "sources_worked", "sources_failed", "issue")
    assert [week[name] for name in told] == [1, 1, 1, 0, 1, 1, 1, "released"]
    assert (week["deliveries"], week["stories_told"]) == ({"written": 1}, 1)
    assert [week[f"runs_{kind}"] for kind in ("good", "failed", "killed", "unfinished")] == [1, 1, 1, 0]
    assert [after[f"runs_{kind}"] for kind in ("good", "failed", "killed", "unfinished")] == [1, 0, 1, 0]
    assert week["seconds"] > 0


def test_only_as_many_weeks_are_given_as_asked_for_the_newest_first(press):
    assert [row["week"] for row in stats(press.settings, 1)["weeks"]] == ["2025-W18"]


def test_the_last_run_of_each_flow_says_how_it_ended(press):
    runs = {run["flow"]: run for run in stats(press.settings, 1)["runs"]}
    assert {flow: run["state"] for flow, run in runs.items()} == {
        "collect": "failed",
        "digest": "completed",
        "maintain": "killed",
    }
    assert "no such thing" in runs["collect"]["error"]
    assert runs["collect"]["good_at"] is not None
    assert runs["digest"]["counts"]["issues"] == 1


def test_a_run_that_is_at_work_is_not_called_killed(press):
    with press.settings.warehouse.lock("maintain"):
        found = stats(press.settings, 1)
    assert {run["flow"]: run["state"] for run in found["runs"]}["maintain"] == "running"
    assert (found["weeks"][0]["runs_killed"], found["weeks"][0]["runs_unfinished"]) == (0, 1)


def test_the_table_is_for_a_person(press):
    text = as_text(stats(press.settings, 8), press.settings, MONDAY)
    assert "1 of 2" in text
    assert "1 good, 1 failed, 1 killed" in text
    assert "1 written" in text
    assert "never" in text


def test_the_command_prints_both_forms_and_says_what_to_do_without_a_warehouse(press, tmp_path):
    data = press.settings.data
    found = json.loads(vnjp("stats", "--json", "--weeks", "1", VNJP_DATA=data).stdout)
    assert [row["week"] for row in found["weeks"]] == ["2025-W18"]
    nothing = vnjp("stats", VNJP_DATA=tmp_path)
    assert nothing.returncode == 1
    assert "Run `vnjp collect`" in nothing.stderr
