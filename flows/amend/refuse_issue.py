"""What the desk cannot do to an issue, and how that is said."""

from __future__ import annotations

from warehouse import desk
from warehouse.connect import Db
from warehouse.errors import MendableError
from warehouse.issue import Entry, Issue

_OUT = ("sent", "handing_over", "unknown", "written")  # what a reader has, or may have
_SHOWN = 12


def not_frozen(week: str) -> MendableError:
    """Say that there is no issue of a week yet."""
    return MendableError(
        f"{week} is not frozen: there is nothing to decide on. `vnjp digest hold {week}` holds it as soon as it is; "
        "`vnjp digest log` lists the issues."
    )


def gone(db: Db, week: str, what: str, story: str = "") -> None:
    """Refuse to touch an issue that has gone out."""
    out = _out(db, week)
    if out:
        of = f" --story {story!r}" if story else ""
        raise MendableError(
            f"Issue {week} has gone out to {out} reader{'s' * (out != 1)} and cannot be {what}. "
            f'`vnjp digest erratum {week}{of} "TEXT"` has the next issue print a correction.'
        )


def not_gone(db: Db, week: str) -> None:
    """Refuse an erratum on an issue that nobody has: it can still be edited."""
    if not _out(db, week):
        raise MendableError(
            f"Issue {week} has not gone out: nobody read the error. "
            f"`vnjp digest drop {week} STORY` or `vnjp digest hold {week}` keeps it from readers."
        )


def entry_of(issue: Issue, wanted: str) -> Entry:
    """Give the entry named by story id, by its place in the issue, or by part of a headline; MendableError else."""
    by_id = [one for one in issue.entries if wanted == one.story_id or wanted == str(one.position)]
    heads = (one for one in issue.entries if any(wanted.casefold() in each.text.casefold() for each in one.headlines))
    found = by_id or list(heads)
    if len(found) == 1:
        return found[0]
    how = f"{len(found)} stories of issue {issue.week} are" if found else f"No story of issue {issue.week} is"
    lines = [f"  {one.position:>2}  {one.story_id}  {one.headlines[0].text}" for one in (found or issue.entries)]
    more = [f"  and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
    raise MendableError("\n".join([f"{how} named {wanted!r}. Give an id or a number:", *lines[:_SHOWN], *more]))


def _out(db: Db, week: str) -> int:
    return sum(one.status in _OUT for one in desk.deliveries(db, week))
