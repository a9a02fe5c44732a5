"""tasks/extract on whole pages, all made here: what is no article, what stands beside one, and pages of any shape."""

import time

import pytest
import trafilatura
from lxml.html import tostring

from tasks.extract import extract
from tasks.extract.body import body
from tasks.extract.ground import Ground, covered, ground
from tasks.extract.load import MOST, load
from tasks.extract.prune import prune
from tasks.extract.residue import tidy
from tasks.extract.teasers import RUN, drop_teasers
from warehouse.records import Extract

SECONDS = 8  # of CPU: what the slowest page below may cost on a busy machine
SAID = "The harbour master said on Monday that the second quay would open before the rains, a year late. "
TOLD = "Giám đốc cảng cho biết sáng thứ Hai rằng bến thứ hai sẽ mở cửa trước mùa mưa, chậm một năm so với kế hoạch. "
MENU = "<nav><ul>" + "".join(f"<li><a href='/s{n}'>Section {n}</a></li>" for n in range(8)) + "</ul></nav>"
OTHERS = [f"Bank number {n} raises its rate and the market falls by {n} points" for n in range(20)]


def page(inner: str, title: str = "A quay opens", head: str = "") -> Extract:
    html = (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title>{head}</head><body>{inner}</body></html>"
    )
    return extract(html.encode(), "https://a.example/news/1")


def paragraphs(count: int = 5, said: str = SAID) -> str:
    return "".join(f"<p>{n}. {said}</p>" for n in range(count))


def article(after: str = "", before: str = "") -> str:
    return f"{MENU}{before}<h1>A quay opens</h1><div class='content'>{paragraphs()}{after}</div>"


# --- walls ------------------------------------------------------------------------------------------------------------

MISSING = {
    "en": ("Page not found", "Sorry, the page you are looking for has been moved or deleted."),
    "vi": ("Lỗi", "Rất tiếc, bài viết bạn tìm không tồn tại hoặc đã bị gỡ."),
    "ja": ("エラー", "申し訳ありません。この記事は掲載が終了したため、ページが見つかりません。"),
    "nb": ("Ops", "Beklager, vi fant ikke siden du leter etter."),
    "ko": ("안내", "요청하신 기사는 삭제되었거나 존재하지 않는 페이지입니다."),
    "zh": ("提示", "抱歉，您访问的页面不存在或已被删除。"),
    "fr": ("Erreur", "Désolé, la page que vous cherchez n’existe plus."),
    "de": ("Hoppla", "Leider wurde die Seite nicht gefunden."),
}
CONSENT = {
    "en": "We and our partners use cookies. Read our privacy policy or give your consent.",
    "vi": "Chúng tôi dùng cookie và dữ liệu cá nhân theo chính sách quyền riêng tư. Bấm chấp nhận để tiếp tục.",
    "ja": "当サイトはクッキーを使用します。プライバシーポリシーをお読みのうえ同意してください。",
    "nb": "Vi bruker informasjonskapsler. Les om personvern og gi ditt samtykke.",
    "ko": "이 사이트는 쿠키를 사용합니다. 개인정보 처리방침에 동의해 주세요.",
    "zh": "本网站使用Cookie。请阅读隐私政策并同意我们处理个人信息。",
    "fr": "Nous et nos partenaires utilisons des traceurs. Donnez votre consentement.",
    "de": "Wir verwenden Cookies. Lesen Sie den Datenschutz und geben Sie Ihre Einwilligung.",
}
PAYWALL = {
    "en": "This article is for subscribers only. Sign in to read on.",
    "vi": "Nội dung chỉ dành cho thuê bao trả phí.",
    "ja": "この記事は会員限定です。",
    "nb": "Logg inn for å lese resten av saken.",
    "ko": "이 기사는 유료회원 전용입니다.",
    "zh": "本文仅供付费会员阅读，登录后继续阅读全文。",
    "fr": "La suite est réservée aux abonnés.",
    "de": "Dieser Artikel ist nur für Abonnenten.",
}
BRIEF = {
    "en": "The port removed 404 old cookies tins from the quay and closed its page in the register.",
    "vi": "Cảng đã gỡ bỏ bốn trăm hộp bánh khỏi bến và đóng sổ đăng ký tàu của năm nay.",
    "ja": "港は月曜日、古い岸壁の運用を終了した。資材はすべて削除され、新しい岸壁に移された。港長は続けると述べた。",
    "nb": "Havnen fant ikke flere gamle kraner på kaien og avsluttet arbeidet mandag.",
    "ko": "항만은 월요일 낡은 부두의 운영을 끝내고 자재를 새 부두로 옮겼다고 밝혔다.",
    "zh": "港口周一宣布旧码头停止使用，所有设备已经移到新码头，港务局长说明年继续。",
    "fr": "Le port a retiré quatre cents vieilles grues du quai et fermé son registre lundi.",
    "de": "Der Hafen hat am Montag vierhundert alte Kräne vom Kai entfernt und das Buch geschlossen.",
}


