"""Put the shipped automations into a Prefect server: what stands there under the same name is made the same again.

Automations die with their server, so `VNJP_PING_URL` is the other half: somebody else misses the ping.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

import yaml
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.events.schemas.automations import AutomationCore
from prefect.exceptions import ObjectNotFound
from prefect.settings import PREFECT_API_URL, temporary_settings
from pydantic import ValidationError

from flows.settings import Settings
from warehouse.errors import MendableError

MAIL = "notify/mail"  #: the deployment that sends a message as a mail


@dataclass(frozen=True, slots=True)
class Installed:
    """What the server now holds."""

    names: tuple[str, ...]
    hints: tuple[str, ...]  #: sentences: what is missing, and how to have it


def shipped() -> list[dict[str, Any]]:
    """Read the automations of the package; `notify` stands where their message goes."""
    found: list[dict[str, Any]] = yaml.safe_load(
        resources.files(__package__).joinpath("automations.yaml").read_text("utf-8")
    )
    return found


def install(url: str, settings: Settings) -> Installed:
    """Install them on the API at `url`; twice is once.

    Messages go where VNJP_NOTIFY says: to an address, by the deployment `notify/mail`, or to a block of Prefect.
    MendableError where that is not there.
    """
    with temporary_settings({PREFECT_API_URL: url}), get_client(sync_client=True) as client:
        action = _action(client, settings) if settings.notify else None
        made = [made for one in shipped() if (made := with_action(one, action))]
        for one in made:
            _put(client, one)
        hints = () if action else ("Nobody is told of failures: set VNJP_NOTIFY, to an address or a block of Prefect.",)
        return Installed(tuple(one.name for one in made), hints)


def with_action(one: Mapping[str, Any], action: Mapping[str, Any] | None) -> AutomationCore | None:
    """Make an automation of what is shipped, with its message as an action; None where it has nobody to tell."""
    plain = {"description": "Of vnjp-monitor: `vnjp automations install` writes it.", **one}
    if message := plain.pop("notify", None):
        if action is None:
            return None
        plain["actions"] = [_filled(action, message)]
    try:
        return AutomationCore.model_validate(plain)
    except ValidationError as error:
        raise MendableError(f"The automation {one['name']!r} is none that Prefect takes: {error}.") from error


def _filled(action: Mapping[str, Any], message: Mapping[str, str]) -> dict[str, Any]:
    if action["type"] == "send-notification":
        return {**action, **message}
    templates = {key: {"__prefect_kind": "jinja", "template": text} for key, text in message.items()}
    return {**action, "parameters": templates}


def _action(client: SyncPrefectClient, settings: Settings) -> dict[str, Any]:
    """Give the action that tells somebody, but for its text."""
    if settings.notified_by_mail:
        try:
            deployment = client.read_deployment_by_name(MAIL)
        except ObjectNotFound:
            raise MendableError(
                f"VNJP_NOTIFY is an address, and the server has no deployment {MAIL}. "
                "Run `prefect --no-prompt deploy --all` first; `vnjp serve` makes it by itself."
            ) from None
        return {"type": "run-deployment", "source": "selected", "deployment_id": str(deployment.id)}
    kind, _, name = settings.notify.partition("/")
    try:
        block = client.read_block_document_by_name(name, kind, include_secrets=False)
    except ObjectNotFound:
        raise MendableError(
            f"VNJP_NOTIFY={settings.notify}: the server has no such block. `prefect block ls` lists those that it has."
        ) from None
    return {"type": "send-notification", "block_document_id": str(block.id)}


def _put(client: SyncPrefectClient, one: AutomationCore) -> None:
    held = client.request("POST", "/automations/filter", json={"automations": {"name": {"any_": [one.name]}}}).json()
    body = one.model_dump(mode="json", exclude={"owner_resource"})  # which an update may not name
    if held:
        client.request("PUT", "/automations/{id}", path_params={"id": held[0]["id"]}, json=body).raise_for_status()
    else:
        client.request("POST", "/automations/", json=body).raise_for_status()
