"""Which agency a text names as its origin: in a dateline, a credit or a signature, not a photo's."""

from __future__ import annotations

import re

from tasks.tag.reading import Reading
from warehouse.records import Evidence

_NEAR = 200  # characters from the beginning or the end within which credits stand
_PHOTO = re.compile(
    r"(?:photo|ảnh|foto|image|写真|撮影|사진|圖|图|フォト|bilde|by)\W{0,3}\w{0,12}\W{0,2}$", re.IGNORECASE
)
_OPEN = re.compile(
    r"(?:[(（\[【〔［][^)）\]】〕］\n]{0,14}|[—–-]{1,2}\s*|^|\n|"
    r"(?:theo|according to|source:|nguồn:|quelle:|kilde:)\s*)$",
    re.IGNORECASE,
)
_CLOSE = re.compile(r"^[^(（\[【\n]{0,14}[)）\]】〕］]|^\s*(?:$|\n|[—–-])|^[./\s]*$")


def wire(reading: Reading) -> tuple[str, list[Evidence]]:
    """Give the agency's code and its credit, or "" where no credit stands near the beginning or the end."""
    size = len(reading.text)
    for spot in reading.of("wire"):
        if spot.in_title or _NEAR < spot.start < size - _NEAR:
            continue
        before, after = reading.text[max(0, spot.start - 30) : spot.start], reading.text[spot.end : spot.end + 20]
        if _OPEN.search(before) and _CLOSE.search(after) and not _PHOTO.search(before):
            return spot.concept.id, [reading.evidence(f"wire:{spot.concept.id}", spot)]
    return "", []
