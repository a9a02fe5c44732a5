"""tasks/charset turns bytes into text whatever their publisher declares."""

import gzip
import tracemalloc
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.charset import decode, gunzip, undecoded
from tasks.text import clean

JAPANESE = "㈱髙山製作所は二十八日、ハノイに新しい工場を建てると発表した①。操業は来年の春から。"
PLAIN_JAPANESE = "製作所は二十八日、ハノイに新しい工場を建てると発表した。操業は来年の春からの予定である。"
TONES = "\u0300\u0301\u0303\u0309\u0323"
VIETNAMESE = "Nông dân các huyện ven sông thu hoạch sớm mười ngày nhờ nước về đều."
#: the same as cp1258 has it: letters composed, tones apart, a space behind
VIETNAMESE_APART = "".join(
    unicodedata.normalize("NFC", "".join(mark for mark in unicodedata.normalize("NFD", letter) if mark not in TONES))
    + "".join(mark for mark in unicodedata.normalize("NFD", letter) if mark in TONES)
    for letter in VIETNAMESE + " "
)
FRENCH = "Le préfet a été reçu à Huế où il a évoqué la coopération scolaire. Déjà, l'été dernier..."
PORTUGUESE = "As negociações sobre a habitação não avançaram; à tarde há outra reunião em São João."
CHINESE = "越南北部的水稻比往年提前十天收割，合作社已经与两家公司签订合同。"
CHINESE_OF_TAIWAN = "越南北部的水稻比往年提前十天收割，合作社已經與兩家公司簽訂合同。"
RUSSIAN = "Новости дня и погода на севере Вьетнама"
KOREAN = "하노이 서쪽 신도시에 어린이 도서관이 문을 열었다."


def xml(encoding: str) -> bytes:
    return f'<?xml version="1.0" encoding="{encoding}"?>'.encode()


@pytest.mark.parametrize(
    ("body", "content_type", "expected", "why"),
    [
        (xml("Shift_JIS") + JAPANESE.encode("cp932"), "", JAPANESE, "Shift_JIS is said, cp932 is meant"),
        (PLAIN_JAPANESE.encode("euc_jp"), "text/xml; charset=EUC-JP", PLAIN_JAPANESE, "only the header says it"),
        (xml("EUC-JP") + "①②㈱".encode("euc_jisx0213"), "", "①②㈱", "signs that plain EUC-JP lacks"),
        (xml("ISO-2022-JP") + PLAIN_JAPANESE.encode("iso2022_jp"), "", PLAIN_JAPANESE, "seven bits, told by escapes"),
        (PLAIN_JAPANESE.encode("iso2022_jp"), "", PLAIN_JAPANESE, "the same, undeclared"),
        (PLAIN_JAPANESE.encode("cp932") * 3, "", PLAIN_JAPANESE * 3, "Shift_JIS that nobody declares"),
        (PLAIN_JAPANESE.encode("euc_jp") * 3, "", PLAIN_JAPANESE * 3, "EUC-JP that nobody declares"),
        (PLAIN_JAPANESE.encode("cp932"), "text/html; charset=iso-8859-1", PLAIN_JAPANESE, "a server's default header"),
        (xml("Shift_JIS") + JAPANESE.encode(), "", JAPANESE, "valid UTF-8 outweighs what is declared"),
        (xml("UTF-16") + JAPANESE.encode(), "", JAPANESE, "the same for UTF-16"),
        (VIETNAMESE.encode(), "text/html; charset=windows-1252", VIETNAMESE, "the same for a wrong header"),
        (JAPANESE.encode("utf-16"), "", JAPANESE, "a byte-order mark"),
        (b"\xef\xbb\xbf" + JAPANESE.encode(), "", JAPANESE, "UTF-8 with a mark"),
        ((xml("UTF-16").decode() + JAPANESE).encode("utf-16-le"), "", JAPANESE, "UTF-16 without a mark"),
        (b"<meta charset=gb2312>" + CHINESE.encode("gbk"), "", CHINESE, "gb2312 is said, more is meant"),
        (b"<meta charset=ks_c_5601-1987>" + KOREAN.encode("cp949"), "", KOREAN, "Korea's old name"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">' + "été “là”".encode("cp1252"), "",
         "été “là”", "Latin-1 is said, Windows is meant"),
        (FRENCH.replace("ế", "e").encode("latin-1"), "text/html; charset=iso-8859-1", FRENCH.replace("ế", "e"),
         "Latin-1 as declared"),
        (PORTUGUESE.encode("cp1252"), "", PORTUGUESE, "Latin that nobody declares is not taken for cp1258"),
        (xml("utf-8") + VIETNAMESE.encode() * 9 + b"\xe1\xba", "", VIETNAMESE, "UTF-8 cut in a letter"),
        (b"<meta charset=hex>" + b"caf\xe9", "", "caf", "a codec of Python that is no text encoding"),
        (b"<meta charset=nonsense>" + PLAIN_JAPANESE.encode("cp932") * 3, "", PLAIN_JAPANESE, "no encoding at all"),
    ],
)  # fmt: skip
def test_text_comes_out_whole(body, content_type, expected, why):
    assert expected in decode(body, content_type), why


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(CHINESE, "gbk"), (CHINESE_OF_TAIWAN, "big5"), (KOREAN, "euc_kr"), (RUSSIAN, "cp1251")],
)
def test_what_nobody_declares_and_nobody_can_guess_is_known_as_undecoded(text, encoding):
    assert undecoded(decode(b"<title>" + text.encode(encoding)))
    assert not undecoded(decode(f"<?xml encoding='{encoding}'?><title>{text}".encode(encoding)))


def test_vietnamese_of_windows_comes_out_composed():
    body = "ca\u0301 ch\u00ea\u0301t".encode("cp1258")
    assert clean(decode(b"<meta charset=windows-1258>" + body)).endswith("cá chết")


def test_vietnamese_of_windows_is_known_where_nobody_declares_it():
    tones = VIETNAMESE_APART.encode("cp1258") * 3
    assert clean(decode(tones)) == " ".join([VIETNAMESE] * 3)


@given(
    st.binary(max_size=300),
    st.sampled_from(["", "text/html; charset=utf-7", "text/xml; charset=big5", "charset=undefined"]),
)
def test_no_bytes_make_it_raise_or_leave_what_cannot_be_stored(body, content_type):
    decode(body, content_type).encode("utf-8", "surrogatepass")


def test_gzip_is_unpacked_up_to_a_cap_that_holds_while_unpacking():
    assert gunzip(gzip.compress(b"feed"), 10) == b"feed"
    assert gunzip(b"feed", 10) == b"feed"
    assert gunzip(b"\x1f\x8bnonsense", 10) == b""
    bomb = gzip.compress(bytes(50_000_000))
    tracemalloc.start()
    try:
        assert gunzip(bomb, 1_000_000) == b""
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
