"""A monitor on loopback with a frozen issue and a real mail server: what tests of sending and editing start from.

As a program it sends and kills itself `before` or `within` a commit of the ledger:
`python -m tests.posted DATA PORT COMMIT SIDE NAME...`.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree
from typing import Any

from flows.approval import ask
from flows.baseline import hold
from flows.digest import digest_with, send_with
from flows.job import Job
from flows.mail import mail_of
from flows.recipients import listed
from flows.send import enter
from flows.settings import Settings, load
from flows.steps import inline
from tasks.compose import Layout, compose
from tasks.deliver.message import reader_key
from tasks.render import render
from tests import told
from tests.mailbox import PASSWORD, USER
from warehouse import write
from warehouse.publish import publish
from warehouse.records import Delivery

FROZEN = datetime(2025, 5, 5, 0, 30, tzinfo=UTC)
MONDAY = datetime(2025, 5, 5, 1, tzinfo=UTC)


def settings_of(folder: Path, *names: str, port: int = 0, **given: Any) -> Settings:
    """Give settings with these readers, and with the mail server at a port of loopback where one is given."""
    server = {"smtp_host": "127.0.0.1" if port else "", "smtp_port": port or 587, "smtp_user": USER}
    readers = tuple(name if "@" in name else f"{name}@readers.test" for name in names)
    fixed: dict[str, Any] = {
        "data": folder, "recipients": readers, "sender": "digest@monitor.test", "smtp_password": PASSWORD,
        "languages": ("en", "ja"), "archive_url": "", "approval": "none", "sources": None,
    }  # fmt: skip
    return load(folder, **(fixed | server | given))


def job(settings: Settings, now: datetime = MONDAY) -> Job:
    """Make a job that watches nothing."""
    return Job(settings, now)


def prepare(folder: Path) -> Path:
    """Make a data folder with the told week frozen, for nobody yet; tests copy it."""
    settings = settings_of(folder)
    issue = compose(told.WEEK, told.stories(), told.source_weeks(), told.COUNTS, told.HISTORY, Layout(), told.names())
    renderings = [render(issue, language) for language in settings.languages]
    with settings.warehouse.writer() as db:
        hold(db)
        write.issue(db, issue, told.WEEK, renderings, FROZEN)
    publish(settings.warehouse)
    return folder


def freeze(settings: Settings, prepared: Path) -> None:
    """Give the settings' data folder the frozen week with its readers, waiting for approval where that is set."""
    copytree(prepared, settings.data, dirs_exist_ok=True)
    frozen_by = job(settings, FROZEN)
    with settings.warehouse.writer() as db:
        enter(db, frozen_by, "2025-W18")
        ask(db, frozen_by, "2025-W18")


def wake(settings: Settings, now: datetime = MONDAY) -> dict[str, int]:
    """Run the digest flow's body."""
    return digest_with(job(settings, now), inline)


def ledger(settings: Settings) -> dict[str, str]:
    """Give the status of each reader, by the name before the @."""
    mail = mail_of(settings)
    with settings.warehouse.writer() as db:
        held = dict(db.execute("select recipient, status from base.deliveries").fetchall())
    return {
        one.address.partition("@")[0]: held[key]
        for one in listed(settings)
        if (key := reader_key(one.address, mail)) in held
    }


def main(folder: Path, port: int, count: int, side: str) -> None:
    keep, met = write.delivery, 0

    def kill_at(db: Any, one: Delivery) -> None:
        nonlocal met
        if (met, "before") == (count, side):
            os.kill(os.getpid(), signal.SIGKILL)
        keep(db, one)
        if (met, "within") == (count, side):
            os.kill(os.getpid(), signal.SIGKILL)
        met += 1

    write.delivery = kill_at
    send_with(job(settings_of(folder, *sys.argv[5:], port=port)), inline)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
