"""Learn from labelled articles how likely a pair of them tells one event; write the numbers as data.

    python -m tests.bench.learn_story_weights GOLD.jsonl [--out warehouse/seeds/story_weights.json]

The pairs are those of the labelled articles, with all their events moved into one week (or the dates alone would do);
of the half "dev" of our own set, likewise (tests/bench/judgement.py parts it by event); and of the sample. The half
"held" of our own set is never learned from. Logistic regression by gradient descent (Adam, Kingma & Ba 2015), in which
a feature may only speak for or only against; each event counts by the root of its size, and pairs that look alike but
are not count more in each round. Printed first: figures of five-fold cross-validation by event, rarities learned anew
in each fold.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import exp, sqrt
from pathlib import Path

from flows.evaluate import OWN
from flows.evaluate.gold import read
from tasks.cluster.pairs import Weights, features, weigh
from tasks.cluster.reach import never
from tasks.cluster.solve import Pair, average_link, pair
from tasks.lexicon import Lexicon, build
from tests.bench.judgement import half
from tests.bench.labelled import FOLDS, Labelled, labelled, of_gold, of_sample
from warehouse.seeds import tables

THRESHOLD = 0.42  # mean likelihood from which two groups are one story
KINDS = ("person", "organisation", "place", "matter", "figure", "name", "title", "lead")
LEAST = {"name": 3, "title": 6, "lead": 6}  #: events from which a key counts as common; two for other kinds
FLOOR = {1: 5, 2: 2}  #: leaders and ministers are common although the labelled years had others in office
AGAINST = (
    *("days", "gap", "apart", "other_date", "other_place", "other_town", "other_venue", "other_organisations"),
    *("strangers_vietnam", "strangers_japan"),
)
EITHER = ("same_language", "nobody")
FOR = (
    *("person", "organisation", "place", "matter", "figure", "day", "title", "lead", "title_or_lead", "topics"),
    *(
        "rare",
        "rare_core",
        "main_vietnam",
        "main_japan",
        "same_visit",
        "half_visit",
        "agreed",
        "same_date",
        "event_type",
    ),
)
NAMES = (*FOR, *AGAINST, *EITHER)
ROUNDS = (150, 60, 60)  # steps of descent; after each round near misses weigh more
STEP, DECAY, EASY, HARD = 0.2, 0.0005, 0.02, 1.0


@dataclass(frozen=True)
class Example:
    """A pair of articles: its features by position in NAMES, whether it tells one event, and how much it counts."""

    both: Pair
    found: list[tuple[int, float]]
    same: bool
    weight: float


def rarities(articles: Iterable[Labelled], lexicon: Lexicon) -> Weights:
    """Count in how many events each key occurs; the weights themselves are still nothing."""
    events: dict[str, defaultdict[str, set[str]]] = {kind: defaultdict(set) for kind in KINDS}
    for one in articles:
        for kind in KINDS:
            for key in one.signature.keys[kind]:
                events[kind][key].add(one.event)
    common = {
        kind: {key: len(found[key]) for key in sorted(found) if len(found[key]) >= LEAST.get(kind, 2)}
        for kind, found in events.items()
    }
    people = common["person"]
    people |= {
        one: max(FLOOR[person.level], people.get(one, 0))
        for one, person in lexicon.people.items()
        if person.level in FLOOR
    }
    return Weights(0.0, {}, THRESHOLD, len({one.event for one in articles}), common)


def examples(sets: Iterable[Sequence[Labelled]], by: Weights) -> list[Example]:
    """Measure all pairs within each set that may tell one event."""
    found = []
    for articles in sets:
        weighed = {one.signature.article_id: weigh(one.signature, by) for one in articles}
        sizes = Counter(one.event for one in articles)
        for one, other in combinations(articles, 2):
            if never(one.signature, other.signature):
                continue
            both = pair(one.signature.article_id, other.signature.article_id)
            measured = features(weighed[both[0]], weighed[both[1]])
            values = [(place, measured[name]) for place, name in enumerate(NAMES) if measured.get(name)]
            size = sizes[one.event]
            same = one.event == other.event
            # the pairs of an event of n articles, n (n - 1) / 2 of them, count as 2 sqrt(n) together
            found.append(Example(both, values, same, 4 * sqrt(size) / (size * (size - 1)) if same else EASY))
    return found


def fit(found: Sequence[Example]) -> list[float]:
    """Fit one weight a feature, and the bias as the last."""
    weights = [0.0] * (len(NAMES) + 1)
    counts = [one.weight for one in found]
    for steps in ROUNDS:
        weights = _descend(found, counts, weights, steps)
        counts = [one.weight if one.same else EASY + HARD * _likely(one, weights) for one in found]
    return weights


def _descend(found: Sequence[Example], counts: Sequence[float], weights: list[float], steps: int) -> list[float]:
    size, whole = len(weights), sum(counts)
    mean, square = [0.0] * size, [0.0] * size
    for step in range(1, steps + 1):
        slope = [DECAY * weight for weight in weights[:-1]] + [0.0]
        for one, count in zip(found, counts, strict=True):
            error = count * (_likely(one, weights) - one.same) / whole
            slope[-1] += error
            for place, value in one.found:
                slope[place] += error * value
        for place in range(size):
            mean[place] = 0.9 * mean[place] + 0.1 * slope[place]
            square[place] = 0.999 * square[place] + 0.001 * slope[place] ** 2
            weights[place] -= STEP * (mean[place] / (1 - 0.9**step)) / (sqrt(square[place] / (1 - 0.999**step)) + 1e-8)
        weights = [_allowed(place, weight) for place, weight in enumerate(weights)]
    return weights


def _allowed(place: int, weight: float) -> float:
    name = NAMES[place] if place < len(NAMES) else EITHER[0]
    return weight if name in EITHER else min(0.0, weight) if name in AGAINST else max(0.0, weight)


def _likely(one: Example, weights: Sequence[float]) -> float:
    return 1 / (1 + exp(-weights[-1] - sum(weights[place] * value for place, value in one.found)))


def cross_validate(sets: Mapping[str, Sequence[Labelled]], lexicon: Lexicon) -> dict[str, dict[str, float]]:
    """Tell the stories of each fold with what was learned from the others; measure them by articles and by pairs."""
    told: dict[str, list[tuple[float, float]]] = {name: [] for name in sets}
    counted: dict[str, Counter[str]] = {name: Counter() for name in sets}
    for fold in range(FOLDS):
        others = {name: [one for one in articles if one.fold != fold] for name, articles in sets.items()}
        by = rarities([one for articles in others.values() for one in articles], lexicon)
        weights = fit(examples(others.values(), by))
        for name, articles in sets.items():
            links = {one.both: _likely(one, weights) for one in examples([articles], by)}
            groups = average_link([one.signature.article_id for one in articles], links, (), THRESHOLD)
            _count([one for one in articles if one.fold == fold], articles, groups, told[name], counted[name])
    return {name: _figures(told[name], counted[name]) for name in sets}


def _count(
    tested: Sequence[Labelled],
    articles: Sequence[Labelled],
    groups: Sequence[frozenset[str]],
    told: list[tuple[float, float]],
    counted: Counter[str],
) -> None:
    event = {one.signature.article_id: one for one in articles}
    for one in tested:
        [group] = [group for group in groups if one.signature.article_id in group]
        same = {other.signature.article_id for other in articles if other.event == one.event}
        told.append((len(group & same) / len(group), len(group & same) / len(same)))
        for across in (False, True):
            near = [
                {other for other in found if not across or event[other].signature.language != one.signature.language}
                for found in (group, same)
            ]
            own = {one.signature.article_id}
            kind = "across" if across else "all"
            counted[f"hit {kind}"] += len((near[0] & near[1]) - own)
            counted[f"said {kind}"] += len(near[0] - own)
            counted[f"true {kind}"] += len(near[1] - own)


def _figures(told: Sequence[tuple[float, float]], counted: Mapping[str, int]) -> dict[str, float]:
    precision, recall = (sum(found) / len(told) for found in zip(*told, strict=True))
    pairs = {
        kind: 2 * counted[f"hit {kind}"] / (counted[f"said {kind}"] + counted[f"true {kind}"])
        for kind in ("all", "across")
    }
    return {
        "b_cubed_f1": round(2 * precision * recall / (precision + recall), 3),
        "pair_f1": round(pairs["all"], 3),
        "pair_f1_across_languages": round(pairs["across"], 3),
    }


def main() -> None:
    """Learn, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    lexicon = build(tables())
    seen = {case.id for case in read(OWN) if half(case) == "dev"}
    own = [(judged, event) for judged, event in of_gold(OWN, lexicon) if judged.article.article_id in seen]
    sets = {
        "one week": labelled(of_gold(args.gold, lexicon), lexicon),
        "own half": labelled(own, lexicon),
        "sample": labelled(of_sample(lexicon), lexicon),
    }
    figures = cross_validate(sets, lexicon)
    for name, values in figures.items():
        print(f"{name:10}", "  ".join(f"{what} {value:.3f}" for what, value in values.items()))
    by = rarities([one for articles in sets.values() for one in articles], lexicon)
    *found, bias = fit(examples(sets.values(), by))
    learned = {name: round(weight, 3) for name, weight in zip(NAMES, found, strict=True) if round(weight, 3)}
    print(f"bias {bias:.3f}  {learned}")
    if args.out:
        shipped = {
            "cross_validated": figures, "bias": round(bias, 3), "features": learned, "threshold": THRESHOLD,
            "events": by.events, "common": by.common,
        }  # fmt: skip
        args.out.write_text(json.dumps(shipped, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
