"""The screen: no page is stopped that the full way would find both countries in, and most others are."""

import gzip
import json
import random
from functools import cache
from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.solve import lexicon
from tasks.extract import extract
from tasks.screen import readable, screen
from tasks.tag import tag
from tests.samples import article
from warehouse.seeds import tables

OURS = Path(__file__).parent / "gold" / "articles.jsonl"
FILLER = ". The council met again and spoke about roads, schools and water. " * 60


@cache
def names():
    from tasks.lexicon.sides import sides

    return sides(tables())


def page(title, text, head=""):
    body = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))
    return f"<html><head><title>{escape(title)}</title>{head}</head><body><article>{body}</article></body></html>"


def passes(html, beside="", encoding="utf-8"):
    return screen(html.encode(encoding), beside, names())


def cases(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def lost(rows):
    """Give what names both countries by the rules of relevance, and does not pass, as a page of its own."""
    found = []
    for row in rows:
        judged = tag(article(title=row["title"], text=row["text"], language=row["language"]), lexicon())
        if judged.relevance != "none" and not passes(page(row["title"], row["text"])):
            found.append(row["id"])
    return found


def test_no_labelled_article_of_ours_that_names_both_is_stopped():
    rows = cases(OURS)
    assert len(rows) > 400
    assert lost(rows[::3]) == []


@pytest.mark.long
def test_no_labelled_article_at_all_that_names_both_is_stopped(shared):
    rows = cases(OURS) + [
        row for path in sorted((shared / "gold").glob("*.jsonl")) for row in cases(path) if "text" in row
    ]
    assert len(rows) > 600
    assert lost(rows) == []


@pytest.mark.long
def test_of_the_real_pages_those_that_name_both_pass_and_few_others(shared):
    pages = [path.read_bytes() for path in sorted((shared / "data").rglob("*")) if path.suffix in {".html", ".gz"}]
    passed = 0
    for body in pages:
        got = extract(body, "https://press.example/1")
        judged = tag(article(title=got.title, text=got.text, language=got.language), lexicon())
        may = screen(body, "", names())
        assert may or judged.relevance == "none"
        passed += may
    assert len(pages) > 100
    assert passed < len(pages) / 5, "or the screen spares nobody anything"


@pytest.mark.parametrize(
    "text",
    [
        "Japan lends Vietnam 12 billion yen.",
        "Thủ tướng Nhật Bản thăm Việt Nam.",
        "石破首相がハノイを訪問した。",
        "日本首相访问越南。",
        "일본 총리가 베트남을 방문했다.",
        "Le Japon prête au Vietnam.",
        "Japans Regierung und Vietnams Premier",
        "Ishiba Shigeru met Pham Minh Chinh.",
        "ODA Nhật cho Cần Thơ",
        "The Japanese-Vietnamese friendship year",
    ],
)
def test_both_are_found_in_nine_languages_by_country_person_place_or_pair(text):
    assert passes(page("", text + FILLER))


@pytest.mark.parametrize(
    "text", ["Japan lends Laos money.", "Việt Nam và Hàn Quốc", "日曜日の越境", "Hôm nay chủ nhật, Hà Nội có mưa"]
)
def test_one_country_alone_does_not_pass(text):
    assert not passes(page("", text + FILLER))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("石破首相がベトナムを訪問した。", one) for one in ("cp932", "euc_jp", "iso2022_jp", "utf-16")]
    + [("日本首相访问越南", "gb18030"), ("일본과 베트남", "cp949")],
)
def test_whatever_the_encoding(text, encoding):
    head = f"<meta charset='{encoding}'>"
    assert passes(page("", text * 20, head), encoding=encoding)


@pytest.mark.parametrize(
    "html",
    [
        "<p>Vi&#7879;t Nam v&agrave; Nh&#x1EAD;t B&#x1EA3;n</p>",
        "<p>Viet<b>nam</b> and <i>J</i>apan</p>",
        "<p>Việt&nbsp;Nam và Nhật\n   Bản</p>",
        "<p>Viet&shy;nam, Ja\u200bpan</p>",
        "<p>Vie\u0323\u0302t Nam va\u0300 Nha\u0323\u0302t Ba\u0309n</p>",
        '<meta property="og:title" content="Japan and Vietnam">',
        "<meta name=description content='Vietnam, Japan'>",
        '<script type="application/ld+json">{"articleBody": "\\u65e5\\u672c\\u3068\\u8d8a\\u5357"}</script>',
        '<script type="application/ld+json">{"articleBody": "Vi&#7879;t Nam, Nh&#x1EAD;t B&#x1EA3;n"}</script>',
        '<script>self.data = ["\\u003cp\\u003eJapan\\u003c/p\\u003e<p>Vietnam"]</script>',
        "<SCRIPT>x</SCRIPT><P>JAPAN</P><P>VIETNAM</P>",
        "<p>Japan<br>Vietnam",
        "<!-- <p> --><p>Japan, Vietnam</p><!--",
    ],
)
def test_however_a_page_writes_it(html):
    assert passes(f"<html><body>{html}</body></html>")


def test_what_is_not_shown_and_carries_no_text_does_not_count():
    hidden = "<style>.japan.vietnam{}</style><script>var menu = 'Japan, Vietnam'</script><!-- Japan Vietnam -->"
    assert not passes(page("Roads", FILLER, hidden))


def test_a_page_that_shows_its_article_is_not_searched_for_the_bodies_of_others():
    other = '<script type="application/json">{"more": "<p>Japan</p><p>Vietnam</p>"}</script>'
    assert not passes(page("Roads", FILLER, other))
    assert passes(page("Roads", "", other))


def test_a_bare_name_counts_beside_an_office_only():
    assert passes(page("", "President Lâm went to Japan" + FILLER))
    assert not passes(page("", "Lâm went to Japan" + FILLER))


def test_what_its_feed_says_counts_too():
    assert passes(page("Roads", FILLER), beside="Japan and Vietnam sign")
    assert passes(page("Roads in Japan", FILLER), beside="Minister leaves for Hanoi")
    assert not passes(page("Roads", FILLER), beside="Roads in Japan")


def test_a_page_of_open_tags_is_left_to_extraction():
    assert passes("<b>" * 20_000 + "Roads")
    assert not passes("<b>" * 10_000 + "Roads")


def test_gzip_is_unpacked():
    assert screen(gzip.compress(page("", "Japan, Vietnam").encode()), "", names())


@given(st.binary(max_size=400))
def test_no_bytes_raise(body):
    assert screen(body, "", names()) in {True, False}


def test_no_page_takes_long():
    """Unclosed scripts, a million tags, a tag without an end: linear, whatever the page."""
    import time

    for body in (
        "<script>" * 60_000,
        "<a><b>" * 100_000,
        "<" * 400_000,
        "<!--" * 100_000,
        "x<b>" * 100_000,
        "<meta " * 60_000,
    ):
        start = time.process_time()
        passes(body)
        assert time.process_time() - start < 5


def test_words_are_found_wherever_markup_cuts_a_text():
    """Inline tags and entities at random places of a text change nothing."""
    chance = random.Random(7)
    text = "Thủ tướng Nhật Bản thăm Việt Nam"
    for _ in range(50):
        cut = "".join(
            f"<b>{one}</b>"
            if chance.random() < 0.2 and one != " "
            else f"&#{ord(one)};"
            if chance.random() < 0.3
            else one
            for one in text
        )
        assert text in readable(f"<p>{cut}</p>".encode())
        assert passes(f"<p>{cut}</p>")
