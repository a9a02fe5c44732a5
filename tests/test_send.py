"""flows/send, with the real ledger and a real mail server: one copy for each reader, and the truth about the others."""

from __future__ import annotations

import contextlib
import json
import re
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from hashlib import sha256
from pathlib import Path

import pytest

from flows.digest import send_with
from flows.send import UndeliveredError
from flows.steps import inline
from flows.tell.words import plain
from tasks.deliver import Mail, MailServerError
from tasks.deliver.message import reader_key
from tests.command import ROOT, vnjp
from tests.mailbox import PASSWORD, USER, PostOffice, certify, dawdle, hang_up, once, says, serving
from tests.posted import MONDAY, freeze, job, ledger, prepare, settings_of, wake
from warehouse import write
from warehouse.errors import MendableError
from warehouse.records import Delivery

HOUR = timedelta(hours=1)
SEVEN = ("anna", "full", "gone", "busy", "lost", "slow", "binh")


@pytest.fixture(scope="module")
def pem(tmp_path_factory) -> Path:
    return certify(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def week(tmp_path_factory) -> Path:
    """Give a data folder with a frozen issue that has no readers yet."""
    return prepare(tmp_path_factory.mktemp("frozen"))


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


@pytest.fixture
def port(office, pem, monkeypatch) -> Iterator[int]:
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with serving(office, pem) as port:
        yield port


def copies(office: PostOffice) -> dict[str, int]:
    return {address.partition("@")[0]: len(held) for address, held in office.mailboxes.items()}


def failed(settings, now=MONDAY) -> str:
    """Run the flow, which fails; give its sentence."""
    with pytest.raises(UndeliveredError) as error:
        wake(settings, now)
    return str(error.value)


@pytest.mark.long
def test_three_runs_leave_one_copy_a_mailbox_say_whom_they_did_not_reach_and_keep_no_address(
    office, port, tmp_path, week
) -> None:
    office.hooks = {
        ("RCPT", "full@readers.test"): once(says("452 mailbox full")),
        ("RCPT", "gone@readers.test"): says("550 <GONE@readers.test> is nobody here"),
        ("DATA", "busy@readers.test"): once(says("451 try again")),
        ("FILED", "lost@readers.test"): hang_up,
        ("FILED", "slow@readers.test"): dawdle(0.3),
    }
    settings = settings_of(tmp_path, *SEVEN, port=port)
    freeze(settings, week)
    said = failed(settings)
    assert "2025-W18 did not reach every reader: 2 deferred, 1 rejected, 3 sent, 1 unknown" in said
    assert "resend --unknown 2025-W18" in said
    counts = wake(settings, MONDAY + HOUR)
    assert (counts["letters_sent"], counts["letters"]) == (2, 2)
    assert wake(settings, MONDAY + 2 * HOUR).get("letters", 0) == 0
    everybody = dict.fromkeys(SEVEN, "sent") | {"gone": "rejected", "lost": "unknown"}
    assert ledger(settings) == everybody
    assert copies(office) == {name: 1 for name in SEVEN if name != "gone"}
    with settings.warehouse.reader() as db:
        assert db.execute("select reply from base.deliveries where code = 550").fetchall() == [
            ("<(the reader)> is nobody here",)
        ]
    assert b"gone@readers.test" not in settings.warehouse.snapshot.read_bytes().lower()


@pytest.mark.long
def test_what_may_have_arrived_is_sent_again_only_when_asked_and_under_the_same_message_id(
    office, port, tmp_path, week
) -> None:
    office.hooks = {("FILED", "lost@readers.test"): once(hang_up)}
    settings = settings_of(tmp_path, "lost", port=port)
    freeze(settings, week)
    failed(settings)
    for _ in range(2):
        wake(settings, MONDAY + HOUR)
    assert copies(office) == {"lost": 1}
    counts = send_with(job(settings, MONDAY + 2 * HOUR), inline, again=True)
    assert counts["letters_sent"] == 1
    first, second = (message_from_bytes(one) for one in office.mailboxes["lost@readers.test"])
    assert first["Message-ID"] == second["Message-ID"]
    assert first.as_bytes() == second.as_bytes()


@pytest.mark.long
def test_a_refusal_of_ours_marks_nobody_and_the_next_run_serves_everybody(
    office, port, tmp_path, week, pem, monkeypatch
):
    settings = settings_of(tmp_path, "anna", "binh", port=port)
    freeze(settings, week)
    office.hooks = {("MAIL", ""): once(says("550 sender refused"))}
    with pytest.raises(MailServerError, match="MAIL FROM failed: 550"):
        wake(settings)
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(MailServerError, match="CERTIFICATE_VERIFY_FAILED"):
        wake(settings)
    assert ledger(settings) == {"anna": "pending", "binh": "pending"}
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    wake(settings)
    assert copies(office) == {"anna": 1, "binh": 1}


@pytest.mark.long
def test_deferred_readers_are_no_failure_unless_nobody_was_reached(office, port, tmp_path, week):
    settings = settings_of(tmp_path, "anna", "full", port=port)
    freeze(settings, week)
    office.hooks = {("RCPT", ""): says("452 come back later")}
    assert "reach every reader: 2 deferred" in failed(settings)
    office.hooks = {("RCPT", "full@readers.test"): says("452 mailbox full")}
    counts = wake(settings, MONDAY + HOUR)
    assert (counts["letters_sent"], counts["letters_deferred"]) == (1, 1)


def test_a_reader_of_some_topics_gets_those_stories_and_the_ledger_the_hash_of_these_bytes(
    office, port, tmp_path, week
):
    settings = settings_of(tmp_path, "anna", port=port)
    rows = "address,language,topics\nbinh@readers.test,,security\nchi@readers.test,ja,security\n"
    (tmp_path / "recipients.csv").write_text(rows)
    freeze(settings, week)
    wake(settings)
    arrived = {name: office.mailboxes[f"{name}@readers.test"][0] for name in ("anna", "binh", "chi")}
    text = {
        name: " ".join(message_from_bytes(one, policy=policy.default).get_body(("plain",)).get_content().split())
        for name, one in arrived.items()
    }
    assert "Your copy" not in text["anna"]
    assert re.search(r"Your copy: security\. \d+ other stories are in the whole issue\.", text["binh"])
    assert "お選びの内容：安全保障。" in text["chi"]
    assert len(text["binh"]) < len(text["anna"])
    with settings.warehouse.writer() as db:
        hashes = db.execute("select body_sha256 from base.deliveries where status = 'sent'").fetchall()
    assert {one for (one,) in hashes} == {sha256(one).hexdigest() for one in arrived.values()}


@pytest.mark.long
def test_what_was_only_written_to_files_is_sent_when_asked_and_never_by_itself(office, port, tmp_path, week):
    dry = settings_of(tmp_path, "anna", "binh")
    freeze(dry, week)
    assert wake(dry)["letters_written"] == 2
    settings = settings_of(tmp_path, "anna", "binh", port=port)
    assert "letters" not in {name for name, count in wake(settings).items() if count}
    assert send_with(job(settings), inline, "2025-W18")["letters_sent"] == 2
    assert send_with(job(dry), inline, "2025-W18")["letters"] == 0
    assert ledger(dry) == {"anna": "sent", "binh": "sent"}
    assert copies(office) == {"anna": 1, "binh": 1}


@pytest.mark.long
def test_a_letter_that_the_first_release_left_on_its_way_is_sent_once(office, port, tmp_path, week):
    settings = settings_of(tmp_path, "anna", "binh", port=port)
    freeze(settings, week)
    unkeyed = [reader_key(f"{name}@readers.test", Mail()) for name in ("anna", "binh")]
    with settings.warehouse.writer() as db:
        db.execute("delete from base.deliveries")
        for key, status in zip(unkeyed, ("deferred", "sent"), strict=True):
            write.delivery(db, Delivery("2025-W18", key, "<x>", "", status, 1, 452, "", MONDAY))
    for hour in range(2):
        wake(settings, MONDAY + hour * HOUR)
    assert ledger(settings) == {"anna": "sent", "binh": "sent"}
    assert copies(office) == {"anna": 1}
    with settings.warehouse.writer() as db:
        assert db.execute("select count(*) from base.deliveries").fetchall() == [(2,)]


def test_a_week_that_is_not_frozen_cannot_be_sent(tmp_path, week):
    settings = settings_of(tmp_path, "anna")
    freeze(settings, week)
    with pytest.raises(MendableError, match=r"2025-W19 is not frozen\. `vnjp digest build 2025-W19` freezes it"):
        send_with(job(settings), inline, "2025-W19")


THREE = ("anna", "binh", "chi")
COMMITS = [(0, "before"), (0, "within"), (1, "before"), (1, "within"), (2, "before"), (3, "within")]
WORDS = ["EHLO", "MAIL", "RCPT", "DATA", "FILED"]


def send_killed(moment, office: PostOffice, settings, port: int) -> None:
    """Send to three readers from a process that is killed at a moment."""
    count, side = (99, "before") if isinstance(moment, str) else moment
    command = [sys.executable, "-m", "tests.posted", settings.data, port, count, side, *THREE]
    process = subprocess.Popen([str(one) for one in command], cwd=ROOT)

    async def kill(*_: object) -> str:
        process.kill()
        process.wait()
        return ""

    if isinstance(moment, str):
        office.hooks = {(moment, "" if moment in {"EHLO", "MAIL"} else "binh@readers.test"): once(kill)}
    assert process.wait(60) == -signal.SIGKILL


def check_killed(moment, office, port, tmp_path, week) -> None:
    settings = settings_of(tmp_path, *THREE, port=port)
    freeze(settings, week)
    send_killed(moment, office, settings, port)
    for hour in (1, 2):
        with contextlib.suppress(UndeliveredError):
            wake(settings, MONDAY + hour * HOUR)
    states, held = ledger(settings), copies(office)
    assert sorted(states.values()) in (["sent"] * 3, ["sent"] * 2 + ["unknown"])
    assert all(held.get(name) == 1 for name in THREE if states[name] == "sent")
    assert all(held.get(name, 0) <= 1 for name in THREE)


@pytest.mark.long
@pytest.mark.parametrize("moment", [*COMMITS, *WORDS])
def test_killed_at_any_moment_every_reader_has_one_copy_or_is_known_to_be_uncertain(
    moment, office, port, tmp_path, week
):
    check_killed(moment, office, port, tmp_path, week)


@pytest.mark.long
def test_a_hundred_readers_get_theirs_in_one_session(office, port, tmp_path, week):
    settings = settings_of(tmp_path, *(f"reader{n}" for n in range(100)), port=port)
    freeze(settings, week)
    assert wake(settings)["letters_sent"] == 100
    assert (office.sessions, Counter(copies(office).values())) == (1, {1: 100})


@pytest.mark.long
@pytest.mark.prefect
def test_a_run_that_could_not_reach_a_reader_fails_for_prefect_ends_with_3_and_leaves_a_summary(
    office, port, tmp_path, week, pem
):
    office.hooks = {("RCPT", "gone@readers.test"): says("550 no such user")}
    freeze(settings_of(tmp_path, "anna", "gone", port=port), week)
    given = {
        "VNJP_DATA": tmp_path, "VNJP_SMTP_HOST": "127.0.0.1", "VNJP_SMTP_PORT": port, "VNJP_SMTP_USER": USER,
        "VNJP_SMTP_PASSWORD": PASSWORD, "VNJP_SENDER": "digest@monitor.test", "VNJP_LANGUAGES": "en,ja",
        "VNJP_RECIPIENTS": "anna@readers.test,gone@readers.test", "SSL_CERT_FILE": pem, "HOME": tmp_path,
    }  # fmt: skip
    ran = vnjp("digest", "send", "--json", **given)
    assert ran.returncode == 3, ran.stderr
    assert json.loads(ran.stdout) == {"letters": 2, "letters_sent": 1, "letters_rejected": 1}
    said = "Issue 2025-W18 did not reach every reader: 1 rejected, 1 sent."
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr
    assert copies(office) == {"anna": 1}
    assert "rejected: gone@readers.test, at try 1: 550 no such user" in vnjp("digest", "log", **given).stdout
    with contextlib.closing(sqlite3.connect(tmp_path / "prefect" / "prefect.db")) as db:
        [(state, why)] = db.execute(
            "select r.state_type, s.message from flow_run r join flow_run_state s on s.id = r.state_id"
        ).fetchall()
        [(data,)] = db.execute("select data from artifact where key = 'vnjp-issue-2025-w18'").fetchall()
    assert (state, said in why) == ("FAILED", True)
    assert "* Readers: 1 rejected, 1 sent" in json.loads(data)
    assert "readers.test" not in data


def test_what_outlets_wrote_stays_plain_text_in_the_summary():
    hostile = "![x](http://evil.example/) <img src=x> `a` [b](c) # *d* | _e_ &amp;\n# f"
    shown = plain(hostile)
    assert "\n" not in shown
    assert "<" not in shown
    assert not re.search(r"(?<!\\)[\[\]()`*_#|!]", shown)
