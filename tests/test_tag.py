"""The judgement of one article."""

import json
import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.lexicon import Lexicon, build
from tasks.tag import tag
from warehouse.records import Article, Judgement
from warehouse.seeds import tables

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "flows" / "sample"
RELEVANT = {"bilateral", "related"}
WRITTEN = st.text(alphabet=st.characters(codec="utf-8"), max_size=300)
WORDS = st.sampled_from(
    [
        "Thủ tướng Nhật Bản", "Ishiba", "石破首相、", "トー・ラム書記長", "To Lam", "27/4", "4月27日", "¥28.6 billion",
        "2億8800万ドル", "\n", "Vietnam", "Japan", "(VNA)", "実習生", "베트남", "日", "…", "ﬁ", "\u202b", "🎌",
        "اليابان", "1.2.3,4", "99日", "31/2",
    ]
)  # fmt: skip


@cache
def lexicon() -> Lexicon:
    return build(tables())


def article(title: str, text: str = "", day: str = "2025-04-28", **fields) -> Article:
    seen = datetime.fromisoformat(day).replace(tzinfo=UTC)
    made = Article(
        article_id="a", revision="r", source_id="", outlet="", family="", side="third", source_kind="press", url="",
        canonical_url="", language="", title=title, text=text, text_kind="full", published=seen,
        published_quality="explicit", first_seen=seen, revised_at=seen, words=0,
    )  # fmt: skip
    return replace(made, **fields)


def judged(title: str, text: str = "", day: str = "2025-04-28", **fields) -> Judgement:
    return tag(article(title, text, day, **fields), lexicon())


def people(one: Judgement) -> dict[str, str]:
    return {entity.entity_id: entity.role for entity in one.entities if entity.kind == "person"}


def amounts(text: str) -> list[tuple[float, str]]:
    return [(amount.value, amount.unit) for amount in judged("", text).amounts]


# --- laws


@settings(max_examples=60)
@given(st.lists(st.one_of(WRITTEN, WORDS), max_size=12), st.lists(st.one_of(WRITTEN, WORDS), max_size=40))
def test_any_text_is_judged_and_every_tag_has_its_words(title, text):
    """Whatever the input, there is a judgement, and each piece of evidence is exactly the characters it points at."""
    one = article(" ".join(title), " ".join(text))
    result = tag(one, lexicon())
    fields = {"title": one.title, "text": one.text}
    shown = [*result.evidence, *(words for _, words in result.dates_ahead)]

    assert all(fields[words.field][words.start : words.end] == words.text != "" for words in shown)
    tags = {words.tag for words in result.evidence}
    assert {f"topic:{topic}" for topic in result.topics} <= tags
    assert {f"{entity.kind}:{entity.entity_id}" for entity in result.entities} <= tags
    assert {f"relevance:{name}" for name, _ in result.relevance_parts} <= tags


def test_the_same_article_is_judged_the_same():
    """Judging twice gives equal records: nothing depends on the run."""
    one = article("Ishiba meets To Lam in Hanoi", "Prime Minister Ishiba met General Secretary To Lam on April 27.")

    assert tag(one, lexicon()) == tag(one, build(tables()))


def test_score_is_the_sum_of_its_parts():
    """The relevance score is what its named parts add up to."""
    one = judged("Nhật Bản và Việt Nam ký hiệp định", "Hai nước ký hiệp định tại Hà Nội.")

    assert one.relevance_score == pytest.approx(sum(weight for _, weight in one.relevance_parts))


@pytest.mark.parametrize(
    "text", ["Thủ tướng Sơn " * 5000, "sinh nhật " * 50_000, "日" * 500_000, "🎌" * 200_000, "1" * 300_000]
)
def test_long_texts_are_read_as_far_as_they_decide(text):
    """Megabytes of text cost no more than their beginning."""
    assert judged("", text).relevance in {"none", "mention"}


# --- labelled articles


def test_sample_articles_stand_where_their_authors_put_them():
    """Nearly all articles of the sample are judged as their authors meant, none of them across relevant and not."""
    outlets = tomllib.loads((SAMPLE / "outlets.toml").read_text(encoding="utf-8"))["outlet"]
    sides = {outlet["key"]: outlet["side"] for outlet in outlets}
    wrong, crossed, total = [], [], 0
    for path in sorted((SAMPLE / "articles").glob("*.toml")):
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["article"]:
            day = row["published"].astimezone(UTC).replace(tzinfo=None).isoformat()
            one = judged(row["title"], row["body"].strip(), day, side=sides[row["outlet"]])
            total += 1
            if one.relevance != row["relevance"]:
                wrong.append(row["key"])
            if (one.relevance in RELEVANT) != (row["relevance"] in RELEVANT):
                crossed.append(row["key"])

    assert crossed == []
    assert len(wrong) <= 0.02 * total


