"""OPML (opml.org/spec2): lists of feeds as other readers keep and take them. Pure: text in, records out, and back.

A list of ours carries every column of a source in attributes of our own namespace, so that nothing is lost on the way
out and back; of a list from elsewhere only address, name, folder and language are known, and the rest is asked for
cautiously: rights `title`, the side by the address's country.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from lxml import etree

from tasks.text import clean, fold
from tasks.urls import host, join, side_of
from warehouse.records import Side, Source

_OURS = "https://vnjp-monitor.example/opml"  # a name, not an address: nothing is fetched from it
#: country and zone by side; ZZ: unknown, ISO 3166 leaves it to users
_THERE: dict[Side, tuple[str, str]] = {
    "vietnam": ("VN", "Asia/Ho_Chi_Minh"),
    "japan": ("JP", "Asia/Tokyo"),
    "third": ("ZZ", "UTC"),
}
_FLAGS = {"yes": True, "no": False}
_NAMES = tuple(Source.__dataclass_fields__)
_BOOLEANS = frozenset(name for name, field in Source.__dataclass_fields__.items() if field.type == "bool")


def write(sources: Sequence[Source]) -> str:
    """Write sources as OPML 2.0: one folder a heading, in the order of the sources."""
    root = etree.Element("opml", version="2.0", nsmap={"vnjp": _OURS})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Sources of vnjp-monitor"
    body = etree.SubElement(root, "body")
    for heading, members in groupby(sources, key=lambda source: source.heading):
        folder = etree.SubElement(body, "outline", text=heading or "Sources")
        for source in members:
            plain = {"type": "rss", "text": source.outlet, "title": source.outlet, "xmlUrl": source.url}
            ours = {f"{{{_OURS}}}{name}": _written(getattr(source, name)) for name in _NAMES}
            etree.SubElement(folder, "outline", plain | {"language": source.language} | ours)
    return str(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True), "utf-8")


def read(text: str, taken: Iterable[str] = ()) -> tuple[Source, ...]:
    """Read the feeds of an OPML document, each address once; ids are made so that none is in `taken`.

    Raises ValueError with a sentence where the text is no OPML or lists no feed.
    """
    try:
        root = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise ValueError(f"it is no well-formed XML ({error.msg})") from error
    if root.tag != "opml":
        raise ValueError(f"its root is <{root.tag}> and not <opml>")
    ids, found = set(taken), dict[str, Source]()
    for outline, heading in _feeds(root.find("body"), ""):
        source = _source(outline, heading, ids)
        if source and found.setdefault(join("", source.url), source) is source:
            ids.add(source.source_id)
    if not found:
        raise ValueError("no outline in it has an xmlUrl that begins with http:// or https://")
    return tuple(found.values())


def _feeds(parent: etree._Element | None, heading: str) -> Iterator[tuple[etree._Element, str]]:
    """Give every outline that has an address, with the name of the innermost folder that holds it."""
    for outline in parent if parent is not None else ():
        if outline.get("xmlUrl", "").startswith(("http://", "https://")):
            yield outline, heading
        yield from _feeds(outline, clean(outline.get("text") or outline.get("title") or heading))


def _source(outline: etree._Element, heading: str, ids: set[str]) -> Source | None:
    """Make a source of an outline: our own attributes where it has them, else what can be told and assumed."""
    ours = {name: value for name in _NAMES if (value := outline.get(f"{{{_OURS}}}{name}")) is not None}
    if any(ours[name] not in _FLAGS for name in _BOOLEANS & ours.keys()):
        return None
    typed: dict[str, object] = {name: _FLAGS[value] if name in _BOOLEANS else value for name, value in ours.items()}
    outlet = clean(outline.get("title") or outline.get("text") or "")
    source = guessed(outline.get("xmlUrl", "").strip(), heading, outlet, outline.get("htmlUrl", ""))
    source = replace(source, language=outline.get("language", "").partition("-")[0].lower())
    source = replace(source, **typed)  # type: ignore[arg-type] # whoever keeps it checks it like any row
    return replace(source, source_id=new_id(source.source_id, ids))


def guessed(url: str, heading: str = "", outlet: str = "", page: str = "") -> Source:
    """Make a source of an address alone: side, country and zone by the country in its name, rights `title`."""
    name = host(page or url)
    side = side_of(name)
    country, zone = _THERE[side]
    return Source(
        source_id=slug(outlet) or slug(name),
        outlet=outlet or name,
        family=name,
        kind="press",
        side=side,
        country=country,
        language="",
        url=url,
        zone=zone,
        rights="title",
        enabled=True,
        heading=heading,
    )


def slug(text: str) -> str:
    """Make a short name of letters, digits and hyphens; "" of a text without ASCII letters."""
    words = "".join(character if character.isascii() and character.isalnum() else " " for character in fold(text))
    return "-".join(words.split())[:40].strip("-")


def new_id(wanted: str, taken: set[str]) -> str:
    """Give the wanted id, with a number behind it where it is taken."""
    name, number = wanted or "source", 2
    while name in taken:
        name, number = f"{wanted or 'source'}-{number}", number + 1
    return name


def _written(value: object) -> str:
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)
