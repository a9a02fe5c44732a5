"""What composing promises: ranked and counted honestly, quoted from where it says, and nothing but what is given."""

import csv
import json
import os
import random
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.compose import Layout, NoWorkingSourceError, compose
from tasks.compose.offices import level_of
from tasks.compose.rank import SECTIONS
from tasks.compose.sentences import stands_alone
from tasks.text import clean, sentences
from tests import told
from warehouse.issue import Entry, Issue, Quote, WeekCount, from_json, to_json
from warehouse.records import Duplicate, Evidence

ROOT = Path(__file__).resolve().parents[1]
NONE = WeekCount("2025-W18", {}, {})
TALKS: dict[str, Any] = {
    "source": "hanoi-courier",
    "title": "Premier opens talks in Hanoi",
    "text": "Prime Minister Ishiba Shigeru opened talks with Tô Lâm in Hanoi on Monday about rail and chips.",
    "roles": {"person:ishiba-shigeru": "Prime Minister"},
}
KAIDAN = {
    "source": "toto-nippo",
    "title": "首相、ハノイで会談",
    "text": "石破茂首相は28日、ハノイでトー・ラム書記長と会談した。",
}


def issue_of(*stories: Any, sources: Any = None, counts: Any = NONE, history: Any = (), **layout: Any) -> Issue:
    sources = told.source_weeks() if sources is None else sources
    return compose(told.WEEK, stories, sources, counts, history, Layout(**layout), told.names())


def entry_of(*articles: dict[str, Any], sources: Any = None, **story: Any) -> Entry:
    issue = issue_of(told.told_of(*articles, **story), sources=sources)
    return issue.entries[0]


@pytest.fixture(scope="module")
def week() -> Issue:
    return compose(told.WEEK, told.stories(), told.source_weeks(), told.COUNTS, told.HISTORY, Layout(), told.names())


# --- counting ---------------------------------------------------------------------------------------------------------


def test_a_wire_story_counts_once_in_however_many_papers():
    wired = [
        TALKS | {"source": source, "wire": "vna", "text": f"{TALKS['text']} {source}."}
        for source in ("hanoi-courier", "saigon-trade", "mekong-wire")
    ]
    entry = entry_of(*wired)
    assert (entry.outlets, entry.texts) == (3, 1)


def test_outlets_of_one_family_count_as_one_text():
    entry = entry_of(TALKS | {"source": "kanmon-times"}, KAIDAN)
    assert (entry.outlets, entry.texts) == (2, 1)


def test_a_copy_adds_an_outlet_but_no_text():
    entry = entry_of(TALKS, TALKS | {"source": "saigon-trade", "copy": "near", "of": 0})
    assert (entry.outlets, entry.texts, entry.articles, entry.folded) == (2, 1, 2, 1)


def test_a_machine_translation_is_listed_and_counts_for_nothing():
    entry = entry_of(
        TALKS,
        {"source": "viet-lens", "title": "Statsminister i Hanoi", "text": "Oversatt.", "copy": "translation", "of": 0},
    )
    assert (entry.outlets, entry.texts) == (1, 1)
    assert [(one.language, one.machine) for one in entry.headlines] == [("en", False), ("nb", True)]


def test_what_people_translated_adds_an_outlet_and_no_text_and_speaks_to_who_reads_its_language():
    entry = entry_of(KAIDAN, TALKS | {"source": "tin-viet-en", "copy": "translation", "of": 0})
    assert (entry.outlets, entry.texts) == (2, 1)
    assert [(one.language, one.machine) for one in entry.headlines] == [("ja", False), ("en", False)]
    assert {one.language for one in entry.sentences} == {"ja", "en"}


def test_a_translation_under_the_address_of_the_original_is_made_by_machine_whatever_its_source():
    entry = entry_of(KAIDAN, TALKS | {"source": "tin-viet-en", "copy": "translation", "of": 0, "twin": True})
    assert (entry.outlets, entry.texts) == (1, 1)
    assert [(one.language, one.machine) for one in entry.headlines] == [("ja", False), ("en", True)]
    assert {one.language for one in entry.sentences} == {"ja"}


def test_a_story_that_only_machine_translations_tell_is_never_more_than_a_line():
    entry = entry_of({"source": "viet-lens", "title": "Statsminister i Hanoi", "text": "Oversatt."})
    assert (entry.level, entry.outlets, entry.headlines[0].machine, entry.sentences) == ("line", 0, True, ())


# --- what is news -----------------------------------------------------------------------------------------------------


def test_backlog_alone_is_no_news():
    assert issue_of(told.told_of(TALKS | {"backlog": True})).entries == ()


