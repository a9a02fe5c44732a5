"""What lies beside the issues: an index that leaves no week out, a feed and calendars that other programs can read."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree as ET

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from flows.settings import Settings, load
from flows.shelf import beside, shelve
from tasks.compose import Layout, compose
from tasks.render import Beside, Language, render
from tasks.render.atom import ISSUES, atom
from tasks.render.calendar import LONGEST_SUMMARY, calendar
from tasks.render.index import TALLEST, WEEKS, bars, index
from tasks.render.shelf import Headline, Shelved, shelved
from tasks.render.words import words
from tasks.weeks import week as week_of_label
from tests import hostile, told
from tests.hostile import BAD
from tests.test_render import Page, dense
from warehouse import desk, write
from warehouse.issue import Issue
from warehouse.records import Decision, IssueState

LANGUAGES: tuple[Language, ...] = ("en", "vi", "ja")
FROZEN = datetime(2025, 5, 5, 0, 0, 3, tzinfo=UTC)
NEAR = Beside("index.html", "feed.xml", languages=(("vi", "index.vi.html"), ("ja", "index.ja.html")))
HOST = "https://archive.example/weekly"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def week() -> Issue:
    return compose(
        told.WEEK, told.stories(), told.source_weeks(), told.COUNTS, told.HISTORY, Layout(sample=True), told.names()
    )


def weeks_back(issue: Issue, back: int, language: Language = "en", **changes) -> Shelved:
    """Shelve an issue as if it were one of so many weeks before."""
    monday = told.WEEK.monday - timedelta(weeks=back)
    label = "{}-W{:02}".format(*monday.isocalendar()[:2])
    moved = replace(issue, week=label, first_day=monday, last_day=monday + timedelta(days=6), **changes)
    frozen = FROZEN - timedelta(weeks=back)
    return shelved(moved, language, frozen, f"{label}.web.html", f"{label}.ics")


# --- the index --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_lists_all_issues_newest_first_with_counts_first_headlines_calendar_and_feed(week, language):
    issues = [weeks_back(week, back, language) for back in (0, 1, 3)]
    page = Page(index(issues[::-1], language, NEAR))
    assert [held["id"] for tag, held in page.elements if tag == "article"] == [
        "issue-2025-W18", "issue-2025-W17", "issue-2025-W15"
    ]  # fmt: skip
    links = page.attributes("href")
    for one in issues:
        assert {one.page, one.calendar} <= set(links)
        assert dense(one.totals) in page.said
        for each in one.headlines:
            assert dense(each.text) in page.said
            assert f"{one.page}#{each.anchor}" in links
    assert {"feed.xml", "index.vi.html", "index.ja.html"} <= set(links)


def test_the_table_under_the_drawing_says_the_same_and_names_the_week_without_an_issue(week):
    issues = [weeks_back(week, 0, articles=52), weeks_back(week, 1, articles=26), weeks_back(week, 3, articles=13)]
    html = index(issues, "en", NEAR)
    drawn = re.findall(r'<rect class="(bar|absent)"[^>]*height="(\d+)"', html)
    assert drawn == [("bar", "16"), ("absent", "64"), ("bar", "32"), ("bar", "64")]
    table = [re.sub(r"<[^>]+>", " ", row).split() for row in re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)][1:]
    assert [row[:2] for row in table] == [
        ["2025-W18", "52"],
        ["2025-W17", "26"],
        ["2025-W16", "no"],
        ["2025-W15", "13"],
    ]
    assert "no issue: no source answered" in " ".join(table[2])


@given(st.lists(st.integers(0, 90), min_size=1, max_size=60, unique=True), st.integers(0, 500))
def test_the_drawing_holds_the_last_weeks_without_a_gap_and_stays_within_its_frame(backs, articles):
    monday = told.WEEK.monday
    bare = Shelved(
        "", monday, "", FROZEN, "", "", sample=False, totals="", stories=1, articles=0, outlets=1, headlines=()
    )
    issues = [
        replace(bare, first_day=monday - timedelta(weeks=back), articles=articles * (at % 3))
        for at, back in enumerate(backs)
    ]
    drawn = bars(issues)
    assert len(drawn) == min(max(backs) - min(backs) + 1, WEEKS)
    assert drawn[-1].issue is not None
    assert drawn[-1].number
    for one in drawn:
        assert 0 <= one.left - one.width / 2 < one.left + one.width / 2 <= 100
        assert 0 <= one.height <= TALLEST
    assert len([one for one in drawn if one.number]) <= 7
    lefts = [one.left for one in drawn]
    assert lefts == sorted(lefts)


# --- the feed ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_feed_has_what_rfc_4287_requires_and_is_read_without_complaint(week, language):
    issues = [weeks_back(week, back, language) for back in (0, 1)]
    written = atom(issues, language, NEAR, HOST)
    feed = feedparser.parse(BytesIO(written))
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.title == words(language).product
    assert feed.feed.author == words(language).product
    assert feed.feed.language == language
    assert feed.feed.updated == "2025-05-05T00:00:03+00:00"
    assert [link.href for link in feed.feed.links if link.rel == "self"] == [f"{HOST}/feed.xml"]
    ids = [feed.feed.id, *(one.id for one in feed.entries)]
    assert len(set(ids)) == 3
    for one in ids:
        assert re.fullmatch(r"tag:archive\.example,\d{4}-\d\d-\d\d:[\w:-]+", one), "RFC 4151"
    for entry, issue in zip(feed.entries, issues, strict=True):
        assert entry.updated == issue.frozen_at.isoformat()
        assert entry.link == f"{HOST}/{issue.page}"
        assert issue.days in entry.title
        assert entry.content[0].type == "application/xhtml+xml"
        assert all(dense(each.text) in dense(entry.content[0].value) for each in issue.headlines)
        assert entry.summary == issue.totals


def test_without_a_host_all_links_are_relative_and_lead_from_the_feed_to_its_neighbours(week):
    written = atom([weeks_back(week, 0)], "en", NEAR)
    root = ET.fromstring(written)
    links = [one.get("href", "") for one in root.iter(f"{ATOM}link")]
    assert links == ["feed.xml", "index.html", "2025-W18.web.html", "2025-W18.ics"]
    assert urljoin("file:///data/issues/feed.xml", links[2]) == "file:///data/issues/2025-W18.web.html"


def test_an_entrys_id_stays_when_later_issues_come_and_the_feed_holds_a_year(week):
    first = feedparser.parse(atom([weeks_back(week, 9)], "en", NEAR, HOST))
    later = feedparser.parse(atom([weeks_back(week, back) for back in range(10)], "en", NEAR, HOST))
    assert first.entries[0].id == later.entries[-1].id
    assert first.feed.id == later.feed.id
    long = feedparser.parse(atom([weeks_back(week, back) for back in range(60)], "en", NEAR))
    assert len(long.entries) == ISSUES


def test_a_quiet_week_has_its_entry(week):
    [entry] = feedparser.parse(atom([weeks_back(week, 0, entries=(), ahead=(), figures=())], "en", NEAR)).entries
    assert entry.summary == words("en").say("quiet")


def test_there_is_no_feed_without_an_issue():
    with pytest.raises(ValueError, match="at least one issue"):
        atom([], "en", NEAR)


# --- the calendar -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_day_ahead_is_one_event_of_a_whole_day_with_its_words_outlet_and_address(week, language):
    written = calendar(week, language, FROZEN)
    events = Calendar.from_ical(written).events
    assert len(events) == len(week.ahead) > 0
    for event, one in zip(events, week.ahead, strict=True):
        assert one.day == event.DTSTART
        assert type(event.DTSTART) is date
        assert one.day + timedelta(days=1) == event.DTEND
        assert event.DTSTAMP == FROZEN
        quote = next(each for each in one.quotes if each.text in event["DESCRIPTION"])
        assert quote.outlet in event["DESCRIPTION"]
        assert quote.url in event["DESCRIPTION"]
        assert event["URL"] == quote.url
        assert event["SUMMARY"].params["LANGUAGE"] == language
    assert len({event.uid for event in events}) == len(events)


def test_lines_of_a_calendar_end_in_crlf_and_none_is_longer_than_75_octets(week):
    for language in LANGUAGES:
        lines = calendar(week, language, FROZEN).split(b"\r\n")
        assert lines[-1] == b""
        assert max(map(len, lines)) <= 75
        assert not [line for line in lines if b"\n" in line or b"\r" in line]


def test_a_day_told_again_in_the_next_issue_or_another_language_is_the_same_event(week):
    later = calendar(replace(week, week="2025-W19"), "ja", FROZEN + timedelta(weeks=1))
    first, again = (Calendar.from_ical(one).events for one in (calendar(week, "en", FROZEN), later))
    assert [one.uid for one in first] == [one.uid for one in again]
    assert all(one.DTSTAMP < other.DTSTAMP for one, other in zip(first, again, strict=True))


def test_without_a_day_ahead_there_is_no_calendar(week):
    assert calendar(replace(week, ahead=()), "en", FROZEN) == b""


# --- hostile text -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("bad", BAD, ids=range(len(BAD)))
def test_hostile_text_is_text_in_index_feed_and_calendar(bad):
    issue = hostile.issue(bad)
    quotes = issue.entries[0].headlines
    dated = replace(issue, ahead=tuple(replace(told_ahead(issue), quotes=(one,)) for one in quotes))
    one = shelved(dated, "en", FROZEN, "2025-W18.web.html", "2025-W18.ics")

    page = Page(index([one, replace(one, first_day=date(2025, 4, 21))], "en", NEAR))
    assert not {tag for tag, _ in page.elements} & {"script", "img", "iframe", "object", "form"}
    assert all(urlsplit(link).scheme in {"", "http", "https"} for link in page.attributes("href"))

    feed = feedparser.parse(BytesIO(atom([one], "en", NEAR)))
    assert not feed.bozo
    [division] = ET.fromstring(atom([one], "en", NEAR)).iter("{http://www.w3.org/1999/xhtml}div")
    assert {each.tag.rpartition("}")[2] for each in division.iter()} <= {"div", "ul", "li", "a", "span"}

    written = calendar(dated, "en", FROZEN)
    assert max(map(len, written.split(b"\r\n"))) <= 75
    events = Calendar.from_ical(written).events
    assert len(events) == len(dated.ahead)
    names = {name for event in events for name in event}
    assert names <= {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "URL", "TRANSP"}
    assert all(len(event["SUMMARY"]) <= LONGEST_SUMMARY for event in events)
    assert not re.search(
        r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\u200b]", written.decode().replace("\r\n", "")
    )
    assert "URL" not in names, "javascript: is no address"


def told_ahead(issue: Issue):
    """Give a day ahead of the first story."""
    ahead = compose(told.WEEK, told.stories(), told.source_weeks(), told.COUNTS).ahead[0]
    return replace(ahead, story_id=issue.entries[0].story_id)


@given(st.text(max_size=80))
def test_whatever_a_headline_holds_the_feed_stays_xml(text):
    headline = Headline(text, from_tags=False, outlet=text, outlet_language="vi", reach="", anchor="story-x")
    one = Shelved(
        "2025-W18", told.WEEK.monday, "days", FROZEN, "p", "", sample=False, totals=text, stories=1, articles=1,
        outlets=1, headlines=(headline,),
    )  # fmt: skip
    assert not feedparser.parse(BytesIO(atom([one], "en", NEAR))).bozo


# --- the folder -------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path, week) -> Settings:
    """Give the settings of a warehouse in which one week is frozen, and laid out."""
    given = load(tmp_path, data=tmp_path / "data", languages=("en", "ja"), archive_url="", time_zone=told.WEEK.zone)
    freeze(given, week)
    shelve(given)
    return given


def freeze(settings: Settings, issue: Issue, state: IssueState | None = None) -> None:
    """Freeze an issue as the digest does, with the desk's decision on it where one is given."""
    span = week_of_label(issue.week, issue.zone)
    with settings.warehouse.writer() as db:
        near = beside(db, settings, issue.week, settings.languages)
        renderings = [render(issue, one, "", near[one]) for one in settings.languages]
        write.issue(db, issue, span, renderings, span.end + timedelta(hours=7))
        if state:
            desk.decide(db, Decision(issue.week, 0, "hold", state, FROZEN))


