"""Put right what makes a feed's XML ill-formed, so that the strict parser reads it.

feedparser's lenient one reads "R&D" as "R&D;" and turns the address ?a=1&copy=2 into ?a=1©=2.
"""

from __future__ import annotations

import re
from html.entities import html5

from tasks.parse.sniff import root

#: what prefixes mean where nobody declares them; feedparser knows elements by these
_KNOWN = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rss": "http://backend.userland.com/rss",
}
_PREFIXES = 50  # of which one document may use undeclared ones: more is noise
_PREFIX = re.compile(r"<([a-zA-Z][\w.-]{0,30}):")
_DECLARED = re.compile(r"\sxmlns:([\w.-]+)\s*=")
TAIL = 1_000  # characters at the end of a document, in which a page around it closes
_END = re.compile(r"</(?:feed|rss)\s*>(?=\s*</(?:body|html)\b)", re.IGNORECASE)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML 1.0, 2.2
_REFERENCE = r"#[0-9]{1,7};|#x[0-9a-fA-F]{1,6};|amp;|lt;|gt;|quot;|apos;"
_FOREIGN = re.compile(rf"&(?!{_REFERENCE})")
_AMPERSAND = re.compile(
    rf"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?!{_REFERENCE})(?P<name>[a-zA-Z][a-zA-Z0-9]{{1,31}};)?", re.DOTALL
)


def document(text: str) -> bytes:
    """Cut a feed or sitemap out of its text, repair it, and encode it as UTF-8, which it then declares.

    What stood before the root goes: a script's warnings, comments, a wrong declaration, the DOCTYPE; and a page around
    it. HTML's entities become characters; other ones, bombs among them, stay as they are written; bare ampersands are
    escaped; prefixes that nobody declared are.
    """
    tag = root(text)
    body = _FORBIDDEN.sub("", text[tag.start() :] if tag else text)
    if end := _END.search(body, max(0, len(body) - TAIL)):
        body = body[: end.end()]
    if tag and (missing := _undeclared(body)):
        at = len(tag[0])
        body = f"{body[:at]} {missing}{body[at:]}"
    if _FOREIGN.search(body):
        body = _AMPERSAND.sub(_resolved, body)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + body.encode("utf-8", "replace")


def _undeclared(body: str) -> str:
    """Give declarations of the prefixes that are used and never declared."""
    used = set(_PREFIX.findall(body)) - {"xml", "xmlns"} - set(_DECLARED.findall(body))
    return " ".join(f'xmlns:{name}="{_KNOWN.get(name, "urn:undeclared:" + name)}"' for name in sorted(used)[:_PREFIXES])


def _resolved(match: re.Match[str]) -> str:
    if match[0].startswith("<"):
        return match[0]
    name = match["name"] or ""
    return html5.get(name) or f"&amp;{name}"