@pytest.mark.parametrize("language", MISSING)
def test_a_page_that_says_it_does_not_exist_gives_nothing(language):
    title, words = MISSING[language]
    found = page(f"{MENU}<main><h1>{title}</h1><p>{words}</p></main>", title)
    assert (found.quality, found.reason, found.text) == ("none", "not found", "")


@pytest.mark.parametrize("language", CONSENT)
def test_a_page_that_asks_for_consent_gives_nothing(language):
    found = page(f"<main><h1>A Paper</h1><p>{CONSENT[language]}</p><button>OK</button></main>", "A Paper")
    assert (found.quality, found.reason, found.text) == ("none", "consent", "")


@pytest.mark.parametrize("language", PAYWALL)
def test_an_article_that_ends_at_a_paywall_is_short_whatever_its_length(language):
    found = page(article(f"<div><p>{PAYWALL[language]}</p></div>"))
    assert (found.quality, found.reason) == ("short", "paywall")
    assert found.text.count("harbour master") == 5


@pytest.mark.parametrize("language", BRIEF)
def test_a_brief_that_uses_a_walls_words_is_no_wall(language):
    assert page(f"<main><h1>A quay</h1><p>{BRIEF[language]}</p></main>", "A quay").quality != "none"


# --- beside the article -----------------------------------------------------------------------------------------------

BELOW = {
    "a list": "<h3>Latest</h3><ul>" + "".join(f"<li><a href='/x'>{name}</a></li>" for name in OTHERS) + "</ul>",
    "boxes": "".join(f"<div class='item'><a href='/x'>{name}</a></div>" for name in OTHERS),
    "paragraphs": "".join(f"<p><a href='/x'>{name}</a></p>" for name in OTHERS),
    "headings": "".join(f"<h3><a href='/x'>{name}</a></h3><p>{name}, it was said.</p>" for name in OTHERS),
    "cards": "".join(f"<a href='/x'><h3>{name}</h3><p>{name}, it was said.</p></a>" for name in OTHERS),
    "lines": "<div>" + "<br>".join(f"<a href='/x'>{name}</a>" for name in OTHERS) + "</div>",
}
PROVINCES = ("Hà Nội", "Hải Phòng", "Đà Nẵng", "Huế", "Cần Thơ", "An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng",
             "Đắk Lắk", "Điện Biên", "Đồng Nai", "Đồng Tháp", "Gia Lai", "Hà Tĩnh", "Hưng Yên", "Lai Châu")  # fmt: skip
REGISTERS = {
    "one line": f"<p>{' '.join(PROVINCES)}</p>",
    "paragraphs": "".join(f"<p>{name}</p>" for name in PROVINCES),
    "boxes": "".join(f"<div>{name}</div>" for name in PROVINCES),
    "items": "<ul>" + "".join(f"<li>{name}</li>" for name in PROVINCES) + "</ul>",
    "links": "<ul>" + "".join(f"<li><a href='/t'>{name}</a></li>" for name in PROVINCES) + "</ul>",
    "choices": "<select>" + "".join(f"<option>{name}</option>" for name in PROVINCES) + "</select>",
}
LISTS = {
    "tag": "".join(f"<div><h3><a href='/x'>{name}</a></h3><p>{SAID}</p></div>" for name in OTHERS),
    "articles": "".join(f"<article><h2><a href='/x'>{name}</a></h2><p>{SAID}</p></article>" for name in OTHERS),
    "search": "<ol>" + "".join(f"<li><a href='/x'>{name}</a><p>{SAID}</p></li>" for name in OTHERS) + "</ol>",
    "section": "".join(f"<div><a href='/x'><h3>{name}</h3></a><p>{SAID}</p></div>" for name in OTHERS),
}


@pytest.mark.parametrize("form", BELOW)
def test_twenty_headlines_under_an_article_stay_out(form):
    found = page(article(BELOW[form]))
    assert "Bank number" not in found.text
    assert (found.text.count("harbour master"), found.quality) == (5, "full")


@pytest.mark.parametrize("form", REGISTERS)
def test_all_provinces_before_an_article_stay_out(form):
    found = page(f"<div class='detail'>{REGISTERS[form]}<h1>Mở bến mới</h1>{paragraphs(4, TOLD)}</div>", "Mở bến mới")
    assert not any(name in found.text for name in PROVINCES)
    assert found.text.count("Giám đốc cảng") == 4


