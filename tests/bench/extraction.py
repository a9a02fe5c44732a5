"""Measure body extraction on real pages: ours beside trafilatura's own with the same options.

    python -m tests.bench.extraction ../shared/data [--pages]

The measure is that of article-extraction-benchmark: shared 4-word shingles (characters in scripts without spaces),
precision and recall averaged over the pages, F1 from the two averages.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import trafilatura

from tasks.extract import extract

_TOKEN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
SHINGLE = 4


@dataclass(frozen=True, slots=True)
class Page:
    """One recorded page with the body that a person expects of it."""

    group: str
    name: str
    url: str
    html: bytes
    body: str


@dataclass(frozen=True, slots=True)
class Score:
    """Averages over pages."""

    precision: float
    recall: float
    milliseconds: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def fundus(folder: Path) -> Iterator[Page]:
    """Read flairNLP/fundus' recorded pages: the n-th version of a publisher's file describes its n-th recording."""
    for info in sorted(folder.glob("*/meta.info")):
        pages = json.loads(info.read_text("utf-8"))
        for publisher in sorted({name.split("_")[0] for name in pages}):
            names = sorted(name for name in pages if name.startswith(f"{publisher}_"))
            versions = json.loads((info.parent / f"{publisher}.json").read_text("utf-8"))
            for name, version in zip(names, list(versions.values())[-len(names) :], strict=True):
                html = gzip.decompress((info.parent / name).read_bytes())
                yield Page(info.parent.name, name, pages[name]["url"], html, _body(version["body"]))


def _body(body: dict[str, list[dict[str, list[str]]]]) -> str:
    lines = [str(line) for line in body["summary"]]
    for section in body["sections"]:
        lines += [*section["headline"], *section["paragraphs"]]
    return "\n".join(lines)


def evaluation(folder: Path) -> Iterator[Page]:
    """Read dobbersc/fundus-evaluation: its bodies mark optional paragraphs, which count as expected here."""
    truth = json.loads((folder / "ground_truth.json").read_text("utf-8"))
    for name, page in sorted(truth.items()):
        html = gzip.decompress((folder / "html" / name).read_bytes())
        yield Page("evaluation", name, page["url"], html, "\n".join(page["body"]))


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Count a text's runs of four tokens; a shorter text is one run."""
    tokens = _TOKEN.findall(text)
    return Counter(tuple(tokens[i : i + SHINGLE]) for i in range(max(1, len(tokens) - SHINGLE + 1)))


def compare(expected: str, found: str) -> tuple[float, float]:
    """Give precision and recall of the shingles found."""
    want, have = shingles(expected), shingles(found)
    shared = (want & have).total()
    return (shared / have.total() if found else 0.0), shared / want.total()


def score(pages: list[Page], extractor: Callable[[Page], str]) -> tuple[Score, list[tuple[float, float]]]:
    """Run one extractor over the pages."""
    start = time.process_time()
    found = [extractor(page) for page in pages]
    spent = (time.process_time() - start) / len(pages) * 1000
    marks = [compare(page.body, text) for page, text in zip(pages, found, strict=True)]
    # an empty answer has no precision: it counts in recall only
    precisions = [mark[0] for mark, text in zip(marks, found, strict=True) if text]
    mean = statistics.mean(precisions) if precisions else 0.0
    return Score(mean, statistics.mean(mark[1] for mark in marks), spent), marks


def ours(page: Page) -> str:
    """Extract with this project's step."""
    return extract(page.html, page.url).text


def plain(page: Page) -> str:
    """Extract with the library alone, with the options that the step uses."""
    found = trafilatura.extract(page.html, url=page.url, favor_precision=True, include_comments=False)
    return found or ""


def main() -> None:
    """Print a table: one line a group of pages, ours beside the library's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--pages", action="store_true", help="one line a page as well")
    arguments = parser.parse_args()
    pages = [*fundus(arguments.data / "pages-fundus"), *evaluation(arguments.data / "pages-fundus-evaluation")]
    groups = {"fundus": [page for page in pages if page.group != "evaluation"]}
    groups |= {group: [page for page in pages if page.group == group] for group in sorted({p.group for p in pages})}
    print(f"{'pages':>22} {'n':>3}   ours F1/P/R (ms CPU)             trafilatura F1/P/R (ms CPU)")
    for group, members in groups.items():
        mine, my_marks = score(members, ours)
        library, library_marks = score(members, plain)
        print(f"{group:>22} {len(members):>3}   {_line(mine)}   {_line(library)}")
        if arguments.pages and group != "fundus":
            for page, *marks in zip(members, my_marks, library_marks, strict=True):
                print(f"{page.name:>45}  " + "   ".join(f"{precision:.3f} {recall:.3f}" for precision, recall in marks))


def _line(mark: Score) -> str:
    return f"{mark.f1:.4f} {mark.precision:.4f} {mark.recall:.4f} ({mark.milliseconds:4.1f})"


if __name__ == "__main__":
    main()
