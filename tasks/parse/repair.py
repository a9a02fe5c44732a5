"""Put right what makes a feed's XML ill-formed, so that the strict parser reads it.

feedparser's lenient one reads "R&D" as "R&D;" and turns the address ?a=1&copy=2 into ?a=1©=2.
"""

from __future__ import annotations

import re
from html.entities import html5

from tasks.parse.sniff import root

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML 1.0, 2.2
_REFERENCE = r"#[0-9]{1,7};|#x[0-9a-fA-F]{1,6};|amp;|lt;|gt;|quot;|apos;"
_FOREIGN = re.compile(rf"&(?!{_REFERENCE})")
_AMPERSAND = re.compile(
    rf"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?!{_REFERENCE})(?P<name>[a-zA-Z][a-zA-Z0-9]{{1,31}};)?", re.DOTALL
)


def document(text: str) -> bytes:
    """Cut a feed or sitemap out of its text, repair it, and encode it as UTF-8, which it then declares.

    What stood before the root goes: a script's warnings, comments, a wrong declaration, the DOCTYPE. HTML's entities
    become characters; other ones, bombs among them, stay as they are written; bare ampersands are escaped.
    """
    tag = root(text)
    body = _FORBIDDEN.sub("", text[tag.start() :] if tag else text)
    if _FOREIGN.search(body):
        body = _AMPERSAND.sub(_resolved, body)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + body.encode("utf-8", "replace")


def _resolved(match: re.Match[str]) -> str:
    if match[0].startswith("<"):
        return match[0]
    name = match["name"] or ""
    return html5.get(name) or f"&amp;{name}"
