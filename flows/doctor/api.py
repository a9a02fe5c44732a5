"""Questions to a Prefect API, without Prefect: the doctor also works where that does not import."""

from __future__ import annotations

import base64
import json
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flows.prepare import named
from flows.server import found
from flows.settings import Settings

_PATIENCE = 3.0  # seconds for one answer
_RANGE = 200  # rows that Prefect gives at once at the most


@dataclass(frozen=True, slots=True)
class Api:
    """Where the API is, and how to be let in."""

    url: str
    ours: bool = False  #: the server of `vnjp serve` or of a run on this machine
    since: datetime | None = None  #: when that was started; None for one of somebody else
    headers: dict[str, str] = field(default_factory=dict, repr=False)

    def get(self, path: str) -> Any:  # noqa: ANN401 - JSON
        """Give what a path answers. Raises OSError where nothing does, ValueError for what is no JSON."""
        return self._ask(urllib.request.Request(f"{self.url}/{path}", headers=self.headers))  # noqa: S310 - as set by the user

    def rows(self, path: str, **question: object) -> list[dict[str, Any]]:
        """Give what a filter finds, at most 200 rows; raises as `get` does."""
        asked = json.dumps({"limit": _RANGE, **question}).encode()
        headers = {**self.headers, "Content-Type": "application/json"}
        found = self._ask(urllib.request.Request(f"{self.url}/{path}", asked, headers))  # noqa: S310 - as set by the user
        if not isinstance(found, list):
            raise ValueError(f"{path} answered no list")  # noqa: TRY004 - as JSON that cannot be read
        return found

    def _ask(self, request: urllib.request.Request) -> Any:  # noqa: ANN401 - JSON
        proxies = urllib.request.ProxyHandler({} if self.ours else None)  # nobody else can reach our own loopback
        with urllib.request.build_opener(proxies).open(request, timeout=_PATIENCE) as answer:
            return json.load(answer)


def api_of(settings: Settings) -> Api | None:
    """Give the API that a run would use now: of PREFECT_API_URL, else of the server that runs in the data folder."""
    home = settings.data / "prefect"
    if url := named("PREFECT_API_URL", home):
        return Api(url.rstrip("/"), headers=_let_in(home))
    if served := found(home):
        with suppress(FileNotFoundError):
            since = datetime.fromtimestamp((home / "server.json").stat().st_mtime, UTC)
            return Api(served.url, ours=True, since=since)
    return None


def _let_in(home: Path) -> dict[str, str]:
    if key := named("PREFECT_API_KEY", home):
        return {"Authorization": f"Bearer {key}"}
    if pair := named("PREFECT_API_AUTH_STRING", home):
        return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
    return {}


def why(error: Exception) -> tuple[str, str]:
    """Say why the API gave no answer, and what to do; `{url}` in both is its address."""
    if isinstance(error, urllib.error.HTTPError):
        if error.code in {401, 403}:
            return "{url} does not let us in (%d)" % error.code, "set PREFECT_API_AUTH_STRING or PREFECT_API_KEY"  # noqa: UP031 - {url} stays
        return f"{{url}} is no Prefect API ({error.code})", "let PREFECT_API_URL end in /api: http://HOST:4200/api"
    if isinstance(error, ValueError):
        return (
            "{url} is no Prefect API: it does not answer in JSON",
            "let PREFECT_API_URL end in /api: http://HOST:4200/api",
        )
    met = getattr(error, "reason", error)
    if isinstance(met, TimeoutError):
        return f"{{url}} does not answer within {_PATIENCE:.0f} s", "look whether the server hangs: curl {url}/health"
    return (
        f"{{url}} cannot be reached ({getattr(met, 'strerror', None) or met})",
        "prefect server start, or unset PREFECT_API_URL",
    )
