"""One SMTP session for all readers, its phases driven by hand, so that the ledger can be written between them.

``smtplib`` speaks the protocol; what a reply means for a reader, for us and for the session is decided here (RFC 5321).
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from types import TracebackType
from typing import NamedTuple, Self

from tasks.deliver.message import Mail

GO_AHEAD = 354  #: the server waits for the message
CLOSING = 421  #: the server closes the session; also what we note when a link breaks before the message
LOST = 0  #: no reply to a message that was sent: nobody knows whether it arrived

_DONE, _MORE, _LATER, _NEVER = 2, 3, 4, 5  # RFC 5321, 4.2.1: what the first digit of a reply says
_OURS = {503, 530, 534, 535, 538}  # wrong order and missing login (RFC 4954): no reader's fault, whatever the phase
_PATIENCE = 10  # RFC 1047: who hangs up while the server files a message makes copies; RFC 5321 grants it ten minutes
_LONGEST_REPLY = 300


class MailServerError(Exception):
    """The mail server refused us, not a reader: the run stops and no reader is marked."""


class Reply(NamedTuple):
    """What the server said: its code and its words on one line."""

    code: int
    text: str

    @property
    def digit(self) -> int:
        """The first digit: 2 done, 3 more is expected, 4 not now, 5 never."""
        return self.code // 100


class Session:
    """A session that opens when first needed and opens again where the server closed it."""

    def __init__(self, mail: Mail, tls: ssl.SSLContext | None) -> None:
        self._mail = mail
        self._tls = tls or ssl.create_default_context()
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        # after an error QUIT could become part of a half-sent message
        if self._smtp is not None and kind is None:
            with suppress(OSError):
                self._smtp.quit()
        self._drop()

    def offer(self, recipient: str, size: int) -> Reply:
        """Ask the server to take a message of ``size`` bytes: MAIL, RCPT, DATA.

        Gives 354, after which `transmit` must follow, or the reply that refused this reader (4xx, 5xx). Where the
        server hangs up, a second session is tried. Raises MailServerError where it is not there or refuses the sender.
        """
        phase, reply = self._offer(recipient, size)
        if reply.code == CLOSING:
            phase, reply = self._offer(recipient, size)
        if reply.code in _OURS or (phase == "MAIL FROM" and (reply.digit == _NEVER or reply.code == CLOSING)):
            raise self._error(phase, f"{reply.code} {reply.text}")
        return reply

    def transmit(self, message: bytes) -> Reply:
        """Send the message and wait for the verdict. `LOST` where there was none: it may or may not have arrived."""
        smtp = self._open()
        try:
            smtp.send(re.sub(rb"(?m)^\.", b"..", message) + b".\r\n")
            if smtp.sock:
                smtp.sock.settimeout(self._mail.timeout * _PATIENCE)
            reply = Reply(*_plain(smtp.getreply()))
            if smtp.sock:
                smtp.sock.settimeout(self._mail.timeout)
        except OSError as error:
            reply = Reply(LOST, f"no answer to the message: {_one_line(str(error))}")
        if reply.digit not in {_DONE, _LATER, _NEVER} or reply.code == CLOSING:
            self._drop()
        return reply

    def knock(self) -> str:
        """Go as far as an issue would go without handing anything over: connect, encrypt, log in, name the sender.

        Gives the last day of the server's certificate as it says it ("" without TLS). Raises MailServerError.
        """
        smtp = self._open()
        until = (
            str(dict(smtp.sock.getpeercert() or {}).get("notAfter", "")) if isinstance(smtp.sock, ssl.SSLSocket) else ""
        )
        reply = self._ask(_DONE, lambda: smtp.mail(self._mail.sender))
        if reply.digit != _DONE:
            raise self._error("MAIL FROM", f"{reply.code} {reply.text}")
        self._ask(_DONE, smtp.rset)
        return until

    def _offer(self, recipient: str, size: int) -> tuple[str, Reply]:
        """Go through the three commands; give the phase that ended it and the reply."""
        if self._smtp is not None:
            self._ask(_DONE, self._smtp.rset)
        smtp = self._open()
        sized = [f"size={size}"] if smtp.has_extn("size") else []
        phase, reply = "MAIL FROM", self._ask(_DONE, lambda: smtp.mail(self._mail.sender, sized))
        if reply.digit == _DONE:
            phase, reply = "RCPT TO", self._ask(_DONE, lambda: smtp.rcpt(recipient))
        if reply.digit == _DONE:
            phase, reply = "DATA", self._ask(_MORE, lambda: smtp.docmd("DATA"))
        return phase, reply

    def _ask(self, expected: int, command: Callable[[], tuple[int, bytes]]) -> Reply:
        """Give the reply to a command. A broken link, a 421 and nonsense alike end the session."""
        try:
            reply = Reply(*_plain(command()))
        except OSError as error:
            reply = Reply(CLOSING, f"link lost: {_one_line(str(error))}")
        if reply.digit not in {expected, _LATER, _NEVER}:
            reply = Reply(CLOSING, f"answered out of turn: {reply.code} {reply.text}")
        if reply.code == CLOSING:
            self._drop()
        return reply

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
        self._smtp = None

    def _open(self) -> smtplib.SMTP:
        """Give the open session; else connect, greet, encrypt and log in. All that fails here concerns us."""
        if self._smtp is None:
            with self._concerning_us("the connection"):
                smtp = self._connect()
            try:
                self._enter(smtp)
            except BaseException:
                smtp.close()
                raise
            self._smtp = smtp
        return self._smtp

    def _connect(self) -> smtplib.SMTP:
        mail, name = self._mail, self._mail.sender.rpartition("@")[2]  # a name to greet by that asks no DNS
        if mail.security == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, name, timeout=mail.timeout, context=self._tls)
        else:
            smtp = smtplib.SMTP(mail.host, mail.port, name, timeout=mail.timeout)
        if smtp.sock:  # without this each message waits 40 ms for a delayed acknowledgement
            smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return smtp

    def _enter(self, smtp: smtplib.SMTP) -> None:
        with self._concerning_us("the greeting"):
            smtp.ehlo_or_helo_if_needed()
        if self._mail.security == "starttls":
            with self._concerning_us("STARTTLS"):
                smtp.starttls(context=self._tls)
                smtp.ehlo()
        if self._mail.user:
            if self._mail.security == "none" and not _is_loopback(self._mail.host):
                raise self._error("the login", "the password would travel unencrypted")
            password = self._mail.password()
            with self._concerning_us("the login"):
                smtp.login(self._mail.user, password)

    @contextmanager
    def _concerning_us(self, phase: str) -> Iterator[None]:
        try:
            yield
        except smtplib.SMTPResponseException as error:
            code, text = _plain((error.smtp_code, error.smtp_error))
            raise self._error(phase, f"{code} {text}") from error
        except UnicodeError:  # its text would quote the password
            raise self._error(phase, "a character outside ASCII, which SMTP cannot carry") from None
        except OSError as error:
            raise self._error(phase, _one_line(str(error))) from error

    def _error(self, phase: str, seen: str) -> MailServerError:
        where = f"{self._mail.host}:{self._mail.port} ({self._mail.security})"
        return MailServerError(f"mail server {where}: {phase} failed: {seen}; {_REMEDY.get(phase, _REMEDY[''])}")


_REMEDY = {
    "the connection": "check host, port and security",
    "the greeting": "check port and security",
    "STARTTLS": "check the host's name, its certificate and the security setting",
    "the login": "check user, password and the security setting",
    "MAIL FROM": "check that this user may send as the sender's address",
    "": "check user, password and the server's log",
}


def _plain(answer: tuple[int, bytes | str]) -> tuple[int, str]:
    code, text = answer
    return code, _one_line(text if isinstance(text, str) else text.decode("utf-8", "replace"))


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_LONGEST_REPLY]


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
