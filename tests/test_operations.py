"""docs/operations.md is true: its commands exist, its words are ours, its units start what is there."""

import configparser
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from flows.disk import planned
from flows.settings import Settings
from tests.command import ROOT, vnjp

PAGE = (ROOT / "docs" / "operations.md").read_text()
SHOWN = [line.strip().split("  #")[0].strip() for line in PAGE.splitlines() if line.startswith("    ")]
OURS = sorted({*(line for line in SHOWN if ".venv/bin/vnjp " in line), *re.findall(r"`(vnjp [^`]+)`", PAGE)})
PREFECT = sorted({*(line for line in SHOWN if line.startswith("prefect ")), *re.findall(r"`(prefect [^`]+)`", PAGE)})
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ")][1:]
QUOTED = [quoted for line in ROWS for quoted in re.findall(r'"([^"]+)"', line.split("|")[1])]
UNITS = sorted((ROOT / "docs" / "systemd").iterdir())
#: what a unit of ours may say; a misspelt key is only a warning in systemd's log
KEYS = {
    "Unit": "Description After Wants",
    "Service": "Type User WorkingDirectory Environment ExecStart KillMode KillSignal TimeoutStopSec Restart RestartSec "
    "StateDirectory ReadWritePaths ProtectSystem ProtectHome PrivateTmp NoNewPrivileges UMask",
    "Timer": "OnCalendar Persistent",
    "Install": "WantedBy",
}


def words_of(line):
    """Give the names of commands in a line, without options and arguments."""
    words = shlex.split(line)
    start = next(number for number, word in enumerate(words) if word.endswith(("vnjp", "prefect"))) + 1
    return [word for word in words[start:] if re.fullmatch(r"[a-z][a-z-]*", word)]


@pytest.mark.parametrize("line", OURS)
def test_each_command_of_ours_exists_with_its_options(line):
    result = vnjp(*words_of(line)[:2], "--help")
    if result.returncode:  # the second word is an argument
        result = vnjp(*words_of(line)[:1], "--help")
    assert result.returncode == 0, result.stderr
    for option in re.findall(r"--[a-z-]+", line.partition("vnjp ")[2]):
        assert option in result.stdout


@pytest.mark.long
@pytest.mark.parametrize("line", PREFECT)
def test_each_command_of_prefect_exists_with_its_options(line):
    program = Path(sys.executable).with_name("prefect")
    words = [word for word in words_of(line) if word not in {"default", "process"}]
    said = subprocess.run([program, *words, "--help"], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
    for option in re.findall(r"--[a-z-]+", line):
        assert option in said.stdout or option == "--no-prompt"


def test_there_is_something_to_check():
    assert (len(OURS) > 20, len(PREFECT) > 5, len(QUOTED) > 10, len(UNITS)) == (True, True, True, 5)


@pytest.mark.parametrize("quoted", QUOTED)
def test_what_the_runbook_quotes_is_said_by_us(quoted):
    code = "".join(
        path.read_text() for folder in ("flows", "tasks", "warehouse") for path in (ROOT / folder).rglob("*.py")
    )
    spaced = re.sub(r'"\s+f?"', "", code)  # sentences go on over several lines
    assert quoted in spaced or quoted.isdigit()


def test_the_forecast_of_the_disk_is_what_we_say_now():
    shown = PAGE.partition("<!-- disk forecast: begin -->\n")[2].partition("\n<!-- disk forecast: end -->")[0]
    assert shown == planned()


def test_every_setting_and_every_file_that_it_names_is_there():
    named = set(re.findall(r"VNJP_[A-Z_]+[A-Z]", PAGE))
    assert named <= {f"VNJP_{field.upper()}" for field in Settings.model_fields}
    links = re.findall(r"\]\(([^):]+)\)", PAGE)
    assert links
    assert [link for link in links if not (ROOT / "docs" / link).is_file()] == []


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_says_what_systemd_knows_and_starts_a_command_that_is_there(unit):
    read = configparser.ConfigParser(strict=False, interpolation=None, comment_prefixes=("#",))
    read.optionxform = str
    read.read(unit)
    for section in read.sections():
        assert set(read[section]) <= set(KEYS[section].split()), section
    if unit.suffix == ".timer":
        assert unit.with_suffix(".service").is_file()
        return
    service = read["Service"]
    program, *words = shlex.split(service["ExecStart"])
    assert program.startswith(f"{service['WorkingDirectory']}/.venv/bin/")
    assert Path(sys.executable).with_name(Path(program).name).is_file()
    assert words[0] in {"serve", "doctor", "server", "worker"}
    assert service["NoNewPrivileges"] == "yes"
