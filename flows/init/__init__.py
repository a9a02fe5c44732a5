"""`vnjp init`: from nothing to ready in one command; run again, it changes what it is told and keeps the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from dotenv import dotenv_values

from flows.baseline import hold
from flows.init.envfile import merged, write
from flows.settings import PREFIX, Settings, hidden, load, outside
from warehouse.errors import MendableError
from warehouse.publish import publish

_HEAD = "# Settings of vnjp-monitor, written by `vnjp init`; .env.example lists them all with what they mean.\n"


def keep(folder: Path, given: Mapping[str, str]) -> list[str]:
    """Write settings into `folder`/.env; give a line for each that this changed.

    Raises SettingsError for a value that cannot be used, and MendableError for one that the environment beats; then
    nothing is written.
    """
    path = folder / ".env"
    before = {name: value or "" for name, value in dotenv_values(path).items()} if path.is_file() else {}
    beaten = [name for name, value in given.items() if outside().get(name, value) != value]
    if beaten:
        raise MendableError(
            f"{', '.join(beaten)} in the environment would beat what .env says. Run `unset {' '.join(beaten)}` first."
        )
    load(folder, **{name.removeprefix(PREFIX).lower(): value for name, value in given.items()})
    changed = [name for name, value in given.items() if before.get(name) != value]
    if changed or not path.is_file():
        write(path, merged(_text(folder), {name: given[name] for name in changed}))
    return [f"{name}={'(hidden)' if hidden(_field(name)) else given[name]}" for name in changed]


def _field(name: str) -> str:
    return name.removeprefix(PREFIX).lower()


def _text(folder: Path) -> str:
    """Give what the file says now, else the example beside it, else a first line."""
    for path in (folder / ".env", folder / ".env.example"):
        if path.is_file():
            return path.read_text("utf-8")
    return _HEAD


def make_warehouse(settings: Settings) -> bool:
    """Make the warehouse with its baseline, and publish it; False where it was there."""
    if settings.warehouse.snapshot.exists():
        return False
    with settings.warehouse.writer() as db:
        hold(db)
    publish(settings.warehouse)
    return True


def make_home(settings: Settings) -> None:
    """Let Prefect make its database once, so that the first run need not; EmbeddedServerError where it cannot."""
    from flows.embedded import embedded

    with embedded(settings.data / "prefect"):
        pass


def look_at_sources(settings: Settings, say: Callable[[str], None]) -> Counter[str]:
    """Ask every source once, keeping nothing; give how many are in which state, and say it."""
    from flows.job import manners_of
    from flows.probe import check
    from flows.watch import sources_of

    asked = [source for source in sources_of(settings) if source.enabled]
    states = Counter(one.state for one in check(asked, manners_of(settings), datetime.now(UTC)))
    good = states["ok"] + states["empty"]
    say(f"{good} of {len(asked)} sources answer." + ("" if good else " Is this machine on the internet?"))
    if 0 < good < len(asked):
        say("`vnjp sources check` names the others; each issue does, too.")
    return states
