"""The doctor names the cause and the cure: set-ups that are broken on this machine, one a test."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.doctor import clock, files, folder, locks, program, room, runs, sources
from flows.doctor import settings as of_settings
from tests import doctored
from tests.doctored import NOW, changed, health, run, settings_of, trouble
from warehouse import write

HOLDS = """
import sys, time
from pathlib import Path
from warehouse.connect import Warehouse
with Warehouse(Path(sys.argv[1])).lock(sys.argv[2]):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def settings(tmp_path_factory, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return doctored.copy(tmp_path_factory.getbasetemp(), tmp_path)


@pytest.fixture
def alone(tmp_path, monkeypatch):
    """Give settings of an empty folder, which is the working directory."""
    monkeypatch.chdir(tmp_path)
    return settings_of(tmp_path)


@pytest.fixture
def holding(settings):
    """Give a function that has a child process hold a lock of the folder."""
    children = []

    def hold(name):
        child = subprocess.Popen([sys.executable, "-c", HOLDS, settings.data, name], stdout=subprocess.PIPE)
        children.append(child)
        assert child.stdout.readline() == b"held\n"
        return child

    yield hold
    for child in children:
        child.kill()
        child.communicate()


def said(checker, settings, now=NOW):
    return trouble(list(checker(settings, now)))


# The program


def test_a_sqlalchemy_with_which_schedules_never_fire(alone, tmp_path, monkeypatch):
    info = tmp_path / "wrong" / "sqlalchemy-2.1.9.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: SQLAlchemy\nVersion: 2.1.9\n")
    monkeypatch.syspath_prepend(info.parent)
    one = said(program.installed, alone)
    assert "sqlalchemy 2.1.9 is installed, not <2.1,>=2.0: from 2.1 on Prefect's schedules never fire" in one.said
    assert one.next == "python -m pip install 'sqlalchemy<2.1,>=2.0'"


def test_a_package_that_is_not_installed_or_too_new_and_another_python():
    have = {"fastapi": "0.155.0", "duckdb": "1.5.5"}
    found = list(
        program.pins(
            ["fastapi<0.151,>=0.139", "duckdb>=1.5.5,<3", "lxml_html_clean>=0.4", "ruff>=9; extra == 'dev'"],
            lambda name: have.get(name, ""),
        )
    )
    assert [one.said.partition(":")[0] for one in found] == [
        "fastapi 0.155.0 is installed, not <0.151,>=0.139",
        "lxml_html_clean is not installed",
    ]
    assert "Prefect's server does not start" in found[0].said
    [python] = program.python((3, 14, 0), ">=3.11,<3.14")
    assert "this is Python 3.14.0" in python.said


@pytest.mark.parametrize(
    ("version", "spec", "fits"),
    [
        ("2.0", ">=2.0,<2.1", True),
        ("2.0.0", "==2", True),
        ("2.1.0b1", "<2.1", False),
        ("3.8.10", ">=3.8.8", True),
        ("2026.1", ">=2025.1", True),
        ("0.150.0", "<0.151,>=0.139", True),
    ],
)
def test_versions_are_compared_by_their_numbers(version, spec, fits):
    assert program.holds(version, spec) == fits


# The settings


@pytest.mark.usefixtures("alone")
def test_an_unknown_setting(tmp_path):
    (tmp_path / ".env").write_text("VNJP_TIMEZONE=Asia/Tokyo\n")
    none, [one] = of_settings.loaded()
    assert none is None
    assert "VNJP_TIMEZONE in .env is no setting" in one.said
    assert one.next == "change VNJP_TIMEZONE in .env, then vnjp doctor"


@pytest.mark.usefixtures("alone")
def test_every_setting_that_does_not_hold_is_named(tmp_path):
    (tmp_path / ".env").write_text("VNJP_RECIPIENTS=anna at example.org\nVNJP_SMTP_PORT=smtp\n")
    _, found = of_settings.loaded()
    assert [one.next.split()[1] for one in found] == ["VNJP_RECIPIENTS", "VNJP_SMTP_PORT"]
    assert "(hidden), entry 1: not an address" in found[0].said


