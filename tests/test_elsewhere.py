"""flows/elsewhere: pages are read by a Dask cluster's workers, or a Prefect pool's, and the same rows come out."""

import contextlib
import json
import subprocess
import sys

import pytest
from prefect.exceptions import ObjectNotFound

from flows.elsewhere import extracting
from flows.settings import SettingsError, load
from flows.steps import EXTRACT, as_tasks
from tests.command import ROOT, bare
from tests.orchestrated import Orchestra, until
from tests.test_kills import contents, finish
from warehouse.errors import MendableError

NOBODY = "tcp://127.0.0.1:9"


def test_without_the_setting_everything_is_done_here(tmp_path):
    with extracting(load(tmp_path)) as do:
        assert do is as_tasks


def test_where_dask_is_not_installed_the_sentence_says_how_to_have_it(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "prefect_dask", None)
    with (
        extracting(load(tmp_path, extract_on=NOBODY)) as do,
        pytest.raises(MendableError, match="pip install prefect-dask"),
    ):
        do(EXTRACT, [()])


def test_without_the_deployment_the_sentence_says_how_to_make_it(tmp_path, monkeypatch):
    def missing(*_, **__):
        raise ObjectNotFound(Exception("404"))

    monkeypatch.setattr("prefect.deployments.run_deployment", missing)
    here, wanted = (
        load(tmp_path, data=tmp_path, extract_on="workers"),
        r"deploy flows/extract\.py:extract",
    )
    with extracting(here) as do, pytest.raises(MendableError, match=wanted):
        list(do(EXTRACT, [(b"", "", "", "UTC", None)]))


def test_what_is_no_address_of_a_scheduler_is_refused(tmp_path):
    with pytest.raises(SettingsError, match=r"tcp://scheduler\.example:8786"):
        load(tmp_path, extract_on="dask")


@contextlib.contextmanager
def cluster(folder, workers):
    """Run a scheduler and so many workers on loopback, each a process; give the scheduler's address."""
    file = folder / "scheduler.json"

    def started(kind, *arguments):
        command = [
            sys.executable,
            "-m",
            f"distributed.cli.dask_{kind}",
            "--scheduler-file",
            str(file),
            "--no-dashboard",
        ]
        return subprocess.Popen([*command, *arguments], cwd=ROOT, env=bare() | {"HOME": str(folder)})

    with contextlib.ExitStack() as stack:
        for kind, arguments in (
            ("scheduler", ("--host", "127.0.0.1", "--port", "0")),
            ("worker", ("--nworkers", str(workers), "--nthreads", "1", "--local-directory", str(folder))),
        ):
            process = stack.enter_context(started(kind, *arguments))
            stack.callback(process.terminate)
            assert until(file.exists), kind
        yield json.loads(file.read_text())["address"]


@pytest.mark.scale
def test_where_no_scheduler_answers_the_sentence_names_the_setting(tmp_path, monkeypatch):
    monkeypatch.setattr("flows.elsewhere._PATIENCE", "1s")
    with extracting(load(tmp_path, extract_on=NOBODY)) as do, pytest.raises(MendableError, match="VNJP_EXTRACT_ON"):
        do(EXTRACT, [()])


@pytest.mark.scale
@pytest.mark.parametrize("workers", [2, 4])
def test_two_and_four_workers_leave_the_rows_that_one_machine_leaves(tmp_path, workers):
    finish(tmp_path / "here")
    with cluster(tmp_path, workers) as address:
        finish(tmp_path / "there", "prefect", address)
    here, there = contents(tmp_path / "here"), contents(tmp_path / "there")
    assert {name for name in here if here[name] != there.get(name)} == set()
    assert len(here["articles"]) > 10


@pytest.mark.scale
@pytest.mark.parametrize("workers", [2, 4])
def test_two_and_four_workers_of_a_prefect_pool_leave_the_same_rows_too(tmp_path, monkeypatch, workers):
    finish(tmp_path / "here")
    there = Orchestra(tmp_path, VNJP_DATA=str(tmp_path / "there"), VNJP_SOURCES="")
    monkeypatch.setenv("PREFECT_API_URL", there.url)
    with there.server(), contextlib.ExitStack() as stack:
        there.prefect("work-pool", "create", "default", "--type", "process")
        there.prefect("--no-prompt", "deploy", "flows/extract.py:extract", "--name", "extract", "--pool", "default")
        for _ in range(workers):
            stack.enter_context(there.worker())
        finish(tmp_path / "there", "prefect", "workers")
        ended = there.api("flow_runs/filter", {"flows": {"name": {"any_": ["extract"]}}})
    assert {run["state_name"] for run in ended} == {"Completed"}
    assert len(ended) > 2
    here, found = contents(tmp_path / "here"), contents(tmp_path / "there")
    assert {name for name in here if here[name] != found.get(name)} == set()
    assert [*(tmp_path / "there" / "spool").iterdir()] == []
