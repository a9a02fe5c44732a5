"""What becomes of a data folder, week by week: sizes and a pace in, a forecast out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from flows.disk import measured

_MONTH, _YEAR, _YEARS = 52 / 12, 52, 5 * 52  # weeks
_DAILY, _WEEKLY = 7, 4  # backups, as warehouse/backup.py keeps them
_FAR = 10 * 52  # weeks that are looked ahead
_KEEP_RUNS = 90  # days, as the settings have it


@dataclass(frozen=True, slots=True)
class Size:
    """Bytes by kind of what a data folder holds."""

    warehouse: float = 0
    snapshot: float = 0
    backups: float = 0
    archive: float = 0
    issues: float = 0
    prefect: float = 0
    logs: float = 0

    @property
    def total(self) -> float:
        """All of them."""
        return sum(getattr(self, one.name) for one in fields(self))


@dataclass(frozen=True, slots=True)
class Pace:
    """What comes in a week."""

    articles: float
    attempts: float  #: at sources
    runs: float  #: of flows
    languages: int = 1  #: of the issue
    archive: float | None = None  #: bytes of a week's archive file; None where none is full yet
    held: int = 0  #: articles that are held now


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: bytes now and later."""

    name: str
    now: float
    a_week: float  #: by which it grows on average in the year to come
    in_a_month: float
    in_a_year: float
    in_five_years: float


@dataclass(frozen=True, slots=True)
class Disk:
    """What the data folder weighs and will weigh."""

    kinds: tuple[Kind, ...]
    total: Kind
    free: float
    full_in: int | None  #: weeks until no copy of the warehouse fits any more; None where ten years are not enough


def disk_of(now: Size, pace: Pace, free: float, keep_archive: int, keep_runs: int) -> Disk:
    """Say what becomes of a folder; days to keep are 0 for ever."""
    at = {weeks: after(weeks, now, pace, keep_archive, keep_runs) for weeks in (0, _MONTH, _YEAR, _YEARS)}

    def kind(name: str) -> Kind:
        begin, month, year, years = (float(getattr(one, name)) for one in at.values())
        return Kind(name, begin, (year - begin) / _YEAR, month, year, years)

    full_in = next(
        (
            weeks
            for weeks in range(_FAR + 1)
            for then in (after(weeks, now, pace, keep_archive, keep_runs),)
            if then.total - now.total + then.warehouse > free  # a new snapshot is written beside the old one
        ),
        None,
    )
    return Disk(tuple(kind(one.name) for one in fields(Size)), kind("total"), free, full_in)


def after(weeks: float, now: Size, pace: Pace, keep_archive: int, keep_runs: int) -> Size:
    """Give the sizes after some weeks at this pace, by what is kept; as they are now for 0."""
    if not weeks:
        return now

    def warehouse(at: float) -> float:
        history = _kept(at, keep_runs) * pace.attempts * measured.ATTEMPT
        held = history if at <= 0 or not now.warehouse else history - _kept(0.0, keep_runs)
        return max(now.warehouse, measured.EMPTY) + pace.articles * _of_an_article(now, pace) * at + max(0.0, held)

    archive = pace.archive or pace.articles * measured.PAGES * measured.PAGE + pace.attempts * measured.FEEDS * measured.FEED
    ages = [*(day / 7 for day in range(_DAILY)), *(1 + week for week in range(1, _WEEKLY + 1))]
    made = [warehouse(max(0.0, weeks - age)) for age in ages if weeks >= age]
    runs = pace.runs * (measured.FLOW_RUN * _kept(weeks, keep_runs) + measured.EVENTS * min(weeks, 1))
    issue = pace.languages * measured.ISSUE
    return Size(
        warehouse=warehouse(weeks),
        snapshot=warehouse(weeks) * measured.SNAPSHOT,
        backups=max(now.backups if len(made) < len(ages) else 0.0, sum(made)),
        archive=_bounded(now.archive, archive, weeks, keep_archive),
        issues=now.issues + issue * weeks,
        prefect=max(now.prefect, measured.PREFECT + runs),
        logs=max(now.logs, min(now.logs + measured.LOGS * weeks, measured.MOST_LOGS)),
    )


def _of_an_article(now: Size, pace: Pace) -> float:
    """Give bytes of the warehouse for an article: as it is here, once a few thousand say so."""
    if pace.held < measured.ENOUGH:
        return measured.ARTICLE
    return max(0.0, now.warehouse - measured.EMPTY) / pace.held


def _kept(weeks: float, days: int) -> float:
    """Give the weeks of history that are there after some weeks: whole ones are let go, so one more than asked."""
    return min(weeks, days / 7 + 1) if days else weeks


def _bounded(now: float, a_week: float, weeks: float, days: int) -> float:
    grown = now + a_week * weeks
    return min(grown, max(now if weeks * 7 < days else 0.0, a_week * (days / 7 + 1))) if days else grown
