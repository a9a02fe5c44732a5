"""What is seen late, looked at again, corrected or taken back, on the collect's own body: all through real pages."""

from datetime import timedelta

import pytest

from flows.steps import inline
from tasks.text import sentences
from tests.press import GARDEN, LOAN, MONDAY, TALKS, printing
from tests.samples import source
from warehouse.check import wrong_rows

DAY = timedelta(days=1)


@pytest.fixture
def press(tmp_path):
    with printing(tmp_path) as made:
        yield made


def articles(press):
    return {row["title"]: row for row in press.ask("from articles where outlet = 'Courier'")}


# --- backlog and late finds -------------------------------------------------------------------------------------------


def test_what_is_old_at_the_first_good_fetch_is_stored_and_searchable_but_no_news(press):
    press.says("old", "Japan lends Vietnam money for a bridge", *LOAN)
    press.says("new", "Vietnam's prime minister receives Japan's foreign minister", *TALKS)
    press.lists(
        ("old", "Japan lends Vietnam money for a bridge", MONDAY - 8 * DAY),
        ("new", "Vietnam's prime minister receives Japan's foreign minister", MONDAY - 6 * DAY),
    )
    press.collect(0)
    held = {
        title[:5]: (row["backlog"], row["relevance"], bool(row["story_id"])) for title, row in articles(press).items()
    }
    assert held == {"Japan": (True, "bilateral", True), "Vietn": (False, "bilateral", True)}
    assert press.ask("from articles where text ilike '%Red River%' and backlog")
    issue, renderings = press.week("2025-W17", 24 * 7)
    assert [one.headlines[0].text[:5] for one in issue.entries] == ["Vietn"]
    assert issue.coverage.troubles == ()
    assert not any("Red River" in one.text + one.html + one.web for one in renderings)


def test_what_comes_late_after_an_outage_is_a_late_find_of_the_week_in_which_it_was_first_seen(press):
    title = "Vietnam's prime minister receives Japan's foreign minister"
    press.says("first", "The city opens a garden show", *GARDEN)
    press.lists(("first", "The city opens a garden show", MONDAY))
    press.collect(0)
    press.says_feed("busy", status=503)
    press.collect(24)
    press.says("talks", title, *TALKS)
    press.says("loan", "Japan lends Vietnam money for a bridge", *LOAN)
    press.lists(
        ("loan", "Japan lends Vietnam money for a bridge", MONDAY + 18 * DAY), ("talks", title, MONDAY + 1 * DAY)
    )
    press.collect(22 * 24)  # Tuesday of 2025-W20
    found = articles(press)[title]
    assert (found["backlog"], found["first_seen"]) == (False, MONDAY + 22 * DAY)
    issue, [english, *_] = press.week("2025-W20", 24 * 30)
    assert {one.headlines[0].text[:5]: one.status for one in issue.entries} == {"Vietn": "late", "Japan": "new"}
    assert "Late find" in english.text
    assert [one.kind for one in issue.coverage.troubles] == ["gap"]


def test_a_source_that_is_added_later_has_its_own_backlog(press):
    press.lists()
    press.says("old", "Japan lends Vietnam money for a bridge", *LOAN)
    press.sources.append(source(source_id="second", outlet="Second", url="http://second.example/rss"))
    press.says_feed("busy", "second", status=503)
    press.collect(0)
    press.says("old", "Japan lends Vietnam money for a bridge", *LOAN, source_id="second")
    press.lists(("old", "Japan lends Vietnam money for a bridge", MONDAY - DAY), source_id="second")
    press.collect(9 * 24)
    [row] = press.ask("from articles where outlet = 'Second'")
    assert row["backlog"], "it is ten days old when its source first answers, whenever that was first asked"


# --- looked at again --------------------------------------------------------------------------------------------------