def later(issue: Issue) -> Issue:
    """Give the issue of the week after."""
    days = timedelta(weeks=1)
    return replace(
        issue, week="2025-W19", first_day=issue.first_day + days, last_day=issue.last_day + days, sample=False
    )


def held(settings: Settings) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in settings.issues.iterdir()}


def loose_ends(files: dict[str, bytes]) -> set[str]:
    """Give the links between the pages of a folder that lead to no file, or to no place in it."""
    found = set()
    for name, content in files.items():
        if name.endswith(".web.html") or name.startswith("index"):
            for link in Page(content.decode()).attributes("href"):
                file, _, place = link.partition("#")
                there = files.get(file or name, b"").decode()
                if "://" not in link and (not there or (place and f'id="{place}"' not in there)):
                    found.add(f"{name}: {link}")
    return found


def test_the_folder_holds_index_and_feed_of_each_language_and_no_link_in_it_is_loose(folder, week):
    freeze(folder, later(week))
    shelve(folder)
    files = held(folder)
    names = {"index", "index.ja", "feed", "feed.ja", "2025-W18", "2025-W18.ja", "2025-W19", "2025-W19.ja"}
    endings = re.compile(r"\.(?:web\.html|html|xml|ics|txt)$")
    assert {endings.sub("", name) for name in files} == names
    assert loose_ends(files) == set()
    assert loose_ends(files | {"index.ja.html": b""}) != set()


