"""What only the browser edition has: days on a line, day by day, a text to copy, and a policy that lets nothing run."""

import base64
import hashlib
import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from tasks.compose import Layout, compose
from tasks.render import Beside, Language, render
from tasks.render.cable import WIDTH, cable
from tasks.render.timeline import COLUMN, LANE, NARROW, Mark, history, placed, strip, timeline
from tasks.render.view import cards
from tasks.render.words import words
from tests import hostile, told
from tests.hostile import BAD
from tests.test_render import ALLOWED, DRAWN, KANA, Page, dense
from warehouse.issue import Below, DossierWeek, Fact, Issue, OfficialText, Quote, ThemeSaid

LANGUAGES: tuple[Language, ...] = ("en", "vi", "ja")
BESIDE = Beside(
    "index.html", "feed.xml", "2025-W17.web.html", "2025-W17", "2025-W18.ics", (("ja", "2025-W18.ja.web.html"),)
)
SUNDAY = date(2025, 4, 27)


@pytest.fixture(scope="module")
def week() -> Issue:
    return compose(
        told.WEEK, told.stories(), told.source_weeks(), told.COUNTS, told.HISTORY, Layout(sample=True), told.names()
    )


def visit(**story):
    """Make a visit of two days, each named by the article of that day."""
    return told.told_of(
        {"source": "hanoi-courier", "title": "Ishiba Shigeru arrives", "text": "He arrived on April 27.", "day": 27},
        {"source": "toto-nippo", "title": "石破首相、会談", "text": "会談は28日に行われた。", "day": 28},
        {"source": "bao-song-hong", "title": "Hội đàm", "text": "Hội đàm diễn ra ngày 28/4.", "day": 28},
        event_type="visit",
        event_date=SUNDAY,
        **story,
    )


def named(*days: tuple[str, int], event_type="visit", **story):
    """Compose that visit with words that name days: (words, which article)."""
    issue = compose(told.WEEK, [visit(**story)], told.source_weeks(), told.COUNTS)
    [entry] = issue.entries
    titles = [one.title for one in entry.reports]
    found: dict[str, list[Quote]] = {}
    for day, at in days:
        found.setdefault(f"event_date:{day}", []).append(replace(titles[at], text=f"word {at}", field="text"))
    matched = tuple(replace(entry.matched[0], tag=tag, label="", words=tuple(some)) for tag, some in found.items())
    return replace(entry, event_type=event_type, matched=matched)


# --- days on a line ---------------------------------------------------------------------------------------------------

marks = st.lists(
    st.builds(
        Mark,
        st.dates(date(2023, 1, 1), date(2025, 12, 31)),
        st.sampled_from(["3 Sept 2024", "27/11/2023", "2023年11月27日", "1 May"]),
        st.sampled_from(["", "Visit", "Điện đàm, trực tuyến", "電話・オンライン会談"]),
        st.just("before"),
    ),
    min_size=1,
    max_size=6,
)


@given(marks, st.integers(NARROW, 720))
def test_on_no_screen_does_a_label_cover_a_label_or_leave_the_drawing_or_a_stem_run_through_one(some, width):
    line = placed(some)
    boxes = [
        (width * one.left / 100 + 5, width * one.left / 100 + 5 + COLUMN * wcswidth(one.label), one.lane)
        for one in line.points
    ]
    for at, (_, right, lane) in enumerate(boxes):
        assert right <= width
        assert 10 <= line.base(line.points[at]) <= line.axis - 10
        for stem, _, higher in boxes[at + 1 :]:
            assert right < stem - 5 or lane > higher, "the label passes above the stem of a later day"
        assert not [one for one in boxes[at + 1 :] if one[2] == lane and one[0] < right]


