"""A revision: the best text that was ever had, the first date that was ever given, and what a change corrects."""

from datetime import timedelta

import pytest

from tasks.language import language
from tasks.lexicon import build
from tasks.revise import Seen, correction, revise
from tasks.urls import canonical
from tests.samples import NOW, article, extract, item, source
from warehouse.seeds import tables

LEXICON = build(tables())


def seen(**given):
    return Seen(**({"source": source(), "items": [item()], "final_url": "", "extract": None, "before": None} | given))


def test_a_page_is_taken_before_the_feed_and_keeps_the_feeds_title():
    made = revise(seen(extract=extract(title="A bridge opens | Courier"), final_url="http://courier.example/one"), NOW)
    assert (made.text_kind, made.title) == ("full", "A bridge opens in Hanoi")
    assert made.url == "http://courier.example/one"
    assert made.revision_no == 1


def test_the_address_that_the_page_gives_itself_is_taken_first():
    own = "http://courier.example/one"
    made = revise(seen(extract=extract(canonical_url=own), final_url=f"{own}?utm_source=rss"), NOW)
    assert made.url == own


def test_without_a_page_the_summary_stands():
    made = revise(seen(), NOW)
    assert (made.text_kind, made.text) == ("summary", "Japan lent the money.")


def test_a_full_text_feed_stands_for_a_page_that_is_behind_a_wall():
    made = revise(seen(items=[item(content="word " * 80)], extract=extract(quality="short", text="Subscribe.")), NOW)
    assert made.text_kind == "feed"


def test_a_title_that_the_feed_cut_is_taken_from_the_page():
    made = revise(seen(items=[item(title="A bridge opens in...")], extract=extract()), NOW)
    assert made.title == "A bridge opens in Hanoi"


def test_the_same_text_again_is_no_revision():
    first = revise(seen(extract=extract()), NOW)
    assert revise(seen(extract=extract(), before=first), NOW + timedelta(days=1)) is None


def test_a_lesser_text_never_replaces_a_better_one():
    first = revise(seen(extract=extract()), NOW)
    assert revise(seen(before=first), NOW + timedelta(days=1)) is None


def test_a_bumped_date_changes_nothing():
    first = revise(seen(extract=extract()), NOW)
    bumped = item(item_id="i2", published=NOW + timedelta(days=1), first_seen=NOW + timedelta(days=1))
    assert revise(seen(items=[item(), bumped], extract=extract(), before=first), NOW + timedelta(days=1)) is None


def test_a_new_text_is_a_second_revision_that_keeps_when_it_was_first_seen():
    first = revise(seen(extract=extract()), NOW)
    text = extract().text.replace("12 billion", "13 billion")
    later = NOW + timedelta(days=1)
    second = revise(seen(extract=extract(text=text), before=first), later)
    assert (second.revision_no, second.first_seen, second.revised_at) == (2, NOW, later)
    assert second.correction == "number"


