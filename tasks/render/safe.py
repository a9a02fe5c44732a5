"""What makes strings from outside harmless in a page: addresses that are addresses, languages that fit their script."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from tasks.text import clean, script_counts

_TOGETHER = re.compile(  # names in katakana, days with month and weekday, spans of days
    r"[ァ-ヺー]{1,8}(?:・[ァ-ヺー]{1,8}){1,3}(?![・ァ-ヺー])|\d{1,2}月\d{1,2}日(?:\([日月火水木金土]\))?"
    r"|\b\d{1,2}[-–]\d{1,2}\b"
)
_HELD = Markup('<span class="held">{}</span>')
NO_BREAK = "\N{NO-BREAK SPACE}"
LONGEST_URL = 900  # bytes; RFC 5322 allows lines of 998, and the text part never breaks an address


def safe_url(url: str) -> str:
    """Give an http or https address that names a host, else ""."""
    url = clean(url).strip()
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return ""
    if not usable or any(character.isspace() or character in '"<>' for character in url):
        return ""
    return url if len(url.encode()) <= LONGEST_URL else ""


def script_language(text: str, claimed: str) -> str:
    """Give the language to declare for a string: what is claimed, unless its script says that it cannot be.

    Han characters are drawn as the declared language draws them, so an outlet's name inside an English line needs it.
    """
    counts = script_counts(text)
    if counts["kana"]:
        return "ja"
    if counts["hangul"]:
        return "ko"
    if counts["han"]:
        return claimed if claimed in {"ja", "zh", "ko"} else "ja"
    return "en" if claimed in {"ja", "zh", "ko"} else claimed or "en"


def keep_together(text: str) -> Markup:
    """Escape text and hold together what line breaking tears: names at middle dots, days, a dot and what it ends."""
    text = flat(text).replace(" · ", f"{NO_BREAK}· ")
    parts, at = [], 0
    for held in _TOGETHER.finditer(text):
        parts += [escape(text[at : held.start()]), _HELD.format(held.group())]
        at = held.end()
    return Markup("").join([*parts, escape(text[at:])])


def flat(text: str) -> str:
    """Put cleaned text on one line. No-break spaces stay: our own labels hold numbers to their nouns with them."""
    pieces = text.replace("\n", " ").split(NO_BREAK)
    open_, close = text[:1].isspace(), text[-1:].isspace() and not text.isspace()
    return f"{' ' * open_}{NO_BREAK.join(map(clean, pieces)).strip(' ')}{' ' * close}"


def squeeze(value: object) -> object:
    """Flatten the strings that a template prints, separators with the space at their ends; all else passes."""
    return flat(value) if type(value) is str else value
