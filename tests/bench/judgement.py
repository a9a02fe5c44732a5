"""Measure the judgement on labelled articles, by halves, and raise the floors of our own set.

    python -m tests.bench.judgement [GOLD.jsonl] [--half dev|held]    what `vnjp evaluate` says, of a half
    python -m tests.bench.judgement --raise                           write what is reached into tests/gold/floors.toml

The halves part the set by event (an article without one by its id), so that no event is in both: rules are made
looking at one half, and the other says what they are worth. Floors only rise: a figure that fell keeps its floor, and
the command says so and fails. Where new articles in the set lower a figure, lower its floor by hand, and say why.
"""

import argparse
import sys
import time
import tomllib
from collections.abc import Mapping
from math import floor
from pathlib import Path
from typing import Any

from flows.evaluate import OWN, figures
from flows.evaluate.gold import Case, read
from flows.evaluate.show import told
from tasks.lexicon import build
from tasks.tag import tag
from tasks.text import digest
from tests.samples import article
from warehouse.seeds import tables

FLOORS = OWN.with_name("floors.toml")
_HEAD = "# What the judgement reaches on articles.jsonl; floors only rise: python -m tests.bench.judgement --raise\n"


def half(case: Case) -> str:
    """Say which half an article belongs to."""
    return "dev" if int(digest(case.event or case.id), 16) % 2 == 0 else "held"


def floors() -> dict[str, float]:
    """Read the floors: path of a figure, its steps parted by dots -> the least that it may be."""
    return tomllib.loads(FLOORS.read_text("utf-8"))


def reached(found: Mapping[str, Any], path: str) -> float:
    """Give the figure at a path such as stories.pair.f1, cut to three decimals; KeyError where there is none."""
    value: Any = found
    for step in path.split("."):
        value = value[step]
    return floor(float(value) * 1000 + 1e-9) / 1000


def raised(before: Mapping[str, float], found: Mapping[str, Any]) -> dict[str, float]:
    """Give the floors, each raised to what is reached where that is more."""
    return {path: max(least, reached(found, path)) for path, least in before.items()}


def cost(cases: list[Case]) -> float:
    """Give the milliseconds of CPU that judging 3,000 characters takes."""
    lexicon = build(tables())
    articles = [article(article_id=case.id, title=case.title, text=case.text) for case in cases]
    begun = time.process_time()
    for one in articles:
        tag(one, lexicon)
    return (time.process_time() - begun) / sum(len(one.title) + len(one.text) for one in articles) * 3e6


def main() -> None:
    """Read, judge, report or raise."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?", default=OWN)
    parser.add_argument("--half", choices=("dev", "held"))
    parser.add_argument("--raise", action="store_true", dest="up", help="raise the floors of our own set")
    options = parser.parse_args()
    if options.up:
        sys.exit(_raise())
    cases = [case for case in read(options.gold) if options.half in {None, half(case)}]
    print(told(figures(cases, errors=False), 100))
    print(f"\njudging costs {cost(cases):.2f} ms of CPU per 3,000 characters")


def _raise() -> int:
    found, before = figures(read(OWN), errors=False), floors()
    after = raised(before, found)
    FLOORS.write_text(_HEAD + "".join(f'"{path}" = {least:.3f}\n' for path, least in after.items()), "utf-8")
    for path, least in before.items():
        now = reached(found, path)
        note = "fell: its floor stays" if now < least else "raised" if now > least else ""
        print(f"{path:50} {least:.3f} -> {now:.3f} {note}".rstrip())
    return int(any(reached(found, path) < least for path, least in before.items()))


if __name__ == "__main__":
    main()
