"""Each fault that feeds are known to have, and what must come of it in the stored rows (notes: the table of 25).

One play of all faults at once, beside healthy sources, serves every test; see tests/faulty.py.
"""

import base64
import gzip
import json
import socket
import struct
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from tests.faulty import (
    DEADLINE,
    LAUGHS,
    ROUNDS,
    Stage,
    Told,
    drip,
    endless,
    entry,
    json_feed,
    packed,
    rss,
    rss_says,
    three,
    wait,
)
from tests.loopback import certificate, serve, speak

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
ALL_CHECKS = len(ROUNDS) - 1  # nothing is due after half an hour but what is new then or has a faster rhythm
S = Stage()
watch, page = S.watch, S.page

TALKS = (
    "The prime ministers of Japan and Vietnam met in Hanoi on Monday and agreed on a loan of 12 billion yen for a "
    "bridge over the Red River. Japan's Prime Minister Shigeru Ishiba said that the bridge would be open in 2029. "
    "Vietnam's Prime Minister Pham Minh Chinh thanked Japan for its help. Both sides also spoke of semiconductors, of "
    "workers from Vietnam in Japan and of rice. A joint statement was to be signed on Tuesday, officials of both "
    "governments told reporters."
)


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> Told:
    """Play all faults in all rounds."""
    folder = tmp_path_factory.mktemp("faults")
    with serve() as site, serve(certificate(folder / "own.pem", "own-certificate.example")) as sealed:
        doors = {"own-certificate": ("127.0.0.1", sealed.port), "no-tls": ("127.0.0.1", site.port)}
        return S.play(site, folder / "data", **doors)


# --- healthy sources, and all at once ---------------------------------------------------------------------------------

HEALTHY = [watch(name, three(name)) for name in ("morning-post", "evening-post", "night-post")]
DAILY = [entry(f"daily {now:%m%d-%H%M}", f"http://daily-post.example/{now:%d-%H%M}", date=now) for now in ROUNDS]
watch("daily-post", *(rss(*DAILY[: number + 1]) for number in range(len(ROUNDS))))

#: what must be said of each faulty source in the first round: its outcome, and words of its line
NAMED = {
    "wall-403": ("blocked", "HTTP 403 Forbidden"),
    "wall-503": ("blocked", "HTTP 503 Service Unavailable"),
    "home-page": ("not_a_feed", "no feed at http://home-page.example/rss but a web page"),
    "busy-a": ("blocked", "HTTP 429 Too Many Requests"),
    "busy-b": ("blocked", "not asked: busy.example wants a pause of 7200 s (HTTP 429)"),
    "busy-date": ("blocked", "HTTP 503 Service Unavailable"),
    "unasked-304": ("failed", "HTTP 304 to a request without conditions"),
    "nothing": ("empty", "has no entries"),
    "no-items": ("empty", "has no entries"),
    "gone": ("gone", "HTTP 410 Gone"),
    "loop": ("failed", "more than 5 redirects, the last to http://loop.example/rss"),
    "cookie-loop": ("failed", "it wants to set a cookie, so try cookies = yes for this source"),
    "own-certificate": ("failed", "the certificate of own-certificate.example does not hold"),
    "no-tls": ("failed", "no connection to no-tls.example"),
    "no-name": ("failed", "nowhere.invalid has no address"),
    "hang-up": ("failed", "hang-up.example"),
    **{f"drip-{n}": ("timeout", f"no whole answer from drip-{n}.example within {DEADLINE:g} s") for n in range(4)},
    **{f"stall-{n}": ("timeout", f"stall-{n}.example sent nothing for {DEADLINE / 2:g} s") for n in range(2)},
    "endless": ("too_large", "the body is more than 5242880 bytes as sent"),
    "gzip-bomb": ("too_large", "the body is more than 10485760 bytes once decoded"),
    "bad-encoding": ("failed", "Content-Encoding 'x-secret' is not one that we asked for"),
    "encoding-lie": ("failed", "the body from encoding-lie.example broke off or cannot be decoded"),
    "inside-address": ("refused", "127.0.0.1 is not asked: 127.0.0.1 is loopback"),
    "inside-metadata": ("refused", "64:ff9b::a9fe:a9fe is link-local"),
    "inside-redirect": ("refused", "10.0.0.1 is not asked: 10.0.0.1 is private"),
    "inside-name": ("refused", "localhost is not asked"),
    "error-page": ("failed", "HTTP 500 Internal Server Error"),
}


def test_all_at_once_no_item_of_a_healthy_source_is_lost(told):
    for name in HEALTHY:
        assert told.titles(name) == [f"{name} {word}" for word in ("one", "three", "two")]
        assert set(told.outcomes(name)) <= {"ok", "unchanged"}
        assert len(told.fetches(name)) >= ALL_CHECKS
    assert told.titles("daily-post") == [f"daily {now:%m%d-%H%M}" for now in ROUNDS]


