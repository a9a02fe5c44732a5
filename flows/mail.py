"""The mail server as the settings name it, and one message to see that it works."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows.password import password_of
from flows.recipients import secret
from flows.settings import Settings, SettingsError
from tasks.deliver import Letter, Mail, MailServerError, deliver
from tasks.deliver.message import address_fault
from warehouse.errors import MendableError
from warehouse.issue import Rendering
from warehouse.records import Delivery
from warehouse.rows import records

_TEST = "Thử nghiệm · 試験 · Test of vnjp-monitor"


def mail_of(settings: Settings) -> Mail:
    """Give the mail server that the settings name; one without a host where they name none.

    Who leaves the list writes to the sender, or to the https address that is set. The list's id follows the sender's
    domain: readers filter by it.
    """
    made = Mail(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        user=settings.smtp_user,
        password=password_of(settings),
        secret=secret(settings),
        unsubscribe_https=settings.unsubscribe_url,
    )
    if settings.sender:
        domain = settings.sender.rpartition("@")[2]
        made = replace(
            made,
            sender=settings.sender,
            list_id=f"vnjp-weekly.{domain}",
            unsubscribe_mailto=settings.sender,
        )
    elif made.host:
        raise SettingsError(
            f"VNJP_SMTP_HOST is {made.host!r} and VNJP_SENDER is empty: set the address that issues come from."
        )
    return made


def test_mail(settings: Settings, address: str, now: datetime) -> Delivery:
    """Send one message to an address: the newest issue where there is one, else a line; the ledger does not know it.

    Raises MendableError where there is no mail server, where it refuses us, and where it refuses the address.
    """
    if not (issue := _newest(settings)):
        return send_one(settings, address, _TEST, f"<p>{_TEST}</p>\n", f"{_TEST}\n", now)
    return send_one(settings, address, f"Test · {issue.subject}", issue.html, issue.text, now, issue.language)


def send_one(
    settings: Settings, address: str, subject: str, html: str, text: str, now: datetime, language: str = "en"
) -> Delivery:
    """Send one message that the ledger does not know; errors as those of `test_mail`."""
    mail = mail_of(settings)
    if not mail.host:
        raise MendableError("No mail server is set: issues are written to files. Set VNJP_SMTP_HOST and VNJP_SENDER.")
    if fault := address_fault(address):
        raise MendableError(f"{address!r} is {fault}.")
    letter = Letter(
        week=f"single-{now:%Y%m%dT%H%M%S.%f}",  # a Message-ID of its own: a mailbox shows a second copy of none
        recipient=address,
        subject=subject,
        html=html,
        text=text,
        language=language,
        frozen_at=now,
    )
    try:
        [after] = deliver([letter], mail, {}, lambda _: None, now)
    except MailServerError as error:
        raise MendableError(str(error)) from error
    if after.status != "sent":
        raise MendableError(f"{mail.host} did not take the message to {address}: {after.code} {after.reply}.")
    return after


def _newest(settings: Settings) -> Rendering | None:
    """Give the newest frozen issue in the first language, from the published snapshot."""
    if not settings.warehouse.snapshot.is_file():
        return None
    with settings.warehouse.reader() as db:
        found = records(db, Rendering, "newest_rendering", language=settings.languages[0])
    return found[0] if found else None
