"""Search: what is written is found, folded, ranked and marked, and what is held is what can be found."""

import json
import re
import unicodedata
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.ask.search import Wanted, WrongQuestionError, search
from tasks.text import clean
from tests.command import vnjp
from tests.samples import NOW, article
from warehouse import index as indexing
from warehouse import write
from warehouse.connect import Warehouse, attach
from warehouse.errors import WarehouseError
from warehouse.index import index
from warehouse.publish import publish
from warehouse.records import Duplicate
from warehouse.rows import rows
from warehouse.statements import view

TEXTS = {
    "rail": ("vi", "Nhật Bản cho vay ODA làm đường sắt", "Ký khoản vay ODA cho đường sắt đô thị ở Hà Nội."),
    "sugar": ("vi", "Giá đường tăng, sắt giảm", "Giá đường tăng 5%. Sắt thép giảm. Đường đi khó. Nhật Bản mua."),
    "talks": ("ja", "石破首相がハノイで会談", "石破茂首相は27日、ハノイで書記長と会談した。\nODA借款１２億円。"),
    "trip": ("ja", "石破氏、マニラへ", "石破氏はマニラへ向かった。会談は別の人が行う。"),
    "en": ("en", "Ishiba visits Hanoi", "Ishiba visited Hanoi. He met café owners.\nA railway came up."),
    "ko": ("ko", "이시바 총리, 베트남 방문", "이시바 총리가 하노이를 방문했다."),
    "dang": ("vi", "Chế độ mới cho lao động", "Chế độ mới. Độ tuổi."),
}  # fmt: skip


def written(house, **texts):
    with house.writer() as db:
        made = [
            article(article_id=key, language=language, title=title, text=text, first_seen=NOW)
            for key, (language, title, text) in texts.items()
        ]
        write.extracted(db, [], made)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = Warehouse(tmp_path_factory.mktemp("search"))
    written(house, **TEXTS)
    publish(house)
    return house


def found(house, asked, **more):
    return [row["article_id"] for row in search(house, Wanted(asked, **more))["found"]]


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("duong sat", "rail"),
        ("đường sắt", "rail"),
        ("ĐƯỜNG SẮT", "rail"),
        (unicodedata.normalize("NFD", "đường sắt"), "rail"),
        ("ODA đường sắt", "rail"),
        ("石破 会談", "talks"),
        ("石破会談", "talks"),
        ("ﾊﾉｲ", "talks"),
        ("12億円 ODA", "talks"),
        ("ＯＤＡ借款", "talks"),
        ("cafe ISHIBA", "en"),
        ("이시바 하노이", "ko"),
        ("che do", "dang"),
        ("億", "talks"),
    ],
)
def test_what_is_meant_is_found_first(house, asked, first):
    assert found(house, asked)[0] == first


def test_words_that_stand_together_come_before_the_same_words_apart(house):
    assert found(house, "đường sắt") == ["rail", "sugar"]


def test_words_as_typed_come_before_the_same_letters_with_other_accents(tmp_path):
    house = Warehouse(tmp_path)
    written(house, a=("vi", "Bản đồ", "cũ"), b=("vi", "Bán đo", "cũ"), c=("vi", "Ban do", "cũ"))
    publish(house)
    assert [found(house, asked)[0] for asked in ("bản đồ", "bán đo")] == ["a", "b"]
    assert set(found(house, "ban do")) == {"a", "b", "c"}


def test_a_title_counts_for_more_than_a_text_and_the_rarer_word_for_more_than_the_common_one(tmp_path):
    house = Warehouse(tmp_path)
    common = {f"x{number}": ("en", "Something else", "Trade goes on.") for number in range(8)}
    written(house, text=("en", "Something", "A bridge."), title=("en", "A bridge", "Something."), **common)
    publish(house)
    assert found(house, "bridge") == ["title", "text"]
    assert set(found(house, "trade bridge harbour")) == set()
    assert set(found(house, "something else bridge")[:2]) == {"title", "text"} or found(house, "bridge something")


def test_what_is_newer_breaks_a_tie_and_only_a_tie(tmp_path):
    house = Warehouse(tmp_path)
    with house.writer() as db:
        for day, key in enumerate(("old", "new")):
            write.extracted(
                db, [], [article(article_id=key, title="Rice", text="Rice.", first_seen=NOW + timedelta(day))]
            )
        write.extracted(
            db, [], [article(article_id="best", title="Rice rice", text="Rice.", first_seen=NOW - timedelta(9))]
        )
    publish(house)
    assert found(house, "rice") == ["best", "new", "old"]


def test_a_single_character_finds_texts_and_kana_keep_their_voice(house):
    assert found(house, "書") == ["talks"]
    with pytest.raises(WarehouseError):
        search(Warehouse(house.folder / "none"), Wanted("x"))
    assert "talks" not in found(house, "バノイ")


