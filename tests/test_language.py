"""tasks/language tells languages by script and model, offline."""

import json
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.language import language

ENGLISH = "The harbour master said on Monday that the second quay would open before the rains. "
VIETNAMESE = "Giám đốc cảng nói hôm thứ hai rằng bến thứ hai sẽ mở trước mùa mưa năm nay. "
JAPANESE = "港の責任者は月曜日、二つ目の岸壁を雨期の前に使い始めると話した。"
TAIWANESE = "台灣的小吃在越南也很受歡迎，許多年輕人排隊購買，店家說生意比去年好很多，明年還要開分店。"
FRENCH = "Le capitaine du port a déclaré lundi que le second quai ouvrirait avant les pluies. "


@pytest.mark.parametrize(
    ("title", "text", "expected", "why"),
    [
        ("", ENGLISH, "en", "plain"),
        ("", VIETNAMESE, "vi", "plain"),
        ("", "Giam doc cang noi hom thu hai rang ben thu hai se mo truoc mua mua nam nay.", "vi", "without its marks"),
        ("", JAPANESE, "ja", "plain"),
        ("", FRENCH, "fr", "plain"),
        ("Văn Cao, Tố Hữu and Đặng Thai Mai remembered in Huế", "", "en", "names do not make it Vietnamese"),
        ("日越首脳会談", "", "ja", "kanji alone, one made in Japan"),
        ("日越外相会談開催", "", "ja", "kanji alone, some as on the mainland, some as on Taiwan"),
        ("越南总理会见日本首相", "", "zh", "simplified"),
        ("越南總理會見日本首相", "", "zh", "traditional"),
        ("台灣の小吃", TAIWANESE, "zh", "one の is fashion"),
        ("베트남 총리, 日 총리와 회담", "", "ko", "hangul with a hanja"),
        ("", "Regjeringen ble etter møtet enige om å sende flere ingeniører gjennom programmet.", "nb", "no Danish"),
        ("", "Regeringen blev efter mødet enige om at sende flere ingeniører gennem programmet.", "da", "Danish"),
        ("", "Regjeringa vart samd om å sende fleire ingeniørar gjennom programmet, sa ho ikkje.", "nb", "nynorsk"),
        ("", "Портовый мастер сказал, что второй причал откроется до дождей.", "ru", "Cyrillic"),
        ("", "นายท่าเรือกล่าวว่าท่าเทียบเรือแห่งที่สองจะเปิดก่อนฤดูฝน", "th", "Thai"),
        ("", "قال مدير الميناء إن الرصيف الثاني سيفتح قبل موسم الأمطار", "ar", "Arabic"),
        ("", ENGLISH * 3 + "\n" + VIETNAMESE * 3, "mul", "half and half"),
        ("", (ENGLISH + "\n" + VIETNAMESE + "\n") * 4, "mul", "paragraph by paragraph"),
        ("", ENGLISH * 3 + "\n" + FRENCH * 3, "mul", "two languages of one script"),
        ("", JAPANESE * 3 + VIETNAMESE * 3, "mul", "two scripts"),
        ("", ENGLISH * 6 + "\n" + VIETNAMESE, "en", "a caption in another language changes nothing"),
        ("JICA、ODAで支援", "", "ja", "Latin names in a Japanese headline"),
        ("2025 - 28/4", "1.234", "", "no letters"),
    ],
)  # fmt: skip
def test_the_language_is_told(title, text, expected, why):
    assert language(title, text) == expected, why


@given(st.text(), st.text(max_size=2_000))
def test_any_text_has_a_tag_or_none(title, text):
    tag = language(title, text)
    assert tag == "" or (tag.isalpha() and tag.islower() and len(tag) in {2, 3})


def test_nothing_is_fetched_or_written(monkeypatch, tmp_path):
    """The model is in the wheel: no socket is opened, and the home folder stays empty."""
    from tasks import language as module

    def refuse(*_):
        raise AssertionError("a socket")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setenv("HOME", str(tmp_path))
    module._detector.cache_clear()  # noqa: SLF001 (the model must be loaded under the test's eyes)
    assert language("", FRENCH) == "fr"
    assert not list(tmp_path.iterdir())


def test_labelled_articles_are_told_in_99_of_100_cases(shared):
    lines = (shared / "gold" / "articles.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    right = sum(language(row["title"], row["text"]) == row["language"] for row in rows)
    titles = sum(language(row["title"], "") == row["language"] for row in rows)
    assert right / len(rows) >= 0.99
    assert titles / len(rows) >= 0.99
