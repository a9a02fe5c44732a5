"""Tell the one who runs this monitor of a failure, by mail: what automations of Prefect start."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape

from prefect import flow

from flows.mail import send_one
from flows.settings import load
from warehouse.errors import MendableError


@flow(name="notify", description="Send one short mail to the address of VNJP_NOTIFY.")
def notify(subject: str, body: str) -> None:
    """Send it; MendableError where no address or no mail server is set, or where that refuses."""
    settings = load()
    if not settings.notified_by_mail:
        raise MendableError("VNJP_NOTIFY is no address: set it to the one that is told of failures.")
    now = datetime.now(UTC)
    html = "".join(f"<p>{escape(line)}</p>\n" for line in body.splitlines() if line)
    send_one(settings, settings.notify, f"vnjp-monitor: {subject}", html, body, now)
