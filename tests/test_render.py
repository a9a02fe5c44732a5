"""What rendering promises: the same bytes, every language, small enough for mail, and nothing hostile alive in it."""

import csv
import re
import string
import tomllib
import unicodedata
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import wcswidth

from tasks.compose import Layout, compose
from tasks.render import BUDGET, LONGEST_SUBJECT, Language, render, shortened
from tasks.render.page import page
from tasks.render.plain import WIDTH, fill
from tasks.render.safe import keep_together, safe_url, script_language
from tasks.render.view import before, card, cards, pick
from tasks.render.words import words
from tasks.text import clean
from tests import told
from warehouse.issue import Earlier, Heading, Issue, Rendering, WeekCount, from_json, to_json
from warehouse.records import Outcome

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES: tuple[Language, ...] = ("en", "vi", "ja")
ARCHIVE = "https://archive.example/2025-W18.web.html"
VOID = {"meta", "br", "link", "hr", "img", "input"}
KANA = re.compile("[\u3040-\u30ff]")


class Page(HTMLParser):
    """The elements, attributes and texts of a page, with the language that each text is declared to be in."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []  # (language, text), styles and title left out
        self._open: list[tuple[str, str]] = [("", "")]
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        self.elements.append((tag, held))
        if tag not in VOID:
            self._open.append((tag, held.get("lang", self._open[-1][1])))

    def handle_endtag(self, tag: str) -> None:
        while self._open[-1][0] != tag:
            self._open.pop()
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and self._open[-1][0] not in {"style", "title"}:
            self.texts.append((self._open[-1][1], data))

    def attributes(self, name: str) -> list[str]:
        return [held[name] for _, held in self.elements if name in held]

    @property
    def said(self) -> str:
        return "".join("".join(text.split()) for _, text in self.texts)


def composed(stories: Any, *, history: Any = told.HISTORY, sources: Any = None, **layout: Any) -> Issue:
    sources = told.source_weeks() if sources is None else sources
    return compose(told.WEEK, stories, sources, told.COUNTS, history, Layout(**layout), told.names(), told.background())


def dense(text: str) -> str:
    return "".join(text.split())


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def week() -> Issue:
    return composed([*told.stories(), told.visit()], sample=True)


@pytest.fixture(scope="module")
def made(week: Issue) -> dict[str, Rendering]:
    return {language: render(week, language, ARCHIVE) for language in LANGUAGES}


# --- the same, small, and whole ---------------------------------------------------------------------------------------


def test_a_frozen_issue_read_back_renders_to_the_same_bytes(week, made):
    for language in LANGUAGES:
        assert render(from_json(to_json(week)), language, ARCHIVE) == made[language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [50, 100])
def test_a_hundred_stories_stay_within_the_budget(language, count):
    assert len(render(composed(told.many(count)), language).html.encode()) <= BUDGET


def test_what_is_too_large_goes_down_the_ladder_from_the_lowest_rank_and_the_top_story_stays_whole():
    issue = composed(told.many(100), full=100, short=0, line=0, section=100)
    made = render(issue, "en")
    page = Page(made.html)
    assert BUDGET * 0.8 < len(made.html.encode()) <= BUDGET
    assert "h3" in [tag for tag, _ in page.elements]
    classes = [held["class"] for tag, held in page.elements if tag == "h3"]
    assert classes[0] == "lead"
    assert "line" in classes
    people = [held for tag, held in page.elements if held.get("class") == "who"]
    assert 1 <= len(people) < 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_says_everything_that_the_html_says(made, language):
    text = dense(made[language].text)
    page = Page(made[language].html)
    say = words(language).say
    heads = {say(key) for key in ("when", "what", "figure", "counts", "name", "role")}  # of columns, which text has not
    for said in {said for _, said in page.texts} - heads:
        for part in re.split(r" · |[:：,、.。;()（）]", said):
            assert dense(part) in text, part
    for url in page.attributes("href"):
        assert dense(url) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_names_every_story_even_those_that_the_mail_leaves_out(language):
    issue = composed(told.many(40))
    text = dense(render(issue, language).text)
    assert [one for one in issue.entries if one.level == "omitted"]
    for entry in issue.entries:
        assert any(dense(one.text) in text for one in entry.headlines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_of_text_fit_a_screen_and_smtp(made, language):
    for line in made[language].text.splitlines():
        assert len(line.encode()) <= 998
        assert wcswidth(line) <= WIDTH or "http" in line


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", ["subject", "html", "text", "web"])
def test_nothing_is_left_of_templates_and_all_is_composed_unicode(made, language, part):
    content = getattr(made[language], part)
    assert "{{" not in content
    assert "{%" not in content
    assert unicodedata.is_normalized("NFC", content)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]", content)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", ["html", "web"])
def test_every_link_leads_to_the_web(made, language, part):
    links = [link for link in Page(getattr(made[language], part)).attributes("href") if not link.startswith("#")]
    assert len(links) > 40
    assert {urlsplit(link).scheme for link in links} <= {"http", "https"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", ["html", "web"])
def test_every_foreign_string_is_declared_in_its_language(made, language, part):
    page = Page(getattr(made[language], part))
    assert all(declared == "ja" for declared, text in page.texts if KANA.search(text))
    links = [held for tag, held in page.elements if tag == "a" and held["href"].startswith("http")]
    linked = [held for held in links if held.get("class") in {"head", "plain", "outlet"}]
    assert all(held.get("lang") for held in linked)
    assert {held["lang"] for held in linked} >= {"en", "vi", "ja", "nb", "ko"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_pictures_no_scripts_no_tracking(made, language):
    for content, drawn in ((made[language].html, {"svg"}), (made[language].web, set())):
        elements = {tag for tag, _ in Page(content).elements}
        assert not elements & ({"img", "script", "link", "iframe", "object", "form", "input", "video"} | drawn)
        assert "url(" not in content


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_mail_carries_its_styles_in_attributes_and_its_charset_first(made, language):
    html = made[language].html
    page = Page(html)
    assert html.index('charset="utf-8"') < 200
    assert [held for tag, held in page.elements if tag == "style"] == [{"data-css-inline": "keep"}]
    assert all("style" in held for tag, held in page.elements if tag in {"h1", "h2", "h3", "td", "a"})
    assert all(media.startswith("screen") for media in re.findall(r"@media (.*)", html))


# --- what stands where ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_subject_names_the_news_first_the_product_last(made, language):
    subject = made[language].subject
    content, product = subject.rsplit(" · ", 1)
    assert len(subject) <= LONGEST_SUBJECT
    assert product == words(language).product
    assert content.rstrip("…") in one_line(made[language].text)


@given(st.text(max_size=300), st.integers(5, 60))
def test_a_shortened_line_fits_and_begins_as_the_whole(content, room):
    short = shortened(content, room)
    assert len(short) <= room
    assert short == content or content.startswith(short[:-1])


def test_the_masthead_says_that_outlets_are_invented_only_where_they_are(week):
    for language in LANGUAGES:
        label = words(language).say("sample")
        sample, real = render(week, language), render(replace(week, sample=False), language)
        for part in ("html", "text", "web"):
            assert label in getattr(sample, part)
            assert label not in getattr(real, part)


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "/issues", "https://"])
def test_without_a_hosted_archive_nothing_links_to_it(url):
    issue = composed(told.many(40))
    made = render(issue, "en", url)
    for part in (made.html, made.text):
        assert "Read in a browser" not in part
    assert "are named in the plain-text part" in made.html


def test_with_a_hosted_archive_the_first_screen_and_the_rest_link_to_it():
    made = render(composed(told.many(40)), "en", ARCHIVE)
    assert made.html.count(f'href="{ARCHIVE}"') == 2
    assert ARCHIVE in made.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_quiet_week_is_said_with_what_was_looked_at(language):
    made = render(composed([]), language)
    say = words(language)
    for part in (made.html, made.text, made.web):
        seen = dense(unescape(part))
        assert dense(say.say("quiet")) in seen
        assert dense(say.say("checked", 21)) in seen
        assert "Cửu Long Online" in part
        assert say.say("top_story") not in part
    assert made.subject == f"{say.say('quiet_subject')} · {say.product}"


def test_with_one_or_two_stories_there_is_no_summary_that_only_repeats_them():
    heading = words("en").say("in_one_minute")
    assert heading not in render(composed(told.stories()[:2]), "en").html
    assert heading in render(composed(told.stories()[:3]), "en").html


def test_a_major_sources_failure_is_said_under_the_masthead(week):
    made = render(week, "en")
    assert dense(made.text).index("Couldnotlookeverywhere:CửuLongOnline") < dense(made.text).index("Inoneminute")
    minor = told.source_weeks(cuu_long={"good": 168, "last_state": "ok"})
    assert "Could not look everywhere" not in render(composed(told.stories(), sources=minor), "en").html


@pytest.mark.parametrize(
    ("language", "headline", "tags"),
    [
        ("en", "Nhật Bản cam kết hỗ trợ cộng đồng hơn 600.000 người Việt", "Ishiba Shigeru · Statement"),
        ("vi", "Nhật Bản cam kết hỗ trợ cộng đồng hơn 600.000 người Việt", ""),
        ("ja", "在日ベトナム人60万人超、支援継続を表明", ""),
    ],
)
def test_a_headline_is_in_the_readers_language_or_stands_behind_a_line_made_from_tags(language, headline, tags):
    text = render(composed([one for one in told.stories() if one.story.story_id == "s06"]), language).text
    top = text.split(words(language).say("top_story"))[1].splitlines()
    assert headline in top
    label = f"[{words(language).say('from_tags')}] {tags}"
    assert any(line.startswith(label) for line in top) is bool(tags)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_machine_translation_is_marked_and_heads_nothing(made, language):
    lines = made[language].text.splitlines()
    machine = words(language).say("machine")
    shown = [line for line in lines if "Japanske bedrifter vil utvide i industriparken" in line]
    assert shown
    assert all(line.startswith("NB ") for line in shown)
    assert any(f"[{machine}]" in line for line in lines)


def test_a_reader_gets_the_first_language_that_exists_and_never_a_machines(week):
    headlines = week.entries[0].headlines
    assert pick(headlines, "ko", "vi").language == "vi"
    assert pick([replace(one, machine=True) for one in headlines], "vi") is None


def test_one_sidedness_baseline_and_correction_are_shown(made):
    text = one_line(made["en"].text)
    assert "Japanese side only: none of 7 working sources on the other side tells it" in text
    assert "Earlier: [from tags] Meeting · 3 Sept 2024 [baseline]" in text
    assert "Saigon Trade Letter corrected: a number" in text


def test_folded_copies_are_counted_in_the_mail_and_listed_with_their_reason_in_the_browser_edition(made):
    assert "4near-copiesfoldedaway." in Page(made["en"].html).said
    web = Page(made["en"].web).said
    assert "editedcopy,repeatsTinViệt" in web
    assert web.count("212of230shinglesshared") == 4


def test_the_browser_edition_tells_all_stories_whole_with_the_words_behind_their_tags():
    issue = composed(told.many(40))
    page = Page(render(issue, "en").web)
    anchors = [held["id"] for tag, held in page.elements if tag == "article" and held["id"].startswith("story-")]
    assert sorted(anchors) == sorted(f"story-{one.story_id}" for one in issue.entries)
    said = page.said
    for entry in issue.entries:
        for report in entry.reports:
            assert dense(report.title.text) in said
        for matched in entry.matched:
            assert all(dense(one.text) in said for one in matched.words)
    assert [tag for tag, _ in page.elements].count("main") == 1


def test_repeats_of_earlier_weeks_are_listed_in_the_browser_edition():
    base = {"source": "hanoi-courier", "title": "Premier opens talks", "text": "Talks opened in Hanoi."}
    story = told.told_of(base | {"old": True}, base | {"source": "saigon-trade", "copy": "exact", "of": 0})
    web = Page(render(composed([story]), "en").web).said
    assert "Onlyrepeatsofwhatearlierweekstold" in web


def test_without_earlier_weeks_the_issue_says_so(week):
    counts = WeekCount("2025-W18", {"vi": 3}, {"politics": 3})
    issue = compose(told.WEEK, told.stories(), told.source_weeks(), counts)
    assert "no earlier week to compare with" in render(issue, "en").text
    assert "in brackets: average of the last 4 weeks" in one_line(render(week, "en").text)


@pytest.mark.parametrize(
    ("language", "value"), [("en", "2.5 billion US dollars"), ("vi", "2,5 tỷ USD"), ("ja", "25億ドル")]
)
def test_a_figure_stands_as_written_in_the_readers_language_else_normalised(made, language, value):
    assert dense(value) in dense(made[language].text)


@pytest.mark.parametrize(
    ("language", "thousands", "millions", "odd"),
    [
        ("en", "600,000 people", "2.5 billion yen", "1,234,567 yen"),
        ("vi", "600.000 người", "2,5 tỷ yên", "1.234.567 yên"),
        ("ja", "60万人", "25億円", "1,234,567円"),
    ],
)
def test_numbers_are_written_as_readers_write_them_and_lose_nothing(language, thousands, millions, odd):
    say = words(language)
    made = say.amount(600_000, "people"), say.amount(2.5e9, "JPY"), say.amount(1_234_567, "JPY")
    assert tuple(one.replace("\u00a0", " ") for one in made) == (thousands, millions, odd)
    assert not any(" " in one for one in made), "a number never parts from its unit"


@pytest.mark.parametrize(
    ("language", "week_days", "day"),
    [
        ("en", "28 April – 4 May 2025", "Sun 27 Apr"),
        ("vi", "28/4 – 4/5/2025", "Chủ Nhật 27/4"),
        ("ja", "2025年4月28日～5月4日", "4月27日(日)"),
    ],
)
def test_days_are_written_as_readers_write_them(made, language, week_days, day):
    assert week_days in made[language].html
    assert day in made[language].text.replace("\u00a0", " ")


def test_a_count_never_parts_from_its_noun(made):
    assert "8\u00a0outlets" in unescape(made["en"].html)
    assert words("en").say("outlets", 1) == "1\u00a0outlet"


# --- what goes on for longer than a week ------------------------------------------------------------------------------


def section(made: Rendering, language: Language, key: str) -> list[str]:
    """Give the lines of one section of the text part: from its head to the next, which is underlined."""
    lines = made.text.replace("\u00a0", " ").splitlines()
    start = lines.index(words(language).say(key)) + 2
    end = next(at for at in range(start, len(lines)) if lines[at].startswith("---")) - 1
    return [line.strip() for line in lines[start:end] if line.strip()]


def test_a_visit_shows_its_days_and_its_strands_each_with_its_outlet(made):
    text = one_line(made["en"].text)
    assert "Visit, Tokyo, 29–30 Apr" in text
    assert "* Signing · 30 Apr · Notes on two yen loans exchanged in Tokyo Saigon Trade Letter" in text


@pytest.mark.parametrize(
    ("language", "moved", "quiet"),
    [
        (
            "en",
            "* ODA loans · moved this week: 2 stories",
            "* North–South high-speed railway · quiet since 30 Nov 2024",
        ),
        ("vi", "* Vốn vay ODA · có diễn biến trong tuần: 2 sự kiện", "chưa có gì mới từ 30/11/2024"),
        ("ja", "* 円借款 · 今週動きあり：2件", "* 南北高速鉄道 · 2024年11月30日以降、動きなし"),
    ],
)
def test_a_dossier_says_what_moved_it_or_since_when_it_is_quiet(made, language, moved, quiet):
    lines = section(made[language], language, "dossiers")
    assert moved in lines
    assert any(quiet in line for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_official_texts_stand_side_by_side_in_their_own_words_or_as_not_in_this_text(made, language):
    found, labels = section(made[language], language, "compared"), words(language)
    vietnam, japan = (f"{labels.label('code', side)}  " for side in ("vietnam", "japan"))
    assert f"{vietnam}Deputy premier holds talks in Tokyo" in found
    assert f"{japan}双方は30日、東京で会談し、鉄道への円借款の手続を速めることで一致した。" in found
    assert any(line.startswith(f"{vietnam}The two sides agreed on Wednesday to speed up ODA loans") for line in found)
    absent = labels.say("absent")
    assert f"{vietnam}{absent}" in found
    assert f"{japan}{absent}" in found


def test_what_went_quiet_is_named_with_the_outlet_that_told_it(made):
    assert section(made["ja"], "ja", "quiet_head")[0] == ("- 4月29日 · 発言 · 日越大学、高度人材の育成拠点に")


def test_a_correction_is_told_again_in_a_section_of_its_own(made):
    assert section(made["en"], "en", "corrected_head")[0] == (
        "- Saigon Trade Letter corrected: a number · First lychees of the season"
    )


def test_an_earlier_headline_that_readers_cannot_read_stands_behind_a_line_from_tags(made):
    for language, line in (("en", "[from tags] Statement · 23 Apr"), ("ja", "[タグから作成] 発言 · 4月23日")):
        assert f"{line} · Kế hoạch hợp tác được công bố" in one_line(made[language].text)
    assert "Trước đó: 23/4 · Phát biểu · Kế hoạch hợp tác được công bố" in one_line(made["vi"].text)


def test_an_earlier_story_is_shown_by_its_headline_in_the_readers_language_where_it_has_one():
    line = Earlier("e", date(2025, 4, 2), "meeting", "会談", "ja", "東都日報", "http://a.example/", "", baseline=False)
    line = replace(line, others=(Heading("Họp", "vi", "Tin Việt", "http://b.example/"),))
    assert before(line, words("vi"), 2025).title.headline == "Họp"
    assert (before(line, words("ja"), 2025).tags, before(line, words("ja"), 2025).title.outlet) == ("", "東都日報")
    assert before(line, words("en"), 2025).tags.startswith("Meeting · 2")


def test_a_line_from_tags_has_actor_event_counterpart_subject_place_and_day_in_that_order(week):
    entry = next(one for one in week.entries if one.story_id == "s01")
    foreign = replace(
        entry, headlines=tuple(one for one in entry.headlines if one.language == "ko") or entry.headlines[-1:]
    )
    assert card(foreign, words("en"), 2025).tags.replace("\u00a0", " ") == (
        "Ishiba Shigeru · Meeting · Tô Lâm · politics, economy · Hanoi · Sun 27 Apr"
    )


def test_a_figure_of_an_earlier_year_and_outlets_that_disagree_are_said(made):
    text = one_line(made["en"].text)
    assert "46 billion dollars: trade, figure of 2024" in text
    assert "other outlets say: 655,000 Vietnamese people Saigon Trade Letter" in text


def test_the_mail_holds_few_themes_and_the_browser_edition_all(week):
    shown = page(week, cards(week, words("en")), words("en"), "")
    assert len(shown.mailed[0].themes) == 4
    assert len(shown.compared[0].themes) == 4 + shown.mailed[0].more
    assert shown.mailed[0].more > 0


# --- labels -----------------------------------------------------------------------------------------------------------


def labels(language: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / f"templates/labels/{language}.toml").read_text(encoding="utf-8"))


def shape(value: Any) -> Any:
    """Give the keys of labels and the names in braces of each pattern; plural forms count as one."""
    if isinstance(value, dict):
        if "other" in value and set(value) <= {"one", "other"}:
            return shape(value["other"])
        return {key: shape(one) for key, one in value.items()}
    return sorted(name for _, name, _, _ in string.Formatter().parse(value) if name) if isinstance(value, str) else None


@pytest.mark.parametrize("language", ["vi", "ja"])
def test_all_languages_have_the_same_labels_with_the_same_places_to_fill(language):
    assert shape(labels(language)) == shape(labels("en"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("table", "seed", "column"), [("event", "event_types", "event_type"), ("topic", "topics", "topic")]
)
def test_every_code_of_the_seeds_has_a_label(language, table, seed, column):
    with (ROOT / f"warehouse/seeds/{seed}.csv").open(encoding="utf-8") as file:
        codes = {row[column] for row in csv.DictReader(file)}
    assert codes
    assert codes <= labels(language)[table].keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_outcome_of_a_check_has_words(language):
    assert {*get_args(Outcome), "never"} == labels(language)["outcome"].keys()


def test_a_code_without_label_is_shown_as_it_is():
    assert words("ja").label("event", "moon-landing") == "moon landing"


# --- hostile text -----------------------------------------------------------------------------------------------------

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</a></h3></td></table><script>",
    "{{ 7 * 7 }} {% for x in y %} {# gone #}",
    "\u202eevil\u202c \u2066hidden\u2069 \u200bzero",
    "<!--[if mso]><script>--> ]]> <style>@import url(http://x.example)</style>",
    "&lt;b&gt; &amp; &#x3c;script&#x3e;",
    "A" * 10_000,
    "長" * 10_000,
    "=?utf-8?q?hello?=\r\nBcc: all@example.org",
    "\ud800 lone surrogate \x00 nul",
    "トー・ラム<b>・</b>石破",
)
ALLOWED = {
    "html", "head", "meta", "title", "style", "body", "div", "table", "tbody", "tr", "td", "th", "h1", "h2", "h3", "p",
    "span", "b", "a", "ul", "li", "br", "main", "header", "footer", "article", "details", "summary",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "dir", "charset", "name", "content", "data-css-inline", "class", "style", "role", "aria-label",
    "aria-roledescription", "align", "cellpadding", "cellspacing", "border", "href", "scope", "id", "open", "width",
}  # fmt: skip

DRAWN = {"svg", "desc", "line", "text", "circle", "rect", "nav", "section", "pre"}  # in the browser edition only
PLACES = {
    "http-equiv", "aria-labelledby", "aria-hidden", "height", "x", "y", "x1", "x2", "y1", "y2", "dx", "cx", "cy", "r",
}  # fmt: skip


def hostile_issue(bad: str, url: str = "javascript:alert(document.cookie)") -> Issue:
    """Compose stories that carry `bad` wherever a publisher has a say, and `url` as their address."""
    article = {"source": "hanoi-courier", "title": bad, "text": f"{bad[:200]} Ishiba Shigeru met Tô Lâm.", "url": url}
    stories = [
        told.told_of(article, article | {"source": "toto-nippo", "text": "石破茂"}, id=f"h{n}") for n in range(4)
    ]
    dressed = [
        replace(
            one,
            articles=tuple(replace(each, outlet=bad[:90]) for each in one.articles),
            memberships={key: replace(each, why=bad) for key, each in one.memberships.items()},
        )
        for one in stories
    ]
    sources = told.source_weeks(cuu_long={"good": 0, "last_state": bad[:60], "last_error": bad})
    return compose(told.WEEK, dressed, sources, told.COUNTS, told.HISTORY)


@pytest.mark.parametrize("bad", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_inert_in_all_renderings(bad):
    made = render(hostile_issue(bad), "en", "javascript:alert(1)")
    for content, elements, attributes in (
        (made.html, ALLOWED, ATTRIBUTES),
        (made.web, ALLOWED | DRAWN, ATTRIBUTES | PLACES),
    ):
        page = Page(content)
        assert {tag for tag, _ in page.elements} <= elements
        assert {name for _, held in page.elements for name in held} <= attributes
        assert "javascript" not in " ".join(page.attributes("href"))
    for part in (made.subject, made.html, made.text, made.web):
        assert part.encode()
        assert not re.search("[\x00\u202a-\u202e\u2066-\u2069\u200b]", part)
    assert "javascript:" not in made.text
    assert len(made.subject) <= LONGEST_SUBJECT
    assert "\n" not in made.subject
    assert len(made.html.encode()) <= BUDGET
    assert max(len(line.encode()) for line in made.text.splitlines()) <= 998


def test_hostile_markup_is_shown_as_its_characters():
    bad = '<b>{{ 7 * 7 }}</b> & "so"'
    made = render(hostile_issue(bad), "en")
    assert dense(bad) in Page(made.html).said
    assert dense(bad) in dense(made.text)


@settings(max_examples=25)
@given(st.text(max_size=120))
def test_whatever_a_title_holds_the_page_keeps_its_elements(title):
    page = Page(render(hostile_issue(title), "ja").html)
    assert {tag for tag, _ in page.elements} <= ALLOWED
    assert {name for _, held in page.elements for name in held} <= ATTRIBUTES


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a.example/x?y=1&z=2", "https://a.example/x?y=1&z=2"),
        ("HTTP://a.example/", "HTTP://a.example/"),
        (" https://a.example/ ", "https://a.example/"),
        ("https://baochinhphu.vn/đường-sắt", "https://baochinhphu.vn/đường-sắt"),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt://a.example/%0aalert(1)", ""),
        ("data:text/html,x", ""),
        ("//a.example/", ""),
        ("https:///path", ""),
        ("https://[broken/", ""),
        ('https://a.example/"onclick="x', ""),
        ("https://a.example/a b", ""),
        ("https://a.example/" + "x" * 1_000, ""),
        ("", ""),
    ],
)
def test_only_web_addresses_become_links(url, safe):
    assert safe_url(url) == safe


@pytest.mark.parametrize(
    ("text", "claimed", "language"),
    [
        ("東都日報", "ja", "ja"), ("海峽日報", "zh", "zh"), ("東都日報", "vi", "ja"), ("ニュース", "en", "ja"),
        ("한강일보", "ko", "ko"),
        ("Kanmon Times", "ja", "en"), ("Báo Sông Hồng", "vi", "vi"), ("", "", "en"),
    ],
)  # fmt: skip
def test_a_declared_language_fits_the_script(text, claimed, language):
    assert script_language(text, claimed) == language


@given(st.text(max_size=400))
def test_filled_lines_fit_their_width_and_lose_no_character(text):
    filled = fill(text, "- ", "  ")
    assert all(wcswidth(line) <= WIDTH for line in filled.splitlines() if "http" not in line)
    assert dense(filled.removeprefix("-")) == dense(clean(text))


@given(st.text(alphabet="トー・ラム石破4月29日(火)<>&\"' ", max_size=60))
def test_holding_names_together_changes_no_character(text):
    assert dense("".join(said for _, said in Page(str(keep_together(text))).texts)) == dense(clean(text))


def test_a_katakana_name_and_a_day_are_held_together():
    held = str(keep_together("4月29日(火)、トー・ラム書記長"))
    assert held == '<span class="held">4月29日(火)</span>、<span class="held">トー・ラム</span>書記長'


def test_a_story_of_which_nothing_is_known_is_still_named_in_the_subject():
    bare = told.told_of(
        {"source": "viet-lens", "title": "Oversatt", "text": "Oversatt."}, event_type="", event_date=None
    )
    made = render(composed([replace(bare, judgements={})]), "en")
    assert made.subject == "Other · Vietnam–Japan Weekly"
    assert "Oversatt" in made.html


def test_an_address_is_never_broken():
    url = "https://a.example/" + "x" * 200
    assert url in fill(f"Read at {url} or not").splitlines()


def test_japanese_lines_never_begin_with_a_full_stop():
    lines = fill("石破茂首相は二十七日、ハノイの党本部で書記長と会談した。" * 9).splitlines()
    assert len(lines) > 2
    assert not [line for line in lines if line[0] in "。、"]
