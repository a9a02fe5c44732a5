"""The commands about what is watched: list, check, add, discover, import and export."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.cli.common import FINE, JSON, NOTHING, PARTIAL, PATH
from flows.settings import load
from warehouse.errors import MendableError

if TYPE_CHECKING:
    from flows.probe import Probe


@click.group()
def sources() -> None:
    """Show, check and extend what is watched."""


@sources.command("list")
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Show those that are switched off, too.")
@JSON
def list_(names: tuple[str, ...], every: bool, as_json: bool) -> None:
    """List sources by heading, with their state at the last check; NAME is an id, a heading or a host."""
    from flows import sources as work
    from flows.watch import sources_of

    settings = load()
    chosen = work.chosen(sources_of(settings), names, every=every)
    states = work.states(settings)
    if as_json:
        for source in chosen:
            click.echo(_line(asdict(source) | {"state": states.get(source.source_id, "never")}))
        return
    click.echo(work.as_list(chosen, states))


@sources.command()
@click.argument("names", metavar="[NAME]...", nargs=-1)
@JSON
def check(names: tuple[str, ...], as_json: bool) -> None:
    """Ask sources now (all that are enabled, or those named) and print an honest row of each; nothing is kept."""
    from flows import probe
    from flows.job import manners_of
    from flows.sources import chosen
    from flows.watch import sources_of

    settings = load()
    asked = chosen(sources_of(settings), names)
    sys.exit(_print_probes(probe.check(asked, manners_of(settings), _now()), as_json=as_json))


@sources.command()
@click.argument("url")
@JSON
def discover(url: str, as_json: bool) -> None:
    """Find the feeds of a site: link tags of the page at URL, then common addresses, then sitemaps."""
    from flows import probe
    from flows.job import manners_of

    found = probe.discover(url, manners_of(load()), _now())
    if not found:
        raise MendableError(
            f"No feed was found at {url}: neither in its page, nor at common addresses, nor in a sitemap. "
            "Watch a list page instead: `vnjp sources add URL --pattern EXPRESSION`."
        )
    sys.exit(_print_probes(found, as_json=as_json))


@sources.command()
@click.argument("url")
@click.option("--id", "source_id", help="Short name, for life (default: made of the outlet).")
@click.option("--outlet", help="Name of the publication (default: as the feed calls itself).")
@click.option("--family", help="Publisher family (default: the host).")
@click.option(
    "--kind", type=click.Choice(["press", "wire", "readout", "search", "translation"]), help="press if absent."
)
@click.option("--side", type=click.Choice(["vietnam", "japan", "third"]), help="By the address if absent.")
@click.option("--country", help="ISO 3166 alpha-2.")
@click.option("--language", help="BCP 47 primary tag (default: as the feed says).")
@click.option("--zone", help="IANA zone of dates that name none.")
@click.option("--heading", help="Heading under which it is shown.")
@click.option("--rights", type=click.Choice(["sentence", "title"]), help="What of it may be mailed; title if absent.")
@click.option("--pattern", help="Expression for article addresses: URL is then a list page without a feed.")
@click.option("--check/--no-check", "look", default=True, help="Ask it first, and refuse what gives no entry.")
@JSON
def add(url: str, look: bool, as_json: bool, **given: str | None) -> None:
    """Add a source to your own list (sources.csv in the data folder, or the file that VNJP_SOURCES names)."""
    from flows import sources as work

    settings = load()
    named = {name: value for name, value in given.items() if value is not None}
    added = work.add(settings, url, named, _now(), look=look)
    click.echo(
        _line(asdict(added)) if as_json else f"{added.source_id} is watched from the next collect on: {added.url}"
    )


@sources.command("import")
@click.argument("path", metavar="FILE.opml", type=PATH)
@JSON
def import_(path: Path, as_json: bool) -> None:
    """Add the feeds of an OPML file to your own list; those that are watched already stay as they are."""
    from flows import sources as work

    new, known = work.import_opml(load(), path)
    if as_json:
        click.echo(_line({"added": [source.source_id for source in new], "known": known}))
        return
    for source in new:
        click.echo(f"{source.source_id:32} {source.url}")
    click.echo(f"{len(new)} added, {known} watched already. `vnjp sources check` says which answer.")


@sources.command("export")
@click.argument("path", metavar="FILE.opml", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--all", "every", is_flag=True, help="Write those that are switched off, too.")
def export(path: Path, every: bool) -> None:
    """Write what is watched as OPML, for any other reader (- is standard output)."""
    from flows.watch import sources_of
    from tasks.opml import write

    text = write([source for source in sources_of(load()) if every or source.enabled])
    if str(path) == "-":
        click.echo(text, nl=False)
        return
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise MendableError(
            f"{path} cannot be written: {error.strerror}. Name a file in a folder that is there."
        ) from error
    click.echo(f"{path} lists {text.count('xmlUrl=')} sources")


def _print_probes(probes: Iterable[Probe], *, as_json: bool) -> int:
    """Print a row a probe, each as it comes, and a last line that sums up; give the exit code."""
    total = good = 0
    for one in probes:
        total, good = total + 1, good + (one.state == "ok")
        click.echo(_line(asdict(one)) if as_json else _row(one))
    if not as_json:
        click.echo(f"{good} of {total} gave entries.")
    return FINE if good == total else NOTHING if not good else PARTIAL


def _row(one: Probe) -> str:
    """Say what came of one address: id, state, entries, how many of them dated, the newest, the time it took."""
    newest = f"{one.newest:%Y-%m-%d %H:%M}" if one.newest else "no date"
    name = one.source_id or one.how
    found = f"{one.entries:>5} entries, {one.dated} dated, newest {newest}" if one.entries else one.error
    moved = f"; moved to {one.moved_to}" if one.moved_to else ""
    address = f"  {one.url}  {one.title}".rstrip() if one.how else ""
    return f"{name:32} {one.state:11} {one.elapsed_ms:>6} ms  {found}{moved}{address}"


def _line(values: Mapping[str, Any]) -> str:
    return json.dumps(dict(values), ensure_ascii=False, default=str)


def _now() -> datetime:
    return datetime.now(UTC)
