"""The lead that stands above the body: Vietnamese sapo, Norwegian ingress, French chapo; extractors leave it out."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from tasks.extract.prune import of_class

SHORTEST, LONGEST = 40, 800  # characters of a lead
SEEN = 40  # letters of it that are looked for in the body
TOP = 2_000  # characters of the body that are looked through

_LEAD = re.compile(
    r"(?:^|[\s_-])(?:(?P<named>sapo|chapp?eau|chapo|ingress)|lead|lede|lead-?text|standfirst|summary|description)(?:$|[\s_-])",
    re.IGNORECASE,
)
_TAGS = frozenset({"p", "h2", "h3", "div", "strong", "section"})
_ELSEWHERE = frozenset({"a", "aside", "nav", "footer", "figure", "figcaption", "li"})


def lead(tree: HtmlElement, text: str, descriptions: tuple[str, ...]) -> str:
    """Give the lead of a page where the text that was extracted from it lacks it, else "".

    An element counts if its class names a lead outright, or if its class may mean one and it says what the page's meta
    tags give as description: captions, promotions and notices on advertising have such classes as well.
    """
    body, described = (
        _letters(text[:TOP]),
        [_letters(description)[:SEEN] for description in descriptions if description],
    )
    for element in of_class(tree, _LEAD):
        words = " ".join(element.text_content().split()) if element.tag in _TAGS else ""
        if not SHORTEST <= len(words) <= LONGEST or any(above.tag in _ELSEWHERE for above in element.iterancestors()):
            continue
        start, name = _letters(words)[:SEEN], _LEAD.search(element.get("class"))
        if (name and name["named"]) or any(start.startswith(one) or one.startswith(start) for one in described):
            return "" if start in body else words
    return ""


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())
