"""The figures of an evaluation for a terminal: tables that fit its width, and mistakes with their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from wcwidth import wcswidth, wcwidth

Table = list[list[str]]  #: rows of cells, the header first
_GAP = 2  # columns between two cells
_PRF = ["P", "R", "F1"]
_NOTHING = {"p": None, "r": None, "f1": None, "pairs": 0}
_STORIES = {
    "stories": "stories, own dates",
    "stories_without_largest": "  without the largest",
    "stories_stress_week": "stories, one week",
    "stories_stress_week_without_largest": "  without the largest",
}
_LEGEND = (
    "trivial: F1 of relevance by both countries' names anywhere, of topics by always saying politics",
    "B3: B-cubed F1, where each article counts once; P, R, F1 beside it: of pairs of articles told as one story",
    "across: F1 of pairs in two languages; one week: every event moved into one week, so that dates help little",
    "date: what came within three days of another is one story; alone: B3 of every article by itself (its F1 is 0)",
)


def told(figures: Mapping[str, Any], width: int) -> str:
    """Say all figures, and the mistakes where there are, in lines of at most `width` columns."""
    tables = [
        _labels(figures),
        _stories(figures),
        _topics(figures),
        _covers(figures),
        _languages(figures),
        _language_pairs(figures),
    ]
    lines = [line for table in tables if len(table) > 1 for line in (*_fit(table, width), "")]
    lines += [part for line in _LEGEND for part in _wrapped(line, width)]
    mistakes = figures.get("errors", ())
    counts = Counter(one["kind"].replace("_", " ") for one in mistakes)
    if counts:
        lines += ["", *_wrapped("mistakes: " + ", ".join(f"{kind} {count}" for kind, count in counts.items()), width)]
    for mistake in mistakes:
        lines += ["", *(_cut(line, width) for line in _mistake(mistake))]
    return "\n".join(lines)


def _labels(figures: Mapping[str, Any]) -> Table:
    trivial, copies = figures["trivial"], figures["duplicates"]
    return [
        [f"{figures['articles']:,} articles", *_PRF, "trivial"],
        ["relevant", *_prf(figures["relevant"]), _number(trivial["relevant_both_names"]["f1"])],
        ["bilateral", *_prf(figures["bilateral"]), _number(trivial["bilateral_both_names"]["f1"])],
        [
            *["topics, micro", "", "", _number(figures["topics_micro_f1"])],
            _number(trivial["topics_micro_f1_always_politics"]),
        ],
        ["topics, macro", "", "", _number(figures["topics_macro_f1"]), ""],
        ["language", "", "", _number(figures["language_accuracy"]), ""],
        [f"copies, {copies['pairs']} pairs", *_prf(copies, copies["pairs"]), ""],
    ]


def _stories(figures: Mapping[str, Any]) -> Table:
    head = ["", "B3", *_PRF, "across", "date: B3", "F1", "alone"]
    return [head, *([name, *_story(figures[key])] for key, name in _STORIES.items())]


def _story(one: Mapping[str, Any]) -> list[str]:
    return [
        *[_number(one["b_cubed_f1"]), *_prf(one["pair"], one["pairs"]), _number(one["pair_across_languages"]["f1"])],
        *[_number(one["b_cubed_f1_date_alone"]), _number(one["pair_date_alone"]["f1"])],
        _number(one["b_cubed_f1_every_article_alone"]),
    ]


def _topics(figures: Mapping[str, Any]) -> Table:
    rows = sorted(figures["topics"].items(), key=lambda item: (-item[1]["f1"], item[0]))
    return [["topic", *_PRF, "articles"], *([name, *_prf(one), str(one["articles"])] for name, one in rows)]


def _covers(figures: Mapping[str, Any]) -> Table:
    rows = sorted(figures["covers"].items(), key=lambda item: (item[1]["right"], item[0]))
    head = ["theme or trap", "relevant or not, rightly", "articles"]
    return [head, *([name, _number(one["right"]), str(one["articles"])] for name, one in rows)]


def _languages(figures: Mapping[str, Any]) -> Table:
    head = ["language", "articles", "relevant", "bilateral", "topics", "found", "B3", "one week"]
    return [
        head,
        *(
            [
                *[language, str(one["articles"]), _number(one["relevant"]["f1"]), _number(one["bilateral"]["f1"])],
                *[_number(one["topics_micro_f1"]), _number(one["language_accuracy"])],
                *(_number(one[name]["b_cubed_f1"]) for name in ("stories", "stories_stress_week")),
            ]
            for language, one in figures["per_language"].items()
        ),
    ]


def _language_pairs(figures: Mapping[str, Any]) -> Table:
    rows = [
        (name, one.get("stories", _NOTHING), one.get("stories_stress_week", _NOTHING))
        for name, one in figures["per_language_pair"].items()
    ]
    rows.sort(key=lambda row: (-row[1]["pairs"], row[0]))
    head = ["pairs of stories", "true", *_PRF, *(f"{one}, one week" for one in _PRF)]
    return [
        head,
        *([name, str(own["pairs"]), *_prf(own, own["pairs"]), *_prf(week, week["pairs"])] for name, own, week in rows),
    ]


def _mistake(one: Mapping[str, Any]) -> Iterator[str]:
    """Say what differs, in which articles, and the words, a line each."""
    if "what" in one:
        week = ", all in one week" if one["kind"] == "stories_stress_week" else ""
        yield f"story {one['what']}{week}"
        yield from (f"    {name}: {' '.join(ids)}" for name, ids in one["parts"])
    else:
        doubt = " (in doubt)" if one.get("doubt") else ""
        yield f"{one['kind']} {' '.join(one['ids'])}: {_difference(one)}{doubt}"
        yield from (f"    {title}" for title in one["titles"])
    yield from (f"    {tag}: {' | '.join(texts)}" for tag, texts in one["words"].items())


def _difference(one: Mapping[str, Any]) -> str:
    if one["kind"] == "topics":
        return "; ".join(f"{name} {', '.join(one[name])}" for name in ("missed", "extra") if one[name])
    score = f" ({one['score']:.2f})" if "score" in one else ""
    return f"{one['labelled']}, judged {one['judged']}{score}"


def _fit(rows: Table, width: int) -> Iterator[str]:
    """Align a table; columns that do not fit follow below it, as a table with the same first column."""
    sizes = [max(_width(cell) for cell in column) for column in zip(*rows, strict=True)]
    columns, total = 1, sizes[0]
    while columns < len(sizes) and (columns == 1 or total + _GAP + sizes[columns] <= width):
        total += _GAP + sizes[columns]
        columns += 1
    for first, *rest in rows:
        cells = [cell.rjust(size) for cell, size in zip(rest[: columns - 1], sizes[1:columns], strict=True)]
        yield (" " * _GAP).join([first + " " * (sizes[0] - _width(first)), *cells]).rstrip()
    if columns < len(sizes):
        yield ""
        yield from _fit([[row[0], *row[columns:]] for row in rows], width)


def _wrapped(text: str, width: int) -> Iterator[str]:
    line = ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = "  " + word
        else:
            line = f"{line} {word}" if line else word
    yield line


def _prf(one: Mapping[str, Any], true: int | None = None) -> list[str]:
    """Write precision, recall and F1; where nothing is true there is no recall."""
    return [_number(None if true == 0 and name != "p" else one[name]) for name in ("p", "r", "f1")]


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _width(text: str) -> int:
    return max(wcswidth(text), 0)


def _cut(text: str, width: int) -> str:
    """Keep what fits, with an ellipsis where some is left out; what would act on the terminal is a space."""
    text = "".join(one if one.isprintable() else " " for one in text)
    columns = 0
    for index, character in enumerate(text):
        columns += max(wcwidth(character), 0)
        if columns > width - (index + 1 < len(text)):
            return text[:index] + "…"
    return text
