"""What lies beside the issues in their folder: index and feed of each language, made anew, and each issue's calendar.

A frozen page's bytes never change, so it can name the issue before it and not the one after; the index names all. Index
and feed are therefore not frozen: the frozen issues make them, and the same issues make the same bytes. An issue that
waits for somebody's approval is not on the shelf.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flows.issues import archive_url, lay_out, put, stem
from flows.settings import Language, Settings
from tasks.render import Beside, render
from tasks.render.atom import atom
from tasks.render.calendar import calendar
from tasks.render.index import index
from tasks.render.shelf import Shelved, shelved
from warehouse import desk
from warehouse.connect import Db
from warehouse.issue import Issue, Rendering
from warehouse.rows import records, rows


@dataclass(frozen=True, slots=True)
class _Frozen:
    week: str
    frozen_at: datetime
    languages: tuple[Language, ...]


def beside(db: Db, settings: Settings, week: str, tongues: Sequence[Language]) -> Mapping[Language, Beside]:
    """Name what lies beside the page of a week in each of the languages that it is made in."""
    before = [one for one in records(db, _Frozen, "shelf") if one.week < week]
    return {
        language: Beside(
            index=_index(settings, language),
            feed=_feed(settings, language),
            previous=_page(settings, before[-1], language) if before else "",
            previous_week=before[-1].week if before else "",
            calendar=_calendar(settings, week, language),
            languages=tuple(
                (other, f"{stem(settings, week, other)}.web.html") for other in tongues if other != language
            ),
        )
        for language in tongues
    }


def shelve(settings: Settings) -> None:
    """Bring the folder up to the issues that may go out: what is not there is written, the rest where it changed."""
    with settings.warehouse.writer() as db:
        frozen = records(db, _Frozen, "shelf")
    if not frozen:
        return
    spoken = {language for one in frozen for language in one.languages} - {*settings.languages}
    shelf: dict[Language, list[Shelved]] = {language: [] for language in (*settings.languages, *sorted(spoken))}
    settings.issues.mkdir(parents=True, exist_ok=True)
    for one in frozen:
        if not all((settings.issues / _page(settings, one, language)).is_file() for language in one.languages):
            lay_out(settings, one.week)
        issue = _issue(settings, one.week)
        for language, held in shelf.items():
            ics = _calendar(settings, one.week, language)
            held.append(shelved(issue, language, one.frozen_at, _page(settings, one, language), ics))
            if content := calendar(issue, language, one.frozen_at):  # of what is frozen: needs no freezing of its own
                put(settings.issues / ics, content)
    for language, held in shelf.items():
        others = tuple((other, _index(settings, other)) for other in shelf if other != language)
        near = Beside(_index(settings, language), _feed(settings, language), languages=others)
        put(settings.issues / near.index, index(held, language, near).encode())
        put(settings.issues / near.feed, atom(held, language, near, settings.archive_url))


def rendered(db: Db, settings: Settings, week: str, issue: Issue) -> list[Rendering]:
    """Render a frozen issue's changed content again, in the languages that it was frozen in."""
    tongues: list[Language] = [row["language"] for row in rows(db, "renderings_of", week=week)]
    near = beside(db, settings, week, tongues)
    return [render(issue, one, archive_url(settings, week, one), near[one]) for one in tongues]


def _page(settings: Settings, frozen: _Frozen, language: Language) -> str:
    """Name an issue's page in a language; in another one where it was frozen before that language came."""
    wanted = (language, *settings.languages, *frozen.languages)
    return f"{stem(settings, frozen.week, next(one for one in wanted if one in frozen.languages))}.web.html"


def _index(settings: Settings, language: Language) -> str:
    return f"{stem(settings, 'index', language)}.html"


def _feed(settings: Settings, language: Language) -> str:
    return f"{stem(settings, 'feed', language)}.xml"


def _calendar(settings: Settings, week: str, language: Language) -> str:
    return f"{stem(settings, week, language)}.ics"


def _issue(settings: Settings, week: str) -> Issue:
    with settings.warehouse.writer() as db:
        held = desk.frozen(db, week)
    if held is None:
        raise LookupError(f"issue {week} was on the shelf and is not frozen")  # a bug: nothing takes an issue away
    return held.issue
