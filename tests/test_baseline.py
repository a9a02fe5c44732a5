"""What the baseline promises: its five articles are known again, with or without their texts, never as one another."""

import json
import random
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.baseline import Known, hold, known, make, match, take_texts
from flows.judge import judge
from tasks.dedupe import Printed, dedupe, fingerprint
from tasks.text import fold, sentences
from tests.samples import article
from warehouse import read
from warehouse.connect import Warehouse
from warehouse.errors import MendableError

FIVE = [f"baseline:00{number}" for number in range(5)]
LATER = datetime(2025, 6, 1, tzinfo=UTC)
SHIPPED = Path(__file__).parents[1] / "warehouse" / "seeds" / "baseline.json"


@pytest.fixture(scope="module")
def texts(shared) -> dict[str, str]:
    """Give the five texts as received, by id."""
    return {f"baseline:{path.name[:3]}": path.read_text("utf-8") for path in (shared / "baseline").glob("*.txt")}


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def without_diacritics(text: str) -> str:
    """Write as other houses do: no diacritics, Vietnam in one word."""
    return fold(text).replace("viet nam", "vietnam").replace("ha noi", "hanoi")


def with_another_lead(text: str) -> str:
    return "The two sides spoke about many things that matter to both.\n" + "\n".join(pieces(text)[4:])


def with_another_dateline(text: str) -> str:
    return "TOKYO, June 1 (Another Agency) - " + "\n".join(pieces(text)[1:]) + "\n(Photo: Another Agency)"


def shortened(text: str) -> str:
    """Drop two paragraphs in five."""
    paragraphs = [part for part in text.split("\n") if part.strip()]
    dice = random.Random(5)
    return "\n".join(part for part in paragraphs if dice.random() < 0.6 or len(paragraphs) < 4)


def reworded(text: str) -> str:
    """Write every twelfth word differently."""
    return " ".join(word if number % 12 else "moreover" for number, word in enumerate(text.split()))


REWRITES = [without_diacritics, with_another_lead, with_another_dateline, shortened, reworded]


def printed(text: str) -> Printed:
    one = article(article_id="new", text=text, published=LATER, first_seen=LATER, url="https://elsewhere.example/x")
    return Printed(one, fingerprint(one))


def held(one: Known) -> Printed:
    return Printed(one.article, one.fingerprint)


def test_five_articles_are_shipped_with_facts_and_fingerprints_and_no_text():
    assert [one.article.article_id for one in known()] == FIVE
    for one in known():
        assert one.article.text == ""
        assert one.article.title
        assert one.judgement.relevance == "bilateral"
        assert one.judgement.entities
        assert one.judgement.event_date
        assert one.judgement.evidence == ()
        assert len(one.fingerprint.sample) > one.fingerprint.shingles / 8


def test_no_sentence_of_the_texts_is_shipped(texts):
    """Titles are known facts of the pages; beyond them no seven words in a row of a text stand in the shipped file."""
    shipped = " ".join(re.findall(r"\w+", fold(SHIPPED.read_text("utf-8"))))
    titles = " ".join(" ".join(re.findall(r"\w+", fold(one.article.title))) for one in known())
    for text in texts.values():
        found = re.findall(r"\w+", fold(text))
        runs = {" ".join(found[at : at + 7]) for at in range(len(found) - 6)}
        assert not [run for run in runs if run in shipped and run not in titles]


def test_the_shipped_file_is_what_making_it_again_gives(shared, tmp_path):
    make(shared / "baseline", tmp_path / "made.json")

    assert json.loads((tmp_path / "made.json").read_text("utf-8")) == json.loads(SHIPPED.read_text("utf-8"))


@pytest.mark.parametrize("name", FIVE)
def test_each_text_is_matched_whatever_its_file_is_called(texts, name):
    found = match(texts[name])

    assert found is not None
    assert found.article.article_id == name


def test_a_text_that_is_none_of_the_five_is_not_matched():
    assert match("Vietnam and Japan signed a loan for a bridge in Can Tho on Monday. " * 30) is None


@pytest.mark.parametrize("rewrite", [str, *REWRITES], ids=lambda rewrite: rewrite.__name__)
@pytest.mark.parametrize("name", FIVE)
def test_a_text_and_its_rewrites_are_copies_of_the_right_article_without_the_texts(texts, name, rewrite):
    (row,) = dedupe([printed(rewrite(texts[name]))], [held(one) for one in known()], [])

    assert row.duplicate_of == name


@pytest.mark.parametrize("rewrite", [str, *REWRITES], ids=lambda rewrite: rewrite.__name__)
@pytest.mark.parametrize("name", FIVE)
def test_a_text_and_its_rewrites_are_copies_of_the_right_article_with_the_texts(texts, name, rewrite):
    full = [replace(one.article, text=texts[one.article.article_id]) for one in known()]

    (row,) = dedupe([printed(rewrite(texts[name]))], [Printed(one, fingerprint(one)) for one in full], [])

    assert row.duplicate_of == name


