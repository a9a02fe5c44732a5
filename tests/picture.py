"""Take a picture of a digest as a reader sees it: `python -m tests.picture ISSUE.html OUT.png [WIDTH HEIGHT]`."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
]


def picture(page, out, width=640, height=1500):
    """Open a page in Chromium with an empty profile and keep what its first screen shows."""
    with tempfile.TemporaryDirectory() as profile:
        size = [f"--window-size={width},{height}", f"--user-data-dir={profile}", f"--screenshot={out}"]
        command = [shutil.which("chromium") or "chromium", *QUIET, *size, Path(page).resolve().as_uri()]
        subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    picture(*sys.argv[1:3], *map(int, sys.argv[3:5]))
