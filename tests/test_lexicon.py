"""The tables and the search in them."""

import re
from collections import defaultdict
from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.lexicon import Lexicon, build
from tasks.lexicon.forms import Alias, spaced
from tasks.lexicon.rows import concepts
from warehouse.seeds import tables

NAMES = ("people", "organisations", "places")
KANA, HAN, HANGUL = re.compile("[\u3041-\u30fa]"), re.compile("[\u3400-\u9fff]"), re.compile("[\uac00-\ud7af]")
#: what stands around a word in a sentence of each language
CARRIERS = {
    "en": ("We read that ", " came up."),
    "vi": ("Bài này nói đến ", " rất rõ."),
    "ja": ("これは、", "、である。"),
    "zh": ("文中提到，", "，如此。"),
    "ko": ("그 글은 ", " 이야기다."),
    "fr": ("On y lit ", " assez bien."),
}
WRITTEN = st.text(alphabet=st.characters(codec="utf-8"), max_size=200)


@cache
def lexicon() -> Lexicon:
    return build(tables())


def found(text: str, language: str = "en") -> set[tuple[str, str]]:
    """Give (words, id) of every hit that is no bare name."""
    return {(text[hit.start : hit.end], hit.concept.id) for hit in lexicon().find(text, language) if not hit.bare}


def names(text: str, language: str = "en") -> set[str]:
    """Give the ids of the names in a text."""
    kinds = {"person", "organisation", "place", "country"}
    return {hit.concept.id for hit in lexicon().find(text, language) if hit.concept.kind in kinds and not hit.bare}


@pytest.mark.parametrize(("table", "least"), [("people", 400), ("organisations", 400)])
def test_tables_are_wide(table, least):
    """The tables hold as many people and organisations as they promise, each once and with its source."""
    rows = tables()[table]
    ids = [row["id"] for row in rows]

    assert len(ids) >= least
    assert len(ids) == len(set(ids))
    assert all(row["source"] for row in rows)


def test_all_prefectures_and_provinces():
    """All 47 prefectures stand in the table, and all 63 provinces of which 34 remain since the merger of July 2025."""
    places = tables()["places"]
    provinces = [row for row in places if row["side"] == "vietnam" and row["source"].startswith("provinces")]
    known = {row["id"] for row in places}

    assert sum(row["kind"] == "prefecture" for row in places) == 47
    assert len(provinces) == 63
    assert sum(not row["merged_into"] for row in provinces) == 34
    assert {row["merged_into"] for row in places if row["merged_into"]} <= known


def test_offices_are_roles():
    """Every office that a person holds is a row of the roles' table, and ends after it began."""
    roles = {row["role"] for row in tables()["roles"]}
    offices = [(row["id"], office) for row in tables()["people"] for office in lexicon().people[row["id"]].offices]

    assert {office.role for _, office in offices} <= roles
    assert [one for one, office in offices if office.until and office.until < office.since] == []


def test_no_alias_means_two_things():
    """A full name leads to one row only; what several people share is a bare name."""
    owners = defaultdict(set)
    for alias in concepts(tables()):
        if alias.concept.kind in {"person", "organisation", "place"} and not alias.bare:
            owners[alias.key, alias.text if alias.marks == "name" else ""].add(alias.concept.id)

    assert {key: ids for key, ids in owners.items() if len(ids) > 1} == {}


def spoken(alias: Alias) -> str:
    """Give a language in which an alias counts: its column's, else that of its script and marks."""
    if alias.language:
        return "fr" if alias.language == "other" else alias.language
    if HANGUL.search(alias.text):
        return "ko"
    if KANA.search(alias.text):
        return "ja"
    if HAN.search(alias.text):
        return "zh"
    return "en" if alias.text.isascii() else "vi"


def test_each_alias_is_found_in_a_sentence_of_its_language():
    """Every alias of every table is found in a sentence, in the script's way of setting words apart."""
    missed = []
    for alias in concepts(tables()):
        if alias.concept.kind == "exclude":  # comes back as nothing
            continue
        before, after = CARRIERS[spoken(alias)]
        hits = lexicon().find(f"{before}{alias.text}{after}", spoken(alias))
        if not any(hit.concept.id == alias.concept.id and hit.start <= len(before) for hit in hits):
            missed.append((alias.text, alias.concept.id))

    assert missed == []


def test_no_alias_is_found_inside_a_word():
    """Letters that run on at either side hide every alias of a script with spaces, but for the stems."""
    wrong = []
    for alias in concepts(tables()):
        if spaced(alias.text[0]) and spaced(alias.text[-1]):
            text = f"xq{alias.text}qx"
            hits = lexicon().find(text, spoken(alias))
            wrong += [(alias.text, hit.concept.id) for hit in hits if (hit.start, hit.end) == (2, 2 + alias.length)]

    assert wrong == []


def test_a_stem_begins_its_word():
    """A word may go on after a stem, but none may run into it."""
    stems = [one for one in concepts(tables()) if one.stem and spaced(one.text[0]) and one.concept.kind != "exclude"]

    assert stems
    assert [one.text for one in stems if not reaches(one, f"ab {one.text}qw.")] == []
    assert [one.text for one in stems if reaches(one, f"ab q{one.text}qw.")] == []


def reaches(alias: Alias, text: str) -> bool:
    hits = lexicon().find(text, spoken(alias))
    span = (text.index(alias.text), text.index("qw.") + 2)
    return any(hit.concept.id == alias.concept.id and (hit.start, hit.end) == span for hit in hits)


