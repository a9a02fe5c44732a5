"""Look whether the mail server would take an issue, and say which of the usual reasons it is where it would not.

Nothing is sent: the session ends before a reader is named.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from tasks.deliver.message import Mail
from tasks.deliver.smtp import MailServerError, Session

Cause = Literal[
    "well",
    "unknown name",
    "refused",
    "no route",
    "timeout",
    "not a mail server",
    "no TLS offered",
    "no TLS at once",
    "certificate expired",
    "certificate of another host",
    "certificate untrusted",
    "no login offered",
    "wrong password",
    "login wanted",
    "sender refused",
    "not now",
    "other",
]
_EXPIRED, _OTHER_HOST, _OTHER_ADDRESS = 10, 62, 64  # X509_V_ERR_... of OpenSSL's x509_vfy.h


@dataclass(frozen=True, slots=True)
class Knock:
    """What came of one look at the mail server."""

    cause: Cause
    said: str = ""  #: the session's own words about it, "" where all is well
    certificate_until: datetime | None = None  #: None without TLS


def knock(mail: Mail, tls: ssl.SSLContext | None = None) -> Knock:
    """Connect, encrypt, log in and name the sender, each within ``mail.timeout`` seconds; nothing is handed over."""
    try:
        with Session(mail, tls) as session:
            until = session.knock()
    except MailServerError as error:
        return Knock(_cause(error), str(error))
    return Knock("well", certificate_until=_instant(until))


def _instant(until: str) -> datetime | None:
    with suppress(ValueError):
        return datetime.fromtimestamp(ssl.cert_time_to_seconds(until), UTC)
    return None


def _cause(error: MailServerError) -> Cause:
    """Name the reason by the exception that the session met, since the words differ from system to system."""
    met, told = error.__cause__, str(error)
    if isinstance(met, ssl.SSLCertVerificationError):
        return _of_certificate(met)
    for kind, cause in _BY_KIND:
        if isinstance(met, kind):
            return cause(told) if callable(cause) else cause
    _, named, reply = told.partition("MAIL FROM failed: ")
    return _of_reply(reply) if named else "other"


def _of_reply(reply: str) -> Cause:
    return "login wanted" if reply.startswith("530") else "not now" if reply.startswith("4") else "sender refused"


def _of_certificate(met: ssl.SSLCertVerificationError) -> Cause:
    if met.verify_code == _EXPIRED:
        return "certificate expired"
    return (
        "certificate of another host" if met.verify_code in {_OTHER_HOST, _OTHER_ADDRESS} else "certificate untrusted"
    )


def _of_broken_link(told: str) -> Cause:  # smtplib says a time-out so, too
    return "timeout" if "timed out" in told else "not a mail server"


def _of_missing_command(told: str) -> Cause:
    return "no TLS offered" if "STARTTLS" in told.partition("failed")[0] else "no login offered"


# The first kind that fits names the cause; the kinds that others derive from stand last.
_BY_KIND: tuple[tuple[type[BaseException], Cause | Callable[[str], Cause]], ...] = (
    (smtplib.SMTPAuthenticationError, "wrong password"),
    (smtplib.SMTPNotSupportedError, _of_missing_command),
    (smtplib.SMTPServerDisconnected, _of_broken_link),
    (ssl.SSLError, "no TLS at once"),
    (socket.gaierror, "unknown name"),
    (ConnectionRefusedError, "refused"),
    (ConnectionResetError, "not a mail server"),
    (TimeoutError, "timeout"),
    (smtplib.SMTPException, "other"),
    (OSError, "no route"),
)
