"""The commands that run flows: demo, collect, maintain, serve, preview; digest has its own file."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import click

from flows.cli.common import FINE, JSON, NOTHING, PARTIAL, PATH, Instant, print_counts, ready
from flows.prepare import prepare_prefect
from flows.stop import stoppable


@click.command()
@click.option("--out", type=PATH, default=Path("data/demo"), show_default=True, help="Folder for what it makes.")
@JSON
def demo(out: Path, as_json: bool) -> None:
    """Run the whole job on two sample weeks: no network, no account."""
    prepare_prefect(out / "prefect")
    stoppable()
    from flows.show import show_demo

    show_demo(out, as_json=as_json)


@click.command()
@click.option("--now", type=Instant(), help="Instant that stamps the run (default: the clock).")
@click.option("--sources", type=PATH, help="File of sources to watch instead of the shipped ones.")
@JSON
def collect(now: datetime | None, sources: Path | None, as_json: bool) -> None:
    """Fetch what is new from every source that is due; judge it and join it to stories."""
    ready()
    from flows.run.collect import collect_once

    counts = collect_once(now, sources)
    print_counts(counts, as_json=as_json)
    sys.exit(_verdict(counts))


@click.command()
@JSON
def maintain(as_json: bool) -> None:
    """Make again what older rules made, run the data checks, back up, clear what was forgotten out of older backups."""
    from flows.doctor.data import as_table

    ready()
    from flows.run.nightly import maintain_once

    done = maintain_once()
    if as_json:
        wrong = {one.check: one.rows for one in done.checks if one.rows}
        click.echo(json.dumps(done.counts | {"checks": wrong}, default=str))
    else:
        click.echo(as_table(done.checks))
        print_counts(done.counts, as_json=False)
    sys.exit(PARTIAL if done.counts["wrong_rows"] else FINE)


@click.command()
def serve() -> None:
    """Keep running: collect hourly, digest on Mondays, maintain nightly. What an outage left undone runs at once."""
    ready()
    from flows.serve import serve_all

    serve_all(click.echo)


@click.command()
@click.option("--open/--no-open", "open_it", default=True, help="Open the page in a browser.")
def preview(open_it: bool) -> None:
    """Collect once from the live sources, and open a digest of what came."""
    ready()
    from flows.run.issues import preview_once

    sys.exit(preview_once(click.echo, open_it=open_it))


def _verdict(counts: Mapping[str, int]) -> int:
    """Say how a collect went: nothing answered, some failed, or fine."""
    asked, failed = counts.get("asked", 0), counts.get("failed", 0)
    return FINE if not failed else NOTHING if failed == asked else PARTIAL
