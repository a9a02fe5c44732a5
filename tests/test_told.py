"""warehouse/told: what composing is given of a week and of what was before it, from a real warehouse."""

import json

import pytest

from tests.press import LOAN, MONDAY, printing
from warehouse.connect import Warehouse
from warehouse.issue import Issue, from_json
from warehouse.rows import rows

WEEK = 7 * 24
TITLE = "Japan and Vietnam agree on an ODA loan for a bridge over the Red River"
NEAR = "Vietnam’s under-16 women lose 0-3 to Japan in football friendly"
MATCH = (
    "The under-16 women’s football team of Vietnam lost 0-3 to Japan in a friendly match.",
    "Both teams go on to Asian qualifiers.",
)


@pytest.fixture(scope="module")
def press(tmp_path_factory):
    with printing(tmp_path_factory.mktemp("told")) as press:
        press.says("loan", TITLE, *LOAN)
        press.says("match", NEAR, *MATCH)
        press.lists(("loan", TITLE, MONDAY), ("match", NEAR, MONDAY))
        press.collect(0)
        press.digest(WEEK)
        press.collect(WEEK + 1)
        yield press


def test_a_dossier_that_the_last_issue_moved_is_quiet_since_the_day_of_that_report(press):
    first, _ = press.week("2025-W17", WEEK)
    assert [one.dossier_id for one in first.dossiers if one.moved] == ["oda-loans"]
    second, _ = press.week("2025-W18", 2 * WEEK)
    loans = next(one for one in second.dossiers if one.dossier_id == "oda-loans")
    assert (loans.moved, loans.since) == ((), MONDAY.date())


def test_what_the_last_issue_told_and_of_which_nothing_came_is_quiet(press):
    second, (made,) = press.week("2025-W18", 2 * WEEK)
    assert [(one.story.headline, one.told_in) for one in second.quiet] == [(TITLE, "2025-W17")]
    assert "Quiet since last week" in made.text


def test_a_week_composed_again_does_not_know_its_own_issue(press):
    assert press.week("2025-W17", 2 * WEEK)[0].quiet == ()


def test_an_article_just_below_the_line_is_kept_for_the_browser_edition_only(press):
    issue, (made,) = press.week("2025-W17", WEEK)
    found = [one.title.text for one in issue.below]
    assert found == [NEAR]
    assert NEAR not in made.html + made.text


def test_an_issue_that_was_frozen_before_these_fields_were_there_can_be_read(press):
    with press.settings.warehouse.reader() as db:
        [row] = rows(db, "issue_before", week="2025-W18")
    old = json.loads(row["content"])
    for name in ("dossiers", "quiet", "themes", "below", "by_hand", "cut"):
        del old[name]
    for entry in old["entries"]:
        for name in ("days", "strands", "officials", "dossiers"):
            del entry[name]
    assert from_json(json.dumps(old)).entries[0].headlines[0].text == TITLE


# --- the demo ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def demo(played) -> Issue:
    """Give the second issue of the demo."""
    with Warehouse(played[0]).reader() as db:
        [row] = rows(db, "issue_before", week="2025-W19")
    return from_json(row["content"])


def test_the_visit_of_the_demo_has_its_days_its_strands_and_the_official_texts_of_both_sides(demo):
    visit = demo.entries[0]
    assert visit.event_type == "visit"
    assert visit.days is not None
    assert 2 < len(visit.strands) <= 6
    assert {one.title.side for one in visit.officials} == {"vietnam", "japan"}
    assert len(demo.themes) > 10


def test_an_earlier_story_of_the_demo_comes_with_the_fields_that_its_line_from_tags_is_made_of(demo):
    lines = {one.story_id: one for entry in demo.entries for one in entry.earlier}
    assert any(
        one.actor and one.counterpart and {one.actor.side, one.counterpart.side} == {"vietnam", "japan"}
        for one in lines.values()
    )
    assert any(one.place for one in lines.values())
    assert all(one.topics for one in lines.values())
    for one in lines.values():
        tongues = [one.headline_language, *(each.headline_language for each in one.others)]
        assert len(tongues) == len(set(tongues))
