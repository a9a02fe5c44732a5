"""Delivery: the same bytes at every attempt, no reader twice, nobody marked for a failure of ours."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import ssl
import subprocess
import sys
import textwrap
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.deliver import Letter, Mail, MailServerError, deliver, message, write
from tasks.deliver.subject import WORD, encoded_words
from tests.mailbox import PASSWORD, USER, PostOffice, certify, close, dawdle, hang_up, once, says, serving
from warehouse.records import Delivery

NOW = datetime(2025, 5, 5, 1, 0, tzinfo=UTC)
LATER = datetime(2025, 5, 6, 1, 0, tzinfo=UTC)
SECRET = "kept for life"  # noqa: S105 - of the tests alone
LETTER = Letter(
    week="2025-W18",
    recipient="anna@readers.test",
    subject="Thủ tướng Nhật Bản thăm Việt Nam · 日越首脳会談 · Vietnam-Japan weekly",
    html="<p lang='ja'>日越関係</p>\n.\n<p>" + "dài " * 500 + "</p>\n",
    text="Quan hệ Việt-Nhật\n.\n..two dots\nFrom here on\n" + "長い" * 600 + "\n",
    language="en",
    frozen_at=datetime(2025, 5, 5, 0, 30, tzinfo=UTC),
)
MAIL = Mail(
    sender="digest@monitor.test",
    sender_name="Tin Việt–Nhật 日越",
    list_id="weekly.monitor.test",
    secret=SECRET,
)


def parsed(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=policy.default)


# --- the message ------------------------------------------------------------------------------------------------------


def test_a_letter_becomes_the_same_bytes_every_time() -> None:
    assert message(LETTER, MAIL) == message(replace(LETTER), replace(MAIL))


def test_a_message_is_ascii_with_crlf_and_no_line_over_998() -> None:
    data = message(LETTER, MAIL)
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 998


def test_both_bodies_arrive_as_they_were() -> None:
    plain, html = parsed(message(LETTER, MAIL)).iter_parts()
    assert (plain.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert plain.get_content().replace("\r\n", "\n") == LETTER.text
    assert html.get_content().replace("\r\n", "\n") == LETTER.html
    assert {part["Content-Transfer-Encoding"] for part in (plain, html)} == {"quoted-printable"}


def test_headers_say_who_when_and_that_it_is_a_list() -> None:
    mail = parsed(message(LETTER, MAIL))
    assert mail["From"].addresses[0].display_name == "Tin Việt–Nhật 日越"
    assert mail["From"].addresses[0].addr_spec == "digest@monitor.test"
    assert mail["To"] == "anna@readers.test"
    assert mail["Subject"] == LETTER.subject
    assert mail["Date"].datetime == LETTER.frozen_at
    assert mail["List-Id"] == "<weekly.monitor.test>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Precedence"] == "bulk"
    assert mail["Content-Language"] == "en"
    assert mail["List-Unsubscribe"] is mail["List-Unsubscribe-Post"] is mail["List-Archive"] is None


def test_message_id_is_one_for_a_reader_and_a_week_and_hides_the_address() -> None:
    def made(letter: Letter, mail: Mail = MAIL) -> str:
        return str(parsed(message(letter, mail))["Message-ID"])

    assert made(LETTER).startswith("<2025-w18.")
    assert made(LETTER).endswith("@monitor.test>")
    assert "anna" not in made(LETTER)
    assert made(LETTER) == made(replace(LETTER, subject="other", recipient="Anna@Readers.test"))
    others = [replace(LETTER, recipient="binh@readers.test"), replace(LETTER, week="2025-W19")]
    assert len({made(LETTER), *map(made, others), made(LETTER, replace(MAIL, secret=SECRET[1:]))}) == 4


def test_one_click_unsubscribe_is_offered_only_with_a_link_that_takes_it() -> None:
    mailto = parsed(message(LETTER, replace(MAIL, unsubscribe_mailto="leave@monitor.test")))
    assert mailto["List-Unsubscribe"] == "<mailto:leave@monitor.test?subject=unsubscribe>"
    assert mailto["List-Unsubscribe-Post"] is None
    both = replace(MAIL, unsubscribe_mailto="leave@monitor.test", unsubscribe_https="https://monitor.test/u?r={reader}")
    link, address = str(parsed(message(LETTER, both))["List-Unsubscribe"]).split(", ")
    assert link.startswith("<https://monitor.test/u?r=")
    assert "{" not in link
    assert address == mailto["List-Unsubscribe"]
    assert parsed(message(LETTER, both))["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize(
    ("letter", "mail", "header"),
    [
        ({"subject": "News\r\nBcc: all@readers.test"}, {}, "Subject"),
        ({"subject": "News\nBcc: all@readers.test"}, {}, "Subject"),
        ({"subject": "日越\x00"}, {}, "Subject"),
        ({"subject": "日越\u2028Bcc: x"}, {}, "Subject"),
        ({"subject": "safe \u202etxt.exe"}, {}, "Subject"),
        ({"subject": "half \ud83d"}, {}, "Subject"),
        ({"recipient": "anna@readers.test\r\nBcc: all@readers.test"}, {}, "To"),
        ({"recipient": "anna@readers.test, all@readers.test"}, {}, "To"),
        ({"recipient": "anna@readers.test> SIZE=1"}, {}, "To"),
        ({"recipient": "ánna@readers.test"}, {}, "To"),
        ({"recipient": "anna"}, {}, "To"),
        ({"recipient": "a" * 300 + "@readers.test"}, {}, "To"),
        ({"language": "en\r\nBcc: x"}, {}, None),
        ({"week": "2025-W18>\r\nBcc: x"}, {}, "Message-ID"),
        ({"archive": "javascript:alert(1)"}, {}, "List-Archive"),
        ({"archive": "https://monitor.test/>\r\nBcc: x"}, {}, "List-Archive"),
        ({"archive": "https://monitor.test/" + "a" * 1000}, {}, "List-Archive"),
        ({}, {"sender_name": "Tin\r\nBcc: x"}, "From"),
        ({}, {"sender": "digest@monitor.test\nBcc: x"}, "From"),
        ({}, {"list_id": "weekly\r\nBcc: x"}, "List-Id"),
        ({}, {"unsubscribe_https": "http://monitor.test/\r\nBcc: x"}, "List-Unsubscribe"),
        ({}, {"unsubscribe_mailto": "leave@monitor.test?body=x"}, "List-Unsubscribe"),
    ],
)
def test_what_would_break_a_header_is_refused_by_its_name(letter, mail, header) -> None:
    if header is None:
        assert parsed(message(replace(LETTER, **letter), replace(MAIL, **mail)))["Bcc"] is None
        return
    with pytest.raises(ValueError, match=f"^{header}: "):
        message(replace(LETTER, **letter), replace(MAIL, **mail))


@pytest.mark.parametrize(
    "name", ['"; <all@readers.test>,', "=?utf-8?q?x?=", "Nhà\\báo", "日" * 80, "a, b@c.test", "x" * 90, "back\\slash"]
)
def test_a_hostile_sender_name_stays_a_name(name) -> None:
    raw = message_from_bytes(message(LETTER, replace(MAIL, sender_name=name)))["From"]
    ((words, address),) = getaddresses([raw])
    assert str(make_header(decode_header(words))) == name
    assert address == "digest@monitor.test"


def test_a_sender_without_a_name_is_an_address() -> None:
    assert parsed(message(LETTER, replace(MAIL, sender_name="")))["From"] == "digest@monitor.test"


# --- the subject ------------------------------------------------------------------------------------------------------

WORDS = (
    'ODA Vietnam Japan weekly visit of the 5,000 (new) e-mail: — « » "quoted" ½ 🇻🇳🇯🇵 Đà Nẵng đường sắt cao tốc Bắc–Nam '
    "Thủ tướng Việt Nam Quốc hội 日本 越南 日越首脳会談 石破茂首相 高速鉄道 育成就労 ベトナム ﾃｽﾄ 、。 =?x?= a"
    + "b"
    * 80
).split()


def test_4000_random_subjects_in_three_languages_survive() -> None:
    draw = random.Random(20250505)
    for _ in range(4_000):
        spaces = draw.choices([" ", "", "  "], weights=[8, 3, 1], k=12)
        subject = "".join(
            word + space for word, space in zip(draw.choices(WORDS, k=draw.randint(1, 12)), spaces, strict=False)
        )
        head, _, _ = message(replace(LETTER, subject=subject), MAIL).partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        assert max(map(len, lines)) <= 78
        raw = parsed(head + b"\r\n\r\n")
        assert raw["Subject"] == subject
        assert str(make_header(decode_header(message_from_bytes(head)["Subject"]))) == subject


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300), st.integers(40, WORD))
def test_encoded_words_are_short_and_each_holds_whole_characters(text, first) -> None:
    words = encoded_words(text, first)
    assert len(words[0]) <= first
    assert all(len(word) <= WORD for word in words)
    pieces = [decode_header(word)[0] for word in words]
    assert "".join(piece.decode("utf-8") for piece, _ in pieces) == text  # decode fails on half a character


# --- sending ----------------------------------------------------------------------------------------------------------


class Ledger(dict[str, Delivery]):
    """What a warehouse would hold: the last state by recipient, and the order in which states were committed."""

    def __init__(self) -> None:
        self.history: list[tuple[str, str]] = []

    def record(self, delivery: Delivery) -> None:
        self.history.append((delivery.recipient, delivery.status))
        self[delivery.recipient] = delivery

    def states(self) -> dict[str, str]:
        return {recipient.partition("@")[0]: delivery.status for recipient, delivery in self.items()}


@pytest.fixture(scope="module")
def pem(tmp_path_factory) -> Path:
    return certify(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def trust(pem) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=pem)


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


@pytest.fixture
def mail(office, pem) -> Iterator[Mail]:
    with serving(office, pem) as port:
        yield replace(MAIL, host="127.0.0.1", port=port, user=USER, password=lambda: PASSWORD, timeout=2.0)


def letters(*names: str) -> list[Letter]:
    return [replace(LETTER, recipient=f"{name}@readers.test") for name in names]


def copies(office: PostOffice) -> dict[str, int]:
    return {address.partition("@")[0]: len(held) for address, held in office.mailboxes.items()}


def test_three_runs_leave_exactly_one_copy_in_every_accepting_mailbox(office, mail, trust) -> None:
    office.hooks = {
        ("RCPT", "full@readers.test"): once(says("452 mailbox full")),
        ("RCPT", "gone@readers.test"): says("550 no such user"),
        ("DATA", "busy@readers.test"): once(says("451 try again")),
        ("FILED", "lost@readers.test"): hang_up,
    }
    ledger, everybody = Ledger(), letters("anna", "full", "gone", "busy", "lost", "binh")

    first = deliver(everybody, mail, {}, ledger.record, NOW, tls=trust)
    assert Counter(known.status for known in first) == {"sent": 2, "deferred": 2, "rejected": 1, "unknown": 1}
    assert [known.recipient for known in first] == [letter.recipient for letter in everybody]
    assert (ledger["gone@readers.test"].code, ledger["gone@readers.test"].reply) == (550, "no such user")

    deliver(everybody, mail, ledger, ledger.record, LATER, tls=trust)
    expected = {"anna": "sent", "full": "sent", "gone": "rejected", "busy": "sent", "lost": "unknown", "binh": "sent"}
    assert ledger.states() == expected
    assert ledger["full@readers.test"].attempts == 2

    before = len(ledger.history)
    third = deliver(everybody, mail, ledger, ledger.record, LATER, tls=trust)
    assert third == tuple(ledger[letter.recipient] for letter in everybody)
    assert len(ledger.history) == before
    assert copies(office) == {"anna": 1, "full": 1, "busy": 1, "lost": 1, "binh": 1}


def test_the_bytes_that_arrive_are_the_bytes_of_the_ledger(office, mail, trust) -> None:
    (known,) = deliver(letters("anna"), mail, {}, Ledger().record, NOW, tls=trust)
    (arrived,) = office.mailboxes["anna@readers.test"]
    assert arrived == message(LETTER, mail)
    assert parsed(arrived)["Message-ID"] == known.message_id


def test_each_phase_is_committed_before_the_next(mail, trust) -> None:
    ledger = Ledger()
    deliver(letters("anna", "binh"), mail, {}, ledger.record, NOW, tls=trust)
    anna, binh = "anna@readers.test", "binh@readers.test"
    assert ledger.history == [
        (anna, "pending"),
        (binh, "pending"),
        (anna, "handing_over"),
        (anna, "sent"),
        (binh, "handing_over"),
        (binh, "sent"),
    ]


def test_a_hundred_readers_share_one_session(office, pem, trust) -> None:
    with serving(office, pem, implicit=True) as port:
        mail = replace(MAIL, host="127.0.0.1", port=port, security="tls", user=USER, password=lambda: PASSWORD)
        everybody = letters(*(f"reader{number}" for number in range(100)))
        outcome = deliver(everybody, mail, {}, Ledger().record, NOW, tls=trust)
    assert {known.status for known in outcome} == {"sent"}
    assert set(copies(office).values()) == {1}
    assert (len(office.mailboxes), office.sessions) == (100, 1)


def test_a_reader_put_off_sixty_four_times_is_given_up(office, mail, trust) -> None:
    office.hooks = {("RCPT", "anna@readers.test"): says("452 mailbox full")}
    ledger = Ledger()
    ledger.record(Delivery("2025-W18", "anna@readers.test", "<x>", "", "deferred", 62, 452, "", NOW))
    for status in ("deferred", "rejected", "rejected"):
        deliver(letters("anna"), mail, ledger, ledger.record, LATER, tls=trust)
        assert ledger.states() == {"anna": status}
    assert (ledger["anna@readers.test"].attempts, office.phases["RCPT"]) == (64, 2)


def test_a_link_lost_before_the_verdict_is_unknown_and_never_sent_again(office, mail, trust) -> None:
    office.hooks = {("DATA", "anna@readers.test"): hang_up}
    ledger = Ledger()
    for _ in range(3):
        deliver(letters("anna", "binh"), mail, ledger, ledger.record, NOW, tls=trust)
    assert ledger.states() == {"anna": "unknown", "binh": "sent"}
    assert office.phases["RCPT"] == 2


def test_a_server_that_never_answers_a_message_makes_it_unknown(office, mail, trust) -> None:
    office.hooks = {("FILED", "anna@readers.test"): dawdle(60)}
    ledger = Ledger()
    deliver(letters("anna", "binh"), replace(mail, timeout=0.1), {}, ledger.record, NOW, tls=trust)
    assert ledger.states() == {"anna": "unknown", "binh": "sent"}


def test_a_server_that_is_slow_but_answers_is_waited_for(office, mail, trust) -> None:
    office.hooks = {("FILED", "anna@readers.test"): dawdle(0.3)}
    ledger = Ledger()
    deliver(letters("anna"), replace(mail, timeout=0.1), {}, ledger.record, NOW, tls=trust)
    assert ledger.states() == {"anna": "sent"}


def test_a_delivery_found_under_way_is_unknown_without_a_word_to_the_server(office, mail, trust) -> None:
    ledger = Ledger()
    ledger.record(Delivery("2025-W18", "anna@readers.test", "<x>", "", "handing_over", 1, 354, "", NOW))
    deliver(letters("anna"), mail, ledger, ledger.record, LATER, tls=trust)
    assert ledger.states() == {"anna": "unknown"}
    assert office.sessions == 0


def test_an_unknown_passed_as_pending_is_sent_again_under_its_message_id(office, mail, trust) -> None:
    office.hooks = {("DATA", "anna@readers.test"): once(hang_up)}
    (lost,) = deliver(letters("anna"), mail, {}, Ledger().record, NOW, tls=trust)
    again = {lost.recipient: replace(lost, status="pending")}
    (sent,) = deliver(letters("anna"), mail, again, Ledger().record, LATER, tls=trust)
    assert (lost.status, sent.status, sent.attempts) == ("unknown", "sent", 2)
    assert sent.message_id == lost.message_id


@pytest.mark.parametrize("phase", ["MAIL", "RCPT"])
@pytest.mark.parametrize("ending", [close, hang_up])
def test_a_session_closed_between_messages_is_opened_once_more(office, mail, trust, phase, ending) -> None:
    office.hooks = {(phase, "" if phase == "MAIL" else "binh@readers.test"): once(ending)}
    ledger = Ledger()
    deliver(letters("anna", "binh", "chi"), mail, {}, ledger.record, NOW, tls=trust)
    assert set(ledger.states().values()) == {"sent"}
    assert copies(office) == {"anna": 1, "binh": 1, "chi": 1}
    assert office.sessions == 2


def test_a_reader_at_whom_the_server_always_hangs_up_is_deferred_and_the_others_served(office, mail, trust) -> None:
    office.hooks = {("RCPT", "binh@readers.test"): close}
    ledger = Ledger()
    deliver(letters("anna", "binh", "chi"), mail, {}, ledger.record, NOW, tls=trust)
    assert ledger.states() == {"anna": "sent", "binh": "deferred", "chi": "sent"}


@pytest.mark.parametrize("refusal", [says("550 sender refused"), says("530 log in first"), close, hang_up])
def test_a_refusal_of_the_sender_stops_the_run_and_marks_nobody(office, mail, trust, refusal) -> None:
    office.hooks = {("MAIL", ""): refusal}
    ledger = Ledger()
    with pytest.raises(MailServerError, match=r"127\.0\.0\.1:\d+ \(starttls\): MAIL FROM failed: .*; check"):
        deliver(letters("anna", "binh"), mail, {}, ledger.record, NOW, tls=trust)
    assert ledger.states() == {"anna": "pending", "binh": "pending"}
    office.hooks = {}
    deliver(letters("anna", "binh"), mail, ledger, ledger.record, LATER, tls=trust)
    assert copies(office) == {"anna": 1, "binh": 1}


def test_a_login_asked_for_at_the_recipient_concerns_us_too(office, mail, trust) -> None:
    office.hooks = {("RCPT", "binh@readers.test"): says("530 5.7.0 authentication required")}
    ledger = Ledger()
    with pytest.raises(MailServerError, match="RCPT TO failed: 530"):
        deliver(letters("anna", "binh"), mail, {}, ledger.record, NOW, tls=trust)
    assert ledger.states() == {"anna": "sent", "binh": "pending"}


def test_a_sender_put_off_defers_the_reader_of_that_moment(office, mail, trust) -> None:
    office.hooks = {("MAIL", ""): once(says("410 not now"))}
    ledger = Ledger()
    deliver(letters("anna", "binh"), mail, {}, ledger.record, NOW, tls=trust)
    assert ledger.states() == {"anna": "deferred", "binh": "sent"}


def refused(mail: Mail, tls: ssl.SSLContext | None) -> str:
    """Try to send, be refused, see that nobody is marked; give the sentence."""
    ledger = Ledger()
    with pytest.raises(MailServerError) as error:
        deliver(letters("anna"), mail, {}, ledger.record, NOW, tls=tls)
    assert ledger.states() == {"anna": "pending"}
    assert PASSWORD not in str(error.value)
    return str(error.value)


def test_an_untrusted_certificate_is_refused(mail, office) -> None:
    assert "STARTTLS failed: [SSL: CERTIFICATE_VERIFY_FAILED]" in refused(mail, None)
    assert not office.mailboxes


def test_a_certificate_for_another_host_is_refused(office, tmp_path) -> None:
    other = certify(tmp_path, "127.0.0.2")
    with serving(office, other, implicit=True) as port:
        mail = replace(MAIL, host="127.0.0.1", port=port, security="tls", timeout=2.0)
        assert "IP address mismatch" in refused(mail, ssl.create_default_context(cafile=other))


def test_a_wrong_password_is_named(mail, trust) -> None:
    assert "the login failed: 535" in refused(replace(mail, password=lambda: SECRET), trust)


def test_a_password_that_smtp_cannot_carry_is_not_shown(mail, trust) -> None:
    sentence = refused(replace(mail, password=lambda: "mật khẩu"), trust)
    assert "the login failed: a character outside ASCII" in sentence
    assert "mật" not in sentence


def test_a_server_without_starttls_gets_no_mail_and_no_password(office, trust) -> None:
    with serving(office, None) as port:
        mail = replace(MAIL, host="127.0.0.1", port=port, user=USER, password=lambda: PASSWORD, timeout=2.0)
        assert "STARTTLS failed: STARTTLS extension not supported" in refused(mail, trust)


def test_a_password_never_travels_unencrypted_beyond_this_machine(office, monkeypatch) -> None:
    with serving(office, None) as port:
        reach = socket.create_connection
        monkeypatch.setattr(socket, "create_connection", lambda _, *rest: reach(("127.0.0.1", port), *rest))
        mail = replace(
            MAIL, host="mail.test", port=port, security="none", user=USER, password=lambda: PASSWORD, timeout=2.0
        )
        assert "unencrypted" in refused(mail, None)


def test_a_server_that_is_not_there_is_named(mail) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    assert "the connection failed" in refused(replace(mail, port=port), None)


def test_a_server_that_does_not_greet_is_given_up(mail) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        assert "timed out" in refused(replace(mail, port=port, timeout=0.2), None)


def test_what_is_no_smtp_server_is_named(mail) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        def answer() -> None:
            with other.accept()[0] as client:
                client.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        server = threading.Thread(target=answer)
        server.start()
        assert "the connection failed" in refused(replace(mail, port=port), None)
        server.join()


def test_one_mailbox_written_in_two_ways_gets_one_copy(office, mail, trust) -> None:
    twice = [*letters("anna"), replace(LETTER, recipient="ANNA@readers.test")]
    assert len(deliver(twice, mail, {}, Ledger().record, NOW, tls=trust)) == 1
    ledger = Ledger()
    deliver(letters("binh"), mail, {}, ledger.record, NOW, tls=trust)
    deliver([replace(LETTER, recipient="Binh@Readers.test")], mail, ledger, ledger.record, NOW, tls=trust)
    assert copies(office) == {"anna": 1, "binh": 1}


def test_last_weeks_delivery_does_not_stand_for_this_weeks(office, mail, trust) -> None:
    ledger = Ledger()
    deliver(letters("anna"), mail, {}, ledger.record, NOW, tls=trust)
    deliver([replace(LETTER, week="2025-W19")], mail, ledger, ledger.record, LATER, tls=trust)
    assert copies(office) == {"anna": 2}


def test_an_impossible_address_is_rejected_and_the_others_are_served(office, mail, trust) -> None:
    ledger, hostile = Ledger(), replace(LETTER, recipient="x@readers.test>\r\nRCPT TO:<all@readers.test")
    deliver([hostile, *letters("anna")], mail, {}, ledger.record, NOW, tls=trust)
    assert [known.status for known in ledger.values()] == ["rejected", "sent"]
    assert copies(office) == {"anna": 1}


def test_a_hostile_subject_stops_everything_before_the_first_word(office, mail, trust) -> None:
    ledger = Ledger()
    with pytest.raises(ValueError, match=r"^Subject: "):
        deliver([*letters("binh"), replace(LETTER, subject="a\nb")], mail, {}, ledger.record, NOW, tls=trust)
    assert (office.sessions, ledger) == (0, {})


@pytest.mark.parametrize("nowhere", [None, MAIL])
def test_without_a_mail_server_every_letter_stays_pending(nowhere) -> None:
    ledger = Ledger()
    assert [known.status for known in deliver(letters("anna"), nowhere, {}, ledger.record, NOW)] == ["pending"]
    assert ledger.states() == {"anna": "pending"}


def test_a_ledger_that_cannot_be_written_stops_the_message_on_its_way(office, mail, trust) -> None:
    def full(delivery: Delivery) -> None:
        if delivery.status == "handing_over":
            raise OSError(28, "No space left on device")

    started = time.monotonic()
    with pytest.raises(OSError, match="No space left"):
        deliver(letters("anna"), replace(mail, timeout=30), {}, full, NOW, tls=trust)
    assert time.monotonic() - started < 15  # nor does it wait for an answer to a QUIT that would be part of the message
    assert copies(office) == {}


# --- killed -----------------------------------------------------------------------------------------------------------

SENDER = """
    import json, os, signal, ssl, sys
    from dataclasses import asdict
    from datetime import datetime
    from tasks.deliver import Letter, Mail, deliver

    job = json.load(sys.stdin)
    letters = [Letter(**{**each, "frozen_at": datetime.fromisoformat(each["frozen_at"])}) for each in job["letters"]]
    ledger, count = open(job["ledger"], "a"), 0

    def record(delivery):
        global count
        if [count, "before"] == job["kill"]:
            os.kill(os.getpid(), signal.SIGKILL)
        ledger.write(json.dumps(asdict(delivery), default=str) + "\\n")
        ledger.flush()
        os.fsync(ledger.fileno())
        if [count, "after"] == job["kill"]:
            os.kill(os.getpid(), signal.SIGKILL)
        count += 1

    tls = ssl.create_default_context(cafile=job["pem"])
    mail = Mail(**(job["mail"] | {"password": lambda: job["password"]}))
    deliver(letters, mail, {}, record, letters[0].frozen_at, tls=tls)
