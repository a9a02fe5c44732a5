"""What the tests share: where ../shared lies, steady Hypothesis, and no silent skips in CI."""

import fcntl
import os
import pickle
import threading
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
def stage(tmp_path_factory):
    """Give the folder of the demo that all processes share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session", autouse=True)
def _early(request, stage):
    """Begin the demo at once in one of the processes: else both would wait for it in the end."""
    wanted = any("played" in getattr(item, "fixturenames", ()) for item in request.session.items)
    if wanted and os.environ.get("PYTEST_XDIST_WORKER") == "gw0":
        threading.Thread(target=play, args=(stage,), daemon=True).start()


@pytest.fixture(scope="session")
def played(stage):
    """Run the demo twice into one folder, with an empty home; give the folder and both results."""
    return stage / "demo" / "out", play(stage)


def play(folder):
    """Play it once for all processes: the first to come runs it, the others wait; give both results."""
    results = folder / "demo" / "results"
    with (folder / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not results.exists():
            ran = [vnjp("demo", "--out", folder / "demo" / "out", HOME=folder / "demo" / "home") for _ in range(2)]
            results.write_bytes(pickle.dumps(ran))
    return pickle.loads(results.read_bytes())  # noqa: S301 - written above


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport():
    """Turn a skip into a failure in CI: there, everything that tests need is installed, but for ../shared."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("CI") == "true" and ABSENT not in str(report.longrepr):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