CORRECTIONS = [
    ("Japan lent 12 billion yen.", "Japan lent 13 billion yen.", "number"),
    ("Japan lent 12 billion yen.", "Japan lent 12 million yen.", "number"),
    ("Two workers were hurt in the fire.", "Three workers were hurt in the fire.", "number"),
    ("Talks with Ito Naoki went on.", "Talks with Ito Naoko went on.", "name"),
    ("The two met on April 28 in Hanoi.", "The two met on April 29 in Hanoi.", "date"),
    ("The two met on Monday in the capital.", "The two met on Tuesday in the capital.", "date"),
    ("He said “we will pay it back”.", "He said “we may pay it back”.", "quotation"),
    ("It opened on Monday.", "It opened on Monday. Correction: it is the second one.", "said so"),
    ("It is open.", "It is open. An earlier version of this article misstated the year.", "said so"),
    # Vietnamese
    ("Nhật Bản cho vay 12 tỷ yên.", "Nhật Bản cho vay 21 tỷ yên.", "number"),
    ("Nhật Bản cho vay 12 tỷ yên.", "Nhật Bản cho vay 12 triệu yên.", "number"),
    ("Hai bên gặp nhau ngày 28/4 tại Hà Nội.", "Hai bên gặp nhau ngày 29/4 tại Hà Nội.", "date"),
    ("Hai bên gặp nhau thứ Hai tại thủ đô.", "Hai bên gặp nhau thứ Ba tại thủ đô.", "date"),
    ("Thứ trưởng Trần Văn Toản dự lễ ký.", "Thứ trưởng Trần Văn Toàn dự lễ ký.", "name"),
    ("Ông nói: “Chúng tôi sẽ trả đủ”.", "Ông nói: “Chúng tôi có thể trả đủ”.", "quotation"),
    ("Cầu đã thông xe.", "Cầu đã thông xe. Đính chính: đây là cây cầu thứ hai.", "said so"),
    # Japanese
    ("石破首相はトー・ラム書記長と会談した。", "石破首相はファム・ミン・チン首相と会談した。", "name"),
    ("岩屋外相は二十八日、ハノイを訪れた。", "中谷外相は二十八日、ハノイを訪れた。", "name"),
    ("両首脳は28日にハノイで会談した。", "両首脳は29日にハノイで会談した。", "date"),
    ("会談は月曜日に開かれた。", "会談は火曜日に開かれた。", "date"),
    ("政府は三百億円を貸し付ける。", "政府は三十億円を貸し付ける。", "number"),
    ("政府は300億円を貸し付ける。", "政府は300万円を貸し付ける。", "number"),
    ("大使は「必ず返済される」と述べた。", "大使は「返済されるだろう」と述べた。", "quotation"),
    ("橋が開通した。", "橋が開通した。\n【訂正】初出で橋の名を誤りました。", "said so"),
    ("橋が開通した。", "橋が開通した。\nお詫びして訂正します。", "said so"),
    ("代表団はホイアンの港を視察した。", "代表団はダナンの港を視察した。", "name"),
    # Korean
    ("일본은 120억 엔을 빌려준다.", "일본은 210억 엔을 빌려준다.", "number"),
    ("두 정상은 4월 28일 하노이에서 만났다.", "두 정상은 4월 29일 하노이에서 만났다.", "date"),
    ("회담은 월요일에 열렸다.", "회담은 화요일에 열렸다.", "date"),
    ("구로다 대사가 협정에 서명했다.", "나카무라 대사가 협정에 서명했다.", "name"),
    ("다리가 개통되었다.", "다리가 개통되었다. 다리 이름을 바로잡습니다.", "said so"),
    # Chinese
    ("日本将提供120亿日元贷款。", "日本将提供210亿日元贷款。", "number"),
    ("双方于4月28日在河内会晤。", "双方于4月29日在河内会晤。", "date"),
    ("会谈于星期一举行。", "会谈于星期二举行。", "date"),
    ("黑田大使签署了协议。", "中村大使签署了协议。", "name"),
    ("他说：“我们一定会还清贷款”。", "他说：“我们可能会还清贷款”。", "quotation"),
    ("大桥已通车。", "大桥已通车。更正：这是第二座桥。", "said so"),
    # Norwegian, French, Spanish, German
    ("De to møttes mandag i Hanoi.", "De to møttes tirsdag i Hanoi.", "date"),
    ("Broen er åpnet.", "Broen er åpnet. Rettelse: Dette er den andre broen.", "said so"),
    ("Le Japon prête 12 milliards de yens.", "Le Japon prête 12 millions de yens.", "number"),
    ("Ils se sont vus le 28 avril à Hanoï.", "Ils se sont vus le 29 avril à Hanoï.", "date"),
    ("Le pont est ouvert.", "Le pont est ouvert. Rectificatif : c'est le second.", "said so"),
    ("Se reunieron el 28 de abril en Hanói.", "Se reunieron el 29 de abril en Hanói.", "date"),
    ("El puente está abierto.", "El puente está abierto. Fe de errores: es el segundo.", "said so"),
    ("Am 28. April sprach Anna Huber mit ihm.", "Am 28. April sprach Anna Weber mit ihm.", "name"),
    ("Die Brücke ist offen.", "Die Brücke ist offen. Berichtigung: Es ist die zweite.", "said so"),
]
TRIVIAL = [
    ("It has opend on Monday.", "It has opened on Monday."),
    ("It opened.", "It opened. Japan lent 12 billion yen."),
    ("It opened on  Monday .", "It opened on Monday."),
    ("It costs 12,000 yen in all.", "It costs 12000 yen in all."),
    ('He said "we will pay it back".', "He said “we will pay it back.”"),
    ("It opened.\nRead also: Tokyo market falls 3 per cent", "It opened.\nRead also: Osaka hosts 20 firms from Hue"),
    ("Experts expect that prices will be corrected.", "Experts think that prices will have been corrected."),
    ("Hai bên đánh giá cao quan hệ được vun đắp lâu nay.", "Hai bên coi trọng quan hệ đã đạt được lâu nay."),
    ("Đoàn đã tới Hoà Bình hôm qua.", "Đoàn đã tới Hòa Bình hôm qua."),
    ("両首脳は経済協力について意見を交換した。", "両首脳は経済協力をめぐり意見を交わした。"),
    ("企業はインフラの整備を進める。", "企業はインフラストラクチャーの整備を進める。"),
    ("両国は一方で協力を続ける。", "両国は十分に協力を続ける。"),
    ("양국은 경제 협력을 확대하기로 했다.", "양국은 경제 협력을 넓히기로 합의했다."),
    ("双方就经济合作交换了意见。", "双方围绕经济合作交换意见。"),
    ("Kritikken mot planen er sterk.", "Kritikken rettet mot planen er sterk."),
    ("Der Vertrag wurde gestern unterzeichnet.", "Das Abkommen wurde gestern unterzeichnet."),
]


