"""Editing a frozen issue: what goes, what moves, what stays; and the copy that a reader of some topics gets."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.compose import Layout, compose
from tasks.compose.edit import cut, drop, pin
from tests import told
from warehouse.issue import DossierWeek, Issue, from_json, to_json

LAYOUT = Layout(full=2, short=2)


def composed(without: str = "") -> Issue:
    stories = [one for one in told.stories() if one.story.story_id != without]
    return compose(told.WEEK, stories, told.source_weeks(), told.COUNTS, told.HISTORY, LAYOUT, told.names())


ISSUE = composed()
IDS = [one.story_id for one in ISSUE.entries]


@pytest.mark.parametrize("story_id", IDS)
def test_an_issue_without_a_story_is_the_one_that_would_have_been_composed_without_it(story_id):
    edited, anew = drop(ISSUE, story_id, LAYOUT), composed(without=story_id)
    for name in ("entries", "articles", "outlets", "folded", "people", "coverage", "repeats"):
        assert getattr(edited, name) == getattr(anew, name), name
    assert set(edited.figures) <= set(anew.figures)
    assert set(edited.ahead) <= set(anew.ahead)
    assert edited.by_hand.dropped == 1


@pytest.mark.parametrize("story_id", IDS)
def test_a_pinned_story_is_first_and_in_full_and_its_score_says_why(story_id):
    edited = pin(ISSUE, story_id, LAYOUT)
    first = edited.entries[0]
    assert (first.story_id, first.position) == (story_id, 1)
    assert first.level == ("full" if first.outlets else "line")
    assert dict(first.parts)["desk"] > 0
    assert first.score == pytest.approx(sum(value for _, value in first.parts), abs=0.01)
    rest = [one for one in edited.entries if one.story_id != story_id]
    assert [one.story_id for one in rest] == [one for one in IDS if one != story_id]
    assert (edited.articles, edited.outlets, edited.folded) == (ISSUE.articles, ISSUE.outlets, ISSUE.folded)
    assert edited.by_hand.pinned == (story_id,)


@given(st.lists(st.sampled_from(IDS), max_size=6))
def test_the_last_pinned_is_first_however_often_each_was(pins):
    edited = ISSUE
    for story_id in pins:
        edited = pin(edited, story_id, LAYOUT)
    last_first = list(dict.fromkeys(reversed(pins)))
    assert [one.story_id for one in edited.entries] == [*last_first, *(one for one in IDS if one not in pins)]
    assert from_json(to_json(edited)) == edited


def test_a_pinned_story_that_is_dropped_is_no_longer_pinned():
    edited = drop(pin(ISSUE, IDS[2], LAYOUT), IDS[2], LAYOUT)
    assert (edited.by_hand.dropped, edited.by_hand.pinned) == (1, ())


def test_a_copy_holds_every_story_on_the_topics_asked_for_and_no_other():
    for topic in {topic for one in ISSUE.entries for topic in one.topics}:
        copy = cut(ISSUE, (topic,), layout=LAYOUT)
        assert {one.story_id for one in copy.entries} == {one.story_id for one in ISSUE.entries if topic in one.topics}
        assert copy.cut.others == len(ISSUE.entries) - len(copy.entries)
        assert {one.story_id for one in (*copy.figures, *copy.ahead)} <= {one.story_id for one in copy.entries}
        assert copy.coverage == ISSUE.coverage
        assert copy.entries[0].level == "full"


def test_a_copy_holds_what_moves_a_dossier_asked_for_and_the_dossiers_for_its_readers():
    moved = next(one for one in ISSUE.entries if "aid" not in one.topics)
    entries = tuple(replace(one, dossiers=("d1",)) if one is moved else one for one in ISSUE.entries)
    told_of = {"d1": ((moved.story_id,), ()), "d2": ((), ("trade-office",)), "d3": ((), ("aid",)), "d4": ((), ())}
    dossiers = tuple(
        DossierWeek(name, (("en", name),), stories, None, (), (), audience)
        for name, (stories, audience) in told_of.items()
    )
    issue = replace(ISSUE, entries=entries, dossiers=dossiers)

    def shown(topics, wanted):
        copy = cut(issue, topics, wanted)
        return [one.dossier_id for one in copy.dossiers], [one.story_id for one in copy.entries]

    assert shown((), ("d1",)) == (["d1"], [moved.story_id])
    assert shown(("aid",), ())[0] == ["d3", "d4"], "d1 moved, by a story that is not in this copy: it is not quiet"
    assert shown((), ("trade-office",)) == (["d2"], [])
    assert shown(("no-topic",), ()) == (["d4"], [])
    assert [one.dossier_id for one in drop(issue, moved.story_id).dossiers] == ["d2", "d3", "d4"]
