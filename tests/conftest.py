"""What the tests share: where ../shared lies, steady Hypothesis, and no silent skips in CI."""

import fcntl
import os
import pickle
from pathlib import Path

import pytest
from hypothesis import settings

from tests.command import vnjp

settings.register_profile("steady", deadline=None)
settings.load_profile("steady")

SHARED = Path(__file__).resolve().parents[2] / "shared"
ABSENT = "../shared is absent"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of pages, labelled articles and the baseline; skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(ABSENT)
    return SHARED


@pytest.fixture(scope="session")
def played(tmp_path_factory):
    """Run the demo twice into one folder, with an empty home; give the folder and both results.

    Once for all processes that share the tests: the first to come runs it, the others wait.
    """
    base = tmp_path_factory.getbasetemp()
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    results = folder / "demo" / "results"
    with (folder / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not results.exists():
            ran = [vnjp("demo", "--out", folder / "demo" / "out", HOME=folder / "demo" / "home") for _ in range(2)]
            results.write_bytes(pickle.dumps(ran))
    return folder / "demo" / "out", pickle.loads(results.read_bytes())  # noqa: S301 - written above


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport():
    """Turn a skip into a failure in CI: there, everything that tests need is installed, but for ../shared."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("CI") == "true" and ABSENT not in str(report.longrepr):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
