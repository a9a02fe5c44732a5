"""How the last runs went and what is held, as a text file for Prometheus' node exporter (textfile collector).

Prefect's client metrics do not suit: they count requests to its API, on a port that is open only while a run lasts, and
know nothing of what a run did. The format: https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flows.settings import Settings
from warehouse.connect import Warehouse
from warehouse.errors import WarehouseError
from warehouse.rows import Row, rows

_LOG = logging.getLogger("vnjp")
_ESCAPED = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})

Sample = tuple[Mapping[str, str], float]  #: labels, value


@dataclass(frozen=True, slots=True)
class Family:
    """One metric with all its samples; all are gauges: each says how things are now."""

    name: str
    about: str
    samples: tuple[Sample, ...]


def keep_metrics(settings: Settings) -> None:
    """Write VNJP_METRICS anew, where it is set; a file that cannot be written is a warning, no more."""
    if settings.metrics is None:
        return
    try:
        put(settings.metrics, as_text(families(settings.warehouse)))
    except (OSError, WarehouseError) as error:
        why = getattr(error, "strerror", None) or error
        _LOG.warning("metrics: %s cannot be written (%s); the run goes on", settings.metrics, why)


def families(warehouse: Warehouse) -> list[Family]:
    """Read the metrics from the snapshot: of the last run of each flow, and of what is held."""
    with warehouse.reader() as db:
        runs, held = rows(db, "last_runs"), rows(db, "held_counts")
    ended = [run for run in runs if run["finished_at"]]
    sizes = {"private": warehouse.private, "snapshot": warehouse.snapshot}
    return [
        _of_runs("vnjp_run_started_timestamp_seconds", "When the last run began.", runs, "started_at"),
        _of_runs("vnjp_run_finished_timestamp_seconds", "When the last run ended.", ended, "finished_at"),
        _of_runs("vnjp_run_good_timestamp_seconds", "When the last completed run ended.", runs, "good_at"),
        _of_runs("vnjp_run_duration_seconds", "How long the last run took.", ended, "seconds"),
        Family(
            "vnjp_run_success",
            "Whether the last run completed (1) or not (0).",
            tuple(({"flow": run["flow"]}, float(run["state"] == "completed")) for run in ended),
        ),
        Family("vnjp_run_count", "What the last run counted.", tuple(_counts(ended))),
        Family("vnjp_held", "What the warehouse holds.", tuple(({"what": row["what"]}, row["held"]) for row in held)),
        Family(
            "vnjp_warehouse_bytes",
            "Sizes of the warehouse's files.",
            tuple(({"file": name}, path.stat().st_size) for name, path in sizes.items() if path.exists()),
        ),
    ]


def as_text(found: Iterable[Family]) -> str:
    """Write metrics in Prometheus' text format; families without a sample are left out."""
    return "".join("".join(_lines(one)) for one in found if one.samples)


def put(path: Path, text: str) -> None:
    """Write a file whole or not at all, for everybody to read; the collector takes no other ending than .prom."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.chmod(0o644)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _lines(one: Family) -> Iterator[str]:
    yield f"# HELP {one.name} {one.about}\n"
    yield f"# TYPE {one.name} gauge\n"
    for labels, value in one.samples:
        said = ",".join(f'{name}="{text.translate(_ESCAPED)}"' for name, text in labels.items())
        yield f"{one.name}{{{said}}} {float(value)!r}\n"


def _of_runs(name: str, about: str, runs: Iterable[Row], column: str) -> Family:
    return Family(name, about, tuple(({"flow": run["flow"]}, _number(run[column])) for run in runs if run[column]))


def _number(value: datetime | float) -> float:
    return value.timestamp() if isinstance(value, datetime) else float(value)


def _counts(runs: Iterable[Row]) -> Iterator[Sample]:
    for run in runs:
        for one in run["counts"]:
            yield {"flow": run["flow"], "count": one["key"]}, float(one["value"])
