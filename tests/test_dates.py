"""tasks/dates reads dates as the region's feeds and pages write them, and refuses what it does not understand."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.dates import read_date

HANOI, TOKYO, OSLO = "Asia/Ho_Chi_Minh", "Asia/Tokyo", "Europe/Oslo"
MORNING = "2025-04-28T02:15:00"  # 09:15 in Hanoi
MIDNIGHT = "2025-04-27T17:00:00"  # 00:00 in Hanoi

# written, the source's zone, the instant in UTC, what it rests on, why it stands here
READ = [
    ("Mon, 28 Apr 2025 09:15:00 +0700", HANOI, MORNING, "explicit", "RFC 5322 to the letter"),
    ("Mon, 28 Apr 2025 02:15:00 GMT", HANOI, MORNING, "explicit", "RFC 822's most common zone"),
    ("28 Apr 2025 02:15:00 Z", HANOI, MORNING, "explicit", "no weekday, military zone"),
    ("Mon, 28 Apr 25 02:15:00 UT", HANOI, MORNING, "explicit", "RFC 822's year of two digits"),
    ("Monday, 28-Apr-25 02:15:00 GMT", HANOI, MORNING, "explicit", "RFC 850"),
    ("Mon Apr 28 02:15:00 2025", "UTC", MORNING, "assumed-zone", "asctime"),
    ("Mon Apr 28 11:15:00 JST 2025", HANOI, MORNING, "explicit", "date(1) with a zone before the year"),
    ("Mon, 28 Apr 2025 9:15 +0700", HANOI, MORNING, "explicit", "no seconds, one digit"),
    ("Mon,28 Apr 2025 09:15:00+07:00", HANOI, MORNING, "explicit", "no spaces, a colon in the offset"),
    ("Monday, 28 April 2025 09:15:00 +0700", HANOI, MORNING, "explicit", "whole words"),
    ("Fri, 28 Apr 2025 09:15:00 +0700", HANOI, MORNING, "explicit", "a wrong weekday proves nothing"),
    ("Mon, 28 Apr 2025 09:15:00 +700", HANOI, MORNING, "explicit", "an offset of three digits"),
    ("Mon, 28 Apr 2025 09:15:00 GMT+7", HANOI, MORNING, "explicit", "Tuoi Tre: east of Greenwich, not as POSIX has it"),
    ("Mon, 28 Apr 2025 09:15:00 GMT+07:00", OSLO, MORNING, "explicit", "the same with minutes"),
    ("Mon, 28 Apr 2025 09:15:00 GMT +0700", OSLO, MORNING, "explicit", "the same, set apart"),
    ("2025-04-28 11:15 UTC+9", HANOI, MORNING, "explicit", "the same from Japan"),
    ("2025-04-27 21:15 UTC-5", HANOI, MORNING, "explicit", "west is west"),
    ("Mon, 28 Apr 2025 11:15:00 JST", HANOI, MORNING, "explicit", "feedparser reads JST as UTC, nine hours off"),
    ("Mon, 28 Apr 2025 09:15:00 ICT", "UTC", MORNING, "explicit", "Indochina time"),
    ("Mon, 28 Apr 2025 11:15:00 KST", "UTC", MORNING, "explicit", "Korea"),
    ("Sun, 27 Apr 2025 22:15:00 EDT", "UTC", MORNING, "explicit", "RFC 822's American zones"),
    ("Sun, 27 Apr 2025 20:15:00 CST", "UTC", MORNING, "explicit", "CST is American by RFC 822"),
    ("Mon, 28 Apr 2025 10:15:00 CST", "Asia/Taipei", MORNING, "explicit", "but China's for a source in Taipei"),
    ("Mon, 28 Apr 2025 04:15:00 CEST", "UTC", MORNING, "explicit", "Europe's summer time"),
    ("Mon, 28 Apr 2025 02:15:00 -0000", HANOI, MORNING, "explicit", "RFC 5322: UTC by a clock of unknown place"),
    ("Mon, 28 Apr 2025 24:00:00 +0700", HANOI, "2025-04-28T17:00:00", "explicit", "24:00 ends the day"),
    ("Tue, 31 Dec 2024 23:59:60 GMT", HANOI, "2025-01-01T00:00:00", "explicit", "a leap second"),
    ("2025-04-28T09:15:00+07:00", OSLO, MORNING, "explicit", "RFC 3339"),
    ("2025-04-28T02:15:00.123Z", OSLO, "2025-04-28T02:15:00.123000", "explicit", "with a fraction"),
    ("2025-04-28T09:15+0700", OSLO, MORNING, "explicit", "no seconds, no colon"),
    ("2025-04-28T09:15:00+07", OSLO, MORNING, "explicit", "offset of two digits"),
    ("2025-04-28 09:15:00 +0700", OSLO, MORNING, "explicit", "Ruby, Go"),
    ("2025-04-28t02:15:00z", OSLO, MORNING, "explicit", "lower case, as RFC 3339 allows"),
    ("20250428T021500Z", OSLO, MORNING, "explicit", "ISO 8601's basic form"),
    ("20250428091500", HANOI, MORNING, "assumed-zone", "digits alone: a year leads, so no epoch"),
    ("2025-04-28T09:15:00", HANOI, MORNING, "assumed-zone", "a naive time is the source's, not UTC"),
    ("2025-04-28T11:15:00+09:00[Asia/Tokyo]", HANOI, MORNING, "explicit", "Java's ZonedDateTime"),
    ("2025-04-28 11:15 Asia/Tokyo", HANOI, MORNING, "explicit", "an IANA name"),
    ("2025/04/28 09:15:00", HANOI, MORNING, "assumed-zone", "feedparser: the first of the current month"),
    ("1745806500", HANOI, MORNING, "explicit", "epoch seconds"),
    ("1745806500000", HANOI, MORNING, "explicit", "epoch milliseconds"),
    ("Mon Apr 28 2025 09:15:00 GMT+0700 (Indochina Time)", OSLO, MORNING, "explicit", "JavaScript"),
    ("2025-04-28", HANOI, MIDNIGHT, "date-only", "a day begins where the source is"),
    ("20250428", HANOI, MIDNIGHT, "date-only", "the same without dashes"),
    ("April 28, 2025", HANOI, MIDNIGHT, "date-only", "American words"),
    ("Apr. 28, 2025 (Mainichi Japan)", TOKYO, "2025-04-27T15:00:00", "date-only", "a comment in brackets"),
    ("28th of April 2025", HANOI, MIDNIGHT, "date-only", "British words"),
    ("Apr 28, 2025 9:15 AM", HANOI, MORNING, "assumed-zone", "twelve hours"),
    ("Monday, April 28, 2025 - 09:15", HANOI, MORNING, "assumed-zone", "a dash between"),
    ("12:15 a.m., Apr 28, 2025", "UTC", "2025-04-28T00:15:00", "assumed-zone", "half past midnight is not noon"),
    ("Thứ Hai, 28/04/2025 09:15 (GMT+7)", OSLO, MORNING, "explicit", "VnExpress"),
    ("28/04/2025 | 09:15", HANOI, MORNING, "assumed-zone", "a bar between"),
    ("09:15 - 28/4/2025", HANOI, MORNING, "assumed-zone", "time first; the dash is no offset"),
    ("Thứ 2, 28/04/2025", HANOI, MIDNIGHT, "date-only", "the weekday's figure is no day"),
    ("ngày 28 tháng 4 năm 2025", HANOI, MIDNIGHT, "date-only", "in words"),
    ("9 giờ 15 ngày 28/4/2025", HANOI, MORNING, "assumed-zone", "hours in words"),
    ("9h15 ngày 28 tháng Tư năm 2025", HANOI, MORNING, "assumed-zone", "a month in words"),
    ("28/04/2025 3:15:00 CH", HANOI, "2025-04-28T08:15:00", "assumed-zone", "CH: afternoon, as .NET writes in Vietnam"),
    ("Tháng Tư 28, 2025", HANOI, MIDNIGHT, "date-only", "WordPress in Vietnamese"),
    ("Cập nhật: 28-04-2025 09:15", HANOI, MORNING, "assumed-zone", "a label before"),
    ("28/04/2025 09:15 (giờ Việt Nam)", OSLO, MORNING, "explicit", "the zone in words"),
    ("2025年4月28日 11時15分", TOKYO, MORNING, "assumed-zone", "Japanese"),
    ("令和7年4月28日", TOKYO, "2025-04-27T15:00:00", "date-only", "the year of an era"),
    ("令和元年5月1日", TOKYO, "2019-04-30T15:00:00", "date-only", "an era's first year has a name"),
    ("2025年4月28日(月) 午後3時", TOKYO, "2025-04-28T06:00:00", "assumed-zone", "afternoon, weekday in brackets"),
    ("２０２５年４月２８日　１１時１５分", TOKYO, MORNING, "assumed-zone", "full-width digits and space"),
    ("2025.04.28 11:15", TOKYO, MORNING, "assumed-zone", "dots"),
    ("2025年4月28日 11:15 更新", TOKYO, MORNING, "assumed-zone", "a label behind"),
    ("2025. 4. 28. 오전 11:15", "Asia/Seoul", MORNING, "assumed-zone", "Korean"),
    ("입력 2025.04.28 11:15", "Asia/Seoul", MORNING, "assumed-zone", "Korean label"),
    ("2025년 4월 28일 11시 15분", "Asia/Seoul", MORNING, "assumed-zone", "Korean in words"),
    ("民國114年4月28日", "Asia/Taipei", "2025-04-27T16:00:00", "date-only", "Taiwan's years"),
    ("28. april 2025 kl. 04.15", OSLO, MORNING, "assumed-zone", "Norwegian: dots in the time"),
    ("Publisert 28.04.2025, kl. 04.15", OSLO, MORNING, "assumed-zone", "Norwegian label"),
    ("mandag 28. april 2025", OSLO, "2025-04-27T22:00:00", "date-only", "Norwegian weekday"),
    ("lundi 28 avril 2025 à 04h15", "Europe/Paris", MORNING, "assumed-zone", "French"),
    ("le 1er août 2025", "Europe/Paris", "2025-07-31T22:00:00", "date-only", "French first"),
    ("28/04/2025", HANOI, MIDNIGHT, "date-only", "28 is no month"),
    ("04/28/2025", HANOI, MIDNIGHT, "date-only", "28 is no month here either"),
    ("04/05/2025", HANOI, "2025-05-03T17:00:00", "date-only", "both could be: the day first"),
    ("4/5/2025 9:15:00 AM", HANOI, "2025-04-05T02:15:00", "assumed-zone", ".NET's American default"),
    ("04/05/2025 09:15 AM", HANOI, "2025-05-04T02:15:00", "assumed-zone", "padded: somebody in Vietnam chose the form"),
    ("Mon, 28 Apr 2025 16:31:00 ET", HANOI, "2025-04-28T20:31:00", "explicit", "New York's, which is summer time then"),
    ("Mon, 27 Jan 2025 16:31:00 ET", HANOI, "2025-01-27T21:31:00", "explicit", "and here winter time"),
    ("04/05/2025 10:15 AM PT", HANOI, "2025-04-05T17:15:00", "explicit", "the month first, as Americans write"),
    ("Apr. 28, 2025 AT 09:15", HANOI, MORNING, "assumed-zone", "no Atlantic time"),
    ("Seg, 28 Abr 2025 09:15:00 +0700", OSLO, MORNING, "explicit", "Portuguese"),
    ("lun, 28 apr 2025 04:15:9 CEST", HANOI, "2025-04-28T02:15:09", "explicit", "Italian; a second of one digit"),
    ("04/05/2025 10:15 EDT", HANOI, "2025-04-05T14:15:00", "explicit", "an American zone"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "zone", "instant", "quality", "why"), READ)
def test_a_date_is_read_as_its_writer_meant_it(raw, zone, instant, quality, why):
    assert read_date(raw, zone) == (datetime.fromisoformat(instant).replace(tzinfo=UTC), quality), why


# as written in Vietnam and in Japan, by sources there: what their clocks showed, what it rests on
VIETNAMESE = [
    ("Chủ nhật, 27/04/2025, 09:15 (GMT+7)", "2025-04-27T09:15", "explicit"),
    ("Chủ Nhật, ngày 27/04/2025 - 09:15", "2025-04-27T09:15", "assumed-zone"),
    ("CN, 27/04/2025 09:15", "2025-04-27T09:15", "assumed-zone"),
    ("Thứ Ba, 29/04/2025 | 09:15", "2025-04-29T09:15", "assumed-zone"),
    ("Thứ bảy, 26/4/2025 - 9:15", "2025-04-26T09:15", "assumed-zone"),
    ("Thứ Năm, 24 tháng 4, 2025 | 9:15", "2025-04-24T09:15", "assumed-zone"),
    ("Thứ Sáu 25/4/2025 09:15 AM", "2025-04-25T09:15", "assumed-zone"),
    ("Thứ Hai, ngày 28/04/2025 09:15 AM (GMT+7)", "2025-04-28T09:15", "explicit"),
    ("T2, 28/04/2025 - 09:15", "2025-04-28T09:15", "assumed-zone"),
    ("T2 28/4/2025", "2025-04-28T00:00", "date-only"),
    ("27 tháng 4, 2025", "2025-04-27T00:00", "date-only"),
    ("27 Tháng Tư, 2025", "2025-04-27T00:00", "date-only"),
    ("27 Tháng 4 2025, 09:15", "2025-04-27T09:15", "assumed-zone"),
    ("Ngày 27 tháng 4 năm 2025 lúc 9 giờ 15 phút", "2025-04-27T09:15", "assumed-zone"),
    ("27 thg 4, 2025", "2025-04-27T00:00", "date-only"),
    ("27 Thg4 2025", "2025-04-27T00:00", "date-only"),
    ("28 Th4 2025", "2025-04-28T00:00", "date-only"),
    ("28 Th04, 2025", "2025-04-28T00:00", "date-only"),
    ("Tháng 4 28, 2025 9:15 sáng", "2025-04-28T09:15", "assumed-zone"),
    ("28 Tháng Tư, 2025 3:15 chiều", "2025-04-28T15:15", "assumed-zone"),
    ("28/04/2025 09:15 SA", "2025-04-28T09:15", "assumed-zone"),
    ("28/04/2025 03:15 CH", "2025-04-28T15:15", "assumed-zone"),
    ("09:15 ngày 28/04/2025", "2025-04-28T09:15", "assumed-zone"),
    ("09:15, 28/04/2025", "2025-04-28T09:15", "assumed-zone"),
    ("09h15, ngày 28/4/2025", "2025-04-28T09:15", "assumed-zone"),
    ("09h15 28/4/2025", "2025-04-28T09:15", "assumed-zone"),
    ("9h15' ngày 28/4/2025", "2025-04-28T09:15", "assumed-zone"),
    ("15h 28/4/2025", "2025-04-28T15:00", "assumed-zone"),
    ("15 giờ ngày 28/4/2025", "2025-04-28T15:00", "assumed-zone"),
    ("8:30 tối ngày 28/4/2025", "2025-04-28T20:30", "assumed-zone"),
    ("lúc 15:15 28-04-2025", "2025-04-28T15:15", "assumed-zone"),
    ("Đăng ngày 28/04/2025 09:15", "2025-04-28T09:15", "assumed-zone"),
    ("Đăng lúc: 09:15 28/04/2025", "2025-04-28T09:15", "assumed-zone"),
    ("Xuất bản: 28/04/2025 - 09:15", "2025-04-28T09:15", "assumed-zone"),
    ("Cập nhật lần cuối: 28/04/2025 09:15", "2025-04-28T09:15", "assumed-zone"),
    ("Cập nhật lúc 09:15, Thứ Hai, 28/04/2025 (GMT+7)", "2025-04-28T09:15", "explicit"),
    ("28.04.2025 09:15", "2025-04-28T09:15", "assumed-zone"),
    ("28.04.2025, 09:15 (GMT+7)", "2025-04-28T09:15", "explicit"),
    ("28/04/2025 09:15:30", "2025-04-28T09:15:30", "assumed-zone"),
    ("28/4/2025 9:15:30 SA", "2025-04-28T09:15:30", "assumed-zone"),
    ("28/04/2025 09:15:00 +07:00", "2025-04-28T09:15", "explicit"),
    ("28/04/2025 09:15 UTC+7", "2025-04-28T09:15", "explicit"),
    ("28/04/2025 09:15 ICT", "2025-04-28T09:15", "explicit"),
    ("28/04/2025 GMT+7", "2025-04-28T00:00", "date-only"),
    ("2025-04-28 09:15:00 (GMT+7)", "2025-04-28T09:15", "explicit"),
    ("28/04/2025, 09:15 GMT+0700", "2025-04-28T09:15", "explicit"),
    ("28-04-2025 | 09:15", "2025-04-28T09:15", "assumed-zone"),
    ("28/04/2025 lúc 09:15", "2025-04-28T09:15", "assumed-zone"),
    ("28 tháng Tư năm 2025", "2025-04-28T00:00", "date-only"),
    ("28 tháng tư 2025", "2025-04-28T00:00", "date-only"),
    ("28 tháng mười hai 2025", "2025-12-28T00:00", "date-only"),
    ("28 tháng Mười Một, 2025", "2025-11-28T00:00", "date-only"),
    ("ngày 5 tháng 5 năm 2025", "2025-05-05T00:00", "date-only"),
    ("05/04/2025 14:30", "2025-04-05T14:30", "assumed-zone"),
    ("5/4/2025 2:30 CH", "2025-04-05T14:30", "assumed-zone"),
    ("05-04-2025", "2025-04-05T00:00", "date-only"),
    ("05.04.2025", "2025-04-05T00:00", "date-only"),
    ("Mon, 28 Apr 2025 09:15:00 GMT+0700", "2025-04-28T09:15", "explicit"),
    ("Mon, 28 Apr 2025 09:15:00 UTC+07:00", "2025-04-28T09:15", "explicit"),
    ("Thu, 24 Apr 2025 09:15:00 +07", "2025-04-24T09:15", "explicit"),
    ("Thứ 2, 28 Apr 2025 09:15:00 +0700", "2025-04-28T09:15", "explicit"),
    ("T2, 28 Th4 2025 09:15:00 +0700", "2025-04-28T09:15", "explicit"),
    ("1745806500.123", "2025-04-28T09:15", "explicit"),
    (" 1745806500", "2025-04-28T09:15", "explicit"),
]  # fmt: skip

JAPANESE = [
    ("2025年4月28日", "2025-04-28T00:00", "date-only"),
    ("2025年04月28日(月)", "2025-04-28T00:00", "date-only"),
    ("2025年4月28日（月）", "2025-04-28T00:00", "date-only"),
    ("2025年4月28日月曜日", "2025-04-28T00:00", "date-only"),
    ("2025年4月28日(月)11:15", "2025-04-28T11:15", "assumed-zone"),
    ("2025年4月28日（月）11時15分", "2025-04-28T11:15", "assumed-zone"),
    ("2025年4月28日 午前11時15分", "2025-04-28T11:15", "assumed-zone"),
    ("2025年4月28日 午前11:15", "2025-04-28T11:15", "assumed-zone"),
    ("2025年4月28日 午後3時15分", "2025-04-28T15:15", "assumed-zone"),
    ("2025年4月28日 午後0時15分", "2025-04-28T12:15", "assumed-zone"),
    ("2025年4月28日 午前0時15分", "2025-04-28T00:15", "assumed-zone"),
    ("2025年4月28日 午後12時15分", "2025-04-28T12:15", "assumed-zone"),
    ("2025年4月28日 24時", "2025-04-29T00:00", "assumed-zone"),
    ("2025年4月28日24時00分", "2025-04-29T00:00", "assumed-zone"),
    ("2025年4月28日 0:00", "2025-04-28T00:00", "assumed-zone"),
    ("2025年4月28日11時15分30秒", "2025-04-28T11:15:30", "assumed-zone"),
    ("2025/4/28", "2025-04-28T00:00", "date-only"),
    ("2025/04/28(月) 11:15", "2025-04-28T11:15", "assumed-zone"),
    ("2025/04/28 11:15 JST", "2025-04-28T11:15", "explicit"),
    ("2025-04-28 11:15 (JST)", "2025-04-28T11:15", "explicit"),
    ("2025.4.28", "2025-04-28T00:00", "date-only"),
    ("2025.04.28(月)", "2025-04-28T00:00", "date-only"),
    ("2025・4・28", "2025-04-28T00:00", "date-only"),
    ("2025 年 4 月 28 日", "2025-04-28T00:00", "date-only"),
    ("２０２５年４月２８日（月）", "2025-04-28T00:00", "date-only"),
    ("２０２５／０４／２８\u3000１１：１５", "2025-04-28T11:15", "assumed-zone"),
    ("令和7年4月28日", "2025-04-28T00:00", "date-only"),
    ("令和７年４月２８日（月）", "2025-04-28T00:00", "date-only"),
    ("令和七年四月二十八日", "2025-04-28T00:00", "date-only"),
    ("令和元年5月1日", "2019-05-01T00:00", "date-only"),
    ("令和元年五月一日", "2019-05-01T00:00", "date-only"),
    ("平成31年4月30日", "2019-04-30T00:00", "date-only"),
    ("平成30年12月1日 午後3時", "2018-12-01T15:00", "assumed-zone"),
    ("R7.4.28", "2025-04-28T00:00", "date-only"),
    ("R7/4/28", "2025-04-28T00:00", "date-only"),
    ("R07.04.28", "2025-04-28T00:00", "date-only"),
    ("令7.4.28", "2025-04-28T00:00", "date-only"),
    ("H31.4.30", "2019-04-30T00:00", "date-only"),
    ("公開日：2025年4月28日", "2025-04-28T00:00", "date-only"),
    ("公開日時：2025年4月28日 11時15分", "2025-04-28T11:15", "assumed-zone"),
    ("更新日：2025年4月28日", "2025-04-28T00:00", "date-only"),
    ("最終更新日：2025年4月28日", "2025-04-28T00:00", "date-only"),
    ("更新日時:2025/04/28 11:15", "2025-04-28T11:15", "assumed-zone"),
    ("投稿日: 2025-04-28", "2025-04-28T00:00", "date-only"),
    ("[公開] 2025年4月28日 11:15", "2025-04-28T11:15", "assumed-zone"),
    ("2025年4月28日 11時15分 公開", "2025-04-28T11:15", "assumed-zone"),
    ("2025年4月28日 11時15分配信", "2025-04-28T11:15", "assumed-zone"),
    ("二〇二五年四月二十八日", "2025-04-28T00:00", "date-only"),
    ("2025年4月28日付", "2025-04-28T00:00", "date-only"),
    ("2025年4月28日 朝刊", "2025-04-28T00:00", "date-only"),
    ("2025年4月28日 夕刊", "2025-04-28T00:00", "date-only"),
    ("2025年4月28日 11:15 日本時間", "2025-04-28T11:15", "explicit"),
    ("日本時間2025年4月28日午前11時15分", "2025-04-28T11:15", "explicit"),
    ("Mon, 28 Apr 2025 11:15:00 JST", "2025-04-28T11:15", "explicit"),
    ("Mon, 28 Apr 2025 11:15:00 +0900 (JST)", "2025-04-28T11:15", "explicit"),
    ("2025-04-28T11:15:00+0900", "2025-04-28T11:15", "explicit"),
    ("2025-04-28T11:15:00.000+09:00", "2025-04-28T11:15", "explicit"),
    ("2025-04-28T11:15:00.000000Z", "2025-04-28T20:15", "explicit"),
    ("2025-04-28 11:15:00.0", "2025-04-28T11:15", "assumed-zone"),
    ("20250428T1115+0900", "2025-04-28T11:15", "explicit"),
    ("2025-04-28T24:00:00+09:00", "2025-04-29T00:00", "explicit"),
    ("2025-04-28T11:15", "2025-04-28T11:15", "assumed-zone"),
    ("28 Apr 2025 11:15 JST", "2025-04-28T11:15", "explicit"),
    ("April 28, 2025 11:15 JST", "2025-04-28T11:15", "explicit"),
    ("Apr. 28, 2025 at 11:15 a.m.", "2025-04-28T11:15", "assumed-zone"),
    ("April 28, 2025 (Mainichi Japan)", "2025-04-28T00:00", "date-only"),
    ("28-Apr-2025", "2025-04-28T00:00", "date-only"),
    ("28 April, 2025", "2025-04-28T00:00", "date-only"),
    ("2025-Apr-28", "2025-04-28T00:00", "date-only"),
    ("2025/04/28/11:15", "2025-04-28T11:15", "assumed-zone"),
    ("2025年4月28日(月曜日)", "2025-04-28T00:00", "date-only"),
    ("2025年4月28日(月・祝)", "2025-04-28T00:00", "date-only"),
    ("2025年5月5日（月・祝） 10時00分", "2025-05-05T10:00", "assumed-zone"),
    ("2025年4月28日 AM 11:15", "2025-04-28T11:15", "assumed-zone"),
    ("2025年4月28日 PM 3:15", "2025-04-28T15:15", "assumed-zone"),
    ("PM 3:15, 2025年4月28日", "2025-04-28T15:15", "assumed-zone"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "shown", "quality"), VIETNAMESE)
def test_a_date_as_written_in_vietnam_is_read(raw, shown, quality):
    assert read_date(raw, HANOI) == (datetime.fromisoformat(shown).replace(tzinfo=ZoneInfo(HANOI)), quality)


@pytest.mark.parametrize(("raw", "shown", "quality"), JAPANESE)
def test_a_date_as_written_in_japan_is_read(raw, shown, quality):
    assert read_date(raw, TOKYO) == (datetime.fromisoformat(shown).replace(tzinfo=ZoneInfo(TOKYO)), quality)


FORMS = [
    "{0.day}/{0.month}/{0.year}",
    "{0:%d.%m.%Y}",
    "ngày {0.day} tháng {0.month} năm {0.year}",
    "{0.day} thg {0.month}, {0.year}",
    "{0.year}年{0.month}月{0.day}日",
    "{0:%Y/%m/%d}",
    "{0:%B} {0.day}, {0.year}",
    "{0:%d-%b-%Y}",
]


@given(st.dates(date(1990, 1, 2), date(2099, 12, 30)), st.sampled_from(FORMS))
def test_every_day_is_read_in_every_form(day, form):
    assert read_date(form.format(day), HANOI) == (datetime.combine(day, time(), ZoneInfo(HANOI)), "date-only")


@given(st.dates(date(2019, 5, 1), date(2060, 1, 1)))
def test_every_day_of_the_present_era_is_read(day):
    raw = f"令和{day.year - 2018}年{day.month}月{day.day}日"
    assert read_date(raw, TOKYO) == (datetime.combine(day, time(), ZoneInfo(TOKYO)), "date-only")


UNREAD = [
    "9h15p 28/4/2025",
    "Hà Nội, ngày 28 tháng 4 năm 2025",
    "28/04/25",
    "28/04/25 09:15",
    "28-4-25",
    "cách đây 2 giờ",
    "2 giờ trước",
    "hôm nay",
    "Hôm qua, 09:15",
    "vừa xong",
    "5 phút trước",
    "ngày 28/4",
    "30/02/2025",
    "ngày 31 tháng 4 năm 2025",
    "28/13/2025",
    "28/04/2025 25:15",
    "mùng 1 tháng Giêng năm Ất Tỵ",
    "28 tháng Chạp 2025",
    "1745806500000000",
    "2025年4月28日 25時",
    "平成元年1月8日",
    "昭和64年1月7日",
    "令和7年4月31日",
    "令和99年4月28日",
    "平成50年4月28日",
    "2025年4月28日 5:00 (2025年4月28日 11:15更新)",
    "2025年4月28日 11:15 [有料会員限定]",
    "4月28日",
    "4月28日 11時15分",
    "4/28(月) 11:15",
    "3時間前",
    "昨日",
    "本日",
    "2025年4月",
    "2025年",
    "2025年4月28日 正午",
    "2025年4月28日 深夜",
    "2025-118",
    "2025-W18-1",
    "2025W181",
    "2025-W18-1T11:15:00+09:00",
    "2025-04-28T11",
    "Apr-28-2025",
    "12 giờ trưa 28/4/2025",
    "2025年4月28日（月）15:00～16:00",
    "2025年4月28日～30日",
]


@pytest.mark.parametrize("raw", UNREAD)
def test_what_could_be_read_two_ways_or_in_part_is_none(raw):
    assert read_date(raw, HANOI) == (None, "none")


NONE = [
    ("", "nothing"),
    ("tomorrow", "a word"),
    ("2 giờ trước", "relative"),
    ("3時間前", "relative"),
    ("2025", "a year"),
    ("2025-04", "a month"),
    ("28/04", "no year"),
    ("4月28日 9時15分", "no year"),
    ("9 giờ 15", "a time alone"),
    ("25/04/28", "a year of two digits among figures"),
    ("31/04/2025", "April has thirty days"),
    ("29 Feb 2025", "not a leap year"),
    ("Mon, 00 Apr 2025 09:15:00 GMT", "no day nought"),
    ("2025-13-01", "no month thirteen"),
    ("13/13/2025", "nor here"),
    ("2025-04-28 25:00", "no hour 25"),
    ("2025-04-28 09:75", "no minute 75"),
    ("2025-04-28 15:15 AM", "contradicts itself"),
    ("Mon, 28 Apr 2025 09:15:00 +2500", "no place is so far east"),
    ("Mon, 01 Jan 0001 00:00:00 GMT", ".NET's nothing"),
    ("1970-01-01T00:00:00Z", "the epoch's nothing"),
    ("12345", "a number"),
    ("28/04/2025 09:15, cập nhật 29/04/2025 10:00", "two dates: which?"),
    ("Sports/News 28/04/2025", "words that mean something else"),
    ("2025-W18-1", "a form that is not read must not be half read"),
    ("Hội nghị ngày 28/4/2025 tại Hà Nội", "prose"),
    ("x" * 500, "longer than any date"),
]


@pytest.mark.parametrize(("raw", "why"), NONE)
def test_what_is_not_understood_is_none(raw, why):
    assert read_date(raw, HANOI) == (None, "none"), why


PARTS = st.sampled_from(
    [
        "2025",
        "28",
        "4",
        "/",
        "-",
        ".",
        ":",
        "09:15",
        "+07",
        "GMT+7",
        "JST",
        "Apr",
        "tháng",
        "年",
        "月",
        "日",
        "午後",
        "元",
    ]
)


@given(st.text(max_size=60) | st.lists(PARTS).map(" ".join) | st.lists(PARTS).map("".join))
def test_no_string_makes_it_raise_and_every_answer_is_an_instant_in_utc(raw):
    instant, quality = read_date(raw, TOKYO)
    assert (instant is None) == (quality == "none")
    assert instant is None or instant.utcoffset() == timedelta(0)


@given(st.integers(800_000_000, 4_000_000_000), st.integers(-12 * 4, 14 * 4))
def test_the_quick_way_and_the_long_way_agree(seconds, quarters):
    naive = datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
    sign, minutes = "-" if quarters < 0 else "+", abs(quarters) * 15
    offset = f"{sign}{minutes // 60:02}:{minutes % 60:02}"
    quick = read_date(f"{naive.isoformat()}{offset}", TOKYO)
    assert quick == read_date(f"{naive:%Y/%m/%d} {naive:%H:%M:%S} {offset}", TOKYO)
    assert quick[0] == datetime.fromisoformat(f"{naive.isoformat()}{offset}")


def test_an_unknown_zone_is_the_callers_mistake():
    with pytest.raises(ZoneInfoNotFoundError):
        read_date("2025-04-28", "Asia/Nowhere")