def test_all_at_once_every_fault_is_reported_by_name(told):
    first = {
        row["source_id"]: (row["outcome"], row["error"])
        for row in told.rows("from base.fetches where fetched_at = ?", ROUNDS[0])
    }
    for name, (outcome, words) in NAMED.items():
        assert first[name][0] == outcome, (name, first[name])
        assert words in first[name][1], (name, first[name])
    bad = {name for name, (outcome, _) in first.items() if outcome not in {"ok", "unchanged"}}
    assert bad == set(NAMED), "nothing else failed, and nothing failed in silence"


def test_all_at_once_the_issue_names_every_source_that_could_not_be_looked_at(told):
    (row,) = told.rows("select content from base.issues where week = '2025-W18'")
    named = {one["source_id"]: one for one in json.loads(row["content"])["coverage"]["troubles"]}
    failing = told.rows(
        "select source_id, arg_max(outcome, fetched_at) as last from base.fetches where fetched_at <= ? group by 1",
        ROUNDS[4],
    )
    could_not = {one["source_id"] for one in failing if one["last"] not in {"ok", "unchanged"}}
    assert len(could_not) > 15
    assert could_not <= set(named)
    assert all(named[name]["error"] for name in could_not)
    assert not set(named) & {*HEALTHY, "daily-post"}
    assert named["frozen"]["kind"] == "frozen"


def test_all_at_once_takes_no_longer_than_the_slowest_deadline(told):
    """Six sources of the first round use up a deadline each: one after the other they would take five deadlines."""
    visits = told.site.visits[told.starts[0] : told.starts[1]]
    feeds = [visit.begun for visit in visits if visit.path.startswith("/rss")]
    pages = [visit.begun for visit in told.visits("morning-post.example", 0) if visit.path == "/one"]
    assert max(feeds) - min(feeds) < DEADLINE, "all are asked while the slowest still answers"
    assert pages[0] - min(feeds) < 2 * DEADLINE + 3, "and the run goes on when it has had its time"
    assert max(row["elapsed_ms"] for row in told.rows("from base.fetches")) < (DEADLINE + 1) * 1000


def test_all_at_once_every_run_completes_and_no_row_is_wrong(told):
    from warehouse.check import wrong_rows

    assert {row["state"] for row in told.rows("from base.runs")} == {"completed"}
    with told.warehouse.writer() as db:
        assert wrong_rows(db) == {}


# --- 1 to 8: what servers do ------------------------------------------------------------------------------------------

watch("wall-403", speak(b"<h1>Access denied</h1>", 403))
watch("wall-503", speak(status=503))


@pytest.mark.parametrize("name", ["wall-403", "wall-503"])
def test_01_a_bot_wall_is_blocked_backed_off_from_and_met_without_disguise(told, name):
    assert told.outcomes(name) == ["blocked"] * ALL_CHECKS
    state = told.state(name)
    assert (state["state"], state["failures"], state["failing_since"]) == ("blocked", ALL_CHECKS, ROUNDS[0])
    assert wait(state) > 12 * HOUR
    assert {visit.headers["User-Agent"] for visit in told.visits(f"{name}.example")} == {told.user_agent}


watch("wall-later", three("wall-later"), three("wall-later"), speak(status=403))


def test_01_a_wall_that_goes_up_later_shows_in_the_health_of_the_sources_and_takes_nothing_away(told):
    (row,) = told.rows("from source_health where source_id = 'wall-later'")
    assert (row["state"], row["error"]) == ("blocked", "HTTP 403 Forbidden")
    assert row["failing_since"] == ROUNDS[2]
    assert len(told.items("wall-later")) == 3


CHALLENGE = (
    b"<html><head><title>Just a moment...</title></head><body>Enable JavaScript and cookies to continue</body></html>"
)
GOOD = rss_says(three("challenge"), ETag='"feed"')
watch("challenge", GOOD, GOOD, speak(CHALLENGE, Content_Type="text/html", ETag='"wall"'), GOOD)
watch("home-page", speak(b"<!doctype html><html><body><a href='/'>Home</a></body></html>", Content_Type="text/html"))


def test_02_a_challenge_is_no_feed_and_its_validator_is_not_kept(told):
    assert told.outcomes("challenge")[:3] == ["ok", "not_a_feed", "unchanged"]
    assert "but a challenge to browsers" in told.fetches("challenge")[1]["error"]
    assert told.visits("challenge.example/rss", 3)[0].headers["If-None-Match"] == '"feed"'
    assert len(told.items("challenge")) == 3
    assert told.outcomes("home-page") == ["not_a_feed"] * ALL_CHECKS
    assert len(told.visits("home-page.example/rss")) == ALL_CHECKS, "one request a check: no storm"