@pytest.mark.parametrize("form", LISTS)
def test_a_page_that_lists_articles_is_none(form):
    found = page(f"{MENU}<h1>Quay</h1><main>{LISTS[form]}</main>", "Quay - A Paper")
    assert (found.quality, found.reason, found.text) == ("none", "list", "")


def test_a_few_linked_headings_of_an_article_stay_in_it():
    sections = "".join(
        f"<h3><a href='/x{n}'>The crane number {n} and its man</a></h3><p>{SAID * 7}</p>" for n in range(6)
    )
    tree = load(f"<html><body><article>{sections}</article></body></html>")
    assert tree is not None
    assert drop_teasers(tree) == 0
    tree = load(f"<html><body>{'<h3><a href=/x>A heading of another article</a></h3>' * (RUN - 1)}</body></html>")
    assert tree is not None
    assert drop_teasers(tree) == 0


def test_text_behind_an_empty_element_is_kept():
    found = page(article("<p><span id='more'></span>Behind the mark stands the captain's answer to the port.</p>"))
    assert "the captain's answer" in found.text


@pytest.mark.parametrize(
    "box",
    [
        "<figure><img src='x'><figcaption>Cranes of the port in the evening light.</figcaption></figure>",
        "<p class='image-caption'>Cranes of the port in the evening light.</p>",
        "<div class='author-bio'><p>Cranes of the port in the evening light are what she writes of.</p></div>",
        "<div class='infobox'><h3>Facts</h3><p>Cranes of the port in the evening light.</p></div>",
        "<div class='newsletter-signup'><p>Cranes of the port in the evening light, in your inbox.</p></div>",
        "<p>Sign up for our free newsletter: Cranes of the port in the evening light.</p>",
        "<h3>See also</h3><ul><li><a href='/x'>Cranes of the port in the evening light</a></li></ul>",
    ],
)
def test_what_belongs_to_the_page_and_not_to_the_article_stays_out(box):
    found = page(article(f"{box}{paragraphs(2)}"))
    assert "evening light" not in found.text
    assert found.text.count("harbour master") == 7


@pytest.mark.parametrize("shown", ["overflow-hidden", "d-none d-md-block", "wp-block-media-text"])
def test_a_class_that_only_sounds_hidden_hides_nothing(shown):
    assert (
        "evening light" in page(article(f"<div class='{shown}'><p>Cranes stood in the evening light.</p></div>")).text
    )
    hidden = page(article("<div class='hidden'><p>Cranes stood in the evening light.</p></div>"))
    assert "evening light" not in hidden.text


def test_a_list_of_facts_with_a_link_in_it_stays():
    facts = (
        "<ul>"
        + "".join(f"<li>Crane {n} lifts <a href='/x'>nine tonnes</a> and is red</li>" for n in range(3))
        + "</ul>"
    )
    assert page(article(facts)).text.count("lifts nine tonnes") == 3


DESCRIBED = "<meta name='description' content='A year after the first one, the second quay takes its ships.'>"


@pytest.mark.parametrize(
    ("above", "head", "taken"),
    [
        ("<p>A year after the first one, the second quay takes its ships.</p>", DESCRIBED, True),
        ("<div class='article-excerpt'>A year after the first one, the second quay takes its ships.</div>", "", True),
        ("<p>A year after the first one, the second quay takes its ships.</p>", "", False),
        ("<p class='subtitle'>A year of every article, with a free account: sign up now.</p>", "", False),
    ],
)
def test_a_lead_between_headline_and_body_counts_by_its_name_or_the_pages_description(above, head, taken):
    found = page(f"<header><h1>A quay opens</h1>{above}</header><main>{paragraphs()}</main>", head=head)
    assert found.text.startswith("A year") == taken
    assert found.text.count("A year") == int(taken)


def test_a_lead_whose_end_stands_in_the_body_is_not_told_twice():
    lines = ["The second quay is open", "It took a year more than planned by the port", "Ships come on Tuesday morning"]
    above = f"<header><h1>A quay opens</h1><div class='subtitle'>{'<br>'.join(lines)}</div></header>"
    found = page(f"{above}<main>{''.join(f'<p>{line}</p>' for line in lines[1:])}{paragraphs()}</main>")
    assert found.text.count(lines[2]) == 1


# --- the choice of the body -------------------------------------------------------------------------------------------


def test_running_text_is_found_and_menus_and_comments_are_not():
    tree = load(f"<html><body>{article()}<div class='comments'><p>{SAID * 9}</p></div></body></html>")
    assert tree is not None
    here = ground(tree)
    assert here.core == tuple(f"{n}. {SAID.strip()}" for n in range(5))
    assert set(here.core) <= set(here.whole)
    assert covered(here.core, "\n".join(here.core)) == 1
    assert covered(here.core, "") == 0
    assert 0.3 < covered(OTHERS, "\n".join(OTHERS[:10])) < 0.7
    assert covered((), "anything") == 1


