"""Corrections: each takes effect at once, outlives collecting and judging anew, and can be taken back."""

import json
import shutil
from dataclasses import replace
from datetime import timedelta

import pytest

from flows.amend import correct
from flows.amend.overrides import held, lines
from flows.ask.story import explain as explain_story
from flows.ask.story import told as tell_story
from flows.ask.why import explain
from flows.ask.why_lines import told
from tests.collected import DAY, Collected, report
from tests.command import vnjp
from tests.test_cluster import sample
from tests.test_dedupe import body
from warehouse.errors import MendableError

LOAN = report(
    "loan",
    "Japan, Vietnam sign loan of 30 billion yen for Can Tho bridge",
    "JICA and the Ministry of Finance signed a loan agreement of 30 billion yen in Can Tho on April 28 for a bridge of "
    "4.2 kilometres over the Hau River. Work is to begin in 2026.",
)
LOAN_JA = report(
    "loan-ja",
    "カントーの橋に300億円の円借款、JICAが調印",
    "国際協力機構（JICA）とベトナム財政省は4月28日、カントー市でハウ川の橋（4.2キロ）に300億円の円借款を供与する契約に調印した。",
    DAY + timedelta(hours=5),
    side="japan",
)
LOAN_VI = report(
    "loan-vi",
    "JICA cho vay 30 tỷ yên xây cầu ở Cần Thơ",
    "Ngày 28/4 tại Cần Thơ, JICA và Bộ Tài chính ký hiệp định vay 30 tỷ yên để xây cầu dài 4,2 km qua sông Hậu.",
    DAY + timedelta(hours=9),
)
LOAN_LATE = report(
    "loan-late",
    "Bridge in Can Tho: JICA signs 30 billion yen loan",
    "JICA signed a loan of 30 billion yen with Vietnam's Ministry of Finance in Can Tho on April 28. The bridge over "
    "the Hau River will be 4.2 kilometres long.",
    DAY + timedelta(hours=20),
)
FRUIT = report(
    "fruit",
    "First Vietnamese durians arrive in Yokohama",
    "A container with 18 tonnes of durians from Dak Lak reached Yokohama in Japan on April 27, importers said.",
    DAY - timedelta(hours=6),
)
FRUIT_LATE = report(
    "fruit-late",
    "Durians from Dak Lak on sale in Yokohama",
    "The first 18 tonnes of Vietnamese durians from Dak Lak, which reached Yokohama on April 27, are on sale in Japan.",
    DAY + timedelta(hours=26),
)

