"""Lines that stand on article pages without being article, by language: what extraction leaves over.

Each pattern must fit a whole line. They name what publishers' systems print, never an article or a paper's own words.
"""

from __future__ import annotations

import re


def _lines(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


#: the way to the page through the site
PATH = re.compile(
    r"(?:home|trang chủ|hjem|accueil|トップ|ホーム|홈|首頁|首页)(?:\s*[/›>»|]\s*[^/›>»|]{1,40}){1,4}", re.IGNORECASE
)

#: dropped wherever they stand
NOISE = _lines(
    # nothing said, a picture's file
    r"[\W_]+",
    r"\S+\.(?:jpe?g|png|gif|webp|avif|heic)",
    # English
    r"news|photos?|videos?|share|tweet|print|e-?mail|save|listen|advertisement|sponsored(?: content)?|subscribe",
    r"share (?:this|on|via)\b.{0,40}|follow us\b.{0,40}|sign up (?:for|to)\b.{0,80}|log in\b.{0,30}|tags?\s*:.{0,120}",
    r"comments?(?:\s*\(\d*\))?|post a comment|join (?:the conversation|our commenting forum)|most (?:read|popular)",
    r"your e-?mail address will not be published.*|required fields are marked.*|save my name, e-?mail.*|copy link",
    r"join thought-provoking conversations.*|subscribe to .{1,40} to bookmark.*|want to bookmark your favou?rite.*",
    r"our standards: .{0,60}|copyright\b.{0,120}|(?:©|ⓒ|\(c\)).{0,120}|all rights reserved.{0,60}",
    r"(?:read (?:more|next|also)|also read|see also|related(?: (?:video|article|story))?|watch)\s*[:：>»].{1,200}",
    r"read more(?: here)?(?:\.\.\.|…|\.)?|[-–— ]*advertisement\b.{0,40}",
    r"(?:article|story) continues (?:after|below).{0,40}",
    r"(?=.*\bnewsletters?\b)(?=.*\b(?:sign(?:ing)? up|subscri\w+|inbox|get|free|abonn\w+|informier\w+)\b).{0,300}",
    r"(?:do you have|have you got|got) a (?:news |confidential )?(?:story|tip)\b.{0,160}",
    # Norwegian
    r"kilde|kommentar(?:er)?\s*\(\d+\)|annonse|del(?: artikkelen| på facebook)?|(?:les|se|hør) også\s*[:：].{1,200}",
    # Vietnamese
    r"(?:chia sẻ|bình luận|theo dõi|phản hồi|gửi bình luận|ý kiến bạn đọc|in bài)(?:\s*\(\d+\))?|sao chép liên kết",
    r"(?:tags?|từ khóa|chủ đề|nguồn)\s*[:：].{0,160}|(?:xem|đọc) (?:thêm|tiếp)(?:\s*[:：>»].{0,200})?",
    r"mời (?:quý|bạn|các) .{0,60}(?:theo dõi|đón đọc|đón xem|tham gia).{0,120}|trở thành người đầu tiên .{0,60}",
    r"theo dõi .{2,40} trên (?:google news|facebook|youtube|zalo|tiktok).{0,40}|vui lòng nhập .{0,60}",
    # Japanese
    r"シェア(?:する)?|ツイート|ポスト|みんなのポストを見る|ブックマーク|印刷|保存|メール|リンク(?:を?コピー)?",
    r"続きを読む|写真一覧|記事を(?:保存|印刷|シェア).{0,10}|この記事を(?:保存|シェア|共有).{0,20}|完了しました|前へ|次へ|一覧へ",
    r"おすすめ(?:情報|記事)?|ログイン.{0,30}|(?:無料)?会員登録.{0,30}|.{0,80}会員の方のみ.{0,30}|カテゴリーをフォロー(?:する)?",
    r"(?:無断(?:転載|複製|使用)|転載・?複製).{0,60}|【?(?:関連(?:記事)?|あわせて読みたい|こちらも)】?\s*[:：].{1,120}",
    r"[■●◆▶▼◇□【]?\s*関連(?:キーワード|タグ|ワード|トピックス?|リンク)】?",
    r"残り\s*[:：]?\s*[\d,]+\s*文字.{0,40}|この記事は(?:有料|会員限定).{0,60}|有料会員.{0,40}",
    r".{0,40}(?:メール|ニュースレター|メルマガ)で?.{0,20}(?:お届け|登録).{0,40}",
    r".{0,12}を英語で読む|(?:提供|配信)元?\s*[:：].{0,40}|コメント(?:[(（]?\d+[)）]?件?)?",
    # Korean
    r"기사 ?url이 복사되었습니다.?|.{0,60}무단 ?(?:전재|복제|배포).{0,60}|공유하기|댓글(?:\s*\d+)?|좋아요(?:\s*\d+)?",
    r"[가-힣]{2,4} ?(?:기자|특파원)(?: 외 \d+명)?(?:\s+\S+@\S+)?|\[?관련 ?기사\]?\s*[:：].{1,120}|글자 ?크기.{0,10}",
    # Chinese
    r"分享(?:让更多人看到|到.{0,20})?|[(（]?(?:责任编辑|責任編輯|责编|責編|编辑|編輯)\s*[:：].{0,40}",
    r"【?(?:延伸閱讀|延伸阅读|相關新聞|相关新闻|看更多)】?.{0,60}",
    # French
    r"publicité|passer la publicité|(?:à )?lire aussi(?:\s*[:：])?.{0,200}|la suite est réservée.{0,60}",
    r"il vous reste [\d.,]+\s?% de cet article.{0,80}",
)

#: headings that begin a list of other articles or a form: the text ends there
TAIL = _lines(
    r"(?:other|related|latest|more|top|recent|recommended)(?: related)? (?:news|stories|articles|posts|reading)",
    r"more from .{2,40}|more on this.{0,20}|you (?:may|might) also like.{0,20}|recommended(?: for you)?",
    r"leave a (?:reply|comment)|about the author|trending(?: now)?|có thể bạn quan tâm",
    r"(?:tin|bài)(?: viết)? (?:liên quan|cùng (?:chuyên mục|chủ đề)|mới(?: nhất| hơn)?|cũ hơn|nổi bật|khác|đọc nhiều)",
    r"【?(?:関連(?:記事|ニュース|リンク|ワード)|あわせて読みたい|おすすめ記事|新着記事|アクセスランキング|人気記事)】?",
    r"\[?(?:관련 ?(?:기사|뉴스)|많이 본 (?:기사|뉴스)|추천 ?기사)\]?|熱門新聞",
    r"相關(?:新聞|報導|文章)|相关(?:新闻|报道|阅读)|flere (?:saker|nyheter)|les mer om|mest lest",
    r"sur le même (?:sujet|thème)|à lire également",
)

#: a line that says a name and no more, and what no such line has
STOP = re.compile(r"[.!?。！？…:：;；“”\"„«»「」]")
LABEL = re.compile(rf"(?!.*{STOP.pattern}).{{1,40}}")

#: headings of a summary made by a machine or an editor, whose points repeat the article
SUMMARY = _lines(
    r"kort fortalt|kortversjonen|oppsummer(?:t|ing)|kort oppsummert|ai[ -]?(?:oppsummering|要約|요약|summary)"
)

#: a caption ends by naming who took the picture; PICTURE is the quick look before
PICTURE = re.compile("photo|image|picture|foto|bilde|ảnh|写真|撮影|提供|사진|연합뉴스|뉴스1|뉴시스|기자", re.IGNORECASE)
CAPTION = re.compile(
    r".{0,400}?(?:"
    r"[(（\[][^()（）\[\]]{0,60}?\b(?:photos?|images?|picture|foto|bilde|ảnh)\b(?:\s*by\b|\s*[:：/–-]).{1,80}[)）\]]"
    r"|(?:^|[.。!?\s])(?:photo|foto|ảnh|image credit|photo credit)\s*[:：]\s*[^.。:：]{1,60}"
    r"|[（(][^（）()]{0,40}(?:写真|撮影|提供|사진)\s*[＝=:：]?[^（）()]{0,40}[）)]"
    r"|[＝=][^。＝=]{0,40}(?:撮影|提供)|【[^【】]{0,30}撮影】|(?:사진|写真)\s*[=＝/:：]\s*[^.。]{1,40}"
    r"|다\.\s(?:[^\s.]{1,8} )?(?:연합뉴스|뉴스1|뉴시스|[가-힣]{2,4} (?:선임)?기자)"
    r")\s*[.。]?",
    re.IGNORECASE,
)

#: the agency or desk that signs the last line: "... — VNS"
CREDIT = re.compile(
    r"(?<=[.。!?”\"'’)])\s*[-–—]{1,2}\s*(?P<credit>[A-Z][A-Za-z]{1,11}(?:\s?[/+]\s?[A-Z][A-Za-z]{1,11}){0,2})\s*\.?$"
)

#: a name alone under a Vietnamese article is its author's
NAME = re.compile("[A-ZÀ-ỸĐ][a-zà-ỹđ]+(?: [A-ZÀ-ỸĐ][a-zà-ỹđ]+){1,3}")

#: endings without meaning: Vietnam News Agency's "./.", a copier's mark
ENDINGS = [
    (re.compile(r"\s*\.\s*/\s*\.?\s*$"), "."),
    (re.compile(r"(?<=[.!?])\s+copy\.$", re.IGNORECASE), ""),
    (re.compile(r"(?<=[.!?])\s+\.$"), ""),
]

#: at the head: times, places and dates that led to a text which stands below
DATELINE = _lines(
    r"(?:date\s+)?\d{4}-\d\d-\d\d\b.{0,60}[-–—]",
    r"[A-ZÀ-Ỹ][A-ZÀ-Ỹ .'’]{2,30},\s+(?:[A-ZÀ-Ỹ .'’]{2,30},\s+)?[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?\s*[-–—/]*",
    r"(?:published|updated|posted|publisert|oppdatert|đăng ngày|cập nhật)\b.{0,60}\d.{0,40}",
)
TIMESTAMP = re.compile(r"(?=.*(?:19|20)\d\d)[\d\s年月日時分秒曜火水木金土:：/.,()（）|•·–更新公開配信掲載입력수정-]*")

#: who wrote it and how to reach him, below the article
BIOGRAPHY = re.compile(
    r"(?=.*(?:@[\w.]+|twitter|\bx\.com))"
    r"(?=.*\b(?:follow|reach|contact|tips|writer|reporter|editor|correspondent|journalist|covers)\b).{0,900}",
    re.IGNORECASE,
)