@pytest.mark.usefixtures("alone")
def test_an_env_that_is_no_text(tmp_path):
    (tmp_path / ".env").write_bytes("VNJP_CONTACT=tòa soạn".encode("utf-16"))
    none, [one] = of_settings.loaded()
    assert (none, ".env cannot be read" in one.said, "UTF-8" in one.next) == (None, True, True)


def test_a_password_that_other_users_can_read(alone, tmp_path):
    env = tmp_path / ".env"
    env.write_text("VNJP_SMTP_PASSWORD=hush\n")
    env.chmod(0o644)
    one = said(of_settings.file, alone)
    assert ".env holds a password and other users can read it (mode 0644)" in one.said
    assert one.next == "chmod 600 .env"
    env.chmod(0o600)
    assert [one.level for one in of_settings.file(alone, NOW)] == ["ok"]


def test_a_line_of_env_that_sets_nothing(alone, tmp_path):
    (tmp_path / ".env").write_text("VNJP_GAP=2\n\nVNJP_CONTACT desk@monitor.test\n")
    assert "line 3 is no NAME=value" in said(of_settings.file, alone).said


def test_no_contact_address(tmp_path):
    one = said(of_settings.values, settings_of(tmp_path, contact=""))
    assert ("no contact address" in one.said, "VNJP_CONTACT" in one.next) == (True, True)


def test_a_password_file_that_is_not_there_or_open_to_others(tmp_path):
    path = tmp_path / "password"
    settings = settings_of(tmp_path, smtp_password_file=path)
    assert f"VNJP_SMTP_PASSWORD_FILE={path} is not there" in said(of_settings.values, settings).said
    path.write_text("hush")
    path.chmod(0o640)
    assert said(of_settings.values, settings).next == f"chmod 600 {path}"


def test_readers_without_a_mail_server_and_a_list_that_cannot_be_read(alone, tmp_path):
    one = said(of_settings.values, settings_of(tmp_path, recipients="anna@readers.test"))
    assert ("1 readers are set and no mail server" in one.said, "VNJP_SMTP_HOST" in one.next) == (True, True)
    alone.data.mkdir()
    (alone.data / "recipients.csv").write_text("address\nanna\n")
    one = said(of_settings.values, alone)
    assert ("recipients.csv, line 2" in one.said, "vnjp digest recipients list" in one.next) == (True, True)


def test_a_list_of_sources_or_a_dossier_that_cannot_be_read(alone):
    alone.data.mkdir()
    (alone.data / "sources.csv").write_text("source_id,url\ncourier,\n")
    (alone.data / "dossiers.toml").write_text("[[dossier]\n")
    found = [one for one in of_settings.values(alone, NOW) if one.level == "error"]
    assert [one.name for one in found] == ["list of sources", "dossiers"]
    assert ("sources.csv" in found[0].said, "dossiers.toml" in found[1].said) == (True, True)
    assert all(one.next for one in found)


# The data folder


def test_a_data_folder_that_is_a_file_or_lies_below_one(alone, tmp_path):
    alone.data.write_text("")
    one = said(folder.usable, alone)
    assert (f"{alone.data} is a file, not a folder" in one.said, "VNJP_DATA" in one.next) == (True, True)
    one = said(folder.usable, settings_of(tmp_path, data=alone.data / "deeper"))
    assert f"cannot be made: {alone.data} is a file" in one.said


def test_a_data_folder_of_another_user(alone, monkeypatch):
    alone.data.mkdir()
    monkeypatch.setattr(os, "access", lambda path, _mode: path != alone.data)  # root may write everywhere
    one = said(folder.usable, alone)
    assert f"{alone.data} belongs to {alone.data.owner()} and may not be written by this user" in one.said
    assert one.next.startswith("sudo chown -R")


