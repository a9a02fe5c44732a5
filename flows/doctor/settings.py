"""The settings: whether they can be read, and what stands in them that will not do."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from dotenv.parser import parse_stream

from flows.doctor.finding import Finding
from flows.dossiers import dossiers_of
from flows.recipients import listed, recipients_file
from flows.settings import Settings, SettingsError, hidden, load
from flows.watch import sources_of

_NAME = "settings"
_OTHERS = stat.S_IRGRP | stat.S_IROTH
_SECRETS = "|".join(name.upper() for name in Settings.model_fields if hidden(name) and name != "recipients")
_SECRET = re.compile(rf"^\s*(?:export\s+)?VNJP_(?:{_SECRETS})\s*=\s*[^\s#]", re.MULTILINE)


def loaded(folder: Path | None = None) -> tuple[Settings | None, list[Finding]]:
    """Read the settings as every command does; where that fails, give None and a finding for each fault."""
    env = (folder or Path()) / ".env"
    try:
        return load(folder), []
    except SettingsError as error:
        faults = str(error).splitlines()
        return None, [Finding(_NAME, "error", one, _edit(one, env)) for one in faults]
    except (OSError, UnicodeDecodeError) as error:
        said = f"{env} cannot be read: {getattr(error, 'strerror', None) or error}."
        return None, [
            Finding(_NAME, "error", said, f"make it readable to this user, as UTF-8: ls -l {env}; file {env}")
        ]


def file(settings: Settings | None, now: datetime) -> Iterator[Finding]:  # noqa: ARG001 - as all checkers
    """Look at the file .env itself: lines that say nothing, and a password that others can read."""
    env, name = Path(".env"), "settings file"
    if not env.is_file():
        if settings is not None and not settings.model_fields_set:
            said = f"there is no .env in {Path.cwd()} and no VNJP_ variable: everything is as by default."
            yield Finding(name, "warning", said, "vnjp init, or go to the folder that has it")
        return
    try:
        text = env.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return  # said where it was loaded
    if bad := _unread(env):
        yield Finding(
            name, "warning", f".env, line {bad[0]} is no NAME=value, so it sets nothing.", "mend the line in .env"
        )
    mode = stat.S_IMODE(env.stat().st_mode)
    if mode & _OTHERS and _SECRET.search(text):
        said = f".env holds a password and other users can read it (mode {mode:04o})."
        yield Finding(name, "warning", said, "chmod 600 .env")
    elif not bad:
        yield Finding(name, "ok", f"{env.absolute()} is read.")


def values(settings: Settings, now: datetime) -> Iterator[Finding]:  # noqa: ARG001 - as all checkers
    """Look at what single settings say that would only be met later."""
    found = [*_contact(settings), *_password_file(settings), *_lists(settings), *_readers(settings)]
    yield from found or [Finding(_NAME, "ok", "all can be used.")]


def _contact(settings: Settings) -> Iterator[Finding]:
    if not settings.contact:
        said = "no contact address is set: sites that mind our visits can only block us."
        yield Finding(_NAME, "warning", said, "set VNJP_CONTACT=you@example.org in .env")


def _password_file(settings: Settings) -> Iterator[Finding]:
    path = settings.smtp_password_file
    if path is None:
        return
    if not path.is_file():
        said = f"VNJP_SMTP_PASSWORD_FILE={path} is not there: the mail server cannot be logged in to."
        yield Finding(_NAME, "error", said, f"write the password into {path}, or take the setting out")
    elif path.stat().st_mode & _OTHERS:
        yield Finding(_NAME, "warning", f"{path} holds the password and other users can read it.", f"chmod 600 {path}")


def _lists(settings: Settings) -> Iterator[Finding]:
    """Read the user's own lists as runs do."""
    kept: tuple[tuple[str, Callable[[Settings], object], str], ...] = (
        ("recipients", listed, f"mend that line of {recipients_file(settings)}, then vnjp digest recipients list"),
        ("list of sources", sources_of, "mend that line, then vnjp sources list"),
        ("dossiers", dossiers_of, f"mend {settings.data / 'dossiers.toml'}, then vnjp doctor"),
    )
    for name, read, then in kept:
        try:
            read(settings)
        except SettingsError as error:
            yield Finding(name, "error", str(error), then)
        except (OSError, UnicodeDecodeError) as error:
            yield Finding(name, "error", f"it cannot be read: {error}.", then)


def _readers(settings: Settings) -> Iterator[Finding]:
    try:
        readers = [one for one in listed(settings) if one.enabled]
    except (SettingsError, OSError, UnicodeDecodeError):  # said of the list
        return
    if readers and not settings.smtp_host:
        said = f"{len(readers)} readers are set and no mail server: issues are written to files and reach nobody."
        yield Finding("recipients", "warning", said, "set VNJP_SMTP_HOST and VNJP_SENDER in .env")
    elif settings.smtp_host and not readers:
        said = "a mail server is set and no reader: nobody gets the issue."
        yield Finding("recipients", "warning", said, "vnjp digest recipients add ADDRESS")


def _unread(env: Path) -> list[int]:
    """Give the numbers of the lines of a .env that are neither empty nor an assignment."""
    with env.open(encoding="utf-8") as stream:
        read = list(parse_stream(stream))
    wrong = [one.original for one in read if one.error or (one.key is not None and one.value is None)]
    return [one.line + one.string[: -len(one.string.lstrip())].count("\n") for one in wrong]


def _edit(fault: str, env: Path) -> str:
    """Say how to mend a fault: by the name that it begins with."""
    name = re.match(r"VNJP_\w+", fault)
    where = "in the environment" if "in the environment" in fault else f"in {env}"
    return f"change {name[0]} {where}, then vnjp doctor" if name else f"mend {env}, then vnjp doctor"
