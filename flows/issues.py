"""A frozen issue as files, and where its browser edition is hosted."""

from __future__ import annotations

from pathlib import Path

from flows.settings import Settings
from warehouse.issue import Rendering
from warehouse.rows import records


def stem(settings: Settings, week: str, language: str) -> str:
    """Name an issue's files in a language, without their endings."""
    return week if language == settings.languages[0] else f"{week}.{language}"


def archive_url(settings: Settings, week: str, language: str) -> str:
    """Give where the browser edition is hosted, "" where nothing is."""
    base = settings.archive_url.rstrip("/")
    return base and f"{base}/{stem(settings, week, language)}.web.html"


def lay_out(settings: Settings, week: str) -> None:
    """Write a frozen issue's bytes as files, where they do not stand there as they are frozen."""
    with settings.warehouse.writer() as db:
        found = records(db, Rendering, "renderings_of", week=week)
    settings.issues.mkdir(parents=True, exist_ok=True)
    for one in found:
        name = stem(settings, week, one.language)
        for ending, content in (("html", one.html), ("txt", one.text), ("web.html", one.web)):
            put(settings.issues / f"{name}.{ending}", content.encode())


def put(path: Path, content: bytes) -> None:
    """Write a file where these bytes do not stand there; whoever reads it sees the old ones or the new ones whole."""
    if not path.is_file() or path.read_bytes() != content:
        draft = path.with_name(f".{path.name}.draft")
        draft.write_bytes(content)
        draft.replace(path)
