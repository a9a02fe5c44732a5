"""Whether a page gave its article, and if not, why."""

from __future__ import annotations

import re
from typing import Literal

from tasks.extract.marks import Marks
from tasks.text import script_counts, words

WORDS, CHARACTERS = 40, 60  # of a text that is not too short: words, or characters in East Asian scripts
SURELY = 1_000  # characters in any script
LITTLE = 120  # words: a page that is a wall says no more
NOTICE = 300  # characters of a line that tells the reader to pay; a longer one is the article's
TEASER = 60  # words: what is shown of an article that its publisher marks as not free

Quality = Literal["full", "short", "none"]

_CHALLENGE = re.compile(
    r"just a moment|attention required|access (?:to this page )?(?:has been )?denied|403 forbidden|unusual traffic"
    r"|verify (?:that )?you are (?:a )?human|are you a robot|enable javascript and cookies|checking your browser",
    re.IGNORECASE,
)
_MISSING = re.compile(
    r"\b404\b|page (?:not found|cannot be found|doesn.t exist)|trang .{0,30}không tồn tại|page introuvable"
    r"|không tìm thấy (?:trang|bài|nội dung)|(?:ページ|記事)(?:が|は)(?:見つかり|見付かり|存在し)ません|お探しのページ"
    r"|(?:削除|終了)され(?:た|まし)|公開(?:期間)?を?終了|siden (?:finnes ikke|ble ikke funnet)|fant ikke siden"
    r"|페이지를 찾을 수 없|(?:삭제된|없는) (?:기사|페이지)|找不到(?:您|你|该|該|頁|页)|页面不存在|頁面不存在",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"\b(?:cookies?|consent|gdpr|personal data|privacy (?:policy|choices)|partners|samtykke|informasjonskapsler"
    r"|personvern|consentement|traceurs|einwilligung|datenschutz|chấp nhận|quyền riêng tư)\b"
    r"|同意|クッキー|プライバシー|쿠키|개인정보",
    re.IGNORECASE,
)
_CUT = re.compile(r"残り\s*[:：]?\s*[\d,]+\s*文字|il vous reste [\d.,]+\s?% de cet article", re.IGNORECASE)
_SIGNS = ("残り", "vous reste")  # looked for first: pages are long, and few have one
_PAYWALL = re.compile(
    rf"{_CUT.pattern}|この記事は(?:有料|会員限定)|有料(?:会員|記事)(?:限定)?(?:です|記事)|続きは.{{0,20}}(?:会員|有料|ログイン)"
    r"|(?:réservée?|exclusif) aux abonnés|subscribe (?:now )?to (?:continue|read|keep)|to continue reading"
    r"|already a subscriber|(?:dành|chỉ) (?:riêng )?cho .{0,20}(?:thuê bao|trả phí|hội viên)|for abonnenter"
    r"|logg inn for å lese|bli abonnent|유료 ?(?:회원|기사|구독)|구독자 전용",
    re.IGNORECASE,
)


def verdict(title: str, text: str, raw: str, page: str, marks: Marks) -> tuple[Quality, str]:
    """Judge a page by its title, its cleaned and raw extracted text, and all that is written on it.

    Gives full with "", short with `paywall` or `too short`, none with `challenge`, `not found`, `consent`, `no text`.
    """
    if words(raw) <= LITTLE and (reason := _wall(f"{title}\n{raw or page}")):
        return "none", reason
    if not text:
        return "none", "no text"
    closed = marks.text("isAccessibleForFree").lower() == "false"
    notices = "\n".join(line for line in raw.split("\n") if len(line) <= NOTICE)
    if (
        _PAYWALL.search(notices)
        or (any(map(page.__contains__, _SIGNS)) and _CUT.search(page))
        or (closed and words(raw) <= TEASER)
    ):
        return "short", "paywall"
    return ("full", "") if enough(text) else ("short", "too short")


def _wall(told: str) -> str:
    """Name what stands in the article's place, "" for nothing known; consent is spoken of in articles too."""
    for reason, pattern, least in (("challenge", _CHALLENGE, 1), ("not found", _MISSING, 1), ("consent", _CONSENT, 3)):
        if len(set(pattern.findall(told))) >= least:
            return reason
    return ""


def enough(text: str) -> bool:
    """Say whether a text is long enough to be an article's: by words, or by characters in East Asian scripts."""
    if len(text) >= SURELY:
        return True
    scripts = script_counts(text)
    eastern = scripts["kana"] + scripts["han"] + scripts["hangul"]
    return eastern >= CHARACTERS if eastern > scripts["other"] else words(text) >= WORDS
