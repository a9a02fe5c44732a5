"""Run a flow once: on Prefect's own server embedded, unless PREFECT_API_URL names one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from prefect import tags

from flows.embedded import embedded
from flows.settings import load

T = TypeVar("T")


def once(name: str, flow: Callable[[], T]) -> T:
    """Run a flow under the tags that its deployment would give it."""
    with embedded(load().data / "prefect"), tags("vnjp", name):
        return flow()
