"""The baseline's commands: the five articles that every warehouse starts with."""

from __future__ import annotations

from pathlib import Path

import click

from flows.cli.common import JSON, PATH, print_counts
from flows.settings import load


@click.group()
def baseline() -> None:
    """Make or import the five articles that every warehouse starts with."""


@baseline.command("make")
@click.argument("folder", metavar="DIR", type=PATH)
@click.option("--out", type=PATH, default=Path("warehouse/seeds/baseline.json"), show_default=True)
def baseline_make(folder: Path, out: Path) -> None:
    """Turn a folder of facts and texts into the shipped facts and fingerprints."""
    from flows.baseline import make

    make(folder, out)
    click.echo(f"{out} made of {folder}")


@baseline.command("import")
@click.argument("folder", metavar="DIR", type=PATH)
@JSON
def baseline_import(folder: Path, as_json: bool) -> None:
    """Add the full texts, for who holds them: each file is known by its fingerprint, whatever its name."""
    from flows.baseline import take_texts

    print_counts(take_texts(load().warehouse, folder), as_json=as_json)
