"""Render JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from flows.sample.feeds.markup import published
from flows.sample.furniture import furniture
from flows.sample.outlets import Outlet
from flows.sample.texts import Shown


def json_feed(outlet: Outlet, news: Sequence[Shown]) -> str:
    """Render the document."""
    items = [
        {
            "id": str(shown.article.number),
            "url": shown.article.link,
            "title": shown.title,
            "summary": shown.summary,
            "date_published": published(shown),
            "language": shown.article.language,
        }
        for shown in news
    ]
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": f"{outlet.site}/",
        "feed_url": outlet.site + outlet.feed_path,
        "description": furniture(outlet.language).notice,
        "language": outlet.language,
        "items": [{name: value for name, value in item.items() if value} for item in items],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)
