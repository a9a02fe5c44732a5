"""The article's body out of a page's tree: the library's careful run, and others where the page speaks against it."""

from __future__ import annotations

import trafilatura
from lxml.html import HtmlElement
from trafilatura.settings import Document

from tasks.extract.ground import covered, ground
from tasks.extract.prune import written
from tasks.text import words

LOST = 0.5  # of the page's running text: a body with less of it is not the article
MUCH, LIKE = 400, 0.8  # characters of running text from which it says something, and for one of the body's
BETTER = 0.25  # more of the running text must another body have to be taken
LITTLE, TIMES = 160, 3  # words of a body that the page hardly backs, and how many times longer another one must be
HARDLY = 0.3  # of the running text: where no run found more, that text itself is taken
SURE = 0.6  # of the running text: nobody finds twice as much as a body that has this of it


def body(tree: HtmlElement) -> str:
    """Extract the body, a paragraph a line; "" where there is none.

    trafilatura's favor_precision is best by far on most pages, and on some it takes a box for the article. Its body is
    held against the page's own running text. What it asks other algorithms for, half of its time, is an answer twice as
    long or one with paragraphs: so it asks them only where the running text says that there may be one. Where most of
    that is still missing, or a short body is not part of it, the library's default run is tried, and taken if it is
    clearly better: on one page in thirty-five.
    """
    here = ground(tree)
    document = _run(tree, careful=True, alone=True)
    text, share = _text(document), covered(here.whole, _text(document))
    if not (share >= SURE and _is_whole(tree, document, text)):
        text = _text(_run(tree, careful=True))
        share = covered(here.whole, text)
    size = sum(map(len, here.whole))
    lost = size >= max(MUCH, LIKE * len(text)) and share < LOST and covered(here.core, text) < LOST
    small = share * size < LOST * len(text) and words(text) < LITTLE
    if not (lost or small):
        return text
    other = _text(_run(tree, careful=False))
    found = covered(here.whole, other)
    if (lost and found >= share + BETTER) or (small and words(other) >= TIMES * words(text)):
        return other
    if lost and here.named and max(share, found) < HARDLY:
        return "\n".join(here.whole)
    return text


def _is_whole(tree: HtmlElement, document: Document | None, text: str) -> bool:
    """Say whether there is no text on the page for which the library would leave this one.

    The other side of its conditions (trafilatura.external._prefer_readability, version 2.3): a text twice as long, or
    one with paragraphs where this has none, or more tables.
    """
    if document is None or (words(text) < LITTLE and written(tree) > 2 * len(text)):
        return False
    tables = sum(1 for _ in document.body.iter("table"))
    paragraphs = sum(1 for one in document.body.iter("p") if "".join(one.itertext()).strip())
    return paragraphs >= max(1, tables)


def _run(tree: HtmlElement, *, careful: bool, alone: bool = False) -> Document | None:
    return trafilatura.bare_extraction(tree, favor_precision=careful, include_comments=False, fast=alone)  # type: ignore[return-value] # a dict only where that is asked for


def _text(document: Document | None) -> str:
    return (document.text if document else "") or ""
