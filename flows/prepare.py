"""What Prefect reads when it is first imported: set before that, where the user has not."""

from __future__ import annotations

import contextlib
import os
import tomllib
from pathlib import Path

from dotenv import dotenv_values

from flows.settings import SettingsError

# Telemetry off; task runs written in batches, so that a burst does not lock SQLite (PrefectHQ/prefect#18934); a sign of
# life often enough to know the dead by (flows/automations); flows that fail print our sentence, and bugs Python's own
# traceback, so Prefect's log need not repeat them.
_PREFECT = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "50",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "50",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_SERVER_LEVEL": "ERROR",
}


def environment(home: Path) -> dict[str, str]:
    """Give the environment of a Prefect process with its own `home`: ours, where the user has set nothing else."""
    return _PREFECT | os.environ | {"PREFECT_HOME": str(home.resolve())}


def prepare_prefect(home: Path) -> None:
    """Set what Prefect reads when it is first imported, where the user has not; its own home lies in `home`."""
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise SettingsError(
            f"The folder {home} cannot be made ({error.strerror}). Choose another data folder."
        ) from error
    for name, value in (_PREFECT | {"PREFECT_HOME": str(home.resolve())}).items():
        os.environ.setdefault(name, value)


def named(name: str, home: Path) -> str:
    """Give what Prefect reads of a name (PREFECT_API_URL): from the environment, ./.env, or its home's active profile.

    "" where none says it. Prefect is not imported: that would make its home, and fails where its pins are broken.
    """
    filed = dotenv_values(".env") if Path(".env").is_file() else {}
    if given := os.environ.get(name) or filed.get(name):
        return given
    with contextlib.suppress(OSError, ValueError, KeyError):
        profiles = tomllib.loads((Path(os.environ.get("PREFECT_HOME") or home) / "profiles.toml").read_text("utf-8"))
        return str(profiles["profiles"].get(profiles.get("active"), {}).get(name, ""))
    return ""