def test_marks_stand_at_what_was_found_in_the_text_as_stored(house):
    for asked, key, words in (
        ("duong sat", "rail", ["đường sắt"]),
        ("石破会談", "talks", ["石破", "会談"]),
        ("railway", "en", ["railway"]),
        ("12億円", "talks", ["１２億円"]),
    ):
        row = next(one for one in search(house, Wanted(asked))["found"] if one["article_id"] == key)
        _, title, text = TEXTS[key]
        assert [text[start:end] for start, end in row["marks"]] == words
        assert row["title"] == title
        assert text[row["start"] :].startswith(row["excerpt"])
    assert [title[start:end] for start, end in row["title_marks"]] == []


def test_a_revision_takes_the_place_of_what_it_replaced_and_what_is_gone_is_found_no_more(tmp_path):
    house = Warehouse(tmp_path)
    written(house, a=("en", "Old rice", "Old."), b=("en", "Tea", "Tea."))
    publish(house)
    with house.writer() as db:
        write.extracted(db, [], [article(article_id="a", revision="r2", revision_no=2, title="New wheat", text="New.")])
        db.execute("delete from base.articles where article_id = 'b'")
    publish(house)
    assert (found(house, "rice"), found(house, "wheat"), found(house, "tea")) == ([], ["a"], [])
    with house.writer() as db:
        held = db.execute("select distinct number from base.search_terms").fetchall()
        assert held == db.execute("select number from base.search_texts").fetchall()


def test_an_index_is_filled_batch_by_batch_and_anew_by_other_rules_with_the_same_result(tmp_path, monkeypatch):
    house = Warehouse(tmp_path)
    written(house, **TEXTS)

    def held():
        with house.writer() as db:
            return db.execute(
                "select article_id, term, terms.weight, texts.weight from base.search_terms as terms "
                "join base.search_texts as texts using (number) order by all"
            ).fetchall()

    with house.writer() as db:
        assert [index(db, 3) for _ in range(4)] == [3, 3, 1, 0]
    once = held()
    monkeypatch.setattr(indexing, "RULES", "terms-0")
    monkeypatch.setattr("warehouse.publish.AT_ONCE", 2)
    publish(house)
    with house.writer() as db:
        assert db.execute("select rule_version, count(*) from base.search_texts group by 1").fetchall() == [
            ("terms-0", len(TEXTS))
        ]
    assert held() == once
    assert once


def test_terms_that_came_one_article_at_a_time_lie_in_one_order_once_they_are_a_batch(tmp_path, monkeypatch):
    house = Warehouse(tmp_path)
    monkeypatch.setattr(indexing, "AT_ONCE", 3)
    written(house, **TEXTS)

    def held():
        with house.writer() as db:
            return db.execute("select number, term, weight from base.search_terms order by rowid").fetchall()

    parts = []
    while len(parts) < len(TEXTS):
        with house.writer() as db:
            assert index(db, 1) == 1
        parts.append(held())
    came = parts[1]
    assert [term for _, term, _ in came] != sorted(term for _, term, _ in came)
    for first in (1, 4):
        batch = [(term, number) for number, term, _ in parts[-1] if first <= number < first + 3]
        assert batch == sorted(batch)
    assert [row for row in sorted(parts[-1]) if row[0] < 3] == sorted(came)


def test_copies_are_folded_under_the_best_of_them(tmp_path):
    house = Warehouse(tmp_path)
    written(house, a=("en", "Rice", "Rice."), b=("en", "Rice", "Rice."), c=("en", "Rice rice", "Rice."))
    with house.writer() as db:
        write.duplicates(db, [Duplicate("b", "a", "exact", 1, "a", "", "1")], ["a", "b"])
    publish(house)
    assert [(row["article_id"], row["copies"]) for row in search(house, Wanted("rice"))["found"]] == [
        ("c", 0),
        ("a", 1),
    ]


@pytest.mark.parametrize("asked", ["", "  ", "?!", "…", "x" * 10_000, "\x00"])
def test_a_question_without_a_word_or_without_end_is_refused_in_a_sentence(house, asked):
    with pytest.raises(WrongQuestionError, match=r"no word in|at most 1,000"):
        search(house, Wanted(asked))


@pytest.mark.parametrize(
    "asked", ["'", '" or ""=""', "'; drop table base.articles; --", "%_\\", "a" * 1000, "(*+", "\ud800x"]
)
def test_hostile_questions_are_only_words(house, asked):
    try:
        assert isinstance(search(house, Wanted(asked))["found"], list)
    except WrongQuestionError as error:
        assert "no word" in str(error)  # noqa: PT017 - either is right
    assert found(house, "ishiba hanoi") == ["en"]


