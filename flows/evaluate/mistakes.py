"""Where judgements and labels differ, each with the words that the judgement rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from flows.evaluate.gold import Case
from flows.evaluate.groups import Groups
from flows.evaluate.measure import Judged, copy_pairs, story_groups

Mistake = dict[str, Any]
Words = dict[str, list[str]]  #: what they are evidence of -> the words, each once, as they stand in the articles
_NAMES = ("person", "organisation", "place", "event_type", "event_date")  # kinds of tags that speak for one story


def mistakes(cases: Sequence[Case], judged: Judged, stressed: Sequence[Case], judged_in_week: Judged) -> list[Mistake]:
    """Give all mistakes: relevance, topics, language, copies, stories at their own dates, stories in one week.

    Each has ``kind``, ``ids`` and ``words``; the other keys say what is labelled and what was judged.
    """
    return [
        *(_relevance(case, judged[case.id]) for case in cases if _differs(case, judged[case.id], "relevance")),
        *(_topics(case, judged[case.id]) for case in cases if _other_topics(case, judged[case.id])),
        *(_language(case, judged[case.id]) for case in cases if _differs(case, judged[case.id], "language")),
        *_copies(cases, judged),
        *_stories(cases, judged, "stories"),
        *_stories(stressed, judged_in_week, "stories_stress_week"),
    ]


def _differs(case: Case, line: Mapping[str, Any], label: str) -> bool:
    return label in case.decided and getattr(case, label) != line[label]


def _other_topics(case: Case, line: Mapping[str, Any]) -> bool:
    return case.relevant and "topics" in case.decided and case.topics != set(line["topics"])


def _mistake(kind: str, case: Case, labelled: Any, judged: Any, words: Words) -> Mistake:  # noqa: ANN401 - as JSON
    told = {"language": case.language, "titles": [case.title], "doubt": case.doubt}
    return {"kind": kind, "ids": [case.id], **told, "labelled": labelled, "judged": judged, "words": words}


def _relevance(case: Case, line: Mapping[str, Any]) -> Mistake:
    words = _words([line], ("relevance",))
    return _mistake("relevance", case, case.relevance, line["relevance"], words) | {"score": line["relevance_score"]}


def _topics(case: Case, line: Mapping[str, Any]) -> Mistake:
    extra = set(line["topics"]) - case.topics
    found = _words([line], ("topic",))
    words = {tag: texts for tag, texts in found.items() if tag.partition(":")[2] in extra}
    both = {"missed": sorted(case.topics - set(line["topics"])), "extra": sorted(extra)}
    return _mistake("topics", case, sorted(case.topics), line["topics"], words) | both


def _language(case: Case, line: Mapping[str, Any]) -> Mistake:
    return _mistake("language", case, case.language, line["language"], {})


def _copies(cases: Sequence[Case], judged: Judged) -> Iterator[Mistake]:
    truth, guess = copy_pairs(cases, judged)
    titles = {case.id: case.title for case in cases}
    for pair in sorted(truth ^ guess):
        labelled, said = ("copies", "apart") if pair in truth else ("apart", "copies")
        yield {
            "kind": "duplicates",
            "ids": list(pair),
            "titles": [titles[one] for one in pair],
            "labelled": labelled,
            "judged": said,
            "words": _shared([[judged[one]] for one in pair]),
        } | ({"score": max(judged[one]["duplicate_score"] or 0 for one in pair)} if said == "copies" else {})


def _stories(cases: Sequence[Case], judged: Judged, kind: str) -> Iterator[Mistake]:
    """Give each judged story that joins several events, and each event that was told as several stories."""
    truth, guess = story_groups(cases, judged)
    for what, whole, part in (("joined", guess, truth), ("parted", truth, guess)):
        for name, parts in _parted(whole, part).items():
            if len(parts) > 1:
                ids = [sorted(one) for one in parts.values()]
                yield {
                    "kind": kind,
                    "what": what,
                    "ids": sorted(one for group in ids for one in group),
                    "parts": [
                        [name if what == "parted" else event, one] for event, one in zip(parts, ids, strict=True)
                    ],
                    "words": _shared([[judged[one] for one in group] for group in ids]),
                }


def _parted(whole: Groups, part: Groups) -> Mapping[str, dict[str, list[str]]]:
    found: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for article, name in sorted(whole.items()):
        found[name][part[article]].append(article)
    return {name: dict(parts) for name, parts in found.items()}


def _shared(sides: Sequence[Sequence[Mapping[str, Any]]]) -> Words:
    """Give the names that two sides or more have, with the words of all."""
    named = [_words(side, _NAMES) for side in sides]
    counts = {tag: sum(tag in side for side in named) for side in named for tag in side}
    together = _words([line for side in sides for line in side], _NAMES)
    return {tag: texts for tag, texts in together.items() if counts[tag] > 1}


def _words(lines: Iterable[Mapping[str, Any]], kinds: Sequence[str]) -> Words:
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for line in lines:
        for one in line["evidence"]:
            if one["tag"].partition(":")[0] in kinds:
                found[one["tag"]][one["text"]] = None
    return {tag: list(texts) for tag, texts in found.items()}