def test_what_only_repeats_earlier_weeks_is_not_told_twice_but_listed_with_its_reason():
    issue = issue_of(told.told_of(TALKS | {"old": True}, TALKS | {"source": "saigon-trade", "copy": "near", "of": 0}))
    assert issue.entries == ()
    assert [(one.title.outlet, one.copied, one.reason) for one in issue.repeats] == [
        ("Saigon Trade Letter", "Hanoi Courier", "212 of 230 shingles shared")
    ]
    assert issue.folded == 1


def test_a_copy_of_the_baseline_is_not_told_again():
    one = told.told_of(TALKS)
    key = one.articles[0].article_id
    copied = replace(one, copies={key: Duplicate(key, "baseline:001", "near", 0.9, "baseline:001", "shared", "1")})
    assert issue_of(copied).entries == ()


LATE = told.told_of(TALKS)
LATE = replace(
    LATE, articles=tuple(replace(one, published=one.first_seen - timedelta(days=15)) for one in LATE.articles)
)


@pytest.mark.parametrize(
    ("story", "status"),
    [
        (told.told_of(TALKS), "new"),
        (told.told_of(TALKS, earlier=True), "follow-up"),
        (told.told_of(TALKS, KAIDAN | {"old": True}), "grew"),
        (told.told_of(TALKS | {"correction": "number"}, KAIDAN | {"old": True}), "corrected"),
        (LATE, "late"),
    ],
)
def test_a_story_says_what_it_is_against_what_was_told(story, status):
    assert issue_of(story).entries[0].status == status


def test_a_correction_of_an_old_article_brings_its_story_back():
    entry = entry_of(TALKS | {"old": True, "correction": "number, name"})
    assert [(one.title.outlet, one.changed) for one in entry.corrections] == [("Hanoi Courier", ("number", "name"))]
    assert (entry.status, entry.articles, entry.headlines[0].text) == ("corrected", 0, TALKS["title"])


# --- ranking ----------------------------------------------------------------------------------------------------------


def test_the_score_is_the_sum_of_its_named_parts_and_orders_the_issue(week):
    for entry in week.entries:
        assert entry.score == pytest.approx(sum(value for _, value in entry.parts))
        assert [name for name, _ in entry.parts] == [
            "relevance",
            "reach",
            "sides",
            "languages",
            "people",
            "novelty",
            "follow-up",
            "tracked",
        ]
    assert all(one.score >= other.score for one, other in pairwise(week.entries))
    assert [entry.position for entry in week.entries] == list(range(1, len(week.entries) + 1))


def test_leaders_stand_above_a_trial_of_the_same_reach():
    trial = told.told_of(
        {"source": "kanmon-times", "title": "Court", "text": "A court in Osaka sat."}, id="a", relevance="related"
    )
    assert [one.story_id for one in issue_of(trial, told.told_of(TALKS)).entries] == ["one", "a"]


@pytest.mark.parametrize(
    ("role", "height"),
    [
        ("Prime Minister", 3), ("Tổng Bí thư", 3), ("共産党書記長", 3), ("Deputy Prime Minister", 2),
        ("Phó Thủ tướng", 2), ("former prime minister", 2), ("元首相", 2),
        ("Foreign Minister", 2), ("Bộ trưởng Ngoại giao", 2), ("外相", 2),
        ("Thứ trưởng", 0), ("外務副大臣", 1), ("Ambassador", 1), ("和歌山県知事", 1), ("spokesman", 0), ("", 0),
    ],
)  # fmt: skip
def test_offices_are_known_in_all_three_languages(role, height):
    assert level_of(role) == height


def test_levels_are_filled_by_rank_and_a_section_holds_only_so_many():
    issue = issue_of(*told.many(40), full=3, short=4, line=5, section=4)
    levels = [one.level for one in issue.entries]
    assert [levels.count(level) for level in ("full", "short")] == [3, 4]
    assert levels.count("line") <= 5
    assert len(levels) == 40
    shown = [one for one in issue.entries if one.level != "omitted"]
    sections = [one.section for one in shown]
    assert max(map(sections.count, sections)) == 4
    order = {"full": 0, "short": 1, "line": 2}
    voiced = [order[one.level] for one in shown if one.outlets]
    assert voiced == sorted(voiced)


def test_every_topic_code_has_one_section():
    with (ROOT / "warehouse/seeds/topics.csv").open(encoding="utf-8") as file:
        codes = {row["topic"] for row in csv.DictReader(file)}
    placed = [topic for topics in SECTIONS.values() for topic in topics]
    assert codes == set(placed)
    assert len(placed) == len(set(placed))