def test_pages_about_other_things_are_not_ours(shared):
    """Of real articles that nobody chose for this subject none is bilateral, and at most one related."""
    found: list[str] = []
    for path in sorted((shared / "data").rglob("*.json")):
        bodies = _bodies(json.loads(path.read_text(encoding="utf-8")))
        found += [judged(body[:80], body).relevance for body in bodies]

    assert len(found) > 50
    assert found.count("bilateral") == 0
    assert found.count("related") <= 1


def _bodies(value: object) -> list[str]:
    """Collect the texts of a ground-truth file, whatever its shape: paragraphs that belong together are joined."""
    if isinstance(value, dict):
        parts = [part for one in value.values() for part in _bodies(one)]
        return ["\n".join(parts)] if {"summary", "sections"} <= value.keys() else parts
    if isinstance(value, list):
        if value and all(isinstance(one, str) for one in value):
            return ["\n".join(value)] if sum(map(len, value)) > 200 else []
        return [part for one in value for part in _bodies(one)]
    return [value] if isinstance(value, str) and len(value) > 200 else []


# --- people


def test_bare_name_beside_its_role():
    """A given or family name alone means somebody who holds the office beside it on that day."""
    assert people(judged("PM Chinh receives Ambassador Yamada", day="2022-05-02")) == {
        "pham-minh-chinh": "PM",
        "yamada-takio": "Ambassador",
    }
    assert people(judged("チン首相、山田大使と会見", day="2022-05-02")) == {
        "pham-minh-chinh": "首相",
        "yamada-takio": "大使",
    }


def test_bare_name_after_the_full_name():
    """A bare name counts as a mention where the full name stands too."""
    one = judged("Minister Sơn speaks", "Bùi Thanh Sơn said so. Sơn stressed it again.")

    assert [(entity.entity_id, entity.mentions) for entity in one.entities] == [("bui-thanh-son", 3)]


def test_bare_name_alone_means_nobody():
    """Without an office or the full name, a common name is nobody's."""
    assert people(judged("Chuyện của Mai và Sơn", "Mai gặp Sơn ở chợ Chính Kinh.")) == {}


def test_private_people_are_not_listed():
    """Somebody who shares a minister's common name is no minister."""
    assert people(judged("Vietnamese man arrested in Chiba", "Nguyen Van Hung, 24, was arrested on Sunday.")) == {}
    assert "nguyen-van-hung" in people(judged("Bộ trưởng Nguyễn Văn Hùng thăm Tokyo"))


def test_role_as_reported():
    """A person's role is the words of the article, several offices in one."""
    one = judged(
        "Hội đàm", "Tổng Bí thư, Chủ tịch nước Tô Lâm hội đàm với Thủ tướng Nhật Bản Kishida Fumio.", "2024-09-03"
    )

    assert people(one) == {"to-lam": "Tổng Bí thư, Chủ tịch nước", "kishida-fumio": "Thủ tướng"}


@pytest.mark.parametrize(
    ("text", "person", "role"),
    [
        (
            "Vietnam sent an invitation to the Emperor and Empress, Chief Cabinet Secretary Hayashi Yoshimasa said.",
            "hayashi-yoshimasa",
            "Chief Cabinet Secretary",
        ),
        (
            "He thanked the Prime Minister, Foreign Minister Iwaya Takeshi told reporters.",
            "iwaya-takeshi",
            "Foreign Minister",
        ),
        ("They told General Secretary and State President To Lam.", "to-lam", "General Secretary and State President"),
    ],
)
def test_only_one_person_s_offices_are_one_role(text, person, role):
    """An office named before another one is somebody else's unless this person held it."""
    assert people(judged("", text))[person] == role


def test_contradicted_role_is_flagged():
    """A reported office that the table never gave the person is kept and flagged; a former one is not."""
    wrong = judged("President Ishiba Shigeru lands in Hanoi")
    right = judged("Prime Minister Ishiba Shigeru lands in Hanoi")

    assert people(wrong) == {"ishiba-shigeru": "President"}
    assert "role_conflict:ishiba-shigeru" in {words.tag for words in wrong.evidence}
    assert "role_conflict:ishiba-shigeru" not in {words.tag for words in right.evidence}


