"""How well judgements agree with labels, beside rules that need no judgement at all.

Relevance and topics by precision, recall and F1; stories by B-cubed F1, where each article counts once, and by pairs of
articles, where a large story counts more. Undecided labels count nowhere. Pure functions.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from unicodedata import normalize

from flows.evaluate.gold import RELEVANT, Case
from flows.evaluate.groups import Pair, agreement, b_cubed, together

Figures = dict[str, Any]
Judged = Mapping[str, Mapping[str, Any]]  #: article id -> the line that `vnjp judge` gives
_VIETNAM = re.compile("vi[eệê]t ?nam|ベトナム|越南|베트남")
_JAPAN = re.compile("jap[aoó]n|nhật bản|日本|일본")
_NEAR = timedelta(days=3)


def measure(cases: Sequence[Case], judged: Judged, stressed: Sequence[Case], judged_in_week: Judged) -> Figures:
    """Give all figures: `cases` at their own dates and `stressed` in one week, each with how it was judged."""
    largest = Counter(case.told for case in cases).most_common(1)[0][0]
    rest = [[case for case in those if case.told != largest] for those in (cases, stressed)]
    return {
        "articles": len(cases),
        **_labels(cases, judged),
        "duplicates": _copies(cases, judged),
        "stories": _stories(cases, judged),
        "stories_without_largest": _stories(rest[0], judged),
        "stories_stress_week": _stories(stressed, judged_in_week),
        "stories_stress_week_without_largest": _stories(rest[1], judged_in_week),
        "per_language": {
            language: _labels(own, judged)
            | {"articles": len(own), "stories": _stories(own, judged)}
            | {"stories_stress_week": _stories([one for one in stressed if one.language == language], judged_in_week)}
            for language, own in _by_language(cases).items()
        },
        "per_language_pair": _language_pairs(cases, judged, stressed, judged_in_week),
        "covers": _covers(cases, judged),
        "trivial": _trivial(cases),
    }


def story_groups(cases: Iterable[Case], judged: Judged) -> tuple[dict[str, str], dict[str, str]]:
    """Give the true and the judged story of each article about the two that has a date and a decided event."""
    ours = [case for case in cases if case.published and case.relevant and "event" in case.decided]
    stories = {case.id: judged[case.id].get("story") or f"alone:{case.id}" for case in ours}
    return {case.id: case.told for case in ours}, {one: str(story) for one, story in stories.items()}


def copy_pairs(cases: Iterable[Case], judged: Judged) -> tuple[set[Pair], set[Pair]]:
    """Give the true and the judged pairs of copies; copies of one text are copies of each other."""
    ours = [case for case in cases if "duplicate_group" in case.decided]
    root = {one: one for one in judged}

    def find(one: str) -> str:
        while root[one] != one:
            one = root[one]
        return one

    for one, line in judged.items():
        if line.get("duplicate_of") in root:
            root[find(one)] = find(line["duplicate_of"])
    truth = {case.id: case.duplicate_group or f"alone:{case.id}" for case in ours}
    return together(truth), together({case.id: find(case.id) for case in ours})


def _labels(cases: Sequence[Case], judged: Judged) -> Figures:
    relevance = [case for case in cases if "relevance" in case.decided]
    found: Figures = {
        name: agreement(
            {case.id for case in relevance if case.relevance in kinds},
            {case.id for case in relevance if judged[case.id]["relevance"] in kinds},
        )
        for name, kinds in (("relevant", RELEVANT), ("bilateral", {"bilateral"}))
    }
    scored = [case for case in cases if case.relevant and "topics" in case.decided]
    truth = {(case.id, topic) for case in scored for topic in case.topics}
    guess = {(case.id, topic) for case in scored for topic in judged[case.id]["topics"]}
    names = sorted({topic for _, topic in truth})
    topics: Figures = {
        name: agreement(mine := {pair for pair in truth if pair[1] == name}, {one for one in guess if one[1] == name})
        | {"articles": len(mine)}
        for name in names
    }
    written = [case for case in cases if "language" in case.decided]
    return found | {
        "topics_micro_f1": agreement(truth, guess)["f1"] if scored else None,
        "topics_macro_f1": sum(one["f1"] for one in topics.values()) / len(topics) if topics else None,
        "topics": topics,
        "language_accuracy": sum(judged[case.id]["language"] == case.language for case in written) / len(written)
        if written
        else None,
    }


def _copies(cases: Sequence[Case], judged: Judged) -> Figures:
    truth, guess = copy_pairs(cases, judged)
    same_event = together({case.id: case.told for case in cases})
    return agreement(truth, guess) | {"pairs": len(truth), "not_even_same_event": len(guess - same_event - truth)}


def _stories(cases: Sequence[Case], judged: Judged) -> Figures:
    truth, guess = story_groups(cases, judged)
    by_date, alone = _by_date(cases, truth), {one: one for one in truth}
    language = {case.id: case.language for case in cases}
    true, said = together(truth), together(guess)
    across = [{pair for pair in pairs if language[pair[0]] != language[pair[1]]} for pairs in (true, said)]
    return {
        "articles": len(truth),
        "pairs": len(true),
        "b_cubed_f1": b_cubed(truth, guess),
        "pair": agreement(true, said),
        "pair_across_languages": agreement(*across),
        "b_cubed_f1_date_alone": b_cubed(truth, by_date),
        "pair_date_alone": agreement(true, together(by_date)),
        "b_cubed_f1_every_article_alone": b_cubed(truth, alone),
    }


def _by_date(cases: Sequence[Case], among: Collection[str]) -> dict[str, str]:
    """Put articles whose days are at most three apart into one story, one after the other."""
    groups: dict[str, str] = {}
    last, number = None, 0
    for day, article in sorted((case.day, case.id) for case in cases if case.day and case.id in among):
        number += last is None or day - last > _NEAR
        groups[article], last = str(number), day
    return groups


def _language_pairs(
    cases: Sequence[Case], judged: Judged, stressed: Sequence[Case], judged_in_week: Judged
) -> dict[str, Figures]:
    language = {case.id: case.language for case in cases}
    found: defaultdict[str, Figures] = defaultdict(dict)
    for name, those, lines in (("stories", cases, judged), ("stories_stress_week", stressed, judged_in_week)):
        parted: defaultdict[str, list[set[Pair]]] = defaultdict(lambda: [set(), set()])
        for place, groups in enumerate(story_groups(those, lines)):
            for pair in together(groups):
                parted["-".join(sorted(language[one] for one in pair))][place].add(pair)
        for both, (true, said) in parted.items():
            found[both][name] = agreement(true, said) | {"pairs": len(true)}
    return dict(sorted(found.items()))


def _covers(cases: Iterable[Case], judged: Judged) -> Figures:
    """Give for each theme and trap how often an article was rightly judged to be about the two, or not to be."""
    right = defaultdict(list)
    for case in cases:
        for name in case.covers if "relevance" in case.decided else ():
            right[name].append(case.relevant == (judged[case.id]["relevance"] in RELEVANT))
    return {name: {"articles": len(found), "right": sum(found) / len(found)} for name, found in sorted(right.items())}


def _trivial(cases: Sequence[Case]) -> Figures:
    """Judge relevance by both countries' names anywhere, and topics by saying politics of everything."""
    decided = [case for case in cases if "relevance" in case.decided]
    both = {case.id for case in decided if _names_both(case)}
    scored = [case for case in cases if case.relevant and "topics" in case.decided]
    return {
        "relevant_both_names": agreement({case.id for case in decided if case.relevant}, both),
        "bilateral_both_names": agreement({case.id for case in decided if case.relevance == "bilateral"}, both),
        "topics_micro_f1_always_politics": agreement(
            {(case.id, topic) for case in scored for topic in case.topics}, {(case.id, "politics") for case in scored}
        )["f1"],
    }


def _names_both(case: Case) -> bool:
    written = normalize("NFC", f"{case.title}\n{case.text}").casefold()
    return bool(_VIETNAM.search(written) and _JAPAN.search(written))


def _by_language(cases: Iterable[Case]) -> dict[str, list[Case]]:
    found = defaultdict(list)
    for case in cases:
        found[case.language].append(case)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))
