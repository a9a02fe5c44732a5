"""flows/amend/issue: a human may look first; what is decided is logged, and what has gone out is never changed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from flows.amend import issue as desk
from flows.amend.issue_log import held, lines
from flows.run.issues import preview_issue
from tests.posted import FROZEN, MONDAY, freeze, ledger, prepare, settings_of, wake
from tests.press import MONDAY as OF_PRESS
from tests.press import TALKS, printing
from warehouse import desk as kept
from warehouse.errors import MendableError
from warehouse.issue import from_json
from warehouse.publish import publish

DAY = timedelta(hours=24)
W18 = "2025-W18"


@pytest.fixture(scope="module")
def week(tmp_path_factory) -> Path:
    """Give a data folder with a frozen issue that has no readers yet."""
    return prepare(tmp_path_factory.mktemp("frozen"))


@pytest.fixture
def waiting(tmp_path, week):
    """Give settings by which the frozen issue waits a day for approval, and then goes out."""
    return waits(tmp_path, week, "24:send")


def waits(folder, week, approval):
    settings = settings_of(folder, "anna", approval=approval)
    freeze(settings, week)
    return settings


def at(settings, note="", now=MONDAY):
    return desk.Desk(settings, W18, now, "quynh", note)


def frozen(settings):
    with settings.warehouse.writer() as db:
        return kept.frozen(db, W18)


def log(settings):
    with settings.warehouse.writer() as db:
        return [(one.decision, one.state) for one in kept.log(db, W18)]


def test_an_issue_waits_for_its_deadline_then_goes_out_as_it_was_frozen(waiting):
    before = frozen(waiting)
    wake(waiting, FROZEN + DAY - timedelta(minutes=1))
    assert (ledger(waiting), list(waiting.data.glob("issues/*"))) == ({"anna": "pending"}, [])
    assert wake(waiting, FROZEN + DAY)["letters_written"] == 1
    assert log(waiting) == [("wait", "waiting"), ("deadline", "released")]
    assert frozen(waiting) == before
    assert W18 in (waiting.data / "issues" / "index.html").read_text()


def test_a_preview_shows_what_waits_in_a_page_of_its_own_and_what_has_gone_out_where_it_lies(waiting, monkeypatch):
    monkeypatch.setenv("VNJP_DATA", str(waiting.data))
    publish(waiting.warehouse)
    page, said = preview_issue(W18, open_it=False)
    assert (page, said) == (waiting.data / "preview.html", f"Issue {W18} as it is frozen:")
    wake(waiting, FROZEN + DAY)
    out, _ = preview_issue(W18, open_it=False)
    assert out == waiting.issues / f"{W18}.web.html"
    assert out.read_bytes() == page.read_bytes()


@pytest.mark.long
def test_a_deadline_set_to_hold_holds_until_somebody_approves(tmp_path, week):
    settings = waits(tmp_path, week, "24:hold")
    wake(settings, FROZEN + DAY)
    assert not desk.hold(at(settings)).changed
    wake(settings, FROZEN + 9 * DAY)
    assert ledger(settings) == {"anna": "pending"}
    desk.approve(at(settings, now=FROZEN + 9 * DAY))
    wake(settings, FROZEN + 9 * DAY)
    assert ledger(settings) == {"anna": "written"}
    assert log(settings) == [("wait", "waiting"), ("deadline", "held"), ("approve", "released")]


@pytest.mark.long
def test_a_hold_outlasts_the_deadline_and_an_edit_after_an_approval_has_to_be_approved_again(waiting):
    desk.hold(at(waiting))
    wake(waiting, FROZEN + 2 * DAY)
    assert ledger(waiting) == {"anna": "pending"}
    desk.drop(at(waiting), "2")
    desk.approve(at(waiting))
    approved = frozen(waiting).sha256
    desk.pin(at(waiting), "3")
    assert log(waiting)[-2:] == [("approve", "released"), ("pin", "held")]
    wake(waiting, FROZEN + 2 * DAY)
    assert ledger(waiting) == {"anna": "pending"}
    assert approved != frozen(waiting).sha256
    desk.approve(at(waiting))
    wake(waiting, FROZEN + 2 * DAY)
    assert ledger(waiting) == {"anna": "written"}


def test_an_edit_is_made_from_the_frozen_content_marked_and_logged_and_what_was_before_is_kept(waiting):
    before = frozen(waiting)
    gone, top = before.issue.entries[1], before.issue.entries[4]
    desk.drop(at(waiting, "told last week"), gone.story_id)
    desk.pin(at(waiting), top.headlines[0].text[:25].upper())
    after = frozen(waiting)
    assert after.frozen_at == before.frozen_at
    assert after.issue.entries[0].story_id == top.story_id
    assert gone.story_id not in {one.story_id for one in after.issue.entries}
    with waiting.warehouse.reader() as db:
        texts = dict(db.execute("select language, text from base.renderings").fetchall())
        versions = db.execute("select number, content, sha256 from base.issue_versions order by number").fetchall()
        logged = db.execute(
            "select decision, story_id, note, made_by, sha256 from issue_log order by number"
        ).fetchall()
        listed = db.execute("select state, edits, stories, sha256 from issues").fetchall()
        lines_of = db.execute("select story_id from base.issue_entries order by position").fetchall()
    assert "Edited by the desk: 1 story left out, 1 story put first." in texts["en"].replace("\n", " ")
    assert "編集者による変更：1件を除外、1件を先頭に配置。" in texts["ja"]
    assert gone.headlines[0].text not in " ".join(texts["en"].split())
    assert [number for number, *_ in versions] == [2, 3]
    assert (versions[0][1], versions[0][2]) == (before.content, before.sha256)
    assert from_json(versions[1][1]).by_hand.dropped == 1
    assert logged[0][0] == "wait"
    assert logged[1] == ("drop", gone.story_id, "told last week", "quynh", versions[1][2])
    assert logged[2] == ("pin", top.story_id, None, "quynh", after.sha256)
    assert listed == [("waiting", 2, len(after.issue.entries), after.sha256)]
    assert [one for (one,) in lines_of] == [one.story_id for one in after.issue.entries]


def test_what_has_gone_out_is_never_changed_and_the_next_command_is_named(tmp_path, week):
    settings = waits(tmp_path, week, "none")
    wake(settings)
    before = frozen(settings)
    for change in (
        lambda: desk.drop(at(settings), "1"),
        lambda: desk.pin(at(settings), "2"),
        lambda: desk.hold(at(settings)),
    ):
        with pytest.raises(MendableError, match=r"has gone out to 1 reader .*`vnjp digest erratum 2025-W18"):
            change()
    assert frozen(settings) == before
    told = desk.erratum(at(settings), "The loan\nwas 12 billion <b>yen</b>.", "en", "1")
    assert told.decision.words == "The loan was 12 billion <b>yen</b>."
    with settings.warehouse.writer() as db:
        assert [one.words for one in kept.errata(db, "2025-W19")] == [told.decision.words]
        kept.print_errata(db, "2025-W19")
        assert (len(kept.errata(db, "2025-W19")), kept.errata(db, "2025-W20"), kept.errata(db, W18)) == (1, (), ())
    [row] = held(settings, W18)
    assert "erratum: “" in lines([row], 200)
    assert "not printed yet" in lines([row], 200)


@pytest.mark.long
def test_what_was_decided_before_changes_nothing(tmp_path, week):
    settings = waits(tmp_path, week, "none")
    wake(settings)
    before = frozen(settings)
    assert not desk.approve(at(settings)).changed
    for changed in (True, False):
        assert desk.erratum(at(settings), "The loan was 12 billion yen.", "en", "1").changed is changed
    assert (frozen(settings), len(log(settings))) == (before, 1)


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (
            lambda one: desk.drop(one, "no such story"),
            r"No story of issue 2025-W18 is named 'no such story'. Give an id",
        ),
        (lambda one: desk.drop(one, ""), r"stories of issue 2025-W18 are named ''"),
        (lambda one: desk.erratum(one, "wrong", "en"), "has not gone out: nobody read the error"),
        (lambda one: desk.erratum(one, " \u200b\n", "en"), "one to 600 characters; this one has 0"),
    ],
)
def test_what_cannot_be_decided_is_a_sentence(waiting, what, said):
    with pytest.raises(MendableError, match=said):
        what(at(waiting))
    assert log(waiting) == [("wait", "waiting")]


@pytest.mark.long
def test_an_error_of_ours_is_printed_in_the_next_issue_once_and_a_hold_may_be_set_ahead(tmp_path):
    hours = 7 * 24
    with printing(tmp_path) as press:
        press.says("talks", "Vietnam's prime minister receives Japan's foreign minister", *TALKS)
        press.lists(("talks", "Vietnam's prime minister receives Japan's foreign minister", OF_PRESS))
        for week in range(4):
            press.collect(week * hours)
        press.digest(hours + 7)
        said = "It was Minister <i>Okuda</i>, not Okada."
        first = desk.Desk(press.settings, "2025-W17", press.job(hours + 8).now)
        desk.erratum(first, said, "en", "1")
        second = desk.Desk(press.settings, "2025-W18", press.job(hours + 9).now)
        desk.hold(second)
        press.digest(3 * hours + 7)
        issues = {row["week"]: from_json(row["content"]) for row in press.ask("select week, content from base.issues")}
        assert [one.words for one in issues["2025-W18"].by_hand.errata] == [said]
        assert issues["2025-W19"].by_hand.errata == ()
        again, _ = press.week("2025-W18", 3 * hours + 7)
        assert again.by_hand == issues["2025-W18"].by_hand
        [text] = press.ask("select text, html, web from base.renderings where week = '2025-W18'")
        assert "Corrections of our own (written by the desk)" in text["text"]
        for page in (text["html"], text["web"]):
            assert "It was Minister &lt;i&gt;Okuda&lt;/i&gt;, not Okada." in page
        assert press.ask("select printed_in from issue_log where decision = 'erratum'") == [{"printed_in": "2025-W18"}]
        states = press.ask("select week, state from issues order by week")
        assert [one["state"] for one in states] == ["released", "held", "released"]