@pytest.mark.parametrize(
    ("text", "published", "flagged"),
    [
        ("Prime Minister Kishida Fumio spoke in Hanoi.", "2025-12-01", {"kishida-fumio"}),
        ("Prime Minister Kishida Fumio spoke in Hanoi.", "2023-12-01", set()),
        ("Former Prime Minister Kishida Fumio spoke in Hanoi.", "2025-12-01", set()),
        ("Thủ tướng Abe Shinzo thăm Hà Nội.", "2025-03-01", {"abe-shinzo"}),
        ("Emperor Naruhito and Empress Masako may visit Vietnam.", "2026-03-02", set()),
        ("日本首相石破茂訪越南會見總書記蘇林", "2025-04-27", set()),
    ],
)
def test_an_office_is_held_in_its_time(text, published, flagged):
    """An office out of its time, or of somebody who is dead, is flagged where the article tells its news."""
    tags = {words.tag for words in judged("", text, published).evidence}

    assert {tag.partition(":")[2] for tag in tags if tag.startswith("role_conflict:")} == flagged


def test_entities_say_where_they_stand():
    """Each entity carries its side, how often it is named, and whether in title or lead."""
    one = judged("Ishiba lands in Hanoi", "Prime Minister Ishiba Shigeru came to Hanoi. Hanoi greeted him.")
    hanoi = next(entity for entity in one.entities if entity.entity_id == "ha-noi")

    assert (hanoi.name, hanoi.kind, hanoi.side) == ("Hà Nội", "place", "vietnam")
    assert (hanoi.mentions, hanoi.in_title, hanoi.in_lead) == (3, True, True)


# --- delicate themes


def test_missing_trainees_are_no_crime():
    """Trainees who left their workplace are a matter of labour, not of crime."""
    one = judged(
        "技能実習生の失踪、ベトナムが最多",
        "失踪した技能実習生は9753人で、ベトナム人が半数を占めた。出入国在留管理庁が発表した。",
    )

    assert one.relevance == "related"
    assert "labour" in one.topics
    assert "crime" not in one.topics


@pytest.mark.parametrize("text", ["South China Sea", "the East Sea", "Biển Đông", "南シナ海", "남중국해"])
def test_contested_sea_is_one_entity(text):
    """The sea has one identity whatever its name; its label gives both names."""
    (entity,) = judged("", text).entities

    assert (entity.entity_id, entity.name) == ("south-china-sea", "South China Sea / Biển Đông")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Vietnam and South Korea praise comprehensive strategic partnership", "Leaders met in Seoul."),
        ("岸田首相、カンボジア首相と会談", "「包括的戦略的パートナーシップ」を確認した。"),
        ("Phòng khám Việt Nhật mở cơ sở mới", "Phòng khám Việt Nhật có 40 bác sĩ."),
        ("Vietnam lose 1-0 to Japan in World Cup qualifier", "Japan scored in the 17th minute in Hanoi."),
        ("Japan tops passport ranking", "Vietnam ranks 88th, behind Thailand and Indonesia."),
    ],
)
def test_what_only_looks_like_the_relation(title, text):
    """Phrases shared with others, names on a door, sport and rankings do not make an article relevant."""
    assert judged(title, text).relevance not in RELEVANT


@pytest.mark.parametrize(
    "text",
    [
        "Công ty cổ phần Sơn Việt Nhật", "Phòng khám đa khoa Tâm Phúc Việt Nhật", "Trường mầm non Nhật Việt",
        "BV Việt - Nhật", "Nhà hàng Việt Nhật", "Giá bán của Thép Việt Nhật", "Nha khoa Đức Việt Nhật",
        "Cong ty Thep Viet Nhat", "日越クリニック", "越日钢铁",
    ],
)  # fmt: skip
def test_a_name_on_a_door_is_no_relation(text):
    """What merely bears the names of both countries is neither of them."""
    assert judged(text, f"{text}.").relevance_score == 0


@pytest.mark.parametrize(
    "text", ["Quan hệ Việt Nhật", "Diễn đàn Kinh tế Việt Nhật", "Lễ hội Việt Nhật", "Hợp tác giáo dục Việt - Nhật"]
)
def test_the_relation_keeps_its_short_name(text):
    """The same two words after what the countries do together are the relation."""
    assert judged(text, f"{text}.").relevance in RELEVANT


def test_third_country_does_not_veto():
    """A tour that goes on to a third country is still a visit."""
    one = judged(
        "Ishiba begins tour of Vietnam and the Philippines", "Prime Minister Ishiba meets To Lam in Hanoi on Sunday."
    )

    assert one.relevance == "bilateral"


# --- topics


