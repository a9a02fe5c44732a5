"""Tell what the demo did: what each run took in and gave out, what was folded and why, what failed, where to look."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import click

from flows.demo import Kind, demo
from warehouse.connect import Warehouse
from warehouse.rows import Row, rows

# name of a count -> how a line says it, in the order of the way
_FUNNEL = {
    "asked": "feeds asked",
    "failed": "of them failed",
    "entries": "entries read",
    "new_entries": "new entries",
    "pages": "pages downloaded",
    "pages_failed": "of them failed",
    "articles": "new articles",
    "revisions": "newer revisions",
    "judged_bilateral": "judged bilateral",
    "judged_related": "judged related",
    "judged_mention": "judged mere mentions",
    "judged_none": "judged not about both",
    "folded": "copies folded",
    "in_stories": "articles put into stories",
    "issues": "issues frozen",
    "stories_told": "stories told in them",
    "letters": "letters written",
}
_QUESTIONS = (
    "select section, status, headline, outlet from this_week where level = 'full'",
    "select name, usual_role, stories from people order by stories desc limit 5",
    "select tag, field, text, title from evidence where tag like 'topic:%' limit 5",
)


def show_demo(out: Path, *, as_json: bool) -> None:
    """Run the demo into `out` and print its summary, or one JSON object."""
    started = time.monotonic()
    total = demo(out, (lambda *_: None) if as_json else _say)
    found = _found(Warehouse(out)) | {"counts": dict(total), "seconds": round(time.monotonic() - started, 1)}
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, default=str))
    else:
        click.echo(summary(out, found))


def summary(out: Path, found: Row) -> str:
    """Say what the whole demo came to."""
    counts: Mapping[str, int] = found["counts"]
    nothing = not (counts.get("new_entries") or counts.get("pages") or counts.get("letters"))
    lines = ["", "Nothing new: both weeks were collected before, and nothing was sent twice." if nothing else "In all:"]
    lines += [f"  {counts[name]:>6,}  {label}" for name, label in _FUNNEL.items() if counts.get(name)]
    lines += ["", "Folded, for example:"]
    for row in found["folded"]:
        lines += [
            f"  {row['outlet']}: {row['title']}",
            f"    {row['kind']} copy of {row['kept_outlet']}: {row['evidence']}",
        ]
    lines += ["", "Sources that did not give a feed:"]
    lines += [
        f"  {row['outlet']}: {row['state'].replace('_', ' ')}. {row['error']}".rstrip() for row in found["failing"]
    ]
    lines += ["", "The digests:"]
    lines += [
        f"  {out / 'issues' / row['week']}.html (.txt, .eml): {row['stories']} stories" for row in found["issues"]
    ]
    lines += ["", "Ask the warehouse yourself:"]
    prefix = "" if out == Path("data") else f"VNJP_DATA={out} "
    lines += [f'  {prefix}{_called()} sql "{question}"' for question in _QUESTIONS]
    return "\n".join([*lines, "", f"{found['seconds']} seconds."])


def _called() -> str:
    """Say how this command was called, so that what is shown can be copied."""
    called = Path(sys.argv[0])
    if called.name != "vnjp":
        return "vnjp"
    return str(called.relative_to(Path.cwd()) if called.is_relative_to(Path.cwd()) else called)


def _say(kind: Kind, now: datetime, counts: dict[str, int]) -> None:
    did = [f"{counts[name]:,} {label}" for name, label in _FUNNEL.items() if counts.get(name)]
    click.echo(f"{now:%a %d %b %H:%M}  {kind:8} {', '.join(did) or 'nothing to do'}")


def _found(warehouse: Warehouse) -> Row:
    with warehouse.reader() as db:
        names = {"folded": "folded_examples", "failing": "sources_without_feed", "issues": "issues_frozen"}
        return {name: rows(db, query) for name, query in names.items()}
