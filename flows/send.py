"""Bring a frozen issue to its readers, and keep a ledger of how far each one got."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from flows.issues import archive_url
from flows.issuing import DELIVER, RENDER, WRITE
from flows.job import Job
from flows.mail import mail_of
from flows.recipients import NOBODY, Reader, readers
from flows.steps import Do
from tasks.compose.edit import cut
from tasks.deliver import Letter, Mail
from tasks.deliver.message import reader_key
from warehouse import desk, write
from warehouse.connect import Db
from warehouse.issue import Rendering
from warehouse.records import Delivery
from warehouse.rows import records

_Asked = tuple[str, tuple[str, ...], tuple[str, ...]]  # language, topics, dossiers
_DUE = ("pending", "deferred", "written")
_CANNOT = ("rejected", "unknown")  # what the next run does not heal


class UndeliveredError(Exception):
    """Readers did not get an issue: the sentence says how many, and what to do. The rest of the run is done."""

    def __init__(self, sentence: str, counts: Mapping[str, int] | None = None) -> None:
        super().__init__(sentence)
        self.counts = dict(counts or {})  #: of the run


@dataclass
class Sent:
    """What became of the letters of a run, by week: the status of each that this run moved."""

    of_week: dict[str, Counter[str]] = field(default_factory=dict)

    def fault(self) -> str:
        """Say what a person has to know; "" where every issue went out, or will by itself at the next run."""
        return " ".join(filter(None, (_fault(week, counts) for week, counts in sorted(self.of_week.items()))))


def _fault(week: str, counts: Counter[str]) -> str:
    nobody = counts["deferred"] and counts["deferred"] == counts.total()
    if not nobody and not any(counts[status] for status in _CANNOT):
        return ""
    said = ", ".join(f"{count} {status}" for status, count in sorted(counts.items()) if count)
    then = [f"`vnjp digest log {week}` lists them."]
    then += [f"`vnjp digest resend --unknown {week}` sends again what may have arrived."] if counts["unknown"] else []
    then += ["Deferred ones are tried again at the next run."] if counts["deferred"] else []
    return " ".join([f"Issue {week} did not reach every reader: {said}.", *then])


def enter(db: Db, job: Job, week: str) -> None:
    """Put the readers of now into the ledger of a week that is being frozen: who joins later gets no old issue."""
    mail = mail_of(job.settings)
    for one in readers(job.settings):
        write.delivery(db, Delivery(week, reader_key(one.address, mail), "", "", "pending", 0, 0, "", job.now))


def send(job: Job, do: Do, week: str, frozen_at: datetime, *, again: bool = False) -> Counter[str]:
    """Send a week's issue to those who wait for it, with `again` also to those who may have it.

    Without a mail server it is written to files. Gives how many deliveries came to which status in this run.
    """
    mail = mail_of(job.settings)
    known = {reader_key(one.address, mail): one for one in readers(job.settings)}
    with job.warehouse.writer() as db:
        desk.rekey(db, week, _old_keys(mail, known))
        ledger = [one for one in desk.deliveries(db, week) if one.recipient in known]
    done = {one.recipient: replace(one, recipient=known[one.recipient].address) for one in ledger}
    letters = _letters(job, do, week, frozen_at, [known[key] for key in done])
    before = set(done.values())
    if again:
        done = {key: replace(one, status="pending") if one.status == "unknown" else one for key, one in done.items()}
    after = _handed_over(job, do, letters, mail, done) if letters else ()
    moved = Counter(str(one.status) for one in after if one not in before)
    job.counts["letters"] += moved.total()
    for status, count in moved.items():
        job.counts[f"letters_{status}"] += count
    return moved


def _old_keys(mail: Mail, known: Mapping[str, Reader]) -> dict[str, str]:
    """Give the key that 0.1.0, which had no secret, knew each reader by, with the one of now."""
    old = {reader_key(one.address, replace(mail, secret="")): key for key, one in known.items()}
    return {key: now for key, now in old.items() if key != now}


def _handed_over(
    job: Job, do: Do, letters: Sequence[Letter], mail: Mail, done: Mapping[str, Delivery]
) -> tuple[Delivery, ...]:
    if mail.host:
        [after] = do(DELIVER, letters, mail, done, lambda one: _record(job, mail, one), job.now)
        return tuple(after)
    due = [letter for letter, one in zip(letters, done.values(), strict=True) if one.status in _DUE]
    name = "{week}.eml" if [one.recipient for one in letters] == [NOBODY] else "{week}.{reader}.eml"
    written = [one for batch in do(WRITE, due, job.settings.issues, mail, job.now, name) for one in batch]
    for one in written:
        _record(job, mail, one)
    return tuple(written)


def _letters(job: Job, do: Do, week: str, frozen_at: datetime, to: Sequence[Reader]) -> list[Letter]:
    """Make each reader's letter: the frozen bytes of the language, or a copy cut to what was asked for."""
    with job.warehouse.writer() as db:
        whole = {one.language: one for one in records(db, Rendering, "renderings_of", week=week)}
    asked = [_asked(one, whole, job) for one in to]
    copies = _copies(job, do, week, sorted({one for one in asked if one[1] or one[2]}))
    return [
        _letter(job, reader, copies.get(one) or whole[one[0]], frozen_at) for reader, one in zip(to, asked, strict=True)
    ]


def _asked(reader: Reader, whole: Mapping[str, Rendering], job: Job) -> _Asked:
    wanted = (reader.language, *job.settings.languages, *whole)
    return next(one for one in wanted if one in whole), reader.topics, reader.dossiers


def _copies(job: Job, do: Do, week: str, asked: Sequence[_Asked]) -> dict[_Asked, Rendering]:
    """Render what readers asked for, from the frozen content: once for all who asked for the same."""
    if not asked:
        return {}
    with job.warehouse.writer() as db:
        held = desk.frozen(db, week)
    if held is None:
        return {}
    work = [(cut(held.issue, *one[1:]), one[0], archive_url(job.settings, week, one[0])) for one in asked]
    made = [one for batch in do(RENDER, work) for one in batch]
    return dict(zip(asked, made, strict=True))


def _letter(job: Job, reader: Reader, one: Rendering, frozen_at: datetime) -> Letter:
    return Letter(
        one.week, reader.address, one.subject, one.html, one.text, one.language, frozen_at, job.settings.archive_url
    )


def _record(job: Job, mail: Mail, one: Delivery) -> None:
    """Commit a delivery. Servers repeat the address in what they reply, and everybody reads the ledger."""
    reply = re.sub(re.escape(one.recipient), "(the reader)", one.reply, flags=re.IGNORECASE)
    with job.warehouse.writer() as db:
        write.delivery(db, replace(one, recipient=reader_key(one.recipient, mail), reply=reply))
