"""The commands that keep what is stored safe: restore, upgrade, forget, doctor."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime

import click

from flows.cli.common import FINE, JSON, PARTIAL, print_counts, runs
from flows.settings import load

_YES = click.option("--yes", is_flag=True, help="Do not ask.")


@click.command()
@click.argument("backup", required=False, default="")
@click.option("--list", "only_list", is_flag=True, help="Only list what can be gone back to.")
@_YES
@JSON
def restore(backup: str, only_list: bool, yes: bool, as_json: bool) -> None:
    """Go back to a backup, or to the snapshot (default: the newest that is whole); what stands now is kept aside."""
    from flows.restore import as_list, as_told, row_of
    from warehouse import restore as going_back

    warehouse = load().warehouse
    if only_list:
        found = going_back.backups(warehouse)
        click.echo(json.dumps([row_of(one) for one in found], default=str) if as_json else as_list(found))
        return
    if as_json and not yes:
        raise click.UsageError("Add --yes: with --json nothing is asked.")
    chosen = going_back.backup_named(warehouse, backup)
    if not yes:
        click.confirm(f"Go back to {chosen.path}, written {chosen.made_at:%Y-%m-%d %H:%M} UTC?", abort=True)
    done = going_back.restore(warehouse, chosen, datetime.now(UTC))
    if as_json:
        told = asdict(done) | {"backup": row_of(done.backup), "aside": [str(path) for path in done.aside]}
        click.echo(json.dumps(told, default=str))
    else:
        click.echo(as_told(done))


@click.command()
@click.option("--reprocess", "again", is_flag=True, help="Make again at once what older rules made.")
@JSON
def upgrade(again: bool, as_json: bool) -> None:
    """Bring the warehouse to this version: a backup first, then the schema; --reprocess: then what older rules made."""
    from flows.restore import upgrade as bring_up

    done = bring_up(load().warehouse)
    remade = runs().reprocess_once("") if again else None
    if as_json:
        click.echo(json.dumps(done | ({"counts": remade.counts, "lost": remade.lost} if remade else {})))
    elif done["backup"]:
        click.echo(f"Schema {done['from']} is schema {done['to']} now. The file as it was: {done['backup']}")
    else:
        click.echo(f"The warehouse is of this version already (schema {done['to']}).")
    if remade and not as_json:
        print_counts(remade.counts, as_json=False)
    sys.exit(PARTIAL if remade and remade.lost else FINE)
