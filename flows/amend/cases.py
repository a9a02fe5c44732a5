"""The user's own gold set: a labelled case for each article that a correction is about."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from warehouse import read
from warehouse.connect import Warehouse
from warehouse.records import Override
from warehouse.rows import Row, offer, rows


def write_cases(warehouse: Warehouse) -> int:
    """Write gold.jsonl of the data folder anew from all overrides; give how many cases it holds.

    The form is that of tests/gold/articles.jsonl. What the user decided of an article stands in ``decided``
    (relevance, topics, language, event, duplicate_group); the other labels are what the rules say, as he left them.
    """
    with warehouse.reader() as db:
        overrides = read.overrides(db)
        offer(db, "wanted", {name for one in overrides for name in (*one.subjects, *one.others)})
        found = rows(db, "gold_cases")
    decided, notes = _decided(overrides)
    groups = Counter(row["duplicate_of"] or row["article_id"] for row in found)
    lines = [
        json.dumps(_case(row, groups, decided[row["article_id"]], notes[row["article_id"]]), ensure_ascii=False) + "\n"
        for row in found
    ]
    path = warehouse.folder / "gold.jsonl"
    if lines or path.exists():
        draft = path.with_name(".gold.jsonl.draft")
        draft.write_text("".join(lines), encoding="utf-8")
        draft.replace(path)
    return len(lines)


def _decided(overrides: Sequence[Override]) -> tuple[Mapping[str, set[str]], Mapping[str, list[str]]]:
    """Say which labels of each article a user decided, and what he noted."""
    decided: defaultdict[str, set[str]] = defaultdict(set)
    notes: defaultdict[str, list[str]] = defaultdict(list)
    for one in overrides:
        labels = {"unfold": {"duplicate_group"}}.get(one.kind, {"event"})
        if one.kind == "relabel":
            given = {"relevance": one.relevance, "topics": one.topics is not None, "language": one.language}
            labels = {name for name, value in given.items() if value}
        for name in (*one.subjects, *one.others):
            decided[name] |= labels
            notes[name] += [one.note] if one.note else []
    return decided, notes


def _case(row: Row, groups: Mapping[str, int], decided: set[str], notes: Sequence[str]) -> dict[str, Any]:
    group = row["duplicate_of"] or row["article_id"]
    published = row["published"]
    day_only = row["published_quality"] == "date-only"
    return {
        "id": row["article_id"],
        "url": row["url"],
        "title": row["title"],
        "published": (published.date() if day_only else published).isoformat() if published else "",
        "language": row["language"],
        "text": row["text"],
        "text_kind": "full" if row["text_kind"] in {"full", "feed"} else "digest",
        "relevance": row["relevance"],
        "topics": list(row["topics"]),
        "event": row["story_id"] or "",
        "part": "",
        "duplicate_group": group if groups[group] > 1 else "",
        "duplicate_kind": row["duplicate_kind"] or "",
        "doubt": False,
        "note": "; ".join(dict.fromkeys(notes)),
        "decided": sorted(decided),
    }
