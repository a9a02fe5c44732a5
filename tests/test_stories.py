"""On the sample's two weeks: exactly the stories that they were written with, and issues that show them.

What is held is compared with the truth that stands beside the texts; the product never sees it.
"""

import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

import pytest

from flows.sample import Article, load
from tests.command import ROOT
from tests.held import read
from tests.moved import moved
from tests.renamed import WEEKS, renamed

SAMPLE = load()
TRUTH = SAMPLE.story_truth()
WEEK_NAMES = ("2025-W17", "2025-W18")
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
BACKLOG = {"kitakami", "backlog"}  # how the keys begin of what was old when it was first seen
FAULTY = {"cuu-long": "failed", "keihan": "failed", "danube-review": "empty", "kitakami": "frozen"}
FOLLOWS = [(story.week, story.key, earlier) for story in SAMPLE.stories for earlier in story.follows]


@pytest.fixture(scope="session")
def held(played):
    """Give what the demo holds."""
    out, [first, _] = played
    assert first.returncode == 0, first.stderr
    return read(out, SAMPLE)


@pytest.fixture(scope="session")
def held_of_renamed(tmp_path_factory):
    """Give what the demo of the renamed sample holds, six weeks later, run without Prefect."""
    out = tmp_path_factory.mktemp("renamed") / "data"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("VNJP_", "PREFECT_"))}
    command = [sys.executable, "-m", "tests.renamed", str(out)]
    result = subprocess.run(
        command, cwd=ROOT, env=environment | {"HOME": str(out)}, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stderr) == (0, "")
    return read(out, renamed(moved(SAMPLE, WEEKS)))


def lines(wrong: Iterable[str]) -> str:
    return "\n" + "\n".join(sorted(wrong))


# --- what is held -----------------------------------------------------------------------------------------------------


def test_every_article_is_held_once_and_nothing_else(held):
    """Also the one without a date, and the one whose feed links to its old address."""
    wrong = {f"{key}: held {len(held.rows[key])} times" for key in TRUTH if len(held.rows[key]) != 1}
    others = held.rows.keys() - TRUTH.keys()
    wrong |= {f"{key}: held, and not of the sample" for key in others if not key.startswith("baseline:")}
    assert not wrong, lines(wrong)


@pytest.mark.parametrize("article", [one for one in TRUTH.values() if one.undated or one.old_path], ids=lambda a: a.key)
def test_an_article_without_a_date_or_at_a_new_address_is_held_once(held, article):
    same = [row["url"] for rows in held.rows.values() for row in rows if row["title"] == article.title]
    assert len(same) == 1, same


def test_what_is_relevant_is_told_from_what_is_not_without_an_error(held):
    relevant = {"bilateral", "related"}
    found = {key: held.one(key)["relevance"] for key in TRUTH}
    wrong = {
        f"{key}: {found[key]}, should be {one.relevance}"
        for key, one in TRUTH.items()
        if (found[key] in relevant) is not (one.relevance in relevant)
    }
    assert not wrong, lines(wrong)


def test_97_in_100_articles_are_of_the_right_class_of_relevance(held):
    found = {key: held.one(key)["relevance"] for key in TRUTH}
    wrong = {
        f"{key}: {found[key]}, should be {one.relevance}" for key, one in TRUTH.items() if found[key] != one.relevance
    }
    most = len(TRUTH) * 3 // 100
    assert len(wrong) <= most, lines(wrong)


def test_what_mentions_both_countries_or_neither_is_in_no_story(held):
    wrong = {
        f"{key} ({one.relevance}): in story {row['story_id']}"
        for key, one in TRUTH.items()
        if not one.story and (row := held.one(key))["story_id"]
    }
    assert not wrong, lines(wrong)


# --- stories ----------------------------------------------------------------------------------------------------------


def partition(story_of: Mapping[str, str]) -> set[frozenset[str]]:
    return {frozenset(keys) for keys in grouped(story_of).values()}


def grouped(story_of: Mapping[str, str]) -> dict[str, list[str]]:
    groups = defaultdict(list)
    for key, story in story_of.items():
        groups[story].append(key)
    return groups


def differences(truth: Mapping[str, str], found: Mapping[str, str]) -> Iterable[str]:
    """Say which stories are split, mixed, not told or told of nothing."""
    for story, keys in grouped(truth).items():
        parts = grouped({key: found.get(key, "none") for key in keys})
        if len(parts) > 1 or "none" in parts:
            yield f"{story} is split: " + " | ".join(f"{part}: {', '.join(own)}" for part, own in parts.items())
    for story_id, keys in grouped(found).items():
        parts = grouped({key: truth.get(key, "none") for key in keys})
        if len(parts) > 1 or "none" in parts:
            yield f"{story_id} mixes: " + " | ".join(f"{part}: {', '.join(own)}" for part, own in parts.items())


