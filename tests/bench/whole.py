"""From fetch to row, real pages: `python -m tests.bench.whole [FOLDER]`.

The pages of FOLDER (../shared/data, else the sample's), again and again under other addresses, are served on loopback
by a process of its own whose CPU does not count. One collect fetches their feeds and them, extracts, judges, folds and
keeps them. Beside it: trafilatura alone on as many of the same pages; the plain script of peers.py over the same sites.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from pathlib import Path

from tests.bench import capacity
from tests.bench.line import Line
from tests.bench.orchestration import EACH, bodies, feed, run
from tests.bench.spent import cpu, watched_memory
from tests.command import ROOT
from tests.conftest import SHARED

MOST = 3_000  # pages
SIZES = (300, 900, MOST)
FEW = 200  # pages of the plain script, which asks for one at a time
PEERS = ROOT / ".bench" / "peers" / "bin" / "python"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took."""

    pages: int
    cpu: float
    clock: float
    memory: int  #: bytes, at most, over all processes
    children: float  #: of the CPU
    beside: float  #: of the CPU: by the process itself, while children read

    @property
    def run(self) -> capacity.Run:
        """What capacity is reckoned from."""
        return capacity.Run(self.pages, self.clock, self.children, self.beside, self.cpu - self.children - self.beside)


