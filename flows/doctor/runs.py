"""The runs: how the last one of each flow went, and whether they still come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from flows.doctor.finding import Finding
from flows.doctor.locks import held
from flows.doctor.look import age, newest_rows
from flows.settings import Settings
from warehouse.rows import Row

_QUIET = timedelta(hours=6)  # a collect is due every hour: six missed ones are no chance
_NO_DIGEST = timedelta(days=8)  # one is due by day at every hour, and on Monday has something to do
_AGAIN = {
    "collect": "vnjp collect",
    "digest": "vnjp digest send",
    "maintain": "vnjp maintain",
    "reprocess": "vnjp reprocess",
}


def flows(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Say of every flow how it went, and of the collect whether it still comes."""
    found = newest_rows(settings.warehouse, "last_runs")
    if found is None:
        return
    known = {str(row["flow"]): row for row in found}
    if "collect" not in known:
        yield Finding("collect", "warning", "none was made yet.", "vnjp collect")
    for flow, row in known.items():
        at_work = held(settings.warehouse.private.with_name(f"{flow}.lock"))
        yield _overdue(flow, row, now, at_work=at_work) or _last(flow, row, now, at_work=at_work)


def _overdue(flow: str, row: Row, now: datetime, *, at_work: bool) -> Finding | None:
    """Say that a flow comes no more, and why by the look of its last run."""
    limit = {"collect": _QUIET, "digest": _NO_DIGEST}.get(flow)
    good: datetime | None = row["good_at"]
    if limit is None or at_work or (good is not None and now - good <= limit):
        return None
    since = f"none ended well {f'for {age(good, now)}' if good else 'yet'}"
    if row["state"] == "completed" or now - row["started_at"] > limit:
        return Finding(flow, "error", f"{since}, and nothing started one since.", "vnjp serve")
    last = _last(flow, row, now, at_work=at_work)
    return Finding(flow, "error", f"{since}: {last.said}", last.next)


def _last(flow: str, row: Row, now: datetime, *, at_work: bool) -> Finding:
    """Say how the newest run of a flow went."""
    began, again = age(row["started_at"], now), _AGAIN.get(flow, "vnjp doctor")
    if row["state"] == "running" and at_work:
        return Finding(flow, "ok", f"at work since {began}.")
    if row["state"] == "running":
        said = (
            f"the run that began {began} ago never ended: it was killed. Nothing is lost; the next does what is left."
        )
        return Finding(flow, "warning", said, again)
    if row["state"] == "failed":
        said = f"the last run, {began} ago, failed: {row['error']}"
        then = _named(str(row["error"])) or again
        return Finding(flow, "warning" if flow == "collect" else "error", said, then)  # the next hour tries again
    return Finding(flow, "ok", f"the last run ended well {age(row['good_at'], now)} ago.")


def _named(error: str) -> str:
    """Give the command that an error of ours names, "" where it names none."""
    found = re.search(r"`(vnjp [^`]+)`", error)
    return found[1] if found else ""
