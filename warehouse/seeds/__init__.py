"""Tables that a person may edit: the lexicon, the sources, the baseline. Reading them needs no database."""

import csv
from collections.abc import Mapping
from importlib.resources import files


def tables() -> Mapping[str, list[dict[str, str]]]:
    """Read every table (``*.csv``) of this folder: name without suffix -> rows, each a column -> cell mapping."""
    found = {}
    for entry in sorted(files(__name__).iterdir(), key=lambda one: one.name):
        if entry.name.endswith(".csv"):
            with entry.open(encoding="utf-8") as lines:
                found[entry.name.removesuffix(".csv")] = list(csv.DictReader(lines))
    return found
