"""Forget an article for good: its rows, its records in the archive, its words in issues; a tombstone keeps it out.

The order lets whoever is killed do it again: the archive first, while the rows still say where; then the rows with the
tombstone in one transaction; then the files, which the nightly run finishes where nobody else did.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flows.amend.cases import write_cases
from flows.ask.find import find_article
from flows.issues import lay_out
from flows.job import Job
from flows.redact import MARK, redacted
from flows.send import send
from flows.shelf import rendered, shelve
from flows.solve import folding, keep_copies, keep_stories, telling
from flows.steps import inline
from tasks.charset import decode
from tasks.cluster import cluster
from tasks.dedupe import Printed, dedupe
from tasks.text import digest
from warehouse import read
from warehouse.archive import Archive, ArchiveError
from warehouse.connect import Db, Warehouse
from warehouse.errors import MendableError
from warehouse.forget import Traces, clear_backups, compact, feeds_cut, forget_rows, tombstone_rows, traces
from warehouse.issue import Rendering, from_json
from warehouse.publish import publish
from warehouse.rows import Row, offer, row_of, rows, save
from warehouse.statements import query

_PATIENCE = 60.0  # seconds: a collect that is under way would write over what is solved here
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})|\\(/)")


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What forgetting came to."""

    article_id: str
    outlet: str
    records: int  #: of the archive, pages and feeds that listed it
    issues: tuple[str, ...]  #: weeks whose issue was redacted
    elsewhere: tuple[Path, ...]  #: files that a user or a restore made: nobody clears them but the user


def forget(job: Job, article: str, reason: str) -> Forgotten:
    """Forget the article named by id, address or part of its title; what is derived from it is solved again."""
    house = job.warehouse
    with house.reader() as db:
        one = find_article(db, article)
        [row] = [row for row in rows(db, "find_article", wanted=one, most=2) if row["article_id"] == one]
    if one.startswith("baseline:"):
        raise MendableError(f"{one} is one of the five that every warehouse starts with: it is held without its text.")
    with house.lock("articles", _PATIENCE):
        with house.writer() as db:
            found = traces(db, one)
            issues = [_issue(db, job, row, one, found) for row in _issues(db, found.weeks)]
        places = [*found.pages, *(feeds := _listing(Archive(house.archive), found))]
        Archive(house.archive).take_out(places)
        with house.writer() as db:
            again = _beside(db, one)
            for content, renderings in issues:
                _keep_issue(db, content, renderings)
            _redact_desk(db, one, found)
            feeds_cut(db, feeds)
            forget_rows(db, one, job.now)
            save(db, "tombstones", tombstone_rows(found, _hashes(one, found), one, job.now, reason))
        _solve(house, again, job.now)
        for week in found.weeks:
            _files(job, week)
        _settle(house)
    return Forgotten(one, row["outlet"], len(places), found.weeks, _elsewhere(house))


def finish(house: Warehouse, now: datetime) -> int:
    """Clear what was forgotten out of all backups, and out of the file itself; give how many articles that were."""
    with house.writer() as db:
        left = rows(db, "uncleared")
    if not left:
        return 0
    clear_backups(house)
    with house.writer() as db:
        db.execute(query("clear_tombstones"), {"now": now})
    _settle(house)
    return len(left)


def as_told(done: Forgotten) -> str:
    """Say what forgetting came to."""
    lines = [f"{done.article_id} ({done.outlet}) is forgotten and will not be taken in again."]
    lines += [f"{done.records:,} records were taken out of the archive."] if done.records else []
    lines += (
        [f"Its words were taken out of the issues of {', '.join(done.issues)}; mails are out."] if done.issues else []
    )
    lines += ["Backups: the next `vnjp maintain` takes it out of all of them."]
    lines += [f"{path} may hold it still: that file is yours to delete." for path in done.elsewhere]
    return "\n".join(lines)


def _hashes(one: str, found: Traces) -> list[str]:
    known = [one, *map(digest, found.names), *(digest("title", key) for key in found.title_keys)]
    return list(dict.fromkeys(known))


