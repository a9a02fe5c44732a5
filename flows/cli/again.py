"""The command that makes things again from what is held: reprocess."""

from __future__ import annotations

import json
import sys

import click

from flows.cli.common import FINE, JSON, PARTIAL, print_counts, runs


@click.command()
@click.option("--since", default="", metavar="WEEK", help="Only articles first seen since a week, such as 2025-W18.")
@JSON
def reprocess(since: str, as_json: bool) -> None:
    """Make again, from the archive, what older rules made; fingerprints always of all articles, to be of one kind."""
    _check(since)
    remade = runs().reprocess_once(since)
    if as_json:
        click.echo(json.dumps({"counts": remade.counts, "lost": remade.lost}))
    elif not remade.counts["older"]:
        click.echo(f"Nothing{f' since {since}' if since else ''} was made by older rules.")
    else:
        print_counts(remade.counts, as_json=False)
    for record in remade.lost:
        click.echo(f"not made again: {record}", err=True)
    sys.exit(PARTIAL if remade.lost else FINE)


def _check(since: str) -> None:
    from tasks.weeks import week

    try:
        week(since or "2025-W18", "UTC")
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--since") from None