def test_a_page_is_looked_at_when_its_entry_changes_after_a_day_and_after_a_week(press):
    press.says("loan", "Japan lends Vietnam money for a bridge", *LOAN)

    def looks(at, title="Japan lends Vietnam money for a bridge", summary=""):
        press.lists(("loan", title, MONDAY), summary=summary)
        before = press.site.paths().count("/loan")
        press.collect(at)
        return press.site.paths().count("/loan") - before

    assert [looks(0), looks(2), looks(23)] == [1, 0, 0]
    assert [looks(24), looks(26)] == [1, 0]
    assert [looks(50, summary="Now with a summary."), looks(52, summary="Now with a summary.")] == [1, 0]
    press.site.says("courier.example/loan", b"busy", 503)
    assert looks(7 * 24, summary="Now with a summary.") == 1
    press.says("loan", "Japan lends Vietnam money for a bridge", *LOAN)
    assert looks(7 * 24 + 1, summary="Now with a summary.") == 1, "a look that failed is made again"
    assert looks(7 * 24 + 3, summary="Now with a summary.") == 0
    assert articles(press)["Japan lends Vietnam money for a bridge"]["revision_no"] == 1


def test_a_page_that_is_as_it_was_is_read_again_only_where_an_entry_has_told_of_it_since(press):
    read = []

    def do(step, things, *shared):
        for batch in inline(step, things, *shared):
            read.extend(batch if step.name == "extract" else [])
            yield batch

    press.do = do
    press.says("loan", "Japan lends Vietnam money for a bridge", *LOAN)

    def reads(at, summary=""):
        press.lists(("loan", "Japan lends Vietnam money for a bridge", MONDAY), summary=summary)
        before = len(read)
        press.collect(at)
        return press.site.paths().count("/loan"), len(read) - before

    assert [reads(0), reads(24)] == [(1, 1), (2, 0)]
    assert reads(50, summary="Now with a summary.") == (3, 1)
    press.says("loan", "Japan lends Vietnam money for a bridge", *TALKS)
    assert reads(7 * 24, summary="Now with a summary.") == (4, 1)
    outcomes = press.ask(
        "select outcome, quality, revision from base.pages join base.extractions using (page_id) order by fetched_at"
    )
    assert [(row["outcome"], row["quality"]) for row in outcomes] == [("ok", "full")] * 4
    first, second, third, last = (row["revision"] for row in outcomes)
    assert first == second == third != last


def test_a_second_feed_that_lists_the_article_asks_for_no_second_download(tmp_path):
    world = source(source_id="world", url="http://courier.example/world")
    with printing(tmp_path, source(), world) as press:
        press.says("loan", "Japan lends Vietnam money for a bridge", *LOAN)
        press.lists(("loan", "Japan lends Vietnam money for a bridge", MONDAY))
        press.collect(0)
        press.site.routes["courier.example/world"] = press.site.routes["courier.example/rss"]
        press.collect(2)
        assert press.site.paths().count("/loan") == 1


def test_a_correction_is_told_in_its_week_and_a_bumped_date_or_a_comma_is_not(press):
    title = "Japan lends Vietnam money for a bridge"
    press.says("loan", title, *LOAN)
    press.lists(("loan", title, MONDAY))
    press.collect(0)
    press.says("loan", title, LOAN[0].replace(", the two", " the two"), *LOAN[1:])
    press.lists(("loan", title, MONDAY + DAY))  # a bumped date
    press.collect(24)
    found = articles(press)[title]
    assert (found["revision_no"], found["published"]) == (2, MONDAY)
    assert press.week("2025-W17", 24 * 7)[0].entries[0].corrections == ()
    press.says("loan", title, LOAN[0].replace("12 billion", "21 billion"), *LOAN[1:])
    press.collect(24 * 7)
    first, [english, *_] = press.week("2025-W18", 24 * 14)
    [entry] = first.entries
    assert (entry.status, entry.corrections[0].changed) == ("corrected", ("number",))
    assert "orrect" in english.text
    history = press.ask("select revision_no, correction from base.articles where outlet = 'Courier' order by 1")
    assert [(row["revision_no"], row["correction"]) for row in history] == [(1, ""), (2, ""), (3, "number")]


