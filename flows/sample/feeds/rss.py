"""Render RSS 2.0 (https://www.rssboard.org/rss-specification) in the seven ways of the sample's outlets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from flows.sample.feeds.markup import about, cdata, declaration, elements
from flows.sample.outlets import Outlet
from flows.sample.texts import Shown

Write = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Rss:
    """How one kind of RSS 2.0 writes an item: text or address in, mark-up out."""

    title: Write = escape
    link: Write = escape
    lead: Callable[[Shown], str] = lambda shown: escape(shown.summary)
    date: Callable[[datetime], str] = format_datetime
    guid: bool = True
    full_text: bool = False

    def __call__(self, outlet: Outlet, news: Sequence[Shown]) -> str:
        """Render the document."""
        head = {
            "title": escape(outlet.name),
            "link": f"{outlet.site}/",
            "description": about(outlet),
            "language": outlet.language,
        }
        items = "".join(map(self._item, news))
        return (
            f'{declaration(outlet)}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">\n'
            f"<channel>\n{elements(head)}{items}</channel>\n</rss>\n"
        )

    def _item(self, shown: Shown) -> str:
        article = shown.article
        parts = {
            "title": self.title(shown.title),
            "link": self.link(article.link),
            "description": self.lead(shown),
            "pubDate": "" if article.undated else self.date(article.published.astimezone(article.outlet.clock)),
            "content:encoded": cdata(_html(shown)) if self.full_text else "",
        }
        guid = f'<guid isPermaLink="false">{article.outlet.key}-{article.number}</guid>' if self.guid else ""
        return f"<item>\n{elements(parts)}{guid}\n</item>\n"


def _html(shown: Shown) -> str:
    return "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in shown.paragraphs)


def lead_with_image(shown: Shown) -> str:
    """Write a lead as VnExpress does: image and text in one CDATA, with a </br> that was never opened."""
    link = escape(shown.article.link)
    image = f'<a href="{link}"><img src="{shown.article.outlet.site}/photo/{shown.article.number}.jpg"></a></br>'
    return cdata(image + escape(shown.summary))


def twice(text: str) -> str:
    """Escape as feeds do whose system escapes what its editor had escaped already: &amp;#233; for é."""
    return escape(escape(text).encode("ascii", "xmlcharrefreplace").decode())


def gmt7(moment: datetime) -> str:
    """Write the zone as Tuoi Tre does; read as POSIX, its sign would be the other way round."""
    return f"{format_datetime(moment).removesuffix(' +0700')} GMT+7"


def zoneless(moment: datetime) -> str:
    """Write a date without its zone, which only the outlet's readers know."""
    return f"{moment:%Y-%m-%d %H:%M:%S}"