TOO_MANY = speak(status=429, Retry_After="7200")
for letter in "ab":
    watch(f"busy-{letter}", *[TOO_MANY] * 4, three("busy"), url=f"http://busy.example/rss-{letter}")
watch("busy-late", three("busy"), url="http://busy.example/rss-late", since=1)
page("busy.example/story", speak(b"<p>A story</p>", Content_Type="text/html"))
watch("friend-of-busy", rss(entry("A story at the busy host", "http://busy.example/story")))
watch("busy-date", speak(status=503, Retry_After=f"{ROUNDS[0] + 90 * DAY:%a, %d %b %Y %H:%M:%S} GMT"))


def test_03_a_pause_holds_for_every_feed_and_page_of_the_host_in_this_run_and_the_next(told):
    assert [visit.path for visit in told.visits("busy.example", 0)] == ["/rss-a"]
    assert told.visits("busy.example", 1) == [], "half an hour later a source that is new there is not asked either"
    late = told.fetches("busy-late")
    assert (late[0]["outcome"], late[0]["status"]) == ("blocked", 0)
    assert late[0]["error"] == "not asked: busy.example wants a pause until 2025-04-28 07:00 UTC"
    assert [row["outcome"] for row in late[1:3]] == ["blocked", "blocked"], "a day later its siblings want one again"
    pages = told.rows("select * from base.pages where url = 'http://busy.example/story' order by fetched_at")
    assert (pages[0]["outcome"], pages[0]["status"]) == ("blocked", 0)
    assert told.articles("friend-of-busy")[0]["title"] == "A story at the busy host", "told from the feed meanwhile"
    assert [row["outcome"] for row in pages[:4]] == ["blocked"] * 3 + ["ok"], "had, once the host lets us"
    assert {row["status"] for row in pages[:3]} == {0}


def test_03_a_pause_named_by_date_is_capped_at_a_day(told):
    (first, *_) = told.fetches("busy-date")
    assert first["retry_after"] == 86_400
    assert told.fetches("busy-date")[1]["fetched_at"] == ROUNDS[2]


def slowly(body: bytes):
    def say(handler):
        time.sleep(0.03)
        rss_says(body)(handler)

    return say


for number in range(4):
    story = f"http://crowd.example/story-{number}"
    watch(f"crowd-{number}", slowly(rss(entry(f"Crowd {number}", story))), url=f"http://crowd.example/rss-{number}")
    page(f"crowd.example/story-{number}", slowly(b"<p>A story.</p>"))


def test_04_a_host_is_asked_one_thing_at_a_time_and_nothing_twice(told):
    visits = told.visits("crowd.example", 0)
    wanted = ["/robots.txt", *(f"/{kind}-{number}" for kind in ("rss", "story") for number in range(4))]
    assert sorted(visit.path for visit in visits) == sorted(wanted)
    assert all(later.begun >= earlier.ended for earlier, later in pairwise(visits))


SAME_DAY = "Sun, 27 Apr 2025 10:00:00 GMT"
watch(
    "etag-drifts",
    rss_says(rss(entry("one", "http://etag-drifts.example/1")), ETag='"1"', Last_Modified=SAME_DAY),
    speak(status=304, ETag='"2"'),
    speak(status=304, ETag='"2"'),
    rss_says(
        rss(entry("one", "http://etag-drifts.example/1"), entry("two", "http://etag-drifts.example/2")),
        ETag='"3"', Last_Modified=SAME_DAY,
    ),
)  # fmt: skip


def test_05_both_validators_are_taken_from_every_good_answer(told):
    asked = [visit.headers for visit in told.visits("etag-drifts.example/rss")]
    assert [headers.get("If-None-Match") for headers in asked[:4]] == [None, '"1"', '"2"', '"3"']
    assert [headers.get("If-Modified-Since") for headers in asked[:4]] == [None, SAME_DAY, SAME_DAY, SAME_DAY]
    assert told.outcomes("etag-drifts")[:3] == ["ok", "unchanged", "ok"]
    assert told.titles("etag-drifts") == ["one", "two"]


LIES = [entry(f"lie {n}", f"http://liar.example/{n}", date=ROUNDS[0] + n * DAY / 2) for n in range(6)]


def says_304_for_ever(*entries: str):
    def say(handler):
        asked = handler.headers.get("If-None-Match")
        (speak(status=304) if asked else rss_says(rss(*entries), ETag='"1"'))(handler)

    return say


watch("liar", *(says_304_for_ever(*LIES[: 1 + number]) for number in range(6)))
watch("future", rss_says(three("future"), Last_Modified="Tue, 29 Apr 2036 10:00:00 GMT"))
watch("unasked-304", speak(status=304))


