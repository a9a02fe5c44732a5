"""`vnjp`: one thin function a command. Prefect is imported only by the commands that run flows."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any
from zoneinfo import available_timezones

import click

from flows.settings import SettingsError, load, prepare_prefect
from warehouse.errors import MendableError

FINE, NOTHING, WRONG, PARTIAL = 0, 1, 2, 3
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_PATH = click.Path(path_type=Path)
_FILES = click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))


class Instant(click.ParamType):  # type: ignore[type-arg] # generic only in click's stubs
    """An ISO 8601 instant; without a zone it is UTC."""

    name = "instant"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:  # noqa: ANN401
        """Read the instant, or say what one looks like."""
        try:
            found = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no instant; write it as 2025-04-28T07:00+07:00", param, ctx)
        return found if found.tzinfo else found.replace(tzinfo=UTC)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="vnjp-monitor")
def cli() -> None:
    """Watch what the press says about Vietnam-Japan relations, and tell it once a week."""


@cli.command()
@click.option("--out", type=_PATH, default=Path("data/demo"), show_default=True, help="Folder for what it makes.")
@_JSON
def demo(out: Path, as_json: bool) -> None:
    """Run the whole job on two sample weeks: no network, no account."""
    prepare_prefect(out / "prefect")
    from flows.show import show_demo

    show_demo(out, as_json=as_json)


@cli.command()
@click.option("--now", type=Instant(), help="Instant that stamps the run (default: the clock).")
@click.option("--sources", type=_PATH, help="File of sources to watch instead of the shipped ones.")
@_JSON
def collect(now: datetime | None, sources: Path | None, as_json: bool) -> None:
    """Fetch what is new from every source that is due; judge it and join it to stories."""
    counts = _runs().collect_once(now, sources)
    _print(counts, as_json)
    sys.exit(_verdict(counts))


@cli.group()
def digest() -> None:
    """Freeze, look at and send the weekly issue."""


@digest.command("build")
@click.option("--now", type=Instant(), help="Instant that stamps the run (default: the clock).")
@_JSON
def digest_build(now: datetime | None, as_json: bool) -> None:
    """Freeze every week that is over, in order, and bring the issues to their readers."""
    _print(_runs().digest_once(now), as_json)


@cli.command()
@_JSON
def maintain(as_json: bool) -> None:
    """Run the data checks and make a backup."""
    counts = _runs().maintain_once()
    _print(counts, as_json)
    sys.exit(PARTIAL if counts["wrong_rows"] else FINE)


@cli.command()
def serve() -> None:
    """Keep running: collect hourly, digest on Mondays, maintain nightly."""
    _runs().serve_all()


@cli.command()
@click.option("--open/--no-open", "open_it", default=True, help="Open the page in a browser.")
def preview(open_it: bool) -> None:
    """Collect once from the live sources, and open a digest of what came."""
    sys.exit(_runs().preview_once(click.echo, open_it=open_it))


@cli.command("parse-feed")
@_FILES
@click.option("--url", default="", help="Address that the feed came from.")
@click.option("--content-type", default="", help="Content-Type that it came with.")
@click.option("--zone", default="UTC", show_default=True, help="Zone of dates that name none.")
@click.option("--json", is_flag=True, help="The output is JSON Lines with or without it.")
def parse_feed(paths: tuple[Path, ...], url: str, content_type: str, zone: str, **_: bool) -> None:
    """Read feeds from files: one JSON line a file."""
    from flows.plumbing import parse_feed_line

    _known_zone(zone)
    sys.exit(_stream(paths, lambda path: parse_feed_line(path, url, content_type, zone)))


@cli.command()
@_FILES
@click.option("--url", default="", help="Address that the page came from.")
@click.option("--json", is_flag=True, help="The output is JSON Lines with or without it.")
def extract(paths: tuple[Path, ...], url: str, **_: bool) -> None:
    """Take the article out of pages in files: one JSON line a file."""
    from flows.plumbing import extract_line

    sys.exit(_stream(paths, lambda path: extract_line(path, url)))


@cli.command()
@click.argument("path", metavar="FILE.jsonl", type=_PATH)
@click.option("--baseline", is_flag=True, help="Judge beside the five-article baseline.")
@click.option("--json", is_flag=True, help="The output is JSON Lines with or without it.")
def judge(path: Path, baseline: bool, **_: bool) -> None:
    """Judge articles in a file: relevance, topics, people, places, copies, stories, with the words that say so."""
    from flows.judge import judge as judging
    from flows.plumbing import articles_in

    for line in judging(articles_in(path), baseline=baseline):
        click.echo(json.dumps(line, ensure_ascii=False))


@cli.command()
@click.argument("query", required=False)
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@_JSON
def sql(query: str | None, as_csv: bool, as_json: bool) -> None:
    """Ask the published snapshot a question in SQL (read from standard input without QUERY)."""
    from flows import query as asking

    result = asking.ask(load().warehouse.snapshot, query or sys.stdin.read())
    click.echo((asking.as_json if as_json else asking.as_csv if as_csv else asking.as_table)(result))


@cli.command()
@click.argument("article")
@_JSON
def why(article: str, as_json: bool) -> None:
    """Say what is held of an article (id, address or part of its title), and the words that say so."""
    from flows.why import explain, told

    found = explain(load().warehouse, article)
    click.echo(json.dumps(found, ensure_ascii=False, default=str) if as_json else told(found))


@cli.group()
def baseline() -> None:
    """Make or import the five articles that every warehouse starts with."""


@baseline.command("make")
@click.argument("folder", metavar="DIR", type=_PATH)
@click.option("--out", type=_PATH, default=Path("warehouse/seeds/baseline.json"), show_default=True)
def baseline_make(folder: Path, out: Path) -> None:
    """Turn a folder of facts and texts into the shipped facts and fingerprints."""
    from flows.baseline import make

    make(folder, out)
    click.echo(f"{out} made of {folder}")


@baseline.command("import")
@click.argument("folder", metavar="DIR", type=_PATH)
@_JSON
def baseline_import(folder: Path, as_json: bool) -> None:
    """Add the full texts, for who holds them: each file is known by its fingerprint, whatever its name."""
    from flows.baseline import take_texts

    _print(take_texts(load().warehouse, folder), as_json)


def _runs() -> ModuleType:
    """Give what runs flows; Prefect reads its settings when it is first imported, so they are made before."""
    prepare_prefect(load().data / "prefect")
    from flows import run

    return run


def _stream(paths: Sequence[Path], line: Callable[[Path], Mapping[str, Any]]) -> int:
    """Print a JSON line for each file; a file that cannot be read is named on standard error, and the rest go on."""
    failed = 0
    for path in paths:
        try:
            click.echo(json.dumps(line(path), ensure_ascii=False))
        except OSError as error:
            failed += 1
            click.echo(f"vnjp: {path} cannot be read: {error.strerror}.", err=True)
    return FINE if not failed else NOTHING if failed == len(paths) else PARTIAL


def _known_zone(name: str) -> None:
    if name not in available_timezones():
        raise click.BadParameter(f"{name!r} is no IANA time zone, such as Asia/Tokyo", param_hint="--zone")


def _print(counts: Mapping[str, int], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(dict(counts)))
        return
    for name, count in counts.items():
        click.echo(f"{name.replace('_', ' '):20} {count:>8,}")


def _verdict(counts: Mapping[str, int]) -> int:
    """Say how a collect went: nothing answered, some failed, or fine."""
    asked, failed = counts.get("asked", 0), counts.get("failed", 0)
    return FINE if not failed else NOTHING if failed == asked else PARTIAL


def main() -> None:
    """Run the command line; what a user can mend is a sentence on standard error, without a traceback."""
    try:
        cli()
    except MendableError as error:
        click.echo(f"vnjp: {error}", err=True)
        sys.exit(WRONG if isinstance(error, SettingsError) else NOTHING)
