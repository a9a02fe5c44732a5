"""Bring a frozen issue to its readers, and keep a ledger of how far each one got.

Addresses stay in the settings: the ledger, and so the snapshot that everybody reads, knows readers by a hash.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from flows.job import Job
from flows.settings import Settings
from flows.steps import DELIVER, WRITE, Do
from tasks.deliver import Letter, Mail
from tasks.deliver.message import reader_key
from warehouse import write
from warehouse.issue import Rendering
from warehouse.records import Delivery
from warehouse.rows import records

_NOBODY = "reader@vnjp-monitor.invalid"  # whom the files are addressed to where no reader is set (RFC 2606)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who gets the issue, and in which language; "" for the first of the settings."""

    address: str
    language: str


def readers(settings: Settings) -> dict[str, Reader]:
    """Give the readers of the settings by their keys; one whom nobody is where none is set."""
    mail = mail_of(settings)
    named = (entry.partition(":") for entry in settings.recipients or (_NOBODY,))
    return {reader_key(address, mail): Reader(address, language) for address, _, language in named}


def mail_of(settings: Settings) -> Mail:
    """Give the mail server that the settings name; one without a host where they name none."""
    plain = Mail(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        user=settings.smtp_user,
        password=settings.smtp_password.get_secret_value(),
    )
    return replace(plain, sender=settings.sender) if settings.sender else plain


def send(job: Job, do: Do, week: str, frozen_at: datetime) -> None:
    """Send a week's issue to those who wait for it; without a mail server, write it to files."""
    mail, known = mail_of(job.settings), readers(job.settings)
    with job.warehouse.writer() as db:
        ledger = [one for one in records(db, Delivery, "deliveries_of", week=week) if one.recipient in known]
        found = {one.language: one for one in records(db, Rendering, "renderings_of", week=week)}
    done = {one.recipient: replace(one, recipient=known[one.recipient].address) for one in ledger}
    letters = [_letter(known[key], found, frozen_at, job.settings) for key in done]
    if not letters:
        return
    if mail.host:
        [after] = do(DELIVER, letters, mail, done, lambda one: _record(job, one), job.now)
    else:
        name = "{week}.{reader}.eml" if job.settings.recipients else "{week}.eml"
        [after] = do(WRITE, letters, job.settings.issues, mail, job.now, name)
        for one in after:
            _record(job, one)
    before = set(done.values())
    job.counts["letters"] += sum(one not in before for one in after)


def _letter(reader: Reader, found: dict[str, Rendering], frozen_at: datetime, settings: Settings) -> Letter:
    wanted = (reader.language, *settings.languages, *found)
    one = next(found[language] for language in wanted if language in found)
    return Letter(
        one.week, reader.address, one.subject, one.html, one.text, one.language, frozen_at, settings.archive_url
    )


def _record(job: Job, one: Delivery) -> None:
    with job.warehouse.writer() as db:
        write.delivery(db, replace(one, recipient=reader_key(one.recipient, mail_of(job.settings))))
