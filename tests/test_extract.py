"""tasks/extract finds the article on a page: recorded pages, lines one by one, walls, and arbitrary bytes."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.extract import extract
from tasks.extract.residue import ended, is_dateline, is_noise, tidy
from tests.bench.extraction import evaluation, fundus, ours, plain, score
from warehouse.records import Extract

PAGES = Path(__file__).parent / "recorded" / "pages"
HANOI = "Asia/Ho_Chi_Minh"
PARAGRAPH = "The harbour master said on Monday that the second quay would open before the rains, a year late. "


def recorded(name: str, url: str = "https://bao.example/x") -> Extract:
    return extract((PAGES / name).read_bytes(), url, "", HANOI)


def page(
    body: str, head: str = "<title>A quay opens</title>", url: str = "https://a.example/news/1", **more
) -> Extract:
    return extract(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), url, **more)


def article(*extra: str) -> str:
    told = "".join(f"<p>Part {n}. {PARAGRAPH}He had told part {n} of it before.</p>" for n in range(4))
    return f"<h1>A quay opens</h1>{''.join(extra)}{told}"


# --- recorded pages ---------------------------------------------------------------------------------------------------


def test_a_vietnamese_page_gives_lead_body_and_author_without_caption_or_related_news():
    found = recorded("vi-sapo-caption-related.html", "https://bao.example/cau-can-123.html?utm_source=x")
    lines = found.text.split("\n")
    assert found.title == "Cầu cạn nối hai bờ sông Cái được thông xe"
    assert lines[0].startswith("Cây cầu dài 1,2 km")
    assert lines[-1].endswith("chuyến phà cuối ngày.")
    assert len(lines) == 5
    assert (found.author, found.outlet, found.language) == ("Trần Hải Yến", "Báo Mẫu", "vi")
    assert (found.published, found.published_quality) == (datetime(2025, 4, 28, 2, 15, tzinfo=UTC), "explicit")
    assert found.canonical_url == "https://bao.example/cau-can-123.html"
    assert (found.quality, found.reason) == ("full", "")


def test_a_page_in_shift_jis_is_read_without_furigana_and_its_cut_end_is_told():
    found = recorded("ja-shift-jis-ruby-paywall.html")
    assert found.title == "㈱髙山製作所、ハノイに新工場"
    assert found.text.startswith("部品大手の髙山製作所は")
    assert "たかやま" not in found.text
    assert "残り" not in found.text
    assert (found.author, found.language) == ("佐藤一郎", "ja")
    assert (found.quality, found.reason) == ("short", "paywall")


def test_a_page_in_windows_1258_gives_composed_vietnamese():
    found = recorded("windows-1258.html")
    assert "Năng suất bình quân đạt bảy tấn" in found.text
    assert found.quality == "full"


def test_a_page_drawn_by_scripts_gives_the_body_that_it_carries():
    found = recorded("drawn-by-script.html")
    assert found.text.startswith("하노이 서쪽 신도시에")
    assert found.text.count("\n") == 2
    assert (found.title, found.outlet, found.quality) == ("하노이에 도서관 문 열어", "견본일보", "full")


def test_cards_under_an_article_stay_out_and_an_undated_page_gets_no_date():
    found = recorded("cards-and-undated.html")
    assert found.text.count("\n") == 3
    assert "Barges" not in found.text
    assert (found.published, found.published_quality) == (None, "none")


@pytest.mark.parametrize(
    ("name", "reason"),
    [("soft-404.html", "not found"), ("consent-wall.html", "consent"), ("bot-wall.html", "challenge")],
)
def test_a_page_that_is_a_wall_gives_no_text_and_says_which(name, reason):
    found = recorded(name)
    assert (found.quality, found.reason, found.text) == ("none", reason, "")


@pytest.mark.parametrize("name", ["vi-sapo-caption-related.html", "windows-1258.html"])
def test_gzip_is_read_as_is(name):
    body = (PAGES / name).read_bytes()
    assert extract(gzip.compress(body), "https://a.example/1") == extract(body, "https://a.example/1")


# --- the body ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "quality", "reason"),
    [
        ("", "none", "no text"),
        (f"<h1>A quay opens</h1><p>{PARAGRAPH}</p>", "short", "too short"),
        (article(), "full", ""),
        (f"<h1>港が開く</h1><p>{'港の責任者は月曜日に新しい岸壁を開くと述べた。' * 4}</p>", "full", ""),
        (f"<h1>港が開く</h1><p>{'港の責任者は月曜日に述べた。' * 2}</p>", "short", "too short"),
        (article("<p>Subscribe now to continue reading this article.</p>"), "short", "paywall"),
    ],
)
def test_a_text_is_as_long_as_its_script_needs(body, quality, reason):
    found = page(body)
    assert (found.quality, found.reason) == (quality, reason)


def test_a_page_that_is_cut_off_above_its_article_gives_no_text():
    """Its menu may be long enough for a text; a poem without a full stop but the last is one, and stays."""
    places, fields = ("日本", "ベトナム", "東南アジア", "東京"), ("政治", "国際", "経済", "社会", "文化", "科学")
    menu = [f"<p>{field} {place}</p>" for field in fields for place in places]
    cut = page(f"<h1>港が開く</h1>{''.join(menu)}")
    assert (cut.text, cut.quality, cut.reason) == ("", "none", "no text")
    verses = [f"The {word} was quiet by the quay" for word in ("river", "harbour", "evening", "boat", "rain", "city")]
    poem = page(f"<h1>Song of the quay</h1>{''.join(f'<p>{verse}</p>' for verse in [*verses, *verses[:3]])}<p>End.</p>")
    assert poem.text.startswith("The river")


def test_a_container_that_was_never_closed_is_no_box():
    """A newsletter's <div> that swallows the article must not take it along (thenation.com, 2024)."""
    found = page(f"<h1>A quay opens</h1><p>{PARAGRAPH}</p><div class='cta'><p>Sign up</p>" + f"<p>{PARAGRAPH}</p>" * 9)
    assert found.text.count("harbour master") >= 9