@pytest.mark.parametrize("which", ["held", pytest.param("held_of_renamed", marks=pytest.mark.long)])
def test_there_are_exactly_the_stories_that_the_sample_was_written_with(which, request):
    """Also when people, places and firms bear other names, and everything happens six weeks later."""
    now = request.getfixturevalue(which)
    truth = {one.key: one.story for one in now.sample.articles if one.story}
    found = {key: row["story_id"] for key in TRUTH for row in now.rows[key] if row["story_id"]}
    assert partition(found) == partition(truth), lines(differences(truth, found))


def test_every_copy_is_folded_under_its_origin_and_nothing_else_is(held):
    truth = {(key, one.copy_of, one.copy_kind) for key, one in TRUTH.items() if one.copy_of}
    found = {
        (key, held.key_of(row["duplicate_of"]), row["duplicate_kind"])
        for key, rows in held.rows.items()
        for row in rows
        if row["duplicate_of"]
    }
    missing = {f"{key} is not folded as {kind} of {origin}" for key, origin, kind in truth - found}
    extra = {f"{key} is folded as {kind} of {origin}" for key, origin, kind in found - truth}
    assert not missing | extra, lines(missing | extra)


# --- issues -----------------------------------------------------------------------------------------------------------


def is_news(article: Article, week: str) -> bool:
    """Say whether an article is first seen in a week, and something of its own that belongs to a story."""
    own = article.story and not article.copy_of and article.key.split("-")[0] not in BACKLOG
    return bool(own) and f"{article.published.astimezone(ZONE):%G-W%V}" == week


@pytest.mark.parametrize("week", WEEK_NAMES)
def test_an_issue_tells_each_story_with_news_of_its_week_once_and_no_other(held, week):
    told = [held.told(entry) for entry in held.issues[week].entries]
    news = {one.story for one in TRUTH.values() if is_news(one, week)}
    wrong = {f"{story}: not told" for story in news - set(told)}
    wrong |= {f"{story}: told without news" for story in set(told) - news}
    wrong |= {f"{story}: told {told.count(story)} times" for story in told if told.count(story) > 1}
    assert not wrong, lines(wrong)


@pytest.mark.parametrize("week", WEEK_NAMES)
def test_an_issue_names_the_sources_that_failed_were_empty_or_froze_and_no_other(held, week):
    troubles = {(one.source_id, one.kind): one for one in held.issues[week].coverage.troubles}
    assert troubles.keys() == set(FAULTY.items())
    assert "503" in troubles["cuu-long", "failed"].error
    assert troubles["keihan", "failed"].state == "not_a_feed"


@pytest.mark.parametrize("week", WEEK_NAMES)
@pytest.mark.parametrize("source", sorted(FAULTY))
def test_a_digest_as_sent_names_a_faulty_source(played, week, source):
    name = next(outlet.name for outlet in SAMPLE.outlets if outlet.key == source)
    assert name in (played[0] / "issues" / f"{week}.txt").read_text("utf-8")


@pytest.mark.parametrize(("week", "story", "earlier"), FOLLOWS)
def test_what_follows_up_an_earlier_story_or_the_baseline_is_linked_and_shown(held, week, story, earlier):
    mine, old = held.story_ids(story), held.story_ids(earlier)
    linked = {(one, other) for one in mine for other in old} & held.links
    shown = {one.story_id for entry in held.issues[week].entries if held.told(entry) == story for one in entry.earlier}
    found = sorted(held.name(other) for one, other in held.links if one in mine)
    assert linked, f"{story} does not follow {earlier}, but {found}"
    assert shown & old, f"the issue does not show that {story} follows {earlier}"


def test_nothing_is_linked_that_does_not_follow(held):
    truth = {
        (one, other)
        for _, story, earlier in FOLLOWS
        for one in held.story_ids(story)
        for other in held.story_ids(earlier)
    }
    wrong = {f"{held.name(one)} follows {held.name(other)}" for one, other in held.links - truth}
    assert not wrong, lines(wrong)


def test_the_correction_is_shown_in_the_week_in_which_it_was_made_and_the_trivial_change_is_not(held):
    shown = {
        (week, held.key_of(correction.title.article_id))
        for week, issue in held.issues.items()
        for entry in issue.entries
        for correction in entry.corrections
    }
    made = {
        (f"{revision.at.astimezone(ZONE):%G-W%V}", key)
        for key, one in TRUTH.items()
        for revision in one.revisions
        if revision.note == "correction"
    }
    assert made
    assert shown == made
