"""One reader's message as bytes: the same letter gives the same bytes, at every attempt and in every run."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, quote
from functools import lru_cache
from typing import Literal
from urllib.parse import quote as percent

from tasks.deliver.subject import LINE, header_text

Security = Literal["none", "starttls", "tls"]

_LONGEST = 998  # RFC 5322, 2.1.1: the length that no line may exceed
_BOUNDARY = "=_vnjp-monitor_alternative"  # "=_" cannot occur in quoted-printable text (RFC 2045, 6.7)
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_DOMAIN = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*"
_ADDRESS = re.compile(rf"(?=.{{3,254}}\Z)(?=[^@]{{1,64}}@){_LOCAL}@{_DOMAIN}")
_PRINTABLE = re.compile(r"[ -~]*")
_LINK = re.compile(r"https?://[!-;=?-~]+")


@dataclass(frozen=True, slots=True)
class Mail:
    """The mail server, and who we are on it. Without a host nothing is sent: letters only become files."""

    host: str = ""
    port: int = 587
    security: Security = "starttls"
    user: str = ""  #: "": no login
    password: Callable[[], str] = field(default=str, repr=False)  #: asked at the login, so that nothing holds it
    sender: str = "digest@vnjp-monitor.invalid"
    sender_name: str = "vnjp-monitor"
    list_id: str = "weekly.vnjp-monitor.invalid"  #: RFC 2919; kept for life, since readers filter by it
    unsubscribe_mailto: str = ""  #: an address
    unsubscribe_https: str = ""  #: a link that accepts POST (RFC 8058); ``{reader}`` in it becomes the reader's key
    secret: str = field(default="", repr=False)  #: keys what stands for an address in public; kept for life
    timeout: float = 60.0  #: seconds that each step may take


@dataclass(frozen=True, slots=True)
class Letter:
    """One frozen issue, rendered for one reader."""

    week: str  #: "2025-W18"
    recipient: str  #: an address
    subject: str
    html: str
    text: str
    language: str  #: BCP 47, of the interface; several separated by a comma
    frozen_at: datetime  #: of the issue: the Date of the message, whenever it leaves
    archive: str = ""  #: link to the issues on the web


def address_fault(address: str) -> str:
    """Say in one line why a message cannot go to an address; "" where it can. Only ASCII dot-atoms (RFC 5321) go.

    The line does not repeat the address: it gets into logs.
    """
    return "" if _ADDRESS.fullmatch(address) else "not an address that mail can go to: expected name@domain in ASCII"


def reader_key(address: str, mail: Mail) -> str:
    """Give what stands for a reader in public: 24 hex digits of keyed BLAKE2b, the same for any case of letters."""
    key = hashlib.blake2b(mail.secret.encode()).digest()
    return hashlib.blake2b(address.casefold().encode("utf-8", "surrogatepass"), key=key, digest_size=12).hexdigest()


def message_id(week: str, address: str, mail: Mail) -> str:
    """Give the Message-ID of one week's letter to one reader: deterministic, and silent about the address."""
    return f"<{week.lower()}.{reader_key(address, mail)}@{mail.sender.rpartition('@')[2]}>"


def message(letter: Letter, mail: Mail) -> bytes:
    """Build one message, CRLF line ends, ASCII throughout.

    Raises ValueError naming the header that a value would break.
    """
    head = [
        _field("From", *_mailbox("From", mail.sender_name, mail.sender)),
        _field("To", _address("To", letter.recipient)),
        _field("Subject", *header_text("Subject", letter.subject)),
        _field("Date", *format_datetime(letter.frozen_at).split()),
        _field("Message-ID", message_id(letter.week, letter.recipient, mail)),
        *_list_fields(letter, mail),
        _field("Auto-Submitted", "auto-generated"),
        _field("Precedence", "bulk"),
        _field("Content-Language", *letter.language.split()),
    ]
    return "".join(head).encode("ascii") + _body(letter.html, letter.text)


@lru_cache(maxsize=8)
def _body(html: str, text: str) -> bytes:
    """Build the MIME part of a message; readers of one language share it."""
    body = EmailMessage(policy=SMTP)
    body.set_content(text, cte="quoted-printable")
    body.add_alternative(html, subtype="html", cte="quoted-printable")
    body.set_boundary(_BOUNDARY)
    return body.as_bytes()


def _list_fields(letter: Letter, mail: Mail) -> list[str]:
    """Give the fields of RFC 2919, 2369 and 8058; one-click only where there is something to click."""
    fields = [_field("List-Id", f"<{mail.list_id}>")]
    ways = []
    if mail.unsubscribe_https:
        way = mail.unsubscribe_https.replace("{reader}", reader_key(letter.recipient, mail))
        ways.append(_link("List-Unsubscribe", way))
    if mail.unsubscribe_mailto:
        way = percent(_address("List-Unsubscribe", mail.unsubscribe_mailto), safe="@+")
        ways.append(f"<mailto:{way}?subject=unsubscribe>")
    if ways:
        fields.append(_field("List-Unsubscribe", *", ".join(ways).split()))
    if mail.unsubscribe_https:
        fields.append(_field("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    if letter.archive:
        fields.append(_field("List-Archive", _link("List-Archive", letter.archive)))
    return fields


def _field(name: str, *pieces: str) -> str:
    """Join pieces to one header field, folded between them where the line would be too long."""
    lines = [f"{name}:"]
    for piece in pieces:
        if not _PRINTABLE.fullmatch(piece):
            raise ValueError(f"{name}: {piece[:80]!r} holds what a header cannot hold")
        if len(lines[-1]) + 1 + len(piece) > LINE and lines[-1] != f"{name}:":
            lines.append("")
        lines[-1] += f" {piece}"
    if max(map(len, lines)) > _LONGEST:
        raise ValueError(f"{name}: a line of {max(map(len, lines))} characters; mail allows {_LONGEST}")
    return "\r\n".join(lines) + "\r\n"


def _mailbox(name: str, display: str, address: str) -> list[str]:
    """Give a display name and an address as pieces of a header; a name that is not short ASCII is encoded."""
    shown = header_text(name, display)
    if shown == [display]:
        shown = [f'"{quote(display)}"'] if display else []
    return [*shown, f"<{_address(name, address)}>"]


def _address(name: str, address: str) -> str:
    if fault := address_fault(address):
        raise ValueError(f"{name}: {fault}")
    return address


def _link(name: str, url: str) -> str:
    if not _LINK.fullmatch(url):
        raise ValueError(f"{name}: {url[:80]!r} is not an http(s) link")
    return f"<{url}>"