@pytest.mark.parametrize(("old", "new", "what"), CORRECTIONS)
def test_a_correction_is_known_in_every_language(old, new, what):
    before = article(text=old, language=language("", old))
    assert correction(before, before.title, new) == what


@pytest.mark.parametrize(("old", "new"), TRIVIAL)
def test_a_trivial_change_corrects_nothing(old, new):
    before = article(text=old, language=language("", old))
    assert correction(before, before.title, new, lexicon=LEXICON) == ""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("对方将在河内举行会谈。", "对方将在岘港举行会谈。"),
        ("회담은 하노이에서 열린다.", "회담은 다낭에서 열린다."),
        ("Cuộc gặp diễn ra tại Hà Nội.", "Cuộc gặp diễn ra tại Đà Nẵng."),
    ],
)
def test_a_place_of_the_lexicon_that_was_swapped_is_a_name_in_any_script(old, new):
    before = article(text=old, language=language("", old))
    assert correction(before, before.title, new, lexicon=LEXICON) == "name"


def test_a_headline_that_was_corrected_counts_and_one_in_capitals_that_was_reworded_does_not():
    before = article(title="Japan lends Vietnam 12 billion yen", text="It was agreed.")
    assert correction(before, "Japan lends Vietnam 13 billion yen", "It was agreed.") == "number"
    before = article(title="Japan Lends Vietnam New Money", text="It was agreed.")
    assert correction(before, "Japan Gives Vietnam Fresh Funds", "It was agreed.") == ""


def test_what_other_rules_make_of_a_page_is_no_correction_and_their_verdict_holds():
    first = revise(seen(extract=extract()), NOW)
    otherwise = extract(text=extract().text.replace("12 billion", "13 billion"))
    made = revise(seen(extract=otherwise, before=first, other_rules=True), NOW)
    assert (made.revision_no, made.correction) == (2, "")
    wall = extract(quality="none", text="", reason="paywall")
    assert revise(seen(extract=wall, before=first, other_rules=True), NOW) is None
    assert revise(seen(extract=wall, before=first, other_rules=True, same_page=True), NOW).text_kind == "summary"


def test_a_full_text_after_a_summary_corrects_nothing():
    assert correction(article(text="Japan lent 12 billion yen.", text_kind="summary"), "t", "Japan lent 13 yen.") == ""


# --- what a search found, and what a page listed ----------------------------------------------------------------------

HIDDEN = "https://news.google.com/rss/articles/CBMiAAA"


def discovered(**given):
    made = {"url": HIDDEN, "canonical_url": HIDDEN, "summary": "", "first_seen": NOW - timedelta(hours=5)}
    return item(**made | {"hidden": True} | given)


def test_a_discovery_alone_is_an_article_of_its_title():
    made = revise(seen(items=[discovered()]), NOW)
    assert (made.text_kind, made.title, made.text) == ("title", "A bridge opens in Hanoi", "")
    assert (made.url, made.canonical_url) == (HIDDEN, HIDDEN)


def test_the_outlet_s_own_item_replaces_a_discovery_that_was_seen_before_or_after_it():
    own = item(title="A bridge opens in Hanoi, at last")
    for found in ([discovered(), own], [own, discovered(first_seen=NOW + timedelta(hours=5))]):
        made = revise(seen(items=found), NOW)
        assert (made.title, made.text_kind) == (own.title, "summary")
        assert (made.url, made.canonical_url) == (own.url, canonical(own.url))
        assert made.first_seen == found[0].first_seen


def test_an_entry_that_is_called_by_its_address_takes_the_title_of_its_page():
    made = revise(seen(items=[item(title="http://courier.example/1")], extract=extract()), NOW)
    assert made.title == "A bridge opens in Hanoi"


@pytest.mark.parametrize(
    ("published", "days", "backlog"), [(None, 6, False), (None, 8, True), (None, None, True), (NOW, 1, True)]
)
def test_what_stood_undated_on_a_page_is_news_if_its_own_page_dates_it_to_these_days(published, days, backlog):
    """An entry that was held for old by its own date stays old, whatever its page says."""
    found = item(backlog=True, published=published, published_quality="explicit" if published else "none")
    page = extract(published=NOW - timedelta(days=days) if days else None, published_quality="date-only")
    assert revise(seen(items=[found], extract=page), NOW).backlog == backlog