def test_06_a_304_for_ever_is_found_out_within_a_week_and_not_believed_again(told):
    assert told.outcomes("liar") == ["ok", "unchanged", "unchanged", "unchanged", "ok"]
    assert told.visits("liar.example/rss")[-1].headers.get("If-None-Match") is None
    assert len(told.items("liar")) == 6
    assert told.state("liar")["lied"]


def test_06_a_date_of_the_future_is_not_sent_back_and_a_304_unasked_is_an_error(told):
    assert told.state("future")["last_modified"] == ""
    assert all("If-Modified-Since" not in visit.headers for visit in told.visits("future.example/rss"))
    assert told.outcomes("unasked-304") == ["failed"] * ALL_CHECKS
    assert told.state("unasked-304")["first_good_at"] is None


OLD = [
    entry(f"old {day}", f"http://frozen.example/{day}", date=datetime(2025, 4, day, tzinfo=UTC)) for day in range(5, 11)
]
watch("frozen", *(rss(*OLD, channel=f"<!-- {number} -->") for number in range(len(ROUNDS))))


def test_07_a_frozen_feed_is_good_but_its_last_news_is_told(told):
    """That the issue calls it silent is seen where all is at once."""
    assert set(told.outcomes("frozen")) == {"ok"}
    assert told.state("frozen")["new_item_at"] == ROUNDS[0]
    assert told.state("daily-post")["new_item_at"] == ROUNDS[-1]
    assert [row["backlog"] for row in told.items("frozen")] == [True] * len(OLD)


watch("nothing", b"", b"", three("nothing"), b"")
watch("no-items", rss())


def test_08_an_empty_answer_is_a_state_of_its_own_and_takes_nothing_away(told):
    assert told.outcomes("nothing")[:4] == ["empty", "ok", "empty", "empty"]
    assert len(told.items("nothing")) == 3
    assert told.state("nothing")["good_at"] == ROUNDS[2]
    state = told.state("no-items")
    assert (state["state"], state["failures"], state["failing_since"]) == (
        "empty",
        len(told.outcomes("no-items")),
        ROUNDS[0],
    )
    assert wait(state) <= HOUR, "asked again at the usual time"


# --- 9 to 13: who is who ----------------------------------------------------------------------------------------------

PLAIN = [entry(f"plain {n}", f"http://no-guid.example/{n}", guid="") for n in range(3)]
watch(
    "no-guid", rss(*PLAIN), rss(*reversed(PLAIN)), rss(*reversed(PLAIN)), rss(*PLAIN).replace(b"</guid>", b" </guid>")
)
EMPTY_GUID = [one.replace("<link>", "<guid> </guid><link>").replace("no-guid", "empty-guid") for one in PLAIN]
watch("empty-guid", rss(*EMPTY_GUID), rss(*EMPTY_GUID, channel="<!-- again -->"))


@pytest.mark.parametrize("name", ["no-guid", "empty-guid"])
def test_09_without_a_guid_the_address_is_the_identity_run_after_run(told, name):
    assert [row["identity"] for row in told.items(name)] == [f"https://{name}.example/{n}" for n in range(3)]
    assert {row["first_seen"] for row in told.items(name)} == {ROUNDS[0]}


def same(name: str, count: int, **same: str) -> list[str]:
    return [
        entry(f"{name} {n}", **{"link": f"http://{name}.example/{n}", "text": f"Text {n}.", **same})
        for n in range(count)
    ]


watch("same-guid", rss(*same("same-guid", 4, guid="all")), rss(*same("same-guid", 1, guid="all")))
watch("same-link", rss(*same("same-link", 4, link="http://same-link.example/")))


def test_10_one_guid_for_all_gives_an_article_to_each_and_stays_so(told):
    """Also when one entry is left in a later document, which for itself looks fine."""
    assert told.titles("same-guid")[:4] == [f"same-guid {n}" for n in range(4)]
    assert [row["title"] for row in told.articles("same-guid")] == [f"same-guid {n}" for n in range(4)]


def test_10_one_link_for_all_gives_an_article_to_each(told):
    assert [row["title"] for row in told.articles("same-link")] == [f"same-link {n}" for n in range(4)]
    assert [row["text"] for row in told.articles("same-link")] == [f"Text {n}." for n in range(4)]
    assert {row["url"] for row in told.articles("same-link")} == {"https://same-link.example/"}


def renamed(number: int) -> bytes:
    return rss(
        *(entry(f"renamed {n}", f"http://new-guids.example/{n}", guid=f"{number}-{n}", text=TALKS) for n in range(2))
    )


def rehoused(folder: str) -> bytes:
    return rss(entry("Japan lends 12 billion yen", f"http://new-paths.example/{folder}/9", guid="", text=TALKS))


