"""The plumbing commands, on files: no warehouse, no Prefect, JSON Lines out in input order."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import click

from flows.cli.common import FINE, NOTHING, PARTIAL, PATH

_FILES = click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=PATH)


@click.command("parse-feed")
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


@click.command()
@_FILES
@click.option("--url", default="", help="Address that the page came from.")
@click.option("--json", is_flag=True, help="The output is JSON Lines with or without it.")
def extract(paths: tuple[Path, ...], url: str, **_: bool) -> None:
    """Take the article out of pages in files: one JSON line a file."""
    from flows.plumbing import extract_line

    sys.exit(_stream(paths, lambda path: extract_line(path, url)))


@click.command()
@click.argument("path", metavar="FILE.jsonl", type=PATH)
@click.option("--baseline", is_flag=True, help="Judge beside the five-article baseline.")
@click.option("--json", is_flag=True, help="The output is JSON Lines with or without it.")
def judge(path: Path, baseline: bool, **_: bool) -> None:
    """Judge articles in a file: relevance, topics, people, places, copies, stories, with the words that say so."""
    from flows.judge import judge as judging
    from flows.plumbing import articles_in

    for line in judging(articles_in(path), baseline=baseline):
        click.echo(json.dumps(line, ensure_ascii=False))


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