def test_a_snapshot_of_a_version_without_search_says_what_publishes_it_anew(tmp_path):
    old = Warehouse(tmp_path)
    db = attach(old.snapshot, read_only=False)
    db.execute("create schema base; create table base.articles as select 1 as x")
    db.close()
    with pytest.raises(WarehouseError, match="vnjp maintain"):
        search(old, Wanted("x"))


# --- the same cut in SQL as a reader of the notes would write it ------------------------------------------------------

UNSPACED = re.compile(
    "[\u2e80-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\uac00-\ud7a3]+"
)


def expected(text):
    """Cut a text into terms by the standard library."""
    folded = unicodedata.normalize("NFKC", text.lower()).replace("đ", "d")
    runs = UNSPACED.findall(folded)
    pairs = [run[i : i + 2] for run in runs for i in range(max(1, len(run) - 1))]
    words = re.findall(r"[^\W_]+", UNSPACED.sub(" ", folded))
    bare = ["".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c)) for word in words]
    return sorted(bare + pairs)


@pytest.fixture(scope="module")
def snapshot(house):
    with house.reader() as db:
        yield db


PIECES = st.sampled_from(
    [
        *"aZéĐđ ệỡỨ.,-'\n12５ａＺ々ーの。ö«😀",
        "Nhật Bản",
        "Ngài",
        "石破",
        "首相",
        "ハノイ",
        "ガギ",
        "ｶﾞｷﾊﾟ",
        "ODA",
        "이시바",
    ]
)
KNOWN = st.lists(st.lists(PIECES, max_size=30).map("".join), min_size=20, max_size=40)
ANY = st.lists(st.text(max_size=40).map(clean), min_size=20, max_size=40)  # as texts come from outside


@given(KNOWN)
@settings(max_examples=10)
def test_terms_are_what_the_standard_library_makes_of_the_same_text(snapshot, texts):
    found = snapshot.execute("select main.terms(text) from (select unnest(?) as text)", [texts]).fetchall()
    assert [sorted(terms) for (terms,) in found] == [expected(text) for text in texts]


MARKED = (
    "select main.highlight(text, text, '\u2061', '\u2062'), main.excerpt(text, text) from (select unnest(?) as text)"
)


@given(KNOWN)
@settings(max_examples=6)
def test_every_word_of_a_text_that_asks_for_itself_is_marked(snapshot, texts):
    for marked, part in snapshot.execute(MARKED, [texts]).fetchall():
        assert not re.search(r"[^\W_]", re.sub("\u2061.*?\u2062", "", marked, flags=re.DOTALL))
        assert bool(re.search(r"[^\W_]", marked)) <= ("«" in part)


@given(ANY)
@settings(max_examples=6)
def test_marks_change_nothing_of_a_text(snapshot, texts):
    for text, (marked, _) in zip(texts, snapshot.execute(MARKED, [texts]).fetchall(), strict=True):
        assert re.sub("[\u2061\u2062]", "", marked) == text


# --- the command and SQL ----------------------------------------------------------------------------------------------


def test_the_command_prints_marks_in_brackets_or_json_and_its_exit_code_says_how_it_went(house):
    shown = vnjp("search", "đường sắt", VNJP_DATA=house.folder)
    assert shown.returncode == 0
    assert "1. Nhật Bản cho vay ODA làm [đường sắt]" in shown.stdout
    told = json.loads(vnjp("search", "石破会談", "--json", "--language", "ja", VNJP_DATA=house.folder).stdout)
    assert told["found"][0]["article_id"] == "talks"
    nothing = vnjp("search", "xyzzy", VNJP_DATA=house.folder)
    assert (nothing.returncode, nothing.stdout) == (1, "")
    assert "No article of 7 tells most of 'xyzzy'" in nothing.stderr
    wrong = vnjp("search", "!!", VNJP_DATA=house.folder)
    assert wrong.returncode == 2
    assert "there is no word in '!!'" in wrong.stderr


def test_filters_narrow_what_is_found(house):
    assert found(house, "ishiba", languages=("ja",)) == []
    assert found(house, "nhat ban", languages=("vi",), limit=1) == ["rail"]
    assert found(house, "nhat ban", since=NOW + timedelta(1)) == []
    assert found(house, "nhat ban", relevance=("bilateral",)) == []


def test_sql_finds_the_same_in_the_sandbox(house):
    shown = vnjp("sql", "--json", "select article_id, excerpt from search('石破 会談', 1)", VNJP_DATA=house.folder)
    assert json.loads(shown.stdout)["rows"] == [["talks", "«石破»茂首相は27日、ハノイで書記長と«会談»した。"]]
    with house.reader() as db:
        assert rows(db, "searched", asked="A b")[0]["texts"] == len(TEXTS)
        assert view("92_search")
