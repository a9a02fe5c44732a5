"""Hand a frozen issue to its readers: one message each, over SMTP, and a ledger that says how far each one got.

SMTP cannot promise once-only: where the link breaks between a message and the server's verdict, nobody knows whether it
arrived. So the ledger is written before the message leaves, and what may have arrived is `unknown`, not sent again.

    pending -> handing_over -> sent | deferred (4xx: tried again) | rejected (5xx, or 4xx too often) | unknown
"""

from __future__ import annotations

import hashlib
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from tasks.deliver.eml import write
from tasks.deliver.message import Letter, Mail, address_fault, message, message_id
from tasks.deliver.smtp import GO_AHEAD, MailServerError, Reply, Session
from warehouse.records import Delivery, DeliveryStatus

__all__ = ["Letter", "Mail", "MailServerError", "deliver", "message", "write"]

_TRIES = 64  # of a deferred letter: four days of hourly runs by day, as long as RFC 5321, 4.5.4.1 has one try
_DUE = {"pending", "deferred", "written"}
_VERDICTS: dict[int, DeliveryStatus] = {2: "sent", 4: "deferred", 5: "rejected"}


def deliver(
    letters: Sequence[Letter],
    mail: Mail | None,
    done: Mapping[str, Delivery],
    record: Callable[[Delivery], None],
    now: datetime,
    *,
    tls: ssl.SSLContext | None = None,
) -> tuple[Delivery, ...]:
    """Send letters to those who have not got theirs; give every reader's delivery, in the order of the letters.

    ``done`` is what the ledger holds, by any key. ``record`` commits one delivery and returns when it is safe on disk.
    A delivery found `handing_over` becomes `unknown`; to send an `unknown` again, pass it in ``done`` as `pending`.
    Without a mail server all stay `pending`. ``tls``: whom to trust, if not the system's authorities.

    Raises ValueError, before anything is sent, for a letter that cannot be a message (a hostile subject, not a reader's
    address: that reader is `rejected`), and MailServerError where the server refuses us: the others stay as they were.
    """
    identity = mail or Mail()
    held = {_key(known): known for known in done.values()}
    wanted: dict[tuple[str, str], Letter] = {}
    for letter in letters:
        wanted.setdefault(_key(letter), letter)
    ledger = {key: _opening(letter, held.get(key), identity, now) for key, letter in wanted.items()}
    due = {key: message(wanted[key], identity) for key, known in ledger.items() if known.status in _DUE}
    for key, known in ledger.items():
        if known != held.get(key):
            record(known)
    if identity.host:
        with Session(identity, tls) as session:
            for key, data in due.items():
                made = message_id(*key, identity)
                ledger[key] = _hand_over(session, replace(ledger[key], message_id=made), data, record, now)
    return tuple(ledger.values())


def _key(of: Letter | Delivery) -> tuple[str, str]:
    """Two spellings of an address that differ in case are one mailbox: a second copy would be worse than none."""
    return of.week, of.recipient.casefold()


def _opening(letter: Letter, known: Delivery | None, mail: Mail, now: datetime) -> Delivery:
    """Say where a delivery stands before this run sends anything."""
    if known is None:
        made = message_id(letter.week, letter.recipient, mail)
        known = Delivery(letter.week, letter.recipient, made, "", "pending", 0, 0, "", now)
    if known.status == "handing_over":
        reply = "the run ended while the message was under way"
        return replace(known, status="unknown", code=0, reply=reply, updated_at=now)
    if known.status in _DUE and (fault := address_fault(letter.recipient)):
        return replace(known, status="rejected", code=0, reply=fault, updated_at=now)
    return known


def _hand_over(
    session: Session, before: Delivery, data: bytes, record: Callable[[Delivery], None], now: datetime
) -> Delivery:
    """Drive one message through the phases, committing `handing_over` at the last moment when it has not yet left."""
    sha256 = hashlib.sha256(data).hexdigest()
    attempt = replace(before, body_sha256=sha256, attempts=before.attempts + 1, updated_at=now)
    reply = session.offer(attempt.recipient, len(data))
    if reply.code == GO_AHEAD:
        record(replace(attempt, status="handing_over", code=reply.code, reply=reply.text))
        reply = session.transmit(data)
    after = replace(attempt, status=_verdict(reply, attempt.attempts), code=reply.code, reply=reply.text)
    record(after)
    return after


def _verdict(reply: Reply, attempts: int) -> DeliveryStatus:
    verdict = _VERDICTS.get(reply.digit, "unknown")
    return "rejected" if verdict == "deferred" and attempts >= _TRIES else verdict