def test_sentence_that_lists_fields_is_about_none():
    """A sentence that names four topics or more in the body adds none of them."""
    filler = " ".join(["The two sides met in Hanoi and spoke at length about many things that matter to both."] * 5)
    listing = "They named semiconductors, lychees, tourists, hospitals, scholarships and arrests."
    one = judged("Vietnam and Japan hold talks", f"{filler}\n{listing}\n{listing}\n{listing}")

    assert not {"technology", "agriculture", "tourism", "health", "education", "crime"} & set(one.topics)


def test_word_inside_a_body_s_name_speaks_of_that_body():
    """The police in the name of a coast guard, or the university in that of a hospital, make no topic."""
    one = judged(
        "Vietnam Coast Guard and Japan Coast Guard train off Da Nang", "ベトナム海上警察と海上保安庁が訓練した。"
    )

    assert "security" in one.topics
    assert "crime" not in one.topics


# --- event, day, place


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Thủ tướng điện đàm với Thủ tướng Nhật Bản", "call"),
        ("Ishiba arrives in Hanoi", "visit"),
        ("日越首脳会談", "meeting"),
        ("Two firms sign memorandum in Hanoi", "signing"),
        ("ベトナム人の男を逮捕", "arrest"),
        ("AEON opens mall in Hue", "investment"),
        ("Vietnam Festival returns to Yoyogi", "festival"),
        ("Japan grants yen loan for metro", "loan"),
        ("New ambassador presents credentials", "appointment"),
        ("일본 호위함 다낭 기항", "exercise"),
    ],
)
def test_event_type(title, kind):
    """The title's words tell the kind of event."""
    assert judged(title).event_type == kind


@pytest.mark.parametrize(
    ("text", "published", "day"),
    [
        ("They met in Hanoi on April 27.", "2025-04-28", date(2025, 4, 27)),
        ("They met on 27 April 2025 in Hanoi.", "2025-04-28", date(2025, 4, 27)),
        ("Chiều 27/4, hai bên hội đàm.", "2025-04-28", date(2025, 4, 27)),
        ("Ngày 27 tháng 4, hai bên hội đàm.", "2025-04-28", date(2025, 4, 27)),
        ("両首脳は4月27日に会談した。", "2025-04-28", date(2025, 4, 27)),
        ("両首脳は27日に会談した。", "2025-04-28", date(2025, 4, 27)),
        ("양국 정상은 27일 하노이에서 만났다.", "2025-04-28", date(2025, 4, 27)),
        ("De møttes 27. april i Hanoi.", "2025-04-28", date(2025, 4, 27)),
        ("Se reunieron el 27 de abril en Hanói.", "2025-04-28", date(2025, 4, 27)),
        ("They met on Sunday.", "2025-04-28", date(2025, 4, 27)),
        ("The talks took place on December 31.", "2025-01-02", date(2024, 12, 31)),
        ("Hôm nay hai bên hội đàm.", "2025-04-28", date(2025, 4, 28)),
        ("Ties date from September 21, 1973.", "2025-04-28", None),
        ("6日間の訪問を終えた。", "2025-04-28", None),
        ("They met in Hanoi.", "2025-04-28", None),
    ],
)
def test_event_date(text, published, day):
    """The day is the one that the lead names, in any language; far dates are background; else it stays unknown."""
    assert judged("", text, published).event_date == day


def test_dates_ahead():
    """What will happen is kept with the words that say when, in order."""
    one = judged("", "The forum opens on May 10. Registration ends on May 2. It was announced on April 20.")

    assert [(day, words.text) for day, words in one.dates_ahead] == [
        (date(2025, 5, 2), "May 2"),
        (date(2025, 5, 10), "May 10"),
    ]


def test_day_is_the_outlet_s():
    """An article of 18:00 UTC is of the next day in Hanoi."""
    late = datetime(2025, 4, 27, 18, tzinfo=UTC)

    assert judged("", "Hôm nay hai bên hội đàm.", published=late, side="vietnam").event_date == date(2025, 4, 28)


def test_event_place():
    """The place is the first of the lead; a sea is no place to meet."""
    assert judged("Talks on the South China Sea", "They met in Hanoi before going to Tokyo.").event_place == "ha-noi"