def _listing(archive: Archive, found: Traces) -> list[tuple[str, int]]:
    """Give the places of the feeds that list the article, by its address or its title."""
    wanted = {*found.urls, *(" ".join(title.split()) for title in found.titles)}
    return [place for place in found.feeds if any(one in _plain(archive, place) for one in wanted)]


def _plain(archive: Archive, place: tuple[str, int]) -> str:
    """Read a feed as plain words, whatever escaped them."""
    try:
        record = archive.read(*place)
    except ArchiveError:
        return ""  # the data checks tell of it
    text = _ESCAPED.sub(lambda mark: mark[2] or chr(int(mark[1], 16)), decode(record.body, record.content_type))
    return " ".join(html.unescape(html.unescape(text)).split())


def _issues(db: Db, weeks: Sequence[str]) -> list[Row]:
    offer(db, "wanted", weeks)
    return rows(db, "issues_of")


def _issue(db: Db, job: Job, row: Row, one: str, found: Traces) -> tuple[Row, list[Rendering]]:
    content = redacted(row["content"], one, found.urls, found.titles)
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    made = rendered(db, job.settings, row["week"], from_json(content))
    return {"week": row["week"], "content": content, "sha256": sha256}, made


def _keep_issue(db: Db, content: Row, renderings: Sequence[Rendering]) -> None:
    db.execute(query("redact_issue"), content)
    for entry in json.loads(content["content"])["entries"]:
        best = entry["headlines"][0]
        line = {"position": entry["position"], "headline": best["text"], "url": best["url"]}
        db.execute(query("redact_entry"), line | {"week": content["week"]})
    save(db, "renderings", [row_of(one, sha256=one.sha256) for one in renderings])


def _redact_desk(db: Db, one: str, found: Traces) -> None:
    """Take the words out of what the desk kept: issues as they were before an edit, headlines in its log."""
    for row in rows(db, "versions_with", id=one):
        content = redacted(row["content"], one, found.urls, found.titles)
        sha256 = hashlib.sha256(content.encode()).hexdigest()
        db.execute(query("redact_version"), row | {"content": content, "sha256": sha256})
    offer(db, "wanted", found.titles)
    db.execute(query("redact_log"), {"mark": MARK})


def _beside(db: Db, one: str) -> tuple[set[str], set[str]]:
    """Give the articles whose copies, and those whose stories, were decided beside the one that goes."""
    group = {row["article_id"] for row in rows(db, "forget_group", id=one)}
    offer(db, "wanted", {one, *group})
    return group, {row["id"] for row in rows(db, "story_mates")} - {one}


def _solve(house: Warehouse, again: tuple[Collection[str], Collection[str]], now: datetime) -> None:
    group, mates = again
    if group:
        with house.writer() as db:
            articles, prints = read.articles(db, group), read.fingerprints(db, group)
            work = folding(db, [Printed(articles[one], prints[one]) for one in sorted(group) if one in prints])
        keep_copies(house, work, dedupe(work.new, *work.shared))
    if mates:
        with house.writer() as db:
            telling_again = telling(db, mates)
        told = cluster(telling_again.new, *telling_again.shared)
        keep_stories(house, telling_again, told, now, "an article was forgotten")


def _files(job: Job, week: str) -> None:
    """Write a redacted issue's files again; a letter that was written as a file, too."""
    lay_out(job.settings, week)
    shelve(job.settings)
    letters = list(job.settings.issues.glob(f"{week}*.eml"))
    for letter in letters:
        letter.unlink()
    if letters and not job.settings.smtp_host:
        with job.warehouse.writer() as db:
            [frozen_at] = [row["frozen_at"] for row in rows(db, "frozen_at", week=week)]
        send(job, inline, week, frozen_at)


def _settle(house: Warehouse) -> None:
    """Write the files anew without what is gone."""
    compact(house)
    publish(house)
    write_cases(house)
    (house.folder / "preview.html").unlink(missing_ok=True)


def _elsewhere(house: Warehouse) -> tuple[Path, ...]:
    return tuple(
        sorted([*house.folder.glob("vnjp-written-by-a-user*"), *house.private.parent.glob("*.before-restore-*.duckdb")])
    )