def test_security_is_a_section_of_its_own(week):
    assert {one.section for one in week.entries if "security" in one.topics[:1]} == {"security"}


# --- sides ------------------------------------------------------------------------------------------------------------


def test_one_sided_goes_by_the_outlets_side_not_by_language():
    entry = entry_of(TALKS | {"source": "kanmon-times"}, KAIDAN)
    assert (entry.one_sided, entry.others_working) == ("japan", 7)


def test_a_third_countrys_outlet_ends_one_sidedness():
    assert entry_of(TALKS | {"source": "mekong-wire"}, KAIDAN | {"source": "nishi-keizai"}).one_sided == ""


def test_one_outlet_alone_is_not_called_one_sided():
    assert entry_of(KAIDAN).one_sided == ""


def test_one_sided_is_withheld_where_too_few_on_the_other_side_could_be_looked_at():
    down = {
        one.source.source_id.replace("-", "_"): {"good": 0}
        for one in told.source_weeks()
        if one.source.side == "vietnam"
    }
    down.pop("dong_bang")
    down.pop("saigon_trade")
    assert entry_of(TALKS | {"source": "kanmon-times"}, KAIDAN, sources=told.source_weeks(**down)).one_sided == ""


# --- words of articles ------------------------------------------------------------------------------------------------


def quotes_of(thing) -> list[Quote]:
    """Find all quotes anywhere inside an issue."""
    if isinstance(thing, Quote):
        return [thing]
    if isinstance(thing, tuple):
        return [quote for one in thing for quote in quotes_of(one)]
    slots = getattr(type(thing), "__slots__", ())
    return [quote for name in slots for quote in quotes_of(getattr(thing, name))]


def test_every_quote_stands_where_it_says(week):
    articles = {one.article_id: one for story in told.stories() for one in story.articles}
    found = quotes_of(week)
    assert len(found) > 150
    for quote in found:
        article = articles[quote.article_id]
        assert quote.text == clean(getattr(article, quote.field)[quote.start : quote.end])
        assert (quote.outlet, quote.url, quote.language) == (article.outlet, article.url, article.language)


def test_a_key_sentence_is_one_whole_sentence_of_its_article(week):
    articles = {one.article_id: one for story in told.stories() for one in story.articles}
    for entry in week.entries:
        languages = [one.language for one in entry.sentences]
        assert len(languages) == len(set(languages))
        for one in entry.sentences:
            assert (one.start, one.end) in sentences(articles[one.article_id].text)
            assert stands_alone(one.text)


@pytest.mark.parametrize(
    "text",
    [
        "He asked for deeper exchanges between the two ruling parties of both countries.",
        "However, Japan and Vietnam have agreed on nothing of the kind so far this year.",
        "Ông cũng đề nghị hai bên tăng cường giao lưu giữa hai đảng cầm quyền.",
        "Tuy nhiên, hai bên chưa thống nhất được thời điểm ký kết thỏa thuận này.",
        "同氏は農業分野での連携も両国の首脳に対して強く求めていた。",
        "また、両国は農業分野での連携を進めることで一致していた。",
        "The two leaders called science and training a new pillar of the",
        "“The two leaders called science and training a new pillar of relations.",
        "the lower-case half of a sentence that was cut somewhere in its middle part.",
        "Too short.",
        "The two leaders called science and training a new pillar of the partnership of both...",
        "The two leaders called science and training a new pillar of the partnership of both…",
        "Word " * 80 + ".",
    ],
)
def test_a_sentence_that_leans_or_is_not_whole_is_never_quoted(text):
    assert not stands_alone(text)


@given(st.text(alphabet="abAB .!?。、「」日本\n“”()", max_size=300))
def test_whatever_a_text_holds_a_key_sentence_is_one_of_its_sentences(text):
    entry = entry_of(TALKS | {"text": text})
    for one in entry.sentences:
        assert (one.start, one.end) in sentences(text)


def test_the_sentence_with_the_main_people_is_taken():
    text = "Rain fell over the streets of the capital on the morning of the long holiday.\n" + TALKS["text"]
    assert told.titles(entry_of(TALKS | {"text": text}).sentences) == [TALKS["text"]]


def test_a_sentence_that_begins_or_ends_inside_a_name_is_never_quoted():
    text = "Ishiba Shigeru and Tô Lâm opened a plant of the maker Tokai Motor Co. Vietnam took part with two ministers."
    story = told.told_of(TALKS | {"text": text})
    (judgement,) = story.judgements.values()
    at = text.index("Tokai")
    firm = Evidence("organisation:tokai", "text", at, at + len("Tokai Motor Co. Vietnam"), "Tokai Motor Co. Vietnam")
    whole = issue_of(story).entries[0].sentences
    named = replace(story, judgements={judgement.article_id: replace(judgement, evidence=(*judgement.evidence, firm))})
    assert whole[0].text.endswith("Tokai Motor Co.")
    assert issue_of(named).entries[0].sentences == ()