def test_a_fact_box_beside_the_article_stays_out():
    box = (
        "<div class='fact-box'><h3>Facts</h3><p>Cranes were invented by the Greeks, as far as anybody knows.</p></div>"
    )
    assert "Greeks" not in page(article(box)).text


def test_a_lead_is_put_back_only_where_the_page_calls_it_so():
    described = (
        "<title>A quay opens</title><meta name='description' content='The second quay opens a year after the first.'>"
    )
    lead = "<p class='lead'>The second quay opens a year after the first.</p>"
    notice = "<p class='lead'>This site is paid for by advertisements that know you.</p>"
    assert page(f"<div>{lead}</div><main>{article()}</main>", described).text.startswith("The second quay opens")
    assert "advertisements" not in page(f"<div>{notice}</div><main>{article()}</main>", described).text


def test_the_headline_is_not_part_of_the_text():
    assert not page(article()).text.startswith("A quay opens")


def test_paragraphs_are_separated_by_one_newline_and_clean():
    text = page(article("<p>Vie\u0302\u0323t\u00a0Nam \u202eand\u202c Japan &amp; others agreed on a quay.</p>")).text
    assert "\n\n" not in text
    assert "Việt Nam and Japan & others agreed" in text


# --- title, names, date, address --------------------------------------------------------------------------------------

