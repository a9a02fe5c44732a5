"""The commands that make things again from what is held: reprocess, and replay, which only shows what would come."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime

import click

from flows.cli.common import FINE, JSON, PARTIAL, print_counts, ready
from flows.settings import load


@click.command()
@click.option("--since", default="", metavar="WEEK", help="Only articles first seen since a week, such as 2025-W18.")
@JSON
def reprocess(since: str, as_json: bool) -> None:
    """Make again, from the archive, what older rules made; fingerprints always of all articles, to be of one kind."""
    _check(since)
    ready()
    from flows.run.nightly import reprocess_once

    remade = reprocess_once(since)
    if as_json:
        click.echo(json.dumps({"counts": remade.counts, "lost": remade.lost}))
    elif not remade.counts["older"]:
        click.echo(f"Nothing{f' since {since}' if since else ''} was made by older rules.")
    else:
        print_counts(remade.counts, as_json=False)
    for record in remade.lost:
        click.echo(f"not made again: {record}", err=True)
    sys.exit(PARTIAL if remade.lost else FINE)


@click.command()
@click.argument("week", required=False, metavar="WEEK")
@click.option("--set", "given", multiple=True, metavar="NAME=VALUE", help="Try another threshold; may be repeated.")
@click.option("--list", "listing", is_flag=True, help="List the thresholds with the values that hold.")
@JSON
def replay(week: str | None, given: tuple[str, ...], *, listing: bool, as_json: bool) -> None:
    """Show what of WEEK (such as 2025-W18) would come out otherwise by the rules of now; nothing is written.

    Stories that split, merge, appear or vanish, articles, lines of the issue; with --set by other thresholds, too.
    Texts are taken as they are held: only `vnjp reprocess` extracts them again.
    """
    from flows.replay import knobs

    if listing:
        click.echo(json.dumps(knobs.values(knobs.Knobs())) if as_json else knobs.listed())
        return
    if not week:
        raise click.UsageError("Missing WEEK, such as 2025-W18; --list shows which thresholds there are.")
    _check(week, "WEEK")
    try:
        turned = knobs.turned(given)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--set") from None
    from flows import replay as replaying
    from flows.replay.show import told

    found = replaying.replay(load(), week, turned, datetime.now(UTC))
    click.echo(json.dumps(found.as_json(), ensure_ascii=False) if as_json else told(found))


def _check(since: str, hint: str = "--since") -> None:
    from tasks.weeks import week

    try:
        week(since or "2025-W18", "UTC")
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=hint) from None
