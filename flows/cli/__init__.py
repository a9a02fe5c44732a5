"""`vnjp`: one thin function a command, in one file for each kind of thing that a user does."""

from __future__ import annotations

import sys

import click

from flows.cli import desk, recipients  # noqa: F401 - their commands belong to `digest`
from flows.cli.again import replay, reprocess
from flows.cli.ask import export, search, shell, sql, story, why
from flows.cli.automations import automations
from flows.cli.baseline import baseline
from flows.cli.common import NOTHING, WRONG
from flows.cli.correct import merge, overrides, relabel, split, unfold
from flows.cli.digest import digest
from flows.cli.evaluate import evaluate
from flows.cli.files import extract, judge, parse_feed
from flows.cli.init import init
from flows.cli.run import collect, demo, maintain, preview, serve
from flows.cli.safe import doctor, forget, restore, upgrade
from flows.cli.sources import sources
from flows.cli.stats import stats
from flows.settings import SettingsError
from warehouse.errors import MendableError

_RUN = (demo, collect, digest, maintain, reprocess, serve, preview)
_ASK = (search, sql, shell, why, story, replay, export, sources, baseline)
_CORRECT = (merge, split, unfold, relabel, overrides)
_SAFE = (init, doctor, stats, restore, upgrade, forget, automations)
_FILES = (parse_feed, extract, judge, evaluate)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="vnjp-monitor")
def cli() -> None:
    """Watch what the press says about Vietnam-Japan relations, and tell it once a week."""


for _command in (*_RUN, *_ASK, *_CORRECT, *_SAFE, *_FILES):
    cli.add_command(_command)


def main() -> None:
    """Run the command line; what a user can mend is a sentence on standard error, without a traceback."""
    try:
        cli()
    except MendableError as error:
        click.echo(f"vnjp: {error}", err=True)
        sys.exit(WRONG if isinstance(error, SettingsError) else NOTHING)
