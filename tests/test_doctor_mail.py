"""The doctor names the cause and the cure: mail servers that would not take an issue. No letter ever leaves."""

import socket
import ssl
import threading
from contextlib import closing
from datetime import timedelta

import pytest

from flows.doctor import mail
from tests.doctored import NOW, settings_of, trouble
from tests.mailbox import PASSWORD, USER, PostOffice, certify, dawdle, says, serving

LONG = timedelta(days=90)


@pytest.fixture
def office():
    made = PostOffice()
    yield made
    assert not made.mailboxes
    assert not made.phases["RCPT"]


@pytest.fixture(scope="module")
def pem(tmp_path_factory):
    return certify(tmp_path_factory.mktemp("well"), lasts=LONG)


def asked(folder, port, trusted=None, **given):
    """Give what the doctor says of a mail server at a port of loopback."""
    tls = ssl.create_default_context(cafile=trusted) if trusted else None
    known = {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_user": USER, "smtp_password": PASSWORD}
    settings = settings_of(folder, **(known | {"sender": "digest@monitor.test"} | given))
    found = list(mail.server(settings, NOW, tls))
    assert PASSWORD not in str(found)
    return found


def test_a_server_that_takes_our_mail_is_well_and_nothing_is_sent(office, pem, tmp_path):
    with serving(office, pem) as port:
        [one] = asked(tmp_path, port, pem, recipients="anna@readers.test")
    until = NOW + LONG
    assert (one.level, f"login as {USER}, certificate until {until:%Y-%m}" in one.said) == ("ok", True)
    assert office.phases == {"EHLO": 2, "MAIL": 1}
    assert not (tmp_path / "data").exists()


def test_a_name_that_does_not_resolve(tmp_path, monkeypatch):
    def no_name(*_arguments, **_named):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", no_name)  # a real look-up would leave this machine
    one = trouble(asked(tmp_path, 587, smtp_host="mail.monitor.test"))
    assert "the name mail.monitor.test does not resolve" in one.said
    assert one.next == "check VNJP_SMTP_HOST: getent hosts mail.monitor.test"


def test_a_port_where_nothing_listens(tmp_path):
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        one = trouble(asked(tmp_path, port))
    assert f"nothing listens at 127.0.0.1:{port}" in one.said
    assert "VNJP_SMTP_PORT" in one.next


def test_a_server_that_does_not_answer(office, pem, tmp_path, monkeypatch):
    monkeypatch.setattr(mail, "_PATIENCE", 0.3)
    with serving(office, pem, implicit=True) as port:  # it waits for our TLS, and we for its greeting
        one = trouble(asked(tmp_path, port, pem))
        assert "does not answer within" in one.said
        assert "VNJP_SMTP_SECURITY=tls for port 465" in one.next
    office.hooks["EHLO", ""] = dawdle(1)
    with serving(office, pem) as port:
        assert "does not answer within" in trouble(asked(tmp_path, port, pem)).said


def hang_up(server):
    server.accept()[0].close()


def test_what_listens_is_no_mail_server(tmp_path):
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        server.settimeout(10)
        thread = threading.Thread(target=hang_up, args=(server,))
        thread.start()
        one = trouble(asked(tmp_path, server.getsockname()[1]))
        thread.join()
    assert ("it is no mail server" in one.said, "VNJP_SMTP_HOST" in one.next) == (True, True)


def test_a_server_without_tls(office, tmp_path):
    with serving(office, None) as port:
        one = trouble(asked(tmp_path, port))
        assert ("it offers no STARTTLS" in one.said, "VNJP_SMTP_SECURITY=tls" in one.next) == (True, True)
        one = trouble(asked(tmp_path, port, smtp_security="tls"))
        assert ("does not speak TLS from the first byte" in one.said, "=starttls" in one.next) == (True, True)


def test_a_certificate_that_has_expired_or_soon_will(office, tmp_path):
    expired = certify(tmp_path, lasts=timedelta(minutes=-30))
    with serving(office, expired) as port:
        one = trouble(asked(tmp_path, port, expired))
    assert ("its certificate has expired" in one.said, "renewed" in one.next) == (True, True)
    short = certify(tmp_path, lasts=timedelta(days=5))
    with serving(office, short) as port:
        one = trouble(asked(tmp_path, port, short))
    assert (one.level, f"ends on {NOW + timedelta(days=5):%Y-%m}" in one.said) == ("warning", True)


def test_a_certificate_of_another_host(office, tmp_path):
    other = certify(tmp_path, "127.0.0.2")
    with serving(office, other) as port:
        one = trouble(asked(tmp_path, port, other))
    assert ("its certificate is not for 127.0.0.1" in one.said, "VNJP_SMTP_HOST" in one.next) == (True, True)


def test_a_certificate_that_nobody_here_trusts(office, pem, tmp_path):
    with serving(office, pem) as port:
        one = trouble(asked(tmp_path, port))
    assert ("signed by nobody whom this machine trusts" in one.said, "SSL_CERT_FILE" in one.next) == (True, True)


def test_a_wrong_password(office, pem, tmp_path):
    with serving(office, pem) as port:
        one = trouble(asked(tmp_path, port, pem, smtp_password="guessed"))  # noqa: S106 - wrong on purpose
    assert f"it refuses user '{USER}' with this password" in one.said
    assert "the login failed: 535" in one.said
    assert "VNJP_SMTP_PASSWORD" in one.next


def test_a_server_that_wants_a_login_and_one_that_takes_none(office, pem, tmp_path):
    with serving(office, pem) as port:
        one = trouble(asked(tmp_path, port, pem, smtp_user=""))
    assert ("it wants a login" in one.said, "VNJP_SMTP_USER" in one.next) == (True, True)
    with serving(office, None) as port:
        one = trouble(asked(tmp_path, port, smtp_security="none"))
    assert "it takes no login here" in one.said


def test_a_sender_that_the_server_does_not_let_this_user_be(office, pem, tmp_path):
    office.hooks["MAIL", ""] = says("553 5.7.1 sender address rejected: not owned by user")
    with serving(office, pem) as port:
        one = trouble(asked(tmp_path, port, pem))
        assert f"'{USER}' may not send as digest@monitor.test" in one.said
        assert one.next == "set VNJP_SENDER to an address of that account"
        office.hooks["MAIL", ""] = says("451 4.7.1 try again later")
        assert "takes nothing for the moment" in trouble(asked(tmp_path, port, pem)).said


def test_settings_that_name_no_sender_or_a_password_twice(tmp_path):
    one = trouble(asked(tmp_path, 587, sender=""))
    assert "VNJP_SENDER is empty" in one.said
    one = trouble(asked(tmp_path, 587, smtp_password_file=tmp_path / "password"))
    assert "Keep one" in one.said
