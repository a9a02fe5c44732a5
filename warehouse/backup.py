"""Backups: one a day, each read in full when it is made; the last seven days and the last four weeks are kept."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from warehouse import copying
from warehouse.connect import Warehouse
from warehouse.troubles import said

_DAYS = 7
_WEEKS = 4
_DAILY = "????-??-??.duckdb"


def back_up(warehouse: Warehouse, today: date) -> Path:
    """Make the backup of the day and return its path; older ones go only after it is proved.

    Raises WarehouseError or DuckDB's own error where the file is damaged; all older ones then stay.
    """
    made = warehouse.backups / f"{today.isoformat()}.duckdb"
    with warehouse.lock(), said(warehouse.private):
        with warehouse.opened():  # a killed run's log belongs into the file before it is copied
            pass
        warehouse.refuse_lost(copying.proved(warehouse.private, made))
    days = {date.fromisoformat(path.stem): path for path in warehouse.backups.glob(_DAILY)}
    for day in days.keys() - kept(days) - {today}:
        days[day].unlink()
        copying.sums_of(days[day]).unlink(missing_ok=True)
    return made


def kept(days: Collection[date]) -> set[date]:
    """Say which days' backups stay: the last seven, and of those before the last one of each of four weeks."""
    newest = sorted(days, reverse=True)
    of_week: dict[tuple[int, int], date] = {}
    for day in newest:
        of_week.setdefault(day.isocalendar()[:2], day)
    weekly = [day for day in newest[_DAYS:] if day in of_week.values()]
    return {*newest[:_DAYS], *weekly[:_WEEKS]}
