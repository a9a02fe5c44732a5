"""A replay shows what other rules or thresholds would make of a week, and writes nothing."""

import hashlib
import json
import shutil
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from flows.amend import correct
from flows.cli import cli
from flows.replay import differ, replay, show
from flows.replay.knobs import Knobs, changes, turned, unreachable, values
from flows.settings import load
from tests.command import vnjp
from warehouse.connect import Warehouse
from warehouse.desk import frozen

NOW = datetime(2025, 5, 6, tzinfo=UTC)
AGREED, SIGNED = "ホーチミン都市鉄道延伸に286億円 JICA、円借款で大筋合意", "Loan of 28.6 billion yen"
VISIT = "石破首相、27日からベトナム・フィリピン歴訪"
RICE = "Japanese buyers turn to Mekong Delta"
NOODLES = "Frozen-noodle maker from Kagawa opens 45-million-dollar plant in Long An"


@pytest.fixture(scope="module")
def data(played, tmp_path_factory):
    """Give a data folder that holds the demo's snapshot and nothing else."""
    folder = tmp_path_factory.mktemp("replayed")
    shutil.copyfile(played[0] / "vnjp.duckdb", folder / "vnjp.duckdb")
    return folder


def again(data, *knobs, week="2025-W18"):
    return replay(load(data, data=data), week, turned(knobs), NOW)


def titles(found, groups):
    """Give the headline of each story of one side of a shift."""
    return {found.first(group).title for group in groups.values()}


def kinds(found, title):
    """Give what happens to the stories whose headline begins so."""
    return {
        one.kind
        for one in found.stories
        if any(each.startswith(title) for each in titles(found, one.before) | titles(found, one.after))
    }