def test_of_a_story_that_grew_the_sentence_is_new_against_last_week():
    new = "Ishiba Shigeru and Tô Lâm signed a note in Hanoi on a loan for two new metro lines."
    entry = entry_of(TALKS | {"old": True}, TALKS | {"source": "saigon-trade", "text": f"{TALKS['text']} {new}"})
    assert told.titles(entry.sentences) == [new]


def test_of_a_publisher_who_allows_titles_only_no_sentence_is_taken():
    day = {"ahead": [["2025-06-02", "2 June"]], "text": f"{TALKS['text']} The next round is due on 2 June in Tokyo."}
    issue = issue_of(told.told_of(TALKS | day | {"rights": "title"}))
    assert issue.entries[0].sentences == ()
    assert told.titles(issue.ahead[0].quotes) == [TALKS["title"]]


def test_the_original_headline_of_a_language_comes_before_a_copys():
    entry = entry_of(
        KAIDAN, TALKS | {"source": "tin-viet-en"}, TALKS | {"copy": "near", "of": 1, "title": "A shorter line"}
    )
    assert {one.language: one.text for one in entry.headlines} == {"ja": KAIDAN["title"], "en": TALKS["title"]}


def test_an_endless_headline_is_cut_with_an_ellipsis():
    (headline,) = entry_of(TALKS | {"title": "Talks " * 2_000}).headlines
    assert len(headline.text) <= 241
    assert headline.text.removesuffix("…").endswith("Talks"), "no word is cut"
    assert headline.text.endswith("…")


def test_a_text_without_headline_is_headed_by_its_first_sentence_and_one_without_text_by_its_address():
    assert told.titles(entry_of(TALKS | {"title": ""}).headlines) == [TALKS["text"]]
    bare = entry_of(TALKS | {"title": "\u202e", "text": "", "roles": {}})
    assert bare.headlines[0].text == bare.headlines[0].url


@pytest.mark.parametrize("role", ["Chairman of the board", "Minister\nIshiba", "会談した。首相"])
def test_a_role_that_is_no_phrase_of_the_article_is_not_shown(role):
    text = f"{TALKS['text']} Minister\nIshiba 会談した。首相"
    entry = entry_of(TALKS | {"text": text, "roles": {"person:ishiba-shigeru": role}})
    assert [one.roles for one in entry.people] == [(), ()]


def test_actor_and_counterpart_are_of_the_two_sides(week):
    for entry in week.entries:
        if entry.actor and entry.counterpart:
            assert {entry.actor.side, entry.counterpart.side} == {"vietnam", "japan"}
    assert week.entries[0].counterpart is not None


# --- figures, days, people --------------------------------------------------------------------------------------------


def test_a_figure_that_two_languages_report_is_one_figure(week):
    figure = next(one for one in week.figures if one.value == 600_000)
    assert [(quote.language, quote.text) for quote, _ in figure.reports] == [
        ("vi", "600.000 người Việt"),
        ("ja", "60万人"),
        ("nb", "600 000 vietnamesere"),
    ]
    assert all(quote.day == date(2025, 4, 28) for quote, _ in figure.reports)


def test_a_share_of_nobody_knows_what_and_a_few_people_are_no_figures():
    amounts = [[4, "people", "four", ""], [12, "percent", "12%", ""], [5e9, "JPY", "5 billion yen", ""]]
    text = f"{TALKS['text']} All four took 12% of 5 billion yen."
    issue = issue_of(told.told_of(TALKS | {"text": text, "amounts": amounts}))
    assert [(one.value, one.unit) for one in issue.figures] == [(5e9, "JPY")]


def test_days_of_the_week_itself_are_not_ahead():
    days = [["2025-05-04", "on Sunday"], ["2025-05-05", "on Monday"]]
    text = f"{TALKS['text']} They end on Sunday in Hanoi. Talks go on in Tokyo on Monday, officials in Hanoi said."
    text = text.replace("opened talks with Tô Lâm in Hanoi on Monday", "opened talks with Tô Lâm in Hanoi")
    issue = issue_of(told.told_of(TALKS | {"text": text, "ahead": days}))
    assert [(one.day, told.titles(one.quotes)) for one in issue.ahead] == [
        (date(2025, 5, 5), ["Talks go on in Tokyo on Monday, officials in Hanoi said."])
    ]


