"""CPU milliseconds that judging costs, per 3,000 bytes of text: ``python -m tests.bench.cost [PATH...]``.

Texts: those of the folders given (as in near_duplicates.py), and the sample's, which are dense with names. Each part is
run three times over all texts and the best kept; divide by the printed unit to compare machines.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from flows.sample import load
from flows.solve import lexicon
from tasks.cluster import Judged, cluster
from tasks.dedupe import Printed, dedupe, fingerprint
from tasks.language import language
from tasks.tag import tag
from tests.bench.near_duplicates import texts
from tests.samples import article
from warehouse.records import Article

_ROUNDS = 3
T = TypeVar("T")


def best(name: str, size: int, work: Callable[[], T]) -> T:
    """Time a part and print it; give what it made."""
    spent = []
    for _ in range(_ROUNDS):
        start = time.process_time()
        made = work()
        spent.append(time.process_time() - start)
    print(f"  {name:28} {min(spent) / size * 3e6:6.3f} ms")
    return made


def measure(name: str, articles: Sequence[Article]) -> None:
    """Time every part of judging on some articles."""
    size = sum(len(one.text.encode()) for one in articles)
    print(f"{name}: {len(articles)} texts, {size // len(articles)} bytes on the average")
    best("language (in tags as well)", size, lambda: [language(one.title, one.text) for one in articles])
    judged = best("tags", size, lambda: [Judged(one, tag(one, lexicon())) for one in articles])
    prints = best("prints", size, lambda: [Printed(one, fingerprint(one)) for one in articles])
    best("copies", size, lambda: dedupe(prints, (), ()))
    best("stories", size, lambda: cluster(judged, (), (), (), {}, lexicon()))


def joined(articles: Sequence[Article], size: int = 3_000) -> list[Article]:
    """Join texts of one language to texts of so many bytes: as dense, and as long as articles are."""
    made: list[Article] = []
    for one in sorted(articles, key=lambda one: one.language):
        last = made[-1] if made else None
        if last and last.language == one.language and len(last.text.encode()) < size:
            made[-1] = replace(last, text=f"{last.text}\n{one.text}")
        else:
            made.append(one)
    return [one for one in made if len(one.text.encode()) >= size]


def main(paths: list[Path]) -> None:
    """Measure texts of every kind, the sample, and the sample as long articles."""
    start = time.process_time()
    sum(number * number for number in range(3_000_000))
    print(f"unit: {time.process_time() - start:.3f} s for three million squares")
    found = [article(article_id=str(number), title="", text=text) for number, text in enumerate(texts(paths))]
    if found:
        measure("folders", found)
    dense = [
        article(article_id=one.key, title=one.title, text=one.body, language=one.outlet.language)
        for one in load().articles
    ]
    measure("sample", dense)
    measure("sample, joined", joined(dense))


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
