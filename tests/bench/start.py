"""What it costs to begin, beside an empty Prefect flow in the same run: `python -m tests.bench.start`.

Each row is a process of its own, from nothing to its end, with all that it starts: Prefect's own server among them.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from tests.bench.line import Line
from tests.bench.unchanged import SOURCES, proxied, settle, started
from tests.command import ROOT
from tests.samples import NOW, list_all, list_one

ROUNDS = 3
_BARE = (
    "from flows.prepare import prepare_prefect; from flows.settings import load; "
    "prepare_prefect(load().data / 'prefect')"
)
_EMPTY = f"{_BARE}; from prefect import flow; from flows.embedded import embedded"
_COLLECT = "import sys; sys.argv = ['vnjp', 'collect'{}]; from flows.cli import main; main()"
PROGRAMS = {
    "python, and nothing": "pass",
    "import prefect": f"{_BARE}; import prefect",
    "import our flows, too": f"{_BARE}; import flows.run.collect",
    "the server starts and ends": f"{_EMPTY}\nwith embedded(load().data / 'prefect'): pass",
    "an empty flow on it": f"{_EMPTY}\nwith embedded(load().data / 'prefect'): flow(name='empty')(lambda: None)()",
    "vnjp collect, no source due": _COLLECT.format(""),
}
_FLOOR = "an empty flow on it"
_UNCHANGED = f"vnjp collect, {SOURCES} sources with nothing new"


def spend(program: str, folder: Path, **more: str) -> float:
    """Give what a program costs, from its start to its end."""
    environment = {
        "VNJP_DATA": str(folder / "data"),
        "VNJP_SOURCES": str(folder / "sources.csv"),
        "PATH": "/usr/bin:/bin",
        **more,
    }
    before = _ended()
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment, check=False, stdout=subprocess.DEVNULL)
    return _ended() - before


def _ended() -> float:
    """Give the CPU seconds of all processes that were started here and have ended; sites that are asked go on."""
    gone = resource.getrusage(resource.RUSAGE_CHILDREN)
    return gone.ru_utime + gone.ru_stime


def unchanged(folder: Path) -> float:
    """Give what a collect costs that asks many sources, of which each says that it has nothing new."""
    from flows.job import job_of
    from flows.settings import load
    from flows.stages import check_sources
    from flows.steps import inline

    folder.mkdir()
    urls = {f"s{number}": proxied(number, "validators") for number in range(SOURCES)}
    watched = list_all(folder / "sources.csv", urls)
    with started() as sites:
        proxy = f"http://127.0.0.1:{sites.port}"
        job = job_of(load(folder, data=folder / "data", sources=watched, proxy=proxy), NOW)
        check_sources(job, inline)
        settle(job)
        found = []
        for number in range(1, ROUNDS + 2):  # the first makes Prefect's database
            sites.asked()
            later = (NOW + timedelta(hours=13 * number)).isoformat()
            found.append(spend(_COLLECT.format(f", '--now', '{later}'"), folder, VNJP_PROXY=proxy))
            assert sites.asked() == (SOURCES, 0)
    return statistics.median(found[1:])


def lines() -> Iterator[Line]:
    """Measure, and give each program's CPU as a ratio to the empty flow's."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        list_one(folder / "sources.csv")
        fresh = spend(PROGRAMS["the server starts and ends"], folder)
        spend(PROGRAMS["vnjp collect, no source due"], folder)  # makes the warehouse; its source has failed then
        found = {what: statistics.median(spend(one, folder) for _ in range(ROUNDS)) for what, one in PROGRAMS.items()}
        found[_UNCHANGED] = unchanged(folder / "unchanged")
    floor = found[_FLOOR]
    fresh_start = "the first start of all, which makes Prefect's database"
    for what, seconds in {fresh_start: fresh, **found}.items():
        yield Line("start", f"{what}: against an empty flow", seconds / floor, note=f"{seconds:.2f} s of CPU")
    yield Line("start", f"{_UNCHANGED}: above an empty flow", found[_UNCHANGED] - floor, "s", most=1.5)


if __name__ == "__main__":
    from flows.prepare import prepare_prefect

    prepare_prefect(Path(tempfile.gettempdir()) / "vnjp-bench-prefect")
    for line in lines():
        print(line, flush=True)