def serve_all(folder: Path) -> None:
    """Be the sites: say the port, and serve until the end of standard input."""
    from tests.loopback import serve, speak

    held = bodies(folder)
    with serve() as site:
        for number in range(MOST // EACH):
            at = f"s{number}.example"
            said = {"rss": speak(feed(number), Content_Type="application/rss+xml")}
            for n, page in enumerate(islice(cycle(held), number * EACH, (number + 1) * EACH)):
                said[str(n)] = speak(page, Content_Type="text/html")
            for path, speech in said.items():
                site.routes[f"{at}/{path}"] = site.routes[f"http://{at}/{path}"] = speech
        print(site.port, flush=True)
        sys.stdin.read()


@contextmanager
def sites(folder: Path) -> Iterator[int]:
    """Run the sites in a process of their own; give its port."""
    command = [sys.executable, "-m", "tests.bench.whole", "sites", str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin
        assert child.stdout
        yield int(child.stdout.readline())
        child.stdin.close()


def collected(port: int, pages: int, cores: int = 2) -> Cost:
    """Collect so many pages into a fresh warehouse, in a fresh process that has so many cores."""
    command = [sys.executable, "-m", "tests.bench.whole", "run", str(port), str(pages), str(cores)]
    return Cost(**json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def collect(port: int, pages: int, cores: int) -> Cost:
    """Collect here; all that this process and its children do counts, but for its imports."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    from flows import collect as _  # noqa: F401 - what a run imports
    from flows.steps import inline

    before, own, begun = cpu(), time.process_time(), time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, watched_memory() as peak, stages() as ends:
        articles = run(inline, port, Path(folder), pages // EACH)
    assert articles == pages // EACH * EACH, (articles, pages)
    spent, own = cpu() - before, time.process_time() - own
    beside = ends["download"] - ends["fetch"]
    return Cost(articles, spent, time.perf_counter() - begun, peak[-1], spent - own, beside)


@contextmanager
def stages() -> Iterator[dict[str, float]]:
    """Give what will hold the CPU seconds of this process at the end of each stage: each says a line then."""
    from flows.tell.lines import LOG  # not above: Prefect's home is told before it is imported

    ends: dict[str, float] = {}
    handler = logging.Handler()
    handler.emit = lambda record: ends.update({record.getMessage().partition(":")[0]: time.process_time()})  # type: ignore[method-assign]
    LOG.addHandler(handler)
    try:
        yield ends
    finally:
        LOG.removeHandler(handler)


def alone(held: list[bytes], pages: int) -> float:
    """Give the CPU seconds of trafilatura alone for so many pages, of which each is read once and counted as served."""
    import trafilatura

    spent = []
    for body in held:
        start = time.process_time()
        trafilatura.extract(body, favor_precision=True, include_comments=False)
        spent.append(time.process_time() - start)
    return sum(islice(cycle(spent), pages))


def plain(port: int, pages: int) -> float | None:
    """Give the CPU seconds of the plain script for so many pages; None where its environment is not there."""
    return asked("plain", str(port), str(pages // EACH)).get("plain")


def asked(*arguments: str) -> dict[str, float]:
    """Run peers.py in its environment; {} where that is not there."""
    if not PEERS.exists():
        return {}
    command = [str(PEERS), str(ROOT / "tests" / "bench" / "peers.py"), *arguments]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def lines(folder: Path) -> Iterator[Line]:
    """Measure, and give the figures."""
    held, part = bodies(folder), "the whole run"
    with sites(folder) as port:
        collected(port, 80)  # files are in the system's memory
        floor = alone(held, MOST)
        one, *grown = (collected(port, 900, cores=1), *(collected(port, pages) for pages in SIZES))
        floor = (floor + alone(held, MOST)) / 2
        script = plain(port, FEW)
    small, middle, large = grown
    note = f"{large.cpu:.1f} s of CPU"
    yield Line(
        part, f"{MOST:,} real pages, fetch to row, against trafilatura alone", large.cpu / floor, most=1.15, note=note
    )
    yield Line(part, "two cores against one, 900 pages, by the clock", one.clock / middle.clock, least=1.7)
    yield Line(part, f"most memory held at once over all processes, {MOST:,} pages", large.memory / 1e6, "MB", most=700)
    for cost, times in ((middle, 3), (large, 10)):
        grew = cost.cpu / small.cpu
        yield Line("growth", f"{times}x the pages: CPU against that of {small.pages}", grew, note=f"{cost.cpu:.1f} s")
    yield from reckoned(one, *grown)
    if script is not None:
        ours = middle.cpu / middle.pages * (FEW // EACH * EACH)
        yield Line(
            part, f"ours against a plain script, {FEW} pages", ours / script, note=f"{script:.1f} s of the script"
        )


def reckoned(one: Cost, small: Cost, middle: Cost, large: Cost) -> Iterator[Line]:
    """Say what a page costs, and hold what follows from the smaller runs against the largest, and one core."""
    part, unit = "arithmetic", capacity.units(small.run, middle.run)
    for what, seconds in (
        ("in the children that read", unit.children),
        ("in the process, beside them", unit.beside),
        ("in the process, after them", unit.after),
    ):
        yield Line(part, f"a page, {what}", seconds * 1e3, "ms")
    yield Line(part, "a run, whatever it brings", unit.start + unit.starts, "s")
    at = f"by the smaller runs, {large.pages:,} pages: CPU reckoned against measured"
    yield Line(part, at, capacity.cpu(unit, large.pages) / large.cpu)
    for cost, cores in ((large, 2), (one, 1)):
        reckoned = capacity.clock(unit, cost.pages, cores) / cost.clock
        yield Line(part, f"clock simulated against measured, {cost.pages:,} pages, {cores} cores", reckoned)


def against_peers(folder: Path) -> Iterator[Line]:
    """Extract the same pages by ours and by every peer that is there."""
    from tasks.extract import extract

    held = bodies(folder)
    for body in held[:3]:  # as for the others: what is read once is read
        extract(body, "http://one.example/1", "text/html")
    start = time.process_time()
    for body in held:
        extract(body, "http://one.example/1", "text/html")
    ours = time.process_time() - start
    for name, theirs in asked("extract", str(folder)).items():
        note = f"{theirs / len(held) * 1e3:.0f} ms a page"
        yield Line("peers", f"extracting: ours against {name}", ours / theirs, most=1.0, note=note)


if __name__ == "__main__":
    from flows.prepare import prepare_prefect

    prepare_prefect(Path(tempfile.gettempdir()) / "vnjp-bench-prefect")
    if sys.argv[1:2] == ["sites"]:
        serve_all(Path(sys.argv[2]))
    elif sys.argv[1:2] == ["run"]:
        print(json.dumps(asdict(collect(*map(int, sys.argv[2:])))))
    else:
        data = Path(sys.argv[1]) if sys.argv[1:] else SHARED / "data"
        for made in (lines, against_peers):
            for line in made(data):
                print(line, flush=True)
