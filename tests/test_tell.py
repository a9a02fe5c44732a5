"""What a run tells: its lines, its funnel, what it folded, its names; pure, or from a small real warehouse."""

import logging
from collections import Counter
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from flows.steps import Step, inline
from flows.tell import edge, names, words
from flows.tell.folded import line as folded_line
from flows.tell.funnel import funnel
from flows.tell.lines import LOG, line, unfollowed
from flows.tell.progress import under_way
from tests.press import GARDEN, LOAN, MONDAY, printing
from tests.samples import source
from warehouse.rows import rows

# --- lines ------------------------------------------------------------------------------------------------------------


def test_a_line_says_what_a_step_came_to_and_leaves_out_what_is_nothing():
    counts = {"asked": 129, "failed": 3, "unchanged": 12, "new_entries": 1240}
    assert line("fetch", counts) == "fetch: 129 sources asked, 3 failed, 12 not modified, 1,240 new items"
    assert line("dedupe", {"folded": 1}) == "dedupe: 1 copy folded"
    assert line("download", {"pages": 0}) == "download: nothing to do"


@pytest.fixture
def heard():
    """Give the lines of the test as (level, words)."""
    found, handler = [], logging.Handler()
    handler.emit = lambda record: found.append((record.levelname, record.getMessage()))
    LOG.addHandler(handler)
    yield found
    LOG.removeHandler(handler)


def test_each_stage_says_one_line_with_what_it_added_and_one_that_raises_says_none(heard):
    job = SimpleNamespace(counts=Counter({"folded": 5}))

    def fold(job, do):
        job.counts["folded"] += sum(len(batch) for batch in do(Step("fold", list, batch=2), "abc"))

    def fail(_job, _do):
        raise KeyError

    stages = under_way(job, "collect", inline, {"dedupe": fold, "cluster": fail})
    next(stages)()
    failing = next(stages)
    with pytest.raises(KeyError):
        failing()
    assert heard == [("INFO", "dedupe: 3 copies folded")]


def test_without_a_terminal_only_what_is_wrong_is_printed(capsys):
    LOG.info("fetch: 1 source asked")
    LOG.warning("ping: not sent")
    assert capsys.readouterr().err.endswith("WARNING ping: not sent\n")