def test_an_article_that_is_relevant_no_more_leaves_its_story_and_leaves_a_trace(tmp_path):
    second = source(source_id="second", outlet="Second", family="second", url="http://second.example/rss")
    with printing(tmp_path, source(), second) as press:
        title = "Vietnam's prime minister receives Japan's foreign minister"
        for name in ("courier", "second"):
            told = TALKS if name == "courier" else (TALKS[1], TALKS[0], TALKS[2])
            press.says("talks", title, *told, source_id=name)
            press.lists(("talks", title, MONDAY), source_id=name)
        press.says("alone", "Japan lends Vietnam money for a bridge", *LOAN)
        press.lists(("talks", title, MONDAY), ("alone", "Japan lends Vietnam money for a bridge", MONDAY))
        press.collect(0)
        before = {row["article_id"]: row["story_id"] for row in press.ask("from base.story_articles")}
        press.digest(24 * 7)
        for name in ("talks", "alone"):  # the same addresses tell of something else now
            press.says(name, "Orchids and bonsai trees in Hue", *GARDEN)
        press.lists(*((name, "Orchids and bonsai trees in Hue", MONDAY) for name in ("talks", "alone")))
        counts = press.collect(24 * 8)
        gone = press.ask("from story_moves order by article_id")
        after = {row["article_id"]: row["story_id"] for row in press.ask("from base.story_articles")}
        again = press.collect(24 * 8 + 1)
        with press.settings.warehouse.writer() as db:
            wrong = wrong_rows(db)
        stories = press.ask("from stories where 'Second' in (select outlet from articles where story_id is not null)")
        told = press.ask("from this_week")
    assert counts["left_stories"] == len(gone) == 2
    assert {row["article_id"]: row["story_id"] for row in gone}.items() <= before.items()
    assert [row["to_story"] for row in gone] == ["", ""]
    assert all(row["why"].startswith("revision 2 is") and row["why"].endswith("none") for row in gone)
    assert after == {key: story for key, story in before.items() if key not in {row["article_id"] for row in gone}}
    assert "left_stories" not in again
    assert "stories_touched" not in again
    assert wrong == {}
    assert len(stories) == len(after)
    assert len(told) == 2, "what was sent stays sent"


# --- rights -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("then", [True, False])
def test_no_sentence_of_a_source_whose_rights_are_its_titles_is_in_anything_mailed(tmp_path, then):
    """Also where its rights were taken back after the article had been kept, and where an article has no title."""
    with printing(tmp_path, source(rights="title" if then else "sentence"), languages=("en", "vi", "ja")) as press:
        press.says("talks", "Vietnam's prime minister receives Japan's foreign minister", *TALKS)
        press.says("loan", "", *LOAN)
        press.lists(
            ("talks", "Vietnam's prime minister receives Japan's foreign minister", MONDAY), ("loan", "", MONDAY)
        )
        press.collect(0)
        shown = press.week("2025-W17", 24 * 7)[1]
        press.sources[:] = [source(rights="title")]
        press.collect(2)
        press.digest(24 * 7)
        held = press.ask("select text from base.articles where outlet = 'Courier' and text_kind = 'full'")
        written = [path.read_text("utf-8") for path in sorted(press.settings.issues.iterdir())]
    said = [row["text"][start:end] for row in held for start, end in sentences(row["text"])]
    assert len(said) == 6
    assert len(written) == 16, "three languages as page, text, browser edition, index and feed, and one message"
    flat = [" ".join(one.split()) for one in written]
    assert not [(sentence, at) for sentence in said for at, one in enumerate(flat) if sentence[:60] in one]
    assert any("http://courier.example/talks" in one for one in flat)
    if not then:
        assert any(sentence in " ".join(one.text.split()) for one in shown for sentence in said), "it was quoted before"
