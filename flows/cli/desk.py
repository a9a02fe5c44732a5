"""The commands by which the desk decides on an issue: hold, approve, drop, pin, erratum; and the log."""

from __future__ import annotations

import json
import os
import pwd
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

import click

from flows.cli.common import JSON
from flows.cli.digest import ANY_WEEK, WEEK, digest
from flows.settings import Language, load

if TYPE_CHECKING:
    from flows.amend.issue import Decided, Desk

_NOTE = click.option("--note", default="", help="Why, for whoever reads the log later.")


@digest.command()
@WEEK
@_NOTE
@JSON
def hold(week: str, note: str, as_json: bool) -> None:
    """Keep an issue from going out until it is approved, whatever its deadline; also ahead of its freezing."""
    from flows.amend import issue

    _tell(issue.hold(_desk(week, note)), as_json=as_json)


@digest.command()
@WEEK
@_NOTE
@JSON
def approve(week: str, note: str, as_json: bool) -> None:
    """Let an issue go out as it is now; the next run sends it, or `vnjp digest send`."""
    from flows.amend import issue

    _tell(issue.approve(_desk(week, note)), as_json=as_json)


@digest.command()
@WEEK
@click.argument("story")
@_NOTE
@JSON
def drop(week: str, story: str, note: str, as_json: bool) -> None:
    """Leave STORY (id, place in the issue, or part of a headline) out of an issue that has not gone out."""
    from flows.amend import issue

    _tell(issue.drop(_desk(week, note), story), as_json=as_json)


@digest.command()
@WEEK
@click.argument("story")
@_NOTE
@JSON
def pin(week: str, story: str, note: str, as_json: bool) -> None:
    """Put STORY first in an issue that has not gone out."""
    from flows.amend import issue

    _tell(issue.pin(_desk(week, note), story), as_json=as_json)


@digest.command()
@WEEK
@click.argument("text")
@click.option("--story", default="", help="Which story was told wrongly; none: the issue as a whole.")
@click.option("--language", type=click.Choice(["en", "vi", "ja"]), help="Of TEXT (default: the issue's first).")
@_NOTE
@JSON
def erratum(week: str, text: str, story: str, language: str | None, note: str, as_json: bool) -> None:
    """Have the next issue print TEXT: what we got wrong in an issue that has gone out."""
    from flows.amend import issue

    tongue = cast("Language", language or load().languages[0])
    _tell(issue.erratum(_desk(week, note), text, tongue, story), as_json=as_json)


@digest.command()
@ANY_WEEK
@JSON
def log(week: str | None, as_json: bool) -> None:
    """Tell of every issue, or that of WEEK: where it stands, what was decided on it, whom it did not reach."""
    from flows.amend.issue_log import held, lines

    found = held(load(), week or "")
    click.echo(json.dumps(found, ensure_ascii=False, default=str) if as_json else lines(found))


def _desk(week: str, note: str) -> Desk:
    from flows.amend.issue import Desk

    return Desk(load(), week, datetime.now(UTC), _account(), note)


def _account() -> str:
    """Name the account that gives the command, by its number where it has no name."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def _tell(done: Decided, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(asdict(done), ensure_ascii=False, default=str))
        return
    click.echo(done.said if done.changed else f"Nothing changed. {done.said}")
