"""What Prefect reads when it is first imported: set before that, where the user has not."""

from __future__ import annotations

import os
from pathlib import Path

from flows.settings import SettingsError, load
from flows.tidy import vacuum

# Telemetry off; task runs written in batches, so that a burst does not lock SQLite (PrefectHQ/prefect#18934); flows
# that fail print our sentence, and bugs Python's own traceback, so Prefect's log need not repeat them.
_PREFECT = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "50",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "50",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_SERVER_LEVEL": "ERROR",
}


def prepare_prefect(home: Path) -> None:
    """Set what Prefect reads when it is first imported, where the user has not; its own home lies in `home`."""
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(
            f"The folder {home} cannot be made ({error.strerror}). Choose another data folder."
        ) from error
    for name, value in (_PREFECT | {**vacuum(load().keep_runs), "PREFECT_HOME": str(home.resolve())}).items():
        os.environ.setdefault(name, value)