def contents(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_right_after_collecting_nothing_would_change_and_nothing_is_written(data, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = contents(data)
    found = again(data)
    assert (found.stories, found.articles, found.lines) == ([], [], [])
    assert found.judged > 50
    assert found.frozen
    assert show.told(found).splitlines()[-1] == "Nothing would change."
    assert contents(data) == before
    assert list(tmp_path.iterdir()) == [], "the copy goes"


@pytest.mark.long
def test_a_lower_threshold_merges_stories_that_are_named(data):
    found = again(data, "stories.join=0.25")
    [merged] = [one for one in found.stories if AGREED in titles(found, one.before)]
    assert merged.kind == "merges"
    assert any(title.startswith(SIGNED) for title in titles(found, merged.before))
    assert titles(found, merged.after) == {AGREED}
    assert "stories.join 0.25 (now 0.42)" in show.told(found, 120)
    assert "Nothing would change" not in show.told(found)


@pytest.mark.long
def test_a_cut_off_makes_a_story_vanish_and_its_line_go(data):
    found = again(data, "relevance.related=6")
    assert kinds(found, NOODLES) == {"vanishes"}
    [line] = [one for one in found.lines if one["headline"] == NOODLES]
    assert (line["kind"], line["anyway"]) == ("vanishes", False)
    [article] = [one for one in found.articles if one["title"] == NOODLES]
    assert article["changes"]["relevance"] == ["related", "mention"]


@pytest.mark.long
def test_a_week_that_others_followed_would_not_change_either(data):
    found = again(data, week="2025-W17")
    assert (found.stories, found.articles, found.lines) == ([], [], [])


@pytest.mark.long
def test_a_higher_threshold_splits_a_story(data):
    found = again(data, "stories.join=0.7")
    assert kinds(found, VISIT) == {"splits"}
    assert kinds(found, SIGNED) == {"splits"}
    assert {one["kind"] for one in found.lines} >= {"appears"}


@pytest.mark.long
def test_stricter_bounds_unfold_copies(data):
    found = again(data, "copies.contained=0.95", "copies.resembles=0.9", "copies.reworked=0.9")
    unfolded = [one["changes"] for one in found.articles]
    assert unfolded
    assert all(one["kind"] == ["near", None] for one in unfolded)
    assert "copy of: " in show.told(found)


@pytest.mark.long
def test_a_shorter_layout_moves_lines_to_lower_levels_and_touches_no_story(data):
    found = again(data, "issue.full=2")
    assert (found.stories, found.articles) == ([], [])
    assert ["full", "short"] in [one["changes"].get("level") for one in found.lines]


@pytest.mark.long
def test_what_users_corrected_holds_whatever_the_thresholds(played, tmp_path):
    out = shutil.copytree(played[0], tmp_path / "data", ignore=shutil.ignore_patterns("prefect", "archive"))
    made = correct.merge(Warehouse(out), NOODLES, RICE, NOW).override
    before = contents(out)
    held = again(out)
    assert (held.stories, held.articles) == ([], [])
    assert {(one["kind"], one["anyway"]) for one in held.lines} >= {("vanishes", True)}, "it was frozen as two"
    assert all(one["anyway"] for one in held.lines)
    assert "Nothing would change." in show.told(held)
    strict = again(out, "stories.join=0.9")
    home = {each: name for one in strict.stories for name, group in one.after.items() for each in group}
    assert home.get(made.subjects[0]) == home.get(made.others[0])
    assert contents(out) == before


@pytest.mark.long
def test_a_story_that_was_dropped_from_the_issue_by_hand_does_not_appear(played, tmp_path):
    out = shutil.copytree(played[0], tmp_path / "data", ignore=shutil.ignore_patterns("prefect", "archive"))
    with Warehouse(out).reader() as db:
        first = frozen(db, "2025-W18").issue.entries[0]
    with Warehouse(out).writer() as db:
        db.execute("delete from base.deliveries")  # what has gone out cannot be changed
    dropped = vnjp("digest", "drop", "2025-W18", first.story_id, VNJP_DATA=out, VNJP_LANGUAGES="en,vi,ja")
    assert dropped.returncode == 0, dropped.stderr
    with Warehouse(out).reader() as db:
        assert first.story_id not in {one.story_id for one in frozen(db, "2025-W18").issue.entries}
    assert again(out).lines == []


@pytest.mark.long
def test_the_command_prints_one_object(data):
    plain = vnjp("replay", "2025-W18", "--set", "stories.join=0.25", "--json", VNJP_DATA=data)
    assert plain.returncode == 0, plain.stderr
    found = json.loads(plain.stdout)
    assert found["set"] == {"stories.join": {"now": 0.42, "then": 0.25}}
    assert found["compared_with"] == "frozen issue"
    assert {one["kind"] for one in found["stories"]} == {"merges"}
    assert all(story["headline"] and story["outlet"] for one in found["stories"] for story in one["before"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("2025-W18", "--set", "joint=0.3"), "Did you mean stories.join?"),
        (("April",), "2025-W18"),
        ((), "Missing WEEK"),
    ],
)
def test_wrong_use_is_a_sentence(words, said):
    wrong = CliRunner().invoke(cli, ["replay", *words])
    assert (wrong.exit_code, said in wrong.output) == (2, True), wrong.output


def test_the_thresholds_are_listed_with_what_holds():
    listed = CliRunner().invoke(cli, ["replay", "--list", "--json"])
    assert json.loads(listed.output) == values(Knobs())
    assert "stories.apart.week = 7 days" in CliRunner().invoke(cli, ["replay", "--list"]).output


@pytest.mark.long
def test_a_week_without_articles_and_a_folder_without_a_warehouse_are_sentences(data, tmp_path):
    empty, nowhere = (vnjp("replay", "2024-W18", VNJP_DATA=folder) for folder in (data, tmp_path))
    assert (empty.returncode, "No article was first seen in 2024-W18" in empty.stderr) == (1, True)
    assert (nowhere.returncode, "vnjp collect" in nowhere.stderr) == (1, True)


@pytest.mark.parametrize("name", sorted(values(Knobs())))
def test_each_threshold_can_be_set_alone(name):
    now = values(Knobs())[name]
    assert turned([f"{name}={now}"]) == Knobs()
    other = 0.5 if now != 0.5 and isinstance(now, float) else now + 0.25 if isinstance(now, float) else now + 1
    assert changes(turned([f"{name}={other}"])) == {name: (now, other)}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("stories.joint=0.3", "Did you mean stories.join"),
        ("stories=1", "There are:\n  relevance.related = 2"),
        ("stories.join", "stories.join=0.42 is what holds"),
        ("stories.join=42", "between 0 and 1"),
        ("copies.some=2.5", "whole number"),
        ("stories.apart.week=1e12", "no number from 0 to 100,000"),
        ("relevance.related=nan", "no number"),
        ("relevance.related=low", "no number"),
    ],
)
def test_a_wrong_threshold_is_a_sentence_that_says_what_may_be_written(written, said):
    with pytest.raises(ValueError, match=r"(?s).+") as caught:
        turned([written])
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "written", ["copies.contained=0.2", "copies.some=5", "copies.kin.shared=2", "stories.apart.visit=40"]
)
def test_what_is_not_looked_for_is_said(written):
    assert list(unreachable(Knobs())) == []
    assert len(list(unreachable(turned([written])))) == 1


def groups(**stories):
    return {name: frozenset(members) for name, members in stories.items()}


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (groups(a="123"), groups(a="12", b="3"), ["splits"]),
        (groups(a="12", b="3"), groups(b="123"), ["merges"]),
        (groups(a="1"), {}, ["vanishes"]),
        ({}, groups(a="1"), ["appears"]),
        (groups(a="123", b="45"), groups(a="12", b="345"), ["changes", "changes"]),
        (groups(a="1234", b="5678"), groups(a="1256", b="3478"), ["regroups"]),
        (groups(a="12"), groups(z="12"), []),
    ],
)
def test_stories_are_matched_by_the_articles_that_they_share(before, after, kind):
    assert [one.kind for one in differ.stories(before, after, "12345678")] == kind
    assert differ.stories(before, after, "9") == [], "of another week"


PARTITIONS = st.dictionaries(st.integers(0, 9).map(str), st.sampled_from("abcd")).map(
    lambda homes: {name: frozenset(one for one in homes if homes[one] == name) for name in set(homes.values())}
)


@given(PARTITIONS, PARTITIONS)
def test_each_story_whose_articles_differ_is_in_one_shift_and_no_other_is(before, after):
    found = differ.stories(before, after, "0123456789")
    told = [name for one in found for name in one.before]
    assert len(told) == len(set(told))
    same = set(before.values()) & set(after.values())
    assert {name for name, group in before.items() if group not in same} <= set(told)
    for one in found:
        assert set(one.before.values()) != set(one.after.values())
