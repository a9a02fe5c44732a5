"""Labelled articles as the step of stories sees them: those of a gold file, moved into one week, and the sample's."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from flows.sample import load
from tasks.cluster.signature import Judged, Signature, sign
from tasks.lexicon import Lexicon
from tasks.tag import tag
from tasks.text import clean, digest
from tests.samples import article

FOLDS = 5
MONDAY = date(2025, 4, 28)


@dataclass(frozen=True)
class Labelled:
    """An article's signature, its event, and by what it is put into a fold: one event may be in both sets."""

    signature: Signature
    event: str
    fold: int


def of_gold(path: Path, lexicon: Lexicon) -> list[tuple[Judged, str]]:
    """Read relevant labelled articles, each event moved into one week, the days within an event as they were."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    rows = [row for row in rows if row.get("published") and row["relevance"] in {"bilateral", "related"}]
    events = {row["id"]: row["event"] or "alone " + row["id"] for row in rows}
    first: dict[str, date] = {}
    for row in rows:
        day = date.fromisoformat(row["published"][:10])
        first[events[row["id"]]] = min(day, first.get(events[row["id"]], day))
    order = {event: place for place, event in enumerate(sorted(first))}
    found = []
    for row in rows:
        event = events[row["id"]]
        day = MONDAY + timedelta(days=order[event] * 3 % 5) + (date.fromisoformat(row["published"][:10]) - first[event])
        found.append(
            (
                _judged(
                    row["id"], row["title"], row["text"], datetime(day.year, day.month, day.day, 5, tzinfo=UTC), lexicon
                ),
                event,
            )
        )
    return found


def of_sample(lexicon: Lexicon) -> list[tuple[Judged, str]]:
    """Give the sample's articles that are in stories."""
    return [
        (_judged(one.key, one.title, one.body, one.published.astimezone(UTC), lexicon), "sample " + one.story)
        for one in load().articles
        if one.story
    ]


def _judged(name: str, title: str, text: str, at: datetime, lexicon: Lexicon) -> Judged:
    bare = article(
        article_id=name, title=clean(title), text=clean(text), published=at, first_seen=at, language="", side="third"
    )
    judgement = tag(bare, lexicon)
    return Judged(replace(bare, language=judgement.language), judgement)


def labelled(judged: Sequence[tuple[Judged, str]], lexicon: Lexicon) -> list[Labelled]:
    """Sign the articles; events with the same visit share a fold, whatever they are called."""
    signed = [(sign(one, lexicon), event) for one, event in judged]
    visits: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for signature, event in signed:
        visits[event][" ".join(signature.visit) if signature.visit else event] += 1
    fold = {event: int(digest(found.most_common(1)[0][0]), 16) % FOLDS for event, found in visits.items()}
    return [Labelled(signature, event, fold[event]) for signature, event in signed]
