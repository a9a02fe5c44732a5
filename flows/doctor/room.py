"""Room on the disk: for the next publish and the next backup, and for how many weeks more."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from flows.disk import forecast
from flows.doctor.finding import Finding
from flows.settings import Settings

_NAME = "disk"
_SPARE = 64 << 20  # bytes: a log of the writer, a feed's records, Prefect's database while it is written
_FEW_FILES = 1_000  # inodes; a week makes some dozens of files
_SHORT = 4  # weeks
_UNITS = ("bytes", "kB", "MB", "GB", "TB", "PB")


def space(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Hold the free room against what the warehouse needs next, and against its growth."""
    folder = next(path for path in (settings.data.absolute(), *settings.data.absolute().parents) if path.is_dir())
    free, files = shutil.disk_usage(folder).free, os.statvfs(folder)
    if files.f_files and files.f_favail < _FEW_FILES:
        said = f"only {files.f_favail} more files can be made on the disk of {folder}, whatever room it has."
        yield Finding(_NAME, "error", said, "remove small files there, or move VNJP_DATA to another disk")
        return
    yield judged(folder, free, needed(settings), forecast(settings, now).full_in)


def judged(folder: Path, free: int, need: int, weeks: int | None) -> Finding:
    """Judge free room, in bytes: less than is needed is an error, less than a few weeks' growth a warning."""
    told = f"{as_size(free)} free at {folder}; the next publish and backup need {as_size(need)}"
    cure = f"free some (du -sh {folder}/*), or move VNJP_DATA to another disk"
    if free < need:
        return Finding(_NAME, "error", f"{told}: they will fail. Nothing stored is lost by that.", cure)
    if weeks is not None and weeks < _SHORT:
        return Finding(_NAME, "warning", f"{told}; at this pace it is full in {weeks} weeks.", cure)
    return Finding(_NAME, "ok", f"{told}; enough for {'ten years' if weeks is None else f'{weeks} weeks'}.")


def needed(settings: Settings) -> int:
    """Give the bytes that a night takes beside what is there: a draft of the snapshot, and one backup more."""
    private = settings.warehouse.private
    return 2 * (private.stat().st_size if private.is_file() else 0) + _SPARE


def as_size(count: float) -> str:
    """Write a number of bytes for a person: 1.5 GB."""
    for unit in _UNITS:
        if count < 1000 or unit == _UNITS[-1]:  # noqa: PLR2004 - the step between units
            break
        count /= 1000
    return f"{count:.0f} {unit}" if unit == _UNITS[0] else f"{count:.1f} {unit}"