WRITTEN, INSTANT = "2025-04-28T09:15:00+07:00", "2025-04-28T02:15"
LD = '<script type="application/ld+json">%s</script>'


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>A quay opens - The Port</title>", "<h1>A quay opens</h1>", "A quay opens"),
        ("<title>A quay opens | The Port</title><meta property='og:site_name' content='The Port'>", "", "A quay opens"),
        ("<title>岸壁開く：港新聞</title><meta property='og:site_name' content='港新聞'>", "", "岸壁開く"),
        ("<meta property='og:title' content='R&amp;amp;D quay'>", "<h1>The Port</h1>", "R&D quay"),
        ("<title>The Port</title>", "<h1>The Port</h1><h1>A quay opens</h1>", "The Port"),
        ("", "<h1>A quay opens</h1>", "A quay opens"),
        ("", "<h1>One</h1><h1>Two</h1>", ""),
        ("<title>Ten - a list - The Port</title><meta property='og:site_name' content='The Port'>", "", "Ten - a list"),
    ],
)  # fmt: skip
def test_the_title_is_the_headline_without_the_sites_name(head, body, title):
    assert page(f"{body}<p>{PARAGRAPH}</p>", head).title == title


@pytest.mark.parametrize(
    ("head", "body", "instant", "quality"),
    [
        (f"<meta property='article:published_time' content='{WRITTEN}'>", "", INSTANT, "explicit"),
        (
            LD % f'{{"@graph":[{{"@type":"Page"}},{{"@type":["NewsArticle"],"datePublished":"{WRITTEN}"}}]}}',
            "",
            INSTANT,
            "explicit",
        ),
        (LD % f'{{"@type":"NewsArticle","datePublished":"{WRITTEN}",}}', "", INSTANT, "explicit"),
        ("<meta name='pubdate' content='2025-04-28'>", "<b>28/04/2025 09:15</b>", INSTANT, "assumed-zone"),
        ("<meta name='pubdate' content='2025-04-28'>", "<b>01/02/2024 09:15</b>", "2025-04-27T17:00", "date-only"),
        ("", "<time datetime='2025-04-28T02:15:00Z'>hôm nay</time>", INSTANT, "explicit"),
        ("", "<div>Thứ Hai, 28/04/2025 09:15 (GMT+7)</div>", INSTANT, "explicit"),
        ("", "<p>Cập nhật: 29/04/2025 10:00</p><p>28/04/2025 09:15</p>", INSTANT, "assumed-zone"),
        ("", "<p>更新 <time datetime='2025-04-29T10:00:00+07:00'>29日</time></p>", None, "none"),
        ("", "<aside>28/04/2025 09:15</aside>", None, "none"),
        ("", "<p>Hội nghị ngày 28/04/2025 lúc 09:15 có nhiều người tham dự.</p>", None, "none"),
    ],
)
def test_the_date_is_that_of_publication_and_never_a_guess(head, body, instant, quality):
    found = page(
        f"<header>Thứ Tư, 30/04/2025</header>{article(body)}", f"<title>A quay opens</title>{head}", zone=HANOI
    )
    expected = datetime.fromisoformat(instant).replace(tzinfo=UTC) if instant else None
    assert (found.published, found.published_quality) == (expected, quality)


def test_an_address_with_a_day_dates_a_page_that_says_nothing():
    assert page(article(), url="https://a.example/2025/04/28/quay").published == datetime(2025, 4, 28, tzinfo=UTC)


@pytest.mark.parametrize(
    ("link", "trusted"),
    [
        ("https://a.example/news/1-quay", "https://a.example/news/1-quay"),
        ("/news/1-quay", "https://a.example/news/1-quay"),
        ("https://www.a.example/news/1-quay", "https://www.a.example/news/1-quay"),
        ("https://a.example/", ""),
        ("https://b.example/news/1-quay", ""),
        ("javascript:void(0)", ""),
        ("http://[::1", ""),
    ],
)
def test_a_canonical_address_is_trusted_within_its_site_and_not_if_it_is_the_home_page(link, trusted):
    assert page(article(), f"<link rel='canonical' href='{link}'>").canonical_url == trusted