METRO = ("metro-loan-agreed", "metro-loan-signed")  # two stories of the sample, one of which follows the other


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Collect the reports once; each test gets a copy of its own."""
    made = Collected(tmp_path_factory.mktemp("built") / "data")
    made.collect(LOAN, LOAN_JA, LOAN_VI, FRUIT)
    return made.settings.data


@pytest.fixture
def house(built, tmp_path):
    shutil.copytree(built, tmp_path / "data")
    return Collected(tmp_path / "data")


@pytest.fixture(scope="module")
def built_of_copies(tmp_path_factory):
    """Collect a report, a copy of it and one of another matter."""
    made = Collected(tmp_path_factory.mktemp("built") / "data")
    made.collect(ROOT, COPY, FRUIT)
    return made.settings.data


@pytest.fixture
def folded(built_of_copies, tmp_path):
    shutil.copytree(built_of_copies, tmp_path / "data")
    return Collected(tmp_path / "data")


def reread(monkeypatch, house):
    """Judge and fold all that is held again, by rules of a higher version, and tell what came of it."""
    from tests.remade import raise_rules, remake

    raise_rules(monkeypatch.setattr)
    assert remake(house.settings.data).counts["judged"]
    monkeypatch.undo()


def groups(house):
    return sorted(map(sorted, house.stories().values()))


def now(house):
    return house.now + timedelta(minutes=1)


# --- merge ------------------------------------------------------------------------------------------------------------


def test_the_house_begins_with_two_stories(house):
    assert groups(house) == [["fruit"], ["loan", "loan-ja", "loan-vi"]]
    assert not house.wrong()


def test_merged_stories_are_one_at_once_and_the_older_keeps_its_id(house):
    older, younger = house.story("fruit"), house.story("loan")

    correct.merge(house.warehouse, younger, older, now(house))

    assert house.stories() == {older: {"fruit", "loan", "loan-ja", "loan-vi"}}
    assert house.ask("select story_id, goes_on_in from merged_stories") == [(younger, older)]
    assert explain_story(house.warehouse, younger)["story_id"] == older
    assert not house.wrong()


def test_what_is_collected_later_joins_a_merged_story_by_either_half(house):
    older = house.story("fruit")
    correct.merge(house.warehouse, "fruit", "loan", now(house))

    house.collect(LOAN_LATE, FRUIT_LATE)

    assert house.stories() == {older: {"fruit", "fruit-late", "loan", "loan-ja", "loan-late", "loan-vi"}}
    assert not house.wrong()


def test_a_merge_outlives_judging_by_other_rules(house, monkeypatch):
    correct.merge(house.warehouse, "fruit", "loan", now(house))
    before = house.stories()

    reread(monkeypatch, house)
    house.collect(LOAN_LATE)

    assert house.stories() == {story: members | {"loan-late"} for story, members in before.items()}


def test_the_same_merge_twice_changes_no_row(house):
    first = correct.merge(house.warehouse, "fruit", "loan", now(house))
    before = house.dump()

    again = correct.merge(house.warehouse, "loan", "fruit", now(house) + timedelta(days=1))

    assert (first.changed, again.changed, again.override) == (True, False, first.override)
    assert house.dump() == before


def test_a_merge_taken_back_gives_both_stories_their_ids_again(house):
    before = house.stories()
    made = correct.merge(house.warehouse, "fruit", "loan", now(house)).override

    correct.remove(house.warehouse, made.override_id, now(house))

    assert house.stories() == before
    assert house.ask("from merged_stories") == []
    assert not house.wrong()


def test_a_merge_of_what_the_rules_made_one_story_is_refused_with_its_name(house):
    with pytest.raises(MendableError, match=f"one story already: {house.story('loan')}"):
        correct.merge(house.warehouse, "loan", "loan-vi", now(house))


def test_a_member_that_a_user_put_there_says_so(house):
    correct.merge(house.warehouse, "fruit", "loan", now(house))

    shown = tell_story(explain_story(house.warehouse, "loan"), 100)

    assert "put together by the user" in shown
    assert "By the user: merge: stories" in shown


# --- split ------------------------------------------------------------------------------------------------------------


def test_split_articles_are_a_story_of_their_own_and_the_story_keeps_its_id(house):
    story = house.story("loan")

    correct.split(house.warehouse, story, ["loan-vi"], now(house))

    assert house.stories()[story] == {"loan", "loan-ja"}
    assert groups(house) == [["fruit"], ["loan", "loan-ja"], ["loan-vi"]]
    assert not house.wrong()


def test_a_story_that_loses_its_founder_keeps_its_id_and_the_founder_gets_another(house):
    story = house.story("loan")

    correct.split(house.warehouse, story, ["loan"], now(house))

    assert house.stories()[story] == {"loan-ja", "loan-vi"}
    assert house.story("loan") not in {story, None}


def test_what_was_split_stays_apart_when_more_of_the_same_story_comes(house, monkeypatch):
    story = house.story("loan")
    correct.split(house.warehouse, story, ["loan"], now(house))
    own = house.story("loan")

    house.collect(LOAN_LATE)
    reread(monkeypatch, house)
    house.collect(FRUIT_LATE)

    assert house.story("loan") == own != story
    assert house.stories()[story] >= {"loan-ja", "loan-vi"}
    assert house.story("loan-late") in {own, story}


def test_the_same_split_twice_changes_no_row(house):
    story = house.story("loan")
    correct.split(house.warehouse, story, ["loan-vi", "loan"], now(house))
    before = house.dump()

    again = correct.split(house.warehouse, story, ["loan", "loan-vi"], now(house) + timedelta(days=1))

    assert not again.changed
    assert house.dump() == before
    assert house.story("loan") == house.story("loan-vi")


def test_a_split_taken_back_leaves_the_story_its_id_and_the_other_a_trace(house):
    story = house.story("loan")
    made = correct.split(house.warehouse, story, ["loan"], now(house)).override
    other = house.story("loan")

    correct.remove(house.warehouse, made.override_id, now(house))

    assert house.stories()[story] == {"loan", "loan-ja", "loan-vi"}
    assert house.ask("from merged_stories") == [(other, story)]


def test_to_take_all_articles_out_is_refused(house):
    with pytest.raises(MendableError, match="Nothing would be left"):
        correct.split(house.warehouse, "loan", ["loan", "loan-ja", "loan-vi"], now(house))


def test_to_take_out_what_is_elsewhere_is_refused_with_where_it_is_and_who_is_in(house):
    with pytest.raises(MendableError, match=f"not in story .* but in story {house.story('fruit')}") as error:
        correct.split(house.warehouse, "loan", ["fruit"], now(house))
    assert "loan-ja" in str(error.value)


def test_why_says_what_kept_an_article_out_of_the_story_nearest_to_it(house):
    correct.split(house.warehouse, "loan", ["loan-vi"], now(house))

    split = explain(house.warehouse, "loan-vi")["nearest_other_story"]
    correct.relabel(house.warehouse, "fruit", correct.Labels("mention"), now(house))
    house.collect(FRUIT_LATE)
    mention = explain(house.warehouse, "fruit")["nearest_other_story"]

    assert (split["story_id"], split["why_not"]) == (house.story("loan"), "a user set them apart")
    assert split["score"] > split["threshold"]
    assert mention["story_id"] == house.story("fruit-late")
    assert "held for mention" in mention["why_not"]


# --- merge against split ----------------------------------------------------------------------------------------------


def test_to_merge_what_was_split_is_refused_with_the_way_to_take_that_back(house):
    made = correct.split(house.warehouse, "loan", ["loan-vi"], now(house)).override
    before = house.dump()

    with pytest.raises(MendableError, match=f"vnjp overrides remove {made.override_id}"):
        correct.merge(house.warehouse, "loan", "loan-vi", now(house))
    assert house.dump() == before


def test_to_split_all_of_what_was_merged_is_refused_but_a_part_may_leave(house):
    made = correct.merge(house.warehouse, "fruit", "loan", now(house)).override

    with pytest.raises(MendableError, match=f"vnjp overrides remove {made.override_id}"):
        correct.split(house.warehouse, "loan", ["fruit"], now(house))
    correct.split(house.warehouse, "loan", ["loan-vi"], now(house))
    house.collect(LOAN_LATE)

    assert house.story("fruit") == house.story("loan-ja") == house.story("loan") != house.story("loan-vi")


# --- unfold -----------------------------------------------------------------------------------------------------------

TEXT = "Japan and Vietnam opened a bridge in Can Tho on April 28 with a loan of 30 billion yen from JICA.\n" + body(
    1, 2, 3
)
ROOT = report("root", "Japan-funded bridge opens in Can Tho", TEXT)
COPY = report("copy", "Bridge with Japanese loan opens in Can Tho", f"{TEXT}\n{body(9)}", DAY + timedelta(hours=2))
THIRD = report("third", "Can Tho: bridge opens", f"{TEXT}\n{body(8)}", DAY + timedelta(hours=4))


def test_an_unfolded_copy_stands_for_itself_in_its_story(folded):
    story = folded.story("copy")
    assert folded.copies() == {"copy": "root"}

    correct.unfold(folded.warehouse, "copy", now(folded))

    assert folded.copies() == {}
    assert folded.stories()[story] == {"root", "copy"}
    [(why,)] = folded.ask("select why from story_articles where article_id = 'copy'")
    assert "a copy" not in why
    assert not folded.wrong()


def test_what_was_unfolded_stays_so_when_a_third_copy_comes_and_when_rules_change(folded, monkeypatch):
    correct.unfold(folded.warehouse, "copy", now(folded))

    folded.collect(THIRD)
    reread(monkeypatch, folded)

    assert folded.copies() == {"third": "root"}
    assert folded.story("third") == folded.story("copy") == folded.story("root")


def test_the_same_unfold_twice_changes_no_row(folded):
    correct.unfold(folded.warehouse, "copy", now(folded))
    before = folded.dump()

    again = correct.unfold(folded.warehouse, "copy", now(folded))

    assert not again.changed
    assert folded.dump() == before


def test_an_unfold_taken_back_folds_again(folded):
    before = folded.dump()
    made = correct.unfold(folded.warehouse, "copy", now(folded)).override

    correct.remove(folded.warehouse, made.override_id, now(folded))

    assert folded.copies() == {"copy": "root"}
    assert folded.dump() == before


def test_only_a_copy_can_be_unfolded(folded):
    with pytest.raises(MendableError, match="others are copies of"):
        correct.unfold(folded.warehouse, "root", now(folded))
    with pytest.raises(MendableError, match="nobody's copy"):
        correct.unfold(folded.warehouse, "fruit", now(folded))


def test_a_copy_shows_the_passages_that_it_shares(folded):
    rows = folded.ask("select article_id, against, text, against_text from shared where link = 'copy'")

    assert rows
    for article_id, against, text, there in rows:
        assert (article_id, against) == ("copy", "root")
        assert text in COPY.text
        assert there in ROOT.text
        assert len(text.split()) > 30


# --- relabel ----------------------------------------------------------------------------------------------------------


def test_a_label_lies_over_what_the_rules_said_which_is_kept(house):
    correct.relabel(house.warehouse, "loan", correct.Labels("related", ("history",), "nb"), now(house), "as agreed")

    [row] = house.ask("select relevance, topics, language, relabelled from articles where article_id = 'loan'")
    assert row == ("related", ["history"], "nb", True)
    assert house.ask("select relevance, language from base.judgements where article_id = 'loan'") == [
        ("bilateral", "en")
    ]
    shown = told(explain(house.warehouse, "loan"), 100)
    assert "related by the user's label" in shown
    assert "history (by the user)" in shown
    assert "the rules say: bilateral" in shown
    assert "as agreed" in shown


def test_what_is_relabelled_to_a_mention_leaves_its_story_and_comes_back_when_cleared(house):
    before = house.stories()
    correct.relabel(house.warehouse, "loan", correct.Labels("mention"), now(house))
    assert house.story("loan") is None
    assert house.stories()[house.story("loan-vi")] == {"loan-ja", "loan-vi"}

    correct.clear(house.warehouse, "loan", now(house))

    assert house.stories() == before
    assert not house.wrong()


def test_a_story_that_is_relabelled_away_is_found_no_more_and_comes_back_under_its_id(house):
    story = house.story("fruit")
    correct.relabel(house.warehouse, "fruit", correct.Labels("none"), now(house))
    assert not house.wrong()
    with pytest.raises(MendableError, match="No article is in story"):
        explain_story(house.warehouse, story)

    correct.clear(house.warehouse, "fruit", now(house))

    assert house.story("fruit") == story


def test_a_label_outlives_collecting_and_judging_by_other_rules(house, monkeypatch):
    correct.relabel(house.warehouse, "loan", correct.Labels("none", ()), now(house))

    house.collect(LOAN_LATE)
    reread(monkeypatch, house)
    house.collect(FRUIT_LATE)

    assert house.ask("select relevance, topics from articles where article_id = 'loan'") == [("none", [])]
    assert house.story("loan") is None
    assert house.ask("select rule_version from base.judgements where article_id = 'loan'") != [("",)]


def test_labels_of_one_article_add_up_and_the_same_twice_changes_no_row(house):
    correct.relabel(house.warehouse, "loan", correct.Labels("related"), now(house))
    correct.relabel(house.warehouse, "loan", correct.Labels(topics=("aid",)), now(house))
    before = house.dump()

    again = correct.relabel(house.warehouse, "loan", correct.Labels("related", ("aid",)), now(house) + timedelta(1))

    assert not again.changed
    assert house.dump() == before
    assert house.ask("select relevance, topics from overrides") == [("related", ["aid"])]


# --- all of them ------------------------------------------------------------------------------------------------------


def test_no_correction_and_no_way_back_changes_a_story_id_but_by_a_merge(house):
    fruit, loan = house.story("fruit"), house.story("loan")
    split = correct.split(house.warehouse, loan, ["loan", "loan-ja"], now(house)).override
    labels = correct.relabel(house.warehouse, "loan-vi", correct.Labels("related"), now(house)).override
    assert house.story("loan-vi") == loan
    assert house.story("fruit") == fruit

    for made in (labels, split):
        correct.remove(house.warehouse, made.override_id, now(house))

    assert house.stories() == {fruit: {"fruit"}, loan: {"loan", "loan-ja", "loan-vi"}}


def test_every_correction_is_a_case_of_the_users_own_gold_set(house):
    correct.split(house.warehouse, "loan", ["loan-vi"], now(house), "another bridge")
    correct.relabel(house.warehouse, "fruit", correct.Labels("bilateral", ("agriculture",)), now(house))

    lines_ = (house.settings.data / "gold.jsonl").read_text("utf-8").splitlines()
    cases = {row["id"]: row for row in map(json.loads, lines_)}

    assert set(cases) == {"loan", "loan-ja", "loan-vi", "fruit"}
    assert cases["loan"]["event"] == cases["loan-ja"]["event"] != cases["loan-vi"]["event"]
    assert (cases["fruit"]["relevance"], cases["fruit"]["topics"]) == ("bilateral", ["agriculture"])
    assert cases["fruit"]["decided"] == ["relevance", "topics"]
    assert (cases["loan-vi"]["decided"], cases["loan-vi"]["note"]) == (["event"], "another bridge")
    assert cases["loan-vi"]["text"] == LOAN_VI.text


def test_overrides_are_listed_with_what_they_are_about_and_an_unknown_one_is_named(house):
    correct.relabel(house.warehouse, "fruit", correct.Labels("mention"), now(house), "only trade")

    shown = lines(held(house.warehouse), 100)

    assert "relabel: mention (only trade)" in shown
    assert FRUIT.title in shown
    with pytest.raises(MendableError, match="no override 'x'"):
        correct.remove(house.warehouse, "x", now(house))


def test_the_baseline_is_explained_without_its_texts(house):
    """Its facts are known, its sentences are not held: nothing is quoted, and nothing fails."""
    for number in range(5):
        shown = told(explain(house.warehouse, f"baseline:00{number}"), 100)
        assert "bilateral, score" in shown
    assert "baseline:001" in tell_story(explain_story(house.warehouse, "baseline:001"), 100)


def test_a_correction_that_was_killed_before_it_was_solved_is_finished_by_doing_it_again(house, monkeypatch):
    def killed(*_):
        raise KeyboardInterrupt

    older = house.story("fruit")
    monkeypatch.setattr(correct, "keep_stories", killed)
    with pytest.raises(KeyboardInterrupt):
        correct.merge(house.warehouse, "fruit", "loan", now(house))
    monkeypatch.undo()
    assert groups(house) == [["fruit"], ["loan", "loan-ja", "loan-vi"]]

    correct.merge(house.warehouse, "fruit", "loan", now(house))

    assert house.stories() == {older: {"fruit", "loan", "loan-ja", "loan-vi"}}
    assert house.ask("select count(*) from overrides") == [(1,)]


def test_a_correction_that_was_killed_before_it_was_published_is_published_by_the_next(house, monkeypatch):
    def killed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(correct, "publish", killed)
    with pytest.raises(KeyboardInterrupt):
        correct.merge(house.warehouse, "fruit", "loan", now(house))
    monkeypatch.undo()

    with pytest.raises(MendableError, match="Repeat this"):
        correct.merge(house.warehouse, "fruit", "loan", now(house))

    assert groups(house) == [["fruit", "loan", "loan-ja", "loan-vi"]]
    assert not correct.merge(house.warehouse, "fruit", "loan", now(house)).changed


def test_a_correction_waits_for_a_collect_and_then_names_it(house, monkeypatch):
    monkeypatch.setattr(correct, "_PATIENCE", 0.1)
    before = house.dump()

    with house.warehouse.lock("articles"), pytest.raises(MendableError, match="Another run"):
        correct.merge(house.warehouse, "fruit", "loan", now(house))

    assert house.dump() == before


def test_what_followed_a_story_follows_the_one_that_it_went_into(tmp_path):
    agreed, signed = ([sample()[key][0].article for key in sample() if sample()[key][1] == name] for name in METRO)
    house = Collected(tmp_path / "data")
    house.collect(*agreed, FRUIT)
    house.collect(*signed)
    later, earlier = house.story(signed[0].article_id), house.story(agreed[0].article_id)
    assert (later, earlier) in house.ask("select story_id, earlier_id from follow_ups")
    assert house.ask("select 1 from shared where link = 'follow_up'")

    correct.merge(house.warehouse, "fruit", earlier, now(house))

    [stays] = {house.story("fruit")}
    assert (later, stays) in house.ask("select story_id, earlier_id from follow_ups")
    shown = tell_story(explain_story(house.warehouse, later), 100)
    assert "It follows up" in shown
    assert "figure: [28.6 billion] and [28.6 billion]" in shown
    assert not house.wrong()


def test_a_wire_that_three_outlets_print_is_one_text_and_a_report_of_their_own_another(tmp_path):
    house = Collected(tmp_path / "data")
    house.collect(
        replace(LOAN, text=f"TOKYO (Kyodo) - {LOAN.text}"),
        replace(LOAN_LATE, text=f"HANOI (Kyodo) - {LOAN_LATE.text}"),
        replace(LOAN_JA, text=f"{LOAN_JA.text}（共同）"),
        LOAN_VI,
    )

    [(outlets, texts)] = house.ask("select outlets, texts from stories where list_contains(languages, 'ja')")
    shown = tell_story(explain_story(house.warehouse, "loan"), 100)

    assert (outlets, texts) == (4, 2)
    assert "4 outlets, 2 separate texts, 3 languages (en, ja, vi)" in shown
    assert "kyodo (Loan, Loan-Ja, Loan-Late)" in shown


# --- the command line -------------------------------------------------------------------------------------------------


def test_the_commands_correct_show_and_take_back(house):
    data = {"VNJP_DATA": house.settings.data}
    made = vnjp("relabel", "fruit", "--topics", "agriculture, economy", "--note", "only trade", "--json", **data)
    assert made.returncode == 0, made.stderr
    override = json.loads(made.stdout)["override"]
    assert override["topics"] == ["agriculture", "economy"]

    shown = vnjp("why", "first vietnamese DURIANS", **data)
    assert "only trade" in shown.stdout
    assert json.loads(vnjp("story", "fruit", "--json", **data).stdout)["texts"] == 1
    assert override["override_id"] in vnjp("overrides", "list", **data).stdout

    assert vnjp("overrides", "remove", override["override_id"], **data).returncode == 0
    assert "Nothing was overridden" in vnjp("overrides", "list", **data).stdout


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("relabel", "fruit"), 2, "--clear alone"),
        (("relabel", "fruit", "--clear", "--language", "vi"), 2, "--clear alone"),
        (("relabel", "fruit", "--topics", "trade"), 2, "there are agriculture"),
        (("relabel", "fruit", "--language", "Vietnamese"), 2, "such as vi"),
        (("relabel", "fruit", "--clear"), 1, "Nobody relabelled"),
        (("split", "fruit", "fruit"), 1, "Nothing would be left"),
        (("merge", "fruit", "nowhere"), 1, "No story is named 'nowhere'"),
        (("why", "nowhere"), 1, "No article is named"),
        (("why", "o"), 1, "choose one by its id"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(built, words, code, said):
    result = vnjp(*words, VNJP_DATA=built)

    assert (result.returncode, result.stdout) == (code, "")
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_without_a_warehouse_a_correction_says_what_to_run_and_makes_nothing(tmp_path):
    result = vnjp("unfold", "x", VNJP_DATA=tmp_path / "none")

    assert result.returncode == 1
    assert "vnjp collect" in result.stderr
    assert not (tmp_path / "none").exists()
