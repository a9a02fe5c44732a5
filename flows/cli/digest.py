"""The commands about the weekly issue: build, preview, send, test-mail."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import click

from flows.cli.common import FINE, JSON, PARTIAL, Instant, print_counts, ready
from flows.settings import load

OPEN = click.option("--open/--no-open", "open_it", default=True, help="Open the page in a browser.")


class Week(click.ParamType):  # type: ignore[type-arg] # generic only in click's stubs
    """An ISO week."""

    name = "week"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401
        """Read the week, or say what one looks like."""
        from tasks.weeks import week

        try:
            return week(str(value), load().time_zone).label
        except ValueError as error:
            self.fail(str(error), param, ctx)


WEEK = click.argument("week", type=Week())
ANY_WEEK = click.argument("week", type=Week(), required=False)


@click.group()
def digest() -> None:
    """Freeze, look at, edit and send the weekly issue."""


@digest.command("build")
@ANY_WEEK
@click.option("--now", type=Instant(), help="Instant that stamps the run (default: the clock).")
@JSON
def digest_build(week: str | None, now: datetime | None, as_json: bool) -> None:
    """Freeze every week that is over, up to WEEK where it is given, in order, and send what may go out."""
    ready()
    from flows.run.issues import digest_once

    _end(*digest_once(now, week or ""), as_json=as_json)


@digest.command()
@ANY_WEEK
@OPEN
@JSON
def preview(week: str | None, open_it: bool, as_json: bool) -> None:
    """Open the browser edition of the current, unfinished week, or of WEEK as it is frozen. Nothing is collected."""
    ready()
    from flows.run.issues import preview_issue

    page, said = preview_issue(week or "", open_it=open_it)
    click.echo(json.dumps({"page": str(page), "said": said}) if as_json else f"{said} {page}")


@digest.command()
@ANY_WEEK
@JSON
def send(week: str | None, as_json: bool) -> None:
    """Send what is frozen, may go out and did not; of WEEK also what was only written to files. Nothing is frozen."""
    ready()
    from flows.run.issues import send_once

    _end(*send_once(week or ""), as_json=as_json)


@digest.command()
@ANY_WEEK
@click.option("--unknown", is_flag=True, required=True, help="Readers whose server never said whether it took theirs.")
@JSON
def resend(week: str | None, unknown: bool, as_json: bool) -> None:  # noqa: ARG001 - the only way so far, said aloud
    """Send again, under the same Message-ID, to readers who may have their letter already."""
    ready()
    from flows.run.issues import send_once

    _end(*send_once(week or "", again=True), as_json=as_json)


@digest.command("test-mail")
@click.argument("address")
@JSON
def test_mail(address: str, as_json: bool) -> None:
    """Send the newest issue, marked as a test, to ADDRESS; the ledger does not know it."""
    from flows.mail import test_mail

    sent = test_mail(load(), address, datetime.now(UTC))
    found = {"address": sent.recipient, "status": sent.status, "reply": sent.reply, "message_id": sent.message_id}
    click.echo(json.dumps(found) if as_json else f"Sent to {sent.recipient}: {sent.code} {sent.reply}".rstrip())


def _end(counts: Mapping[str, int], fault: str, *, as_json: bool) -> None:
    """Print what a run counted and whom it did not reach; end with 3 where readers are still without their issue."""
    if as_json or any(counts.values()):
        print_counts(counts, as_json=as_json)
    else:
        click.echo("Nothing was due.")
    if fault:
        click.echo(f"vnjp: {fault}", err=True)
    sys.exit(PARTIAL if fault or counts.get("letters_deferred") else FINE)
