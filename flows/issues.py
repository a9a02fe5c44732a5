"""A frozen issue as files, and where its browser edition is hosted."""

from __future__ import annotations

from flows.archive import put, stem
from flows.settings import Settings
from warehouse.issue import Rendering
from warehouse.rows import records


def archive_url(settings: Settings, week: str, language: str) -> str:
    """Give where the browser edition is hosted, "" where nothing is."""
    base = settings.archive_url.rstrip("/")
    return base and f"{base}/{stem(settings.languages, week, language)}.web.html"


def lay_out(settings: Settings, week: str) -> None:
    """Write a frozen issue's bytes as files, where they do not stand there as they are frozen."""
    with settings.warehouse.writer() as db:
        found = records(db, Rendering, "renderings_of", week=week)
    for one in found:
        name = stem(settings.languages, week, one.language)
        for ending, content in (("html", one.html), ("txt", one.text), ("web.html", one.web)):
            put(settings.issues / f"{name}.{ending}", content.encode())