def test_names_come_from_json_ld_meta_tags_or_the_byline():
    json_ld = '<script type="application/ld+json">{"@type":"Article","author":[{"name":"A. B."},"C. D."]}</script>'
    assert page(article(), json_ld).author == "A. B., C. D."
    assert page(article(), "<meta name='author' content='E. F.'>").author == "E. F."
    assert page(article("<a rel='author'>G. H.</a>")).author == "G. H."
    assert page(article(f"<p>{PARAGRAPH}</p>") + "<p>It rained. — VNS</p>").author == "VNS"


# --- lines ------------------------------------------------------------------------------------------------------------

RESIDUE = [
    *("Kilde", "Kommentar (0)", "Annonse", "Les også: Ny kai åpner", "News", "Home / News", "Trang chủ > Thời sự"),
    *("Read more: The other quay", "Advertisement", "Comments (3)", "Your email address will not be published."),
    *(
        "Your email address will not be published. Required fields are marked *",
        "© 2025 The Port. All rights reserved.",
    ),
    *("Chia sẻ", "Bình luận (0)", "Xem thêm: Bến phà ngừng chạy", "Tags: cảng, tàu", "Từ khóa: cảng"),
    *("Mời quý độc giả theo dõi chương trình trên kênh của báo", "Trở thành người đầu tiên bình luận cho bài viết này"),
    *(
        "シェア",
        "ツイート",
        "印刷",
        "続きを読む",
        "関連記事：岸壁が開く",
        "残り：612文字／全文：815文字",
        "おすすめ情報",
    ),
    *("朝のニュースをメールでお届けします。いつでも解除できます。", "無断転載・複製を禁じます", "ログインして読む"),
    *("기사 URL이 복사되었습니다.", "<Copyright ⓒ 견본일보. 무단 전재 및 재배포 금지>", "홍길동 기자", "공유하기"),
    *(
        "分享让更多人看到",
        "（责编：王某、李某）",
        "延伸閱讀：港口",
        "Passer la publicité",
        "À lire aussi Le quai ouvre",
    ),
    *(
        "- Advertisement -",
        "Story continues below",
        "Do you have a story to tell? Email the.port@a.example",
        "■関連キーワード",
    ),
    *("Sign up for our newsletter and never miss a quay", "Der Newsletter informiert Sie über alle Kais"),
    *("vna-potal-quay-opens-7999359.jpg", "___", "*****", "◇"),
    *("Cranes on the second quay on Monday (Photo: VNA)", "The quay. (Photo by A. B./The Port)", "Photo: The Port"),
    *(
        "Cần cẩu trên bến mới. Ảnh: TTXVN",
        "Ảnh: Văn Tân",
        "新しい岸壁＝２８日、ハイフォン（佐藤一郎撮影）",
        "岸壁（写真＝共同）",
    ),
    *("부두가 28일 문을 열었다. 연합뉴스", "사진=견본일보"),
]
NO_RESIDUE = [
    "The newsletter of 1921 called the quay a folly, and its readers agreed with every word of it.",
    "The story continues to divide the town.",
    "News of the quay reached the town on Monday.",
    "Read more slowly, the teacher said.",
    "He photographed the quay and showed the photo: it was blurred, and nobody saw the crane that stood behind it.",
    "Ông chia sẻ rằng bến mới giúp tàu vào cảng nhanh hơn.",
    "Theo dõi sát tình hình, cảng đã cho tàu neo ngoài khơi.",
    "Ảnh hưởng của bão khiến bến đóng cửa hai ngày.",
    "記事を書いた記者は、岸壁で写真を撮影していた人たちに話を聞いた。",
    "会談の様子は同日夜、写真とともに公開された。",
    "홍길동 기자는 부두에서 크레인을 보았다고 말했다.",
    "分享经验是这次会议的目的。",
    "TALKS IN HAIPHONG",
    "Kilden til elven ligger i fjellet.",
    "“Share this load,” the captain said.",
]


@pytest.mark.parametrize("line", RESIDUE)
def test_a_line_of_residue_goes(line):
    assert is_noise(line)


