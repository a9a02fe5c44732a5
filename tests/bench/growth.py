"""What judging costs when the warehouse grows: ``python -m tests.bench.growth [ARTICLES]`` (default 100000).

A synthetic warehouse of articles with prints, a tenth of them in stories, spread over years at one pace. At a tenth of
the size and at the whole size, a batch of new articles is looked up as the stages do; CPU seconds and articles found.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from tests.samples import NOW, article
from warehouse import read, write
from warehouse.connect import Db, Warehouse
from warehouse.records import Article, Fingerprint, Membership, Story
from warehouse.rows import offer, rows

_BATCH = 50  # new articles
_A_DAY = 100  # articles that come in a day: the pace is the same however long the warehouse has been fed
_SAMPLED = 30  # hashes kept of a text of 3 KB
_AT_ONCE = 5000
_DAYS = 10  # as in flows/stages.py
_ROUNDS = 5


def printed(number: int, dice: random.Random) -> Fingerprint:
    """Make a print of its own: one hash in twenty is background that others share."""
    sample = {dice.getrandbits(20) if dice.random() < 0.05 else dice.getrandbits(59) for _ in range(_SAMPLED)}
    hashes = tuple(sorted(16 * value for value in sample))
    return Fingerprint(f"a{number:06}", "r", f"b{number}", 16 * _SAMPLED, hashes, "bench")


def fill(db: Db, first: int, last: int, dice: random.Random) -> None:
    """Add articles, their prints, and a story for each tenth of them."""
    for start in range(first, last, _AT_ONCE):
        numbers = range(start, min(last, start + _AT_ONCE))
        made = [one(number) for number in numbers]
        write.extracted(db, [], made)
        write.fingerprints(db, [printed(number, dice) for number in numbers])
        told = made[::10]
        stories = [Story("s" + each.article_id, each.article_id, NOW, NOW, "other", None) for each in told]
        write.stories(
            db, stories, [Membership("s" + each.article_id, each.article_id, 1.0, "", "") for each in told], []
        )


def one(number: int) -> Article:
    """Make an article of its day."""
    at = NOW + timedelta(days=number / _A_DAY)
    return article(article_id=f"a{number:06}", revision="r", published=at, first_seen=at, revised_at=at)


def look_up(db: Db, size: int, dice: random.Random) -> tuple[float, int, int]:
    """Look a batch up: CPU seconds an article, possible copies, articles of stories near in time."""
    new = [printed(size + number, dice) for number in range(_BATCH)]
    offer(db, "wanted", [f"a{size - 1 - number:06}" for number in range(_BATCH)])
    start = time.process_time()
    for _ in range(_ROUNDS):
        alike = read.alike(db, new, 1)
        near = rows(db, "story_neighbours", days=_DAYS)
    return (time.process_time() - start) / _ROUNDS / _BATCH, len(alike), len(near)


def main(size: int) -> None:
    """Fill, look up, fill up, look up again."""
    dice = random.Random(20250427)
    with tempfile.TemporaryDirectory() as folder:
        house, held = Warehouse(Path(folder)), 0
        for goal in (size // 10, size):
            with house.writer() as db:
                fill(db, held, goal, dice)
            held = goal
            with house.writer() as db:
                spent, alike, near = look_up(db, held, dice)
            print(
                f"{goal:7} articles  {spent * 1e3:.3f} ms CPU an article  {alike} possible copies  {near} near in time"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
