"""What publishers' systems write where an article should stand, by language: no page, a wall, a notice to pay."""

from __future__ import annotations

import re


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


#: a check of the visitor
CHALLENGE = _any(
    r"just a moment|attention required|access (?:to this page )?(?:has been )?denied|403 forbidden|unusual traffic",
    r"verify (?:that )?you are (?:a )?human|are you a robot|enable javascript and cookies|checking your browser",
)

#: a page that says it does not exist, whatever its status; each names the page, for articles speak of removals too
MISSING = _any(
    r"(?:error|lỗi|エラー|오류|erreur|fehler|feil)\W{0,3}404|^404\W*(?:\n|$)",
    r"404\W{0,3}(?:error|not found|lỗi|エラー|오류|fehler|feil)",
    r"(?:page|article|story) (?:was |is )?(?:not found|(?:can ?not|can.t|could not) be found|does(?:n.t| not) exist)",
    r"(?:page|article|story) (?:is no longer available|has been (?:re)?moved)",
    r"(?:find|found) (?:that|this|the|your) page",
    r"(?:trang|bài(?: viết)?|nội dung|đường dẫn) .{0,30}(?:không tồn tại|không còn tồn tại|đã bị (?:xóa|xoá|gỡ))",
    r"không tìm thấy (?:trang|bài|nội dung|đường dẫn)",
    r"(?:ページ|記事|コンテンツ)(?:が|は|を)?.{0,16}(?:見つかり|見付かり|存在し|ござい|表示でき)ません|お探しの(?:ページ|記事)",
    r"(?:ページ|記事|コンテンツ)(?:が|は|の).{0,12}(?:削除|終了|移動)(?:され(?:た|まし|て)|し(?:た|まし|て))",
    r"(?:siden|artikkelen|saken) .{0,30}(?:finnes ikke|ikke funnet|eksisterer ikke|er (?:fjernet|slettet))",
    r"(?:fant|finner) (?:dessverre )?ikke (?:siden|artikkelen|saken)",
    r"(?:기사|페이지)를? ?찾을 수 없|(?:삭제된|없는|존재하지 않는) (?:기사|페이지)",
    r"(?:기사|페이지).{0,20}(?:삭제되었|존재하지 않)",
    r"找不到(?:您|你|该|該|此|这|這|页|頁)|(?:页面|頁面|网页|網頁|文章|内容|內容).{0,12}(?:不存在|已被?(?:删除|刪除|下架|移除))",
    r"page (?:introuvable|non trouvée)",
    r"(?:page|article) .{0,40}(?:n.existe (?:pas|plus)|a été supprimée?|n.est plus disponible)",
    r"(?:seite|artikel)\b.{0,30}(?:nicht gefunden|existiert nicht|nicht (?:mehr )?(?:vorhanden|verfügbar))",
)

#: words of a wall that asks for consent; articles have one or two of them
CONSENT = _any(
    r"\b(?:cookies?|consent|gdpr|personal data|privacy (?:policy|choices)|partners|partnere?|samtykke|personvern)\b",
    r"\b(?:informasjonskapsler|consentement|traceurs|partenaires|einwilligung|zustimm\w*|datenschutz\w*|chấp nhận)\b",
    r"\b(?:dữ liệu cá nhân|quyền riêng tư)\b|同意|クッキー|プライバシー|쿠키|개인정보|동의|隐私|隱私|个人信息|個人資料",
)

#: how much of an article is hidden, wherever that stands; SIGNS are looked for first: pages are long, and few have one
SIGNS = ("残り", "vous reste")
CUT = _any(r"残り\s*[:：]?\s*[\d,]+\s*文字", r"il vous reste [\d.,]+\s?% de cet article")

#: a notice that the rest is for those who pay or log in
PAYWALL = _any(
    CUT.pattern,
    r"subscribe (?:now )?to (?:continue|read|keep|unlock)",
    r"to continue reading|already a subscriber|unlock this (?:article|story)",
    r"(?:article|story|content) is (?:only |exclusively )?(?:for|available to) .{0,20}(?:subscribers|members)",
    r"(?:dành|chỉ) (?:riêng )?cho .{0,20}(?:thuê bao|trả phí|hội viên)",
    r"đăng nhập để (?:đọc|xem) tiếp|nội dung (?:trả|thu) phí",
    r"この記事は(?:有料|会員限定)|有料(?:会員|記事)(?:限定)?(?:です|記事)|(?:続き|全文)[はを].{0,20}(?:会員|有料|ログイン|登録)",
    r"for abonnenter|logg inn for å lese|bli abonnent|les hele (?:saken|artikkelen) med",
    r"유료 ?(?:회원|기사|구독|콘텐츠)|구독자 전용|(?:로그인|구독)(?: 후|하시?면).{0,20}(?:읽|보실|볼 수)",
    r"[仅僅只][供限对對].{0,8}(?:会员|會員|订阅|訂閱|订户|訂戶|付费|付費)|付[费費](?:阅读|閱讀|内容|內容)|會員(?:專享|限定)",
    r"(?:登录|登錄|登入|订阅|訂閱)(?:后|後).{0,6}(?:阅读|閱讀|查看)",
    r"(?:réservée?s?|exclusif) aux abonnés|abonnez-vous pour (?:lire|continuer)",
    r"(?:nur|exklusiv) für abonnent\w*|(?:weiterlesen|lesen sie weiter) mit .{0,30}\b(?:abo|plus)\b",
    r"jetzt abonnieren und weiterlesen",
)
