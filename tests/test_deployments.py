"""The third way to run: a Prefect server, `prefect deploy --all`, a worker."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.command import ROOT

pytestmark = [pytest.mark.long, pytest.mark.prefect]
HEAD = "source_id,outlet,family,kind,side,country,language,url,zone,rights,enabled,major,note"
PREFECT = [str(Path(sys.executable).with_name("prefect"))]


@pytest.fixture
def environment(tmp_path):
    """Give a home, a data folder and a source that nobody answers; the server's port is free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    sources = tmp_path / "sources.csv"
    sources.write_text(f"{HEAD}\nnobody,Nobody,nobody,press,third,NO,nb,http://nobody.invalid/rss,UTC,title,yes,no,\n")
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("VNJP_", "PREFECT_"))}
    return bare | {
        "HOME": str(tmp_path),
        "PREFECT_HOME": str(tmp_path / "prefect"),
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "VNJP_DATA": str(tmp_path / "data"),
        "VNJP_SOURCES": str(sources),
    }


@contextlib.contextmanager
def running(arguments, environment):
    """Keep a Prefect command running, and end it with all that it started."""
    process = subprocess.Popen([*PREFECT, *arguments], cwd=ROOT, env=environment, start_new_session=True)
    try:
        yield process
    finally:
        for number in (signal.SIGINT, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=20)
                break


def prefect(environment, *arguments):
    result = subprocess.run(
        [*PREFECT, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=240
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def healthy(url):
    end = time.monotonic() + 120
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            return urllib.request.urlopen(f"{url}/health", timeout=5).status == 200  # noqa: S310 - our own loopback
        time.sleep(0.5)
    return False


def test_each_deployment_runs_on_a_server_with_a_worker(environment, tmp_path):
    url = environment["PREFECT_API_URL"]
    port = url.split(":")[2].split("/")[0]
    with running(["server", "start", "--host", "127.0.0.1", "--port", port, "--no-ui"], environment):
        assert healthy(url)
        prefect(environment, "work-pool", "create", "default", "--type", "process")
        said = prefect(environment, "--no-prompt", "deploy", "--all")
        for name in ("collect/hourly", "digest/weekly", "maintain/nightly"):
            assert name in said
        with running(["worker", "start", "--pool", "default"], environment):
            for name in ("collect/hourly", "digest/weekly", "maintain/nightly"):
                said = prefect(environment, "deployment", "run", name, "--watch")
                assert "Completed" in said, said
    assert (tmp_path / "data" / "vnjp.duckdb").is_file()
    assert list((tmp_path / "data" / "backups").glob("*.duckdb"))
