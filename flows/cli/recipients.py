"""The commands about who gets the issue: recipients list, add, remove."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from flows.cli.common import JSON
from flows.cli.digest import digest
from flows.settings import load

if TYPE_CHECKING:
    from flows.recipients import Reader


@digest.group()
def recipients() -> None:
    """Show and change who gets the issue: VNJP_RECIPIENTS and recipients.csv of the data folder."""


@recipients.command("list")
@JSON
def list_(as_json: bool) -> None:
    """List every reader with language, topics and dossiers."""
    from flows.recipients import listed

    found = listed(load())
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False))
        return
    click.echo("\n".join(map(_line, found)) or "No reader is set. `vnjp digest recipients add ADDRESS` adds one.")


@recipients.command()
@click.argument("address")
@click.option("--language", type=click.Choice(["en", "vi", "ja"]), help="Of the issue (default: the first set).")
@click.option("--topics", default="", metavar="A,B", help="Only stories on these (default: everything).")
@click.option("--dossiers", default="", metavar="A,B", help="And what moves these, or those for these groups.")
@click.option("--note", default="", help="For whoever keeps the list.")
@JSON
def add(address: str, language: str | None, topics: str, dossiers: str, note: str, as_json: bool) -> None:
    """Add a reader to recipients.csv, or change the row of ADDRESS; who joins gets the next issue."""
    from flows.recipients import Reader, several
    from flows.recipients import add as keep

    one = Reader(address, language or "", several(topics), several(dossiers), note=note)
    keep(load(), one)
    click.echo(json.dumps(asdict(one), ensure_ascii=False) if as_json else f"{_line(one)}: from the next issue on")


@recipients.command()
@click.argument("address")
@JSON
def remove(address: str, as_json: bool) -> None:
    """Take a reader off the list: nothing more is sent, not even what is due."""
    from flows.recipients import remove as take_off

    take_off(load(), address)
    click.echo(json.dumps({"removed": address}) if as_json else f"{address} gets no more issues.")


def _line(one: Reader) -> str:
    what = ", ".join((*one.topics, *one.dossiers)) or "everything"
    off = "" if one.enabled else "; switched off"
    note = f" ({one.note})" if one.note else ""
    return f"{one.address}: {one.language or load().languages[0]}, {what}{off}{note}"
