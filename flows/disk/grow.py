"""What becomes of a data folder, week by week: sizes and a pace in, a forecast out."""

from __future__ import annotations

from dataclasses import dataclass, fields

from flows.disk import measured

MONTH, YEAR, YEARS = 52 / 12, 52, 5 * 52  # weeks
_AGES = (*(day / 7 for day in range(7)), 2, 3, 4, 5)  # weeks: of backups, as warehouse/backup.py keeps them
_FAR = 10 * 52  # weeks that are looked ahead
_LEAST = 1_000.0  # bytes that an article takes at least, whatever a young file seems to say


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
        return float(sum(getattr(self, one.name) for one in fields(self)))


@dataclass(frozen=True, slots=True)
class Pace:
    """What comes in a week."""

    articles: float
    attempts: float  #: at sources
    runs: float  #: of flows
    languages: int = 1  #: of the issue
    archive: float | None = None  #: bytes of a week's archive file; None where none is full yet
    held: int = 0  #: articles that are held now
    age: float = 0  #: weeks that this has gone on


@dataclass(frozen=True, slots=True)
class Kept:
    """Days that are kept, 0 for ever."""

    archive: int = 0
    runs: int = 0


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: bytes now and later."""

    name: str
    now: float
    in_a_month: float
    in_a_year: float
    in_five_years: float


@dataclass(frozen=True, slots=True)
class Disk:
    """What the data folder weighs and will weigh."""

    kinds: tuple[Kind, ...]
    total: Kind
    free: float  #: bytes
    full_in: int | None  #: weeks until the disk is full; None where ten years do not fill it
    articles: float  #: a week


def disk_of(now: Size, pace: Pace, kept: Kept, free: float) -> Disk:
    """Say what becomes of a folder on a disk with so many bytes free."""
    later = [after(weeks, now, pace, kept) for weeks in (0, MONTH, YEAR, YEARS)]
    kinds = [Kind(name, *(float(getattr(one, name)) for one in later)) for name in _names()]
    return Disk(tuple(kinds[:-1]), kinds[-1], free, _full_in(now, pace, kept, free), pace.articles)


def after(weeks: float, now: Size, pace: Pace, kept: Kept) -> Size:
    """Give the sizes after some weeks at this pace; as they are now for 0. Nothing shrinks but the archive."""
    if not weeks:
        return now
    held = warehouse(weeks, now, pace, kept)
    backups = sum(warehouse(max(0.0, weeks - age), now, pace, kept) for age in _AGES if weeks + pace.age >= age)
    history = _weeks_kept(weeks + pace.age, kept.runs)
    prefect = measured.PREFECT + pace.runs * (measured.FLOW_RUN * history + measured.EVENTS * min(weeks, 1))
    return Size(
        warehouse=held,
        snapshot=held * measured.SNAPSHOT,
        backups=max(now.backups, backups),
        archive=_archive(weeks, now, pace, kept),
        issues=now.issues + pace.languages * measured.ISSUE * weeks,
        prefect=max(now.prefect, prefect),
        logs=max(now.logs, min(now.logs + measured.LOGS * weeks, measured.MOST_LOGS)),
    )


def warehouse(weeks: float, now: Size, pace: Pace, kept: Kept) -> float:
    """Give the size of the warehouse's file after some weeks: articles stay, attempts are let go in their turn."""
    attempts = pace.attempts * measured.ATTEMPT
    history, later = (attempts * _weeks_kept(age, kept.runs) for age in (pace.age, pace.age + weeks))
    of_one = float(measured.ARTICLE)
    if pace.held >= measured.ENOUGH:
        of_one = max(_LEAST, (now.warehouse - measured.EMPTY - history) / pace.held)
    return max(now.warehouse, measured.EMPTY) + pace.articles * of_one * weeks + later - history


def _archive(weeks: float, now: Size, pace: Pace, kept: Kept) -> float:
    """Give the size of the archive: the weeks that are kept, of what there is now the youngest."""
    pages = pace.articles * measured.PAGES * measured.PAGE
    feeds = pace.attempts * measured.FEEDS * measured.FEED
    a_week = pages + feeds if pace.archive is None else pace.archive
    grown = now.archive + a_week * weeks
    if not kept.archive:
        return grown
    left = max(0.0, _weeks_kept(weeks + pace.age, kept.archive) - weeks)  # weeks of today's that are there then
    return min(grown, a_week * min(weeks, _weeks_kept(weeks, kept.archive)) + min(now.archive, a_week * left))


def _weeks_kept(age: float, days: int) -> float:
    """Give how many weeks are there of something that has gone on for `age`: they go whole, so one more than asked."""
    return min(age, days / 7 + 1) if days else age


def _full_in(now: Size, pace: Pace, kept: Kept, free: float) -> int | None:
    """Give the first week in which no new snapshot can be written beside the old one."""
    for weeks in range(_FAR + 1):
        then = after(weeks, now, pace, kept)
        if then.total - now.total + then.warehouse > free:
            return weeks
    return None


def _names() -> list[str]:
    return [*(one.name for one in fields(Size)), "total"]
