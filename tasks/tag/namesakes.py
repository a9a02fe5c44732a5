"""Find where the names of both countries are but the name of a clinic, a school, a firm: Sơn Việt Nhật."""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]

_UPPER = "A-ZĐÁÀẢÃẠĂẮẰẲẴẶÂẤẦẨẪẬÉÈẺẼẸÊẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢÚÙỦŨỤƯỨỪỬỮỰÝỲỶỸỴ"
_SMALL = rf"[^\W\d_{_UPPER}]"
_BOTH = (
    r"(?P<both>(?:Việt(?: Nam)?|Viet ?Nam|Viet)(?: ?[-–] ?| )(?:Nhật|Nhat)(?: Bản| Ban)?"
    r"|(?:Nhật|Nhat)(?: Bản| Ban)?(?: ?[-–] ?| )(?:Việt(?: Nam)?|Viet ?Nam|Viet))\b"
)
_EITHER = re.compile(_BOTH)
#: what bears such a name; the words of the relation (hội, quan hệ, hợp tác, diễn đàn) are none of these
_BEARER = (
    r"công ty|cty|tập đoàn|bệnh viện|BV|phòng khám|nha khoa|răng hàm mặt|thẩm mỹ(?: viện)?|viện mắt|nhà thuốc|"
    r"trường(?! đại học)|mầm non|mẫu giáo|tiểu học|THCS|THPT|cao đẳng|trung cấp|ngoại ngữ|du học|nhà hàng|quán|"
    r"khách sạn|siêu thị|cửa hàng|xưởng|nhà máy|hợp tác xã|HTX|thương hiệu|hãng|tòa nhà|chung cư|khu đô thị|spa|"
    r"cong ty|benh vien|phong kham|nha hang|truong mam non|company|clinic|hospital|kindergarten|restaurant"
)
#: what may stand between: the form of a firm, and words that begin with a capital
_BETWEEN = rf"(?:cổ phần|trách nhiệm hữu hạn|đa khoa|quốc tế|tư nhân|thương mại|dịch vụ|và|[{_UPPER}][\w&.]*)"
_BORNE = re.compile(rf"(?i:\b(?:{_BEARER}))(?: {_BETWEEN}){{0,6}} {_BOTH}")
#: a capital inside a sentence makes it a name (của Thép Việt Nhật), except in words of the relation
_NAMED = re.compile(
    rf"\b{_SMALL}\w* (?!Hội|Nghị|Tác|Hệ|Đàn|Lưu|Học|Quan|Hợp|Hữu|Giao|Lễ|Diễn|Đối|Festival)"
    rf"[{_UPPER}]{_SMALL}+ (?P<both>Việt Nhật|Nhật Việt)\b"
)
#: what follows such a name in English
_LEGAL = re.compile(rf"{_BOTH} (?i:Co\b|JSC|Ltd|Corp|Group|Clinic|Hospital|School|Kindergarten|Paint|Steel|Company)")


def namesakes(text: str) -> Iterator[Span]:
    """Give the places of both countries' names that are part of an institution's name."""
    if not _EITHER.search(text):
        return
    for pattern in (_BORNE, _NAMED, _LEGAL):
        for match in pattern.finditer(text):
            yield match.span("both")
