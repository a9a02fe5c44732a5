"""The README is true: every command that it shows can be run, and does what is said."""

import re
import shlex
from pathlib import Path

import pytest

from tests.command import ROOT, vnjp

README = (ROOT / "README.md").read_text()
SHOWN = [line.strip().split("  #")[0].strip() for line in README.splitlines() if line.startswith("    ")]
COMMANDS = [line for line in SHOWN if re.match(r"(VNJP_\w+=\S+ )?\.venv/bin/vnjp ", line)]
ON_DEMO = [line for line in COMMANDS if line.startswith("VNJP_DATA=data/demo")]


def test_the_readme_shows_commands():
    assert len(COMMANDS) >= 9
    assert len(ON_DEMO) >= 3


@pytest.mark.parametrize("line", ON_DEMO)
def test_each_question_to_the_demo_is_answered(line, played):
    words = shlex.split(line)
    result = vnjp(*words[2:], VNJP_DATA=played[0])
    assert result.returncode == 0, result.stderr
    assert len(result.stdout.splitlines()) > 3


@pytest.mark.parametrize("line", [line for line in COMMANDS if line not in ON_DEMO])
def test_each_command_exists_and_explains_itself(line):
    words = [word for word in shlex.split(line)[1:] if re.fullmatch(r"[a-z][a-z-]*", word)]
    result = vnjp(*words, "--help")
    assert result.returncode == 0, result.stderr
    assert "Usage: " in result.stdout


@pytest.mark.parametrize("target", sorted(set(re.findall(r"`?make ([a-z-]+)", README))))
def test_each_make_target_exists(target):
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


def test_what_the_readme_names_is_there():
    for name in re.findall(r"`(flows|tasks|warehouse)/`", README):
        assert (ROOT / name).is_dir()
    linked = re.findall(r"\[[^]]*\]\(([^):]+)\)", README)
    assert "docs/warehouse.md" in linked, "what each view means"
    assert [name for name in linked if not (ROOT / name).is_file()] == []


def test_the_environment_file_that_is_copied_exists():
    assert Path(ROOT / ".env.example").is_file()
