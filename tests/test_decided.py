"""What a user decides as clustering takes it: pairs that hold, groups that join after all else, ids that stay."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tasks.cluster import Judged, decisions, pair
from tasks.cluster.decided import put_together
from tasks.cluster.stories import claim
from tests.samples import NOW
from tests.test_cluster import FRUIT
from warehouse.records import Override, Story

NAMES = ("a", "b", "c", "d", "e", "f")


def override(kind: str, subjects: str, others: str = "") -> Override:
    return Override(f"{kind}-{subjects}", kind, tuple(subjects), tuple(others), ("s1", "s2"), NOW)  # type: ignore[arg-type]


def test_a_merge_is_one_pair_of_the_first_articles():
    assert decisions([override("merge", "ab", "cd")], frozenset("abcd")) == ({pair("a", "c")}, frozenset())


def test_a_merge_holds_by_the_next_articles_when_the_first_are_told_no_more():
    assert decisions([override("merge", "ab", "cd")], frozenset("bd"))[0] == {pair("b", "d")}


def test_a_merge_holds_by_what_a_later_split_left():
    together, apart = decisions([override("merge", "ab", "cd"), override("split", "a", "bcd")], frozenset("abcd"))

    assert together == {pair("b", "c")}
    assert apart == {pair("a", one) for one in "bcd"}


def test_what_is_split_off_goes_on_together():
    assert decisions([override("split", "ab", "cd")], frozenset("abcd"))[0] == {pair("a", "b")}


def test_groups_join_whole_by_one_pair_but_never_over_what_was_set_apart():
    groups = [frozenset("ab"), frozenset("cd"), frozenset("ef")]

    assert put_together(groups, [pair("a", "c")], ()) == [frozenset("abcd"), frozenset("ef")]
    assert put_together(groups, [pair("a", "c"), pair("d", "e")], ()) == [frozenset("abcdef")]
    assert put_together(groups, [pair("a", "c")], {pair("b", "d")}) == groups


def test_an_unknown_article_joins_nothing():
    assert put_together([frozenset("a")], [pair("a", "z")], ()) == [frozenset("a")]


# --- ids --------------------------------------------------------------------------------------------------------------

ARTICLES = {
    name: Judged(replace(FRUIT.article, article_id=name, published=NOW + timedelta(hours=at)), FRUIT.judgement)
    for at, name in enumerate(NAMES)
}


@st.composite
def lives(draw):
    """Draw stories that hold articles, some merged into others, and groups that solving makes of the articles."""
    homes = {name: draw(st.sampled_from(("s1", "s2", "s3", ""))) for name in NAMES}
    placed = {name: home for name, home in homes.items() if home}
    founders = {home: draw(st.sampled_from(NAMES)) for home in ("s1", "s2", "s3", "s4")}
    stories = {
        home: Story(
            home,
            by,
            NOW + timedelta(hours=draw(st.integers(0, 5))),
            NOW,
            "visit",
            None,
            "" if home in placed.values() else "s1",
        )
        for home, by in founders.items()
    }
    labels = {name: draw(st.integers(0, 3)) for name in NAMES}
    groups = [frozenset(one for one in NAMES if labels[one] == label) for label in sorted(set(labels.values()))]
    return groups, stories, placed


@given(lives())
def test_every_story_that_has_articles_goes_on_or_leaves_a_trace_and_no_id_is_used_twice(life):
    groups, stories, placed = life

    named, merged = claim(groups, ARTICLES, stories, placed)

    assert sorted(named.values(), key=min) == sorted(groups, key=min)
    assert named.keys().isdisjoint(merged)
    assert set(placed.values()) <= named.keys() | merged.keys()
    assert set(merged.values()) <= named.keys()


@given(lives())
def test_a_story_goes_on_with_its_founder_unless_an_older_story_is_there(life):
    groups, stories, placed = life

    named, merged = claim(groups, ARTICLES, stories, placed)

    for story_id in set(placed.values()):
        goes_on = named[merged.get(story_id, story_id)]
        assert stories[story_id].founded_by in goes_on
        if story_id in merged:
            older = stories[merged[story_id]]
            assert (older.first_seen, older.story_id) < (stories[story_id].first_seen, story_id)


@given(lives())
def test_solved_again_with_nothing_new_every_group_keeps_its_id(life):
    groups, stories, placed = life
    named, _ = claim(groups, ARTICLES, stories, placed)
    held = {
        name: replace(stories[name], merged_into="") if name in stories else Story(name, min(group), NOW, NOW, "", None)
        for name, group in named.items()
    }

    again, merged = claim(
        groups, ARTICLES, stories | held, {one: name for name, group in named.items() for one in group}
    )

    assert again == named
    assert not merged
