"""What it costs to begin, beside an empty Prefect flow in the same run: `python -m tests.bench.start`.

Each row is a process of its own, from nothing to its end, with all that it starts: Prefect's own server among them.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.spent import cpu
from tests.command import ROOT
from tests.samples import list_one

ROUNDS = 3
_BARE = (
    "from flows.prepare import prepare_prefect; from flows.settings import load; "
    "prepare_prefect(load().data / 'prefect')"
)
_EMPTY = f"{_BARE}; from prefect import flow; from flows.embedded import embedded"
PROGRAMS = {
    "python, and nothing": "pass",
    "import prefect": f"{_BARE}; import prefect",
    "import our flows, too": f"{_BARE}; import flows.run",
    "the server starts and ends": f"{_EMPTY}\nwith embedded(load().data / 'prefect'): pass",
    "an empty flow on it": f"{_EMPTY}\nwith embedded(load().data / 'prefect'): flow(name='empty')(lambda: None)()",
    "vnjp collect, no source due": "import sys; sys.argv = ['vnjp', 'collect']; from flows.cli import main; main()",
}


def spend(program: str, folder: Path) -> float:
    """Give what a program costs, from its start to its end."""
    environment = {
        "VNJP_DATA": str(folder / "data"),
        "VNJP_SOURCES": str(folder / "sources.csv"),
        "PATH": "/usr/bin:/bin",
    }
    before = cpu()
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment, check=False, stdout=subprocess.DEVNULL)
    return cpu() - before


def lines() -> Iterator[str]:
    """Measure, and give a line for each program: its CPU seconds, and its ratio to the empty flow."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        list_one(folder / "sources.csv")
        fresh = spend(PROGRAMS["the server starts and ends"], folder)
        spend(PROGRAMS["vnjp collect, no source due"], folder)  # makes the warehouse; its source has failed then
        found = {what: statistics.median(spend(one, folder) for _ in range(ROUNDS)) for what, one in PROGRAMS.items()}
    floor = found["an empty flow on it"]
    yield f"{fresh / floor:6.2f}  the first start of all, which makes Prefect's database ({fresh:.2f} s of CPU)"
    for what, seconds in found.items():
        yield f"{seconds / floor:6.2f}  {what} ({seconds:.2f} s of CPU)"


if __name__ == "__main__":
    for line in lines():
        print(line, flush=True)
