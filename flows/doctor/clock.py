"""The clock and the zone: both decide to which week an article belongs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo, ZoneInfoNotFoundError

from flows.doctor.finding import Finding
from flows.doctor.look import age, newest_rows
from flows.settings import Settings

_NAME = "clock"
_DRIFT = timedelta(minutes=5)  # that clocks of one machine may differ, as after a correction over the network
_SET = "timedatectl set-ntp true; then look with: timedatectl"


def zone(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Look whether the zone of the week is known here, and is the one of the weeks that are kept."""
    name = settings.time_zone
    try:
        local = now.astimezone(ZoneInfo(name))
    except ZoneInfoNotFoundError:
        yield Finding(
            "time zone", "error", f"{name} is not known here: no time zones are installed.", "pip install tzdata"
        )
        return
    kept = newest_rows(settings.warehouse, "zone_of_weeks")
    runs = newest_rows(settings.warehouse, "last_runs")
    if kept and runs and kept[0]["zone"] != name:
        said = (
            f"the weeks so far are those of {kept[0]['zone']}, and VNJP_TIME_ZONE is {name}: weeks change their bounds."
        )
        yield Finding(
            "time zone", "warning", said, f"set VNJP_TIME_ZONE={kept[0]['zone']}, or leave it if that is meant"
        )
    else:
        yield Finding("time zone", "ok", f"{name}, where it is {local:%A %H:%M} ({_data()}).")


def steps(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Hold the clock against what was written before: it must not be earlier."""
    runs = newest_rows(settings.warehouse, "last_runs") or []
    last = max((row["last_at"] for row in runs), default=None)
    made = datetime.fromtimestamp(Path(__file__).stat().st_mtime, UTC)
    if last is not None and now < last - _DRIFT:
        told = f"it says {now:%Y-%m-%d %H:%M} UTC, and a run was at work at {last:%Y-%m-%d %H:%M}"
        yield Finding(_NAME, "error", f"{told}: it went back {age(now, last)}.", _SET)
    elif now < made - timedelta(days=1):
        said = f"it says {now:%Y-%m-%d %H:%M} UTC, before this program was installed ({made:%Y-%m-%d}): it is wrong."
        yield Finding(_NAME, "error", said, _SET)
    else:
        yield Finding(_NAME, "ok", f"{now:%Y-%m-%d %H:%M} UTC, after all that is kept.")


def _data() -> str:
    """Say where the time zones come from: the system's, else the package."""
    if any((Path(folder) / "UTC").is_file() for folder in TZPATH):
        return "the system's time zones"
    try:
        return f"tzdata {version('tzdata')}"
    except PackageNotFoundError:
        return "no time zones installed"
