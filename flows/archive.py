"""What lies beside the issues in their folder: index and feed of each language, made anew, and each issue's calendar.

A frozen page's bytes never change, so it can name the issue before it and not the one after; the index names all. Index
and feed are therefore not frozen: the frozen issues make them, and the same issues make the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flows.job import Job
from flows.settings import Language
from tasks.render import Beside
from tasks.render.atom import atom
from tasks.render.calendar import calendar
from tasks.render.index import index
from tasks.render.shelf import Shelved, shelved
from warehouse.issue import Issue, Week, from_json
from warehouse.rows import records, rows


@dataclass(frozen=True, slots=True)
class _Frozen:
    week: str
    frozen_at: datetime
    languages: tuple[str, ...]


def stem(languages: Sequence[str], name: str, language: str) -> str:
    """Give the file name of a language's edition without its ending; the first language needs no mark."""
    return name if language == languages[0] else f"{name}.{language}"


def beside(job: Job, week: Week, language: Language) -> Beside:
    """Name what will lie beside the page of a week; nothing beside one that is not over, which is no issue yet."""
    if week.end > job.now:
        return Beside()
    with job.warehouse.writer() as db:
        before = [row["week"] for row in rows(db, "frozen_weeks") if row["week"] < week.label]
    named = _named(job, week.label, language)
    if before:
        previous = f"{stem(job.settings.languages, before[-1], language)}.web.html"
        return Beside(named.index, named.feed, previous, before[-1], named.calendar, named.languages)
    return named


def shelve(job: Job) -> None:
    """Bring the folder up to the frozen issues: what is not there is written, index and feed where they changed."""
    with job.warehouse.writer() as db:
        frozen = records(db, _Frozen, "shelf")
    shelf: dict[Language, list[Shelved]] = {language: [] for language in job.settings.languages}
    for one in frozen:
        issue = _issue(job, one.week)
        for language, held in shelf.items():
            held.append(_shelved(job, issue, one, language))
        for name, content in _calendars(job, issue, one):
            _put(job.settings.issues / name, content)
    for language, held in shelf.items():
        for name, content in _overviews(job, held, language):
            _put(job.settings.issues / name, content)


def _overviews(job: Job, held: Sequence[Shelved], language: Language) -> Iterator[tuple[str, bytes]]:
    """Make a language's index, and its feed once there is an issue."""
    near = _named(job, "index", language)
    yield near.index, index(held, language, near).encode()
    if held:
        yield near.feed, atom(held, language, near, near.feed, job.settings.archive_url)


def _calendars(job: Job, issue: Issue, frozen: _Frozen) -> Iterator[tuple[str, bytes]]:
    """Make an issue's calendars: of what was frozen, so that they need no freezing of their own."""
    for language in job.settings.languages:
        if content := calendar(issue, language, frozen.frozen_at):
            yield f"{stem(job.settings.languages, frozen.week, language)}.ics", content


def _named(job: Job, name: str, language: Language) -> Beside:
    languages = job.settings.languages
    return Beside(
        index=f"{stem(languages, 'index', language)}.html",
        feed=f"{stem(languages, 'feed', language)}.xml",
        calendar=f"{stem(languages, name, language)}.ics",
        languages=tuple((other, _page(languages, name, other)) for other in languages if other != language),
    )


def _page(languages: Sequence[str], name: str, language: str) -> str:
    return f"{stem(languages, name, language)}{'.html' if name == 'index' else '.web.html'}"


def _shelved(job: Job, issue: Issue, frozen: _Frozen, language: Language) -> Shelved:
    """Show an issue in a language's index; its page in another one where it was frozen before that language came."""
    languages = job.settings.languages
    found = next((one for one in (language, *languages) if one in frozen.languages), frozen.languages[0])
    ics = f"{stem(languages, frozen.week, language)}.ics"
    return shelved(issue, language, frozen.frozen_at, _page(languages, frozen.week, found), ics)


def _issue(job: Job, week: str) -> Issue:
    with job.warehouse.writer() as db:
        [row] = rows(db, "issue_content", week=week)
    return from_json(row["content"])


def _put(path: Path, content: bytes) -> None:
    """Write a file where it is not there with these bytes; whoever reads it sees the old one or the new one whole."""
    if not path.exists() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.draft")
        draft.write_bytes(content)
        draft.replace(path)
