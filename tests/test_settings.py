"""Settings: one frozen object, or a sentence with the name, the value and what is allowed."""

from datetime import timedelta
from pathlib import Path

import pytest

from flows.settings import Settings, SettingsError, load

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def bare(monkeypatch, tmp_path):
    """Start without any VNJP_ variable, in an empty folder."""
    import os

    for name in [name for name in os.environ if name.startswith("VNJP_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_without_anything_set_the_defaults_hold():
    settings = load()
    assert settings.data == Path("data")
    assert settings.time_zone == "Asia/Ho_Chi_Minh"
    assert settings.languages == ("en",)
    assert not settings.smtp_host


def test_the_environment_beats_the_file_and_the_call_beats_both(monkeypatch, tmp_path):
    (tmp_path / ".env").write_text("VNJP_CONTACT=file@example.org\nVNJP_PAGES=5\nVNJP_HOSTS=7\n")
    monkeypatch.setenv("VNJP_PAGES", "6")
    settings = load(hosts=8)
    assert (settings.contact, settings.pages, settings.hosts) == ("file@example.org", 6, 8)


def test_settings_are_frozen():
    with pytest.raises(ValueError, match="frozen"):
        load().pages = 1


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("VNJP_TIMEZONE", "Asia/Tokyo", "Did you mean VNJP_TIME_ZONE"),
        ("VNJP_TIME_ZONE", "Hanoi", "not an IANA time zone"),
        ("VNJP_PAGES", "many", "valid integer"),
        ("VNJP_LANGUAGES", "en,no", "'en', 'vi' or 'ja'"),
        ("VNJP_RECIPIENTS", "ben@example.org,anna", "(hidden), entry 2: not an address"),
        ("VNJP_RECIPIENTS", "anna@example.org:de", "(hidden), entry 1: not ADDRESS or ADDRESS:LANGUAGE"),
        ("VNJP_SMTP_SECURITY", "ssl", "starttls"),
        ("VNJP_HOSTS", "0", "greater than or equal to 1"),
        ("VNJP_APPROVAL", "24", "not none, HOURS:send or HOURS:hold"),
        ("VNJP_APPROVAL", "721:hold", "at most 720 hours"),
        ("VNJP_UNSUBSCRIBE_URL", "http://example.org/leave", "not an https:// address"),
    ],
)
def test_a_name_or_value_that_cannot_be_used_is_named(monkeypatch, name, value, said):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as error:
        load()
    assert said in str(error.value)
    assert name in str(error.value)
    shown = value.split(",")[-1] in str(error.value)
    assert shown == (name not in {"VNJP_RECIPIENTS", "VNJP_TIMEZONE"}), "who reads us is shown nowhere"


def test_approval_is_a_time_and_what_happens_after_it():
    assert load().approval_within is None
    assert load(approval="6:hold").approval_within == (timedelta(hours=6), "hold")


def test_an_unknown_name_in_the_file_is_refused_with_the_file(tmp_path):
    (tmp_path / ".env").write_text("VNJP_SMTPHOST=mail.example.org\n")
    with pytest.raises(SettingsError, match=r"\.env is no setting .* VNJP_SMTP_HOST"):
        load()


def test_the_password_is_never_printed(monkeypatch):
    monkeypatch.setenv("VNJP_SMTP_PASSWORD", "correct horse")
    assert "correct horse" not in repr(load())


def test_the_example_file_lists_every_setting_and_is_valid(tmp_path):
    example = (ROOT / ".env.example").read_text()
    for field in Settings.model_fields:
        assert f"VNJP_{field.upper()}=" in example
    (tmp_path / ".env").write_text(example)
    assert load() == Settings()


@pytest.mark.parametrize("value", ["", "http://proxy:3128", "http://reader:s3cret@10.0.0.1:3128", "http://[::1]:8080/"])
def test_a_proxy_is_an_http_address(monkeypatch, value):
    monkeypatch.setenv("VNJP_PROXY", value)
    assert load().proxy.get_secret_value() == value


@pytest.mark.parametrize(
    "value", ["proxy:3128", "socks5://proxy:1080", "http://a:s3cret@proxy:port", "http://proxy/path"]
)
def test_what_is_no_proxy_is_refused_without_showing_its_password(monkeypatch, value):
    monkeypatch.setenv("VNJP_PROXY", value)
    with pytest.raises(SettingsError, match=r"VNJP_PROXY=.hidden.: not http://HOST:PORT") as error:
        load()
    assert "s3cret" not in str(error.value)
