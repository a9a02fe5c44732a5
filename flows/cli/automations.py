"""`vnjp automations`: what Prefect does by itself when something goes wrong."""

from __future__ import annotations

import json

import click

from flows.cli.common import JSON, ready
from flows.settings import load


@click.group()
def automations() -> None:
    """Have Prefect end runs that are dead, and tell you of failures (VNJP_NOTIFY)."""


@automations.command()
@JSON
def install(as_json: bool) -> None:
    """Put the shipped automations into the Prefect server in use; run again, they are made the same again."""
    ready()
    from flows.automations import install as put
    from flows.embedded import at_hand

    settings = load()
    done = put(at_hand(settings.data / "prefect"), settings)
    if as_json:
        click.echo(json.dumps({"installed": done.names, "hints": done.hints}))
        return
    for name in done.names:
        click.echo(f"installed  {name}")
    for hint in done.hints:
        click.echo(hint)
