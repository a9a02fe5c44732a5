"""What composing promises of what goes on for longer than a week: strands, dossiers, quiet stories, official texts."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.dossiers import themes
from tasks.compose import Layout, compose
from tasks.compose.quiet import as_earlier
from tasks.compose.terms import spans
from tasks.text import clean
from tests import told
from tests.test_compose import KAIDAN, NONE, TALKS, quotes_of
from warehouse.issue import ALONE, Background, Dossier, Entry, Fact, Issue, Near, Told, from_json, to_json

LINE = Dossier(
    "line",
    (("en", "Coastal line"), ("ja", "沿岸線")),
    {"en": ("coastal line", "rail* + loan*"), "vi": ("tuyến ven biển",), "ja": ("沿岸線",)},
    (),
    (
        Fact("2010-06", (("en", "It is put off."),), "Records", "", date(2010, 7, 1)),
        Fact("2024-11-30", (("en", "It is approved."),), "Records", "https://records.example/1", date(2024, 11, 30)),
        Fact("2025-12-08", (("en", "It is given up."),), "Records", "", date(2025, 12, 8)),
    ),
)
FILLER = "The meeting opened with a word of welcome from the hosts. Tea was then served to all the guests who had come."
RAIL: dict[str, Any] = {
    "source": "hanoi-courier",
    "title": "Premier opens talks",
    "text": f"{FILLER} Nothing was signed.",
}


def issue_of(*stories: Told, background: Background = ALONE, **layout: Any) -> Issue:
    sources = told.source_weeks()
    return compose(told.WEEK, stories, sources, NONE, (), Layout(**layout), told.names(), background)


def entry_of(*articles: dict[str, Any], background: Background = ALONE, **story: Any) -> Entry:
    return issue_of(told.told_of(*articles, **story), background=background).entries[0]


def week_before(*stories: Told, background: Background = ALONE) -> Issue:
    """Give the issue of the week before, in which these stories were told."""
    return replace(issue_of(*stories, background=background), week="2025-W17", last_day=date(2025, 4, 27))


# --- strands ----------------------------------------------------------------------------------------------------------


def told_on(day: int, strand: str, source: str = "hanoi-courier", title: str = "") -> dict[str, Any]:
    name = title or f"{strand} on {day} in {source}"
    return TALKS | {"source": source, "title": name, "strand": strand, "event_date": date(2025, 4, day)}


VISIT = [
    told_on(28, "talks", title="Premier and party leader hold talks"),
    told_on(28, "talks", "saigon-trade"),
    told_on(29, "signing", "mekong-wire"),
    told_on(29, "signing", "tin-viet-en"),
    told_on(30, "royal house", "kanmon-times"),
]


def test_a_visit_is_one_entry_with_its_strands_by_day_and_the_days_that_two_articles_name():
    entry = entry_of(*VISIT, event_type="visit")
    assert [(one.code, one.first, one.articles) for one in entry.strands] == [
        ("talks", date(2025, 4, 28), 2),
        ("signing", date(2025, 4, 29), 2),
        ("royal house", date(2025, 4, 29), 1),
    ]
    assert entry.days == (date(2025, 4, 28), date(2025, 4, 29))


def test_a_strand_is_shown_by_another_article_than_the_entrys_headline_where_it_has_one():
    entry = entry_of(*VISIT, event_type="visit")
    headed = {one.article_id for one in entry.headlines}
    assert all(one.headlines[0].article_id not in headed for one in entry.strands if one.articles > 1)


def test_a_visit_has_at_most_six_strands_those_that_most_articles_tell():
    codes = ("talks", "signing", "business", "defence", "culture", "education", "localities")
    articles = [told_on(28, code, source) for code in codes[:-1] for source in ("hanoi-courier", "saigon-trade")]
    entry = entry_of(*articles, told_on(28, codes[-1]), event_type="visit")
    assert {one.code for one in entry.strands} == {*codes[:-1]}


def test_a_story_of_one_strand_or_of_two_that_is_no_visit_is_not_taken_apart():
    assert entry_of(told_on(28, "talks"), event_type="visit").strands == ()
    two = entry_of(told_on(28, "talks"), told_on(29, "signing", "saigon-trade"), event_type="meeting")
    assert (two.strands, two.days) == ((), None)


# --- dossiers ---------------------------------------------------------------------------------------------------------

FOLLOWED = Background(dossiers=(LINE,))


@pytest.mark.parametrize(
    ("articles", "moves"),
    [
        ([RAIL | {"title": "Coastal line gets a loan"}], True),
        ([RAIL | {"text": "A railway of the coast gets a yen loan from Tokyo. " + FILLER}], True),
        ([RAIL | {"text": f"{FILLER} They also named the coastal line."}], False),
        (
            [
                RAIL | {"text": f"{FILLER} They also named the coastal line."},
                RAIL
                | {
                    "source": "toto-nippo",
                    "title": "首相会談",
                    "text": "会談は和やかに始まった。茶が出た。沿岸線にも触れた。",
                },
            ],
            True,
        ),
        ([RAIL | {"title": "Coastal liner calls at port"}], False),
        ([RAIL | {"source": "tin-viet-vi", "title": "Coastal line"}], False),
    ],
)
def test_a_headline_a_lead_or_two_publishers_move_a_dossier_a_passing_word_does_not(articles, moves):
    entry = entry_of(*articles, background=FOLLOWED)
    assert entry.dossiers == (("line",) if moves else ())
    assert dict(entry.parts)["tracked"] == (0.5 if moves else 0)


def test_what_moves_a_dossier_is_shown_in_its_own_words():
    entry = entry_of(RAIL | {"title": "Coastal line gets a loan"}, background=FOLLOWED)
    (found,) = [one for one in entry.matched if one.tag == "dossier:line"]
    assert [(one.text, one.field, one.start, one.end) for one in found.words] == [("Coastal line", "title", 0, 12)]


def test_a_dossier_says_what_moved_it_or_since_when_it_is_quiet():
    moved = told.told_of(RAIL | {"title": "Coastal line gets a loan"})
    (week,) = issue_of(moved, background=FOLLOWED).dossiers
    assert (week.moved, week.since) == (("one",), date(2025, 4, 28))
    (quiet,) = issue_of(background=FOLLOWED).dossiers
    assert (quiet.moved, quiet.since) == ((), date(2024, 11, 30))
    before = week_before(moved, background=FOLLOWED)
    (after,) = issue_of(background=replace(FOLLOWED, before=before)).dossiers
    assert (after.moved, after.since) == ((), date(2025, 4, 28))


def test_a_timeline_holds_nothing_that_came_after_the_week():
    (week,) = issue_of(background=FOLLOWED).dossiers
    assert [one.day for one in week.timeline] == ["2010-06", "2024-11-30"]


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("OSA", "Talks on OSA in Osaka", ["OSA"]),
        ("OSA", "防衛装備及びOSAの早期実施", ["OSA"]),
        ("AI", "Không ai biết", []),
        ("yen loan*", "Yen loans", ["Yen loans"]),
        ("Bắc - Nam", "trục Bắc–Nam", ["Bắc–Nam"]),
        ("defen?e", "Defense and defence", ["Defense", "defence"]),
        ("南北 + 鉄道", "南北を結ぶ鉄道。別の鉄道。", ["南北を結ぶ鉄道"]),
        ("rail* + loan*", "A railway opens. A loan is signed.", []),
    ],
)
def test_a_term_is_found_as_a_word_and_both_of_two_in_one_sentence(term, text, found):
    assert [text[start:end] for start, end in spans({"en": (term,)}, "en", text)] == found


@given(st.text(alphabet="abA .。線路-+*\n", max_size=80), st.text(alphabet="ab線路 -", min_size=1, max_size=8))
def test_whatever_is_looked_for_spans_lie_inside_the_text_in_order(text, term):
    found = spans({"en": (term.strip() or "a",)}, "en", text)
    assert found == sorted(found)
    assert all(0 <= start < end <= len(text) for start, end in found)


# --- quiet ------------------------------------------------------------------------------------------------------------


def test_what_was_told_in_full_and_of_which_nothing_came_is_quiet():
    before = week_before(told.told_of(TALKS, KAIDAN))
    (quiet,) = issue_of(background=Background(before=before)).quiet
    assert (quiet.told_in, quiet.story.story_id, quiet.story.headline) == ("2025-W17", "one", TALKS["title"])
    assert [one.headline for one in quiet.story.others] == [KAIDAN["title"]]
    assert (quiet.story.actor, quiet.story.counterpart) == (before.entries[0].actor, before.entries[0].counterpart)


def test_what_goes_on_is_followed_up_or_was_taken_over_is_not_quiet():
    first = told.told_of(TALKS)
    behind = Background(before=week_before(first))
    other = told.told_of(KAIDAN, id="two")
    follows = replace(other, earlier=(as_earlier(week_before(first).entries[0]),))
    took_over = told.told_of(KAIDAN, TALKS, id="two")
    assert [len(issue_of(one, background=behind).quiet) for one in (other, first, follows, took_over)] == [1, 0, 0, 0]


def test_what_the_last_issue_told_in_a_line_is_not_missed():
    before = week_before(told.told_of(TALKS))
    lines = replace(before, entries=tuple(replace(one, level="line") for one in before.entries))
    assert issue_of(background=Background(before=lines)).quiet == ()


def test_a_correction_says_in_which_issue_its_story_was_told():
    first = told.told_of(TALKS)
    again = told.told_of(TALKS | {"correction": "number"}, KAIDAN | {"old": True})
    entry = issue_of(again, background=Background(before=week_before(first))).entries[0]
    assert [one.told_in for one in entry.corrections] == ["2025-W17"]


def test_what_fell_just_below_the_line_is_kept_with_its_parts():
    story = told.told_of(TALKS)
    near = Near(story.articles[0], "mention", 1.5, (("both-named", 1.5),))
    (below,) = issue_of(background=Background(below=(near,))).below
    assert (below.title.text, below.relevance, below.score) == (TALKS["title"], "mention", 1.5)
    assert below.parts == (("both-named", 1.5),)


# --- official texts ---------------------------------------------------------------------------------------------------

TOKYO = {
    "source": "seifu-happyo",
    "title": "日・ベトナム首脳会談",
    "text": "両首脳は、首都で会談した。\n1 農業。両首脳は、果物の輸入手続を進めることで一致した。\n"
    "2 防衛。両首脳は、防衛装備の移転について協議を続けることを確認した。",
}
HANOI = {
    "source": "tin-viet-en",
    "source_kind": "readout",
    "title": "The two prime ministers hold talks",
    "text": "The two sides agreed to work together on defence and peacekeeping. They will build a railway with ODA.",
}
COMPARED = Background(themes=themes())


def said(entry: Entry) -> dict[str, dict[str, list[str]]]:
    return {
        one.title.side: {each.theme_id: told.titles(each.sentences) for each in one.said} for one in entry.officials
    }


def test_official_texts_of_both_sides_are_searched_theme_by_theme():
    found = said(entry_of(HANOI, TOKYO, background=COMPARED))
    assert found["vietnam"]["defence"] == ["The two sides agreed to work together on defence and peacekeeping."]
    assert found["vietnam"]["infrastructure"] == ["They will build a railway with ODA."]
    assert found["japan"]["defence"] == ["両首脳は、防衛装備の移転について協議を続けることを確認した。"]
    assert "infrastructure" not in found["japan"]
    assert "south-china-sea" not in found["vietnam"] | found["japan"]


def test_a_heading_stands_for_the_sentence_under_it():
    found = said(entry_of(HANOI, TOKYO, background=COMPARED))
    assert found["japan"]["agriculture"] == ["両首脳は、果物の輸入手続を進めることで一致した。"]


@pytest.mark.parametrize(
    "changes",
    [
        {"text_kind": "summary"},
        {"rights": "title"},
        {"source_kind": "press"},
        {"language": "ko"},
        {"event_date": date(2025, 4, 20)},
        {"source": "mekong-wire"},
    ],
)
def test_nothing_is_said_of_a_text_that_is_not_whole_not_official_not_read_or_not_on_the_event(changes):
    assert entry_of(HANOI | changes, TOKYO, background=COMPARED).officials == ()


def test_the_text_on_the_same_day_and_people_is_taken_not_the_longest():
    other = HANOI | {"title": "Programme of the visit", "text": FILLER * 20, "event_date": date(2025, 4, 29)}
    entry = entry_of(other, HANOI, TOKYO, background=COMPARED)
    assert [one.title.text for one in entry.officials] == [HANOI["title"], TOKYO["title"]]


def test_every_quote_of_an_official_text_stands_where_it_says():
    story = told.told_of(HANOI, TOKYO)
    articles = {one.article_id: one for one in story.articles}
    found = quotes_of(issue_of(story, background=COMPARED).entries[0].officials)
    assert len(found) > 5
    for one in found:
        assert one.text == clean(getattr(articles[one.article_id], one.field)[one.start : one.end])


# --- figures ----------------------------------------------------------------------------------------------------------


def figures_of(*articles: tuple[str, str, list[Any]]) -> Any:
    tables = [TALKS | {"source": source, "text": text, "amounts": [amount]} for source, text, amount in articles]
    return issue_of(told.told_of(*tables)).figures


GUESTS = "About {} Vietnamese people live, work and study in Japan, the ministry said in Hanoi."


def test_outlets_that_disagree_are_both_given():
    (figure,) = figures_of(
        ("hanoi-courier", GUESTS.format("600,000"), [600_000, "people", "600,000", ""]),
        ("saigon-trade", GUESTS.format("634,000"), [634_000, "people", "634,000", ""]),
    )
    assert (figure.value, [(one.value, one.reports[0][0].outlet) for one in figure.rivals]) == (
        600_000,
        [(634_000, "Saigon Trade Letter")],
    )


def test_a_rounded_figure_another_matter_and_one_that_both_report_are_no_disagreement():
    rounded = figures_of(
        ("hanoi-courier", GUESTS.format("600,000"), [600_000, "people", "600,000", ""]),
        ("saigon-trade", GUESTS.format("600,251"), [600_251, "people", "600,251", ""]),
    )
    assert [(one.value, one.rivals) for one in rounded] == [(600_000, ())]
    other = figures_of(
        ("hanoi-courier", GUESTS.format("600,000"), [600_000, "people", "600,000", ""]),
        ("saigon-trade", "Fairs drew 634,000 last spring.", [634_000, "people", "634,000", ""]),
    )
    assert {one.value: one.rivals for one in other} == {600_000: (), 634_000: ()}
    apart = figures_of(
        ("hanoi-courier", f"At the end of 2023, {GUESTS.format('600,000')}", [600_000, "people", "600,000", ""]),
        ("saigon-trade", f"At the end of 2024, {GUESTS.format('634,000')}", [634_000, "people", "634,000", ""]),
    )
    assert {one.value: one.rivals for one in apart} == {600_000: (), 634_000: ()}


@pytest.mark.parametrize(
    ("when", "year", "old", "words"),
    [
        ("in 2024", 2024, True, ["in 2024"]),
        ("as of the end of December 2024", 2024, True, ["as of the end of December 2024"]),
        ("by April 2025", 2025, False, ["by April 2025"]),
        ("since 2021", 0, False, []),
        ("between 2023 and 2024", 0, False, []),
        ("until 2030", 0, False, []),
    ],
)
def test_a_figure_is_of_the_year_that_its_own_sentence_names(when, year, old, words):
    text = f"Trade came to 46 billion dollars {when}, officials in Hanoi said."
    (figure,) = figures_of(("hanoi-courier", text, [46e9, "USD", "46 billion dollars", "trade"]))
    assert (figure.year, figure.old, told.titles(figure.as_of)) == (year, old, words)


def test_a_figure_of_long_ago_is_left_out():
    text = "Trade came to 16 billion dollars in 2011, officials in Hanoi said."
    assert figures_of(("hanoi-courier", text, [16e9, "USD", "16 billion dollars", "trade"])) == ()


# --- the frozen issue -------------------------------------------------------------------------------------------------


def test_an_issue_with_all_of_it_survives_json():
    behind = Background(week_before(told.told_of(TALKS)), (LINE,), themes())
    issue = issue_of(told.told_of(*VISIT, HANOI, TOKYO, id="two", event_type="visit"), background=behind)
    assert issue.quiet
    assert issue.dossiers
    assert issue.themes
    assert issue.entries[0].strands
    assert from_json(to_json(issue)) == issue
