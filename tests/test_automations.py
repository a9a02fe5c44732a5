"""What Prefect does by itself: the shipped automations are what it takes, installed once, and they tell somebody."""

import json
from email import message_from_bytes
from email.policy import default

import pytest

from flows.automations import shipped, with_action
from flows.settings import SettingsError, load
from tests.command import vnjp
from tests.mailbox import PostOffice, serving
from tests.orchestrated import Orchestra, until

MAILED = {"type": "run-deployment", "source": "selected", "deployment_id": "00000000-0000-0000-0000-000000000001"}
BLOCK = {"type": "send-notification", "block_document_id": "00000000-0000-0000-0000-000000000002"}
TOLD = [one for one in shipped() if "notify" in one]


@pytest.mark.parametrize("action", [MAILED, BLOCK], ids=["mail", "block"])
@pytest.mark.parametrize("one", shipped(), ids=lambda one: one["name"])
def test_each_shipped_automation_is_one_that_prefect_takes(one, action):
    made = with_action(one, action)
    assert made.name == one["name"]
    assert made.enabled
    assert len(made.actions) == 1


@pytest.mark.parametrize("one", TOLD, ids=lambda one: one["name"])
def test_a_message_without_anybody_to_tell_is_left_out_and_each_ends_with_the_next_command(one):
    assert with_action(one, None) is None
    assert one["notify"]["body"].splitlines()[-1].startswith("Next: vnjp ")


def test_what_ends_the_dead_needs_nobody():
    assert len(shipped()) - len(TOLD) == 1
    assert all(with_action(one, None) for one in shipped() if one not in TOLD)


@pytest.mark.parametrize("value", ["team", "Slack/team", "a b@example.org", "slack-webhook/", "@"])
def test_whom_to_notify_is_an_address_or_a_block(value, tmp_path):
    with pytest.raises(SettingsError, match=r"VNJP_NOTIFY=.*slack-webhook/team"):
        load(tmp_path, notify=value)


@pytest.mark.parametrize("value", ["", "desk@example.org", "slack-webhook/team"])
def test_an_address_or_a_block_or_nobody_is_taken(value, tmp_path):
    assert load(tmp_path, notify=value).notify == value


def test_without_a_server_it_says_how_to_have_one(tmp_path):
    result = vnjp("automations", "install", VNJP_DATA=tmp_path / "data")
    assert result.returncode == 1
    assert "vnjp serve" in result.stderr


@pytest.mark.long
@pytest.mark.prefect
def test_installed_twice_they_are_there_once_and_a_failed_digest_is_told_by_mail(tmp_path):
    office = PostOffice()
    with serving(office, None) as port:
        mail = {"VNJP_SMTP_HOST": "127.0.0.1", "VNJP_SMTP_PORT": str(port), "VNJP_SMTP_SECURITY": "none"}
        told = {"VNJP_NOTIFY": "desk@example.org", "VNJP_SENDER": "digest@example.org"}
        orchestra = Orchestra(tmp_path, **mail, **told)
        with orchestra.server():
            orchestra.deploy()
            said = [json.loads(orchestra.vnjp("automations", "install", "--json")) for _ in range(2)]
            held = orchestra.api("automations/filter", {})
            assert said[0] == said[1] == {"installed": [one["name"] for one in shipped()], "hints": []}
            assert sorted(one["name"] for one in held) == sorted(said[0]["installed"])
            run = orchestra.start("digest/weekly")
            orchestra.api(f"flow_runs/{run}/set_state", {"state": {"type": "FAILED", "message": "for a test"}})
            with orchestra.worker():
                assert until(lambda: office.mailboxes["desk@example.org"])
        [said] = office.mailboxes["desk@example.org"]
        message = message_from_bytes(said, policy=default)
        assert message["Subject"] == "vnjp-monitor: The digest failed"
        assert "for a test" in message.get_body(("plain",)).get_content()
