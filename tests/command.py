"""Run the command line as a user does: in a process of its own, with none of this machine's settings."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def bare() -> dict[str, str]:
    """Give this machine's environment without settings of ours or of Prefect."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("VNJP_", "PREFECT_"))}


def vnjp(*arguments, cwd=ROOT, **given):
    """Run `vnjp` with arguments and environment variables; give the finished process with its text."""
    command = [sys.executable, "-m", "flows", *map(str, arguments)]
    environment = bare() | {"PYTHONPATH": str(ROOT)} | {name: str(value) for name, value in given.items()}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
