"""Parse a page into a tree of bounded size, whatever the page."""

from __future__ import annotations

import re

import trafilatura
from lxml.etree import ElementDefaultClassLookup
from lxml.html import HtmlComment, HtmlElement, HtmlEntity, HtmlProcessingInstruction
from trafilatura.utils import HTML_PARSER

MOST = 15_000  # elements that are looked at; of 636 real pages the largest had 9,900, and half had under 900
LONGEST = 20_000  # characters of a tag; the parser's work grows with the square of its attributes

# lxml asks a Python function for each element whether it is a form or a field: a sixteenth of what extraction costs.
HTML_PARSER.set_element_class_lookup(
    ElementDefaultClassLookup(HtmlElement, comment=HtmlComment, pi=HtmlProcessingInstruction, entity=HtmlEntity)
)
_MONSTER = re.compile(rf"<([a-zA-Z][a-zA-Z0-9]*)\s[^<>]{{{LONGEST},}}>")


def load(page: str) -> HtmlElement | None:
    """Give the page's tree without what follows its first MOST elements, and None where there is none."""
    tree: HtmlElement | None = trafilatura.load_html(_MONSTER.sub(r"<\1>", page))
    if tree is None:
        return None
    for number, element in enumerate(tree.iter()):
        if number == MOST:
            _cut(element)
            break
    return tree


def _cut(element: HtmlElement) -> None:
    """Remove an element and all that comes after it in the tree."""
    for inner in [element, *element.iterancestors()]:
        for later in list(inner.itersiblings()):
            later.getparent().remove(later)
        inner.tail = None
    element.getparent().remove(element)
