"""Find the article on a page: bytes in; title, text, date, names out, and a verdict on what was found.

The body is trafilatura's work (favor_precision, no comments: its best single setting on four sets of pages). Around
it stands what it lacks: encodings put right, boxes and teasers taken out before, leads put back and residue cleaned off
after.
"""

from __future__ import annotations

import logging
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from tasks.charset import decode, gunzip
from tasks.extract.body import body as body_of
from tasks.extract.embedded import embedded
from tasks.extract.headline import author, headline, outlet
from tasks.extract.lead import lead
from tasks.extract.load import load
from tasks.extract.marks import Marks, read
from tasks.extract.moment import moment
from tasks.extract.prune import prune
from tasks.extract.residue import tidy
from tasks.extract.teasers import drop_teasers
from tasks.extract.verdict import enough, verdict
from tasks.language import language
from tasks.text import clean
from tasks.urls import join, registrable
from warehouse.records import Extract

RULES = "extract-3"  # raised whenever rules find another text: `vnjp reprocess` then extracts again
CAP = 20 * 1024 * 1024  # bytes of a page after unpacking
# What a page lacks stands in quality and reason; the library would log each as an error.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
_NOTHING = Extract("", "", "", None, "none", "", "", "", "none", "no text")


def extract(body: bytes, url: str, content_type: str = "", zone: str = "UTC") -> Extract:
    """Extract the article of a page that came from `url`; gzip is unpacked, and no bytes make it raise.

    Dates without a zone are read in `zone` (an IANA name; an unknown one raises ZoneInfoNotFoundError). What is no
    article has quality `none` and no text; one that is cut off or too short to judge by has `short`.
    """
    ZoneInfo(zone)
    page = decode(gunzip(body, CAP), content_type)
    try:
        tree = load(page)
        return _NOTHING if tree is None else _extracted(tree, page, url, zone)
    except Exception:  # noqa: BLE001 (lxml and trafilatura meet arbitrary bytes; what breaks them is no article)
        return _NOTHING


def _extracted(tree: HtmlElement, page: str, url: str, zone: str) -> Extract:
    marks = read(tree)
    name = outlet(marks, url)
    title, titles = headline(tree, marks, name)
    writer, canonical = author(tree, marks), _canonical(tree, marks, url)
    published, published_quality = moment(tree, marks, title, url, zone)
    listed = drop_teasers(tree)
    prune(tree)
    written, raw = tree.text_content(), body_of(tree)
    text, credit = tidy(raw, titles, writer)
    if not enough(text) and len(carried := embedded(page, marks)) > len(raw):
        raw = carried
        text, credit = tidy(raw, titles, writer)
    if text and (above := lead(tree, text, (marks.first("description"), marks.first("og:description")))):
        text = f"{clean(above)}\n{text}"
    quality, reason = verdict(title, text, raw, written, marks, listed)
    text = text if quality != "none" else ""
    return Extract(
        title=title,
        text=text,
        language=language(title, text),
        published=published,
        published_quality=published_quality,
        outlet=name,
        author=credit if credit and writer.casefold() in name.casefold() else writer,
        canonical_url=canonical,
        quality=quality,
        reason=reason,
    )


def _canonical(tree: HtmlElement, marks: Marks, url: str) -> str:
    """Give rel=canonical or og:url where it may be trusted: another page of the same site than its home page."""
    links = [link.get("href") or "" for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower()]
    for link in [*links, marks.first("og:url")]:
        address = join(url, link) if link else ""
        scheme, _, rest = address.partition("://")
        site, _, path = rest.partition("/")
        if scheme and path.strip("/") and registrable(site) == registrable(url.partition("://")[2].partition("/")[0]):
            return address
    return ""
