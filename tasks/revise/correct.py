"""What a newer text of an article corrects: names, numbers, dates, quotations, or that its publisher says so.

Sentences that went are set beside the ones that came in their place, and only what was swapped within such a pair
counts: a list of other news that changed, a paragraph added or a word rewritten corrects nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher

from tasks.dates.words import MONTHS
from tasks.lexicon import Lexicon
from tasks.text import fold, is_cjk, sentences

_ALIKE = 0.5  # likeness from which a sentence came in the place of another
_CLOSE = 0.75  # the same for words that look like names and may be none
_MOST = 60  # sentences that are compared: where more changed, the text is another one
_TITLE_CASE = 0.6  # share of capitals from which they say nothing of names

_NAMED = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_WEEKDAYS = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:man|tirs|ons|tors|fre|lor|lør|son|søn)dag"
    r"|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch"
    r"|lunes|martes|miercoles|jueves|viernes|sabado|domingo|thu (?:hai|ba|tu|nam|sau|bay)|chu nhat"
)
_DATES = re.compile(  # on folded text
    rf"\b\d{{1,2}}(?:st|nd|rd|th|er|\.)? (?:de |of )?{_NAMED}(?:,? (?:de )?\d{{4}})?"
    rf"|\b{_NAMED} \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}})?|\b{_NAMED} \d{{4}}"
    r"|\bngay \d{1,2}(?:[/.-]| thang )\d{1,2}(?:(?:[/.-]| nam )\d{4})?|\bthang \d{1,2}(?:/| nam )\d{4}"
    r"|(?<![\d/])\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?(?![\d/%])|\b\d{4}-\d\d-\d\d\b|\b(?:19|20)\d\d\b(?! ?[a-z%])"
    r"|(?:(?:\d{4}|[〇一二三四五六七八九]{4}|令和\d+)\s?[年년])?\s?[\d一二三四五六七八九十]{1,3}\s?[月월](?:\s?[\d一二三四五六七八九十]{1,3}\s?[日号號일])?"
    r"|(?<!\d)\d{1,2}\s?[日号號일](?![本人間韓])|\d{4}\s?[年년]"
    rf"|\b(?:{_WEEKDAYS})\b|[月火水木金土日]曜日?|[월화수목금토일]요일|(?:星期|周|週|礼拜)[一二三四五六日天]"
)
_MULTIPLE = (
    r"thousand|million(?:er|en|s|es)?|billion(?:s|en)?|trillion|milliard(?:er|en|s)?|mil|mille|tusen|tausend"
    r"|nghin|ngan|trieu|ty|ti|per ?cent|prosent|prozent|phan tram|por ciento"
    r"|퍼센트|포인트|%|[万萬億亿兆만억조千천百백]+"
)
_SMALL = "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred"
_COUNTED = "mot hai ba bon nam sau bay tam chin muoi"
_NUMBERS = re.compile(  # on folded text, dates taken out
    rf"\d+(?:[.,]\d+)*\s?(?:(?:{_MULTIPLE})(?![a-z]))?"
    r"|[〇一二三四五六七八九十百千万億兆两兩]{2,}|[一二三四五六七八九十百千万両两兩](?=[人円元名社件カヵか国國度回台機隻棟校個个頭匹%])"
    rf"|\b(?:{'|'.join(_SMALL.split())})\b"
    rf"|\b(?:{'|'.join(_COUNTED.split())})(?= (?:nguoi|ty|trieu|nghin|nam|thang|ngay|cong ty|tinh|du an)\b)"
    r"|(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열) ?(?=명|개|건|차례|나라)"
)
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?!\d))")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_TITLES_CJK = (
    "首相|総理|大統領|国家主席|主席|書記長|大臣|副大臣|外相|防衛相|経産相|官房長官|長官|大使|公使|総領事|議長|議員|知事|市長"
    "|社長|会長|教授|氏|さん|总理|總理|总统|總統|总书记|總書記|部长|部長|外长|外長|大使|省长|市长|先生|女士|董事长"
)
_KANJI_NAME = re.compile(rf"[\u4e00-\u9fff々]{{2}}(?=(?:{_TITLES_CJK}))")
_KANA_NAME = re.compile(r"[ァ-ヺー]+(?:[・＝][ァ-ヺー]+)+")
_KANA = re.compile(r"[ァ-ヺー]{3,}")
_HANGUL_NAME = re.compile(
    r"[가-힣]{2,4}(?= ?(?:총리|대통령|국가주석|주석|서기장|장관|차관|외상|대사|의원|의장|지사|시장|회장|사장|교수|씨)"
    r"(?![가-힣]{3}))"
)
_QUOTED = re.compile(r"[“„「『«‹\"]([^“”„「」『』«»‹›\"\n]{4,})[”“」』»›\"]")

_SAID_SO = re.compile(
    # English, French, Spanish, German, Norwegian
    r"\bcorrections?\s*[:(\[–—-]|[\[(](?:corrected|corrects[^)\]]*|correction)[\])]|\beditor['’]s note:[^\n]*\bcorrect"
    r"|\b(?:earlier|previous|original) (?:version|story|report|article)\b[^.\n]{0,80}\b"
    r"(?:misstated|misspelled|misspelt|misidentified|incorrect\w*|wrong\w*|error|said|gave|corrected)"
    r"|\b(?:this|the) (?:story|article|report) (?:has been|was) (?:corrected|amended)"
    r"|\brectificatifs?\b|\berratum\b|\bcorrection apportée\b|\bcet article a été (?:corrigé|rectifié)"
    r"|\bversion (?:précédente|antérieure)\b[^.\n]{0,80}\berr"
    r"|\bfe de erratas?\b|\bfe de errores\b|\bcorrección\s*:|\brectificación\s*:|\bversión anterior\b[^.\n]{0,80}\berr"
    r"|\b(?:korrektur|berichtigung|richtigstellung)\s*:|\bfrüheren (?:version|fassung)\b"
    r"|\brettelse\b|\bpresisering\s*:|\b(?:artikkelen|saken) (?:er|ble) (?:rettet|korrigert)|\btidligere versjon\b"
    # Vietnamese, Japanese, Korean, Chinese
    r"|đính chính|cải chính|\bxin sửa lại|[【［\[(（〈]訂正|訂正(?:します|いたします|しました|いたしました|版|[:：])"
    r"|(?:お詫び|おわび)(?:して|し、?|と)訂正|記事[^。\n]{0,20}(?:誤り|修正し)|바로잡|정정(?:합니다|보도|했습니다|[:：])"
    r"|更正(?:启事|啟事|说明|說明|[:：])|特此更正|勘误|勘誤",
    re.IGNORECASE,
)


def corrected(
    before: tuple[str, str], now: tuple[str, str], language: str, lexicon: Lexicon | None = None
) -> list[str]:
    """Name what was corrected from one (title, text) to the next: name, number, date, quotation, said so, in order.

    Something must have gone and something else have come in its place. Names are those of the lexicon, in any script,
    and words that look like names; in Korean and Chinese unknown ones only before a title.
    """
    found = {kind for pair in _pairs(before, now) for kind in _swapped(*pair, language, lexicon)}
    old, new = "\n".join(before), "\n".join(now)
    if _requoted(old, new):
        found.add("quotation")
    if len(_SAID_SO.findall(new)) > len(_SAID_SO.findall(old)):
        found.add("said so")
    return [kind for kind in ("number", "date", "name", "quotation", "said so") if kind in found]


def _pairs(before: tuple[str, str], now: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """Give the sentences that went, each with the one that came in its place; the titles are one pair."""
    if before[0] != now[0] and before[0] and now[0]:
        yield before[0], now[0]
    old, new = (list(dict.fromkeys(text[a:b] for a, b in sentences(text))) for text in (before[1], now[1]))
    gone = [one for one in old if one not in set(new)][:_MOST]
    come = [one for one in new if one not in set(old)][:_MOST]
    for one in gone:
        alike = [(_likeness(one, other), other) for other in come]
        likeness, other = max(alike, default=(0.0, ""))
        if likeness >= _ALIKE:
            come.remove(other)
            yield one, other


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE else 0.0


def _swapped(old: str, new: str, language: str, lexicon: Lexicon | None) -> Iterator[str]:
    """Say what was swapped between two sentences."""
    was, now = fold(old), fold(new)
    if _differ(set(_DATES.findall(was)), set(_DATES.findall(now))):
        yield "date"
    if _differ(_numbers(was), _numbers(now)):
        yield "number"
    if (
        _differ(_entities(old, language, lexicon), _entities(new, language, lexicon))
        or _differ(_capitals(old, language), _capitals(new, language))
        or _differ(_written(old), _written(new))
        or _reworded(old, new)
    ):
        yield "name"


def _differ(was: set[str], now: set[str]) -> bool:
    return bool(was - now) and bool(now - was)


def _numbers(folded: str) -> set[str]:
    """Give the numbers of a folded sentence, with what multiplies them; how thousands are set off does not count."""
    return {"".join(_THOUSANDS.sub("", found.group()).split()) for found in _NUMBERS.finditer(_DATES.sub(" ", folded))}


def _entities(text: str, language: str, lexicon: Lexicon | None) -> set[str]:
    hits = lexicon.find(text, language) if lexicon else []
    return {hit.concept.id for hit in hits if hit.concept.kind in {"person", "organisation", "place"}}


def _capitals(text: str, language: str) -> set[str]:
    """Give the words with a capital inside a sentence, accents kept; none where capitals mean something else."""
    found = list(_WORD.finditer(text))
    if not found or is_cjk(text):
        return set()
    inside = [one for one in found[1:] if one.group()[0].isupper() and not _opens(text, one.start())]
    if len(inside) > _TITLE_CASE * len(found):
        return set()
    if language == "de":  # all nouns have one: names are where two stand together
        starts = {one.end() + 1 for one in inside}
        inside = [one for one in inside if one.start() in starts]
    dated = {word for date in _DATES.findall(fold(text)) for word in date.split()}
    return {_spelt(one.group()) for one in inside if fold(one.group()) not in dated}


def _opens(text: str, start: int) -> bool:
    """Say whether a word opens a quotation or a clause after a colon, where a capital says nothing."""
    return text[:start].rstrip(" ")[-1:] in {"“", '"', "«", "„", "‘", ":", "(", "."}


def _spelt(word: str) -> str:
    """Spell a word for comparing: case off, accents kept, wherever in a syllable they are set (Hoà, Hòa)."""
    parts = unicodedata.normalize("NFD", word.casefold().removesuffix("'s").removesuffix("’s"))
    marks = sorted(part for part in parts if unicodedata.combining(part))
    return "".join(part for part in parts if not unicodedata.combining(part)) + "".join(marks)


def _written(text: str) -> set[str]:
    """Give what is written as a name in scripts without capitals: before a title, or with a middle dot."""
    return {one for pattern in (_KANJI_NAME, _KANA_NAME, _HANGUL_NAME) for one in pattern.findall(text)}


def _reworded(old: str, new: str) -> bool:
    """Say whether one katakana word stands for another in a sentence that is otherwise the same: a name, likely."""
    was, now = set(_KANA.findall(old)), set(_KANA.findall(new))
    if not _differ(was, now) or _likeness(_KANA.sub("", old), _KANA.sub("", new)) < _CLOSE:
        return False
    return not any(one in other or other in one for one in was - now for other in now - was)


def _requoted(old: str, new: str) -> bool:
    """Say whether a quotation went and a like one came; the marks around it and a stop at its end do not count."""
    was, now = ({one.strip(" .,。、") for one in _QUOTED.findall(text)} for text in (old, new))
    return any(_likeness(gone, come) >= _ALIKE for gone in was - now for come in now - was)
