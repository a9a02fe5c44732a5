"""`vnjp init`: what it is told stands in .env, all else stays, and twice is once; a newcomer is served in minutes."""

import contextlib
import json
import os
import pty
import signal
import stat
import subprocess
import sys
import time

import pytest
from dotenv import dotenv_values
from hypothesis import given
from hypothesis import strategies as st

from flows.init import keep
from flows.init.envfile import merged
from flows.settings import Settings, SettingsError, load
from tests.command import ROOT, bare, vnjp
from tests.orchestrated import until
from tests.samples import list_one
from warehouse.errors import MendableError

NAMES = st.sampled_from([f"VNJP_{field.upper()}" for field in Settings.model_fields])
VALUES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=20)
EXAMPLE = (ROOT / ".env.example").read_text()


def read(folder, text):
    (folder / "file").write_text(text)
    return dotenv_values(folder / "file", interpolate=False)


@given(st.dictionaries(NAMES, VALUES, max_size=4), st.dictionaries(NAMES, VALUES, max_size=4))
def test_what_is_set_is_read_back_and_all_else_stays(tmp_path_factory, first, second):
    folder = tmp_path_factory.getbasetemp()
    once = merged(EXAMPLE, first)
    twice = merged(once, second)
    assert merged(twice, second) == twice
    assert {name: read(folder, twice)[name] for name in second} == second
    others = {name: value for name, value in read(folder, once).items() if name not in second}
    assert {name: value for name, value in read(folder, twice).items() if name not in second} == others


def test_comments_and_order_stay():
    made = merged("# mine\nVNJP_PAGES=5   # few\n#VNJP_SOURCES=a.csv\nVNJP_HOSTS=2\n", {"VNJP_PAGES": "7"})
    assert made == "# mine\nVNJP_PAGES=7   # few\n#VNJP_SOURCES=a.csv\nVNJP_HOSTS=2\n"
    assert merged(made, {"VNJP_SOURCES": "b.csv"}) == made.replace("#VNJP_SOURCES=a.csv", "VNJP_SOURCES=b.csv")


def test_it_tells_what_changed_hides_who_reads_and_writes_for_its_owner_alone(tmp_path):
    given = {"VNJP_CONTACT": "desk@example.org", "VNJP_RECIPIENTS": "anna@example.org:vi"}
    assert keep(tmp_path, given) == ["VNJP_CONTACT=desk@example.org", "VNJP_RECIPIENTS=(hidden)"]
    assert keep(tmp_path, given) == []
    assert load(tmp_path).recipients == ("anna@example.org:vi",)
    assert stat.S_IMODE((tmp_path / ".env").stat().st_mode) == 0o600


def test_a_value_that_cannot_be_used_changes_nothing(tmp_path):
    (tmp_path / ".env").write_text("VNJP_CONTACT=desk@example.org\n")
    with pytest.raises(SettingsError, match="VNJP_TIME_ZONE='Hanoi'"):
        keep(tmp_path, {"VNJP_TIME_ZONE": "Hanoi", "VNJP_CONTACT": "other@example.org"})
    assert (tmp_path / ".env").read_text() == "VNJP_CONTACT=desk@example.org\n"


def test_what_the_environment_would_beat_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("VNJP_CONTACT", "other@example.org")
    with pytest.raises(MendableError, match="Run `unset VNJP_CONTACT` first"):
        keep(tmp_path, {"VNJP_CONTACT": "desk@example.org"})
    assert not (tmp_path / ".env").exists()


def test_the_example_beside_it_is_what_a_new_file_is_made_of(tmp_path):
    (tmp_path / ".env.example").write_text(EXAMPLE)
    keep(tmp_path, {"VNJP_CONTACT": "desk@example.org"})
    assert (tmp_path / ".env").read_text() == EXAMPLE.replace("VNJP_CONTACT= ", "VNJP_CONTACT=desk@example.org ")


@pytest.mark.long
def test_on_a_terminal_it_asks_and_enter_keeps_what_is_offered(tmp_path):
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "flows", "init", "--no-check"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=bare() | {"PYTHONPATH": str(ROOT)}, stdin=slave, stdout=slave, stderr=slave
    ) as child:
        os.close(slave)
        os.write(master, b"\ndesk@example.org\nAsia/Tokyo\n\n")
        said = b""
        with contextlib.suppress(OSError):  # its end, on Linux
            while part := os.read(master, 4096):
                said += part
    os.close(master)
    assert child.returncode == 0, said.decode()
    settings = load(tmp_path)
    assert (settings.contact, settings.time_zone, settings.recipients) == ("desk@example.org", "Asia/Tokyo", ())
    assert (tmp_path / "data" / "vnjp.duckdb").is_file()


@pytest.mark.long
@pytest.mark.prefect
def test_a_newcomer_has_a_schedule_within_minutes(tmp_path, capsys):
    """A fresh clone, `make install`, `vnjp init`, `vnjp serve`: the first collect is done. No source is reachable."""
    begun, clone = time.monotonic(), tmp_path / "vnjp-monitor"
    given = bare() | {"HOME": str(tmp_path)}
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    subprocess.run(["make", "-s", "install"], cwd=clone, env=given, check=True)
    given["VNJP_SOURCES"] = str(list_one(tmp_path / "sources.csv"))
    program = str(clone / ".venv" / "bin" / "vnjp")
    made = subprocess.run(
        [program, "init", "--no-input", "--contact", "desk@example.org", "--json"],
        cwd=clone, env=given, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert made.returncode == 3, made.stderr  # nobody answers
    assert json.loads(made.stdout)["changed"] == ["VNJP_CONTACT=desk@example.org"]
    with subprocess.Popen([program, "serve"], cwd=clone, env=given, stdout=subprocess.PIPE, text=True) as child:
        done = until(lambda: "1" in vnjp_at(program, clone, given))
        child.send_signal(signal.SIGTERM)
        said = child.communicate(timeout=120)[0]
    with capsys.disabled():
        print(f"\nfrom nothing to the first collect: {time.monotonic() - begun:.0f} s (the goal is 300)")
    assert done, said
    assert "collect   next at" in said


def vnjp_at(program, clone, given):
    question = "select count(*) as n from base.runs where state = 'completed' and flow = 'collect'"
    asked = [program, "sql", "--csv", question]
    return subprocess.run(asked, cwd=clone, env=given, check=False, capture_output=True, text=True).stdout


def test_the_command_says_what_it_did_and_what_is_next(tmp_path):
    said = vnjp("init", "--help").stdout
    assert "--contact" in said
    assert vnjp("init", "--no-input", "--time-zone", "Hanoi", cwd=tmp_path).returncode == 2
