"""What an article is called, and by whom it is published and written."""

from __future__ import annotations

import re
from html import unescape

from lxml.html import HtmlElement

from tasks.extract.marks import Marks
from tasks.text import clean, fold, letters
from tasks.urls import host

MOST = 0.4  # of a declared title's letters must a heading have that stands for it: it may be the section's
LONGEST = 400  # characters of a title
BYLINE = 60  # characters of an author's name, at most

_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z][a-z0-9]*);", re.IGNORECASE)
_PART = re.compile(r"\s*(?:\s[-–—]|[|｜ㅣ»«:：]|\s/)\s*")
_BYLINES = (
    ".//*[@rel='author']",
    ".//*[@itemprop='author']",
    ".//*[contains(@class, 'author') or contains(@class, 'byline') or contains(@class, 'tac-gia')]",
)


def headline(tree: HtmlElement, marks: Marks, outlet: str) -> tuple[str, tuple[str, ...]]:
    """Choose the title; give it with every form that the page writes it in.

    A heading that begins the declared title is best: it has no site's name behind it. Then JSON-LD's, og:title and
    <title> without that name, and a lone heading.
    """
    headings = [text for text in (_one_line(h1.text_content()) for h1 in tree.iter("h1")) if 0 < len(text) <= LONGEST]
    named = _one_line(marks.text("headline"))
    declared = [_one_line(marks.first("og:title", "twitter:title")), _one_line(tree.findtext(".//title") or "")]
    titles = [title for title in [named, *declared] if title]
    chosen = next((heading for heading in headings if any(_begins(heading, title) for title in titles)), "")
    bare = [_without_name(title, outlet) for title in titles]
    chosen = chosen or next(iter(bare), "") or (headings[0] if len(headings) == 1 else "")
    return chosen, tuple(dict.fromkeys([*headings, *titles, *bare]))


def outlet(marks: Marks, url: str) -> str:
    """Give the publication's name: og:site_name, JSON-LD's publisher, the application's name, else the host."""
    name = marks.first("og:site_name") or marks.text("publisher") or marks.first("application-name")
    return _one_line(name) or host(url)


def author(tree: HtmlElement, marks: Marks) -> str:
    """Give the authors' names, comma separated, "" where the page names none."""
    named = marks.text("author") or marks.first("author", "article:author", "byl", "dc.creator", "parsely-author")
    if named and not named.startswith(("http:", "https:", "@")) and not named.isdigit():
        return _one_line(named)
    for path in _BYLINES:
        for element in tree.iterfind(path) if "contains" not in path else tree.xpath(path):
            name = _one_line(element.text_content())
            if 0 < len(name) <= BYLINE and not any(character.isdigit() for character in name):
                return name
    return ""


def _one_line(text: str) -> str:
    return " ".join(clean(unescape(text) if _ENTITY.search(text) else text).split())


def _begins(heading: str, title: str) -> bool:
    short, long = _letters(heading), _letters(title)
    return long.startswith(short) and len(short) >= MOST * len(long) and short != ""


def _without_name(title: str, outlet: str) -> str:
    """Take the site's name off the end of a title, and a section's before it that is set off in the same way."""
    parts = [*_PART.finditer(title)]
    if (
        parts
        and (name := _letters(title[parts[-1].end() :]))
        and (name in _letters(outlet) or _letters(outlet) in name)
    ):
        return title[: parts[-1].start()].rstrip()
    return title


def _letters(text: str) -> str:
    return letters(fold(text))
