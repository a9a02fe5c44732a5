"""The words of a text as a set, for measuring how much two texts share."""

from __future__ import annotations

import re
from functools import lru_cache

from tasks.text import fold, is_cjk


@lru_cache(maxsize=4096)
def grams(text: str) -> frozenset[str]:
    """Give a text's folded words; of Japanese and Chinese, which write no spaces, its pairs of characters."""
    folded = fold(text)
    if is_cjk(text):
        dense = re.sub(r"\W", "", folded)
        return frozenset(dense[at : at + 2] for at in range(len(dense) - 1))
    return frozenset(re.findall(r"\w+", folded))