def test_a_page_without_running_text_has_no_ground():
    tree = load(f"<html><body>{MENU}</body></html>")
    assert tree is not None
    assert ground(tree) == Ground()


def test_a_body_that_misses_the_pages_text_is_replaced():
    """`bottom` is a class that the library's careful run cuts out; here it holds the article."""
    other = f"<article><p>{SAID}</p><p>Another word of the editor stands in a box of its own.</p></article>"
    tree = load(f"<html><body>{other}<main><div class='bottom'>{paragraphs(40, TOLD)}</div></main></body></html>")
    assert tree is not None
    prune(tree)
    assert body(tree).count("Giám đốc cảng") == 40


# --- pages of any shape -----------------------------------------------------------------------------------------------

HOSTILE = {
    "deep nesting": "<div>" * 20_000 + paragraphs() + "</div>" * 20_000,
    "deep text": "".join(f"<div>{SAID}" for _ in range(20_000)),
    "one line": f"<p>{SAID * 52_000}</p>",
    "one word": f"<p>{'a' * 2_000_000}</p>",
    "one line of kanji": f"<p>{'港の責任者は月曜日に述べた。' * 60_000}</p>",
    "links": article("".join(f"<a href='/x{n}'>Link number {n}</a> " for n in range(100_000))),
    "linked items": article(f"<ul>{''.join(f'<li><a href=/{n}>Link {n}</a></li>' for n in range(100_000))}</ul>"),
    "teasers": article(f"<h3><a href='/x'>The other quay of the port</a></h3><p>{SAID}</p>" * 50_000),
    "paragraphs": paragraphs(50_000),
    "empty elements": "<p>" + "<i></i>x " * 200_000 + "</p>",
    "attributes": "<div " + " ".join(f"a{n}=1" for n in range(50_000)) + f">{paragraphs()}</div>",
    "a class": f"<div class='{'related-' * 200_000}'>{paragraphs()}</div>",
    "nested boxes": "".join(f"<div class='related box{n}'><p>{SAID}" for n in range(5_000)),
    "a notice": f"<p>{'newsletter sign up ' * 50_000}</p>{paragraphs()}",
}  # fmt: skip


@pytest.mark.parametrize("shape", HOSTILE)
def test_a_page_of_any_shape_costs_seconds_at_most(shape):
    start = time.process_time()
    page(HOSTILE[shape])
    assert time.process_time() - start < SECONDS


def test_a_tree_is_cut_behind_its_first_elements_and_keeps_those():
    tree = load(f"<html><body><div>{paragraphs(3)}</div>{'<p>x</p>' * (2 * MOST)}<p>the end</p></body></html>")
    assert tree is not None
    assert sum(1 for _ in tree.iter()) == MOST
    assert tree.text_content().count("harbour master") == 3
    assert "the end" not in tree.text_content()


def test_a_register_is_dropped_only_above_a_longer_text():
    names, text = "\n".join(PROVINCES), "\n".join([SAID.strip()] * 6)
    assert tidy(f"{names}\n{text}")[0] == text
    assert tidy(f"{names}\n{SAID}")[0].startswith(PROVINCES[0])
    verse = "Roses are red\nViolets are blue\nThe quay is long"
    assert tidy(f"{verse}\n{text}")[0] == f"{verse}\n{text}"


# --- the tree ---------------------------------------------------------------------------------------------------------

XHTML = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">'


@pytest.mark.parametrize(
    "html",
    [
        f"<!DOCTYPE html><html lang=vi><head><title>Cảng</title></head><body>{paragraphs()}</body></html>",
        f"{XHTML}\n<html xmlns='http://www.w3.org/1999/xhtml'><head></head><body>{paragraphs()}</body></html>",
        f"<?xml version='1.0' encoding='gb2312'?><html><head></head><body>{paragraphs(said=TOLD)}</body></html>",
        f"<html/>\n<head></head><body>{paragraphs()}</body>",
        f"<html><body><p>a\x00b\x0bc\ufffed\uffffe</p>{paragraphs()}</body></html>",
        f"<html><body><p>half a pair \ud83d</p>{paragraphs()}</body></html>",
        "<p>one</p>",
        "no markup at all",
        "",
    ],
)
def test_a_page_becomes_the_tree_that_the_library_makes_of_it(html):
    ours, theirs = (tree if tree is None else tostring(tree) for tree in (load(html), trafilatura.load_html(html)))
    assert ours == theirs
