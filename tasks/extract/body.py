"""The article's body out of a page's tree: the library's careful run, and others where the page speaks against it."""

from __future__ import annotations

from typing import Any

import trafilatura
from lxml.html import HtmlElement

from tasks.extract.ground import covered, ground
from tasks.text import words

LOST = 0.5  # of the page's running text: a body with less of it is not the article
MUCH, LIKE = 400, 0.8  # characters of running text from which it says something, and for one of the body's
BETTER = 0.25  # more of the running text must another body have to be taken
LITTLE, TIMES = 160, 3  # words of a body that the page hardly backs, and how many times longer another one must be
HARDLY = 0.3  # of the running text: where no run found more, that text itself is taken


def body(tree: HtmlElement) -> str:
    """Extract the body, a paragraph a line; "" where there is none.

    trafilatura's favor_precision is best by far on most pages, and on some it takes a box for the article. Its body is
    held against the page's own running text; where most of that is missing, or a short body is not part of it, the
    library's default run is tried, and taken if it is clearly better. Runs twice on one page in thirty-five.
    """
    text = _run(tree, careful=True)
    here = ground(tree)
    share, size = covered(here.whole, text), sum(map(len, here.whole))
    lost = size >= max(MUCH, LIKE * len(text)) and share < LOST and covered(here.core, text) < LOST
    small = words(text) < LITTLE and share * size < LOST * len(text)
    if not (lost or small):
        return text
    other = _run(tree, careful=False)
    found = covered(here.whole, other)
    if (lost and found >= share + BETTER) or (small and words(other) >= TIMES * words(text)):
        return other
    if lost and here.named and max(share, found) < HARDLY:
        return "\n".join(here.whole)
    return text


def _run(tree: HtmlElement, *, careful: bool) -> str:
    document: Any = trafilatura.bare_extraction(tree, favor_precision=careful, include_comments=False)
    return (document.text if document else "") or ""