def test_on_a_terminal_each_line_is_printed_unless_the_command_speaks_for_itself(capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    LOG.info("fetch: 1 source asked")
    with unfollowed():
        LOG.info("fetch: 2 sources asked")
    said = capsys.readouterr().err
    assert said.endswith("INFO fetch: 1 source asked\n")
    assert "2 sources" not in said


def test_in_the_log_of_a_scheduled_run_each_line_is_printed(capsys, monkeypatch):
    monkeypatch.setattr("flows.tell.lines._scheduled", lambda: True)
    LOG.info("fetch: 1 source asked")
    assert capsys.readouterr().err.endswith("INFO fetch: 1 source asked\n")


# --- the funnel and what was folded -----------------------------------------------------------------------------------


def test_the_funnel_has_a_count_for_each_step_and_says_where_the_others_went():
    counts = {"asked": 3, "entries": 1200, "new_entries": 40, "pages": 42, "pages_failed": 2, "articles": 38}
    counts |= {"judged": 38, "judged_bilateral": 5, "judged_related": 2, "judged_mention": 1, "judged_none": 30}
    losses = [
        {"stage": "source", "reason": "not a feed", "lost": 1},
        {"stage": "page", "reason": "timeout", "lost": 2},
    ]
    found = {row["step"]: (row["count"], row["of them"]) for row in funnel(counts, losses)}
    assert found["sources asked"] == ("3", "1 not a feed")
    assert found["items seen"] == ("1,200", "1,160 known before")
    assert found["pages asked"] == ("42", "2 timeout")
    assert found["pages read"] == ("40", "")
    assert found["judged"] == ("38", "1 mention one country only in passing, 30 not about both countries")
    assert (found["relevant"][0], found["new stories"][0]) == ("7", "0")


@pytest.fixture(scope="module")
def press(tmp_path_factory):
    """Collect from two outlets that tell the same, and of a garden; one page is away, one waits for a later run."""
    watched = [source(), source(source_id="herald", outlet="Herald", family="herald", url="http://herald.example/rss")]
    with printing(tmp_path_factory.mktemp("told"), *watched) as press:
        press.says("loan", "Japan lends Vietnam 12 billion yen for a bridge", *LOAN)
        press.says("garden", "The garden society of Hue opens its show", *GARDEN)
        press.says("copy", "Japan lends Vietnam 12 billion yen for a bridge", *LOAN, source_id="herald")
        loan = ("loan", "Japan lends Vietnam 12 billion yen for a bridge", MONDAY)
        press.lists(
            loan, ("garden", "The garden society of Hue opens its show", MONDAY), ("away", "A page away", MONDAY)
        )
        press.lists(("copy", *loan[1:]), source_id="herald")
        counts = press.collect(0)
        yield press, counts


def test_the_warehouse_says_where_what_a_run_took_in_went(press):
    press, counts = press
    with press.settings.warehouse.writer() as db:
        lost = rows(db, "losses_of", now=MONDAY)
        later = rows(db, "losses_of", now=MONDAY.replace(hour=9))
    assert {"stage": "page", "reason": "failed", "lost": 1} in lost
    assert later == []
    said = {row["step"]: row for row in funnel(counts, lost)}
    assert said["pages read"]["count"] == "3"
    assert (said["new stories"]["count"], said["joined to stories"]["count"]) == ("1", "2")


def test_a_page_that_is_asked_again_and_says_nothing_new_is_named_as_that(press):
    press, _ = press
    press.collect(25)
    with press.settings.warehouse.writer() as db:
        lost = rows(db, "losses_of", now=press.job(25).now)
    assert {row["reason"]: row["lost"] for row in lost if row["stage"] == "text"} == {"nothing new in it": 3}


def test_what_was_folded_is_told_with_both_articles_the_reason_and_the_score(press):
    press, _ = press
    with press.settings.warehouse.writer() as db:
        [row] = rows(db, "folded_of", now=MONDAY)
    told = folded_line(row)
    assert (told["outlet"], told["of"], told["kind"], told["score"]) in {
        ("Herald", "Courier", "exact", "1.00"),
        ("Courier", "Herald", "exact", "1.00"),
    }
    assert "the same text" in told["why"]


# --- names, words, and no Prefect -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "given", "said"),
    [
        (names.at_minute, {}, "collect 2025-04-28 07:00"),
        (names.by_day, {}, "collect 2025-04-28"),
        (names.by_week, {"until": ""}, "collect 2025-W17"),
        (names.by_week, {"until": "2025-W15"}, "collect 2025-W15"),
        (names.by_argument, {"since": "", "now": None}, "collect"),
        (names.by_argument, {"week": "2025-W16"}, "collect 2025-W16"),
    ],
)
def test_a_run_is_named_by_the_moment_or_the_week_in_the_set_zone(how, given, said):
    assert how("collect", datetime(2025, 4, 28, 0, tzinfo=UTC), "Asia/Ho_Chi_Minh", given) == said


def test_what_outlets_wrote_stays_on_one_line_and_plain():
    assert words.short("a\n b " + "x" * 200) == "a b " + "x" * 155 + "…"
    assert words.plain("[a](b) <i>") == r"\[a\]\(b\) &lt;i&gt;"


def test_without_a_flow_run_nothing_is_told_and_nothing_fails():
    assert not edge.table("vnjp-sources", [], "")
    assert edge.progress("vnjp-collect-progress", "begins") is None
    edge.event("backup.made", "backup", "Backup", "2025-04-28", MONDAY, {})
