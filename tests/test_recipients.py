"""Readers as data: a list that is checked row by row, changed whole or not at all, and never in the warehouse."""

import stat

import pytest

from flows.mail import mail_of
from flows.mail import test_mail as send_test_mail
from flows.recipients import NOBODY, Reader, add, languages, listed, readers, remove, secret
from flows.settings import SettingsError
from tests.command import vnjp
from tests.mailbox import PASSWORD, USER, PostOffice, certify, says, serving
from tests.posted import MONDAY, settings_of
from warehouse.errors import MendableError

HEAD = "address,language,topics,dossiers,enabled,note"


def listing(folder, *rows, head=HEAD, **given):
    (folder / "recipients.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return settings_of(folder, *given.pop("names", ()), **given)


def test_the_list_lies_over_the_setting_and_nobody_stands_where_there_is_no_reader(tmp_path):
    settings = listing(
        tmp_path,
        "BINH@readers.test,vi,aid economy,north-south-railway,,trade office",
        "chi@readers.test,,,,no,on leave",
        names=("anna", "binh", "chi@readers.test:ja"),
    )
    assert readers(settings) == (
        Reader("anna@readers.test"),
        Reader("BINH@readers.test", "vi", ("aid", "economy"), ("north-south-railway",), note="trade office"),
    )
    assert languages(settings) == ("en", "ja", "vi")
    assert [one.address for one in readers(listing(tmp_path, "chi@readers.test,,,,no,"))] == [NOBODY]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("anna,,,,,", r"recipients\.csv, line 2: address is not an address that mail can go to"),
        ('"a@b.test\nBcc: c@d.test",,,,,', "is not an address"),
        ("a@b.test>,,,,,", "is not an address"),
        ("a@b.test,de,,,,", r"line 2: language is 'de'; allowed are en, vi, ja, or nothing"),
        ("a@b.test,,sport,,,", r"line 2: topics holds 'sport'; allowed are agriculture, aid, "),
        ("a@b.test,,,Ninh Thuận,,", "line 2: dossiers holds 'Ninh'; a dossier is named by small letters"),
        ("a@b.test,,,,maybe,", "line 2: enabled is 'maybe'; allowed are yes and no"),
        ("a@b.test,,aid,economy,,,", "line 2: it has not one cell for each column"),
        ("a@b.test,,,,,\nA@B.test,ja,,,,", r"line 3: 'A@B\.test' stands in line 2 already"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_by_its_line(tmp_path, row, said):
    with pytest.raises(SettingsError, match=said):
        listed(listing(tmp_path, row))


@pytest.mark.parametrize(
    ("head", "said"), [("mail,language", "has no column 'address'"), ("address,lang", "has a column 'lang'")]
)
def test_a_list_with_other_columns_is_told_its_columns(tmp_path, head, said):
    with pytest.raises(SettingsError, match=f"{said}.* Its columns are address, language, topics"):
        listed(listing(tmp_path, head=head))


def test_who_is_added_and_removed_leaves_the_other_rows_and_a_list_for_the_owner_alone(tmp_path):
    settings = listing(tmp_path, "anna@readers.test,,,,,x", names=("binh",))
    add(settings, Reader("Chi@readers.test", "ja", ("aid",)))
    add(settings, Reader("chi@readers.test", "vi", ("aid", "labour")))
    assert listed(settings)[1:] == (
        Reader("anna@readers.test", note="x"),
        Reader("chi@readers.test", "vi", ("aid", "labour")),
    )
    assert stat.S_IMODE((tmp_path / "recipients.csv").stat().st_mode) == 0o600
    with pytest.raises(SettingsError, match="topics holds 'sport'"):
        add(settings, Reader("dung@readers.test", topics=("sport",)))
    remove(settings, "ANNA@readers.test")
    remove(settings, "binh@readers.test")
    assert [one.address for one in readers(settings)] == ["chi@readers.test"]
    with pytest.raises(MendableError, match="not on the list"):
        remove(settings, "anna@readers.test")
    assert [path.name for path in tmp_path.iterdir()] == ["recipients.csv"]


def test_what_stands_for_an_address_is_keyed_by_a_secret_of_this_folder_that_lasts(tmp_path):
    settings = settings_of(tmp_path / "one", "anna")
    assert secret(settings) == secret(settings)
    assert len(secret(settings)) == 64
    assert secret(settings) != secret(settings_of(tmp_path / "other", "anna"))
    assert stat.S_IMODE((tmp_path / "one" / "private" / "readers.key").stat().st_mode) == 0o600
    assert secret(settings_of(tmp_path / "none")) == ""


def test_who_leaves_writes_to_the_sender_and_clicks_only_where_there_is_something_to_click(tmp_path):
    by_mail = mail_of(settings_of(tmp_path, "anna"))
    assert (by_mail.unsubscribe_mailto, by_mail.unsubscribe_https) == ("digest@monitor.test", "")
    assert by_mail.list_id == "vnjp-weekly.monitor.test"
    link = "https://monitor.test/leave/{reader}"
    assert mail_of(settings_of(tmp_path, "anna", unsubscribe_url=link)).unsubscribe_https == link


def test_a_password_may_stand_in_a_file_and_only_there(tmp_path):
    (tmp_path / "password").write_text(f"{PASSWORD}\n")
    given = {"smtp_password": "", "smtp_password_file": tmp_path / "password"}
    assert mail_of(settings_of(tmp_path, **given)).password() == PASSWORD
    with pytest.raises(SettingsError, match="Keep one"):
        mail_of(settings_of(tmp_path, smtp_password_file=tmp_path / "password"))
    with pytest.raises(SettingsError, match=r"VNJP_SMTP_PASSWORD_FILE=.*none cannot be read"):
        mail_of(settings_of(tmp_path, **(given | {"smtp_password_file": tmp_path / "none"})))


def test_a_test_mail_without_a_server_says_what_to_set(tmp_path):
    with pytest.raises(MendableError, match="Set VNJP_SMTP_HOST and VNJP_SENDER"):
        send_test_mail(settings_of(tmp_path), "anna@readers.test", MONDAY)


def test_a_mail_server_without_a_sender_is_named(tmp_path):
    with pytest.raises(SettingsError, match="VNJP_SENDER is empty"):
        mail_of(settings_of(tmp_path, "anna", port=25, sender=""))


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """Give an office, and the environment in which a command mails through it."""
    folder, office = tmp_path_factory.mktemp("mail"), PostOffice()
    pem = certify(folder)
    with serving(office, pem) as port:
        yield office, {
            "VNJP_DATA": folder / "data", "VNJP_SMTP_HOST": "127.0.0.1", "VNJP_SMTP_PORT": port,
            "VNJP_SMTP_USER": USER, "VNJP_SMTP_PASSWORD": PASSWORD, "VNJP_SENDER": "digest@monitor.test",
            "SSL_CERT_FILE": pem,
        }  # fmt: skip


def test_a_test_mail_arrives_or_says_why_not(environment):
    office, given = environment
    sent = vnjp("digest", "test-mail", "anna@readers.test", **given)
    assert (sent.returncode, sent.stdout, sent.stderr) == (0, "Sent to anna@readers.test: 250 filed\n", "")
    assert len(office.mailboxes["anna@readers.test"]) == 1
    office.hooks = {("RCPT", "gone@readers.test"): says("550 no such user")}
    refused = vnjp("digest", "test-mail", "gone@readers.test", **given)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "did not take the message to gone@readers.test: 550 no such user" in refused.stderr


def test_the_list_is_kept_from_the_command_line(tmp_path):
    def ran(*words):
        done = vnjp("digest", "recipients", *words, VNJP_DATA=tmp_path)
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout + done.stderr

    assert ran("add", "anna@readers.test", "--language", "ja", "--topics", "aid,labour")[0] == 0
    assert ran("list") == (0, "anna@readers.test: ja, aid, labour\n")
    code, said = ran("add", "anna")
    assert (code, "is not an address" in said) == (2, True)