def test_a_data_folder_on_a_network_file_system(alone, tmp_path, monkeypatch):
    alone.data.mkdir()
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda / ext4 rw 0 0\nserver:/x {tmp_path.resolve()} nfs4 rw 0 0\n")
    monkeypatch.setattr(folder, "_MOUNTS", mounts)
    one = said(folder.usable, alone)
    assert ("network file system (nfs4)" in one.said, "local disk" in one.next) == (True, True)
    assert folder.file_system(Path("/elsewhere"), mounts.read_text()) == "ext4"


def test_a_process_that_keeps_a_lock_for_hours_is_named_with_its_command(settings, holding):
    child = holding("collect")
    assert [one.level for one in folder.at_work(settings, datetime.now(UTC))] == ["ok"]
    one = said(folder.at_work, settings, datetime.now(UTC) + timedelta(hours=3))
    assert f"process {child.pid} (python" in one.said
    assert "hangs" in one.said
    assert one.next == f"kill {child.pid}; the next run does what is left"


def test_a_process_that_was_stopped_with_the_lock_in_its_hand(settings, holding):
    child = holding("writer")
    os.kill(child.pid, signal.SIGSTOP)
    os.waitid(os.P_PID, child.pid, os.WSTOPPED | os.WNOWAIT)
    one = said(folder.at_work, settings, datetime.now(UTC))
    assert (", stopped, since" in one.said, one.next) == (True, f"kill -CONT {child.pid}")
    one = said(files.private, settings, datetime.now(UTC))
    assert f"Another run (process {child.pid})" in one.said


def test_a_tool_that_has_the_writers_file_open(settings):
    code = "import duckdb, sys; db = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", code, settings.warehouse.private]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as tool:
        assert tool.stdout.readline() == b"held\n"
        one = said(files.private, settings)
        assert "is open in another program that can write" in one.said
        assert f"It is process {tool.pid} (python" in one.said
        assert one.next == "close it there, then vnjp doctor"
        tool.stdin.close()


def test_nobody_is_named_for_a_lock_that_is_free(settings):
    assert locks.holder(settings.warehouse.private.with_name("writer.lock")) is None
    assert list(folder.at_work(settings, NOW)) == []


# The disk


def test_a_disk_without_room_for_the_next_publish(alone, tmp_path):
    private = alone.warehouse.private
    private.parent.mkdir(parents=True)
    private.touch()
    free = os.statvfs(tmp_path)
    os.truncate(private, free.f_bavail * free.f_frsize)  # it takes no room, and a copy of it would
    one = said(room.space, alone)
    assert ("the next publish and backup need" in one.said, "they will fail" in one.said) == (True, True)
    assert one.level == "error"
    assert f"du -sh {tmp_path}" in one.next


def test_a_disk_that_is_full_in_a_few_weeks(tmp_path):
    one = trouble([room.judged(tmp_path, 10**9, 10**8, 2)])
    assert "full in 2 weeks" in one.said
    assert room.judged(tmp_path, 10**9, 10**8, None).level == "ok"


# The runs


def test_a_run_that_was_killed(settings):
    with changed(settings) as db:
        write.run(db, run(hours=0.5, state="running", finished_at=None))
    one = said(runs.flows, settings)
    assert "the run that began 30 min ago never ended: it was killed" in one.said
    assert (one.level, one.next) == ("warning", "vnjp collect")


def test_a_run_at_work_is_none_that_was_killed(settings, holding):
    with changed(settings) as db:
        write.run(db, run(hours=0.5, state="running", finished_at=None))
    holding("collect")
    assert [one.said for one in runs.flows(settings, NOW)] == ["at work since 30 min."]


def test_nothing_collected_for_six_hours_because_nothing_starts_it(settings):
    one = said(runs.flows, settings, NOW + timedelta(hours=7))
    assert "none ended well for 8 h, and nothing started one since" in one.said
    assert (one.level, one.next) == ("error", "vnjp serve")


