"""How high an office is, from a role as the press of the region writes it."""

from __future__ import annotations

import re

_HEADS = (
    r"prime minister|premier|general secretary|party chief|state president|president of vietnam|emperor|"
    r"thủ tướng|tổng bí thư|chủ tịch nước|nhật hoàng|statsminister|首相|総理|総書記|書記長|国家主席|天皇|总理|總理|총리"
)
_MINISTERS = (
    r"\bminister|speaker|national assembly chair|bộ trưởng|chủ tịch quốc hội|utenriksminister|"
    r"大臣|外相|防衛相|経産相|議長|部长|部長|장관"
)
_ENVOYS_AND_GOVERNORS = (
    r"ambassador|governor|consul general|provincial|mayor|đại sứ|thống đốc|tổng lãnh sự|tỉnh|大使|知事|総領事|市長|대사"
)
_LESSER = r"\b(?:vice|deputy|former|ex)\b|\b(?:phó|nguyên|cựu|thứ trưởng)\b|^[副元前]|副大臣"

_OFFICES = tuple(
    (height, re.compile(words, re.IGNORECASE))
    for height, words in ((3.0, _HEADS), (2.0, _MINISTERS), (1.0, _ENVOYS_AND_GOVERNORS))
)
_LOWER = re.compile(_LESSER, re.IGNORECASE)


def level_of(role: str) -> float:
    """Give the height of an office: 3 head of state, government or party, 2 minister, 1 envoy or governor, 0 other.

    Deputies and those who once held the office stand one lower.
    """
    height = next((height for height, office in _OFFICES if office.search(role)), 0.0)
    return max(0.0, height - 1) if _LOWER.search(role) else height
