"""The words that dates are written with, folded as tasks.text.fold does: months, weekdays, zones, eras, fillers."""

from __future__ import annotations

import re


def _numbered(*lines: str) -> dict[str, int]:
    return {name: number for number, line in enumerate(lines, start=1) for name in line.split()}


#: month names and their abbreviations: English, Norwegian, French, German, Spanish, Portuguese, Italian, Dutch,
#: Hungarian
MONTHS = _numbered(
    "january januar janvier enero jan janv ene janeiro gennaio gen januari",
    "february februar fevrier febrero feb febr fevr fev fevereiro febbraio februari",
    "march mars marz marzo mar marco maart mrt marcius",
    "april avril abril apr avr abr aprile aprilis",
    "may mai mayo maio maggio mag mei majus",
    "june juni juin junio jun junho giugno giu junius",
    "july juli juillet julio jul juil julho luglio lug julius",
    "august aout agosto aug ago augustus augusztus",
    "september septembre septiembre sep sept setembro settembre set szeptember",
    "october oktober octobre octubre oct okt outubro out ottobre ott",
    "november novembre noviembre nov novembro",
    "december desember dezember decembre diciembre dec des dez dic dezembro dicembre",
)

#: "Tháng Tư" as a number: after "thang" these words count months. Giêng and Chạp are the moon's, and not among them
VIETNAMESE_MONTHS = _numbered(
    "mot", "hai", "ba", "tu bon", "nam", "sau", "bay", "tam", "chin", "muoi", "muoi-mot", "muoi-hai"
)

#: years before the first of each era, and its last year; 民國 is Taiwan's, letters stand for Japan's in short forms
ERAS = {
    "令和": (2018, 99), "令": (2018, 99), "r": (2018, 99), "平成": (1988, 31), "平": (1988, 31), "h": (1988, 31),
    "昭和": (1925, 64), "民國": (1911, 199), "民国": (1911, 199), "西暦": (0, 9999), "": (0, 9999),
}  # fmt: skip

#: figures of Japanese dates in vertical writing
KANJI = {"〇": 0, "元": 1, **{figure: number for number, figure in enumerate("一二三四五六七八九十", start=1)}}

#: zones that Americans name without saying whether it is summer
PLACES = {
    "ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles",
    "AT": "America/Halifax",
}  # fmt: skip

#: hours east of Greenwich. RFC 822 names the American ones; CST and others that mean two things are first looked for
#: in the source's own zone (see `clock.offset`).
ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "mez": 1, "met": 1, "cest": 2,
    "mesz": 2, "mest": 2, "eet": 2, "eest": 3, "msk": 3, "gst": 4, "pkt": 5, "ist": 5.5, "npt": 5.75, "ict": 7,
    "wib": 7, "hkt": 8, "sgt": 8, "myt": 8, "pht": 8, "wita": 8, "awst": 8, "jst": 9, "kst": 9, "wit": 9,
    "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "ast": -4, "adt": -3, "est": -5, "edt": -4, "cst": -6,
    "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "hst": -10,
}  # fmt: skip

#: phrases that name a zone
ZONE_PHRASES = {
    "gio viet nam": 7, "gio ha noi": 7, "ベトナム時間": 7, "越南時間": 7, "越南时间": 7, "日本時間": 9, "日本时间": 9,
    "한국시간": 9, "한국 시간": 9, "북경시간": 8, "北京时间": 8, "北京時間": 8, "台北時間": 8, "heure de paris": None,
    "norsk tid": None, "現地時間": None, "현지시간": None, "gio dia phuong": None, "local time": None,
}  # fmt: skip

AMERICAN = frozenset({"est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "akst", "hst"})

#: hours to add before noon's turn: the half of the day that a word names
MORNING = frozenset({"am", "sa", "sang", "午前", "오전", "上午", "凌晨"})
AFTERNOON = frozenset({"pm", "ch", "chieu", "toi", "午後", "오후", "下午", "晚上"})

#: what may stand beside a date without meaning anything for it
_FILLERS = (
    "mon tue tues wed weds thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday",
    "mandag tirsdag onsdag torsdag fredag lordag sondag man tir ons tor fre lor son lørdag søndag lør søn",
    "lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu ven sam dim",
    "montag dienstag mittwoch donnerstag freitag samstag sonntag mo di mi do fr sa so",
    "lunes martes miercoles jueves viernes sabado domingo",
    "segunda terca quarta quinta sexta feira seg ter qua qui sex sab dom",
    "lunedi martedi mercoledi giovedi venerdi domenica",
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma wo vr za zo",
    "月 火 水 木 金 土 日 月曜 火曜 水曜 木曜 金曜 土曜 日曜 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 祝",
    "월 화 수 목 금 토 일 월요일 화요일 수요일 목요일 금요일 토요일 일요일 周一 周二 周三 周四 周五 周六 周日",
    "週一 週二 週三 週四 週五 週六 週日 星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天",
    "at on the of in le a de um uhr den kl klokken klokka publisert oppdatert sist publie modifie mis jour",
    "published updated posted date time last modified created first edition hours hrs",
    "ngay luc vao hoi thu chu nhat cn dang cap xuat ban nam lan cuoi",
    "公開 更新 配信 掲載 発表 発行 投稿 作成 最終更新 公開日 更新日 配信日 掲載日 発表日 日時 公開日時 更新日時 に 頃",
    "投稿日 最終更新日 最終更新日時 付 朝刊 夕刊",
    "입력 수정 등록 발행 기사입력 기사등록 기사수정 최종수정 최종 승인 송고",
    "发布 發布 發佈 更新于 更新時間 发布时间 時間 时间",
)
FILLERS = frozenset(word for line in _FILLERS for word in line.split())

WEEKDAY = re.compile(r"\b(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|t[2-7](?=[,. ]))", re.IGNORECASE)