def test_kana_hide_shorter_kana():
    """A word in katakana is no part of a longer one, unless it is a country's name."""
    short = [one for one in concepts(tables()) if one.kana and one.concept.kind != "exclude"]

    assert len(short) > 100
    assert [one.text for one in short if (5, one.concept.id) in starts(f"昨日はギュ{one.text}が")] == []
    assert ("サプライチェーン", "economy") in found("サプライチェーンの強化", "ja")
    assert not any(topic == "agriculture" for _, topic in found("サプライチェーンの強化", "ja"))
    assert "vietnam" in names("ホンダベトナムは", "ja")


def starts(text: str) -> set[tuple[int, str]]:
    return {(hit.start, hit.concept.id) for hit in lexicon().find(text, "ja")}


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Tô Lâm", "to-lam"),
        ("To Lam", "to-lam"),
        ("TÔ LÂM", "to-lam"),
        ("トー・ラム", "to-lam"),
        ("ト・ラム", "to-lam"),
        ("トーラム", "to-lam"),
        ("蘇林", "to-lam"),
        ("또 럼", "to-lam"),
        ("Shigeru Ishiba", "ishiba-shigeru"),
        ("石破 茂", "ishiba-shigeru"),
        ("石破茂", "ishiba-shigeru"),
        ("이시바 시게루", "ishiba-shigeru"),
        ("Aso Taro", "aso-taro"),
        ("Tarō Asō", "aso-taro"),
        ("ボー・バン・トゥオン", "vo-van-thuong"),
        ("ヴォー・ヴァン・トゥオン", "vo-van-thuong"),
        ("Nguyễn Hoà Bình", "nguyen-hoa-binh"),
        ("Nguyễn Hòa Bình", "nguyen-hoa-binh"),
    ],
)
def test_spellings_of_a_person(text, person):
    """One person is found in Latin with and without marks, in both orders, in kana and its variants, kanji, hangul."""
    assert person in names(text)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Thủ tướng Nhật và người Nhật", "vi", {"japan"}),
        ("Chủ nhật này là sinh nhật của bé, theo nhật báo", "vi", set()),
        ("nhà văn Nguyễn Nhật Ánh", "vi", set()),
        ("Việt Nam định hướng phát triển", "vi", {"vietnam"}),
        ("hợp tác vì hòa bình", "vi", set()),
        ("tỉnh Hòa Bình", "vi", {"hoa-binh"}),
        ("khu vực Thái Bình Dương", "vi", {"pacific-ocean"}),
        ("bệnh viện Việt Nhật", "vi", set()),
        ("2日から6日間", "ja", set()),
        ("日이시바", "ko", {"japan", "ishiba-shigeru"}),
        ("14日至15日", "zh", set()),
        ("the Vietnam War", "en", set()),
        ("Japanese encephalitis", "en", set()),
        ("Biển Đông", "vi", {"south-china-sea"}),
        ("동해 표기", "ko", set()),
        ("日越大学", "ja", {"vju"}),
        ("Vietnam Airlines", "en", {"vn-airlines"}),
        ("most of the us", "en", set()),
    ],
)
def test_words_that_look_like_names(text, language, expected):
    """Capitals, marks, script and the excluded terms tell a name from a word that looks like it."""
    assert names(text, language) == expected


def test_diacritics_count_where_they_are_written():
    """A term with other marks is another word; a name may have lost its marks, never exchanged them."""
    assert ("bán dẫn", "technology") in found("ngành bán dẫn", "vi")
    assert not any(topic == "technology" for _, topic in found("ngành bàn dân", "vi"))
    assert "luong-cuong" in names("Luong Cuong")
    assert "luong-cuong" not in names("Lượng Cưỡng")


def test_long_phrases_are_found_without_their_marks():
    """House styles without diacritics keep their topics; a short term without its marks may be another word."""
    assert ("xuat khau lao dong", "labour") in found("chuong trinh xuat khau lao dong sang Nhat Ban", "vi")
    assert ("hop tac nong nghiep", "agriculture") in found("hop tac nong nghiep giua hai tinh", "vi")
    assert not any(topic == "technology" for _, topic in found("nganh ban dan", "vi"))
    assert not any(topic == "agriculture" for _, topic in found("hợp tác nông nghiếp", "vi"))


def test_longest_name_wins():
    """Of overlapping names the longest stands; a shorter one inside it is not a second mention."""
    assert names("Đại sứ quán Nhật Bản tại Việt Nam", "vi") == {"jp-embassy-vn"}


def test_terms_keep_to_their_language():
    """A word of one language is not a term in another, but an abbreviation is one everywhere."""
    assert "aid" in {topic for _, topic in found("ODA", "nb")}
    assert "policy" not in {kind for _, kind in found("en lov", "en")}
    assert "policy" in {kind for _, kind in found("en lov", "nb")}


def test_bare_names_are_marked():
    """A name that many bear comes back as bare, for the text to decide."""
    hits = [hit for hit in lexicon().find("gặp bà Mai và ông Sơn", "vi") if hit.concept.kind == "person"]

    assert hits
    assert all(hit.bare for hit in hits)


def test_person():
    """A person is looked up with side, rank and the days of each office."""
    ishiba = lexicon().person("ishiba-shigeru")

    assert ishiba is not None
    assert (ishiba.label, ishiba.side, ishiba.level) == ("Ishiba Shigeru", "japan", 1)
    assert ("prime minister", date(2024, 10, 1)) in {(office.role, office.since) for office in ishiba.offices}
    assert lexicon().person("nobody") is None


@given(st.lists(st.one_of(WRITTEN, st.sampled_from(["Nhật Bản", "石破首相", "Vietnam–Japan", "ﬁ", "…", "İ"]))))
def test_spans_lie_in_the_text(pieces):
    """Whatever the text, every hit is a non-empty span of it, and hits come in order."""
    text = " ".join(pieces)
    hits = lexicon().find(text, "vi")

    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert [hit.start for hit in hits] == sorted(hit.start for hit in hits)