@pytest.mark.parametrize("line", NO_RESIDUE)
def test_a_line_of_text_stays(line):
    assert not is_noise(line)
    assert ended(line) == line


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("They agreed on peace./.", "They agreed on peace."),
        ("They agreed on peace. /.", "They agreed on peace."),
        ("They agreed on peace. Copy.", "They agreed on peace."),
        ("They agreed on peace. .", "They agreed on peace."),
        ("They asked and/or agreed.", "They asked and/or agreed."),
    ],
)
def test_an_ending_without_meaning_goes(line, kept):
    assert ended(line) == kept


DATELINES = [
    *("28/04/2025 09:15", "2025年4月28日 9時15分 (4月28日 9時40分更新)", "Updated: 28 April 2025, 09:15"),
    *("date 2025-04-28 HAIPHONG, April 28 -", "HÀ NỘI, VIỆT NAM, April 28, 2025 -"),
]


@pytest.mark.parametrize("line", DATELINES)
def test_a_dateline_alone_is_told_from_text(line):
    assert is_dateline(line)
    assert not is_dateline("HÀ NỘI — The quay opened on April 28, 2025, a year late.")
    assert not is_dateline("Haiphong (VNA) – The quay opened.")


@pytest.mark.parametrize(
    ("end", "credit"), [(" — VNS", "VNS"), (" - VNA", "VNA"), (" – AFP", "AFP"), (" -- Bernama", "Bernama")]
)
def test_the_agency_that_signs_the_end_is_taken_off_and_named(end, credit):
    text = PARAGRAPH.strip()
    assert tidy(f"{text}\n{text}{end}") == (f"{text}\n{text}", credit)


def test_a_list_of_other_articles_is_cut_off_but_not_half_the_article():
    text = "\n".join([PARAGRAPH.strip()] * 6)
    assert tidy(f"{text}\nOther news\nBarges leave\nRain comes")[0] == text
    assert tidy(f"One line.\nOther news\n{text}")[0].endswith(text)


def test_what_stands_above_the_headline_goes_with_it():
    text = PARAGRAPH.strip()
    assert tidy(f"Uno\nNews\nHome / News\nA quay opens\n{text}", ("A Quay Opens",))[0] == text
    assert tidy(f"Uno\nHome / News\n{text}")[0] == text


def test_a_summary_made_beside_the_article_goes_with_its_points():
    text = PARAGRAPH.strip()
    assert tidy(f"Kort fortalt\n- Kaien åpner.\n- Det regnet.\n{text}")[0] == text


def test_a_vietnamese_caption_in_an_english_text_goes_and_a_name_stays():
    text = "\n".join([PARAGRAPH.strip()] * 4)
    assert (
        tidy(f"{text}\nToàn cảnh lễ khánh thành bến cảng.\nVõ Văn An spoke first.")[0]
        == f"{text}\nVõ Văn An spoke first."
    )


def test_tidying_twice_changes_nothing_more():
    lines = [*RESIDUE, *NO_RESIDUE, PARAGRAPH * 8]
    once = tidy("\n".join(lines))[0]
    assert tidy(once)[0] == once


# the five texts of the baseline: which of their lines go (by number), which words stay
BASELINE = {
    "000-vietnam-vn-nb.txt": ({15, 16}, "generalsekretær Vietnam Østsjøspørsmålet"),
    "001-sggp-en.txt": ({1, 7, 8, 48}, "Ishiba reception Emperor semiconductors"),
    "002-vns-en.txt": ({1}, "Fukuoka APEC President hallmark realms"),
    "003-vietnamplus-en.txt": ({1, 3}, "Wakayama Motegi Secretariat Embassy"),
    "004-reprint-vneconomy-en.txt": ({1, 3, 5, 7, 11, 29, 43, 47, 57, 59}, "JETRO Yamada VNEconomy localities"),
}
TITLES = ("Party chief receives Japanese PM in Hanoi", "Vietnamese Party delegation pays working visit to Japan",
          "Vietnam - Japan cooperation is in the best stage of development")  # fmt: skip


