"""A real SMTP server on loopback with TLS and login, whose readers each behave in their own way."""

from __future__ import annotations

import asyncio
import datetime as dt
import ssl
import threading
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "digest", "a pass phrase"


def certify(folder: Path, host: str = "127.0.0.1", lasts: dt.timedelta = dt.timedelta(hours=1)) -> Path:
    """Make a self-signed certificate for an address, strict enough for Python 3.13; give the PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a test")])
    now = dt.datetime.now(dt.UTC)
    uses = dict.fromkeys(
        ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "crl_sign"), False
    )
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + lasts)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=True, key_cert_sign=True, encipher_only=False, decipher_only=False, **uses),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = folder / f"{host}.pem"
    file.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return file


def _accept(_username: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: Any) -> AuthResult:
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=good, handled=False)  # aiosmtpd gives the 235 or 535


Hook = Callable[["PostOffice", SMTP, str], Awaitable[str]]


@dataclass
class PostOffice:
    """What the server saw, and how it answers: ``hooks`` by (phase, address); "" as the reply means: go on as usual."""

    hooks: dict[tuple[str, str], Hook] = field(default_factory=dict)
    mailboxes: dict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    sessions: int = 0
    phases: Counter[str] = field(default_factory=Counter)

    async def _met(self, phase: str, server: SMTP, address: str) -> str:
        self.phases[phase] += 1
        hook = self.hooks.get((phase, address)) or self.hooks.get((phase, ""))
        return await hook(self, server, address) if hook else ""

    async def handle_EHLO(  # noqa: N802 - aiosmtpd finds it by this name
        self, server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        await self._met("EHLO", server, "")
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802 - aiosmtpd finds it by this name
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if reply := await self._met("MAIL", server, ""):
            return reply
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 sender ok"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd finds it by this name
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if reply := await self._met("RCPT", server, address):
            return reply
        envelope.rcpt_tos.append(address)
        return "250 recipient ok"

    async def handle_DATA(  # noqa: N802 - aiosmtpd finds it by this name
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        address = envelope.rcpt_tos[0]
        if reply := await self._met("DATA", server, address):
            return reply
        self.mailboxes[address].append(envelope.original_content or b"")
        return await self._met("FILED", server, address) or "250 filed"


def says(reply: str) -> Hook:
    """Answer so, at every time."""

    async def hook(_office: PostOffice, _server: SMTP, _address: str) -> str:
        return reply

    return hook


def once(first: Hook) -> Hook:
    """Do so the first time, then as usual."""
    met: list[str] = []

    async def hook(office: PostOffice, server: SMTP, address: str) -> str:
        if met:
            return ""
        met.append(address)
        return await first(office, server, address)

    return hook


async def hang_up(_office: PostOffice, server: SMTP, _address: str) -> str:
    """Break the link without a word."""
    cast("asyncio.Transport", server.transport).abort()
    return "250 nobody hears this"


async def close(_office: PostOffice, server: SMTP, _address: str) -> str:
    """Say that the session ends, and end it."""
    server.loop.call_later(0.02, cast("asyncio.Transport", server.transport).close)
    return "421 closing the session"


def dawdle(seconds: float) -> Hook:
    """Answer as usual, but late."""

    async def hook(_office: PostOffice, _server: SMTP, _address: str) -> str:
        await asyncio.sleep(seconds)
        return ""

    return hook


@contextmanager
def serving(office: PostOffice, pem: Path | None, *, implicit: bool = False) -> Iterator[int]:
    """Serve in a thread; give the port. With a certificate STARTTLS and a login are required, or TLS at once."""
    tls = None
    if pem:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(pem)

    def session() -> SMTP:
        office.sessions += 1
        return SMTP(
            office,
            hostname="mail.test",
            tls_context=None if implicit else tls,
            require_starttls=bool(tls) and not implicit,
            auth_required=bool(tls) and not implicit,
            auth_require_tls=not implicit,  # aiosmtpd takes only STARTTLS for encryption
            authenticator=_accept,
            loop=loop,
        )

    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(loop.create_server(session, "127.0.0.1", 0, ssl=tls if implicit else None))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        asyncio.run_coroutine_threadsafe(_close(server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _close(server: asyncio.Server) -> None:
    """End what still runs (a reader that dawdles, a session left open) and let the transports close."""
    server.close()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.sleep(0.05)
