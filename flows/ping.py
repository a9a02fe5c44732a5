"""The dead-man ping: an address that is asked after every good run, so that somebody else notices when none comes.

Automations of a Prefect server die with it; what waits for the ping must live elsewhere. The address may hold a token,
so it is never said.
"""

from __future__ import annotations

import urllib.request
from collections.abc import Mapping
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import quote

from flows.settings import Settings
from flows.tell.lines import LOG, counted

_PATIENCE = 10.0  # seconds


class _FewRedirects(urllib.request.HTTPRedirectHandler):
    max_redirections = 3


def ping(settings: Settings, flow: str, counts: Mapping[str, int]) -> bool:
    """Ask VNJP_PING_URL after a run of `flow` that ended; say whether it answered. A failure is a warning, no more.

    A run that came to its end and yet is not good is passed over: who waits for the ping shall hear of it.
    """
    url = settings.ping_url.get_secret_value()
    if not url:
        return False
    if fault := no_good(flow, counts):
        LOG.warning("ping: not sent, since %s", fault)
        return False
    if said := _asked(url.replace("{flow}", quote(flow)), settings.proxy.get_secret_value()):
        LOG.warning("ping: VNJP_PING_URL did not take it (%s); the run is good all the same", said)
    return not said


def no_good(flow: str, counts: Mapping[str, int]) -> str:
    """Say why a run that came to its end is not a good one, "" where it is."""
    if flow == "collect" and counts.get("asked") and counts["asked"] == counts.get("failed"):
        return "no source answered"
    if flow == "maintain" and counts.get("wrong_rows"):
        return f"data checks found {counted(counts['wrong_rows'], 'wrong row|wrong rows')}"
    return ""


def _asked(url: str, proxy: str) -> str:
    """Ask an address; give what went wrong, without the address, "" for nothing."""
    through = [urllib.request.ProxyHandler({"http": proxy, "https": proxy})] if proxy else []
    opener = urllib.request.build_opener(_FewRedirects, *through)
    try:
        opener.open(url, timeout=_PATIENCE).close()
    except HTTPError as error:
        error.close()
        return f"status {error.code}"
    except URLError as error:
        return type(error.reason).__name__ if isinstance(error.reason, Exception) else "no answer"
    except (OSError, ValueError, HTTPException) as error:
        return type(error).__name__
    return ""
