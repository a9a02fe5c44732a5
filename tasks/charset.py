"""From bytes to text: gzip, and the encodings that feeds and pages of the region declare wrongly.

What a publisher declares is a hint, not the truth: cp932's ①㈱髙 travel as "Shift_JIS", UTF-8 under an old server's
header, and gb2312 means gb18030 (the Encoding Standard of the WHATWG maps the labels in the same way).
"""

from __future__ import annotations

import codecs
import re
import zlib

from tasks.text import script_counts

GZIP = b"\x1f\x8b"
HEAD = 4096  # declarations stand in the first bytes
SAMPLE = 16_384  # enough for a guess
GUESSES = ["cp932", "euc_jp", "cp1258", "utf_8"]
MARKS = 0.2  # of the bytes beyond ASCII in Vietnamese of cp1258, more than this are its five combining tones
KANA = 0.1  # of kanji, Japanese has more than this in kana; other bytes, read as it, give kanji and half-width kana
RUNS = 0.3  # of the bytes beyond ASCII in a Latin text, fewer than this stand four and more together
STRAY = 0.01  # broken bytes in a hundred that a UTF-8 text may have: a cut at the end, one bad name

_BOMS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]+)|<meta\b[^>]{0,200}?\bcharset\s*=\s*["']?([\w.:-]+)""",
    re.IGNORECASE,
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_ISO_2022_JP = re.compile(rb"\x1b\$[@B]")
_CHAINS = {
    "shift_jis": ("cp932", "shift_jisx0213"),
    "euc_jp": ("euc_jp", "euc_jisx0213"),
    "iso2022_jp": ("iso2022_jp_ext", "iso2022_jp_3"),
    "gb18030": ("gb18030",),
    "big5": ("cp950", "big5hkscs"),
    "euc_kr": ("cp949",),
    "cp1252": ("cp1252",),
}
_SAME = {
    "cp932": "shift_jis", "ms_kanji": "shift_jis", "windows_31j": "shift_jis", "x_sjis": "shift_jis",
    "sjis": "shift_jis", "x_euc_jp": "euc_jp", "gb2312": "gb18030", "gbk": "gb18030", "big5_hkscs": "big5",
    "cp950": "big5", "cp949": "euc_kr", "ks_c_5601_1987": "euc_kr", "ks_c_5601": "euc_kr", "windows_949": "euc_kr",
    "iso8859_1": "cp1252", "latin_1": "cp1252", "ascii": "cp1252", "us_ascii": "cp1252",
}  # fmt: skip
_TEXTUAL = re.compile(r"utf_8|cp\d+|iso8859_\d+|koi8_\w|mac_\w+|tis_620|johab|hz")  # not Python's "hex"
_HALF = re.compile("[\uff61-\uff9f]")
_BEYOND = re.compile(rb"[\x80-\xff]+")


def gunzip(body: bytes, cap: int) -> bytes:
    """Unpack gzip bytes, other bytes as they are; "" when broken from the start or larger than `cap` unpacked."""
    if not body.startswith(GZIP):
        return body
    inflater = zlib.decompressobj(wbits=31)
    try:
        plain = inflater.decompress(body, cap + 1)
    except zlib.error:
        return b""
    return plain if len(plain) <= cap else b""


def decode(body: bytes, content_type: str = "") -> str:
    """Turn a document's bytes into text; never raises.

    In this order: byte-order mark, ISO-2022-JP by its escapes, UTF-8 where the bytes are valid whatever was declared,
    the encodings declared by the header and by the document, a guess among the region's, cp1252 for Latin text. What is
    left keeps its ASCII, and U+FFFD for the rest (see `undecoded`): no mojibake passes for text.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    if name := _utf16(body):
        return body.decode(name, "replace")
    if body.isascii() and _ISO_2022_JP.search(body):
        return _chain("iso2022_jp", body) or body.decode("iso2022_jp_ext", "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        return _legacy(body, _labels(body, content_type), error.start)


def _utf16(body: bytes) -> str:
    """Recognise UTF-16 without a mark by the zeros in "<?" or "<h"."""
    if body[:1] == b"<" and body[1:2] == body[3:4] == b"\0":
        return "utf-16-le"
    return "utf-16-be" if body[:2] == b"\0<" and body[2:3] == b"\0" else ""


def _labels(body: bytes, content_type: str) -> list[str]:
    """Collect what is declared, the header first, as names of Python's codecs or keys of _CHAINS."""
    found = [match[1] for match in [_HEADER.search(content_type)] if match]
    found += [(first or second).decode("ascii") for first, second in _DECLARED.findall(body[:HEAD])]
    names = []
    for label in found:
        plain = label.casefold().replace("-", "_")
        try:
            plain = codecs.lookup(_SAME.get(plain, plain)).name.replace("-", "_")
        except LookupError:
            continue
        name = _SAME.get(plain, plain)
        names += [name] if name in _CHAINS or _TEXTUAL.fullmatch(name) else []
    return list(dict.fromkeys(names))


def _legacy(body: bytes, labels: list[str], bad: int) -> str:
    if "utf_8" in labels or (not labels and bad > HEAD):
        text = body.decode("utf-8", "replace")
        if text.count("\ufffd") <= max(2, STRAY * len(body)):
            return text
    for label in labels:
        # Latin-1 fits any bytes and stands in many servers' headers: it is believed of Latin text only
        if (label != "cp1252" or _is_latin(body)) and (text := _chain(label, body)):
            return text
    return _guess(body) or body.decode("cp1252" if _is_latin(body) else "ascii", "replace")


def undecoded(text: str) -> bool:
    """Say whether `decode` found no encoding: more than a few characters stand for bytes that nobody can read."""
    return text.count("\ufffd") > STRAY * len(text)


def _is_latin(body: bytes) -> bool:
    runs = [len(run) for run in _BEYOND.findall(body)]
    return sum(length for length in runs if length > 3) < RUNS * sum(runs)  # noqa: PLR2004 (four and more)


def _is_vietnamese(body: bytes) -> bool:
    """Tell cp1258 from the cp1252 of other Latin languages, which differs in few letters: by its tones, and by đ and ư.

    Italian has the bytes of two tones as ì and ò, Icelandic those of đ and ư as ð and ý; no language has both.
    """
    beyond = b"".join(_BEYOND.findall(body))
    tones = sum(beyond.count(tone) for tone in (b"\xcc", b"\xd2", b"\xde", b"\xec", b"\xf2"))
    return tones > MARKS * len(beyond) and any(letter in beyond for letter in (b"\xf0", b"\xd0", b"\xfd", b"\xdd"))


def _chain(label: str, body: bytes) -> str:
    """Try a label's codecs, strictly; then the first one with a few broken characters allowed."""
    codecs_of_label = _CHAINS.get(label, (label,))
    for name in codecs_of_label:
        try:
            return body.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    text = body.decode(codecs_of_label[0], "replace") if label in _CHAINS else ""
    return text if text.count("\ufffd") <= STRAY * len(body) else ""


def _guess(body: bytes) -> str:
    from charset_normalizer import from_bytes  # 20 ms, and rarely needed

    best = from_bytes(body[:SAMPLE], cp_isolation=GUESSES, enable_fallback=False).best()
    if best and best.encoding == "cp1258" and not _is_vietnamese(body):
        return ""
    text = _chain({"cp932": "shift_jis"}.get(best.encoding, best.encoding), body) if best else ""
    scripts, halves = script_counts(text[:SAMPLE]), len(_HALF.findall(text[:SAMPLE]))
    return text if scripts["kana"] - 2 * halves >= KANA * scripts["han"] or not scripts["kana"] + scripts["han"] else ""
