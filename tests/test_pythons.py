"""The lock works on every Python that we promise: trafilatura imports, a schedule fires, a demo ends well."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import ROOT
from tests.test_flows import scheduled

pytestmark = [pytest.mark.long, pytest.mark.prefect]


def interpreter(minor):
    """Find another Python on the path or among pyenv's; "" where there is none that runs."""
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for path in (shutil.which(f"python3.{minor}"), *sorted(versions.glob(f"3.{minor}.*/bin/python3"))):
        if path and not subprocess.run([path, "-c", "import venv"], capture_output=True, check=False).returncode:
            return str(path)
    return ""


# This Python is what every other test runs on.
OTHERS = [f"3.{minor}" for minor in (11, 12, 13) if minor != sys.version_info.minor and interpreter(minor)]


@pytest.fixture(scope="module", params=OTHERS)
def installed(request, tmp_path_factory):
    """Install the lock and the project into a fresh environment, as the Makefile does."""
    folder = tmp_path_factory.mktemp("venv")
    subprocess.run([interpreter(request.param[2:]), "-m", "venv", folder], check=True)
    pip = [folder / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*pip, "--require-hashes", "-r", ROOT / "requirements.txt"], check=True)
    subprocess.run([*pip, "--no-build-isolation", "-e", ROOT], check=True)
    return folder / "bin" / "python"


def test_trafilatura_imports(installed):
    subprocess.run([installed, "-W", "error", "-c", "import trafilatura"], check=True, cwd=ROOT)


def test_a_schedule_fires(installed, tmp_path):
    assert scheduled(tmp_path, installed)


def test_the_demo_ends_well(installed, tmp_path):
    result = subprocess.run(
        [installed, "-m", "flows", "demo", "--out", tmp_path], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stderr) == (0, "")
