"""Measure the judgement on labelled articles: no warehouse, no Prefect; the judge is that of `vnjp judge`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from flows.evaluate.gold import Case, one_week, read
from flows.evaluate.measure import Figures, Judged, measure
from flows.evaluate.mistakes import mistakes
from flows.judge import judge

OWN = Path(__file__).resolve().parents[2] / "tests" / "gold" / "articles.jsonl"  #: in a checkout, not in a wheel


def evaluate(path: Path, *, errors: bool) -> Figures:
    """Judge the articles of a gold file, give all figures and, with `errors`, each mistake with its words.

    The figures are those of `measure`; MendableError names file, line and field of what is no labelled article.
    """
    return figures(read(path), errors=errors)


def figures(cases: Sequence[Case], *, errors: bool) -> Figures:
    """Do the same with articles already read."""
    stressed = one_week(cases)
    judged, in_week = _judged(cases), _judged(stressed)
    found = measure(cases, judged, stressed, in_week)
    return found | {"errors": mistakes(cases, judged, stressed, in_week)} if errors else found


def _judged(cases: Iterable[Case]) -> Judged:
    return {line["id"]: line for line in judge([case.bare() for case in cases], baseline=False)}