def test_nothing_collected_for_six_hours_because_each_one_fails(settings):
    with changed(settings) as db:
        write.run(db, run(hours=-7, state="failed", error="WarehouseError: No space is left on the disk."))
    one = said(runs.flows, settings, NOW + timedelta(hours=7, minutes=30))
    assert "none ended well for 8 h: the last run, 30 min ago, failed: WarehouseError: No space is left" in one.said


def test_a_digest_that_failed_says_why_and_what_its_error_says_to_do(settings):
    error = (
        "UndeliveredError: Issue 2025-W18 did not reach every reader: 1 unknown. `vnjp digest log 2025-W18` lists them."
    )
    with changed(settings) as db:
        write.run(db, run("digest", 30))
        write.run(db, run("digest", 2, state="failed", error=error))
    one = said(runs.flows, settings)
    assert "the last run, 2 h ago, failed: UndeliveredError" in one.said
    assert (one.name, one.level, one.next) == ("digest", "error", "vnjp digest log 2025-W18")


# The sources


@pytest.mark.parametrize(
    ("error", "cause", "cure"),
    [
        ("{}.example has no address: Name or service not known", "names do not resolve here (DNS)", "/etc/resolv.conf"),
        ("no connection to the proxy of VNJP_PROXY: refused", "the proxy of VNJP_PROXY", "VNJP_PROXY"),
        ("the certificate of {}.example does not hold: expired", "certificates are not trusted", "ca-certificates"),
        ("no connection to {}.example within 10 s", "the network is probably down", "vnjp sources check"),
    ],
)
def test_when_no_source_answers_it_is_us(settings, error, cause, cure):
    since = NOW - timedelta(hours=5)
    with changed(settings) as db:
        failing = {"state": "failing", "failing_since": since}
        write.source_health(db, [health(one, error=error.format(one), **failing) for one in doctored.SOURCES])
    one = said(sources.watched, settings)
    assert "all 3 fail, for 5 h" in one.said
    assert (cause in one.said, cure in one.next, one.level) == (True, True, "error")


def test_a_source_that_fails_for_days_is_named(settings):
    with changed(settings) as db:
        write.source_health(
            db,
            [
                health("herald", state="gone", error="410 Gone", failing_since=NOW - timedelta(days=4)),
                health("tribune", state="frozen"),
            ],
        )
    one = said(sources.watched, settings)
    assert "2 of 3 work, 1 failing, 1 silent. For more than three days: Herald (410 Gone)." in one.said
    assert one.next == "vnjp sources check herald"


# The clock


def test_a_clock_that_went_back(settings):
    one = said(clock.steps, settings, NOW - timedelta(hours=3))
    assert ("it went back 2 h" in one.said, "timedatectl" in one.next) == (True, True)


def test_a_clock_before_the_day_on_which_this_was_installed(alone):
    one = said(clock.steps, alone, datetime(2001, 1, 1, tzinfo=UTC))
    assert ("before this program was installed" in one.said, "timedatectl" in one.next) == (True, True)


@pytest.mark.usefixtures("settings")
def test_a_zone_that_was_changed_moves_the_bounds_of_weeks(tmp_path):
    one = said(clock.zone, settings_of(tmp_path, time_zone="Asia/Tokyo"))
    assert "the weeks so far are those of Asia/Ho_Chi_Minh, and VNJP_TIME_ZONE is Asia/Tokyo" in one.said
    assert "VNJP_TIME_ZONE=Asia/Ho_Chi_Minh" in one.next


def test_a_snapshot_that_is_not_published_any_more(settings):
    then = (NOW - timedelta(hours=9)).timestamp()
    os.utime(settings.warehouse.snapshot, (then, then))
    one = said(files.snapshot, settings)
    assert ("runs have written since" in one.said, one.next) == (True, "vnjp maintain")