RESIDUE_WORDS = {
    "Kilde": 1, "Kommentar (0)": 1, "Other news": 1, "(Photo: VNA)": 2, ".jpg": 1, "— VNS": 1, "./.": 1, "Uno": 1,
    "Leave a Reply": 1, "Your email address": 1, "Required fields": 1, "Home / News": 1, " Copy.": 1, "December 1 -": 1,
    "date 2023-12-01": 1, "Chương trình": 1, "Hội nghị": 1, "phát biểu": 1, "Toàn cảnh": 1, "cooperation. .": 1,
}  # fmt: skip


@pytest.mark.parametrize(("words", "files"), RESIDUE_WORDS.items())
def test_each_residue_of_the_baseline_is_gone_from_all_five_texts(shared, words, files):
    texts = [(shared / "baseline" / name).read_text("utf-8") for name in BASELINE]
    assert sum(words in text for text in texts) == files
    assert not any(words in tidy(text, TITLES)[0] for text in texts)


@pytest.mark.parametrize("name", BASELINE)
def test_the_baselines_residue_goes_and_its_words_stay(shared, name):
    gone, words = BASELINE[name]
    lines = (shared / "baseline" / name).read_text("utf-8").split("\n")
    kept = tidy("\n".join(lines), TITLES)[0]
    held = set(kept.split("\n"))
    starts = {line[:110] for line in held}
    for number, line in enumerate(lines, start=1):
        if line.strip():
            assert (line.strip()[:110] not in starts) == (number in gone), number
    assert all(word in kept for word in words.split())
    assert not any(line.endswith(end) for line in held for end in ("./.", "— VNS", " Copy.", ". ."))


# --- quality and robustness -------------------------------------------------------------------------------------------


def test_real_pages_are_read_at_least_as_well_as_by_the_library_alone(shared):
    """F1 on two public sets of pages; the floors lie a point under what tests/bench/extraction.py measured."""
    news, english = (
        [*fundus(shared / "data" / "pages-fundus")],
        [*evaluation(shared / "data" / "pages-fundus-evaluation")],
    )
    asian = [page for page in news if page.group in {"vn", "jp", "no"}]
    for pages, floor in ((news, 0.971), (asian, 0.966), (english[::2], 0.96)):
        found = score(pages, ours)[0].f1
        assert found >= floor
        assert found > score(pages, plain)[0].f1


TAGS = [
    *(
        "<html>",
        "<head>",
        "<title>T</title>",
        "<body>",
        "<p>",
        "</p>",
        PARAGRAPH * 2,
        "<div class='sapo'>",
        "<h1>T</h1>",
    ),
    *(
        "<a href='x'><p>",
        "</a>",
        "<ruby>a<rt>b</rt></ruby>",
        "<script type='application/ld+json'>",
        "</script>",
        "<!--",
    ),
    *('{"@type":"NewsArticle","headline":["x"],"author":[1,{"name":{}}],"datePublished":5}', "-->", "\\", '"', "</p>"),
    *("<link rel=canonical href='http://[::1'>", "<time datetime='2025-04-28'>", "&#0;", "&#xD800;", "<svg>", "<o:p>"),
]
PIECES = st.sampled_from([tag.encode() for tag in TAGS]) | st.binary(max_size=6)


@given(st.lists(PIECES, max_size=25).map(b"".join))
def test_no_bytes_make_it_raise(body):
    found = extract(body, "https://a.example/1", "text/html", "Asia/Tokyo")
    assert bool(found.text) == (found.quality != "none")
    assert bool(found.reason) == (found.quality != "full")


@pytest.mark.parametrize("unit", ["<div>", "<a href=x><p>t", '"\\', '"</p>', '\\"u003cp', "<", "<h1>", "<p class='"])
def test_hostile_repetition_costs_seconds_at_most(unit):
    assert extract(b"<html><body><script>" + unit.encode() * 40_000, "https://a.example/1").quality != "full"
