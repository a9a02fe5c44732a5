"""The lead that stands above the body: Vietnamese sapo, Norwegian ingress, French chapo; extractors leave it out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from tasks.extract.classes import of_class, remembered
from tasks.text import letters

SHORTEST, LONGEST = 40, 800  # characters of a lead
SEEN = 40  # letters of it that are looked for in the body
TOP = 2_000  # characters of the body that are looked through
ABOVE = 300  # texts between headline and body, at most, among which it stands

_NAMED = remembered(
    r"(?:^|[\s_-])(?:sapo|chapp?eau|chapo|ingress|stand-?first|preamble|dek|strapline|sub-?title|excerpt|intro|preface"
    r"|vorspann|manchet)(?:$|[\s_-])"
)
_OUTRIGHT = remembered(r"(?:^|[\s_-])(?:sapo|chapp?eau|chapo|ingress)(?:$|[\s_-])")
_ANYWHERE = remembered(
    r"(?:^|[\s_-])(?:sapo|chapp?eau|chapo|ingress|lead|lede|lead-?text|standfirst|summary|description)(?:$|[\s_-])"
)
_NOTICE = re.compile(
    r"\b(?:accounts?|sign(?:ing)? (?:up|in)|subscri\w+|newsletters?|log ?in|cookies?|advert\w+|abonn\w+|logg inn)\b"
    r"|\bđăng ký\b"
    r"|会員|登録|구독|로그인|登录",
    re.IGNORECASE,
)
_TAGS = frozenset({"p", "h2", "h3", "h4", "div", "strong", "section", "span", "blockquote"})
_BLOCKS = frozenset(
    {"p", "div", "ul", "ol", "section", "article", "h1", "h2", "h3", "h4", "table", "figure", "header", "blockquote"}
)
_ELSEWHERE = frozenset({"a", "aside", "nav", "footer", "figure", "figcaption", "li"})


def lead(tree: HtmlElement, text: str, descriptions: tuple[str, ...]) -> str:
    """Give the lead of a page where the text that was extracted from it lacks it, else "".

    What stands between the headline and the body counts if its class, or its container's, names a lead, or if it says
    what the page's meta tags give as description. Elsewhere a class must name it outright, or name and description
    agree: captions, promotions and notices on advertising have such classes as well.
    """
    body, described = _letters(text[:TOP]), [_letters(words)[:SEEN] for words in descriptions if len(words) >= SHORTEST]
    above = [
        (element, words)
        for element, words in islice(_above(tree, body[:SEEN]), ABOVE)
        if _may_be(element, words) and not _is_in(words, body)
    ]
    for _, words in above:
        if _letters(words)[:SEEN] in described:
            return words
    for element, words in above:
        if _is_named(element) and not _NOTICE.search(words):
            return words
    for element in of_class(tree, _ANYWHERE):
        words = _words(element) if element.tag in _TAGS else ""
        if not _may_be(element, words):
            continue
        start = _letters(words)[:SEEN]
        if _OUTRIGHT(element.get("class")) or any(start.startswith(one) or one.startswith(start) for one in described):
            return "" if _is_in(words, body) else words
    return ""


def _above(tree: HtmlElement, first: str) -> Iterator[tuple[HtmlElement, str]]:
    """Give the texts below the headline in their order, up to the one with which the body begins."""
    below = next(tree.iter("h1"), None) is None
    for element in tree.iter():
        below = below or element.tag == "h1"
        if not below or element.tag not in _TAGS or any(part.tag in _BLOCKS for part in element):
            continue
        if words := _words(element):
            start = _letters(words[: 2 * LONGEST])[:SEEN]
            if len(start) >= SEEN // 2 and (first.startswith(start) or start.startswith(first)):
                return
            yield element, words


def _words(element: HtmlElement) -> str:
    for breaker in element.iter("br"):
        breaker.tail = f" {breaker.tail or ''}"
    return " ".join(element.text_content().split())


def _may_be(element: HtmlElement, words: str) -> bool:
    if not SHORTEST <= len(words) <= LONGEST:
        return False
    return element.tag not in _ELSEWHERE and all(above.tag not in _ELSEWHERE for above in element.iterancestors())


def _is_in(words: str, body: str) -> bool:
    """Say whether a body has a lead's beginning or its end: a first line of it may have gone with the headline."""
    found = _letters(words)
    return found[:SEEN] in body or found[-SEEN:] in body


def _is_named(element: HtmlElement) -> bool:
    around = element.getparent()
    return any(one is not None and _NAMED(one.get("class") or "") for one in (element, around))


def _letters(text: str) -> str:
    return letters(text.casefold())
