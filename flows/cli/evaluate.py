"""The command that measures the judgement on labelled articles."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click

from flows.cli.common import JSON, PATH
from flows.settings import load
from warehouse.errors import MendableError


@click.command()
@click.argument("gold", metavar="[GOLD.jsonl]", required=False, type=PATH)
@click.option("--errors", is_flag=True, help="List each mistake with the words that the judgement rests on.")
@JSON
def evaluate(gold: Path | None, errors: bool, as_json: bool) -> None:
    """Measure the judgement on labelled articles, beside trivial rules (without a file: the project's own)."""
    from flows import evaluate as evaluating
    from flows.evaluate.show import told

    path = gold or evaluating.OWN
    if not path.exists():
        raise MendableError(_nothing(gold))
    figures = {"file": str(path)} | evaluating.evaluate(path, errors=errors)
    if as_json:
        click.echo(json.dumps(figures, ensure_ascii=False))
    else:
        click.echo(f"{path}\n\n{told(figures, max(40, shutil.get_terminal_size((100, 24)).columns))}")


def _nothing(gold: Path | None) -> str:
    yours = load().data / "gold.jsonl"
    if gold:
        return (
            f"There is no file {gold}. Give labelled articles, one JSON object a line; your corrections are in {yours}."
        )
    return (
        "The project's own labelled articles are in its repository, not in an installed vnjp. "
        f"Give a file of yours: `vnjp evaluate GOLD.jsonl`; what you corrected by hand is in {yours}."
    )
