"""The commands that keep what is stored safe: restore, upgrade, forget, doctor."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime

import click

from flows.cli.common import FINE, JSON, NOTHING, PARTIAL, print_counts, ready
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
    remade = None
    if again:
        ready()
        from flows.run.nightly import reprocess_once

        remade = reprocess_once("")
    if as_json:
        click.echo(json.dumps(done | ({"counts": remade.counts, "lost": remade.lost} if remade else {})))
    elif done["backup"]:
        click.echo(f"Schema {done['from']} is schema {done['to']} now. The file as it was: {done['backup']}")
    else:
        click.echo(f"The warehouse is of this version already (schema {done['to']}).")
    if remade and not as_json:
        print_counts(remade.counts, as_json=False)
    sys.exit(PARTIAL if remade and remade.lost else FINE)


@click.command()
@click.argument("article")
@click.option("--reason", default="", help="Why, for whoever reads the tombstone later.")
@_YES
@JSON
def forget(article: str, reason: str, yes: bool, as_json: bool) -> None:
    """Take an article (id, address or part of its title) out for good, as after a takedown; it is never taken in again.

    Its rows, its records in the archive and its words in issues go at once, and out of the backups with the next
    maintain. Mails that were sent stay sent.
    """
    ready()
    from flows.forget import as_told
    from flows.forget import forget as take_out
    from flows.job import job_of

    if as_json and not yes:
        raise click.UsageError("Add --yes: with --json nothing is asked.")
    if not yes:
        click.confirm(f"Forget {article!r} for good? Nothing brings it back", abort=True)
    done = take_out(job_of(load(), datetime.now(UTC)), article, reason)
    told = asdict(done) | {"elsewhere": [str(path) for path in done.elsewhere]}
    click.echo(json.dumps(told) if as_json else as_told(done))


@click.command()
@click.option("--quick", is_flag=True, help="For cron: no slow checks, and nothing printed where all is well.")
@JSON
def doctor(quick: bool, as_json: bool) -> None:
    """Look whether all is well, and say what to do where it is not; nothing is changed.

    A line each: ok, warning or error, what was looked at, the cause, and what to try next. --quick leaves out the data
    checks and the mail server, and prints only what is not ok. Ends with 0 where nothing is an error, 3 where something
    is, 1 where nothing can be used (the settings do not hold, or there is no warehouse yet).
    """
    from flows.doctor import as_lines, examine, examine_unset
    from flows.doctor.settings import loaded

    now = datetime.now(UTC)
    settings, faults = loaded()
    found = examine_unset(now, faults) if settings is None else examine(settings, now, quick=quick)
    shown = [one for one in found if not quick or one.level != "ok"]
    if as_json or shown:
        click.echo(json.dumps([asdict(one) for one in shown]) if as_json else as_lines(shown))
    nothing = settings is None or any(one.name == "warehouse" and one.next == "vnjp collect" for one in found)
    sys.exit(NOTHING if nothing else PARTIAL if any(one.level == "error" for one in found) else FINE)