def test_a_later_issue_changes_index_and_feed_and_no_byte_of_what_was_frozen(folder, week):
    before = held(folder)
    freeze(folder, later(week))
    shelve(folder)
    after = held(folder)
    assert {name for name in before if before[name] != after[name]} == {
        "index.html", "index.ja.html", "feed.xml", "feed.ja.xml"
    }  # fmt: skip
    assert 'href="2025-W18.ja.web.html" rel="prev"' in after["2025-W19.ja.web.html"].decode()
    assert "2025-W19" not in after["2025-W18.web.html"].decode()


def test_shelving_again_mends_the_folder_and_writes_nothing_else(folder):
    before = held(folder)
    (folder.issues / "feed.xml").write_bytes(b"torn")
    for name in ("2025-W18.ja.ics", "2025-W18.web.html"):
        (folder.issues / name).unlink()
    stamps = {path.name: path.stat().st_mtime_ns for path in folder.issues.iterdir()}
    shelve(folder)
    assert held(folder) == before
    now = {path.name: path.stat().st_mtime_ns for path in folder.issues.iterdir()}
    changed = {name for name in now if now[name] != stamps.get(name)}
    assert changed == {"feed.xml", "2025-W18.ja.ics", "2025-W18.web.html"}


def test_an_issue_that_waits_for_approval_is_neither_listed_nor_named_as_the_one_before(folder, week):
    freeze(folder, later(week), state="held")
    shelve(folder)
    assert not [name for name, content in held(folder).items() if "2025-W19" in name or b"2025-W19" in content]
    with folder.warehouse.writer() as db:
        assert beside(db, folder, "2025-W20", ("en",))["en"].previous == "2025-W18.web.html"
        desk.decide(db, Decision("2025-W19", 0, "approve", "released", FROZEN))
        assert beside(db, folder, "2025-W20", ("en",))["en"].previous == "2025-W19.web.html"
    shelve(folder)
    assert "2025-W19.ja.web.html" in held(folder)


def test_a_language_that_came_later_leads_to_the_pages_that_there_are(folder):
    shelve(folder.model_copy(update={"languages": ("en", "ja", "vi")}))
    page = Page(held(folder)["index.vi.html"].decode())
    assert "2025-W18.web.html" in page.attributes("href")
    assert dense(words("vi").product) in page.said


def test_a_language_that_only_a_reader_chose_has_its_index_too(folder):
    shelve(folder.model_copy(update={"languages": ("en",)}))
    assert "2025-W18.ja.web.html" in Page(held(folder)["index.ja.html"].decode()).attributes("href")


def test_before_the_first_issue_nothing_is_written(tmp_path):
    empty = load(tmp_path, data=tmp_path / "data", languages=("en",), archive_url="")
    shelve(empty)
    assert not empty.issues.exists()


def test_the_demo_lays_out_its_archive_and_no_link_in_it_is_loose(played):
    out, _ = played
    files = {path.name: path.read_bytes() for path in (out / "issues").iterdir()}
    assert {"index.html", "index.vi.html", "index.ja.html", "feed.xml", "2025-W18.ja.ics"} <= set(files)
    assert loose_ends(files) == set()