@given(marks)
def test_days_stand_in_order_and_as_far_apart_as_they_are(some):
    line, days = placed(some), sorted(one.day for one in some)
    lefts = [one.left for one in line.points]
    assert lefts == sorted(lefts)
    if days[0] < days[-1]:
        shares = [(left - lefts[0]) / (lefts[-1] - lefts[0]) for left in lefts]
        assert shares == pytest.approx([(day - days[0]) / (days[-1] - days[0]) for day in days], abs=0.01)
    assert line.height == line.axis + 9 <= 10 + 9 + LANE * len(days)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_shows_every_dated_earlier_story_down_to_the_baseline_and_the_text_says_the_same(week, language):
    say = words(language)
    followed = [one for one in week.entries if any(each.event_date for each in one.earlier)]
    page = Page(render(week, language).web).said
    assert followed
    for one in followed:
        line = timeline(one, say, 2025)
        dated = [each for each in one.earlier if each.event_date]
        assert [point.kind for point in line.points].count("now") == 1
        assert [point.kind for point in line.points].count("baseline") == len([each for each in dated if each.baseline])
        assert len(line.points) == 1 + len(dated)
        for each in dated:
            day = say.day(each.event_date, 2025, "short")
            assert any(point.label.startswith(day) for point in line.points)
            assert dense(day) in page


def test_a_story_without_a_day_or_without_a_past_gets_no_line(week):
    dated = next(one for one in week.entries if timeline(one, words("en"), 2025))
    assert timeline(replace(dated, earlier=()), words("en"), 2025) is None
    assert timeline(replace(dated, event_date=None), words("en"), 2025) is None


# --- day by day -------------------------------------------------------------------------------------------------------


def test_a_visit_is_told_day_by_day_with_the_words_that_name_each_day():
    entry = named(("2025-04-27", 0), ("2025-04-28", 1), ("2025-04-28", 2))
    days = strip(entry, words("en"), 2025).days
    assert [(day.label.replace("\u00a0", " "), day.articles) for day in days] == [("Sun 27 Apr", 1), ("Mon 28 Apr", 2)]
    assert [[word.text for word in day.words] for day in days] == [["word 0"], ["word 1", "word 2"]]


def test_a_day_between_two_that_are_named_keeps_its_place():
    days = strip(named(("2025-04-27", 0), ("2025-04-30", 1)), words("en"), 2025).days
    assert [day.number for day in days] == ["27", "28", "29", "30"]
    assert [bool(day.words) for day in days] == [True, False, False, True]
    lefts = [day.left for day in days]
    assert [second - first for first, second in pairwise(lefts)] == [25.0] * 3


@pytest.mark.parametrize(
    "entry",
    [
        named(("2025-04-27", 0)),
        named(("2025-04-27", 0), ("2024-04-27", 1)),
        named(("2025-04-27", 0), ("2025-04-28", 1), event_type="trade"),
    ],
    ids=["one day", "another year", "no event that lasts"],
)
def test_no_row_of_days_without_two_days_of_an_event_that_lasts(entry):
    assert strip(entry, words("en"), 2025) is None


@given(st.lists(st.integers(-9, 9), min_size=2, max_size=6, unique=True))
def test_a_row_of_days_never_outgrows_a_screen_and_loses_no_named_day_near_the_event(offsets):
    days = tuple(((SUNDAY + timedelta(days=one)).isoformat(), 0) for one in offsets)
    found = strip(named(*days), words("ja"), 2025)
    near = [one for one in offsets if abs(one) <= 6]
    assert (found is None) is (len(near) < 2)
    if found:
        assert 2 <= len(found.days) <= 14
        assert len([day for day in found.days if day.words]) == len(near)


# --- what is followed, compared, and nearly told ----------------------------------------------------------------------


def quote(text, language="en", **changes):
    """Make a quotation of an invented outlet."""
    given = Quote(
        text, language, "Hanoi Courier", "en", "vietnam", "http://courier.example/a", SUNDAY, machine=False,
        article_id="a", field="title", start=0, end=len(text),
    )  # fmt: skip
    return replace(given, **changes)


def followed(issue: Issue, *, moved: bool) -> DossierWeek:
    """Give a dossier with three facts, one of which is known by its month and one by its year."""
    facts = [
        Fact(day, (("en", f"Said on {day}."), ("ja", f"{day}の発表")), "Official Gazette", url, date(2024, 11, 30))
        for day, url in (("2009", ""), ("2016-11", "https://gazette.example/"), ("2024-11-30", "javascript:alert(1)"))
    ]
    told_by = (issue.entries[1].story_id,) if moved else ()
    return DossierWeek("line", (("en", "Metro line"), ("ja", "地下鉄")), told_by, date(2025, 4, 29), (), tuple(facts))


