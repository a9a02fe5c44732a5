"""Environment and .env into one frozen Settings: the only reader of os.environ."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

from dotenv import dotenv_values
from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from flows.settings import values
from warehouse.connect import Warehouse
from warehouse.errors import MendableError

PREFIX = "VNJP_"
Language = Literal["en", "vi", "ja"]


class SettingsError(MendableError):
    """A setting that cannot be used; the message names it, its value and what is allowed."""


class Settings(BaseSettings):
    """Everything that a user may set. Each field is the variable VNJP_<FIELD>, in the environment or in .env."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    data: Path = Field(Path("data"), description="folder of the warehouse, the archive and the issues")
    time_zone: Annotated[str, AfterValidator(values.zone)] = Field("Asia/Ho_Chi_Minh", description="zone of the week")
    contact: Annotated[str, AfterValidator(values.address)] = Field("", description="address named to the sites we ask")
    sources: Path | None = Field(None, description="file of sources to watch instead of the shipped ones")
    languages: Annotated[tuple[Language, ...], NoDecode, values.Listed] = Field(
        ("en",), min_length=1, description="languages of the issue's interface, the first for readers who chose none"
    )
    recipients: Annotated[tuple[Annotated[str, AfterValidator(values.recipient)], ...], NoDecode, values.Listed] = (
        Field((), description="readers: ADDRESS or ADDRESS:LANGUAGE, separated by commas")
    )

    smtp_host: str = Field("", description="mail server; empty: issues are written to files and not sent")
    smtp_port: int = Field(587, ge=1, le=65_535, description="port of the mail server")
    smtp_security: Literal["starttls", "tls", "none"] = Field("starttls", description="how the connection is secured")
    smtp_user: str = Field("", description="login name, empty for none")
    smtp_password: SecretStr = Field(SecretStr(""), description="login password")
    smtp_password_file: Path | None = Field(None, description="file that holds the login password instead")
    smtp_password_block: str = Field("", description="block of Prefect, of kind Secret, that holds it instead")
    sender: Annotated[str, AfterValidator(values.address)] = Field("", description="address that issues come from")
    unsubscribe_url: Annotated[str, AfterValidator(values.unsubscribe)] = Field(
        "", description="https address that takes a POST; {reader} in it becomes the reader's key; empty: by mail only"
    )
    approval: Annotated[str, AfterValidator(values.approval)] = Field(
        "none", description="hours that a frozen issue waits for `vnjp digest approve`, and what happens then"
    )
    notify: Annotated[str, AfterValidator(values.notify)] = Field(
        "", description="whom Prefect tells of failures: an address, or a block of Prefect as KIND/NAME; empty: nobody"
    )
    archive_url: str = Field("", description="where the browser edition is hosted; empty: no link to it in the mail")

    gap: float = Field(1.0, ge=0.5, le=60, description="seconds between two requests to one host")
    hosts: int = Field(64, ge=1, le=256, description="hosts asked at once")
    proxy: Annotated[SecretStr, AfterValidator(values.proxy)] = Field(
        SecretStr(""), description="http proxy through which everything is asked; empty for none"
    )
    pages: int = Field(2_000, ge=1, le=100_000, description="most pages that one run downloads")
    extract_on: Annotated[str, AfterValidator(values.cluster)] = Field(
        "", description="who reads pages: tcp://HOST:PORT, a Dask scheduler; workers, of Prefect; empty: this machine"
    )
    keep_archive: Annotated[int, AfterValidator(values.kept)] = Field(
        0, description="days that raw pages and feeds stay in the archive; what left it `vnjp reprocess` keeps as it is"
    )
    keep_runs: Annotated[int, AfterValidator(values.kept)] = Field(
        90, description="days of history of runs and attempts; of what is older the sums of each week stay"
    )

    ping_url: Annotated[SecretStr, AfterValidator(values.ping)] = Field(
        SecretStr(""),
        description="address asked after every good run; {flow} in it becomes the flow's name; empty: none",
    )
    metrics: Annotated[Path | None, values.NoneIfEmpty] = Field(
        None, description="file that Prometheus' node exporter reads, such as vnjp.prom"
    )

    @property
    def warehouse(self) -> Warehouse:
        """The warehouse of the data folder."""
        return Warehouse(self.data)

    @property
    def approval_within(self) -> tuple[timedelta, Literal["send", "hold"]] | None:
        """How long an issue waits for approval and what happens then; None where it does not wait."""
        hours, _, then = self.approval.partition(":")
        return (timedelta(hours=int(hours)), "send" if then == "send" else "hold") if then else None

    @property
    def notified_by_mail(self) -> bool:
        """Whether failures are told by mail, and not by a block of Prefect."""
        return "@" in self.notify

    @property
    def spool(self) -> Path:
        """Where batches of pages lie for workers that share the folder."""
        return self.data / "spool"

    @property
    def issues(self) -> Path:
        """Where issues are written as files."""
        return self.data / "issues"


def load(folder: Path | None = None, **given: object) -> Settings:
    """Read the settings from the environment, then `folder`/.env (default: here); `given` beats both.

    Raises SettingsError with every name and value that cannot be used.
    """
    path = (folder or Path()) / ".env"
    filed = {name: value or "" for name, value in dotenv_values(path).items()} if path.is_file() else {}
    _refuse_unknown(filed, str(path))
    _refuse_unknown(os.environ, "the environment")
    named = {name: os.environ.get(name, filed.get(name)) for name in (*filed, *os.environ) if name.startswith(PREFIX)}
    values = {name.removeprefix(PREFIX).lower(): value for name, value in named.items()}
    try:
        return Settings(**(values | given))  # type: ignore[arg-type] # pydantic checks the values
    except ValidationError as error:
        raise SettingsError("\n".join(_complaint(dict(one)) for one in error.errors())) from None


def outside() -> dict[str, str]:
    """Give the settings that stand in the environment; they beat the file."""
    return {name: value for name, value in os.environ.items() if name.startswith(PREFIX)}


def hidden(field: str) -> bool:
    """Say whether a setting's value is shown nowhere: it is a secret, or says who reads us."""
    known = Settings.model_fields.get(field)
    return field == "recipients" or (known is not None and known.annotation is SecretStr)


def _refuse_unknown(named: Mapping[str, str], where: str) -> None:
    known = {PREFIX + field.upper() for field in Settings.model_fields}
    for name in named:
        if name.upper().startswith(PREFIX) and name not in known:
            near = difflib.get_close_matches(name.upper(), known, 1)
            hint = f"Did you mean {near[0]}?" if near else f"Known are: {', '.join(sorted(known))}."
            raise SettingsError(f"{name} in {where} is no setting of vnjp-monitor. {hint}")


def _complaint(error: Mapping[str, object]) -> str:
    location = error["loc"] if isinstance(error["loc"], tuple) and error["loc"] else ("?",)
    field, entry = str(location[0]), location[1:2]
    allowed = Settings.model_fields[field].description if field in Settings.model_fields else "no such setting"
    value = "(hidden)" if hidden(field) else repr(str(error["input"]))
    value += f", entry {int(entry[0]) + 1}" if entry else ""
    reason = str(error["msg"]).removeprefix("Value error, ")
    return f"{PREFIX}{field.upper()}={value}: {reason}. It is the {allowed}."
