"""The ground: the pins that hold the rest up, the lock, and the commands that everything else is reached by."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCK = (ROOT / "requirements.txt").read_text()


def locked(name):
    return re.search(rf"^{re.escape(name)}==(\S+)", LOCK, re.MULTILINE)[1]


def parts(text):
    return tuple(int(part) for part in re.findall(r"\d+", text)[:3])


@pytest.mark.parametrize(
    ("name", "least", "below"),
    [
        ("sqlalchemy", (2, 0), (2, 1)),  # 2.1: the scheduler writes no runs
        ("fastapi", (0, 139), (0, 151)),  # 0.155: Prefect's server does not import
        ("prefect", (3, 8, 8), (3, 9)),
        ("lxml-html-clean", (0, 4), (1,)),  # pip 23 leaves it out of lxml[html_clean]
        ("duckdb", (1, 5, 5), (2,)),  # the lock stays on 1.5 until 2.0 has patches
        ("aiohttp", (3, 14, 5), (4,)),  # decompression bombs
        ("pytz", (2024,), (3000,)),  # duckdb hands out TIMESTAMPTZ only with it
    ],
)
def test_the_lock_holds_each_essential_pin(name, least, below):
    assert least <= parts(locked(name)) < below
    assert any(re.split(r"[<>=\[ ]", one)[0].replace("_", "-") == name for one in PROJECT["project"]["dependencies"])


def test_the_lock_has_hashes_for_everything_and_no_address():
    assert len(re.findall(r"^\S+==", LOCK, re.MULTILINE)) <= LOCK.count("--hash=sha256:")
    assert "://" not in LOCK
    assert "index-url" not in LOCK


def test_every_direct_dependency_is_in_the_lock():
    extra = PROJECT["project"]["optional-dependencies"]["dev"]
    for one in (*PROJECT["project"]["dependencies"], *extra):
        name = re.split(r"[<>=\[ ]", one)[0].replace("_", "-").lower()
        assert re.search(rf"^{re.escape(name)}==", LOCK, re.MULTILINE), name


def test_every_dependency_says_why_it_is_there():
    text = (ROOT / "pyproject.toml").read_text()
    for one in PROJECT["project"]["dependencies"]:
        assert re.search(rf'"{re.escape(one)}",\s+# \S', text), one


def test_what_is_installed_is_what_is_locked():
    for name in ("prefect", "fastapi", "sqlalchemy", "trafilatura", "feedparser", "aiohttp"):
        assert version(name) == locked(name)


def test_the_command_line_starts_without_prefect():
    script = "import sys, flows.cli; sys.exit('prefect' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0


def test_the_deployments_name_flows_that_exist_each_alone_and_scheduled():
    import importlib

    deployments = yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"]
    assert [one["name"] for one in deployments] == ["hourly", "weekly", "nightly", "mail"]
    for one in deployments[:-1]:
        module, name = one["entrypoint"].rsplit(".", 1)
        flow = getattr(importlib.import_module(module), name)
        assert set(one["parameters"]) == set(flow.parameters.properties)
        assert one["concurrency_limit"] == {"limit": 1, "collision_strategy": "CANCEL_NEW"}
        assert one["schedules"][0]["timezone"]
        assert one["description"]
        assert one["tags"]
        assert one["work_pool"]["job_variables"]["env"] == {"PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30"}
