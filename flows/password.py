"""The mail server's password: in the environment, in a file, or in a Secret block of Prefect; asked at the login."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from flows.settings import PREFIX, Settings, SettingsError
from warehouse.errors import MendableError

_WAYS = ("smtp_password", "smtp_password_file", "smtp_password_block")


def password_of(settings: Settings) -> Callable[[], str]:
    """Give what gives the password, "" where none is set.

    SettingsError where it is set in two ways, or where its file cannot be read; a block is read when it is asked for,
    and MendableError says what is wrong with it.
    """
    given = settings.smtp_password.get_secret_value()
    values = (given, settings.smtp_password_file, settings.smtp_password_block)
    ways = [f"{PREFIX}{way.upper()}" for way, value in zip(_WAYS, values, strict=True) if value]
    if len(ways) > 1:
        raise SettingsError(f"{' and '.join(ways)} are set. Keep one of them.")
    if path := settings.smtp_password_file:
        given = _read(path)
    if block := settings.smtp_password_block:
        return lambda: _of_block(block, settings)
    return lambda: given


def _read(path: Path) -> str:
    try:
        found = path.read_text("utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise SettingsError(f"VNJP_SMTP_PASSWORD_FILE={path} cannot be read: {reason}.") from None
    if not found:
        raise SettingsError(f"VNJP_SMTP_PASSWORD_FILE={path} is empty. Write the password into its first line.")
    return found


def _of_block(name: str, settings: Settings) -> str:
    """Read a Secret block from the API at hand."""
    from prefect.blocks.system import Secret
    from prefect.settings import PREFECT_API_URL, temporary_settings

    from flows.embedded import at_hand

    with temporary_settings({PREFECT_API_URL: at_hand(settings.data / "prefect")}):
        try:
            block = Secret.load(name)
        except ValueError:
            raise MendableError(
                f"VNJP_SMTP_PASSWORD_BLOCK={name}: Prefect has no Secret block of this name. `prefect block ls` lists "
                "those that it has; docs/operations.md says how to make one."
            ) from None
        except Exception as error:  # noqa: BLE001 - whatever Prefect's client raises
            raise MendableError(
                f"VNJP_SMTP_PASSWORD_BLOCK={name}: Prefect's API did not give it ({type(error).__name__}). "
                "`vnjp doctor` says how that is."
            ) from None
    return str(block.get())  # type: ignore[union-attr] # `load` waits here, since nothing of ours is async
