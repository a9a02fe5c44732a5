"""What `vnjp evaluate` promises: the figures of score.py, beside trivial rules, and mistakes with their words."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import wcswidth

from flows import evaluate as evaluating
from flows.cli import cli
from flows.evaluate.gold import one_week, read
from flows.evaluate.groups import agreement, b_cubed, together
from flows.evaluate.measure import measure
from flows.evaluate.mistakes import mistakes
from flows.judge import judge
from tests.bench.judgement import floors, raised, reached
from warehouse.errors import MendableError

LOAN = {
    "id": "loan",
    "title": "Japan lends Vietnam 30 billion yen for a bridge in Can Tho",
    "text": "JICA and Vietnam's Ministry of Finance signed a loan agreement of 30 billion yen in Can Tho on April 28.",
    "published": "2025-04-28",
    "language": "en",
    "relevance": "bilateral",
    "topics": ["aid"],
    "event": "bridge",
    "duplicate_group": "",
    "duplicate_kind": "",
    "doubt": False,
}
LOAN_VI = LOAN | {
    "id": "loan-vi",
    "title": "Nhật Bản cho vay 30 tỷ yên xây cầu ở Cần Thơ",
    "text": "Ngày 28/4 tại Cần Thơ, JICA và Bộ Tài chính Việt Nam ký hiệp định vay 30 tỷ yên để xây cầu qua sông Hậu.",
    "language": "vi",
}
FOOTBALL = LOAN | {
    "id": "football",
    "title": "Norge slo Danmark 2-0",
    "text": "Kampen ble spilt i Oslo.",
    "language": "nb",
    "relevance": "none",
    "topics": [],
    "event": "",
}
ROWS = [LOAN, LOAN_VI, FOOTBALL]
GROUPS = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("1234"), min_size=1)


@cache
def judged(path):
    """Read a gold file and judge it, at its own dates and in one week."""
    cases = read(path)
    week = one_week(cases)
    lines = [
        {one["id"]: one for one in judge([case.bare() for case in each], baseline=False)} for each in (cases, week)
    ]
    return cases, lines[0], week, lines[1]


def write(folder, rows, name="gold.jsonl"):
    path = folder / name
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def perfect(cases):
    """Judge as the labels say."""
    first = {case.duplicate_group: case.id for case in reversed(cases) if case.duplicate_group}
    return {
        case.id: {
            "id": case.id,
            "language": case.language,
            "relevance": case.relevance,
            "topics": sorted(case.topics),
            "story": case.told,
            "duplicate_of": first.get(case.duplicate_group) if first.get(case.duplicate_group) != case.id else None,
            "duplicate_score": None,
            "evidence": [],
        }
        for case in cases
    }


def score(shared, *arguments):
    command = [sys.executable, str(shared / "gold" / "score.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def leaves(figures, path=""):
    for name, value in figures.items():
        where = f"{path}.{name}".strip(".")
        if isinstance(value, dict):
            yield from leaves(value, where)
        elif isinstance(value, int | float):
            yield where, value


def at(figures, where):
    """Find a figure of score.py in ours, where a topic has precision and recall too."""
    for step in where.split("."):
        figures = figures[step]
    return figures["f1"] if isinstance(figures, dict) else figures


# --- the measure


@pytest.mark.parametrize("ours", [True, False], ids=["our own set", "the set in ../shared"])
def test_all_figures_agree_with_score_py_to_three_decimals(ours, shared, tmp_path):
    path = evaluating.OWN if ours else shared / "gold" / "articles.jsonl"
    cases, lines, week, lines_in_week = judged(path)
    files = [write(tmp_path, each.values(), name) for each, name in ((lines, "own"), (lines_in_week, "week"))]

    theirs = json.loads(score(shared, "report", path, files[0], "--stress", files[1], "--json"))

    figures = measure(cases, lines, week, lines_in_week)
    found = dict(leaves(theirs))
    assert len(found) > 60
    assert {where: value for where, value in found.items() if abs(at(figures, where) - value) >= 0.0005} == {}


def test_the_stress_week_is_that_of_score_py(shared):
    moved = [json.loads(line) for line in score(shared, "stress", evaluating.OWN).splitlines()]

    assert [case.bare() for case in one_week(read(evaluating.OWN))] == moved


def test_a_perfect_judge_is_perfect_in_every_figure():
    cases = read(evaluating.OWN)
    week = one_week(cases)
    figures = measure(cases, perfect(cases), week, perfect(week))
    trivial = ("trivial", "alone", "language_pair", "not_even")
    scored = {where: value for where, value in leaves(figures) if not any(word in where for word in trivial)}
    scored = {where: value for where, value in scored.items() if not where.endswith(("articles", "pairs"))}

    assert len([value for value in scored.values() if value == 1.0]) > 150
    # where a language has nothing to find there is nothing to score
    assert {value for where, value in scored.items() if not where.startswith("per_language")} == {1.0}
    assert set(scored.values()) <= {0.0, 1.0}
    assert mistakes(cases, perfect(cases), week, perfect(week)) == []


def test_trivial_rules_are_far_below_a_perfect_judge():
    cases = read(evaluating.OWN)
    week = one_week(cases)
    figures = measure(cases, perfect(cases), week, perfect(week))

    assert figures["trivial"]["relevant_both_names"]["f1"] < 0.9
    assert figures["trivial"]["topics_micro_f1_always_politics"] < 0.5
    assert figures["stories_stress_week"]["b_cubed_f1_date_alone"] < 0.3
    assert figures["stories_stress_week"]["b_cubed_f1_every_article_alone"] < 0.9


@given(GROUPS, st.data())
@settings(max_examples=50)
def test_b_cubed_is_one_only_for_the_same_groups(truth, data):
    guess = {one: data.draw(st.sampled_from("1234")) for one in truth}

    assert 0 < b_cubed(truth, guess) <= 1
    assert (abs(b_cubed(truth, guess) - 1) < 1e-9) == (together(truth) == together(guess))
    assert b_cubed(truth, guess) == pytest.approx(b_cubed(guess, truth))


@given(st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)))
def test_agreement_is_even_handed(truth, guess):
    one, other = agreement(truth, guess), agreement(guess, truth)

    assert (one["p"], one["r"]) == (other["r"], other["p"])
    assert one["f1"] == pytest.approx(other["f1"])
    assert min(one["p"], one["r"]) - 1e-9 <= one["f1"] <= max(one["p"], one["r"]) + 1e-9


# --- the files


def test_labels_that_a_user_did_not_decide_count_nowhere(tmp_path):
    wrong = LOAN | {"relevance": "none", "topics": ["crime"], "language": "ja", "decided": ["topics"]}
    figures = evaluating.evaluate(write(tmp_path, [wrong | {"relevance": "related"}, LOAN_VI]), errors=True)

    assert figures["relevant"]["r"] == 1.0
    assert figures["per_language"]["ja"]["language_accuracy"] is None
    assert figures["stories"]["articles"] == 1
    assert [one["labelled"] for one in figures["errors"] if one["ids"] == ["loan"]] == [["crime"]]


def test_a_user_s_file_may_lack_what_nobody_knows(tmp_path):
    row = {"id": "a", "title": LOAN["title"], "text": LOAN["text"], "relevance": "bilateral", "published": None}
    figures = evaluating.evaluate(write(tmp_path, [row | {"event": None, "topics": None, "language": ""}]), errors=True)

    assert figures["relevant"]["f1"] == 1.0
    assert figures["language_accuracy"] is figures["topics_micro_f1"] is figures["stories"]["b_cubed_f1"] is None
    assert figures["errors"] == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"relevance": "biletaral"}, r"relevance is 'biletaral'; it is one of .*none \(did you mean bilateral\?\)"),
        ({"relevance": 1}, "relevance is 1; it is one of bilateral, related, mention, none"),
        ({"topics": ["aid", "labor"]}, r"topics is 'labor'; it is one of .*\(did you mean labour\?\)"),
        ({"topics": "aid"}, "topics is 'aid'; it is a list"),
        ({"language": "English"}, "language is 'English'; it is a primary tag of BCP 47, such as en"),
        ({"duplicate_kind": "copy"}, "duplicate_kind is 'copy'; it is one of empty, exact, near, translation"),
        ({"published": "28/04/2025"}, "published is '28/04/2025'; it is a day or an instant of ISO 8601"),
        ({"published": "2025-13-01"}, "published is '2025-13-01'; it is a day or an instant of ISO 8601"),
        ({"event": ["a"]}, r"event is \['a'\]; it is a text"),
        ({"title": None}, "title is None; it is a text that each article has"),
        ({"id": ""}, "id is ''; each article has one"),
        ({"id": "loan-vi"}, "id is 'loan-vi'; line 1 has it already"),
        (
            {"decided": ["story"]},
            "decided is 'story'; it is one of relevance, topics, language, event, duplicate_group",
        ),
    ],
)
def test_a_row_that_is_no_labelled_article_is_refused_by_file_line_and_field(change, said, tmp_path):
    path = write(tmp_path, [LOAN_VI, LOAN | change])

    with pytest.raises(MendableError, match=f"gold.jsonl, line 2: {said}"):
        read(path)


def test_line_numbers_count_empty_lines(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(LOAN) + "\n\n{\n", "utf-8")

    with pytest.raises(MendableError, match="line 3 is no JSON"):
        read(path)


def test_an_empty_file_is_refused(tmp_path):
    with pytest.raises(MendableError, match="has no articles"):
        read(write(tmp_path, []))


# --- mistakes


def test_mistakes_show_the_words_of_the_judgement(tmp_path):
    rows = [LOAN | {"relevance": "mention"}, LOAN | {"id": "b", "topics": ["crime"]}, FOOTBALL | {"language": "en"}]
    errors = evaluating.evaluate(write(tmp_path, rows), errors=True)["errors"]

    found = {(one["kind"], *one["ids"]): one for one in errors}
    assert "Japan" in found["relevance", "loan"]["words"]["relevance:both-in-title"]
    assert found["topics", "b"]["missed"] == ["crime"]
    assert "aid" in found["topics", "b"]["extra"]
    assert found["topics", "b"]["words"]["topic:aid"]
    assert (found["language", "football"]["labelled"], found["language", "football"]["judged"]) == ("en", "nb")


def test_themes_and_traps_say_how_often_they_were_seen_through(tmp_path):
    rows = [LOAN | {"traps": ["numbers"]}, LOAN_VI | {"relevance": "none", "traps": ["numbers"], "themes": ["crime"]}]
    figures = evaluating.evaluate(write(tmp_path, rows), errors=False)

    assert figures["covers"] == {"crime": {"articles": 1, "right": 0}, "numbers": {"articles": 2, "right": 0.5}}


def test_a_story_that_joins_two_events_names_what_they_share(tmp_path):
    errors = evaluating.evaluate(write(tmp_path, [LOAN, LOAN_VI | {"event": "road"}]), errors=True)["errors"]

    [joined] = [one for one in errors if one["kind"] == "stories"]
    assert joined["what"] == "joined"
    assert sorted(joined["parts"]) == [["bridge", ["loan"]], ["road", ["loan-vi"]]]
    assert {"JICA"} == set(joined["words"]["organisation:jica"])


def test_an_event_told_twice_and_a_copy_unseen_are_mistakes(tmp_path):
    strange = FOOTBALL | {"id": "other", "relevance": "related", "event": "bridge", "topics": ["aid"]}
    rows = [LOAN | {"duplicate_group": "D"}, strange | {"duplicate_group": "D"}]
    errors = evaluating.evaluate(write(tmp_path, rows), errors=True)["errors"]

    assert [one["what"] for one in errors if one["kind"] == "stories"] == ["parted"]
    assert [one["labelled"] for one in errors if one["kind"] == "duplicates"] == ["copies"]


def test_a_copy_that_is_none_comes_with_its_score(tmp_path):
    long = LOAN["text"] * 3 + " The bridge over the Hau River replaces a ferry that carries 20,000 people a day."
    errors = evaluating.evaluate(write(tmp_path, [LOAN | {"text": long, "id": name} for name in "ab"]), errors=True)[
        "errors"
    ]

    assert [(one["labelled"], one["judged"], one["score"]) for one in errors if one["kind"] == "duplicates"] == [
        ("apart", "copies", 1.0)
    ]


# --- the command


def test_the_command_prints_tables_that_fit(tmp_path):
    path = write(tmp_path, [*ROWS, LOAN | {"id": "wrong", "relevance": "none", "title": "\x1b[31m\u202e日本" * 60}])
    for width in (48, 80, 120):
        result = CliRunner(env={"COLUMNS": str(width)}).invoke(cli, ["evaluate", str(path), "--errors"])

        assert result.exit_code == 0
        assert "4 articles" in result.output
        assert "relevance wrong: none, judged" in result.output
        assert "\x1b" not in result.output
        lines = result.output.splitlines()[1:]  # the first is the file's own name
        assert [line for line in lines if wcswidth(line) > width] == []


def test_json_is_one_object_with_all_figures(tmp_path):
    path = write(tmp_path, ROWS)
    bare = json.loads(CliRunner().invoke(cli, ["evaluate", str(path), "--json"]).output)
    full = json.loads(CliRunner().invoke(cli, ["evaluate", str(path), "--json", "--errors"]).output)

    assert bare["file"] == str(path)
    assert (bare["articles"], bare["relevant"]["f1"], bare["per_language_pair"]["en-vi"]["stories"]["f1"]) == (3, 1, 1)
    assert set(full) - set(bare) == {"errors"}


def test_without_a_file_it_measures_our_own_set_or_says_what_to_give(tmp_path, monkeypatch):
    monkeypatch.setattr(evaluating, "OWN", write(tmp_path, ROWS))
    assert "3 articles" in CliRunner().invoke(cli, ["evaluate"]).output

    monkeypatch.setattr(evaluating, "OWN", tmp_path / "none.jsonl")
    result = CliRunner(env={"VNJP_DATA": str(tmp_path)}).invoke(cli, ["evaluate"])
    assert isinstance(result.exception, MendableError)
    assert "vnjp evaluate GOLD.jsonl" in str(result.exception)
    assert str(tmp_path / "gold.jsonl") in str(result.exception)


def test_a_file_that_is_not_there_is_named(tmp_path):
    result = CliRunner(env={"VNJP_DATA": str(tmp_path)}).invoke(cli, ["evaluate", str(tmp_path / "no.jsonl")])

    assert "no.jsonl" in str(result.exception)
    assert isinstance(result.exception, MendableError)


# --- the floors


@pytest.mark.parametrize("path", floors())
def test_no_figure_falls_below_its_floor(path):
    """On our own set the judgement keeps what it has reached; see tests/bench/judgement.py for raising a floor."""
    assert reached(measure(*_own()), path) >= floors()[path]


def test_floors_are_high_enough_to_mean_something():
    assert len(floors()) >= 15
    assert min(floors().values()) > 0.4


def test_raising_never_lowers_a_floor():
    found = {"relevant": {"f1": 0.9876}, "language_accuracy": 0.5}

    assert raised({"relevant.f1": 0.9, "language_accuracy": 0.7}, found) == {
        "relevant.f1": 0.987,
        "language_accuracy": 0.7,
    }


def _own():
    cases, lines, week, lines_in_week = judged(Path(evaluating.OWN))
    return cases, lines, week, lines_in_week
