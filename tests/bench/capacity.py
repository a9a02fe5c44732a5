"""From what a page costs to machines: unit costs out of two measured runs, a simulation of others, and plans.

The simulation is of one collecting process with its children on a machine of some cores (flows/steps.inline): the
process makes batches of pages beside the children that read them, as far ahead as it may; what is left is done after
that, by the process alone. `make bench` holds it against measured runs. docs/scale.md rests on `plan`.
"""

from __future__ import annotations

from dataclasses import dataclass

STEP = 0.005  # seconds of the simulation's clock
BATCH, AHEAD = 25, 3  # pages; batches that lie between the process and its children at most
DAY = 86_400
BUSY = 3.0  # times the day's mean that its busiest hour brings (assumed)
FULL = 0.6  # of the cores may be busy in that hour: what is above it waits too long
MOST = 0.7  # of a core may the one process take that judges and keeps, since only one may write


@dataclass(frozen=True, slots=True)
class Run:
    """What a measured run took: CPU seconds but for ``clock``."""

    pages: int
    clock: float
    children: float
    beside: float  #: of the process, while children are at work
    rest: float  #: of the process, before and after


@dataclass(frozen=True, slots=True)
class Units:
    """CPU seconds: of a run whatever it brings, and of a page."""

    start: float  #: of the process
    starts: float  #: of the children
    children: float
    beside: float
    after: float

    @property
    def page(self) -> float:
        """All that a page takes."""
        return self.children + self.beside + self.after


def units(small: Run, large: Run) -> Units:
    """Part what grows with the pages from what does not, by two runs."""

    def slope(one: float, other: float) -> float:
        return (other - one) / (large.pages - small.pages)

    children, after = slope(small.children, large.children), slope(small.rest, large.rest)
    return Units(
        start=small.rest - after * small.pages,
        starts=small.children - children * small.pages,
        children=children,
        beside=large.beside / large.pages,
        after=after,
    )


def cpu(unit: Units, pages: int) -> float:
    """Give the CPU seconds of a run."""
    return unit.start + unit.starts + unit.page * pages


def clock(unit: Units, pages: int, cores: int) -> float:
    """Simulate a run; give its seconds by the clock."""
    now, made, read = unit.starts / cores, 0.0, 0.0
    while read < pages:
        making = made < pages and made - read < AHEAD * BATCH
        readers = min(cores, made - read) if made - read >= 1 or made >= pages else 0.0
        share = min(1.0, cores / (making + readers)) if making or readers else 0.0
        now += STEP
        made = min(pages, made + making * share * STEP / unit.beside)
        read = min(made, read + readers * share * STEP / unit.children)
        if made >= pages and made - read < share * STEP / unit.children:
            break
    return now + unit.start + unit.after * pages


@dataclass(frozen=True, slots=True)
class Plan:
    """What a day of so many articles takes."""

    cores: int  #: in the busiest hour, none of them full
    writers: float  #: of one core, by the process that judges and keeps, in that hour
    archive: float  #: gigabytes a day
    rows: float  #: gigabytes a day


def plan(unit: Units, articles: int, looks: float, page: int, rows: int) -> Plan:
    """Plan for articles a day, each downloaded `looks` times, of `rows` bytes; a page takes `page` bytes of archive."""
    pages = articles * looks * BUSY / DAY
    busy = pages * unit.page
    return Plan(
        cores=max(1, -int(-busy // FULL)),
        writers=pages * (unit.beside + unit.after),
        archive=articles * looks * page / 1e9,
        rows=articles * rows / 1e9,
    )
