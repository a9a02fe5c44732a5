"""The mail server: whether it would take an issue. Nothing is sent."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from flows.doctor.finding import Finding
from flows.mail import mail_of
from flows.password import password_of
from flows.settings import Settings
from tasks.deliver import Mail
from tasks.deliver.probe import Cause, Knock, knock
from warehouse.errors import MendableError

_NAME = "mail server"
_PATIENCE = 4.0  # seconds for each step: who waits for an answer on a terminal waits no longer
_RENEW = timedelta(days=14)  # certificates of three months are renewed a month before their end
_NOWHERE = Path("/dev/null")  # a data folder without readers: their key is none of the doctor's business

# Each cause in our words, and what to do about it; {mail.…} is the server as it is set.
_CURES: dict[Cause, tuple[str, str]] = {
    "unknown name": ("the name {mail.host} does not resolve", "check VNJP_SMTP_HOST: getent hosts {mail.host}"),
    "refused": ("nothing listens at {mail.host}:{mail.port}", "check VNJP_SMTP_PORT (587 with starttls, 465 with tls)"),
    "no route": (
        "no way leads to {mail.host}:{mail.port}",
        "look at network and firewall: nc -vz {mail.host} {mail.port}",
    ),
    "timeout": (
        "{mail.host}:{mail.port} does not answer within {mail.timeout:.0f} s",
        "set VNJP_SMTP_SECURITY=tls for port 465; else look for a firewall: nc -vz {mail.host} {mail.port}",
    ),
    "not a mail server": (
        "what listens at {mail.host}:{mail.port} breaks the link: it is no mail server, or wants none from here",
        "check VNJP_SMTP_HOST and VNJP_SMTP_PORT",
    ),
    "no TLS offered": (
        "it offers no STARTTLS",
        "set VNJP_SMTP_SECURITY=tls with port 465, or =none for a relay on this machine",
    ),
    "no TLS at once": ("it does not speak TLS from the first byte", "set VNJP_SMTP_SECURITY=starttls, as for port 587"),
    "certificate expired": (
        "its certificate has expired",
        "have it renewed; openssl s_client -starttls smtp -connect {mail.host}:{mail.port}",
    ),
    "certificate of another host": (
        "its certificate is not for {mail.host}",
        "set VNJP_SMTP_HOST to the name in the certificate",
    ),
    "certificate untrusted": (
        "its certificate is signed by nobody whom this machine trusts",
        "install its authority's certificate here, or name it in SSL_CERT_FILE",
    ),
    "no login offered": (
        "it takes no login here",
        "check VNJP_SMTP_SECURITY and the port, or leave VNJP_SMTP_USER empty",
    ),
    "wrong password": (
        "it refuses user {mail.user!r} with this password",
        "set VNJP_SMTP_USER and VNJP_SMTP_PASSWORD anew; some providers want an app password",
    ),
    "login wanted": ("it wants a login", "set VNJP_SMTP_USER and VNJP_SMTP_PASSWORD"),
    "sender refused": ("{mail.user!r} may not send as {mail.sender}", "set VNJP_SENDER to an address of that account"),
    "not now": ("it takes nothing for the moment", "vnjp doctor again in an hour; the digest tries again by itself"),
    "other": ("it does not take our mail", "vnjp digest test-mail YOUR-ADDRESS"),
}


def server(settings: Settings, now: datetime, tls: ssl.SSLContext | None = None) -> Iterator[Finding]:
    """Knock at the mail server, where one is set; ``tls``: whom to trust, if not the system's authorities."""
    if not settings.smtp_host:
        yield Finding(_NAME, "ok", "none is set: issues are written to files.")
        return
    try:
        made = mail_of(settings.model_copy(update={"recipients": (), "data": _NOWHERE}))
        mail = replace(made, timeout=_PATIENCE, password=password_of(settings))
        yield judged(mail, knock(mail, tls), now)
    except MendableError as error:
        yield Finding(_NAME, "error", str(error), "change the setting in .env, then vnjp doctor")


def judged(mail: Mail, came: Knock, now: datetime) -> Finding:
    """Say what came of the look, with the cause and the cure."""
    where = f"{mail.host}:{mail.port} ({mail.security})"
    if came.cause != "well":
        told, then = (one.format(mail=mail) for one in _CURES[came.cause])
        return Finding(_NAME, "error", f"{told}. The session: {came.said}", then)
    if came.certificate_until and came.certificate_until - now < _RENEW:
        said = f"{where} takes our mail, but its certificate ends on {came.certificate_until:%Y-%m-%d}."
        return Finding(_NAME, "warning", said, "have the certificate renewed before that day")
    login = f" and login as {mail.user}" if mail.user else ""
    until = f", certificate until {came.certificate_until:%Y-%m-%d}" if came.certificate_until else ""
    return Finding(_NAME, "ok", f"{where} takes our mail{login}{until}.")