# --- amounts and origin


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a loan of 196.6 billion yen", [(196.6e9, "JPY")]),
        ("a US$1.5 billion plant", [(1.5e9, "USD")]),
        ("¥28.6 billion", [(28.6e9, "JPY")]),
        ("VNĐ48.76 trillion was asked for", [(48.76e12, "VND")]),
        ("kim ngạch đạt 42,7 tỷ USD trong năm", [(42.7e9, "USD")]),
        ("vốn đầu tư 1.500 tỷ đồng của dự án", [(1.5e12, "VND")]),
        ("hơn 48,7 nghìn tỷ đồng cho tuyến đường", [(48.7e12, "VND")]),
        ("投資額は2億8800万ドル", [(288e6, "USD")]),
        ("供与額は286億円", [(28.6e9, "JPY")]),
        ("ＧＤＰは650兆ドン", [(650e12, "VND")]),
        ("ベトナム人は44万3998人", [(443_998, "people")]),
        ("교역액 462억 달러를 기록했다", [(46.2e9, "USD")]),
        ("por valor de 46,2 mil millones de dólares este año", [(46.2e9, "USD")]),
        ("tariffs of 46% and 24 percent", [(46, "percent"), (24, "percent")]),
        ("more than 600,000 Vietnamese people live there", [(600_000, "people")]),
        ("in 2025, route 7 and April 27", []),
        ("a plant of US$300-500 million", [(300e6, "USD"), (500e6, "USD")]),
        ("growth of 5 to 7 percent", [(5, "percent"), (7, "percent")]),
        ("a 500-million-yen grant", [(500e6, "JPY")]),
        ("vay từ 300 đến 500 triệu USD trong năm nay", [(300e6, "USD"), (500e6, "USD")]),
        ("kim ngạch tăng 12,5% so với năm trước", [(12.5, "percent")]),
        ("mức lương khoảng 180.000 yên mỗi tháng", [(180_000, "JPY")]),
        ("外国人労働者は230万2千人", [(2_302_000, "people")]),
        ("投資は5~10億円を見込む", [(5e8, "JPY"), (10e8, "JPY")]),
        ("輸出は2割増えた", [(20, "percent")]),
        ("３０億円を供与する", [(3e9, "JPY")]),
        ("日本提供200亿日元贷款", [(20e9, "JPY")]),
        ("4.5萬名越南勞工在日本", [(45_000, "people")]),
        ("매출은 1조 2천억 원이다", [(1.2e12, "KRW")]),
        ("일본에 사는 베트남인은 60만 명이다", [(600_000, "people")]),
        ("Le prêt est de 15 milliards de yens pour le pays", [(15e9, "JPY")]),
        ("Plus de 2 000 personnes sont venues dans la ville", [(2000, "people")]),
        ("Die Firma investiert 90 Millionen Dollar in das Werk", [(90e6, "USD")]),
        ("Im ersten Halbjahr kamen 340.000 vietnamesische Touristen in das Land", [(340_000, "people")]),
        ("El crédito es de 15.000 millones de yenes para el país", [(15e9, "JPY")]),
        ("Selskapet investerer 1,8 milliarder kroner i en ny fabrikk her", [(1.8e9, "NOK")]),
    ],
)
def test_amounts(text, expected):
    """Sums, shares and head counts are read as the language writes numbers."""
    found = amounts(text)

    assert [unit for _, unit in found] == [unit for _, unit in expected]
    assert [value for value, _ in found] == pytest.approx([value for value, _ in expected])


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Japan will give a loan of 20 billion yen", "loan"),
        ("Nhật Bản cho vay 20 tỷ yên", "cho vay"),
        ("200億円の円借款を供与する", "円借款"),
        ("日本提供200亿日元贷款", "贷款"),
        ("They agreed on a grant. It took 20 billion yen to build the bridge.", ""),
        ("the investment, 5 percent of it, and 20 billion yen", ""),
    ],
)
def test_what_a_sum_is(text, subject):
    """A sum has the word for it as its subject, in the article's words, where one stands in its clause; else none."""
    [found] = [amount for amount in judged("", text).amounts if amount.unit == "JPY"]

    assert found.subject == subject


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("Hanoi (VNA) - The two sides met.", "vna"),
        ("Hà Nội (TTXVN) - Hai bên gặp nhau.", "vna"),
        ("HÀ NỘI — The two sides met. — VNS", "vns"),
        ("【ハノイ時事】両首脳は会談した。", "jiji"),
        ("両首脳は会談した。（共同）", "kyodo"),
        ("TOKYO (Reuters) - Shares fell.", "reuters"),
        ("(도쿄=연합뉴스) 양국 정상이 만났다.", "yonhap"),
        ("Hà Nội (Tin Việt) - Hai bên gặp nhau.", "tin-viet"),
        ("The leaders shake hands (Photo: VNA). They met in Hanoi.", ""),
        ("The editor of Kyodo News visited a school in Hanoi.", ""),
    ],
)
def test_wire(text, origin):
    """The agency is the one that dateline or credit names; a photo's credit tells nothing of the text."""
    assert judged("", text).wire == origin
