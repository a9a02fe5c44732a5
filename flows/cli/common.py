"""What the commands share: exit codes, options, and how counts are printed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from flows.prepare import prepare_prefect
from flows.settings import load
from flows.stop import stoppable

FINE, NOTHING, WRONG, PARTIAL = 0, 1, 2, 3
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
PATH = click.Path(path_type=Path)


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


def ready() -> None:
    """Make ready for running flows: Prefect reads its settings when it is first imported, so this comes before."""
    prepare_prefect(load().data / "prefect")
    stoppable()


def print_counts(counts: Mapping[str, int], *, as_json: bool) -> None:
    """Print what a run counted: a line each, or one JSON object."""
    if as_json:
        click.echo(json.dumps(dict(counts)))
        return
    for name, count in counts.items():
        click.echo(f"{name.replace('_', ' '):20} {count:>8,}")
