"""Secrets: the password comes from one of three places, and no run leaves it, or a reader's address, anywhere."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from flows.mail import mail_of
from flows.password import password_of
from flows.settings import Settings, SettingsError, hidden, load
from tests.command import ROOT, bare
from tests.leaks import leaks
from tests.mailbox import PASSWORD, USER, PostOffice, certify, serving
from tests.orchestrated import Orchestra
from tests.posted import freeze, prepare, settings_of
from warehouse.errors import MendableError

HUSH, BLOCK = "hush hush", "vnjp-smtp"
READER = "canary.reader@readers.test"


def test_the_password_is_read_from_the_environment_or_from_a_file(tmp_path):
    (tmp_path / "password").write_text("hush hush\n")
    assert password_of(load(tmp_path))() == ""
    assert password_of(load(tmp_path, smtp_password=HUSH))() == "hush hush"
    assert password_of(load(tmp_path, smtp_password_file=tmp_path / "password"))() == "hush hush"


def test_two_ways_at_once_are_refused_by_their_names_alone(tmp_path):
    with pytest.raises(
        SettingsError, match=r"^VNJP_SMTP_PASSWORD and VNJP_SMTP_PASSWORD_BLOCK are set\. Keep one"
    ) as e:
        password_of(load(tmp_path, smtp_password=HUSH, smtp_password_block=BLOCK))
    assert "hush" not in str(e.value)


@pytest.mark.parametrize(("held", "said"), [(None, "No such file"), (b"\n", "is empty"), (b"\xff", "it is not UTF-8")])
def test_a_file_that_gives_no_password_is_named(tmp_path, held, said):
    if held is not None:
        (tmp_path / "password").write_bytes(held)
    with pytest.raises(SettingsError, match=rf"VNJP_SMTP_PASSWORD_FILE=.*password.*{said}"):
        password_of(load(tmp_path, smtp_password_file=tmp_path / "password"))


def test_a_block_without_a_server_at_work_says_how_to_have_one(tmp_path):
    ask = password_of(load(tmp_path, data=tmp_path / "data", smtp_password_block=BLOCK))
    with pytest.raises(MendableError, match="vnjp serve"):
        ask()


def test_nothing_that_holds_the_password_shows_it(tmp_path):
    settings = settings_of(tmp_path, "anna")
    assert PASSWORD not in repr(settings)
    assert PASSWORD not in repr(mail_of(settings))
    assert PASSWORD not in str(settings.model_dump())


@pytest.mark.parametrize("name", ["smtp_password", "proxy", "recipients"])
def test_a_hidden_setting_that_cannot_be_used_is_not_shown(tmp_path, name):
    assert hidden(name)
    with pytest.raises(SettingsError, match=rf"VNJP_{name.upper()}=.hidden.") as error:
        load(tmp_path, **{name: ["canary"] if name == "smtp_password" else "canary"})
    assert "canary" not in str(error.value)


def test_a_misspelt_name_does_not_show_its_value(tmp_path):
    (tmp_path / ".env").write_text("VNJP_SMTP_PASSWRD=canary\n")
    with pytest.raises(SettingsError, match="Did you mean VNJP_SMTP_PASSWORD") as error:
        load(tmp_path)
    assert "canary" not in str(error.value)


def test_every_setting_that_sounds_secret_is_hidden():
    secret = {name for name in Settings.model_fields if "password" in name} - {
        "smtp_password_file",
        "smtp_password_block",
    }
    assert {name for name in secret if not hidden(name)} == set()


def test_the_key_of_readers_is_for_its_owner_alone(tmp_path):
    mail_of(settings_of(tmp_path, "anna"))
    [key] = tmp_path.rglob("readers.key")
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


@pytest.mark.parametrize("kind", ["file", "gzip", "sqlite", "duckdb"])
def test_what_looks_for_leaks_finds_one_of_every_kind(tmp_path, kind):
    import gzip
    import sqlite3

    import duckdb

    assert leaks(tmp_path, "canary") == []
    if kind == "file":
        (tmp_path / "a.log").write_text("the canary sings")
    elif kind == "gzip":
        (tmp_path / "a.gz").write_bytes(gzip.compress(b"the canary sings " * 50))
    elif kind == "sqlite":
        with sqlite3.connect(tmp_path / "a.db") as db:
            db.execute("create table t (x)")
            db.execute("insert into t values ('the canary sings')")
        db.close()
    else:
        with duckdb.connect(str(tmp_path / "a.duckdb")) as db:
            db.execute("create table t as select 'the canary sings' as x from range(5000)")
    assert leaks(tmp_path, "canary")


def environment_of(folder, port, pem, **more):
    return bare() | {
        "HOME": str(folder),
        "SSL_CERT_FILE": str(pem),
        "VNJP_DATA": str(folder / "data"),
        "VNJP_SMTP_HOST": "127.0.0.1",
        "VNJP_SMTP_PORT": str(port),
        "VNJP_SMTP_USER": USER,
        "VNJP_SENDER": "digest@monitor.test",
        "VNJP_RECIPIENTS": READER,
    } | more  # fmt: skip


@pytest.fixture
def frozen(tmp_path):
    """Give a folder with an issue that waits for its reader, and a certificate for the mail server."""
    freeze(settings_of(tmp_path / "data", READER, archive_url=""), prepare(tmp_path / "prepared"))
    return tmp_path, certify(tmp_path)


@pytest.mark.long
@pytest.mark.prefect
@pytest.mark.parametrize("way", ["environment", "file"])
@pytest.mark.parametrize("program", ["flows", "tests.blundering"])
def test_a_delivery_leaves_neither_password_nor_reader_behind(frozen, way, program):
    folder, pem = frozen
    office, secret = PostOffice(), folder / "password"
    secret.write_text(PASSWORD)
    given = {"VNJP_SMTP_PASSWORD": PASSWORD} if way == "environment" else {"VNJP_SMTP_PASSWORD_FILE": str(secret)}
    with serving(office, pem) as port:
        done = subprocess.run(
            [sys.executable, "-m", program, "digest", "send"],
            cwd=ROOT, env=environment_of(folder, port, pem, **given), capture_output=True, text=True, check=False,
        )  # fmt: skip
    said = done.stdout + done.stderr
    assert ("a bug" in said) == (program == "tests.blundering"), said
    assert bool(office.mailboxes[READER]) == (program == "flows"), said
    assert (PASSWORD in said, READER in said) == (False, False)
    assert leaks(folder / "data", PASSWORD) == []
    assert leaks(folder / "data", READER) == []


@pytest.mark.long
@pytest.mark.prefect
def test_a_block_gives_the_password_and_a_missing_one_is_named(frozen):
    folder, pem = frozen
    office = PostOffice()
    with serving(office, pem) as port:
        orchestra = Orchestra(folder, **environment_of(folder, port, pem, VNJP_SMTP_PASSWORD_BLOCK=BLOCK))
        with orchestra.server():
            with pytest.raises(AssertionError, match="Prefect has no Secret block of this name"):
                orchestra.vnjp("digest", "send")
            make = "from prefect.blocks.system import Secret; Secret(value=input()).save('vnjp-smtp')"
            subprocess.run(
                [sys.executable, "-c", make],
                input=PASSWORD, text=True, env=orchestra.environment, check=True, stdout=subprocess.DEVNULL,
            )  # fmt: skip
            orchestra.vnjp("digest", "send")
    assert office.mailboxes[READER]
    assert leaks(folder / "data", PASSWORD) == []
    assert leaks(Path(orchestra.environment["PREFECT_HOME"]), PASSWORD) == [], "Prefect keeps blocks encrypted"
