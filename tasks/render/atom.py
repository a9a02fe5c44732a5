"""The issues as an Atom feed (RFC 4287): one entry an issue, with its first headlines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from tasks.render.neighbours import Beside
from tasks.render.safe import flat, safe_url, script_language
from tasks.render.shelf import Headline, Shelved
from tasks.render.words import Language, Words, words

ISSUES = 53  # entries: a year
_ATOM, _XHTML = "http://www.w3.org/2005/Atom", "http://www.w3.org/1999/xhtml"
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOWHERE = "vnjp-monitor.invalid"  # whose tags they are while nothing is hosted (RFC 2606)


def atom(issues: Sequence[Shelved], language: Language, beside: Beside, archive_url: str = "") -> bytes:
    """Write the feed of a language; the same issues give the same bytes.

    Links are absolute where `archive_url` says where the folder is hosted, else relative to the feed itself. Raises
    ValueError without an issue: a feed must say when it was updated.
    """
    if not issues:
        raise ValueError("a feed needs at least one issue")
    chosen, shelf = words(language), sorted(issues, key=lambda one: one.week, reverse=True)
    base = safe_url(archive_url).rstrip("/")
    base = base and f"{base}/"
    authority = (urlsplit(base).hostname or _NOWHERE) if base.isascii() else _NOWHERE
    # namespaces as plain attributes: without prefixes, which some readers do not take
    feed = Element("feed", {"xmlns": _ATOM, "xml:lang": language})
    _add(feed, "id", f"tag:{authority},{shelf[-1].first_day}:feed:{language}")
    _add(feed, "title", chosen.product)
    _add(feed, "updated", _instant(max(one.frozen_at for one in shelf)))
    _add(SubElement(feed, "author"), "name", chosen.product)
    _link(feed, "self", base + beside.feed, "application/atom+xml")
    _link(feed, "alternate", base + beside.index, "text/html")
    for one in shelf[:ISSUES]:
        _entry(feed, one, chosen, base, f"tag:{authority},{one.first_day}:issue:{one.week}:{language}")
    indent(feed, "")
    written: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _entry(feed: Element, one: Shelved, words: Words, base: str, tag: str) -> None:
    entry = SubElement(feed, "entry")
    first = f"{words.colon}{one.headlines[0].text}" if one.headlines else ""
    _add(entry, "id", tag)
    _add(entry, "title", f"{one.days}{first}")
    _add(entry, "updated", _instant(one.frozen_at))
    _add(entry, "published", _instant(one.frozen_at))
    _link(entry, "alternate", base + one.page, "text/html")
    if one.calendar:
        _link(entry, "related", base + one.calendar, "text/calendar")
    _add(entry, "summary", one.totals)
    content = SubElement(entry, "content", {"type": "xhtml"})
    division = SubElement(content, "div", {"xmlns": _XHTML})
    listed = SubElement(division, "ul") if one.headlines else division
    for each in one.headlines:
        _headline(listed, each, words, f"{base}{one.page}#{each.anchor}")


def _headline(listed: Element, one: Headline, words: Words, address: str) -> None:
    item = SubElement(listed, "li")
    link = SubElement(item, "a", {"href": address})
    link.text = _xml(one.text)
    link.tail = f" [{words.say('from_tags')}] · " if one.from_tags else " "
    if not one.from_tags:
        outlet = SubElement(item, "span", {"lang": script_language(one.outlet, one.outlet_language)})
        outlet.text, outlet.tail = _xml(one.outlet), " · "
    SubElement(item, "span").text = one.reach


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _xml(text)


def _link(parent: Element, relation: str, address: str, kind: str) -> None:
    SubElement(parent, "link", {"rel": relation, "href": address, "type": kind})


def _xml(text: str) -> str:
    """Put text on one line, without the characters that XML has no way to write."""
    return _NOT_XML.sub("", flat(text))


def _instant(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