watch("new-guids", renamed(0), renamed(0), renamed(1))
watch("new-paths", rehoused("a"), rehoused("a"), rehoused("b"))


def test_11_new_guids_bring_no_article_again(told):
    assert len(told.items("new-guids")) == 4, "four sightings ..."
    articles = told.articles("new-guids")
    assert [(row["revision_no"], row["first_seen"]) for row in articles] == [(1, ROUNDS[0])] * 2, "... of two articles"


def test_11_a_new_path_brings_a_copy_that_is_folded(told):
    old, new = sorted(told.articles("new-paths"), key=lambda row: row["first_seen"])
    copies = {row["article_id"]: row for row in told.rows("from base.duplicates")}
    roots = {copies.get(one["article_id"], {"duplicate_of": one["article_id"]})["duplicate_of"] for one in (old, new)}
    assert len(roots) == 1, "both stand for one text"
    assert {copies[one]["kind"] for one in {old["article_id"], new["article_id"]} - roots} == {"exact"}


watch("bumped", *(rss(entry("bumped", "http://bumped.example/1", date=now)) for now in ROUNDS))


def test_12_a_bumped_date_is_no_news(told):
    assert set(told.outcomes("bumped")) == {"ok"}
    assert [row["published"] for row in told.items("bumped")] == [ROUNDS[0]]
    assert [(row["revision_no"], row["published"]) for row in told.articles("bumped")] == [(1, ROUNDS[0])]


EDITED = TALKS.replace("12 billion", "21 billion").replace("bridge", "harbour").replace("2029", "2031")
watch(
    "edited",
    *[rss(entry("Ishiba and Chinh meet in Hanoi on a harbour loan", "http://edited.example/1", guid="1", text=EDITED))]
    * 2,
    rss(
        entry(
            "Ishiba and Chinh meet in Hanoi on loan",
            "http://edited.example/1",
            guid="1",
            text=EDITED.replace("21", "22"),
        )
    ),
)


def test_13_an_edit_is_a_new_revision_in_the_same_story(told):
    first, second = told.articles("edited")
    assert [(row["revision_no"], row["is_current"]) for row in (first, second)] == [(1, False), (2, True)]
    assert first["article_id"] == second["article_id"]
    assert len(told.rows("from base.story_articles where article_id = ?", first["article_id"])) == 1


# --- 14 to 21: what feeds say -----------------------------------------------------------------------------------------

DATES = {
    "nonsense": ("once upon a time", None, "none"),
    "kanji": ("2025年4月28日 9時30分", datetime(2025, 4, 28, 2, 30, tzinfo=UTC), "assumed-zone"),
    "naive": ("2025-04-28 09:30:00", datetime(2025, 4, 28, 2, 30, tzinfo=UTC), "assumed-zone"),
    "jst": ("Mon, 28 Apr 2025 09:30:00 JST", datetime(2025, 4, 28, 0, 30, tzinfo=UTC), "explicit"),
    "gmt+7": ("Mon, 28 Apr 2025 09:30:00 GMT+7", datetime(2025, 4, 28, 2, 30, tzinfo=UTC), "explicit"),
    "day": ("28/04/2025", datetime(2025, 4, 27, 17, tzinfo=UTC), "date-only"),
    "future": ("Sat, 10 May 2025 09:30:00 +0700", None, "none"),
}
watch(
    "dates",
    rss(*(entry(name, f"http://dates.example/{n}", date=raw) for n, (name, (raw, _, _)) in enumerate(DATES.items()))),
)


def date_of(told: Told, name: str) -> tuple[object, ...]:
    (row,) = [row for row in told.items("dates") if row["title"] == name]
    assert row["published_raw"] == DATES[name][0], "the raw string is kept in any case"
    assert row["first_seen"] == ROUNDS[0]
    return row["published"], row["published_quality"]


def test_14_a_date_that_nobody_can_read_is_none(told):
    assert date_of(told, "nonsense") == (None, "none")


@pytest.mark.parametrize("name", ["kanji", "naive", "jst", "gmt+7", "day"])
def test_15_no_date_is_silently_wrong(told, name):
    assert date_of(told, name) == DATES[name][1:]


def test_16_a_date_of_the_future_is_flagged_and_not_believed(told):
    assert date_of(told, "future") == (None, "none")


JAPANESE = "①髙島㈱、ベトナム工場を開設"


def in_charset(name: str, declared: str, encoding: str, title: str = JAPANESE) -> bytes:
    text = rss(entry(title, f"http://{name}.example/1", text="日本とベトナムの首脳会談がハノイで行われた。")).decode()
    return text.replace("encoding='utf-8'", declared).encode(encoding)


