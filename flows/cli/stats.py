"""The command that prints how the last weeks went."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import click

from flows.cli.common import JSON
from flows.settings import load


@click.command()
@click.option("--weeks", type=click.IntRange(1, 520), default=8, show_default=True, help="How many weeks.")
@JSON
def stats(weeks: int, as_json: bool) -> None:
    """Print the last weeks: what came in, what came of it, and how sources, letters and runs did."""
    from flows.stats import as_text
    from flows.stats import stats as of_weeks

    settings = load()
    found = of_weeks(settings, weeks)
    click.echo(
        json.dumps(found, default=str, ensure_ascii=False) if as_json else as_text(found, settings, datetime.now(UTC))
    )