def test_the_five_are_not_copies_of_each_other(texts):
    full = [
        Printed(one, fingerprint(one))
        for one in (replace(k.article, text=texts[k.article.article_id]) for k in known())
    ]

    assert dedupe(full, [], []) == ()
    assert dedupe([held(one) for one in known()], [], []) == ()


# Day, headline and text of a report of each event in another language, in our own words.
REPORTS = {
    "baseline:000": (
        "2024-09-03",
        "ト・ラム書記長、岸田首相とオンライン会談",
        (
            "ベトナムのト・ラム書記長兼国家主席は3日午後、自民党総裁の岸田文雄首相とオンラインで会談した。"
            "両者はグエン・フー・チョン前書記長の死去に触れ、経済協力の強化で一致した。"
        ),
    ),
    "baseline:001": (
        "2025-04-27",
        "Tổng Bí thư Tô Lâm tiếp Thủ tướng Nhật Bản",
        "Ngày 27/4 tại Hà Nội, Tổng Bí thư Tô Lâm tiếp Thủ tướng Ishiba Shigeru đang thăm chính thức Việt Nam.",
    ),
    "baseline:002": (
        "2023-12-01",
        "ブイ・タイン・ソン外相、トゥオン国家主席の訪日を総括",
        (
            "ベトナムのブイ・タイン・ソン外相は、ヴォー・ヴァン・トゥオン国家主席の日本公式訪問（11月27～30日）の"
            "成果を記者団に語った。"
        ),
    ),
    "baseline:003": (
        "2024-04-01",
        "Bà Trương Thị Mai thăm làm việc tại Nhật Bản",
        (
            "Từ ngày 31/3 đến 3/4, bà Trương Thị Mai, Thường trực Ban Bí thư, thăm làm việc tại Nhật Bản và gặp "
            "Tổng Thư ký Đảng Dân chủ Tự do Motegi Toshimitsu."
        ),
    ),
    "baseline:004": (
        "2023-11-02",
        "ハノイで「ミートジャパン2023」、ソン外相と山田大使が出席",
        "ベトナム外務省は2日、ハノイで「ミートジャパン2023」を開き、ブイ・タイン・ソン外相と山田滝雄大使が演説した。",
    ),
}


@pytest.mark.parametrize("name", FIVE)
def test_a_report_in_another_language_is_told_with_the_right_article(name):
    day, title, text = REPORTS[name]

    [line] = judge([{"id": "x", "title": title, "text": text, "published": day}], baseline=True)

    assert line["story"] == name
    assert line["duplicate_of"] is None


def test_reports_of_all_five_events_are_told_apart():
    rows = [
        {"id": name, "title": title, "text": text, "published": day} for name, (day, title, text) in REPORTS.items()
    ]

    assert {line["id"]: line["story"] for line in judge(rows, baseline=True)} == {name: name for name in FIVE}


def test_a_warehouse_holds_the_five_each_in_a_story_of_its_own(tmp_path):
    with Warehouse(tmp_path).writer() as db:
        hold(db)
        hold(db)
        members = read.memberships(db, FIVE)

    assert sorted(row.article_id for row in members) == FIVE
    assert len({row.story_id for row in members}) == len(FIVE)


def test_texts_are_taken_in_with_the_words_that_show_what_is_held(texts, tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    for number, text in enumerate(texts.values()):
        (folder / f"some name {number}.txt").write_text(text, encoding="utf-8")

    assert take_texts(Warehouse(tmp_path / "data"), folder) == {"texts": 5}

    with Warehouse(tmp_path / "data").writer() as db:
        articles, judgements = read.articles(db, FIVE), read.judgements(db, FIVE)
    for name in FIVE:
        assert "Kommentar (0)" not in articles[name].text
        assert judgements[name].evidence
        for words in judgements[name].evidence:
            assert getattr(articles[name], words.field)[words.start : words.end] == words.text


def test_a_strange_file_is_refused_by_name_and_nothing_is_taken_in(tmp_path):
    (tmp_path / "strange.txt").write_text("A bridge opened in Can Tho. " * 40, encoding="utf-8")

    with pytest.raises(MendableError, match=r"strange\.txt is none of the five"):
        take_texts(Warehouse(tmp_path / "data"), tmp_path)

    assert not (tmp_path / "data").exists()


def test_what_comes_later_is_not_told_as_the_baselines_story():
    """The same people a year later are another event, which may follow up the old one."""
    day = (datetime(2025, 4, 27, tzinfo=UTC) + timedelta(days=300)).date().isoformat()
    row = {
        "id": "x",
        "title": REPORTS["baseline:001"][1],
        "text": REPORTS["baseline:001"][2],
        "published": day,
    }

    [line] = judge([row], baseline=True)

    assert line["story"] not in {*FIVE, None}
