"""What the tests share: where ../shared lies, steady Hypothesis, and no silent skips in CI."""

import os
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
    """Run the demo twice into one folder, with an empty home; give the folder and both results."""
    folder = tmp_path_factory.mktemp("demo")
    return folder / "out", [vnjp("demo", "--out", folder / "out", HOME=folder / "home") for _ in range(2)]


def pytest_collection_modifyitems(items):
    """Keep together, in one of the processes that share the tests, what shares a demo or a module's fixtures."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group("demo" if "played" in item.fixturenames else item.module.__name__))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport():
    """Turn a skip into a failure in CI: there, everything that tests need is installed, but for ../shared."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("CI") == "true" and ABSENT not in str(report.longrepr):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
