"""The sample under other names: which stories there are must not hang on who does what where.

As a program, `python -m tests.renamed OUT` plays the demo of it, some weeks later, into a folder, without Prefect.
"""

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path

from flows.sample import Sample, load
from tasks.text import fold
from tests.moved import moved, rewritten
from warehouse.seeds import tables

WEEKS = 6  # both weeks then lie in June: names of days stay clear without their month
NAMES: dict[str, dict[str, list[str]]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))

_LATIN = "A-Za-zÀ-ɏḀ-ỿ"
_KATAKANA = "ァ-ヺー"


def renamed(sample: Sample) -> Sample:
    """Give the sample with the names of renamed.toml, in every language and spelling that its texts use."""
    names = _names()
    longest_first = sorted(names, key=lambda form: (-len(form), form))
    pattern = re.compile("|".join(map(_whole, longest_first)))
    return rewritten(sample, lambda words, *_: pattern.sub(lambda match: names[match.group()], words))


@cache
def lexicon() -> dict[str, Mapping[str, str]]:
    """Give the rows of people, places and organisations in warehouse/seeds by their id."""
    return {row["id"]: row for name in NAMES for row in tables()[name]}


def _names() -> dict[str, str]:
    """Give every form to replace with what replaces it; ids are the names in addresses."""
    names: dict[str, str] = {}
    for kind, entries in NAMES.items():
        for old, (new, *forms) in entries.items():
            labels = _labels(lexicon()[old], lexicon()[new], person=kind == "people")
            names |= dict(labels) | {old: new} | dict(form.split(" > ") for form in forms)
    return {_plain(old): _plain(new) for old, new in names.items()} | names


def _labels(old: Mapping[str, str], new: Mapping[str, str], *, person: bool) -> Iterator[tuple[str, str]]:
    if person and old["side"] == "japan":
        mine, theirs = (_plain(row["label"]).split(" ") for row in (old, new))
        yield " ".join(mine), " ".join(theirs)
        yield " ".join(reversed(mine)), " ".join(reversed(theirs))
        yield mine[0], theirs[0]
    else:
        yield old["label"], new["label"]


def _plain(name: str) -> str:
    """Take the diacritics off Latin letters."""
    return "".join(fold(one).upper() if one.isupper() else fold(one) for one in name)


def _whole(form: str) -> str:
    """Give a pattern of the form where it is no part of a longer word; scripts without spaces have no such words."""
    if re.match(f"[{_LATIN}]", form):
        return f"(?<![{_LATIN}]){re.escape(form)}(?![{_LATIN}])"
    if re.match(f"[{_KATAKANA}]", form):
        return f"(?<![{_KATAKANA}]){form}(?![{_KATAKANA}])"
    return f"(?<![가-힣]){form}" if re.match("[가-힣]", form) else form


def main(out: Path) -> None:
    """Play the demo's moments, moved like the sample, all in this process."""
    from flows.prepare import prepare_prefect

    prepare_prefect(out / "prefect")
    from flows.demo import MOMENTS, play, staged
    from flows.steps import inline

    with staged(out, sample=renamed(moved(load(), WEEKS))) as stage:
        for kind, at in MOMENTS:
            stage.site.now = now = at + timedelta(weeks=WEEKS)
            play(stage.job(now), kind, inline)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
