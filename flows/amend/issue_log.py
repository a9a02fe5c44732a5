"""The log of the issues as it is said: what was decided, where each issue stands, and whom it did not reach."""

from __future__ import annotations

from collections.abc import Mapping

from flows.ask.lay import columns, wrap
from flows.mail import mail_of
from flows.recipients import listed
from flows.settings import Settings
from tasks.deliver.message import reader_key
from warehouse import desk
from warehouse.records import Delivery
from warehouse.rows import Row, row_of, rows

_TROUBLED = ("rejected", "unknown", "deferred")


def held(settings: Settings, week: str = "") -> list[Row]:
    """Give the issues, or that of a week, newest first, each with its log and its deliveries by status.

    Readers whom it did not reach stand with their addresses: the settings know those, the warehouse does not.
    """
    mail = mail_of(settings)
    address = {reader_key(one.address, mail): one.address for one in listed(settings)}
    with settings.warehouse.reader() as db:
        issues = {row["week"]: row for row in rows(db, "issue_states", week=week)}
        decisions = desk.log(db, week)
        ledger = {label: desk.deliveries(db, label) for label in issues}
    for one in decisions:  # a hold that was set ahead has no issue yet
        issues.setdefault(one.week, {"week": one.week, "state": one.state, "frozen_at": None})
    return [
        issues[label]
        | {
            "deliveries": _counts(ledger.get(label, [])),
            "not_reached": [_missed(one, address) for one in ledger.get(label, []) if one.status in _TROUBLED],
            "log": [row_of(one) for one in decisions if one.week == label],
        }
        for label in sorted(issues, reverse=True)
    ]


def lines(found: list[Row], width: int = 0) -> str:
    """Say them for a person, of at most `width` columns (default: the terminal's)."""
    width = width or columns()
    if not found:
        return "No issue is frozen. `vnjp digest build` freezes every week that is over."
    told = []
    for row in found:
        told.append(wrap(_head(row), width, 0, 2))
        told += [wrap(_said(one), width, 2, 2) for one in row["log"]]
        told += [wrap(_why_not(one), width, 2, 2) for one in row["not_reached"]]
    return "\n".join(told)


def _head(row: Row) -> str:
    if not row["frozen_at"]:
        return f"{row['week']}  not frozen, {row['state']}"
    letters = ", ".join(f"{count} {status}" for status, count in row["deliveries"].items())
    return (
        f"{row['week']}  {row['state']}; {row['stories']} stories; {letters or 'no readers'}; "
        f"frozen {row['frozen_at']:%Y-%m-%d %H:%M} UTC, content {row['sha256'][:12]}"
    )


def _said(one: Row) -> str:
    """Say a decision in one line."""
    about = [f"“{one['headline']}”"] if one["headline"] else []
    about += [f"“{one['words']}”", _printed(one)] if one["words"] else []
    about += [f"until {one['due_at']:%Y-%m-%d %H:%M} UTC, then {one['when_due']}"] if one["due_at"] else []
    about += [one["note"]] if one["note"] else []
    about += [f"{one['made_at']:%Y-%m-%d %H:%M} UTC" + (f" by {one['made_by']}" if one["made_by"] else "")]
    return f"{one['number']}. {one['decision']}: {', '.join(about)}; {one['state']}"


def _printed(one: Row) -> str:
    return f"printed in {one['printed_in']}" if one["printed_in"] else "not printed yet"


def _why_not(one: Row) -> str:
    said = f"{one['code']} {one['reply']}" if one["code"] else one["reply"]
    return f"{one['status']}: {one['reader']}, at try {one['attempts']}: {said}"


def _counts(ledger: list[Delivery]) -> dict[str, int]:
    statuses = [str(one.status) for one in ledger]
    return {status: statuses.count(status) for status in sorted(set(statuses))}


def _missed(one: Delivery, address: Mapping[str, str]) -> Row:
    reader = address.get(one.recipient, f"{one.recipient} (no longer on the list)")
    return {"reader": reader, "status": one.status, "attempts": one.attempts, "code": one.code, "reply": one.reply}
