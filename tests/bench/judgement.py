"""Measure the judgement on labelled articles: ``judgement.py GOLD.jsonl [--half dev|held] [--errors]``.

The halves part the set by event (an article without one by its id), so that no event is in both: rules are made
looking at one half, and the other says what they are worth.
"""

import argparse
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tasks.lexicon import build
from tasks.tag import tag
from tasks.text import digest
from warehouse.records import Article, Judgement
from warehouse.seeds import tables

RELEVANT = {"bilateral", "related"}
Row = dict[str, Any]


@dataclass
class Score:
    """Hits, false alarms and misses."""

    hit: int = 0
    false: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        return 2 * self.hit / max(1, 2 * self.hit + self.false + self.missed)

    def __str__(self) -> str:
        precision = self.hit / max(1, self.hit + self.false)
        recall = self.hit / max(1, self.hit + self.missed)
        return f"P {precision:.3f}  R {recall:.3f}  F1 {self.f1:.3f}"


def half(row: Row) -> str:
    """Say which half an article belongs to."""
    return "dev" if int(digest(row["event"] or row["id"]), 16) % 2 == 0 else "held"


def article(row: Row) -> Article:
    """Make the record of a labelled article."""
    published = datetime.fromisoformat(row["published"]).replace(tzinfo=UTC) if row.get("published") else None
    return Article(
        article_id=row["id"], revision="", source_id="", outlet="", family="", side="third", source_kind="press",
        url=row.get("url", ""), canonical_url=row.get("url", ""), language="", title=row["title"], text=row["text"],
        text_kind="full", published=published, published_quality="date-only", first_seen=published or datetime.now(UTC),
        revised_at=published or datetime.now(UTC), words=0,
    )  # fmt: skip


def score(truth: set[Any], guess: set[Any]) -> Score:
    """Compare two sets."""
    return Score(len(truth & guess), len(guess - truth), len(truth - guess))


def report(rows: list[Row], judged: dict[str, Judgement], *, errors: bool) -> None:
    """Print the figures, and with `errors` what went wrong and by which parts."""
    for name, kinds in (("relevant", RELEVANT), ("bilateral", {"bilateral"})):
        truth = {row["id"] for row in rows if row["relevance"] in kinds}
        print(f"{name:10}", score(truth, {i for i, one in judged.items() if one.relevance in kinds}))
    scored = [row for row in rows if row["relevance"] in RELEVANT]
    pairs = {(row["id"], topic) for row in scored for topic in row["topics"]}
    said = {(row["id"], topic) for row in scored for topic in judged[row["id"]].topics}
    print("topics    ", score(pairs, said))
    each = {}
    for topic in sorted({topic for _, topic in pairs}):
        each[topic] = score({pair for pair in pairs if pair[1] == topic}, {pair for pair in said if pair[1] == topic})
        print(f"  {topic:12}", each[topic], sum(1 for pair in pairs if pair[1] == topic))
    print(f"macro F1   {sum(one.f1 for one in each.values()) / max(1, len(each)):.3f}")
    same = sum(judged[row["id"]].language == row["language"] for row in rows)
    print(f"language   {same / len(rows):.3f}")
    print("classes   ", dict(Counter((row["relevance"], judged[row["id"]].relevance) for row in rows)))
    for row in rows if errors else ():
        one = judged[row["id"]]
        if one.relevance != row["relevance"]:
            print(
                f"\n{row['id']} {row['language']} {row['relevance']} -> {one.relevance}",
                one.relevance_score,
                row["title"],
            )
            print("   ", one.relevance_parts)
            print("   ", [(e.tag.partition(":")[2], e.text) for e in one.evidence if e.tag.startswith("relevance")])
        if row["relevance"] in RELEVANT and set(one.topics) != set(row["topics"]):
            missed, extra = set(row["topics"]) - set(one.topics), set(one.topics) - set(row["topics"])
            words = [(e.tag[6:], e.text) for e in one.evidence if e.tag.startswith("topic:") and e.tag[6:] in extra]
            print(f"{row['id']} topics missed {sorted(missed)} extra {words} {row['title'][:60]}")


def main() -> None:
    """Read, judge, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--half", choices=("dev", "held"))
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.gold.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if options.half in {None, half(row)}]
    lexicon = build(tables())
    begun = time.process_time()
    judged = {row["id"]: tag(article(row), lexicon) for row in rows}
    size = sum(len(row["text"]) for row in rows)
    print(f"{len(rows)} articles, {(time.process_time() - begun) / size * 3e6:.2f} ms CPU per 3,000 characters")
    report(rows, judged, errors=options.errors)


if __name__ == "__main__":
    main()