watch("cp932", speak(in_charset("cp932", "encoding='Shift_JIS'", "cp932"), Content_Type="text/xml"))
watch(
    "euc", speak(in_charset("euc", "", "euc_jp", "日本企業、ベトナムに工場"), Content_Type="text/xml; charset=EUC-JP")
)
watch("undeclared", speak(in_charset("undeclared", "", "cp932"), Content_Type="text/xml"))
watch("not-utf-16", speak(in_charset("not-utf-16", "encoding='UTF-16'", "utf-8"), Content_Type="text/xml"))
watch(
    "broken-bytes",
    speak(rss(entry("Half XX", "http://broken-bytes.example/1")).replace(b"XX", b"\xe3\x81"), Content_Type="text/xml"),
)


@pytest.mark.parametrize(
    ("name", "title"),
    [("cp932", JAPANESE), ("undeclared", JAPANESE), ("not-utf-16", JAPANESE), ("euc", "日本企業、ベトナムに工場")],
)
def test_17_no_charset_makes_mojibake(told, name, title):
    assert told.titles(name) == [title]


def test_17_bytes_that_are_no_text_cost_themselves_only(told):
    (title,) = told.titles("broken-bytes")
    assert title.startswith("Half")
    assert not any("\x80" <= character <= "\xff" for character in title), "no Latin-1 made of Japanese bytes"


