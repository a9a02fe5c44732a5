"""`vnjp init`: what it asks, and what it says."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from flows.cli.common import FINE, JSON, PARTIAL, ready
from flows.settings import PREFIX, load

#: what is asked on a terminal where it is not given: option, question, and what is taken for no answer
_ASKED = (
    ("data", "Folder for the warehouse, the archive and the issues", "data"),
    ("contact", "Address that is named to the sites we ask (they block whom they do not know)", ""),
    ("time_zone", "Time zone of the week", "Asia/Ho_Chi_Minh"),
    ("recipients", "Readers, as ADDRESS or ADDRESS:LANGUAGE, separated by commas (nobody: issues are files)", ""),
)
_MAIL = (
    ("smtp_host", "Mail server", ""),
    ("smtp_user", "Login name there (none: no login)", ""),
    ("smtp_password_file", "File that holds the password", ""),
    ("sender", "Address that issues come from", ""),
)


@click.command()
@click.option("--data", help="Folder for the warehouse, the archive and the issues.")
@click.option("--contact", help="Address that is named to the sites we ask.")
@click.option("--time-zone", help="Zone of the week, such as Asia/Tokyo.")
@click.option("--recipients", help="Readers: ADDRESS or ADDRESS:LANGUAGE, separated by commas.")
@click.option("--smtp-host", help="Mail server; without one, issues are written to files.")
@click.option("--smtp-port", help="Its port (587).")
@click.option("--smtp-security", help="starttls, tls or none.")
@click.option("--smtp-user", help="Login name.")
@click.option("--smtp-password-file", help="File that holds the password.")
@click.option("--sender", help="Address that issues come from.")
@click.option("--notify", help="Whom Prefect tells of failures: an address, or a block as slack-webhook/team.")
@click.option("--no-input", is_flag=True, help="Ask nothing: what is not given stays as it is.")
@click.option("--check/--no-check", default=True, help="Ask every source once.")
@JSON
def init(no_input: bool, check: bool, as_json: bool, **given: str | None) -> None:
    """Make everything ready here: .env, the warehouse, Prefect's home; and ask every source once."""
    from flows.init import keep, look_at_sources, make_home, make_warehouse

    def say(line: str) -> None:
        click.echo(line, err=as_json)

    answers = {name: value for name, value in given.items() if value is not None}
    if not no_input and sys.stdin.isatty():
        answers = _asked(answers)
    changed = keep(Path(), {f"{PREFIX}{name.upper()}": value for name, value in answers.items()})
    for line in changed:
        say(f"{line} is now in .env")
    settings = load()
    made = make_warehouse(settings)
    say(f"The warehouse {'is made' if made else 'was there'}: {settings.warehouse.snapshot}")
    ready()
    make_home(settings)
    states = look_at_sources(settings, say) if check else {}
    well = not check or bool(states["ok"] + states["empty"])
    say("Next: `vnjp doctor` says whether all is well; `vnjp serve` collects hourly and writes the issue on Mondays.")
    if as_json:
        told = {"changed": changed, "made": made, "sources": states, "snapshot": str(settings.warehouse.snapshot)}
        click.echo(json.dumps(told))
    sys.exit(FINE if well else PARTIAL)


def _asked(given: dict[str, str]) -> dict[str, str]:
    """Ask what is not given; what stands in .env is offered."""
    held = load()
    answers = dict(given)

    def ask(name: str, question: str, default: str) -> str:
        if name not in answers:
            now = getattr(held, name)
            shown = ",".join(now) if isinstance(now, tuple) else str(now or default)
            answers[name] = click.prompt(question, default=shown, show_default=bool(shown))
        return answers[name]

    for name, question, default in _ASKED:
        ask(name, question, default)
    if answers["recipients"]:
        for name, question, default in _MAIL:
            if not ask(name, question, default) and name == "smtp_host":
                break
    return {name: value for name, value in answers.items() if value or name in given}
