"""docs/container holds together as far as can be seen without an engine: what it copies, sets and starts is there."""

import fnmatch
import re
import smtplib
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from prefect.settings import Settings as Prefects
from prefect.settings.legacy import _get_settings_fields  # Prefect lists its settings nowhere else

from flows.settings import Settings
from tests.command import ROOT
from tests.orchestrated import until

FOLDER = ROOT / "docs" / "container"
COMPOSE = yaml.safe_load((FOLDER / "compose.yaml").read_text())
DOCKERFILE = (FOLDER / "Dockerfile").read_text()
KEPT = [
    line.removeprefix("!")
    for line in (FOLDER / "Dockerfile.dockerignore").read_text().splitlines()
    if line.startswith("!")
]
#: the keys of compose's own schema that we use
KEYS = {
    *("image", "build", "command", "environment", "env_file", "volumes", "healthcheck", "depends_on", "ports"),
    *("restart", "stop_signal", "stop_grace_period"),
}
BIN = Path(sys.executable).parent


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_a_service_says_what_compose_knows_and_waits_for_services_that_are_there(name):
    service = COMPOSE["services"][name]
    assert set(service) <= KEYS
    assert "image" in service
    for other, condition in service.get("depends_on", {}).items():
        assert other in COMPOSE["services"]
        met = {"service_healthy": "healthcheck", "service_completed_successfully": "command"}
        assert met[condition["condition"]] in COMPOSE["services"][other]
    for volume in service.get("volumes", []):
        assert volume.partition(":")[0] in COMPOSE["volumes"]
    for port in service.get("ports", []):
        assert port.startswith("127.0.0.1:"), "nobody but this machine"


def test_every_variable_is_a_setting_of_ours_or_of_prefect():
    known = {f"VNJP_{field.upper()}" for field in Settings.model_fields}
    prefects = set(_get_settings_fields(Prefects))
    given = {name for service in COMPOSE["services"].values() for name in service.get("environment", {})}
    for name in given | set(re.findall(r"(\w+)=\S+", DOCKERFILE.partition("\nENV ")[2].partition("VOLUME")[0])):
        assert name in known | prefects | {"DO_NOT_TRACK", "PYTHONUNBUFFERED"} or name.startswith("POSTGRES_"), name
    assert not re.search(r"PASSWORD:\s*\S", (FOLDER / "compose.yaml").read_text())


def test_what_the_image_copies_is_there_and_reaches_the_builder():
    copied = [
        source
        for line in re.findall(r"^COPY (.+)$", DOCKERFILE, re.MULTILINE)
        for source in line.split()[:-1]
        if not source.startswith("--")
    ]
    assert {"flows", "tasks", "warehouse", "templates", "requirements.txt", "prefect.yaml"} <= set(copied)
    for source in copied:
        assert (ROOT / source).exists(), source
        assert any(fnmatch.fnmatch(source, kept) for kept in KEPT), source
    for kept in KEPT:
        assert (ROOT / kept).exists(), kept


def test_the_image_runs_without_rights():
    assert DOCKERFILE.index("\nUSER vnjp") < DOCKERFILE.index("\nCMD")


def commands():
    """Give each command that a container runs, as a list of words."""
    for service in COMPOSE["services"].values():
        if command := service.get("command"):
            if command[0] == "sh":
                yield from (line.split() for line in command[2].splitlines())
            else:
                yield command


@pytest.mark.long
@pytest.mark.parametrize("command", [one for one in commands() if one[0] != "python"], ids=" ".join)
def test_each_command_is_there_with_its_options(command):
    words = [word for word in command[1:] if re.fullmatch(r"[a-z][a-z-]*", word) and word not in {"default", "process"}]
    said = subprocess.run([BIN / command[0], *words, "--help"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
    for option in (word for word in command if word.startswith("--") and word != "--no-prompt"):
        assert option in said.stdout


def test_the_mail_server_for_trying_takes_a_letter_and_prints_whom_it_is_for():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-u", FOLDER / "catcher.py", "127.0.0.1", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        try:
            assert until(lambda: listening(port), 60)
            with smtplib.SMTP("127.0.0.1", port, timeout=30) as client:
                client.sendmail("a@example.org", ["b@example.org"], "Subject: The week\r\n\r\n..\r\n.hidden\r\n")
            assert child.stdout.readline() == "caught a letter to b@example.org: The week (34 bytes)\n"
        finally:
            child.kill()


def listening(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
