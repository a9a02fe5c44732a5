"""Prefect: whether somebody starts the flows when they are due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import Any

from flows.doctor.api import Api, api_of, why
from flows.doctor.finding import Finding
from flows.doctor.look import age, newest_rows
from flows.due import PLANS
from flows.settings import Settings

_NAME = "prefect"
_FLOWS = tuple(plan.flow for plan in PLANS)
_QUIET = timedelta(hours=6)  # as for runs: while collects come, somebody starts them, be it cron
_LONG = timedelta(hours=3)  # a run that is Running for so long has lost its process
_STARTS = timedelta(minutes=2)  # a fresh home migrates first, on a busy machine for a minute
_OURS = {"tags": {"all_": ["vnjp"]}}
Row = dict[str, Any]


def served(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Look whether a Prefect API is there, and whether it starts our flows."""
    api = api_of(settings)
    if api is None:
        yield _nobody(settings, now)
        return
    try:
        yield from _examined(api, settings, now)
    except (OSError, ValueError) as error:
        if api.since and now - api.since < _STARTS:
            yield Finding(_NAME, "warning", f"the server at {api.url} is starting.", "vnjp doctor again in a minute")
            return
        said, then = (one.format(url=api.url) for one in why(error))
        yield Finding(_NAME, "error", f"{said}: no run starts.", "vnjp serve" if api.ours else then)


def _examined(api: Api, settings: Settings, now: datetime) -> Iterator[Finding]:
    """Put every question to an API; raises OSError or ValueError where it does not answer."""
    yield _version(api)
    deployed = [one for one in api.rows("deployments/filter", deployments=_OURS) if _flow(one)]  # not the mails
    if api.ours and not any(one["status"] == "READY" for one in deployed):  # the server of one run, by hand or by cron
        yield _nobody(settings, now)
        return
    missing = [flow for flow in _FLOWS if flow not in {_flow(one) for one in deployed}]
    if len(missing) == len(_FLOWS):
        yield Finding("schedules", "error", "no flow is deployed there: nothing runs.", "prefect deploy --all")
        return
    yield from _schedules(deployed, missing, api)
    yield from _workers(api, deployed, now)
    yield from _runs(api, now)


def _nobody(settings: Settings, now: datetime) -> Finding:
    """Say that nobody serves: fine while collects come all the same, as from cron."""
    # only what is published: this runs beside the others, who have the writer's file meanwhile
    runs = {row["flow"]: row for row in newest_rows(settings.warehouse, "last_runs", published=True) or ()}
    good = runs["collect"]["good_at"] if "collect" in runs else None
    if good is not None and now - good <= _QUIET:
        said = f"nobody serves here, but a collect ended well {age(good, now)} ago: something else starts them."
        return Finding(_NAME, "ok", said)
    said = "nobody serves the flows: `vnjp serve` does not run here and PREFECT_API_URL names no server."
    return Finding(_NAME, "error", said, "vnjp serve")


def _version(api: Api) -> Finding:
    there, here = str(api.get("admin/version")), version("prefect")
    if there.split(".")[:2] != here.split(".")[:2]:
        said = f"the server at {api.url} is Prefect {there}, and this is {here}: runs may fail in odd ways."
        return Finding(_NAME, "warning", said, f"on the server: pip install prefect=={here}, then start it anew")
    return Finding(_NAME, "ok", f"{there} answers at {api.url}.")


def _schedules(deployed: Sequence[Row], missing: Sequence[str], api: Api) -> Iterator[Finding]:
    """Look whether all three are there, each with a schedule that is on."""
    name, cure = "schedules", "end vnjp serve and start it again" if api.ours else "prefect deploy --all"
    paused = [one for one in deployed if one["paused"]]
    off = [one for one in deployed if not any(each["active"] for each in one["schedules"])]
    if missing:
        yield Finding(name, "error", f"not deployed, so never run: {', '.join(missing)}.", cure)
    if paused:
        yield Finding(name, "error", f"paused, so never run: {_names(paused)}.", cure)
    if off := [one for one in off if one not in paused]:
        yield Finding(name, "error", f"no schedule is on for {_names(off)}.", cure)
    if not (missing or paused or off):
        yield Finding(name, "ok", f"on for {_names(deployed)}.")


def _workers(api: Api, deployed: Sequence[Row], now: datetime) -> Iterator[Finding]:
    """Look whether somebody takes what is due: a worker of the pool, or who serves."""
    pools = sorted({str(one["work_pool_name"]) for one in deployed if one["work_pool_name"]})
    if not pools:
        if idle := [one for one in deployed if one["status"] != "READY"]:
            said = f"nobody takes what is due of {_names(idle)}: who served them has ended, or their work pool is gone."
            then = "vnjp serve; or prefect work-pool create default --type process, then prefect deploy --all"
            yield Finding("worker", "error", said, then)
        else:
            yield Finding("worker", "ok", "the flows are served.")
        return
    known = {str(one["name"]): one for one in api.rows("work_pools/filter")}
    for pool in pools:
        yield _pool(api, pool, known.get(pool), now)


def _pool(api: Api, pool: str, found: Row | None, now: datetime) -> Finding:
    if found is None:
        then = f"prefect work-pool create {pool} --type process, then prefect deploy --all"
        return Finding("worker", "error", f"there is no work pool {pool}: nothing runs.", then)
    if found["is_paused"]:
        return Finding("worker", "error", f"the work pool {pool} is paused.", f"prefect work-pool resume {pool}")
    workers = api.rows(f"work_pools/{pool}/workers/filter")
    online = [one for one in workers if one["status"] == "ONLINE"]
    if online:
        return Finding("worker", "ok", f"{len(online)} online for the work pool {pool}.")
    seen = max((one["last_heartbeat_time"] or "" for one in workers), default="")
    last = f", the last was seen {age(datetime.fromisoformat(seen), now)} ago" if seen else ""
    return Finding(
        "worker", "error", f"none is online for the work pool {pool}{last}.", f"prefect worker start --pool {pool}"
    )


def _runs(api: Api, now: datetime) -> Iterator[Finding]:
    """Look for runs that were not begun in time, and for runs that say Running without an end."""
    late = api.rows("flow_runs/filter", flow_runs={**_OURS, "state": {"name": {"any_": ["Late"]}}})
    if late:
        since = min(datetime.fromisoformat(one["expected_start_time"]) for one in late)
        said = (
            f"{len(late)} runs are late, the first by {age(since, now)}: nobody takes them, or one before them hangs."
        )
        yield Finding("late runs", "warning", said, "prefect worker start --pool default, or vnjp serve")
    before = (now - _LONG).isoformat()
    running = {"state": {"type": {"any_": ["RUNNING"]}}, "start_time": {"before_": before}}
    for one in api.rows("flow_runs/filter", flow_runs={**_OURS, **running}):
        since = datetime.fromisoformat(one["start_time"])
        said = f"{one['name']} is Running for {age(since, now)}: its process is probably gone, and it keeps others out."
        yield Finding("stuck runs", "error", said, f"prefect flow-run cancel {one['id']}; vnjp automations install")


def _flow(one: Row) -> str:
    """Give which of the three flows a deployment is of, by the tag beside ours; "" for another."""
    return next((tag for tag in one["tags"] if tag in _FLOWS), "")


def _names(deployed: Sequence[Row]) -> str:
    return ", ".join(sorted(f"{_flow(one)}/{one['name']}" for one in deployed))
