"""When an article was published, from what the page says of it, best first; dates in the running text do not count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from lxml.html import HtmlElement

from tasks.dates import read_date
from tasks.extract.marks import Marks
from warehouse.records import PublishedQuality

ABOVE, BELOW = 12, 60  # elements before and after the headline among which its date stands
SHORTEST, LONGEST = 6, 80  # characters of a date as a page shows it

_METAS = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "pubdate",
    "publishdate", "publish-date", "publish_date", "published_date", "publication_date", "published_at", "published",
    "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date",
    "cxenseparse:recs:publishtime", "date", "article.published", "citation_publication_date", "rnews:datepublished",
    "dcterms.created", "dc.date.created", "article:published", "bt:pubdate", "ptime", "datecreated",
)  # fmt: skip
_CHANGED = re.compile(
    r"updat|modif|edited|cập nhật|chỉnh sửa|更新|最終|改訂|oppdatert|endret|sist|수정|mis à jour|màj|aktualisiert",
    re.IGNORECASE,
)
_ELSEWHERE = frozenset({"aside", "nav", "footer", "li", "header"})
_IN_URL = re.compile(r"/(20\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?:[/-]|$)")


def moment(
    tree: HtmlElement, marks: Marks, title: str, url: str, zone: str
) -> tuple[datetime | None, PublishedQuality]:
    """Give the instant of publication (UTC) and its quality: the first date with a time, else the first day.

    `title` tells which heading is the headline, near which the date is shown: at the top of many pages stands today's.
    """
    day: tuple[datetime | None, PublishedQuality] = (None, "none")
    for raw in _written(tree, marks, title, url):
        found, quality = read_date(raw, zone)
        if found is None:
            continue
        if quality != "date-only" and (day[0] is None or abs(found - day[0]) <= timedelta(days=1)):
            return found, quality
        day = day if day[0] else (found, quality)
    return day


def _written(tree: HtmlElement, marks: Marks, title: str, url: str) -> Iterator[str]:
    """Give dates as written: for machines, then as shown beside the headline, then in the address."""
    yield from (marks.text(name) for name in ("datePublished", "dateCreated"))
    yield from (marks.metas[name] for name in _METAS if name in marks.metas)
    for element in tree.iter("time", "abbr", "span"):
        if element.get("itemprop") == "datePublished" or element.get("pubdate") is not None:
            yield element.get("datetime") or element.get("content") or element.text_content()
    yield from _shown(tree, title)
    if in_url := _IN_URL.search(url):
        yield "-".join(in_url.groups())


def _shown(tree: HtmlElement, title: str) -> Iterator[str]:
    """Give the short texts around the headline, nearest below first; those that speak of a change do not count."""
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    headings = [n for n, element in enumerate(elements) if element.tag in {"h1", "h2", "h3"}]
    place = next(
        (n for n in headings if _plain(elements[n]) == " ".join(title.split())), headings[0] if headings else 0
    )
    for element in elements[place + 1 : place + 1 + BELOW] + elements[max(0, place - ABOVE) : place]:
        text = _plain(element)
        if len(text) > LONGEST or _is_aside(element):
            continue
        yield element.get("datetime") or ""
        if len(text) >= SHORTEST:
            yield text


def _is_aside(element: HtmlElement) -> bool:
    """Say whether an element stands outside the article, or a label in it or before it speaks of a change."""
    before, around = element.getprevious(), element.getparent()
    label = (
        (before.tail or "").strip() or _plain(before)
        if before is not None
        else around.text
        if around is not None
        else ""
    )
    label = "" if any(character.isdigit() for character in label or "") else label
    said = f"{element.get('class') or ''} {_plain(element)} {label or ''}"
    return bool(_CHANGED.search(said)) or any(one.tag in _ELSEWHERE for one in (element, *element.iterancestors()))


def _plain(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())
