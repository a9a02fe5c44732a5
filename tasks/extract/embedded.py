"""Bodies that a page does not show but carries: JSON-LD's articleBody, and the data of pages drawn by scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape

import trafilatura

from tasks.extract.marks import Marks

PARAGRAPHS = 3  # of a body, at least
DEPTH = 3  # JSON within a string within JSON, as Next.js sends it

_HINT = re.compile(r"</p>|<\\/p>|u003c/p|u003cp", re.IGNORECASE)
_REST = re.compile(r'((?:[^"\\]|\\.)*+)"', re.DOTALL)  # of a JSON string, from behind its opening quote
_TAGGED = re.compile(r"<(?:p|br)\b", re.IGNORECASE)


def embedded(page: str, marks: Marks) -> str:
    """Give the longest body that a page carries in its data, a paragraph a line, "" without one.

    For pages whose visible part gave too little: looking through all strings costs as much as parsing the page.
    """
    bodies = [_lines(html) for html in _strings(page, DEPTH)]
    bodies.append(_lines(marks.text("articleBody")))
    return max(bodies, key=len)


def _strings(text: str, depth: int) -> Iterator[str]:
    """Give the strings in JSON, however deep, that are HTML with several paragraphs. Linear in the text."""
    at = 0
    while hint := _HINT.search(text, at):
        opening = _opening(text, at, hint.start())
        at = hint.end()
        if opening < 0:
            continue
        string = _REST.match(text, opening + 1)
        if not string:  # no quote closes what follows
            return
        at = max(at, string.end())
        try:
            value = json.loads(f'"{string[1]}"', strict=False)
        except ValueError:
            continue
        if value.lstrip()[:1] == "<" and len(_TAGGED.findall(value)) >= PARAGRAPHS:
            yield value
        elif depth > 1:
            yield from _strings(value, depth - 1)


def _opening(text: str, start: int, end: int) -> int:
    """Find the last quote between two places that no backslash escapes; -1 where there is none."""
    while (quote := text.rfind('"', start, end)) >= 0:
        before = quote
        while before > start and text[before - 1] == "\\":
            before -= 1
        if (quote - before) % 2 == 0:
            return quote
        end = quote
    return -1


def _lines(html: str) -> str:
    if "<" not in html:
        return unescape(html)
    tree = trafilatura.load_html(f"<html><body><article>{html}</article></body></html>")
    if tree is None:
        return ""
    for breaker in tree.iter("br"):
        breaker.tail = f"\n{breaker.tail or ''}"
    blocks = [*tree.iter("p", "h2", "h3", "li")] or [tree]
    return "\n".join(block.text_content() for block in blocks)