"""
THREE = ("anna", "binh", "chi")
COMMITS = [(0, "after"), (3, "before"), (3, "after"), (4, "before"), (4, "after"), (7, "after"), (8, "before")]
WORDS_HEARD = ["EHLO", "MAIL", "RCPT", "DATA", "FILED"]


def read(file: Path) -> Ledger:
    ledger = Ledger()
    for line in file.read_text().splitlines():
        row = json.loads(line)
        ledger.record(Delivery(**{**row, "updated_at": datetime.fromisoformat(row["updated_at"])}))
    return ledger


def killed(moment: tuple[int, str] | str, office: PostOffice, mail: Mail, pem: Path, file: Path) -> Ledger:
    """Send to three readers from a process that is killed at a moment; give what its ledger holds."""
    process = subprocess.Popen([sys.executable, "-c", textwrap.dedent(SENDER)], stdin=subprocess.PIPE, text=True)
    if isinstance(moment, str):

        async def kill(*_: object) -> str:
            process.kill()
            process.wait()
            return ""

        office.hooks = {(moment, ""): once(kill)} if moment in {"EHLO", "MAIL"} else {}
        office.hooks |= {(moment, "binh@readers.test"): once(kill)}
    job = {"letters": [asdict(each) for each in letters(*THREE)], "ledger": str(file), "pem": str(pem)}
    process.communicate(
        json.dumps({**job, "mail": asdict(mail), "password": PASSWORD, "kill": moment}, default=str), timeout=30
    )
    assert process.returncode == -signal.SIGKILL
    return read(file)


@pytest.mark.parametrize("moment", [*COMMITS, *WORDS_HEARD])
def test_killed_at_any_moment_no_mailbox_gets_two_copies(moment, office, mail, trust, pem, tmp_path) -> None:
    ledger = killed(moment, office, mail, pem, tmp_path / "ledger.jsonl")
    for _ in range(2):
        deliver(letters(*THREE), mail, ledger, ledger.record, LATER, tls=trust)
    states, held = ledger.states(), copies(office)
    assert all(held.get(name) == 1 for name in THREE if states[name] == "sent")
    assert all(held.get(name, 0) <= 1 for name in THREE)
    assert sorted(states.values()) in (["sent"] * 3, ["sent"] * 2 + ["unknown"])


# --- a dry run --------------------------------------------------------------------------------------------------------


def test_a_dry_run_writes_one_whole_file_a_reader_under_a_lasting_name(tmp_path) -> None:
    folder = tmp_path / "issues" / "mail"
    written = write(letters("anna", "binh"), folder, MAIL, NOW)
    assert [known.status for known in written] == ["written", "written"]
    assert sorted(folder.iterdir()) == sorted(folder / known.reply for known in written)
    assert (folder / written[0].reply).read_bytes() == message(letters("anna")[0], MAIL)
    assert write(letters("anna", "binh"), folder, MAIL, NOW) == written
    assert len(list(folder.iterdir())) == 2
    assert "anna" not in "".join(file.name for file in folder.iterdir())


def test_a_dry_run_may_be_named_by_week_alone(tmp_path) -> None:
    write(letters("anna"), tmp_path, MAIL, NOW, name="{week}.eml")
    assert [file.name for file in tmp_path.iterdir()] == ["2025-W18.eml"]
    with pytest.raises(ValueError, match="2 letters, 1 file names"):
        write(letters("anna", "binh"), tmp_path, MAIL, NOW, name="{week}.eml")


def test_a_week_cannot_lead_out_of_the_folder(tmp_path) -> None:
    with pytest.raises(ValueError):
        write([replace(LETTER, week="../2025-W18")], tmp_path / "mail", MAIL, NOW, name="{week}.eml")
    assert list(tmp_path.iterdir()) == []


def test_a_dry_run_that_fails_leaves_the_old_file(tmp_path, monkeypatch) -> None:
    (known,) = write(letters("anna"), tmp_path, MAIL, NOW)
    before = (tmp_path / known.reply).read_bytes()

    def fail(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space left"):
        write([replace(LETTER, text="newer")], tmp_path, MAIL, NOW)
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [before]