watch(
    "controls",
    rss(entry("Cont\x08rol\u202e &#8;and", "http://controls.example/1"), entry("next", "http://controls.example/2")),
)
watch(
    "amp",
    b"<br />\n<b>Warning</b>: in /a.php\n"
    + rss(entry("Qu&agrave; R&D", "http://amp.example/?a=1&b=2"), entry("next", "http://amp.example/2")),
)
watch(
    "escaped",
    rss(entry("Vi&amp;#7879;t Nam &amp;amp; Nh&amp;#7853;t &lt;b&gt;B&lt;/b&gt;", "http://escaped.example/1")),
)
watch("relative", speak(status=302, Location="http://relative.example/de/ep/feed"))
page("relative.example/de/ep/feed", rss(entry("relative", "../story?id=1")))
watch("based", speak(b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://based.example/base/"><title>T</title>
<entry><id>1</id><title>based</title><link href="story"/></entry></feed>"""))  # fmt: skip


def test_18_control_characters_go_and_the_item_stays(told):
    assert sorted(told.titles("controls")) == ["Control and", "next"]


def test_19_bare_ampersands_entities_and_junk_leave_titles_and_links_whole(told):
    assert {row["title"]: row["url"] for row in told.items("amp")} == {
        "Quà R&D": "http://amp.example/?a=1&b=2",
        "next": "http://amp.example/2",
    }


def test_20_what_was_escaped_twice_reads_well_and_carries_no_tag(told):
    assert told.titles("escaped") == ["Việt Nam & Nhật B"]


def test_21_relative_links_are_taken_from_the_final_address_or_its_base(told):
    assert told.items("relative")[0]["url"] == "http://relative.example/de/story?id=1"
    assert told.items("based")[0]["url"] == "http://based.example/base/story"


# --- 22 to 25: where it leads, how long and how large -----------------------------------------------------------------

for status in (301, 302, 303, 307, 308):
    watch(f"moved-{status}", speak(status=status, Location="/new"))
    page(f"moved-{status}.example/new", three(f"moved-{status}"))
watch("gone", speak(status=410), speak(status=410), speak(status=410), three("gone"))
watch("loop", speak(status=302, Location="/rss"))


def wants_a_cookie(handler):
    if "visitor=1" in handler.headers.get("Cookie", ""):
        rss_says(three("cookie"))(handler)
    else:
        speak(status=302, Location=handler.path, Set_Cookie="visitor=1; Path=/")(handler)


watch("cookie-loop", wants_a_cookie)
watch("cookie-kept", wants_a_cookie, cookies=True)


@pytest.mark.parametrize("status", [301, 308])
def test_22_a_permanent_move_is_believed_after_three_times(told, status):
    name = f"moved-{status}"
    state = told.state(name)
    assert state["moved_to"] == f"http://{name}.example/new"
    asked = [
        [visit.path for visit in told.visits(f"{name}.example", number) if visit.path != "/robots.txt"]
        for number in range(6)
    ]
    feeds = [[path for path in paths if path in {"/rss", "/new"}] for paths in asked]
    assert [paths for paths in feeds if paths] == [["/rss", "/new"]] * 3 + [["/new"]] + [["/rss", "/new"]]
    assert len(told.items(name)) == 3


@pytest.mark.parametrize("status", [302, 303, 307])
def test_22_a_passing_redirect_never_moves_an_address(told, status):
    name = f"moved-{status}"
    assert (told.state(name)["moved_to"], told.state(name)["moved_seen"]) == ("", 0)
    assert len(told.visits(f"{name}.example/rss")) == len(told.fetches(name))
    assert len(told.items(name)) == 3


def test_22_what_is_gone_is_recorded_asked_rarely_and_taken_back(told):
    assert told.outcomes("gone") == ["gone", "gone", "ok", *told.outcomes("gone")[3:]]
    (first, *_) = told.fetches("gone")
    assert first["status"] == 410
    assert len(told.items("gone")) == 3


def test_22_a_loop_stops_at_five_redirects(told):
    assert len(told.visits("loop.example/rss", 0)) == 6


def test_22_a_cookie_loop_ends_and_the_switch_opens_it(told):
    assert len(told.visits("cookie-loop.example/rss", 0)) == 6
    assert told.outcomes("cookie-kept")[0] == "ok"
    assert len(told.items("cookie-kept")) == 3
    assert "Cookie" not in told.visits("cookie-kept.example/rss", 2)[0].headers, "no cookie outlives its request"


def stall(_handler):
    time.sleep(2 * DEADLINE)


def hang_up(handler):
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True


watch("own-certificate", url="https://own-certificate.example/rss")
watch("no-tls", url="https://no-tls.example/rss")
watch("no-name", url="http://nowhere.invalid/rss")
watch("hang-up", hang_up, hang_up, three("hang-up"))
for number in range(4):
    watch(f"drip-{number}", drip, drip, three(f"drip-{number}"))
for number in range(2):
    watch(f"stall-{number}", stall, stall, three(f"stall-{number}"))


def test_23_a_bad_certificate_is_never_passed_over(told):
    assert told.outcomes("own-certificate") == ["failed"] * ALL_CHECKS
    assert told.visits("no-tls.example") == [], "nor is it asked again without TLS"


@pytest.mark.parametrize("name", ["hang-up", "drip-0", "stall-0"])
def test_23_a_slow_or_broken_server_ends_at_its_deadline_and_is_asked_again(told, name):
    first, second, *_ = told.fetches(name)
    assert first["elapsed_ms"] < (DEADLINE + 1) * 1000
    assert second["outcome"] == "ok"
    assert len(told.items(name)) == 3
    assert told.state(name)["failures"] == 0


def test_23_a_name_without_an_address_is_asked_again_too(told):
    assert told.outcomes("no-name") == ["failed"] * ALL_CHECKS
    assert "nowhere.invalid" in told.state("no-name")["error"]


PICTURE = base64.b64encode(bytes(range(256)) * 8000).decode()  # 2.7 MB in one entry
BIG = rss(
    *(
        entry(
            f"big {n}", f"http://big.example/{n}", text=f"&lt;img src='data:image/png;base64,{PICTURE}'/&gt; Text {n}."
        )
        for n in range(3)
    )
)
BOMB = packed(100)
watch("endless", endless, endless, three("endless"))
watch("gzip-bomb", speak(BOMB, Content_Encoding="gzip"), speak(status=500), three("gzip-bomb"))
LAUGHING = [entry("&k;", "http://entity-bomb.example/1"), entry("next", "http://entity-bomb.example/2")]
watch("entity-bomb", LAUGHS + b"]>" + rss(*LAUGHING, declared=False))
watch("redirect-bomb", speak(BOMB, 302, Content_Encoding="gzip", Location="/good"), three("redirect-bomb"))
page("redirect-bomb.example/good", three("redirect-bomb"))
watch("bad-encoding", speak(three("bad-encoding"), Content_Encoding="x-secret"))
watch("encoding-lie", speak(three("encoding-lie"), Content_Encoding="gzip"))
watch("big", speak(gzip.compress(BIG, 1), Content_Encoding="gzip", Content_Type="text/xml"))


def test_24_what_is_too_large_is_cut_with_its_limit_named_and_may_come_back(told):
    for name in ("endless", "gzip-bomb"):
        assert told.fetches(name)[0]["bytes"] == 0
        assert len(told.items(name)) == 3, "once it behaves"


def test_24_an_entity_bomb_is_not_expanded_and_takes_no_other_entry_with_it(told):
    assert told.outcomes("entity-bomb")[0] == "ok"
    assert "next" in told.titles("entity-bomb")
    assert all(len(title) < 100 for title in told.titles("entity-bomb"))


def test_24_a_bomb_in_a_redirect_is_not_read(told):
    assert told.outcomes("redirect-bomb")[0] == "ok"
    assert len(told.items("redirect-bomb")) == 3


def test_24_an_encoding_that_is_wrong_gives_no_items(told):
    assert told.items("bad-encoding") == told.items("encoding-lie") == []


def test_24_an_honest_big_feed_passes(told):
    assert told.fetches("big")[0]["bytes"] > 8_000_000
    assert told.titles("big") == ["big 0", "big 1", "big 2"]
    assert [row["summary"] for row in told.items("big")] == ["Text 0.", "Text 1.", "Text 2."]


watch("inside-address", url="http://127.0.0.1/rss")
watch("inside-metadata", url="http://[64:ff9b::a9fe:a9fe]/latest/meta-data/")
watch("inside-redirect", speak(status=302, Location="//10.0.0.1/"), speak(status=301, Location="http://[fec0::1]/"))
watch("inside-name", url="http://localhost/rss")


@pytest.mark.parametrize("name", ["inside-address", "inside-metadata", "inside-redirect", "inside-name"])
def test_25_what_lies_inside_is_refused_at_dial_time(told, name):
    assert told.outcomes(name) == ["refused"] * ALL_CHECKS
    assert {row["status"] for row in told.fetches(name)} == {0}
    assert told.state(name)["moved_to"] == ""


def test_25_no_source_is_ever_given_up(told):
    for row in told.rows("from base.source_state where failures > 0"):
        assert len(told.fetches(row["source_id"])) >= ALL_CHECKS - 1, row
        assert timedelta(minutes=15) <= wait(row) <= DAY, row


# --- extras -----------------------------------------------------------------------------------------------------------

watch("untyped", speak(three("untyped")))
watch("as-html", speak(three("as-html"), Content_Type="text/html; charset=utf-8"))
watch("as-bytes", speak(three("as-bytes"), Content_Type="application/octet-stream"))
watch(
    "json",
    speak(json_feed({"id": "1", "url": "http://json.example/1", "title": "A JSON entry"}), Content_Type="text/plain"),
)


@pytest.mark.parametrize("name", ["untyped", "as-html", "as-bytes"])
def test_extra_a_feed_is_known_by_its_content_whatever_it_is_called(told, name):
    assert len(told.items(name)) == 3
    assert told.titles("json") == ["A JSON entry"]


watch("error-page", speak(three("error-page"), 500, Content_Type="application/rss+xml", ETag='"error"'))


def test_extra_an_error_is_an_error_even_if_its_page_is_a_feed(told):
    assert told.outcomes("error-page") == ["failed"] * ALL_CHECKS
    assert told.items("error-page") == []
    assert told.state("error-page")["etag"] == ""


SHARED = "http://shared.example/story/1234"
watch("feed-home", rss(entry("Shared story", SHARED, guid="a", text=TALKS)))
watch("feed-world", rss(entry("Shared story", f"{SHARED}?utm_source=rss", guid="b", text=TALKS)))


def test_extra_one_article_in_many_feeds_is_one_article(told):
    sightings = told.items("feed-home") + told.items("feed-world")
    assert len(sightings) == 2
    (article,) = {row["article_id"] for row in sightings}
    assert len(told.rows("from base.articles where article_id = ?", article)) == 1


watch("same-bytes", three("same-bytes"))


def test_extra_the_same_bytes_again_are_neither_read_nor_kept_until_the_week_is_over(told):
    assert told.outcomes("same-bytes") == ["ok", "unchanged", "unchanged", "unchanged", "ok"]
    assert [row["warc_offset"] >= 0 for row in told.fetches("same-bytes")] == [True, False, False, False, True]


def news(name: str, channel: str = "", **headers: str):
    """Give feeds that each bring one entry more, so that nobody lets them alone for their silence."""
    entries = [entry(f"{name} {n}", f"http://{name}.example/{n}", date=now) for n, now in enumerate(ROUNDS)]
    return [rss_says(rss(*entries[: n + 1], channel=channel), **headers) for n in range(len(ROUNDS))]


watch("hourly", *news("hourly"))
watch("slow-ttl", *news("slow-ttl", "<ttl>600</ttl>"))
watch("slow-sy", *news("slow-sy", "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>"))
watch("slow-cache", *news("slow-cache", Cache_Control="max-age=18000"))
watch("slow-expires", *news("slow-expires", Expires=f"{ROUNDS[-1] + 8 * HOUR:%a, %d %b %Y %H:%M:%S} GMT"))


@pytest.mark.parametrize(
    ("name", "hours"), [("hourly", 1), ("slow-ttl", 10), ("slow-sy", 6), ("slow-cache", 5), ("slow-expires", 8)]
)
def test_extra_a_wish_to_be_asked_less_is_granted(told, name, hours):
    assert wait(told.state(name)) == hours * HOUR - timedelta(minutes=5)
    assert len(told.items(name)) == len(ROUNDS)


def test_extra_a_silent_source_is_asked_less_by_itself(told):
    assert 10 * HOUR < wait(told.state("morning-post")) < 12 * HOUR