def sides(issue: Issue) -> Issue:
    """Set two official texts side by side in the first story, of which only one speaks of the sea."""

    def theme(key, *texts):
        return ThemeSaid(key, (("en", f"Theme {key}"),), texts)

    ours = quote("Hai bên hội đàm", "vi", side="vietnam")
    theirs = quote("首脳会談の概要", "ja", side="japan", url="http://seifu.example/b", outlet="政府発表")
    officials = (
        OfficialText(ours, (theme("loans", quote("Khoản vay mới.", "vi")), theme("sea", quote("Biển Đông.", "vi")))),
        OfficialText(theirs, (theme("loans", quote("新たな借款。", "ja", side="japan")),)),
    )
    return replace(issue, entries=(replace(issue.entries[0], officials=officials), *issue.entries[1:]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_dossier_shows_its_facts_on_a_line_and_as_a_list_and_leads_to_the_stories_that_moved_it(week, language):
    one = followed(week, moved=True)
    line = history(one, words(language))
    assert [point.kind for point in line.points] == ["before", "before", "before", "now"]
    page = Page(render(replace(week, dossiers=(one,)), language).web)
    for fact in one.timeline:
        assert dense(words(language).partial(fact.day)) in page.said
        assert dense(words(language).title(fact.said)[0]) in page.said
    assert f"#story-{one.moved[0]}" in page.attributes("href")
    assert "https://gazette.example/" in page.attributes("href")
    assert not [link for link in page.attributes("href") if "javascript" in link]


def test_a_quiet_dossier_has_no_day_of_this_week_on_its_line(week):
    assert "now" not in {point.kind for point in history(followed(week, moved=False), words("en")).points}


@pytest.mark.parametrize("language", LANGUAGES)
def test_official_texts_stand_in_two_columns_and_what_a_side_does_not_say_is_said(week, language):
    page = Page(render(sides(week), language).web)
    cells = [
        held["class"]
        for tag, held in page.elements
        if tag == "td" and held["class"].split()[-1] in {"vietnam", "japan"}
    ]
    assert cells == ["td vietnam", "td japan"] * 2
    assert [text for _, text in page.texts].count(words(language).say("absent")) == 1
    assert ("ja", "新たな借款。") in page.texts


def test_what_fell_below_the_line_is_listed_with_its_score_and_its_parts(week):
    near = Below(
        quote("A film on both"), "mention", 1.25, (("both-in-lead", 1.0), ("one-in-title", 0.5), ("none", 0.0))
    )
    page = Page(render(replace(week, below=(near,)), "en").web)
    assert "Afilmonboth" in page.said
    assert "1.2=bothinlead1.0;oneintitle0.5" in page.said
    assert "none0.0" not in page.said
    assert 'id="below"' not in render(week, "en").web


@pytest.mark.parametrize("bad", BAD, ids=range(len(BAD)))
def test_hostile_words_of_dossiers_official_texts_and_what_fell_below_are_text(week, bad):
    evil = {"url": "javascript:alert(1)", "outlet": bad[:90]}
    one = replace(followed(week, moved=True), titles=(("en", bad),))
    fact = replace(one.timeline[0], said=(("en", bad),), source=bad, url=evil["url"])
    first = sides(week).entries[0]
    officials = tuple(replace(text, title=replace(text.title, text=bad, **evil)) for text in first.officials)
    issue = replace(
        week,
        entries=(replace(first, officials=officials), *week.entries[1:]),
        dossiers=(replace(one, timeline=(fact, *one.timeline)),),
        below=(Below(quote(bad, **evil), "mention", 1.0, ()),),
    )
    page = Page(render(issue, "en").web)
    assert {tag for tag, _ in page.elements} <= ALLOWED | DRAWN | {"caption", "thead"}
    assert not [link for link in page.attributes("href") if "javascript" in link]


# --- the text to copy -------------------------------------------------------------------------------------------------


def lines(card, language):
    return ["".join(text for text, _ in line) for line in cable(card, words(language), "2025-W18")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_to_copy_fits_69_columns_and_names_headline_outlet_day_reach_and_address(week, language):
    for one in cards(week, words(language)):
        text = lines(one, language)
        assert all(wcswidth(line) <= WIDTH for line in text if not line.startswith("http"))
        said = dense("".join(text))
        for quote in filter(None, (one.title, one.sentence)):
            assert dense(quote.text) in said
            assert dense(quote.outlet) in said
            assert quote.url in text
        if one.entry.outlets:
            assert dense(words(language).say("texts", one.entry.texts)) in said


def test_a_text_to_copy_says_the_year_of_every_day_and_what_the_outlet_said_in_its_own_language(week):
    text = "\n".join(lines(cards(week, words("en"))[0], "en"))
    assert "Sun 27 Apr 2025" in text
    assert "8 outlets, 6 separate texts" in text
    assert re.search("[\u4e00-\u9fff].*\n– .*\n?.*http", text), "the Japanese headline, its outlet, its address"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_of_a_text_to_copy_is_declared_in_its_language(week, language):
    runs = [run for one in cards(week, words(language)) for line in cable(one, words(language), "W") for run in line]
    assert all(declared == "ja" for text, declared in runs if KANA.search(text))
    assert {declared for _, declared in runs} >= {"en", "vi", "ja"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_the_page_the_text_to_copy_keeps_its_lines(week, language):
    html = render(week, language).web
    first = re.search(r'<pre class="cable">(.*?)</pre>', html, re.DOTALL)[1]
    assert "<" not in re.sub(r'<span lang="[a-z]+">|</span>', "", first)
    shown = re.sub(r"<[^>]+>", "", first).split("&#10;")
    assert len(shown) == len(lines(cards(week, words(language))[0], language))


# --- the page ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_allows_itself_its_own_style_sheet_and_nothing_else(week, language):
    html = render(week, language, beside=BESIDE).web
    page = Page(html)
    [policy] = [held["content"] for _, held in page.elements if held.get("http-equiv") == "Content-Security-Policy"]
    [css] = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not page.attributes("style")
    assert not [name for _, held in page.elements for name in held if name.startswith("on")]


def test_the_page_leads_to_all_issues_the_one_before_the_calendar_the_feed_and_other_languages(week):
    page = Page(render(week, "en", beside=BESIDE).web)
    links = page.attributes("href")
    for file in (BESIDE.index, BESIDE.previous, BESIDE.calendar, BESIDE.feed, "2025-W18.ja.web.html"):
        assert file in links
    assert "日本語" in page.said


def test_a_page_without_neighbours_leads_to_none(week):
    links = Page(render(week, "en").web).attributes("href")
    assert all(link.startswith(("#", "http://", "https://")) for link in links)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_within_the_page_exists_once(week, language):
    page = Page(render(week, language).web)
    ids = page.attributes("id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.attributes("href") if link.startswith("#")} <= set(ids)
    assert {one for named in page.attributes("aria-labelledby") for one in named.split()} <= set(ids)


def test_no_calendar_is_offered_where_no_day_is_named(week):
    assert BESIDE.calendar not in render(replace(week, ahead=()), "en", beside=BESIDE).web


def test_a_preview_and_a_mail_name_nothing_beside_them(week):
    assert "index.html" not in render(week, "en", beside=BESIDE).html


@pytest.mark.parametrize("bad", BAD, ids=range(len(BAD)))
def test_hostile_text_to_copy_is_text(bad):
    issue = hostile.issue(bad)
    for one in cards(issue, words("en")):
        text = lines(one, "en")
        assert all(wcswidth(line) <= WIDTH for line in text if not line.startswith("http"))
        assert not [line for line in text if line.startswith("javascript:")], "no address is given that is none"
        assert not re.search("[\x00-\x1f\xa0\u202a-\u202e\u2066-\u2069\u200b]", "".join(text))
    pre = re.findall(r'<pre class="cable">(.*?)</pre>', render(issue, "en").web, re.DOTALL)
    assert len(pre) == len(issue.entries)
    assert not [one for one in pre if re.sub(r'<span lang="[a-z]+">|</span>', "", one).count("<")]
