"""The data folder: whether it is there and ours, on which kind of disk, and who is at work in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from flows.doctor.finding import Finding
from flows.doctor.locks import holder
from flows.settings import Settings

_NAME = "data folder"
_LONG = timedelta(hours=2)  # no run of a flow takes that long; a first collect of all sources takes some minutes
_AWAY = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "fuse.sshfs", "fuse.rclone"}
)
_MOUNTS = Path("/proc/mounts")


def usable(settings: Settings, now: datetime) -> Iterator[Finding]:  # noqa: ARG001 - as all checkers
    """Look whether runs can write in the folder, and whether its disk keeps locks."""
    folder = settings.data.absolute()
    if not folder.exists():
        above = next(path for path in folder.parents if path.exists())
        if not above.is_dir() or not os.access(above, os.W_OK | os.X_OK):
            why = _not_ours(above) if above.is_dir() else f"{above} is a file"
            yield Finding(_NAME, "error", f"{folder} cannot be made: {why}.", "set VNJP_DATA to another folder")
        else:
            yield Finding(
                _NAME, "warning", f"{folder} is not there yet; this is the folder {Path.cwd()}.", "vnjp collect"
            )
        return
    if not folder.is_dir():
        yield Finding(_NAME, "error", f"{folder} is a file, not a folder.", "set VNJP_DATA to another folder")
        return
    kind = file_system(folder.resolve(), _mounts())
    if foreign := next((path for path in _ours(settings) if path.exists() and not os.access(path, os.W_OK)), None):
        yield Finding(_NAME, "error", f"{_not_ours(foreign)}: runs fail.", f"sudo chown -R $(id -un) {folder}")
    elif kind in _AWAY:
        said = f"{folder} lies on a network file system ({kind}), where locks do not hold and files can be torn."
        yield Finding(_NAME, "warning", said, "set VNJP_DATA to a folder on a local disk")
    else:
        yield Finding(_NAME, "ok", f"{folder} can be written{f' ({kind})' * bool(kind)}.")


def at_work(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Name who holds a lock, and whether he seems to hang."""
    for path in sorted(settings.warehouse.private.parent.glob("*.lock")):
        found, name = holder(path), f"lock {path.stem}"
        if found is None:
            continue
        if found.state == "stopped":
            said, then = f"{found} is stopped and keeps the lock, so every other run fails.", f"kill -CONT {found.pid}"
            yield Finding(name, "error", said, then)
        elif now - found.since > _LONG:
            then = f"kill {found.pid}; the next run does what is left" if found.pid else "look with: ps -ef"
            yield Finding(name, "error", f"{found} hangs: no run takes that long. Every other run fails.", then)
        else:
            yield Finding(name, "ok", f"at work: {found}.")


def file_system(path: Path, mounts: str) -> str:
    """Give the kind of file system that a path lies on, by the text of /proc/mounts; "" where that does not say."""
    kinds = {Path(words[1].replace("\\040", " ")): words[2] for words in map(str.split, mounts.splitlines())}
    return next((kinds[above] for above in (path, *path.parents) if above in kinds), "")


def _mounts() -> str:
    with suppress(OSError):
        return _MOUNTS.read_text()
    return ""


def _ours(settings: Settings) -> Iterator[Path]:
    """Give what runs write: the folder, what stands in it, and the files of the writer."""
    yield settings.data
    yield from sorted(path for path in settings.data.iterdir() if path.is_dir())
    yield from sorted(settings.warehouse.private.parent.glob("*.*"))


def _not_ours(path: Path) -> str:
    return f"{path} belongs to {_owner(path)} and may not be written by this user"


def _owner(path: Path) -> str:
    with suppress(KeyError, OSError):
        return path.owner()
    return f"user {path.stat().st_uid}"