def test_people_of_the_week_are_those_of_most_stories(week):
    assert week.people[0].name.label == "Ishiba Shigeru"
    assert {role.language: role.text for role in week.people[0].roles}["ja"] == "首相"


# --- coverage ---------------------------------------------------------------------------------------------------------


def test_what_could_not_be_looked_at_is_named(week):
    assert [(one.kind, one.source_id) for one in week.coverage.troubles] == [
        ("failed", "cuu-long"),
        ("failed", "keihan"),
        ("empty", "danube-review"),
        ("frozen", "kitakami"),
        ("gap", "mekong-wire"),
    ]
    first = week.coverage.troubles[0]
    assert (first.major, first.since, first.error) == (True, date(2025, 4, 24), "HTTP 503")
    assert (week.coverage.checked, week.coverage.answered) == (21, 19)
    assert (week.coverage.undated, week.coverage.summary_only) == (2, 3)


def test_a_source_that_fails_at_the_end_of_the_week_failed_though_it_answered_before(week):
    issue = issue_of(sources=told.source_weeks(fjordposten={"last_state": "timeout", "good": 160}))
    assert "fjordposten" in [one.source_id for one in issue.coverage.troubles if one.kind == "failed"]
    assert issue.coverage.answered == week.coverage.answered - 1


def test_counts_stand_beside_the_average_of_four_weeks_and_silence_shows():
    history = [WeekCount(f"2025-W{w}", {"vi": 10, "ko": 4}, {}) for w in range(10, 18)]
    coverage = issue_of(counts=WeekCount("2025-W18", {"vi": 20}, {}), history=history).coverage
    assert [(one.key, one.articles, one.average) for one in coverage.languages] == [("vi", 20, 10), ("ko", 0, 4)]
    assert coverage.weeks == 4


def test_without_earlier_weeks_there_is_no_average():
    coverage = issue_of(counts=WeekCount("2025-W18", {"vi": 20}, {})).coverage
    assert (coverage.languages[0].average, coverage.weeks) == (None, 0)


def test_a_quiet_week_is_an_issue_without_entries():
    issue = issue_of()
    assert (issue.entries, issue.articles, issue.coverage.checked) == ((), 0, 21)


@pytest.mark.parametrize("sources", [[], [replace(one, good=0, last_state="timeout") for one in told.source_weeks()]])
def test_a_week_in_which_nothing_answered_is_an_error_not_a_quiet_week(sources):
    with pytest.raises(NoWorkingSourceError, match="2025-W18"):
        issue_of(told.told_of(TALKS), sources=sources)


def test_sources_switched_off_are_not_counted():
    sources = [
        replace(one, source=replace(one.source, enabled=False)) if one.source.side == "third" else one
        for one in told.source_weeks()
    ]
    assert issue_of(sources=sources).coverage.checked == 15


# --- the frozen issue -------------------------------------------------------------------------------------------------


def test_an_issue_survives_json(week):
    assert from_json(to_json(week)) == week


def test_json_that_is_no_issue_is_refused(week):
    broken = json.loads(to_json(week))
    del broken["entries"][0]["headlines"]
    for content in ("{}", json.dumps(broken)):
        with pytest.raises(ValueError, match="validation error"):
            from_json(content)


def test_the_order_in_which_things_come_changes_nothing(week):
    stories, sources = told.stories(), told.source_weeks()
    random.Random(7).shuffle(stories)
    random.Random(7).shuffle(sources)
    again = compose(told.WEEK, stories, sources, told.COUNTS, told.HISTORY, Layout(), told.names())
    assert to_json(again) == to_json(week)


def test_another_process_composes_the_same_bytes(week):
    code = (
        "from tests import told; from tasks.compose import Layout, compose; from warehouse.issue import to_json;"
        "i = compose(told.WEEK, told.stories(), told.source_weeks(), told.COUNTS, told.HISTORY, Layout(), told.names())"
        "\n"
        "import sys; sys.stdout.buffer.write(to_json(i).encode())"
    )
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=True)
        assert ran.stdout.decode() == to_json(week)


def test_controls_and_bidi_marks_never_enter_an_issue():
    bad = "Talks\u202e in\x07 Hanoi\u200b"
    content = to_json(issue_of(told.told_of(TALKS | {"title": bad})))
    assert "Talks in Hanoi" in content
    assert clean(content) == content


def test_the_days_of_the_issue_are_those_of_its_week(week):
    assert (week.first_day, week.last_day, week.zone) == (date(2025, 4, 28), date(2025, 5, 4), "Asia/Ho_Chi_Minh")
    assert datetime(2025, 4, 27, 17, tzinfo=UTC) == told.WEEK.start
